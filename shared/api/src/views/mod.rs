//! Answers as they are shown. Everything that has a life of its own shows `id, version, stage, stage_label, effective_stage` and
//! `actions`: what this caller may do now, the same list that the portal turns into buttons.

mod agreement;
mod candidates;
mod documents;
mod employers;
mod home;
mod imports;
mod invitation;
mod messages;
mod offline;
mod plan;
mod policy;
mod process;
mod reference;
mod sections;
mod statistics;
mod students;
mod termination;
mod uploads;

pub use agreement::{AgreementParts, AgreementRow, AgreementView, OpenTerminationView, Reader, ReviewRow, agreement_actions, medium};
pub use candidates::{CandidateView, FoundView, ListedView, RemovedView};
pub use documents::{
    CertificateView, DocumentDownloadView, DocumentView, DownloadView, FetchView, FileState, VerificationView, VerifiedDocumentView,
    may_fetch,
};
pub use employers::EmployerRow;
pub use home::{EmployerProfile, HomeView, Missing, OfficerProfile, Profile, Queues, StudentProfile, ToDo};
pub use imports::{FaultView, ImportRow, ImportView, JobView, SheetLink, wrong_words};
pub use invitation::{InvitationRow, InvitationView, Viewer, letter_actions};
pub use messages::{InboxView, MessageView, ReadView};
pub use offline::{DraftReceipt, DraftView, PreviewView, RegistrationRow, missing};
pub use plan::{ObjectionView, PlanColumnView, PlanRecordRow, destination_view};
pub use policy::PolicyView;
pub use process::ProcessEntryView;
pub use reference::ReferenceView;
pub use sections::{AttachmentView, CodeView, EmployerView, TermsView};
pub use statistics::{CollegeFigures, FiguresView, StatisticsParts, StatisticsView, Words};
pub use students::{StudentRow, verification_label};
pub use termination::{NoticeView, RequestedRow, RequestedView, TerminationRow, TerminationView, termination_actions};
pub use uploads::{UploadPlace, UploadReceipt, UploadView};

use crate::problems::{Problem, ProblemView};
use crate::schema::{ActionName, OfAgreement, ReceiptOf};
use domain::agreement::Agreement;
use domain::invitation::Invitation;
use domain::labels;
use domain::termination::Termination;
use domain::values::{AgreementId, InvitationId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a command answers: small, without personal data, and kept, so that a repeat gets the same bytes for ever. Everything that is
/// shown begins with the same: what it is, where it stands, what may be done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// Id of what the command changed or made, or of what is shown.
    pub id: String,
    /// Its version then: what a decision quotes.
    pub version: u64,
    /// Its stage then.
    pub stage: String,
    /// The stage's label.
    pub stage_label: String,
    /// The stage as shown.
    pub effective_stage: String,
    /// What the caller may do with it then.
    #[schemars(with = "Vec<ActionName>")]
    pub actions: Vec<String>,
}

impl Receipt {
    /// Something in a stage that is shown as it is stored, with which nothing may be done.
    #[must_use]
    pub fn new(id: &impl ToString, version: u64, stage: &str, stage_label: &str) -> Self {
        let stage = stage.to_owned();
        Self {
            id: id.to_string(),
            version,
            effective_stage: stage.clone(),
            stage,
            stage_label: stage_label.to_owned(),
            actions: Vec::new(),
        }
    }

    /// What may be done with it.
    #[must_use]
    pub fn offering(self, actions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { actions: actions.into_iter().map(Into::into).collect(), ..self }
    }

    /// A letter after the command.
    #[must_use]
    pub fn of_invitation(invitation: &Invitation, version: u64, now: Timestamp) -> Self {
        let stage = invitation.stage_name();
        let effective_stage = invitation.effective_stage(now).as_str().to_owned();
        Self { effective_stage, ..Self::new(&invitation.id, version, stage.as_str(), labels::invitation_stage(stage)) }
    }

    /// An agreement after the command, for this caller.
    #[must_use]
    pub fn of_agreement(agreement: &Agreement, version: u64, actions: Vec<String>) -> Self {
        let stage = agreement.stage_name();
        let label = labels::agreement_stage(stage, agreement.college_approval().is_some());
        Self::new(&agreement.id, version, stage.as_str(), label).offering(actions)
    }

    /// A request to terminate after the command, for this caller.
    #[must_use]
    pub fn of_termination(termination: &Termination, version: u64, reader: Reader<'_>) -> Self {
        let stage = termination.stage_name();
        let label = labels::termination_stage(stage, termination.college_approval().is_some());
        Self::new(&termination.id, version, stage.as_str(), label).offering(termination_actions(termination, reader))
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageOf{R}")]
pub struct PageView<R> {
    /// The rows.
    pub items: Vec<R>,
    /// What `?after=` continues with; null at the end.
    pub next: Option<String>,
}

/// What became of a batch.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BatchView {
    /// Only a rehearsal: nothing was written.
    pub dry_run: bool,
    /// Letters sent (or, in a rehearsal, that would be).
    pub sent: usize,
    /// Rows refused.
    pub refused: usize,
    /// Rows not reached in time: repeat with the same key.
    pub not_attempted: usize,
    /// Row by row, in the order asked.
    pub rows: Vec<BatchRow>,
}

/// A row of a batch.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BatchRow {
    /// As asked.
    pub student_ref: String,
    /// 姓名, masked; none for a reference that is not on the send list.
    pub masked_name: Option<String>,
    /// 院系.
    pub college: Option<String>,
    /// The letter, if it is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation_id: Option<InvitationId>,
    /// Of a letter that is sent: whether it is e-mailed too; if not, no address of the graduate is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emailed: Option<bool>,
    /// Why not, if it is not.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "problem_view")]
    #[schemars(with = "Option<ProblemView>")]
    pub problem: Option<Problem>,
    /// Not reached in time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_attempted: bool,
}

#[expect(clippy::ref_option, reason = "serde hands a reference to the field")]
fn problem_view<S: serde::Serializer>(problem: &Option<Problem>, serializer: S) -> Result<S::Ok, S::Error> {
    problem.as_ref().map(Problem::view).serialize(serializer)
}

impl BatchView {
    /// Counts the rows.
    #[must_use]
    pub fn of(rows: Vec<BatchRow>, dry_run: bool) -> Self {
        let refused = rows.iter().filter(|row| row.problem.is_some()).count();
        let not_attempted = rows.iter().filter(|row| row.not_attempted).count();
        Self { dry_run, sent: rows.len() - refused - not_attempted, refused, not_attempted, rows }
    }
}

/// The agreement that came of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AcceptanceReceipt {
    /// The agreement.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfAgreement>")]
    pub agreement: Receipt,
    /// The agreement's id once more, under its own name.
    pub agreement_id: AgreementId,
    /// The letter.
    pub invitation_id: InvitationId,
}
