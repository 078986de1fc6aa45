//! How agreements end: withdrawn (O7), revoked (O8), voided (F10), terminated (O6, F9); and what an open request to terminate does.

use super::{Agreement, Ended, InForce, OpenTermination, Revoked, Stage, Terminated};
use crate::Refusal;
use crate::event::Event;
use crate::party::{Initiator, Officer};
use crate::transition::{DocumentKind, Effect, NoticeKind, Recipient, Release, Transition};
use crate::values::{TerminationId, Text, Timestamp};

impl Agreement {
    /// The graduate undoes the signing: withdraws before certification where the policy lets it (O7, A-34), or voids an agreement
    /// on paper (F10, A-20).
    ///
    /// # Errors
    /// [`Refusal::NotAllowedByPolicy`] or [`Refusal::WrongStage`].
    pub fn undo_by_student(self, reason: Text<500>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if self.is_offline() {
            return if self.rules.voidable { self.void(reason, at) } else { Err(Refusal::NotAllowedByPolicy) };
        }
        if !matches!(self.stage, Stage::PendingCertification(_)) {
            return Err(Refusal::WrongStage(self.stage_name()));
        }
        if !self.rules.withdrawable {
            return Err(Refusal::NotAllowedByPolicy);
        }
        let kind = NoticeKind::AgreementWithdrawn;
        let mut effects = vec![Effect::ReleaseSlot(Release::Ended), Effect::FreePair(Release::Ended), self.notify_school(kind)];
        effects.extend(self.employer_id().map(|employer| Effect::Notify(Recipient::Employer(employer.clone()), kind)));
        let stage = Stage::Withdrawn(Ended { at, reason: reason.clone() });
        Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementWithdrawn { reason }, effects })
    }

    /// The school undoes it: revokes a certification made in error (O8, A-33), or voids an agreement on paper (F10).
    ///
    /// # Errors
    /// [`Refusal::SchoolDecides`], [`Refusal::TerminationOpen`] or [`Refusal::WrongStage`].
    pub fn undo_by_school(self, by: &Officer, reason: Text<500>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if self.is_offline() {
            return if by.college.is_none() { self.void(reason, at) } else { Err(Refusal::SchoolDecides) };
        }
        let in_force = self.in_force()?;
        if by.college.is_some() {
            return Err(Refusal::SchoolDecides);
        }
        if in_force.termination.is_some() {
            return Err(Refusal::TerminationOpen);
        }
        let stage = Stage::CertificationRevoked(Revoked { certified: in_force.certified, at, reason: reason.clone() });
        let mut effects = self.notify_parties(NoticeKind::CertificationRevoked);
        effects.extend([Effect::ReleaseSlot(Release::Ended), Effect::FreePair(Release::Ended), Effect::ClosePlanRecord]);
        Ok(Transition { next: Self { stage, ..self }, event: Event::CertificationRevoked { reason }, effects })
    }

    /// A request to terminate it is raised: one at a time. Its certification stays as it is.
    ///
    /// # Errors
    /// [`Refusal::TerminationOpen`], or [`Refusal::WrongStage`] unless certified.
    pub fn open(self, initiator: Initiator) -> Result<Transition<Self>, Refusal> {
        let in_force = self.in_force()?;
        if in_force.termination.is_some() {
            return Err(Refusal::TerminationOpen);
        }
        let terminations_requested = self.terminations_requested + 1;
        let id = TerminationId::of(&self.id, terminations_requested);
        let termination = Some(OpenTermination { id: id.clone(), initiator });
        let stage = Stage::Certified(InForce { termination, ..in_force });
        let next = Self { terminations_requested, stage, ..self };
        Ok(Transition { next, event: Event::TerminationOpened { termination: id }, effects: Vec::new() })
    }

    /// The request has come to nothing: the signing stays valid, either side may ask again (SR-63).
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless this request is open.
    pub fn keep(self, termination: &TerminationId) -> Result<Transition<Self>, Refusal> {
        let in_force = self.in_force_under(termination)?;
        let stage = Stage::Certified(InForce { termination: None, ..in_force });
        let event = Event::TerminationClosed { termination: termination.clone() };
        Ok(Transition { next: Self { stage, ..self }, event, effects: Vec::new() })
    }

    /// 解约 (O6, F9): the agreement's part of a certified termination. It uses up one of the initiator's.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless this request is open.
    pub fn dissolve(self, termination: &TerminationId, initiator: Initiator, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        let InForce { certified, .. } = self.in_force_under(termination)?;
        let stage = Stage::Terminated(Terminated { certified, termination: termination.clone(), at });
        let release = Release::Terminated(initiator);
        let mut effects = self.notify_parties(NoticeKind::AgreementTerminated);
        effects.extend([Effect::ReleaseSlot(release), Effect::ClosePlanRecord, Effect::Draw(DocumentKind::TerminationLetter)]);
        effects.extend(self.employer_id().map(|_| Effect::FreePair(release)));
        Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementTerminated, effects })
    }

    fn in_force(&self) -> Result<InForce, Refusal> {
        let Stage::Certified(in_force) = &self.stage else { return Err(Refusal::WrongStage(self.stage_name())) };
        Ok(in_force.clone())
    }

    fn in_force_under(&self, termination: &TerminationId) -> Result<InForce, Refusal> {
        let in_force = self.in_force()?;
        let open = in_force.termination.as_ref().is_some_and(|open| open.id == *termination);
        if open { Ok(in_force) } else { Err(Refusal::WrongStage(self.stage_name())) }
    }
}
