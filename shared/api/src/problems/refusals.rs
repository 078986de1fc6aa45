//! Each refusal of the domain, as a problem.

use super::{Problem, ProblemKind};
use crate::fields::FieldError;
use domain::Refusal;
use domain::values::Invalid;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::ReasonRequired => return Self::fields(vec![FieldError::body("/reason", Invalid::Missing)]),
            Refusal::ResponsePeriodOutsidePolicy { min, max } => {
                return Self::fields(vec![FieldError::body("/response_days", Invalid::OutOfRange(min, max))]);
            }
            Refusal::EmployerFieldsRequired { nature, industry, region } => return starred(nature, industry, region),
            Refusal::InvitationEnded(stage) => return Self { current_stage: Some(stage.as_str()), ..ProblemKind::InvitationEnded.into() },
            Refusal::WrongStage(stage) => return Self { current_stage: Some(stage.as_str()), ..ProblemKind::WrongStage.into() },
            Refusal::VersionMoved { stage, version } => {
                return Self { current_stage: Some(stage), current_version: Some(version), ..ProblemKind::VersionMoved.into() };
            }
            Refusal::EarlierLetterJustLapsed => {
                let margin_s = domain::invitation::SWEEP_MARGIN_MS / 1000;
                return Self { retry_after_s: u32::try_from(margin_s).ok(), ..ProblemKind::EarlierLetterJustLapsed.into() };
            }
            Refusal::VerificationLocked { wait_s } => return locked(ProblemKind::VerificationLocked, wait_s),
            Refusal::SearchLocked { wait_s } => return locked(ProblemKind::SearchLocked, wait_s),
            Refusal::VerificationsUsedUp { wait_s } => return locked(ProblemKind::VerificationsUsedUp, wait_s),
            Refusal::UploadsUsedUp { wait_s } => return locked(ProblemKind::UploadsUsedUp, wait_s),
            Refusal::UploadRefused(reason) => return Self { reason: Some(reason), ..ProblemKind::UploadRefused.into() },
            Refusal::UploadNotThere(i) => return Self::fields(vec![FieldError::body(format!("/upload_ids/{i}"), Invalid::UnusableFile)]),
            Refusal::ScanAwaited => return locked(ProblemKind::ScanAwaited, SCAN_S),
            Refusal::SearchesUsedUp { wait_s } => return locked(ProblemKind::SearchesUsedUp, wait_s),
            Refusal::TerminationSettled(stage) => {
                let kind = if stage.is_open() { ProblemKind::WrongStage } else { ProblemKind::TerminationSettled };
                return Self { current_stage: Some(stage.as_str()), ..kind.into() };
            }
            Refusal::ReasonNotYours => return Self::fields(vec![FieldError::body("/reason_code", Invalid::NotInCodeTable)]),
            Refusal::ProofRequired => return Self::fields(vec![FieldError::body("/upload_ids", Invalid::Missing)]),
            Refusal::ProofNotTaken => return Self::fields(vec![FieldError::body("/upload_ids", Invalid::Unknown)]),
            Refusal::OrganisationRequired => return Self::fields(vec![FieldError::body("/organisation", Invalid::Missing)]),
            Refusal::NotToRegister => return Self::fields(vec![FieldError::body("/destination", Invalid::NotInCodeTable)]),
            Refusal::EmployerStanding(standing) => return Self { current_stage: Some(standing), ..ProblemKind::WrongStage.into() },
            Refusal::UnknownSchool => return Self::fields(vec![FieldError::body("/school", Invalid::NotInCodeTable)]),
            Refusal::UnknownCollege => return Self::fields(vec![FieldError::body("/college", Invalid::NotInCodeTable)]),
            Refusal::ResponseDaysOutOfOrder => return Self::fields(vec![FieldError::body("/response_days_default", Invalid::OutOfOrder)]),
            Refusal::EmployerNotQualified => ProblemKind::EmployerNotQualified,
            Refusal::EmployerInfoIncomplete => ProblemKind::EmployerInfoIncomplete,
            Refusal::EmployerSuspended => ProblemKind::EmployerSuspended,
            Refusal::StudentUnverified => ProblemKind::StudentUnverified,
            Refusal::NotACandidate => ProblemKind::NotACandidate,
            Refusal::AlreadyInvited => ProblemKind::AlreadyInvited,
            Refusal::AlreadySignedWithThisEmployer => ProblemKind::AlreadySigned,
            Refusal::InvitationExpired => ProblemKind::InvitationExpired,
            Refusal::NotYetDue => ProblemKind::NotYetDue,
            Refusal::NotLonger => ProblemKind::NotLonger,
            Refusal::StudentLocked => ProblemKind::StudentLocked,
            Refusal::SigningUnderWay => ProblemKind::SigningUnderWay,
            Refusal::ConfirmationStale => ProblemKind::ConfirmationStale,
            Refusal::SchoolDecides => ProblemKind::SchoolDecides,
            Refusal::CollegeFirst => ProblemKind::CollegeFirst,
            Refusal::CollegeHasApproved => ProblemKind::CollegeHasApproved,
            Refusal::NothingToReturn => ProblemKind::NothingToReturn,
            Refusal::SamePerson => ProblemKind::SamePerson,
            Refusal::NotAllowedByPolicy => ProblemKind::NotAllowedByPolicy,
            Refusal::EmploymentRegistered => ProblemKind::EmploymentRegistered,
            Refusal::TerminationOpen => ProblemKind::TerminationOpen,
            Refusal::TerminationQuotaUsed => ProblemKind::TerminationQuotaUsed,
            Refusal::NoticeStale => ProblemKind::NoticeStale,
            Refusal::NotTheOtherParty => ProblemKind::NotTheOtherParty,
            Refusal::NotTheInitiator => ProblemKind::NotTheInitiator,
            Refusal::PreviewStale => ProblemKind::PreviewStale,
            Refusal::NoDraft => ProblemKind::NoDraft,
            Refusal::UploadMissing => ProblemKind::UploadMissing,
            Refusal::UploadSettled => ProblemKind::UploadSettled,
            Refusal::UploadLate => ProblemKind::UploadLate,
            Refusal::RegistrationEnded => ProblemKind::RegistrationEnded,
            Refusal::EmployerBlocked => ProblemKind::EmployerBlocked,
            Refusal::ReviewAwaited => ProblemKind::ReviewAwaited,
            Refusal::EmployerAlreadyQualified => ProblemKind::EmployerAlreadyQualified,
            Refusal::CreditCodeTaken => ProblemKind::CreditCodeTaken,
            Refusal::GraduationYearClosed => ProblemKind::GraduationYearClosed,
            Refusal::VerificationFailed => ProblemKind::VerificationFailed,
            Refusal::RecordBound => ProblemKind::RecordBound,
            Refusal::AccountBound => ProblemKind::AccountBound,
            Refusal::NumberTaken => ProblemKind::NumberTaken,
            Refusal::NothingToCorrect => ProblemKind::NothingToCorrect,
            Refusal::JobEnded => ProblemKind::JobEnded,
            Refusal::ObjectionSettled => ProblemKind::ObjectionSettled,
        };
        kind.into()
    }
}

/// How long a scan takes.
const SCAN_S: u32 = 5;

/// What may be tried again after so many seconds.
fn locked(kind: ProblemKind, wait_s: u32) -> Problem {
    Problem { retry_after_s: Some(wait_s.max(1)), ..kind.into() }
}

/// The starred fields that are missing (SR-78).
fn starred(nature: bool, industry: bool, region: bool) -> Problem {
    let fields = [("nature", nature), ("industry", industry), ("region", region)];
    let missing = fields.into_iter().filter(|(_, missing)| *missing);
    Problem::fields(missing.map(|(name, _)| FieldError::body(format!("/employer/{name}"), Invalid::Missing)).collect())
}
