//! Requests as the handlers get them: parsed, checked, complete.

mod candidates;
mod certification;
mod documents;
mod employer;
mod imports;
mod invitations;
mod letter;
mod lists;
mod messages;
mod offline;
mod plan;
mod policy;
mod registrations;
mod statistics;
mod students;
mod terminations;
mod uploads;

pub use candidates::{AddCandidate, FindStudent, ImportCandidates, RemoveCandidates};
pub use certification::{Certify, ReviewAgreement, VoidAgreement};
pub use documents::{GetAgreementDocument, VerifyDocument};
pub use employer::{ConfirmEmployer, ListEmployers, RegisterEmployer, ReviewEmployer};
pub use imports::{GetJob, ImportStudents};
pub use invitations::{AcceptInvitation, ExtendInvitation, RejectInvitation, SendInvitations, WithdrawInvitation};
pub use letter::LetterDraft;
pub use lists::{ListAgreements, ListInvitations, ListPage, ListReviews, ReviewKind};
pub use messages::ReadMessages;
pub use offline::{ReturnAgreement, SaveOfflineDraft, SubmitOfflineAgreement, complete};
pub use plan::{AnswerObjection, ExportEmploymentPlan, ListObjections, ListPlanRecords, ObjectToRecord};
pub use policy::SetPolicy;
pub use registrations::{ListRegistrations, RegisterEmployment, WithdrawRegistration};
pub use statistics::GetStatistics;
pub use students::{CorrectStudent, ListStudents, VerifyStudent};
pub use terminations::{AnswerTermination, CertifyTermination, ListTerminations, RequestTermination, WithdrawTermination};
pub use uploads::{ConfirmUpload, RequestUpload};

use crate::fields::{self, FieldError, whole};
use bytes::Bytes;
use domain::values::{AgreementId, Invalid, InvitationId, TerminationId, UploadId};
use lists::Query;
use serde_json::Value;

/// A request as it came.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Values of the path's parameters.
    pub path: Vec<&'a str>,
    /// Parameters of the query, decoded.
    pub query: Vec<(String, String)>,
    /// The body; null where the action takes none, or a spreadsheet.
    pub body: Value,
    /// The spreadsheet; empty where the action takes none.
    pub file: Bytes,
}

/// Why a request cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// These fields are wrong.
    Fields(Vec<FieldError>),
    /// An id of a form that nothing has: not there.
    NotFound,
}

impl From<Vec<FieldError>> for DecodeError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Fields(errors)
    }
}

/// A request that can be read.
pub trait Decode: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// See [`DecodeError`].
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError>;
}

/// A request that says nothing but who asks.
impl Decode for () {
    fn decode(_: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// A body that says nothing: whatever it says is a fault.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Decode for Nothing {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        if parts.body.is_null() { Ok(Self) } else { Ok(fields::read(&parts.body, |_| Some(Self))?) }
    }
}

macro_rules! id_in_path {
    ($($id:ty),*) => { $(
        impl Decode for $id {
            fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
                id(parts, Self::parse)
            }
        }
    )* };
}
id_in_path!(InvitationId, AgreementId, TerminationId, UploadId);

fn id<I>(parts: &Parts<'_>, parse: impl FnOnce(&str) -> Result<I, Invalid>) -> Result<I, DecodeError> {
    parts.path.first().and_then(|text| parse(text).ok()).ok_or(DecodeError::NotFound)
}

/// The version that a decision was made on.
fn version(value: &Value) -> Result<u64, Invalid> {
    u64::try_from(whole(1, i64::MAX)(value)?).map_err(|_| Invalid::OutOfRange(1, i64::MAX))
}

/// SHA-256 in lower-case hex.
fn sha256(value: &Value) -> Result<String, Invalid> {
    let text = value.as_str().ok_or(Invalid::WrongType)?;
    let hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if hex { Ok(text.to_owned()) } else { Err(Invalid::Malformed) }
}
