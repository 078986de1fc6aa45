//! 邀约 (domain 2.2): one employer's letter to one graduate.

use crate::Refusal;
use crate::deadline::Watch;
use crate::event::Event;
use crate::letter::{Letter, hex_sha256};
use crate::student::Student;
use crate::transition::{Effect, NoticeKind, Recipient, Release, SlotKind, Transition};
use crate::values::{AgreementId, CollegeId, GraduationYear, InvitationId, PersonId, ResponsePeriod, SchoolId, StudentId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long after the deadline a letter may be marked expired: an answer that arrived in time may still be on its way.
pub const SWEEP_MARGIN_MS: i64 = 90_000;

/// A letter of invitation with its stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Identifier.
    pub id: InvitationId,
    /// The roster record invited.
    pub student: StudentId,
    /// The person behind it.
    pub person: PersonId,
    /// The student's name as masked for the employer.
    pub masked_name: String,
    /// 学校.
    pub school: SchoolId,
    /// Its name.
    pub school_name: Text<100>,
    /// 所在院系 at sending.
    pub college: CollegeId,
    /// Its name.
    pub college_name: Text<100>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// What is offered.
    pub letter: Letter,
    /// SHA-256 of the letter.
    pub letter_hash: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How long the graduate has (SR-30).
    pub response_period: ResponsePeriod,
    /// The longest period that the school allowed when it was sent, in days: an extension stays within it.
    #[serde(default = "platform_longest")]
    pub longest_days: i64,
    /// How many hours before the deadline the graduate is reminded, as the school had it when it was sent.
    #[serde(default)]
    pub reminder_hours: BTreeSet<u16>,
    /// Whether an address of the graduate was known when it was sent: if not, the inbox alone tells of it.
    #[serde(default = "known")]
    pub has_address: bool,
    /// Since when nobody can tell whose it was (domain 5.6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anonymised_at: Option<Timestamp>,
    /// Where it stands.
    pub stage: Stage,
}

fn known() -> bool {
    true
}

fn platform_longest() -> i64 {
    ResponsePeriod::BOUNDS.1
}

/// Where a letter stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 待应约.
    Pending(Pending),
    /// 已应约.
    Accepted(Accepted),
    /// 已拒绝.
    Rejected(Rejected),
    /// 邀约过期.
    Expired(Expired),
    /// 已撤回.
    Withdrawn(Withdrawn),
}

/// Waiting for the graduate's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The first instant at which an answer is too late.
    pub expires_at: Timestamp,
}

/// The graduate agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// When.
    pub at: Timestamp,
    /// What came of it. The letter stays accepted whatever becomes of the agreement.
    pub agreement: AgreementId,
}

/// The graduate refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// When.
    pub at: Timestamp,
    /// Why, if said.
    pub reason: Option<Text<500>>,
}

/// Nobody answered in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// The deadline that passed.
    pub at: Timestamp,
}

/// The employer took it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// When.
    pub at: Timestamp,
}

/// The stages by name, as stored, listed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at its struct")]
pub enum StageName {
    Pending,
    Accepted,
    Rejected,
    Expired,
    Withdrawn,
}

/// What a new letter is made of.
#[derive(Clone, Debug)]
pub struct Send {
    /// Identifier for the new letter.
    pub id: InvitationId,
    /// What is offered.
    pub letter: Letter,
    /// What the school's policy makes of it.
    pub terms: Terms,
    /// When it is sent.
    pub now: Timestamp,
}

/// What a school's policy makes of a letter, as it stands when the letter is sent (SR-30).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long the graduate has.
    pub period: ResponsePeriod,
    /// The longest period that the school allows, in days.
    pub longest_days: i64,
    /// How many hours before the deadline the graduate is reminded.
    pub reminder_hours: BTreeSet<u16>,
}

/// The graduate's 同意 and 现在签约 (SR-52, SR-53).
#[derive(Clone, Debug)]
pub struct Accept<'a> {
    /// Proof of which letter was shown.
    pub confirmation_token: &'a str,
    /// The letter's version at this moment.
    pub version: u64,
    /// When the answer arrived at the gateway.
    pub now: Timestamp,
}

impl Invitation {
    /// 确认发送 (I1, SR-28). Whether the student has signed elsewhere plays no part (SR-34).
    #[must_use]
    pub fn send(student: &Student, command: Send) -> Transition<Self> {
        let Terms { period, longest_days, reminder_hours } = command.terms;
        let watch = Watch::from(command.now, command.now.plus_days(period.days()), &reminder_hours);
        let expires_at = watch.expires_at;
        let letter_hash = command.letter.hash();
        let event = Event::InvitationSent { letter_hash: letter_hash.clone(), expires_at };
        let effects =
            vec![Effect::TakePair(watch), Effect::Notify(Recipient::Student(student.person.clone()), NoticeKind::InvitationReceived)];
        let next = Self {
            id: command.id,
            student: student.id.clone(),
            person: student.person.clone(),
            masked_name: student.name.masked(),
            school: student.school.clone(),
            school_name: student.school_name.clone(),
            college: student.college.clone(),
            college_name: student.college_name.clone(),
            graduation_year: student.graduation_year,
            letter: command.letter,
            letter_hash,
            sent_at: command.now,
            response_period: period,
            longest_days,
            reminder_hours,
            has_address: student.email.is_some(),
            anonymised_at: None,
            stage: Stage::Pending(Pending { expires_at }),
        };
        Transition { next, event, effects }
    }

    /// 同意 (I2). The slot is the store's to take: a locked student is refused there.
    ///
    /// # Errors
    /// [`Refusal::InvitationExpired`] at or after the deadline, [`Refusal::ConfirmationStale`], [`Refusal::InvitationEnded`].
    pub fn accept(self, command: &Accept<'_>) -> Result<Transition<Self>, Refusal> {
        let shown = self.confirmation_token(command.version);
        let agreement = self.id.agreement();
        let employer = Recipient::Employer(self.letter.employer_id.clone());
        let pending = self.answerable(command.now)?;
        if command.confirmation_token != shown {
            return Err(Refusal::ConfirmationStale);
        }
        let stage = Stage::Accepted(pending.accept(command.now, agreement.clone()));
        let effects =
            vec![Effect::HandOverPair, Effect::TakeSlot(SlotKind::Online), Effect::Notify(employer, NoticeKind::InvitationAccepted)];
        Ok(Transition { next: Self { stage, ..self }, event: Event::InvitationAccepted { agreement }, effects })
    }

    /// 拒绝 (I3, SR-55).
    ///
    /// # Errors
    /// [`Refusal::InvitationExpired`] or [`Refusal::InvitationEnded`].
    pub fn reject(self, reason: Option<Text<500>>, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        let stage = Stage::Rejected(self.answerable(now)?.reject(now, reason.clone()));
        let effects = vec![Effect::NeedFreeSlot, Effect::FreePair(Release::Ended), self.notify_employer(NoticeKind::InvitationRejected)];
        Ok(Transition { next: Self { stage, ..self }, event: Event::InvitationRejected { reason }, effects })
    }

    /// 邀约过期 (I4, SR-33), by the sweep or by the send that meets a lapsed letter.
    ///
    /// # Errors
    /// [`Refusal::NotYetDue`] until 90 s past the deadline, [`Refusal::InvitationEnded`].
    pub fn expire(self, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        let pending = self.pending()?;
        if now < pending.expires_at.plus_millis(SWEEP_MARGIN_MS) {
            return Err(Refusal::NotYetDue);
        }
        let stage = Stage::Expired(pending.expire());
        let kind = NoticeKind::InvitationExpired;
        let effects = vec![Effect::FreePair(Release::Ended), self.notify_employer(kind), self.notify_student(kind)];
        Ok(Transition { next: Self { stage, ..self }, event: Event::InvitationExpired, effects })
    }

    /// 撤回 (I5, A-35).
    ///
    /// # Errors
    /// [`Refusal::InvitationExpired`] or [`Refusal::InvitationEnded`].
    pub fn withdraw(self, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        let stage = Stage::Withdrawn(self.answerable(now)?.withdraw(now));
        let effects = vec![Effect::FreePair(Release::Ended), self.notify_student(NoticeKind::InvitationWithdrawn)];
        Ok(Transition { next: Self { stage, ..self }, event: Event::InvitationWithdrawn, effects })
    }

    /// Lengthens the period, counted from sending (I6), within what the school allowed when the letter was sent.
    ///
    /// # Errors
    /// [`Refusal::NotLonger`], [`Refusal::ResponsePeriodOutsidePolicy`], [`Refusal::InvitationExpired`] or
    /// [`Refusal::InvitationEnded`].
    pub fn extend(self, period: ResponsePeriod, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        let pending = self.answerable(now)?;
        if period.days() > self.longest_days {
            return Err(Refusal::ResponsePeriodOutsidePolicy { min: ResponsePeriod::BOUNDS.0, max: self.longest_days });
        }
        let expires_at = self.sent_at.plus_days(period.days());
        if expires_at <= pending.expires_at {
            return Err(Refusal::NotLonger);
        }
        let watch = Watch::from(now, expires_at, &self.reminder_hours);
        let effects = vec![Effect::ProlongPair(watch), self.notify_student(NoticeKind::InvitationExtended)];
        let stage = Stage::Pending(Pending { expires_at });
        Ok(Transition { next: Self { stage, response_period: period, ..self }, event: Event::InvitationExtended { expires_at }, effects })
    }

    /// What falls due of it after this moment, while it is open.
    #[must_use]
    pub fn watch(&self, now: Timestamp) -> Watch {
        Watch::from(now, self.expires_at(), &self.reminder_hours)
    }

    /// What the graduate sends back to say which letter was shown: bound to the letter's text and version, so that it fits no
    /// other letter and no edited one. Not a secret: only the letter's own student can use it.
    #[must_use]
    pub fn confirmation_token(&self, version: u64) -> String {
        hex_sha256(&[b"wangqian/confirmation/1", self.id.as_str().as_bytes(), &version.to_be_bytes(), self.letter_hash.as_bytes()])
    }

    /// The stored stage.
    #[must_use]
    pub fn stage_name(&self) -> StageName {
        match self.stage {
            Stage::Pending(_) => StageName::Pending,
            Stage::Accepted(_) => StageName::Accepted,
            Stage::Rejected(_) => StageName::Rejected,
            Stage::Expired(_) => StageName::Expired,
            Stage::Withdrawn(_) => StageName::Withdrawn,
        }
    }

    /// What everybody is shown: a pending letter past its deadline reads as expired, swept or not.
    #[must_use]
    pub fn effective_stage(&self, now: Timestamp) -> StageName {
        match &self.stage {
            Stage::Pending(pending) if now >= pending.expires_at => StageName::Expired,
            Stage::Pending(_) | Stage::Accepted(_) | Stage::Rejected(_) | Stage::Expired(_) | Stage::Withdrawn(_) => self.stage_name(),
        }
    }

    /// The first instant at which an answer is, or was, too late.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        match &self.stage {
            Stage::Pending(Pending { expires_at }) | Stage::Expired(Expired { at: expires_at }) => *expires_at,
            Stage::Accepted(_) | Stage::Rejected(_) | Stage::Withdrawn(_) => self.sent_at.plus_days(self.response_period.days()),
        }
    }

    fn pending(&self) -> Result<Pending, Refusal> {
        match &self.stage {
            Stage::Pending(pending) => Ok(pending.clone()),
            Stage::Expired(_) => Err(Refusal::InvitationExpired),
            Stage::Accepted(_) | Stage::Rejected(_) | Stage::Withdrawn(_) => Err(Refusal::InvitationEnded(self.stage_name())),
        }
    }

    fn answerable(&self, now: Timestamp) -> Result<Pending, Refusal> {
        let pending = self.pending()?;
        if now < pending.expires_at { Ok(pending) } else { Err(Refusal::InvitationExpired) }
    }

    fn notify_student(&self, kind: NoticeKind) -> Effect {
        Effect::Notify(Recipient::Student(self.person.clone()), kind)
    }

    fn notify_employer(&self, kind: NoticeKind) -> Effect {
        Effect::Notify(Recipient::Employer(self.letter.employer_id.clone()), kind)
    }
}

/// The only ways out of the pending stage.
#[expect(clippy::unused_self, reason = "each way out consumes the stage: a letter is answered once")]
impl Pending {
    fn accept(self, at: Timestamp, agreement: AgreementId) -> Accepted {
        Accepted { at, agreement }
    }

    fn reject(self, at: Timestamp, reason: Option<Text<500>>) -> Rejected {
        Rejected { at, reason }
    }

    fn expire(self) -> Expired {
        Expired { at: self.expires_at }
    }

    fn withdraw(self, at: Timestamp) -> Withdrawn {
        Withdrawn { at }
    }
}

impl StageName {
    /// All stages, in the order of the state graph.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Accepted, Self::Rejected, Self::Expired, Self::Withdrawn];

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}
