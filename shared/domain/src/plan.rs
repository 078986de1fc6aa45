//! 就业方案 (A-28, domain 4.2): what a certified agreement writes to the employment plan.

use crate::agreement::Agreement;
use crate::letter::{EmployerSection, FileReceiving, HouseholdReceiving};
use crate::values::{
    AgreementId, AgreementNumber, CollegeId, Destination, GraduationYear, JobCategory, PersonId, SchoolId, StudentId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// One record of the plan. Graduate columns come from the roster, employer columns from this snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRecord {
    /// The agreement that it says.
    pub agreement: AgreementId,
    /// Its number.
    pub number: AgreementNumber,
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
    /// 毕业去向类别: 10 while the agreement stands, 70 after its end.
    pub destination: Destination,
    /// 单位信息 as certified.
    pub employer: EmployerSection,
    /// 拟聘职位.
    pub position: Text<100>,
    /// 工作职位类别.
    pub job_category: JobCategory,
    /// 档案信息.
    pub file_receiving: FileReceiving,
    /// 户口信息.
    pub household_receiving: HouseholdReceiving,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when; none while it stands.
    pub closed_at: Option<Timestamp>,
}

impl PlanRecord {
    /// The record of an agreement that is, or was, in force; none before its certification.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Option<Self> {
        let certified = agreement.certification()?;
        let closed_at = agreement.ended_at();
        let (student, signing) = (&agreement.student, &agreement.signing);
        Some(Self {
            agreement: agreement.id.clone(),
            number: certified.number.clone(),
            student: student.id.clone(),
            person: student.person.clone(),
            school: student.school.clone(),
            college: student.college.clone(),
            graduation_year: student.graduation_year,
            student_number: student.student_number.clone(),
            destination: if closed_at.is_none() { Destination::AGREEMENT } else { Destination::SEEKING },
            employer: agreement.employer.clone(),
            position: signing.position.clone(),
            job_category: signing.job_category,
            file_receiving: agreement.file_receiving.clone(),
            household_receiving: agreement.household_receiving.clone(),
            opened_at: certified.at,
            closed_at,
        })
    }
}
