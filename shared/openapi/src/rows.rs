//! What each action takes and answers: the types of its handler, which a test compares with the endpoints of the local stack.

use crate::bundle::BundleView;
use api::actions::{self, Action};
use api::describe::{Described, describe};
use api::requests as asked;
use api::schema::{
    OfAgreement, OfEmployer, OfInvitation, OfJob, OfObjection, OfPolicy, OfRegistration, OfStanding, OfStudent, OfTermination, ReceiptOf,
};
use api::views as shown;
use api::views::PageView;
use domain::values::{AgreementId, InvitationId, TerminationId, UploadId};
use schemars::{Schema, SchemaGenerator};
use std::any::type_name;

/// An action with the types that its handler names.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The action.
    pub action: &'static Action,
    /// Name of the type of its request.
    pub request: fn() -> &'static str,
    /// Name of the type of its answer, up to its parameters.
    pub answer: fn() -> &'static str,
    pub(crate) describe: fn() -> Described,
    pub(crate) schema: fn(&mut SchemaGenerator) -> Schema,
    /// One whole body.
    pub(crate) example: Option<&'static str>,
}

macro_rules! rows {
    ($($action:ident($request:ty) -> $answer:ty $(, as $schema:ty)? $(, $example:literal)?;)*) => {
        /// The rows, in the order of the table of actions.
        pub static ROWS: &[Row] = &[$(Row {
            action: &actions::$action,
            request: type_name::<$request>,
            answer: type_name::<$answer>,
            describe: describe::<$request>,
            schema: rows!(@schema $answer $(, $schema)?),
            example: rows!(@example $($example)?),
        },)*];
    };
    (@schema $answer:ty, $schema:ty) => { |generator| generator.subschema_for::<$schema>() };
    (@schema $answer:ty) => { |generator| generator.subschema_for::<$answer>() };
    (@example $name:literal) => { Some(include_str!(concat!("../../../samplesdata/requests/", $name, ".json"))) };
    (@example) => { None };
}

rows! {
    GET_HOME(()) -> shown::HomeView;
    LIST_MESSAGES(asked::ListPage) -> shown::InboxView;
    READ_MESSAGES(asked::ReadMessages) -> shown::ReadView, "read-messages";
    GET_REFERENCE_DATA(()) -> shown::ReferenceView;
    REGISTER_EMPLOYER(asked::RegisterEmployer) -> shown::Receipt, as ReceiptOf<OfEmployer>, "register-employer";
    CONFIRM_EMPLOYER(asked::ConfirmEmployer) -> shown::Receipt, as ReceiptOf<OfEmployer>, "confirm-employer";
    FIND_STUDENT(asked::FindStudent) -> shown::FoundView, "find-student";
    LIST_CANDIDATES(asked::ListPage) -> PageView<shown::CandidateView>;
    ADD_CANDIDATE(asked::AddCandidate) -> shown::ListedView, "add-candidate";
    REMOVE_CANDIDATES(asked::RemoveCandidates) -> shown::RemovedView, "remove-candidates";
    GET_CANDIDATE_TEMPLATE(()) -> ();
    IMPORT_CANDIDATES(asked::ImportCandidates) -> shown::ImportView;
    SEND_INVITATIONS(asked::SendInvitations) -> shown::BatchView, "send-invitations";
    LIST_INVITATIONS(asked::ListInvitations) -> PageView<shown::InvitationRow>;
    GET_INVITATION(InvitationId) -> shown::InvitationView;
    GET_INVITATION_LETTER(InvitationId) -> shown::DownloadView;
    WITHDRAW_INVITATION(asked::WithdrawInvitation) -> shown::Receipt, as ReceiptOf<OfInvitation>, "withdraw-invitation";
    EXTEND_INVITATION(asked::ExtendInvitation) -> shown::Receipt, as ReceiptOf<OfInvitation>, "extend-invitation";
    VERIFY_STUDENT(asked::VerifyStudent) -> shown::Receipt, as ReceiptOf<OfStudent>, "verify-student";
    ACCEPT_INVITATION(asked::AcceptInvitation) -> shown::AcceptanceReceipt, "accept-invitation";
    REJECT_INVITATION(asked::RejectInvitation) -> shown::Receipt, as ReceiptOf<OfInvitation>, "reject-invitation";
    LIST_AGREEMENTS(asked::ListAgreements) -> PageView<shown::AgreementRow>;
    GET_AGREEMENT(AgreementId) -> shown::AgreementView;
    GET_AGREEMENT_DOCUMENT(asked::GetAgreementDocument) -> shown::DocumentDownloadView;
    GET_EVIDENCE_CERTIFICATE(AgreementId) -> shown::CertificateView;
    VOID_AGREEMENT(asked::VoidAgreement) -> shown::Receipt, as ReceiptOf<OfAgreement>, "void-agreement";
    GET_OFFLINE_DRAFT(()) -> shown::DraftView;
    SAVE_OFFLINE_DRAFT(asked::SaveOfflineDraft) -> shown::DraftReceipt, "save-offline-draft";
    PREVIEW_OFFLINE_AGREEMENT(asked::Nothing) -> shown::PreviewView, "preview-offline-agreement";
    SUBMIT_OFFLINE_AGREEMENT(asked::SubmitOfflineAgreement) -> shown::Receipt, as ReceiptOf<OfAgreement>, "submit-offline-agreement";
    REVIEW_AGREEMENT(asked::ReviewAgreement) -> shown::Receipt, as ReceiptOf<OfAgreement>, "review-agreement";
    RETURN_AGREEMENT(asked::ReturnAgreement) -> shown::Receipt, as ReceiptOf<OfAgreement>, "return-agreement";
    REQUEST_UPLOAD(asked::RequestUpload) -> shown::UploadPlace, "request-upload";
    CONFIRM_UPLOAD(asked::ConfirmUpload) -> shown::UploadReceipt, "confirm-upload";
    GET_UPLOAD(UploadId) -> shown::UploadView;
    REQUEST_TERMINATION(asked::RequestTermination) -> shown::RequestedView, "request-termination";
    LIST_TERMINATIONS(asked::ListTerminations) -> PageView<shown::TerminationRow>;
    GET_TERMINATION(TerminationId) -> shown::TerminationView;
    GET_TERMINATION_LETTER(TerminationId) -> shown::DocumentDownloadView;
    ANSWER_TERMINATION(asked::AnswerTermination) -> shown::Receipt, as ReceiptOf<OfTermination>, "answer-termination";
    WITHDRAW_TERMINATION(asked::WithdrawTermination) -> shown::Receipt, as ReceiptOf<OfTermination>, "withdraw-termination";
    CERTIFY_TERMINATION(asked::CertifyTermination) -> shown::Receipt, as ReceiptOf<OfTermination>, "certify-termination";
    REGISTER_EMPLOYMENT(asked::RegisterEmployment) -> shown::Receipt, as ReceiptOf<OfRegistration>, "register-employment";
    LIST_REGISTRATIONS(asked::ListRegistrations) -> PageView<shown::RegistrationRow>;
    WITHDRAW_REGISTRATION(asked::WithdrawRegistration) -> shown::Receipt, as ReceiptOf<OfRegistration>, "withdraw-registration";
    LIST_REVIEWS(asked::ListReviews) -> PageView<shown::ReviewRow>;
    CERTIFY_AGREEMENT(asked::Certify) -> shown::Receipt, as ReceiptOf<OfAgreement>, "certify-agreement";
    LIST_STUDENTS(asked::ListStudents) -> PageView<shown::StudentRow>;
    GET_ROSTER_TEMPLATE(()) -> ();
    IMPORT_STUDENTS(asked::ImportStudents) -> shown::Receipt, as ReceiptOf<OfJob>, "import-students";
    GET_JOB(asked::GetJob) -> shown::JobView;
    CORRECT_STUDENT(asked::CorrectStudent) -> shown::Receipt, as ReceiptOf<OfStudent>, "correct-student";
    LIST_PLAN_RECORDS(asked::ListPlanRecords) -> PageView<shown::PlanRecordRow>;
    EXPORT_EMPLOYMENT_PLAN(asked::ExportEmploymentPlan) -> shown::Receipt, as ReceiptOf<OfJob>, "export-employment-plan";
    OBJECT_TO_RECORD(asked::ObjectToRecord) -> shown::Receipt, as ReceiptOf<OfObjection>, "object-to-record";
    LIST_OBJECTIONS(asked::ListObjections) -> PageView<shown::ObjectionView>;
    ANSWER_OBJECTION(asked::AnswerObjection) -> shown::Receipt, as ReceiptOf<OfObjection>, "answer-objection";
    LIST_EMPLOYERS(asked::ListEmployers) -> PageView<shown::EmployerRow>;
    REVIEW_EMPLOYER(asked::ReviewEmployer) -> shown::Receipt, as ReceiptOf<OfStanding>, "review-employer";
    GET_STATISTICS(asked::GetStatistics) -> shown::StatisticsView;
    GET_POLICY(()) -> shown::PolicyView;
    SET_POLICY(asked::SetPolicy) -> shown::Receipt, as ReceiptOf<OfPolicy>, "set-policy";
    VERIFY_DOCUMENT(asked::VerifyDocument) -> shown::VerificationView<BundleView>;
}

impl Row {
    /// Whether it answers a file.
    #[must_use]
    pub(crate) fn answers_a_file(&self) -> bool {
        (self.answer)() == type_name::<()>()
    }
}
