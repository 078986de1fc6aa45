//! Documents: fetched by those whose they are, verified by anybody.

use super::lists::Query;
use super::{Decode, DecodeError, InPath, Parts, id};
use crate::describe::PathId;
use domain::DocumentKind;
use domain::values::{AgreementId, AgreementNumber, Invalid, VerificationCode};

/// A document of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetAgreementDocument {
    /// The agreement.
    pub id: AgreementId,
    /// Which document; the newest, if none is named.
    pub kind: Option<DocumentKind>,
}

/// Those that are asked for by their agreement; 解约函 is asked for by its request.
const OF_AGREEMENT: [DocumentKind; 3] = [DocumentKind::Uncertified, DocumentKind::Printable, DocumentKind::Final];

impl Decode for GetAgreementDocument {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<AgreementId>(parts)?;
        let mut query = Query::of(parts);
        let kind = query.one_of("kind", &OF_AGREEMENT.map(|kind| (kind.as_str(), kind)));
        query.done(Self { id, kind })
    }
}

/// 核验, by what a document bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyDocument {
    /// The code of its QR code.
    Code(VerificationCode),
    /// 协议编号.
    Number(AgreementNumber),
}

impl VerifyDocument {
    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Code(code) => code.as_str(),
            Self::Number(number) => number.as_str(),
        }
    }
}

impl InPath for VerifyDocument {
    const ID: PathId = PathId { values: &["AgreementNumber", "VerificationCode"], example: "99001-2027-000001" };

    fn parse(text: &str) -> Result<Self, Invalid> {
        VerificationCode::parse(text).map(Self::Code).or_else(|_| AgreementNumber::parse(text).map(Self::Number))
    }
}

impl Decode for VerifyDocument {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        id::<Self>(parts)
    }
}
