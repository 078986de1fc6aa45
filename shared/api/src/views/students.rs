//! 学生名册 and what verification and corrections answer.

use super::Receipt;
use crate::schema::{OfStudent, ReceiptOf};
use domain::student::Student;
use domain::values::{CollegeId, GraduationYear};
use schemars::JsonSchema;
use serde::Serialize;

/// A line of the roster, for the school's and the college's officers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StudentRow {
    /// The record: verified or unverified.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfStudent>")]
    pub record: Receipt,
    /// 学号.
    pub student_number: String,
    /// 姓名.
    pub name: String,
    /// 所在院系, its code.
    #[schemars(with = "CollegeId")]
    pub college_id: String,
    /// 所在院系.
    pub college: String,
    /// 所在专业.
    pub major: String,
    /// 所在班级.
    pub class: Option<String>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 身份证号, masked.
    pub masked_resident_id: String,
    /// 手机, masked.
    pub masked_mobile: String,
}

impl Receipt {
    /// A student after a command.
    #[must_use]
    pub fn of_student(student: &Student, version: u64) -> Self {
        let stage = student.stage_name();
        Self::new(&student.id, version, stage, verification_label(stage))
    }
}

/// Label of whether a log-in has verified itself as the student.
#[must_use]
pub fn verification_label(stage: &str) -> &'static str {
    if stage == "verified" { "已验证" } else { "待信息验证" }
}
