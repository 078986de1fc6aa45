//! What stands in the way of a command. No words and no HTTP: the catalogue of problems turns each into an answer.

use crate::upload::Reason;
use crate::{agreement, invitation, termination};

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No school has approved the employer (SR-10).
    EmployerNotQualified,
    /// The employer has not confirmed its first-log-in information (SR-12).
    EmployerInfoIncomplete,
    /// The platform has suspended the employer.
    EmployerSuspended,
    /// The graduate has not passed the information verification (SR-44).
    StudentUnverified,
    /// The period is outside the school's bounds.
    ResponsePeriodOutsidePolicy {
        /// Shortest period in days.
        min: i64,
        /// Longest period in days.
        max: i64,
    },
    /// The student is not on the send list.
    NotACandidate,
    /// An open letter to this student exists (SR-35, A-14).
    AlreadyInvited,
    /// The earlier letter has lapsed but its margin for an answer in flight has not.
    EarlierLetterJustLapsed,
    /// An agreement with this student is pending or certified.
    AlreadySignedWithThisEmployer,
    /// The deadline has passed.
    InvitationExpired,
    /// The letter has been answered or withdrawn.
    InvitationEnded(invitation::StageName),
    /// The deadline has not passed by the sweep's margin.
    NotYetDue,
    /// An extension must lengthen the period.
    NotLonger,
    /// The person's slot of the year is held (SR-49, A-5); whose it is stays private.
    StudentLocked,
    /// A signing or a registration holds the slot: nothing else is entered, generated or registered (SR-64, A-6).
    SigningUnderWay,
    /// Other employment is registered: it holds the same slot.
    EmploymentRegistered,
    /// The confirmation token belongs to another letter or an earlier version of this one.
    ConfirmationStale,
    /// The version that the decision was made on is not the current one.
    VersionMoved {
        /// The stage now.
        stage: &'static str,
        /// The version now.
        version: u64,
    },
    /// The agreement's stage does not allow the command.
    WrongStage(agreement::StageName),
    /// A negative decision needs a reason (SR-82).
    ReasonRequired,
    /// A starred field of the employer is missing (SR-78, A-11).
    EmployerFieldsRequired {
        /// 单位性质.
        nature: bool,
        /// 单位行业.
        industry: bool,
        /// 单位所在地.
        region: bool,
    },
    /// The school decides, not the college.
    SchoolDecides,
    /// The college has not approved yet.
    CollegeFirst,
    /// The college has approved already.
    CollegeHasApproved,
    /// There is no college approval to return.
    NothingToReturn,
    /// Who approved for the college may not decide for the school.
    SamePerson,
    /// The school's policy does not allow it.
    NotAllowedByPolicy,
    /// An open termination request stands in the way (O8, A-26).
    TerminationOpen,
    /// The request is not awaiting this step any more.
    TerminationSettled(termination::StageName),
    /// The initiator's certified terminations are used up.
    TerminationQuotaUsed,
    /// Another version of 解约须知 is shown now (SR-39).
    NoticeStale,
    /// The reason is one of the other party's.
    ReasonNotYours,
    /// On paper, the employer's stamp stands on the proof (SR-72).
    ProofRequired,
    /// Online the other party consents; there is nothing to prove.
    ProofNotTaken,
    /// Only the other party answers a request.
    NotTheOtherParty,
    /// Only whoever raised a request takes it back.
    NotTheInitiator,
    /// The draft is not as it was previewed (F2).
    PreviewStale,
    /// Nothing was entered yet.
    NoDraft,
    /// The file is not taken, for this reason.
    UploadRefused(Reason),
    /// Nothing has been uploaded yet.
    UploadMissing,
    /// The scanner has not said yet what it is.
    ScanAwaited,
    /// The request to hand it in is more than a day old.
    UploadLate,
    /// It was confirmed before.
    UploadSettled,
    /// Not there, not the caller's, not for this, not clean, or handed in already: which, nobody is told.
    UploadNotThere(usize),
    /// Too many files were asked for today.
    UploadsUsedUp {
        /// Seconds until the next may be asked for.
        wait_s: u32,
    },
    /// Too many documents were verified from one place of the net.
    VerificationsUsedUp {
        /// Seconds until the next may be.
        wait_s: u32,
    },
    /// What only agreements write, or nothing at all.
    NotToRegister,
    /// Where to is missing, for a destination that is somewhere.
    OrganisationRequired,
    /// The registration was withdrawn.
    RegistrationEnded,
    /// The school has barred the employer from its students.
    EmployerBlocked,
    /// A school is reviewing the employer already.
    ReviewAwaited,
    /// A school has approved the employer: name and code stand.
    EmployerAlreadyQualified,
    /// The credit code is another employer's.
    CreditCodeTaken,
    /// How the employer stands leaves nothing to decide.
    EmployerStanding(&'static str),
    /// No school of this code is on the platform.
    UnknownSchool,
    /// The school has no college of this code.
    UnknownCollege,
    /// The school does not sign this graduation year.
    GraduationYearClosed,
    /// Shortest, default and longest period are not in order.
    ResponseDaysOutOfOrder,
    /// The facts are not as on the roster; which of them, nobody is told (SR-44).
    VerificationFailed,
    /// Too many verifications have failed.
    VerificationLocked {
        /// Seconds until the next may be tried.
        wait_s: u32,
    },
    /// The record is bound to another log-in.
    RecordBound,
    /// The log-in is another person's, or has a record of this year.
    AccountBound,
    /// The number is another person's.
    NumberTaken,
    /// A correction that changes nothing.
    NothingToCorrect,
    /// Too many searches for one graduate have missed (domain 5.1).
    SearchLocked {
        /// Seconds until the next may be tried.
        wait_s: u32,
    },
    /// The import or export has ended.
    JobEnded,
    /// The objection waits for its answer, or has been answered.
    ObjectionSettled,
    /// Too many searches have missed today (domain 5.1).
    SearchesUsedUp {
        /// Seconds until the next may be tried.
        wait_s: u32,
    },
}
