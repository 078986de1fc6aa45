//! What an accepted command leaves behind.

use crate::deadline::Watch;
use crate::employer::Standing;
use crate::event::Event;
use crate::party::Initiator;
use crate::values::{CollegeId, EmployerId, PersonId, SchoolId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// The next state, the one event that led to it, and what follows. All of it commits together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition<S> {
    /// The aggregate after the command.
    pub next: S,
    /// What happened.
    pub event: Event,
    /// What follows from it.
    pub effects: Vec<Effect>,
}

/// A consequence that the store writes in the same transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The pair (employer, person) is taken: no second open letter (SR-35) until it ends, at the latest at the deadline. The pair knows
    /// what falls due of the letter until then.
    TakePair(Watch),
    /// The letter that holds the pair has a new deadline.
    ProlongPair(Watch),
    /// The pair passes from the letter to the agreement that came of it.
    HandOverPair,
    /// The pair is free again.
    FreePair(Release),
    /// The person's slot of the graduation year is taken, if it is free (SR-49, SR-64, A-4, A-24).
    TakeSlot(SlotKind),
    /// The slot must be free, and stays so: while it is held, other letters are view only (SR-49).
    NeedFreeSlot,
    /// The slot is released by its holder.
    ReleaseSlot(Release),
    /// The inbox of these people gets a notice; mail goes out from it later.
    Notify(Recipient, NoticeKind),
    /// A document is to be drawn.
    Draw(DocumentKind),
    /// The graduate's employment-plan record is opened with what the agreement says (就业方案, A-28).
    OpenPlanRecord,
    /// The plan record is closed, never deleted: the graduate is without employment until another record opens.
    ClosePlanRecord,
    /// The employer's place in a school's lists of employers; none takes it out of them.
    PlaceWith {
        /// Whose lists.
        school: SchoolId,
        /// Which list.
        standing: Option<Standing>,
        /// Since when.
        at: Timestamp,
        /// Why, if the standing has a reason.
        reason: Option<Text<500>>,
    },
}

/// What takes a slot: its guards are one condition (domain 2.8, invariant 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// 线上签约.
    Online,
    /// 线下签约.
    Offline,
    /// 就业信息登记.
    Registration,
}

impl SlotKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Online, Self::Offline, Self::Registration];

    /// The name as stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Registration => "registration",
        }
    }
}

/// How slot and pair come free. A certified termination is counted there, once, by the write that releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Rejected, lapsed, withdrawn, revoked or voided: nothing is used up.
    Ended,
    /// Terminated, on this party's request.
    Terminated(Initiator),
}

/// Whose inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A graduate.
    Student(PersonId),
    /// An employer's staff.
    Employer(EmployerId),
    /// A college's officers.
    College(SchoolId, CollegeId),
    /// A school's officers.
    School(SchoolId),
}

/// What a notice says. Its text is built from the event, not from current state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A letter has come (mail is mandatory, SR-29).
    InvitationReceived,
    /// The graduate has agreed.
    InvitationAccepted,
    /// The graduate has refused.
    InvitationRejected,
    /// Nobody answered in time.
    InvitationExpired,
    /// The deadline is near.
    DeadlineNear,
    /// The employer has withdrawn the letter.
    InvitationWithdrawn,
    /// The employer has lengthened the period.
    InvitationExtended,
    /// A signing waits for certification.
    CertificationAwaited,
    /// The school has returned a signing to the college.
    ReturnedToCollege,
    /// Certified.
    AgreementCertified,
    /// Not certified, with the reason.
    CertificationRejected,
    /// An agreement on paper waits for its first review.
    AgreementReviewAwaited,
    /// 协议书审核 passed: to be printed and stamped.
    AgreementReviewPassed,
    /// 协议书审核不通过, with the reason.
    AgreementReviewFailed,
    /// 作废.
    AgreementVoided,
    /// 解约通知: the other party asks to terminate.
    TerminationRequested,
    /// The other party consents.
    TerminationConsented,
    /// The other party does not consent, with the reason.
    TerminationRefused,
    /// The other party has taken its request back.
    TerminationWithdrawn,
    /// A termination waits for certification.
    TerminationAwaited,
    /// 解约鉴证不通过, with the reason.
    TerminationRejected,
    /// A destination is registered.
    EmploymentRegistered,
    /// The registration is withdrawn.
    RegistrationWithdrawn,
    /// Terminated.
    AgreementTerminated,
    /// The graduate has withdrawn before certification.
    AgreementWithdrawn,
    /// The school has revoked its certification.
    CertificationRevoked,
    /// An employer asks for the school's review.
    EmployerReviewAwaited,
    /// A school has decided on the employer.
    EmployerReviewed,
    /// The platform has suspended the employer.
    EmployerSuspended,
    /// The platform lets the employer go on.
    EmployerReinstated,
    /// The school has corrected the graduate's record.
    StudentCorrected,
    /// An employer has missed one graduate too often.
    SearchLocked,
    /// A long import or export has ended.
    JobEnded,
    /// A graduate objects to a record of the plan.
    ObjectionRaised,
    /// The school has answered an objection.
    ObjectionAnswered,
}

/// Which document an event calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The uncertified agreement, watermark 待鉴证.
    Uncertified,
    /// The agreement on paper, with its number, to be printed, signed and stamped.
    Printable,
    /// The certified agreement with its number.
    Final,
    /// 解约函.
    TerminationLetter,
}
