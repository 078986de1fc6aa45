//! 就业方案 (A-28, domain 4.2): what a certified agreement writes to the employment plan.

mod columns;

pub use columns::{PlanColumn, PlanRow, columns};

use crate::agreement::{Agreement, Stage};
use crate::job::Format;
use crate::letter::{EmployerSection, FileReceiving, HouseholdReceiving};
use crate::registration::{Facts, Registration};
use crate::values::{
    AgreementId, AgreementNumber, CollegeId, Destination, GraduationYear, Invalid, JobCategory, PersonId, PersonName, RegistrationId,
    SchoolId, StudentId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// Which records of the plan are exported, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// Only this college's.
    pub college: Option<CollegeId>,
    /// Whether ended records are in it too, marked.
    pub with_ended: bool,
    /// Only these columns, by their customary ids; all if none is named.
    pub columns: Vec<String>,
    /// For Excel, or for programs.
    pub format: Format,
}

/// One record of the plan. Graduate columns come from the roster, employer columns from this snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRecord {
    /// The roster record.
    pub student: StudentId,
    /// The person behind it.
    pub person: PersonId,
    /// 学校.
    pub school: SchoolId,
    /// 所在院系 at signing.
    pub college: CollegeId,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 学号.
    pub student_number: Text<32>,
    /// 姓名 as it was then.
    pub student_name: PersonName,
    /// 毕业去向类别: 10 while the agreement stands, the registered one while a registration holds, 70 after its end.
    pub destination: Destination,
    /// What it says.
    pub source: Source,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when; none while it stands.
    pub closed_at: Option<Timestamp>,
}

/// What a plan record says, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "records are few at a time")]
pub enum Source {
    /// A certified agreement.
    Agreement {
        /// The agreement.
        id: AgreementId,
        /// 协议书编号.
        number: AgreementNumber,
        /// 单位信息 as certified.
        employer: EmployerSection,
        /// 拟聘职位.
        position: Text<100>,
        /// 工作职位类别.
        job_category: JobCategory,
        /// 档案信息.
        file_receiving: FileReceiving,
        /// 户口信息.
        household_receiving: HouseholdReceiving,
    },
    /// 就业信息登记.
    Registration {
        /// The registration.
        id: RegistrationId,
        /// Where to.
        facts: Facts,
    },
}

/// Which record of the plan: what it says, says where it is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum RecordId {
    /// An agreement's.
    Agreement(AgreementId),
    /// A registration's.
    Registration(RegistrationId),
}

impl RecordId {
    /// Takes the id of an agreement or of a registration.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        AgreementId::parse(text).map(Self::Agreement).or_else(|_| RegistrationId::parse(text).map(Self::Registration))
    }

    /// As it stands in paths and keys.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Agreement(id) => id.as_str(),
            Self::Registration(id) => id.as_str(),
        }
    }
}

impl Source {
    /// Which record it is.
    #[must_use]
    pub fn id(&self) -> RecordId {
        match self {
            Self::Agreement { id, .. } => RecordId::Agreement(id.clone()),
            Self::Registration { id, .. } => RecordId::Registration(id.clone()),
        }
    }

    /// With whom, where that is known.
    #[must_use]
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Self::Agreement { employer, .. } => Some(employer.name.as_str()),
            Self::Registration { facts, .. } => facts.organisation.as_ref().map(Text::as_str),
        }
    }
}

impl PlanRecord {
    /// Whether it holds: `open` until it is `closed`, as stored and sent.
    #[must_use]
    pub fn stage_name(&self) -> &'static str {
        if self.closed_at.is_none() { "open" } else { "closed" }
    }

    /// The record of an agreement that is, or was, in force; none before its certification.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Option<Self> {
        let certified = agreement.certification()?;
        let closed_at = if matches!(agreement.stage, Stage::Certified(_)) { None } else { Some(agreement.stage.since()) };
        let (student, signing) = (&agreement.student, &agreement.signing);
        Some(Self {
            student: student.id.clone(),
            person: student.person.clone(),
            school: student.school.clone(),
            college: student.college.clone(),
            graduation_year: student.graduation_year,
            student_number: student.student_number.clone(),
            student_name: student.name.clone(),
            destination: if closed_at.is_none() { Destination::AGREEMENT } else { Destination::SEEKING },
            source: Source::Agreement {
                id: agreement.id.clone(),
                number: certified.number.clone(),
                employer: agreement.employer.clone(),
                position: signing.position.clone(),
                job_category: signing.job_category,
                file_receiving: agreement.file_receiving.clone(),
                household_receiving: agreement.household_receiving.clone(),
            },
            opened_at: certified.at,
            closed_at,
        })
    }

    /// The record of a registration.
    #[must_use]
    pub fn of_registration(registration: &Registration) -> Self {
        let closed_at = registration.withdrawn.as_ref().map(|withdrawn| withdrawn.at);
        Self {
            student: registration.student.clone(),
            person: registration.person.clone(),
            school: registration.school.clone(),
            college: registration.college.clone(),
            graduation_year: registration.graduation_year,
            student_number: registration.student_number.clone(),
            student_name: registration.student_name.clone(),
            destination: if closed_at.is_none() { registration.facts.destination } else { Destination::SEEKING },
            source: Source::Registration { id: registration.id.clone(), facts: registration.facts.clone() },
            opened_at: registration.registered_at,
            closed_at,
        }
    }
}
