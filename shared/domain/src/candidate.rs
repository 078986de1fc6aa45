//! 拟签约名单 (domain 2.1): whom an employer means to invite.

use crate::student::Student;
use crate::values::{GraduationYear, PersonId, StudentId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// An entry of a send list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The employer's own name for the student: opaque, the same at every search.
    pub student_ref: String,
    /// The roster record.
    pub student: StudentId,
    /// The person behind it.
    pub person: PersonId,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学校.
    pub school_name: Text<100>,
    /// 院系.
    pub college_name: Text<100>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 拟聘职位.
    pub position: Option<Text<100>>,
    /// 备注.
    pub remark: Option<Text<200>>,
    /// When it joined the list.
    pub added_at: Timestamp,
}

impl Candidate {
    /// 加入 (SR-20): an entry for this student.
    #[must_use]
    pub fn of(student: &Student, student_ref: String, position: Option<Text<100>>, remark: Option<Text<200>>, added_at: Timestamp) -> Self {
        Self {
            student_ref,
            student: student.id.clone(),
            person: student.person.clone(),
            masked_name: student.name.masked(),
            school_name: student.school_name.clone(),
            college_name: student.college_name.clone(),
            graduation_year: student.graduation_year,
            position,
            remark,
            added_at,
        }
    }
}
