//! 签约鉴证 (SR-79 to SR-83, O2 to O5, F7, F8): what an officer's decision makes of an agreement that waits for it.

use super::{Agreement, Certified, Ended, InForce, Origin, Pending, Stage};
use crate::Refusal;
use crate::decision::{Ruling, Verdict};
use crate::event::Event;
use crate::letter::section_hash;
use crate::party::Officer;
use crate::transition::{DocumentKind, Effect, NoticeKind, Recipient, Release, Transition};
use crate::values::{AgreementNumber, Industry, Region, Text, Timestamp, UnitNature};

/// What an officer decides on a signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Passed, not passed, or returned.
    pub verdict: Verdict,
    /// The starred fields as the officer completed or corrected them; only a pass uses them.
    pub starred: Starred,
}

/// 单位性质, 单位行业 and 单位所在地 (SR-78).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is documented at the employer's section")]
pub struct Starred {
    pub nature: Option<UnitNature>,
    pub industry: Option<Industry>,
    pub region: Option<Region>,
}

/// What a decision comes to.
#[derive(Debug)]
pub enum Judgement {
    /// A final pass: it wants a number before it is complete.
    Certifies(Box<Certifiable>),
    /// Complete.
    Settled(Box<Transition<Agreement>>),
}

/// A signing that has passed and only lacks its number.
#[derive(Debug)]
pub struct Certifiable {
    agreement: Agreement,
    by: Officer,
    at: Timestamp,
}

impl Certifiable {
    /// The agreement in force.
    #[must_use]
    pub fn numbered(self, number: AgreementNumber) -> Transition<Agreement> {
        let Self { agreement, by, at } = self;
        let mut effects = agreement.notify_parties(NoticeKind::AgreementCertified);
        effects.extend([Effect::OpenPlanRecord, Effect::Draw(DocumentKind::Final)]);
        let event = Event::AgreementCertified { number: number.clone(), employer_hash: section_hash(&agreement.employer) };
        let certified = Certified { number, by, at };
        let stage = Stage::Certified(InForce { certified, termination: None });
        Transition { next: Agreement { stage, ..agreement }, event, effects }
    }
}

impl Agreement {
    /// Judges an officer's decision. An agreement on paper has its number already: it was printed with it.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless certification is awaited; who may decide when, by the policy of A-10; a missing
    /// reason (SR-82); missing starred fields (SR-78).
    pub fn judge(self, by: &Officer, decision: Decision, at: Timestamp) -> Result<Judgement, Refusal> {
        let Stage::PendingCertification(pending) = &self.stage else { return Err(Refusal::WrongStage(self.stage_name())) };
        let since = pending.since;
        let ruling = self.rules.certification_level.rule(by, pending.college_approval.as_ref(), decision.verdict, at)?;
        let settled = match ruling {
            Ruling::Passes => {
                let agreement = self.with_employer_fields(decision.starred)?;
                let number = agreement.printed_number().cloned();
                let passed = Certifiable { agreement, by: by.clone(), at };
                match number {
                    Some(number) => passed.numbered(number),
                    None => return Ok(Judgement::Certifies(Box::new(passed))),
                }
            }
            Ruling::CollegeApproves(approval) => {
                let agreement = self.with_employer_fields(decision.starred)?;
                let stage = Stage::PendingCertification(Pending { since, college_approval: Some(approval) });
                agreement.college_approves(stage, NoticeKind::CertificationAwaited)
            }
            Ruling::Returns(reason) => {
                let stage = Stage::PendingCertification(Pending { since, college_approval: None });
                self.return_to_college(stage, reason)
            }
            Ruling::Fails(reason) => self.fail(reason, at),
        };
        Ok(Judgement::Settled(Box::new(settled)))
    }

    /// Completes or corrects the starred fields; the employer's own profile stays as it is.
    fn with_employer_fields(mut self, starred: Starred) -> Result<Self, Refusal> {
        let employer = &mut self.employer;
        employer.nature = starred.nature.or(employer.nature);
        employer.industry = starred.industry.or(employer.industry);
        employer.region = starred.region.or(employer.region);
        let missing = (employer.nature.is_none(), employer.industry.is_none(), employer.region.is_none());
        match missing {
            (false, false, false) => Ok(self),
            (nature, industry, region) => Err(Refusal::EmployerFieldsRequired { nature, industry, region }),
        }
    }

    pub(super) fn college_approves(self, stage: Stage, kind: NoticeKind) -> Transition<Self> {
        let effects = vec![self.notify_school(kind)];
        Transition { next: Self { stage, ..self }, event: Event::CollegeApproved, effects }
    }

    pub(super) fn return_to_college(self, stage: Stage, reason: Text<500>) -> Transition<Self> {
        let college = Recipient::College(self.student.school.clone(), self.student.college.clone());
        let effects = vec![Effect::Notify(college, NoticeKind::ReturnedToCollege)];
        Transition { next: Self { stage, ..self }, event: Event::ReturnedToCollege { reason }, effects }
    }

    /// An online signing ends and frees its graduate (O3); on paper the graduate stays bound and returns another scan (F8).
    fn fail(self, reason: Text<500>, at: Timestamp) -> Transition<Self> {
        let mut effects = self.notify_parties(NoticeKind::CertificationRejected);
        let event = Event::CertificationRejected { reason: reason.clone() };
        let ended = Ended { at, reason };
        let stage = match self.origin {
            Origin::Online { .. } => {
                effects.extend([Effect::ReleaseSlot(Release::Ended), Effect::FreePair(Release::Ended)]);
                Stage::CertificationRejected(ended)
            }
            Origin::Offline { .. } => Stage::FeedbackRejected(ended),
        };
        Transition { next: Self { stage, ..self }, event, effects }
    }
}
