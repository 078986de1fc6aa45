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

use crate::describe::{Notes, PathId};
use crate::fields::{self, FieldError, Reads, whole_as};
use bytes::Bytes;
use domain::plan::RecordId;
use domain::values::{AgreementId, EmployerId, Invalid, InvitationId, JobId, RegistrationId, StudentId, TerminationId, UploadId};
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
    /// In a describing run, where it is noted what is asked for; a request has none.
    pub notes: Option<&'a Notes>,
}

impl Parts<'_> {
    /// Whether there is no body, where there may be none.
    pub(crate) fn says_nothing(&self) -> bool {
        self.notes.map_or_else(
            || self.body.is_null(),
            |notes| {
                notes.body_may_be_absent();
                false
            },
        )
    }
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
        if parts.says_nothing() { Ok(Self) } else { Ok(fields::read(parts, |_| Some(Self))?) }
    }
}

/// What may stand for `{id}` in a path.
pub(crate) trait InPath: Sized {
    /// What it is.
    const ID: PathId;

    /// Reads it.
    fn parse(text: &str) -> Result<Self, Invalid>;
}

macro_rules! in_path {
    ($($id:ident $example:literal),* $(,)?) => { $(
        impl InPath for $id {
            const ID: PathId = PathId { values: &[stringify!($id)], example: $example };

            fn parse(text: &str) -> Result<Self, Invalid> {
                Self::parse(text)
            }
        }
    )* };
}
in_path!(
    AgreementId "99001-aabcdefghij0123456789",
    EmployerId "e001",
    InvitationId "99001-iabcdefghij0123456789",
    JobId "99001-jabcdefghij0123456789",
    RegistrationId "99001-rabcdefghij0123456789",
    StudentId "99001-sabcdefghij0123456789",
    TerminationId "99001-tabcdefghij0123456789-1",
    UploadId "u00000000000000000001",
);

impl InPath for RecordId {
    const ID: PathId = PathId { values: &["AgreementId", "RegistrationId"], example: "99001-aabcdefghij0123456789" };

    fn parse(text: &str) -> Result<Self, Invalid> {
        Self::parse(text)
    }
}

macro_rules! asked_by_id {
    ($($id:ident),*) => { $(
        impl Decode for $id {
            fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
                id::<Self>(parts)
            }
        }
    )* };
}
asked_by_id!(InvitationId, AgreementId, TerminationId, UploadId);

/// The id in the path; in a describing run, one like it.
fn id<I: InPath>(parts: &Parts<'_>) -> Result<I, DecodeError> {
    let text = match parts.notes {
        Some(notes) => {
            notes.path(I::ID);
            Some(I::ID.example)
        }
        None => parts.path.first().copied(),
    };
    text.and_then(|text| I::parse(text).ok()).ok_or(DecodeError::NotFound)
}

/// The version that a decision was made on.
fn version() -> impl Reads<u64> + Copy {
    whole_as(1, i64::MAX)
}
