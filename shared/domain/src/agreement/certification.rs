//! 签约鉴证 (SR-79 to SR-83, O2 to O5): what an officer's decision makes of an agreement that waits for it.

use super::{Agreement, Certified, CollegeApproval, Ended, PendingCertification, Stage};
use crate::Refusal;
use crate::event::Event;
use crate::letter::section_hash;
use crate::party::Officer;
use crate::policy::CertificationLevel;
use crate::transition::{DocumentKind, Effect, NoticeKind, Recipient, Transition};
use crate::values::{AgreementNumber, Industry, Region, Text, Timestamp, UnitNature};

/// What an officer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 签约鉴证通过, with the starred fields as the officer completed or corrected them.
    Pass {
        /// 单位性质.
        nature: Option<UnitNature>,
        /// 单位行业.
        industry: Option<Industry>,
        /// 单位所在地.
        region: Option<Region>,
    },
    /// 签约鉴证不通过.
    Fail {
        /// Why (SR-82).
        reason: Option<Text<500>>,
    },
    /// 退回学院.
    Return {
        /// Why.
        reason: Option<Text<500>>,
    },
}

/// What a decision comes to.
#[derive(Debug)]
pub enum Judgement {
    /// A final pass: it wants a number before it is complete.
    Certifies(Box<Certifiable>),
    /// Complete.
    Settled(Box<Transition<Agreement>>),
}

/// An agreement that has passed and only lacks its number.
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
        let stage = Stage::Certified(Certified { number, by, at });
        Transition { next: Agreement { stage, ..agreement }, event, effects }
    }
}

impl Agreement {
    /// Judges an officer's decision. The scope (own school, own college) is the repository's to check.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless certification is awaited; who may decide when, by the policy of A-10; a missing
    /// reason (SR-82); missing starred fields (SR-78).
    pub fn judge(self, by: &Officer, decision: Decision, at: Timestamp) -> Result<Judgement, Refusal> {
        let pending = self.pending_certification()?;
        let last_word = self.has_last_word(by, &pending)?;
        match decision {
            Decision::Pass { nature, industry, region } => {
                let agreement = self.with_employer_fields(nature, industry, region)?;
                Ok(if last_word {
                    Judgement::Certifies(Box::new(Certifiable { agreement, by: by.clone(), at }))
                } else {
                    Judgement::Settled(Box::new(agreement.college_approves(by, at)))
                })
            }
            Decision::Fail { reason } => Ok(Judgement::Settled(Box::new(self.fail(required(reason)?, at)))),
            Decision::Return { reason } => {
                if pending.college_approval.is_none() {
                    return Err(Refusal::NothingToReturn);
                }
                Ok(Judgement::Settled(Box::new(self.return_to_college(required(reason)?))))
            }
        }
    }

    /// Whether a pass of this officer is final; refuses whoever may not decide now.
    fn has_last_word(&self, by: &Officer, pending: &PendingCertification) -> Result<bool, Refusal> {
        let college_officer = by.college.is_some();
        match (self.certification_level, college_officer, &pending.college_approval) {
            (CertificationLevel::SchoolOnly, true, _) => Err(Refusal::SchoolDecides),
            (CertificationLevel::CollegeThenSchool, true, None) => Ok(false),
            (CertificationLevel::CollegeThenSchool, true, Some(_)) => Err(Refusal::CollegeHasApproved),
            (CertificationLevel::CollegeThenSchool, false, None) => Err(Refusal::CollegeFirst),
            (CertificationLevel::CollegeThenSchool, false, Some(approval)) if approval.by.account == by.account => Err(Refusal::SamePerson),
            (CertificationLevel::Either, _, _) | (CertificationLevel::SchoolOnly | CertificationLevel::CollegeThenSchool, false, _) => {
                Ok(true)
            }
        }
    }

    /// Completes or corrects the starred fields; the employer's own profile stays as it is.
    fn with_employer_fields(
        mut self,
        nature: Option<UnitNature>,
        industry: Option<Industry>,
        region: Option<Region>,
    ) -> Result<Self, Refusal> {
        let employer = &mut self.employer;
        employer.nature = nature.or(employer.nature);
        employer.industry = industry.or(employer.industry);
        employer.region = region.or(employer.region);
        let missing = (employer.nature.is_none(), employer.industry.is_none(), employer.region.is_none());
        match missing {
            (false, false, false) => Ok(self),
            (nature, industry, region) => Err(Refusal::EmployerFieldsRequired { nature, industry, region }),
        }
    }

    fn college_approves(self, by: &Officer, at: Timestamp) -> Transition<Self> {
        let school = Recipient::School(self.student.school.clone());
        let stage = Stage::PendingCertification(PendingCertification { college_approval: Some(CollegeApproval { by: by.clone(), at }) });
        let effects = vec![Effect::Notify(school, NoticeKind::CertificationAwaited)];
        Transition { next: Self { stage, ..self }, event: Event::CollegeApproved, effects }
    }

    fn fail(self, reason: Text<500>, at: Timestamp) -> Transition<Self> {
        let mut effects = self.notify_parties(NoticeKind::CertificationRejected);
        effects.extend([Effect::ReleaseSlot, Effect::FreePair]);
        let stage = Stage::CertificationRejected(Ended { at, reason: reason.clone() });
        Transition { next: Self { stage, ..self }, event: Event::CertificationRejected { reason }, effects }
    }

    fn return_to_college(self, reason: Text<500>) -> Transition<Self> {
        let college = Recipient::College(self.student.school.clone(), self.student.college.clone());
        let stage = Stage::PendingCertification(PendingCertification { college_approval: None });
        let effects = vec![Effect::Notify(college, NoticeKind::ReturnedToCollege)];
        Transition { next: Self { stage, ..self }, event: Event::ReturnedToCollege { reason }, effects }
    }
}

fn required(reason: Option<Text<500>>) -> Result<Text<500>, Refusal> {
    reason.ok_or(Refusal::ReasonRequired)
}
