//! What an accepted command leaves behind.

use crate::employer::Standing;
use crate::event::Event;
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
    /// The pair (employer, person) is taken: no second open letter (SR-35) until it ends, at the latest at this deadline.
    TakePair(Timestamp),
    /// The letter that holds the pair has a new deadline.
    ProlongPair(Timestamp),
    /// The pair passes from the letter to the agreement that came of it.
    HandOverPair,
    /// The pair is free again.
    FreePair,
    /// The person's slot of the graduation year is taken, if it is free (SR-49, A-4).
    TakeSlot,
    /// The slot must be free, and stays so: while it is held, other letters are view only (SR-49).
    NeedFreeSlot,
    /// The slot is released by its holder.
    ReleaseSlot,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// Which document an event calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The uncertified agreement, watermark 待鉴证.
    Uncertified,
    /// The certified agreement with its number.
    Final,
    /// 解约函.
    TerminationLetter,
}
