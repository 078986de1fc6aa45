//! An officer's decision on a signing.

use super::{Decode, DecodeError, Parts, id};
use crate::fields::{Fields, one_of, read, whole};
use domain::agreement::Decision;
use domain::values::AgreementId;

/// 签约鉴证 (SR-81, SR-82), on the version that the officer saw.
#[derive(Clone, Debug)]
pub struct Certify {
    /// The agreement.
    pub id: AgreementId,
    /// The version that the decision was made on.
    pub version: u64,
    /// The decision.
    pub decision: Decision,
}

#[derive(Clone, Copy)]
enum Word {
    Pass,
    Fail,
    Return,
}

const WORDS: &[(&str, Word)] = &[("pass", Word::Pass), ("fail", Word::Fail), ("return", Word::Return)];

impl Decode for Certify {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id(parts, AgreementId::parse)?;
        Ok(read(&parts.body, |fields| {
            let version = fields.required_with("version", whole(1, i64::MAX)).and_then(|version| u64::try_from(version).ok());
            let decision = decision(fields);
            Some(Self { id, version: version?, decision: decision? })
        })?)
    }
}

/// The starred fields may come with any decision; only a pass uses them.
fn decision(fields: &Fields<'_>) -> Option<Decision> {
    let word = fields.required_with("decision", one_of(WORDS));
    let reason = fields.optional("reason");
    let starred = fields.optional_object("employer", |employer| {
        Some((employer.optional("nature"), employer.optional("industry"), employer.optional("region")))
    });
    let (nature, industry, region) = starred.unwrap_or_default();
    Some(match word? {
        Word::Pass => Decision::Pass { nature, industry, region },
        Word::Fail => Decision::Fail { reason },
        Word::Return => Decision::Return { reason },
    })
}
