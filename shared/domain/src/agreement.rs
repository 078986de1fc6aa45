//! 协议书, signed online (线上签约, domain 2.3).

mod certification;
mod stage;

pub use certification::{Certifiable, Decision, Judgement};
pub use stage::{Certified, CollegeApproval, Ended, PendingCertification, Revoked, Stage, StageName, Terminated};

use crate::Refusal;
use crate::event::Event;
use crate::invitation::Invitation;
use crate::letter::{EmployerSection, FileReceiving, HouseholdReceiving, SigningSection, section_hash};
use crate::party::Officer;
use crate::policy::{CertificationLevel, Policy};
use crate::student::{Particulars, Student};
use crate::transition::{DocumentKind, Effect, NoticeKind, Recipient, Transition};
use crate::values::{
    AgreementId, CollegeId, Email, GraduationYear, InvitationId, PersonId, PersonName, SchoolId, Sealed, StudentId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// An agreement of three parties with its stage. All sections are snapshots: later corrections of roster or profile leave
/// an open agreement in its scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Identifier.
    pub id: AgreementId,
    /// The letter that it came of.
    pub invitation: InvitationId,
    /// SHA-256 of that letter.
    pub letter_hash: String,
    /// 单位信息.
    pub employer: EmployerSection,
    /// 学生信息.
    pub student: StudentSection,
    /// 签约信息.
    pub signing: SigningSection,
    /// 档案信息.
    pub file_receiving: FileReceiving,
    /// 户口信息.
    pub household_receiving: HouseholdReceiving,
    /// Who certifies, as the policy stood when the graduate agreed.
    pub certification_level: CertificationLevel,
    /// Whether the graduate may still withdraw, as the policy stood then.
    pub withdrawable: bool,
    /// When the graduate agreed.
    pub formed_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
}

/// The graduate's part (domain 4.1, party B), copied from the roster when the graduate agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentSection {
    /// The roster record.
    pub id: StudentId,
    /// The person behind it.
    pub person: PersonId,
    /// 姓名.
    pub name: PersonName,
    /// 学校.
    pub school: SchoolId,
    /// Its name.
    pub school_name: Text<100>,
    /// 所在院系.
    pub college: CollegeId,
    /// Its name.
    pub college_name: Text<100>,
    /// 所在专业.
    pub major: Text<100>,
    /// 所在班级.
    pub class: Option<Text<100>>,
    /// 学历.
    pub education: Option<Text<50>>,
    /// 学号.
    pub student_number: Text<32>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 身份证号, sealed.
    pub resident_id: Sealed,
    /// 手机, sealed.
    pub mobile: Sealed,
    /// 邮箱.
    pub email: Option<Email>,
    /// 性别, 民族 and what else the roster knows.
    #[serde(default)]
    pub particulars: Particulars,
}

impl Agreement {
    /// 签约意向 (O1): what an accepted letter becomes.
    #[must_use]
    pub fn form(invitation: &Invitation, student: &Student, policy: &Policy, now: Timestamp) -> Transition<Self> {
        let next = Self {
            id: invitation.id.agreement(),
            invitation: invitation.id.clone(),
            letter_hash: invitation.letter_hash.clone(),
            employer: invitation.letter.employer.clone(),
            student: StudentSection::of(student),
            signing: invitation.letter.signing.clone(),
            file_receiving: invitation.letter.file_receiving.clone(),
            household_receiving: invitation.letter.household_receiving.clone(),
            certification_level: policy.certification_level,
            withdrawable: policy.allow_withdraw_before_certification,
            formed_at: now,
            stage: Stage::PendingCertification(PendingCertification::default()),
        };
        let student_hash = section_hash(&next.student);
        let event = Event::AgreementFormed { invitation: next.invitation.clone(), letter_hash: next.letter_hash.clone(), student_hash };
        let effects = vec![next.notify_officers(), Effect::Draw(DocumentKind::Uncertified)];
        Transition { next, event, effects }
    }

    /// 解约 (O6): the agreement's part of a certified termination.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] unless certified.
    pub fn terminate(self, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        let certified = self.certified()?;
        let stage = Stage::Terminated(Terminated { certified, at });
        let mut effects = self.notify_parties(NoticeKind::AgreementTerminated);
        effects.extend([Effect::ReleaseSlot, Effect::FreePair, Effect::ClosePlanRecord, Effect::Draw(DocumentKind::TerminationLetter)]);
        Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementTerminated, effects })
    }

    /// The graduate withdraws before certification (O7, A-34).
    ///
    /// # Errors
    /// [`Refusal::NotAllowedByPolicy`] or [`Refusal::WrongStage`].
    pub fn withdraw(self, reason: Text<500>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        self.pending_certification()?;
        if !self.withdrawable {
            return Err(Refusal::NotAllowedByPolicy);
        }
        let stage = Stage::Withdrawn(Ended { at, reason: reason.clone() });
        let kind = NoticeKind::AgreementWithdrawn;
        let school = Effect::Notify(Recipient::School(self.student.school.clone()), kind);
        let effects = vec![Effect::ReleaseSlot, Effect::FreePair, self.notify_employer(kind), school];
        Ok(Transition { next: Self { stage, ..self }, event: Event::AgreementWithdrawn { reason }, effects })
    }

    /// The school revokes a certification made in error (O8, A-33).
    ///
    /// # Errors
    /// [`Refusal::SchoolDecides`], [`Refusal::TerminationOpen`] or [`Refusal::WrongStage`].
    pub fn revoke(self, by: &Officer, reason: Text<500>, termination_open: bool, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        let certified = self.certified()?;
        if by.college.is_some() {
            return Err(Refusal::SchoolDecides);
        }
        if termination_open {
            return Err(Refusal::TerminationOpen);
        }
        let stage = Stage::CertificationRevoked(Revoked { certified, at, reason: reason.clone() });
        let mut effects = self.notify_parties(NoticeKind::CertificationRevoked);
        effects.extend([Effect::ReleaseSlot, Effect::FreePair, Effect::ClosePlanRecord]);
        Ok(Transition { next: Self { stage, ..self }, event: Event::CertificationRevoked { reason }, effects })
    }

    /// The stored stage.
    #[must_use]
    pub fn stage_name(&self) -> StageName {
        match self.stage {
            Stage::PendingCertification(_) => StageName::PendingCertification,
            Stage::Certified(_) => StageName::Certified,
            Stage::CertificationRejected(_) => StageName::CertificationRejected,
            Stage::Terminated(_) => StageName::Terminated,
            Stage::Withdrawn(_) => StageName::Withdrawn,
            Stage::CertificationRevoked(_) => StageName::CertificationRevoked,
        }
    }

    /// The college's approval, while the school's decision is awaited.
    #[must_use]
    pub fn college_approval(&self) -> Option<&CollegeApproval> {
        match &self.stage {
            Stage::PendingCertification(pending) => pending.college_approval.as_ref(),
            Stage::Certified(_)
            | Stage::CertificationRejected(_)
            | Stage::Terminated(_)
            | Stage::Withdrawn(_)
            | Stage::CertificationRevoked(_) => None,
        }
    }

    /// What was, or is, in force: number, certifier and time.
    #[must_use]
    pub fn certification(&self) -> Option<&Certified> {
        match &self.stage {
            Stage::Certified(certified) => Some(certified),
            Stage::Terminated(terminated) => Some(&terminated.certified),
            Stage::CertificationRevoked(revoked) => Some(&revoked.certified),
            Stage::PendingCertification(_) | Stage::CertificationRejected(_) | Stage::Withdrawn(_) => None,
        }
    }

    /// When it ended; none while it waits or stands.
    #[must_use]
    pub fn ended_at(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::PendingCertification(_) | Stage::Certified(_) => None,
            Stage::CertificationRejected(ended) | Stage::Withdrawn(ended) => Some(ended.at),
            Stage::Terminated(terminated) => Some(terminated.at),
            Stage::CertificationRevoked(revoked) => Some(revoked.at),
        }
    }

    /// Since when it is in its stage: what lists are ordered by.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.ended_at().or_else(|| self.certification().map(|certified| certified.at)).unwrap_or(self.formed_at)
    }

    /// Why it ended, where an end needs a reason.
    #[must_use]
    pub fn reason(&self) -> Option<&Text<500>> {
        match &self.stage {
            Stage::CertificationRejected(ended) | Stage::Withdrawn(ended) => Some(&ended.reason),
            Stage::CertificationRevoked(revoked) => Some(&revoked.reason),
            Stage::PendingCertification(_) | Stage::Certified(_) | Stage::Terminated(_) => None,
        }
    }

    /// Whose certification is awaited now: the college's, the school's.
    #[must_use]
    pub fn awaits(&self) -> Awaited {
        let pending = matches!(self.stage, Stage::PendingCertification(_));
        let approved = self.college_approval().is_some();
        let (college, school) = match self.certification_level {
            CertificationLevel::Either => (true, true),
            CertificationLevel::SchoolOnly => (false, true),
            CertificationLevel::CollegeThenSchool => (!approved, approved),
        };
        Awaited { college: pending && college, school: pending && school }
    }

    fn pending_certification(&self) -> Result<PendingCertification, Refusal> {
        match &self.stage {
            Stage::PendingCertification(pending) => Ok(pending.clone()),
            Stage::Certified(_)
            | Stage::CertificationRejected(_)
            | Stage::Terminated(_)
            | Stage::Withdrawn(_)
            | Stage::CertificationRevoked(_) => Err(Refusal::WrongStage(self.stage_name())),
        }
    }

    fn certified(&self) -> Result<Certified, Refusal> {
        match &self.stage {
            Stage::Certified(certified) => Ok(certified.clone()),
            Stage::PendingCertification(_)
            | Stage::CertificationRejected(_)
            | Stage::Terminated(_)
            | Stage::Withdrawn(_)
            | Stage::CertificationRevoked(_) => Err(Refusal::WrongStage(self.stage_name())),
        }
    }

    /// The officers whose queue it enters first.
    fn notify_officers(&self) -> Effect {
        let school = self.student.school.clone();
        let recipient =
            if self.awaits().college { Recipient::College(school, self.student.college.clone()) } else { Recipient::School(school) };
        Effect::Notify(recipient, NoticeKind::CertificationAwaited)
    }

    fn notify_parties(&self, kind: NoticeKind) -> Vec<Effect> {
        vec![Effect::Notify(Recipient::Student(self.student.person.clone()), kind), self.notify_employer(kind)]
    }

    fn notify_employer(&self, kind: NoticeKind) -> Effect {
        Effect::Notify(Recipient::Employer(self.employer.id.clone()), kind)
    }
}

/// Whose certification is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The college's officers may decide.
    pub college: bool,
    /// The school's officers may decide.
    pub school: bool,
}

impl StudentSection {
    fn of(student: &Student) -> Self {
        Self {
            id: student.id.clone(),
            person: student.person.clone(),
            name: student.name.clone(),
            school: student.school.clone(),
            school_name: student.school_name.clone(),
            college: student.college.clone(),
            college_name: student.college_name.clone(),
            major: student.major.clone(),
            class: student.class.clone(),
            education: student.education.clone(),
            student_number: student.student_number.clone(),
            graduation_year: student.graduation_year,
            resident_id: student.resident_id.clone(),
            mobile: student.mobile.clone(),
            email: student.email.clone(),
            particulars: student.particulars.clone(),
        }
    }
}
