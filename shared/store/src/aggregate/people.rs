//! Students and accounts as items.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::account::Account;
use domain::student::Student;
use domain::values::GraduationYear;
use serde::{Deserialize, Serialize};

/// What a school's list of students shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentSummary {
    /// Id of the record.
    pub id: String,
    /// 学号.
    pub student_number: String,
    /// 姓名.
    pub name: String,
    /// 所在院系, its code.
    pub college: String,
    /// 所在院系.
    pub college_name: String,
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

impl Aggregate for Student {
    type Summary = StudentSummary;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::student(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name()
    }

    fn summary(&self) -> StudentSummary {
        StudentSummary {
            id: self.id.to_string(),
            student_number: self.student_number.as_str().to_owned(),
            name: self.name.as_str().to_owned(),
            college: self.college.to_string(),
            college_name: self.college_name.as_str().to_owned(),
            major: self.major.as_str().to_owned(),
            class: self.class.as_ref().map(|class| class.as_str().to_owned()),
            graduation_year: self.graduation_year,
            masked_resident_id: self.resident_id.mask.clone(),
            masked_mobile: self.mobile.mask.clone(),
        }
    }

    /// The rosters of school and college by student number, and the person's own records by year.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let order = format!("{}#{}", self.student_number.as_str(), self.id);
        vec![
            (Index::School, lists::school_students(&self.school, self.graduation_year), order.clone()),
            (Index::College, lists::college_students(&self.school, &self.college, self.graduation_year), order),
            (Index::Student, lists::records(&self.person), format!("{}#{}", self.graduation_year, self.id)),
        ]
    }
}

impl Aggregate for Account {
    type Summary = ();

    fn id(&self) -> String {
        format!("account/{}", self.id)
    }

    fn key(&self) -> Key {
        keys::account(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name()
    }

    fn summary(&self) {}

    fn valid_after_s(&self) -> Option<i64> {
        self.valid_after_s
    }
}
