//! Objections to records of the plan, as items.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::objection::Objection;
use domain::values::{GraduationYear, Timestamp};
use serde::{Deserialize, Serialize};

/// What a list of objections shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionSummary {
    /// Id of the record.
    pub record: String,
    /// 学号.
    pub student_number: String,
    /// 姓名.
    pub student_name: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// What is wrong.
    pub text: String,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// What the school says, and when.
    pub answer: Option<(String, Timestamp)>,
}

impl Aggregate for Objection {
    type Summary = ObjectionSummary;

    fn id(&self) -> String {
        format!("objection/{}", self.record.as_str())
    }

    fn key(&self) -> Key {
        keys::objection(&self.record)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn summary(&self) -> ObjectionSummary {
        ObjectionSummary {
            record: self.record.as_str().to_owned(),
            student_number: self.student_number.as_str().to_owned(),
            student_name: self.student_name.as_str().to_owned(),
            graduation_year: self.graduation_year,
            text: self.text.as_str().to_owned(),
            raised_at: self.raised_at,
            answer: self.answer.as_ref().map(|answer| (answer.text.as_str().to_owned(), answer.at)),
        }
    }

    /// What waits for the school, and what was answered; oldest first.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let (stage, order) = (self.stage_name(), format!("{}#{}", self.raised_at, self.record.as_str()));
        vec![
            (Index::School, lists::school_objections(&self.school, stage), order.clone()),
            (Index::College, lists::college_objections(&self.school, &self.college, stage), order),
        ]
    }
}
