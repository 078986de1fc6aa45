//! 解约申请 (domain 2.5): a request to terminate an agreement in force, with a life of its own.

mod notice;
mod stage;

pub use notice::{Notice, notice_to};
pub use stage::{PendingCertification, Settled, Stage, StageName};

use crate::Refusal;
use crate::agreement::{Agreement, Origin};
use crate::decision::{Awaited, CollegeApproval, Ruling, Verdict};
use crate::event::Event;
use crate::letter::section_hash;
use crate::party::{Initiator, Officer};
use crate::policy::{CertificationLevel, QuotaCounting};
use crate::transition::{Effect, NoticeKind, Recipient, Transition};
use crate::upload::Attachment;
use crate::values::{
    AgreementId, AgreementNumber, CollegeId, EmployerId, GraduationYear, PersonId, PersonName, SchoolId, TerminationId, TerminationReason,
    Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// A request to terminate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Termination {
    /// Identifier: the agreement's, and which of its requests.
    pub id: TerminationId,
    /// The agreement.
    pub agreement: AgreementId,
    /// What it is about, as the agreement says.
    pub subject: Subject,
    /// Who raised it.
    pub initiator: Initiator,
    /// The 解约须知 that the initiator has agreed to (SR-39, A-9).
    pub notice: AcceptedNotice,
    /// 解约原因, coded.
    pub reason_code: TerminationReason,
    /// 解约原因, in words (SR-40, SR-59).
    pub reason: Text<500>,
    /// 解约证明材料 (SR-72); of agreements on paper only.
    pub proofs: Vec<Attachment>,
    /// Who certifies it, as the policy stood when the agreement came into being.
    pub level: CertificationLevel,
    /// When.
    pub requested_at: Timestamp,
    /// The other party's consent; on paper it stands on the stamped proof.
    pub consent: Option<Consent>,
    /// Where it stands.
    pub stage: Stage,
}

/// The agreement that a request is about, as far as lists, scopes and notices need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is documented at the agreement")]
pub struct Subject {
    pub number: AgreementNumber,
    pub offline: bool,
    pub person: PersonId,
    pub student_name: PersonName,
    pub student_number: Text<32>,
    pub graduation_year: GraduationYear,
    pub school: SchoolId,
    pub school_name: Text<100>,
    pub college: CollegeId,
    pub college_name: Text<100>,
    pub employer: Option<EmployerId>,
    pub employer_name: Text<100>,
    pub position: Text<100>,
}

/// Which text of 解约须知 somebody has agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AcceptedNotice {
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, lower-case hex.
    pub sha256: String,
}

/// 同意解约.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// When.
    pub at: Timestamp,
    /// The 解约须知 agreed to.
    pub notice: AcceptedNotice,
}

/// What an initiator says.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub initiator: Initiator,
    /// The version of 解约须知 that was shown and ticked.
    pub notice_version: u32,
    /// 解约原因, coded.
    pub reason_code: TerminationReason,
    /// 解约原因, in words.
    pub reason: Text<500>,
    /// 解约证明材料.
    pub proofs: Vec<Attachment>,
    /// When.
    pub at: Timestamp,
}

/// How many certified terminations there have been, and how many more the school has granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// By the graduate, this graduation year, online and on paper.
    pub by_student: u32,
    /// By any employer, this graduation year.
    pub by_employers: u32,
    /// By this employer, of this graduate.
    pub by_this_employer: u32,
    /// Granted beyond the quota.
    pub granted: u32,
}

/// What the other party answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// 同意解约, after the notice (SR-43, SR-61).
    Consent {
        /// The version of 解约须知 that was shown and ticked.
        notice_version: u32,
    },
    /// 不同意解约.
    Refuse {
        /// Why.
        reason: Text<500>,
    },
}

/// A request and the agreement that it is about, moved together.
#[derive(Debug)]
pub struct Moved {
    /// The request.
    pub termination: Transition<Termination>,
    /// The agreement, where the step touches it.
    pub agreement: Option<Transition<Agreement>>,
}

impl Termination {
    /// 解约申请 (T1, T1b): online it waits for the other party, on paper, with the employer's stamp on the proof, for the school.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless the agreement is certified, [`Refusal::TerminationOpen`],
    /// [`Refusal::TerminationQuotaUsed`], [`Refusal::NoticeStale`], [`Refusal::ReasonNotYours`], [`Refusal::ProofRequired`]
    /// (SR-72), [`Refusal::ProofNotTaken`].
    pub fn request(agreement: Agreement, request: Request, used: Used) -> Result<Moved, Refusal> {
        let Request { initiator, notice_version, reason_code, reason, proofs, at } = request;
        let (rules, subject) = (agreement.rules.clone(), Subject::of(&agreement));
        let opened = agreement.open(initiator)?;
        if used.up(initiator, rules.termination_quota, rules.quota_counting) {
            return Err(Refusal::TerminationQuotaUsed);
        }
        let subject = subject?;
        let notice = notice_to(initiator).accepted(notice_version)?;
        if !reason_code.is_of(initiator) {
            return Err(Refusal::ReasonNotYours);
        }
        match (subject.offline, proofs.is_empty()) {
            (true, true) => return Err(Refusal::ProofRequired),
            (false, false) => return Err(Refusal::ProofNotTaken),
            (true, false) | (false, true) => {}
        }
        let stage = if subject.offline {
            Stage::PendingCertification(PendingCertification { since: at, college_approval: None })
        } else {
            Stage::PendingCounterparty
        };
        let level = rules.termination_level;
        let id = TerminationId::of(&opened.next.id, opened.next.terminations_requested);
        let agreement = opened.next.id.clone();
        let (consent, requested_at) = (None, at);
        let next = Self { id, agreement, subject, initiator, notice, reason_code, reason, proofs, level, requested_at, consent, stage };
        let event = Event::TerminationRequested {
            initiator,
            notice: next.notice.clone(),
            reason_code,
            reason: next.reason.clone(),
            proofs: next.proofs.iter().map(|proof| proof.sha256.clone()).collect(),
        };
        let effects = if next.subject.offline {
            vec![next.notify_officers()]
        } else {
            next.notify(initiator.other(), NoticeKind::TerminationRequested).into_iter().collect()
        };
        Ok(Moved { termination: Transition { next, event, effects }, agreement: Some(opened) })
    }

    /// 同意解约 or 不同意解约 (T2, T3), by the other party.
    ///
    /// # Errors
    /// [`Refusal::TerminationSettled`] unless the answer is awaited; [`Refusal::NotTheOtherParty`]; [`Refusal::NoticeStale`].
    pub fn answer(self, by: Initiator, answer: Answer, agreement: Agreement, at: Timestamp) -> Result<Moved, Refusal> {
        self.awaits_counterparty()?;
        if by == self.initiator {
            return Err(Refusal::NotTheOtherParty);
        }
        match answer {
            Answer::Consent { notice_version } => {
                // The same text for both: it speaks of the initiator.
                let notice = notice_to(self.initiator).accepted(notice_version)?;
                let consent = Some(Consent { at, notice: notice.clone() });
                let stage = Stage::PendingCertification(PendingCertification { since: at, college_approval: None });
                let next = Self { consent, stage, ..self };
                let to_initiator = next.notify(next.initiator, NoticeKind::TerminationConsented);
                let effects = std::iter::once(next.notify_officers()).chain(to_initiator).collect();
                let termination = Transition { next, event: Event::TerminationConsented { notice }, effects };
                Ok(Moved { termination, agreement: None })
            }
            Answer::Refuse { reason } => {
                let kept = agreement.keep(&self.id)?;
                let stage = Stage::Refused(Settled { at, reason: Some(reason.clone()) });
                let effects = self.notify(self.initiator, NoticeKind::TerminationRefused).into_iter().collect();
                let termination = Transition { next: Self { stage, ..self }, event: Event::TerminationRefused { reason }, effects };
                Ok(Moved { termination, agreement: Some(kept) })
            }
        }
    }

    /// 撤回解约申请 (T4, A-27), by whoever raised it, before the other party has answered.
    ///
    /// # Errors
    /// [`Refusal::TerminationSettled`] unless the answer is awaited; [`Refusal::NotTheInitiator`].
    pub fn withdraw(self, by: Initiator, agreement: Agreement, at: Timestamp) -> Result<Moved, Refusal> {
        self.awaits_counterparty()?;
        if by != self.initiator {
            return Err(Refusal::NotTheInitiator);
        }
        let kept = agreement.keep(&self.id)?;
        let effects = self.notify(self.initiator.other(), NoticeKind::TerminationWithdrawn).into_iter().collect();
        let stage = Stage::Withdrawn(Settled { at, reason: None });
        let termination = Transition { next: Self { stage, ..self }, event: Event::TerminationWithdrawn, effects };
        Ok(Moved { termination, agreement: Some(kept) })
    }

    /// 解约鉴证 (T5, T6): certified, the agreement is dissolved; not certified, it stays valid and both may ask again (SR-63).
    ///
    /// # Errors
    /// [`Refusal::TerminationSettled`] unless certification is awaited; who may decide when; a missing reason.
    pub fn certify(self, by: &Officer, verdict: Verdict, agreement: Agreement, at: Timestamp) -> Result<Moved, Refusal> {
        let Stage::PendingCertification(pending) = self.stage.clone() else { return Err(Refusal::TerminationSettled(self.stage_name())) };
        let moved = |next: Self, event, effects, agreement| Moved { termination: Transition { next, event, effects }, agreement };
        match self.level.rule(by, pending.college_approval.as_ref(), verdict, at)? {
            Ruling::CollegeApproves(approval) => {
                let effects = vec![Effect::Notify(Recipient::School(self.subject.school.clone()), NoticeKind::TerminationAwaited)];
                let stage = Stage::PendingCertification(PendingCertification { college_approval: Some(approval), ..pending });
                Ok(moved(Self { stage, ..self }, Event::CollegeApproved, effects, None))
            }
            Ruling::Returns(reason) => {
                let college = Recipient::College(self.subject.school.clone(), self.subject.college.clone());
                let effects = vec![Effect::Notify(college, NoticeKind::ReturnedToCollege)];
                let stage = Stage::PendingCertification(PendingCertification { college_approval: None, ..pending });
                Ok(moved(Self { stage, ..self }, Event::ReturnedToCollege { reason }, effects, None))
            }
            Ruling::Passes => {
                // The agreement tells both parties that it is dissolved.
                let dissolved = agreement.dissolve(&self.id, self.initiator, at)?;
                let stage = Stage::Certified(Settled { at, reason: None });
                Ok(moved(Self { stage, ..self }, Event::TerminationCertified, Vec::new(), Some(dissolved)))
            }
            Ruling::Fails(reason) => {
                let kept = agreement.keep(&self.id)?;
                let kind = NoticeKind::TerminationRejected;
                let both = [Initiator::Student, Initiator::Employer].map(|party| self.notify(party, kind));
                let stage = Stage::CertificationRejected(Settled { at, reason: Some(reason.clone()) });
                let event = Event::TerminationRejected { reason };
                Ok(moved(Self { stage, ..self }, event, both.into_iter().flatten().collect(), Some(kept)))
            }
        }
    }

    /// SHA-256 of the request with what became of it, lower-case hex: what the letter about it was drawn from.
    #[must_use]
    pub fn hash(&self) -> String {
        section_hash(self)
    }

    /// The stored stage.
    #[must_use]
    pub fn stage_name(&self) -> StageName {
        self.stage.name()
    }

    /// The college's approval, while the school's decision is awaited.
    #[must_use]
    pub fn college_approval(&self) -> Option<&CollegeApproval> {
        if let Stage::PendingCertification(pending) = &self.stage { pending.college_approval.as_ref() } else { None }
    }

    /// Whose certification is awaited now.
    #[must_use]
    pub fn awaits(&self) -> Awaited {
        let pending = matches!(self.stage, Stage::PendingCertification(_));
        if pending { self.level.awaits(self.college_approval()) } else { Awaited::NOBODY }
    }

    /// Since when it stands where it stands.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.stage.since().unwrap_or(self.requested_at)
    }

    fn awaits_counterparty(&self) -> Result<(), Refusal> {
        if self.stage == Stage::PendingCounterparty { Ok(()) } else { Err(Refusal::TerminationSettled(self.stage_name())) }
    }

    fn notify_officers(&self) -> Effect {
        let (school, college) = (self.subject.school.clone(), self.subject.college.clone());
        let officers = if self.awaits().college { Recipient::College(school, college) } else { Recipient::School(school) };
        Effect::Notify(officers, NoticeKind::TerminationAwaited)
    }

    /// One of the two parties, if it is on the platform.
    fn notify(&self, party: Initiator, kind: NoticeKind) -> Option<Effect> {
        let recipient = match party {
            Initiator::Student => Some(Recipient::Student(self.subject.person.clone())),
            Initiator::Employer => self.subject.employer.clone().map(Recipient::Employer),
        };
        recipient.map(|recipient| Effect::Notify(recipient, kind))
    }
}

impl Subject {
    /// # Errors
    /// [`Refusal::WrongStage`] of an agreement that never had a number.
    fn of(agreement: &Agreement) -> Result<Self, Refusal> {
        let certified = agreement.certification().ok_or(Refusal::WrongStage(agreement.stage_name()))?;
        let student = &agreement.student;
        Ok(Self {
            number: certified.number.clone(),
            offline: matches!(agreement.origin, Origin::Offline { .. }),
            person: student.person.clone(),
            student_name: student.name.clone(),
            student_number: student.student_number.clone(),
            graduation_year: student.graduation_year,
            school: student.school.clone(),
            school_name: student.school_name.clone(),
            college: student.college.clone(),
            college_name: student.college_name.clone(),
            employer: agreement.employer_id().cloned(),
            employer_name: agreement.employer.name.clone(),
            position: agreement.signing.position.clone(),
        })
    }
}

impl Used {
    /// Whether the initiator has none left. Only certified terminations have been counted.
    pub fn up(self, initiator: Initiator, quota: u32, counting: QuotaCounting) -> bool {
        let used = match (counting, initiator) {
            (QuotaCounting::PerInitiator, Initiator::Student) => self.by_student,
            (QuotaCounting::PerInitiator, Initiator::Employer) => self.by_this_employer,
            (QuotaCounting::AnyInitiator, _) => self.by_student.saturating_add(self.by_employers),
        };
        used >= quota.saturating_add(self.granted)
    }
}
