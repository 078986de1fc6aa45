//! 协议书: signed online (线上签约, domain 2.3) or on paper (线下签约, 2.4).

mod certification;
mod ending;
mod offline;
mod opening;
mod stage;

pub use certification::{Certifiable, Decision, Judgement, Starred};
pub use offline::{Feedback, OfflineText};
pub use opening::Opening;
pub use stage::{AwaitingFeedback, Certified, Ended, InForce, OpenTermination, Pending, Revoked, Stage, StageName, Terminated};

use crate::decision::{Awaited, CollegeApproval};
use crate::event::Event;
use crate::invitation::Invitation;
use crate::letter::{EmployerSection, FileReceiving, HouseholdReceiving, SigningSection, section_hash};
use crate::policy::{CertificationLevel, Policy, QuotaCounting};
use crate::student::{Particulars, Student};
use crate::transition::{DocumentKind, Effect, NoticeKind, Recipient, Transition};
use crate::values::{
    AgreementId, AgreementNumber, CollegeId, Email, EmployerId, GraduationYear, InvitationId, PersonId, PersonName, SchoolId, Sealed,
    StudentId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// An agreement of three parties with its stage. All sections are snapshots: later corrections of roster or profile leave
/// an open agreement in its scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Identifier.
    pub id: AgreementId,
    /// How it came about.
    pub origin: Origin,
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
    /// What holds for it, whatever the school sets later.
    pub rules: Rules,
    /// How often its termination has been asked for: the next request's number is one more.
    pub terminations_requested: u32,
    /// When the graduate agreed, or handed the agreement in for review.
    pub formed_at: Timestamp,
    /// Since when nobody can tell whose it was (domain 5.6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anonymised_at: Option<Timestamp>,
    /// Where it stands.
    pub stage: Stage,
}

/// How an agreement came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// 线上签约: an accepted letter.
    Online {
        /// The employer that sent it.
        employer: EmployerId,
        /// The letter.
        invitation: InvitationId,
        /// SHA-256 of the letter.
        letter_hash: String,
    },
    /// 线下签约: entered by the graduate, signed on paper.
    Offline {
        /// The number that the paper bears.
        number: AgreementNumber,
        /// SHA-256 of the text that the graduate previewed and generated.
        text_hash: String,
        /// 反馈: every version of the stamped scan, oldest first.
        feedback: Vec<Feedback>,
    },
}

/// The school's policy as it stood when the agreement came into being: a later change never alters rights (domain 3.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Who certifies the signing.
    pub certification_level: CertificationLevel,
    /// Who reviews the text of an agreement on paper (SR-87).
    pub review_level: CertificationLevel,
    /// Who certifies a termination.
    pub termination_level: CertificationLevel,
    /// Whether the graduate may withdraw before certification.
    pub withdrawable: bool,
    /// Whether the graduate may void an agreement on paper.
    pub voidable: bool,
    /// How many certified terminations an initiator has.
    pub termination_quota: u32,
    /// Whose terminations count.
    pub quota_counting: QuotaCounting,
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
        let letter = &invitation.letter;
        let next = Self {
            id: invitation.id.agreement(),
            origin: Origin::Online {
                employer: letter.employer_id.clone(),
                invitation: invitation.id.clone(),
                letter_hash: invitation.letter_hash.clone(),
            },
            employer: letter.employer.clone(),
            student: StudentSection::of(student),
            signing: letter.signing.clone(),
            file_receiving: letter.file_receiving.clone(),
            household_receiving: letter.household_receiving.clone(),
            rules: Rules::of(policy),
            terminations_requested: 0,
            formed_at: now,
            anonymised_at: None,
            stage: Stage::PendingCertification(Pending { since: now, college_approval: None }),
        };
        let student_hash = section_hash(&next.student);
        let (invitation, letter_hash) = (invitation.id.clone(), invitation.letter_hash.clone());
        let event = Event::AgreementFormed { invitation, letter_hash, student_hash };
        let effects = vec![next.notify_officers(NoticeKind::CertificationAwaited), Effect::Draw(DocumentKind::Uncertified)];
        Transition { next, event, effects }
    }

    /// The employer on the platform; an agreement on paper names one that need not be there.
    #[must_use]
    pub fn employer_id(&self) -> Option<&EmployerId> {
        match &self.origin {
            Origin::Online { employer, .. } => Some(employer),
            Origin::Offline { .. } => None,
        }
    }

    /// Whether it is signed on paper.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self.origin, Origin::Offline { .. })
    }

    /// The number that an agreement on paper was printed with.
    #[must_use]
    pub fn printed_number(&self) -> Option<&AgreementNumber> {
        match &self.origin {
            Origin::Online { .. } => None,
            Origin::Offline { number, .. } => Some(number),
        }
    }

    /// The stored stage.
    #[must_use]
    pub fn stage_name(&self) -> StageName {
        self.stage.name()
    }

    /// The college's approval, while the school's decision is awaited.
    #[must_use]
    pub fn college_approval(&self) -> Option<&CollegeApproval> {
        self.stage.pending()?.college_approval.as_ref()
    }

    /// What was, or is, in force: number, certifier and time.
    #[must_use]
    pub fn certification(&self) -> Option<&Certified> {
        self.stage.certified()
    }

    /// 协议书编号: on paper it was printed, online it comes with the certification.
    #[must_use]
    pub fn number(&self) -> Option<&AgreementNumber> {
        self.printed_number().or_else(|| self.certification().map(|certified| &certified.number))
    }

    /// The open request to terminate it.
    #[must_use]
    pub fn open_termination(&self) -> Option<&OpenTermination> {
        if let Stage::Certified(in_force) = &self.stage { in_force.termination.as_ref() } else { None }
    }

    /// Whose decision is awaited now: the college's, the school's.
    #[must_use]
    pub fn awaits(&self) -> Awaited {
        let level = match &self.stage {
            Stage::AgreementReview(_) => self.rules.review_level,
            Stage::PendingCertification(_) => self.rules.certification_level,
            Stage::AgreementRejected(_)
            | Stage::AwaitingFeedback(_)
            | Stage::Certified(_)
            | Stage::CertificationRejected(_)
            | Stage::FeedbackRejected(_)
            | Stage::Terminated(_)
            | Stage::Withdrawn(_)
            | Stage::CertificationRevoked(_)
            | Stage::Voided(_) => return Awaited::NOBODY,
        };
        level.awaits(self.college_approval())
    }

    /// The officers whose queue it enters first.
    fn notify_officers(&self, kind: NoticeKind) -> Effect {
        let (school, college) = (self.student.school.clone(), self.student.college.clone());
        if self.awaits().college { Effect::Notify(Recipient::College(school, college), kind) } else { self.notify_school(kind) }
    }

    fn notify_school(&self, kind: NoticeKind) -> Effect {
        Effect::Notify(Recipient::School(self.student.school.clone()), kind)
    }

    fn notify_student(&self, kind: NoticeKind) -> Effect {
        Effect::Notify(Recipient::Student(self.student.person.clone()), kind)
    }

    /// The graduate, and the employer if it is on the platform.
    fn notify_parties(&self, kind: NoticeKind) -> Vec<Effect> {
        let employer = self.employer_id().map(|employer| Effect::Notify(Recipient::Employer(employer.clone()), kind));
        std::iter::once(self.notify_student(kind)).chain(employer).collect()
    }
}

impl Rules {
    /// What the policy says now.
    fn of(policy: &Policy) -> Self {
        Self {
            certification_level: policy.certification_level,
            review_level: policy.offline_review_level,
            termination_level: policy.termination_certification_level,
            withdrawable: policy.allow_withdraw_before_certification,
            voidable: policy.allow_offline_void,
            termination_quota: policy.termination_quota,
            quota_counting: policy.quota_counting,
        }
    }
}

impl StudentSection {
    /// The roster record as it stands.
    #[must_use]
    pub fn of(student: &Student) -> Self {
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
