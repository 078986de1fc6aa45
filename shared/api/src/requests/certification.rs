//! Decisions: an officer's on signings, agreements on paper and terminations, and those that undo a signing.

use super::{Decode, DecodeError, Parts, id, version};
use crate::fields::{Fields, one_of, read};
use domain::agreement::{Decision, Starred};
use domain::decision::Verdict;
use domain::values::{AgreementId, Text};

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

impl Decode for Certify {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<AgreementId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, verdict, starred) = (fields.required_with("version", version()), verdict(fields), starred(fields));
            Some(Self { id, version: version?, decision: Decision { verdict: verdict?, starred } })
        })?)
    }
}

/// 协议书审核 (SR-87), on the version that the officer saw.
#[derive(Clone, Debug)]
pub struct ReviewAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// The version that the decision was made on.
    pub version: u64,
    /// The decision.
    pub verdict: Verdict,
}

impl Decode for ReviewAgreement {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<AgreementId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, verdict) = (fields.required_with("version", version()), verdict(fields));
            Some(Self { id, version: version?, verdict: verdict? })
        })?)
    }
}

#[derive(Clone, Copy)]
enum Word {
    Pass,
    Fail,
    Return,
}

const WORDS: &[(&str, Word)] = &[("pass", Word::Pass), ("fail", Word::Fail), ("return", Word::Return)];

/// What an officer decides, of whatever kind.
pub(super) fn verdict(fields: &Fields<'_>) -> Option<Verdict> {
    let (word, reason) = (fields.required_with("decision", one_of(WORDS)), fields.optional("reason"));
    Some(match word? {
        Word::Pass => Verdict::Pass,
        Word::Fail => Verdict::Fail { reason },
        Word::Return => Verdict::Return { reason },
    })
}

/// The starred fields may come with any decision; only a pass uses them.
fn starred(fields: &Fields<'_>) -> Starred {
    let starred = fields.optional_object("employer", |employer| {
        let (nature, industry, region) = (employer.optional("nature"), employer.optional("industry"), employer.optional("region"));
        Some(Starred { nature, industry, region })
    });
    starred.unwrap_or_default()
}

/// 撤回签约 by the graduate, 作废 of an agreement on paper, 撤销鉴证 by the school, on the version that was seen.
#[derive(Clone, Debug)]
pub struct VoidAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// The version that was seen.
    pub version: u64,
    /// Why.
    pub reason: Text<500>,
}

impl Decode for VoidAgreement {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<AgreementId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, reason) = (fields.required_with("version", version()), fields.required("reason"));
            Some(Self { id, version: version?, reason: reason? })
        })?)
    }
}
