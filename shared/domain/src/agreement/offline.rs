//! 线下签约 (domain 2.4, SR-64 to SR-70): entered by the graduate, reviewed, signed on paper, returned as a scan and certified.

use super::{Agreement, AwaitingFeedback, Ended, Origin, Pending, Rules, Stage, StudentSection};
use crate::Refusal;
use crate::decision::{Ruling, Verdict};
use crate::event::Event;
use crate::letter::{EmployerSection, FileReceiving, HouseholdReceiving, SigningSection, section_hash};
use crate::party::Officer;
use crate::policy::Policy;
use crate::student::Student;
use crate::transition::{DocumentKind, Effect, NoticeKind, Release, SlotKind, Transition};
use crate::upload::Attachment;
use crate::values::{AgreementId, AgreementNumber, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// What the graduate enters (SR-65): complete, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineText {
    /// 单位基本信息.
    pub employer: EmployerSection,
    /// 签约信息.
    pub signing: SigningSection,
    /// 档案信息.
    pub file_receiving: FileReceiving,
    /// 户口信息.
    pub household_receiving: HouseholdReceiving,
}

/// 反馈 (SR-68): one version of the stamped scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// When it was returned.
    pub at: Timestamp,
    /// Its files, in the order of the pages.
    pub files: Vec<Attachment>,
}

impl OfflineText {
    /// SHA-256 of the text with the graduate's section, lower-case hex: what was previewed is what is generated (F2).
    #[must_use]
    pub fn hash(&self, student: &StudentSection) -> String {
        section_hash(&(self, student))
    }
}

impl Agreement {
    /// What it says, but for the graduate's section.
    #[must_use]
    pub fn text(&self) -> OfflineText {
        OfflineText {
            employer: self.employer.clone(),
            signing: self.signing.clone(),
            file_receiving: self.file_receiving.clone(),
            household_receiving: self.household_receiving.clone(),
        }
    }

    /// SHA-256 of what it says, the graduate's section with it, lower-case hex. An officer who corrects a field changes it.
    #[must_use]
    pub fn text_hash(&self) -> String {
        self.text().hash(&self.student)
    }

    /// 保存并生成协议书 (F2): the agreement takes the graduate's slot and waits for its first review.
    #[must_use]
    pub fn draw_up(
        id: AgreementId,
        number: AgreementNumber,
        text: OfflineText,
        student: &Student,
        policy: &Policy,
        now: Timestamp,
    ) -> Transition<Self> {
        let student = StudentSection::of(student);
        let text_hash = text.hash(&student);
        let OfflineText { employer, signing, file_receiving, household_receiving } = text;
        let next = Self {
            id,
            origin: Origin::Offline { number: number.clone(), text_hash: text_hash.clone(), feedback: Vec::new() },
            employer,
            student,
            signing,
            file_receiving,
            household_receiving,
            rules: Rules { certification_level: policy.offline_certification_level, ..Rules::of(policy) },
            terminations_requested: 0,
            formed_at: now,
            anonymised_at: None,
            stage: Stage::AgreementReview(Pending { since: now, college_approval: None }),
        };
        let event = Event::AgreementDrawnUp { number, text_hash };
        let officers = next.notify_officers(NoticeKind::AgreementReviewAwaited);
        let effects = vec![Effect::TakeSlot(SlotKind::Offline), officers, Effect::Draw(DocumentKind::Printable)];
        Transition { next, event, effects }
    }

    /// 协议书审核 (F3, F4): the first of the two reviews (SR-87).
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless the review is awaited; who may decide when, by the policy of A-10; a missing reason.
    pub fn review(self, by: &Officer, verdict: Verdict, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        let Stage::AgreementReview(pending) = &self.stage else { return Err(Refusal::WrongStage(self.stage_name())) };
        let since = pending.since;
        let review = |college_approval| Stage::AgreementReview(Pending { since, college_approval });
        match self.rules.review_level.rule(by, pending.college_approval.as_ref(), verdict, at)? {
            Ruling::CollegeApproves(approval) => Ok(self.college_approves(review(Some(approval)), NoticeKind::AgreementReviewAwaited)),
            Ruling::Returns(reason) => Ok(self.return_to_college(review(None), reason)),
            Ruling::Passes => {
                let effects = vec![self.notify_student(NoticeKind::AgreementReviewPassed)];
                let stage = Stage::AwaitingFeedback(AwaitingFeedback { since: at });
                Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementReviewPassed, effects })
            }
            Ruling::Fails(reason) => {
                let effects = vec![self.notify_student(NoticeKind::AgreementReviewFailed), Effect::ReleaseSlot(Release::Ended)];
                let stage = Stage::AgreementRejected(Ended { at, reason: reason.clone() });
                Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementReviewFailed { reason }, effects })
            }
        }
    }

    /// 反馈协议书 (F5, F6): the stamped scan comes back. The text stays as it was reviewed; every version is kept.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless the scan is awaited, or was not certified.
    pub fn return_signed(self, files: Vec<Attachment>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        let stage = self.stage_name();
        let awaited = matches!(self.stage, Stage::AwaitingFeedback(_) | Stage::FeedbackRejected(_));
        let mut next = self;
        let Origin::Offline { feedback, .. } = &mut next.origin else { return Err(Refusal::WrongStage(stage)) };
        if !awaited {
            return Err(Refusal::WrongStage(stage));
        }
        let sha256 = files.iter().map(|file| file.sha256.clone()).collect();
        feedback.push(Feedback { at, files });
        next.stage = Stage::PendingCertification(Pending { since: at, college_approval: None });
        let effects = vec![next.notify_officers(NoticeKind::CertificationAwaited)];
        Ok(Transition { next, event: Event::FeedbackReturned { sha256 }, effects })
    }

    /// 作废 (F10, A-20): the employer never stamps, or the text is wrong. Uses up no termination.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless the scan is awaited, or was not certified.
    pub(super) fn void(self, reason: Text<500>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if !matches!(self.stage, Stage::AwaitingFeedback(_) | Stage::FeedbackRejected(_)) {
            return Err(Refusal::WrongStage(self.stage_name()));
        }
        let kind = NoticeKind::AgreementVoided;
        let effects = vec![Effect::ReleaseSlot(Release::Ended), self.notify_student(kind), self.notify_school(kind)];
        let stage = Stage::Voided(Ended { at, reason: reason.clone() });
        Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementVoided { reason }, effects })
    }
}
