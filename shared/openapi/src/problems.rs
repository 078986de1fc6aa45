//! Which problems an action can answer: those that follow from the table of actions, and the refusals of its own.

use api::actions::{Action, IdempotencyKey, Takes};
use api::describe::Described;
use api::problems::ProblemKind::{
    self, AccountBound, AlreadyInvited, AlreadySigned, BodyTooLarge, CollegeFirst, CollegeHasApproved, ConfirmationStale, CreditCodeTaken,
    DocumentAwaited, EarlierLetterJustLapsed, EmployerAlreadyQualified, EmployerBlocked, EmployerInfoIncomplete, EmployerNotQualified,
    EmployerSuspended, EmploymentRegistered, GraduationYearClosed, IdempotencyKeyMalformed, IdempotencyKeyRequired, Indeterminate,
    Internal, InvalidFields, InvitationEnded, InvitationExpired, KeyReused, MalformedJson, NoDraft, NotACandidate, NotAllowedByPolicy,
    NotFound, NotLonger, NotTheInitiator, NotTheOtherParty, NothingToCorrect, NothingToReturn, NoticeStale, NumberTaken, ObjectionSettled,
    PreviewStale, RecordBound, RegistrationEnded, ReviewAwaited, SamePerson, ScanAwaited, SchoolDecides, SearchLocked, SearchesUsedUp,
    SigningUnderWay, StudentLocked, StudentUnverified, TerminationOpen, TerminationQuotaUsed, TerminationSettled, TokenRevoked,
    Unauthenticated, Unavailable, UnsupportedMediaType, UploadLate, UploadMissing, UploadRefused, UploadSettled, UploadsUsedUp,
    VerificationFailed, VerificationLocked, VerificationsUsedUp, VersionMoved, WrongRole, WrongStage,
};
use std::collections::BTreeSet;

/// Decisions at one level or two.
const DECIDING: [ProblemKind; 7] = [WrongStage, SchoolDecides, CollegeFirst, CollegeHasApproved, NothingToReturn, SamePerson, VersionMoved];

/// What stands in an employer's way before it does anything.
const EMPLOYING: [ProblemKind; 2] = [EmployerNotQualified, EmployerSuspended];

/// The refusals of an action's own, beside those that follow from the table. Rows of batches have theirs in the answer.
fn own(action: &str) -> Vec<ProblemKind> {
    let own: &[&[ProblemKind]] = match action {
        "register-employer" => &[&[EmployerSuspended, ReviewAwaited, EmployerAlreadyQualified, CreditCodeTaken]],
        "confirm-employer" => &[&EMPLOYING, &[VersionMoved]],
        "find-student" => &[&EMPLOYING, &[EmployerInfoIncomplete, NotFound, SearchLocked, SearchesUsedUp]],
        "add-candidate" => &[&EMPLOYING, &[EmployerInfoIncomplete, NotFound]],
        "import-candidates" => &[&EMPLOYING, &[EmployerInfoIncomplete, UploadRefused]],
        "send-invitations" => &[&EMPLOYING, &[EmployerInfoIncomplete]],
        "withdraw-invitation" => &[&[InvitationEnded, InvitationExpired, VersionMoved]],
        "extend-invitation" => &[&[InvitationEnded, InvitationExpired, NotLonger, VersionMoved]],
        "verify-student" => &[&[NotFound, VerificationFailed, VerificationLocked, RecordBound, AccountBound]],
        "accept-invitation" => {
            &[&[StudentUnverified, InvitationEnded, InvitationExpired, ConfirmationStale, StudentLocked, EmploymentRegistered]]
        }
        "reject-invitation" => &[&[StudentUnverified, InvitationEnded, InvitationExpired, StudentLocked, EmploymentRegistered]],
        "list-invitations"
        | "get-invitation"
        | "get-invitation-letter"
        | "list-agreements"
        | "get-agreement"
        | "list-terminations"
        | "get-termination"
        | "list-registrations"
        | "list-plan-records"
        | "list-messages"
        | "read-messages"
        | "get-upload"
        | "get-evidence-certificate"
        | "get-offline-draft" => &[&[StudentUnverified]],
        "get-agreement-document" | "get-termination-letter" => &[&[StudentUnverified, DocumentAwaited]],
        "void-agreement" => &[&[StudentUnverified, WrongStage, NotAllowedByPolicy, SchoolDecides, TerminationOpen, VersionMoved]],
        "save-offline-draft" => &[&[StudentUnverified, SigningUnderWay, EmploymentRegistered, VersionMoved]],
        "preview-offline-agreement" => &[&[StudentUnverified, NoDraft]],
        "submit-offline-agreement" => {
            &[&[StudentUnverified, NoDraft, PreviewStale, SigningUnderWay, EmploymentRegistered, GraduationYearClosed]]
        }
        "review-agreement" | "certify-agreement" => &[&DECIDING],
        "certify-termination" => &[&DECIDING, &[TerminationSettled]],
        "return-agreement" => &[&[StudentUnverified, WrongStage, VersionMoved]],
        "request-upload" => &[&[StudentUnverified, UploadsUsedUp]],
        "confirm-upload" => &[&[StudentUnverified, UploadMissing, UploadSettled, UploadLate, UploadRefused, ScanAwaited]],
        "request-termination" => &[&[StudentUnverified, NoticeStale]],
        "answer-termination" => &[&[StudentUnverified, TerminationSettled, WrongStage, NoticeStale, NotTheOtherParty, VersionMoved]],
        "withdraw-termination" => &[&[StudentUnverified, TerminationSettled, WrongStage, NotTheInitiator, VersionMoved]],
        "register-employment" => &[&[StudentUnverified, NotFound, SigningUnderWay, EmploymentRegistered]],
        "withdraw-registration" => &[&[StudentUnverified, RegistrationEnded, VersionMoved]],
        "correct-student" => &[&[NumberTaken, NothingToCorrect, VersionMoved]],
        "object-to-record" => &[&[StudentUnverified, ObjectionSettled]],
        "answer-objection" => &[&[ObjectionSettled, VersionMoved]],
        "review-employer" => &[&[WrongStage, VersionMoved]],
        "set-policy" => &[&[VersionMoved]],
        // The officer's own school may not be set up.
        "get-home" | "get-statistics" | "get-roster-template" | "export-employment-plan" => &[&[NotFound]],
        "verify-document" => &[&[VerificationsUsedUp]],
        _ => &[],
    };
    own.concat()
}

/// The problems that a row of a batch can have, beside those of the whole: the answer's status says nothing of them.
#[must_use]
pub fn row_problems(action: &Action) -> &'static [ProblemKind] {
    match action.name {
        "send-invitations" => &[
            // What is decided on the employer meanwhile.
            EmployerNotQualified,
            EmployerSuspended,
            EmployerBlocked,
            NotFound,
            AlreadyInvited,
            AlreadySigned,
            EarlierLetterJustLapsed,
            GraduationYearClosed,
            NotACandidate,
            InvalidFields,
            Internal,
            Unavailable,
        ],
        "request-termination" => &[
            NotFound,
            NoticeStale,
            NotAllowedByPolicy,
            TerminationOpen,
            TerminationQuotaUsed,
            WrongStage,
            InvalidFields,
            Internal,
            Unavailable,
        ],
        _ => &[],
    }
}

/// Every problem that an action can answer, by status and name.
#[must_use]
pub fn problems(action: &Action, described: &Described) -> Vec<ProblemKind> {
    let mut kinds: BTreeSet<ProblemKind> = own(action.name).into_iter().collect();
    kinds.extend([Internal, Unavailable, BodyTooLarge]);
    if !action.callers.is_empty() {
        kinds.extend([Unauthenticated, WrongRole]);
    }
    if described.path.is_some() {
        kinds.insert(NotFound);
    }
    if !described.query.is_empty() || described.body.is_some() {
        kinds.insert(InvalidFields);
    }
    if action.body_limit > 0 {
        kinds.insert(UnsupportedMediaType);
    }
    if action.body_limit > 0 && action.takes == Takes::Json {
        kinds.insert(MalformedJson);
    }
    if action.changes_state {
        kinds.extend([TokenRevoked, Indeterminate]);
    }
    match action.idempotency {
        IdempotencyKey::Required => kinds.extend([IdempotencyKeyRequired, IdempotencyKeyMalformed, KeyReused]),
        IdempotencyKey::Optional => kinds.extend([IdempotencyKeyMalformed, KeyReused]),
        IdempotencyKey::Unused => {}
    }
    let mut kinds: Vec<ProblemKind> = kinds.into_iter().collect();
    kinds.sort_by_key(|kind| (kind.status(), kind.slug()));
    kinds
}
