//! 单位列表 and what registering, confirming and reviewing answer.

use super::{AttachmentView, Receipt};
use crate::actions::REVIEW_EMPLOYER;
use crate::schema::ActionName;
use domain::employer::{Employer, Qualification, Standing};
use domain::labels;
use domain::values::{CreditCode, EmployerId, SchoolId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// An employer in a school's list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerRow {
    /// Id of the employer.
    #[schemars(with = "EmployerId")]
    pub id: String,
    /// In the list by name: what a decision may quote. A list by standing says what was true when the standing began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// 单位名称.
    pub name: String,
    /// 统一社会信用代码(组织机构代码).
    #[schemars(with = "CreditCode")]
    pub credit_code: String,
    /// How it stands with the reader's school; null if the two have nothing to do with each other.
    pub standing: Option<Standing>,
    /// In Chinese.
    pub standing_label: Option<&'static str>,
    /// Since when, in a list by standing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Why, where a reason was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In the list by name: how many schools have approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals: Option<usize>,
    /// 营业执照, as get-upload gives it.
    pub licence: Vec<AttachmentView>,
    /// What the reader may do.
    #[schemars(with = "Vec<ActionName>")]
    pub actions: Vec<&'static str>,
}

impl EmployerRow {
    /// What an officer of a school may do with an employer.
    #[must_use]
    pub fn actions() -> Vec<&'static str> {
        vec![REVIEW_EMPLOYER.name]
    }
}

impl Receipt {
    /// An employer after its own staff's command.
    #[must_use]
    pub fn of_employer(employer: &Employer, version: u64) -> Self {
        let qualification: Qualification = employer.qualification();
        Self::new(&employer.id, version, qualification.as_str(), labels::qualification(qualification))
    }

    /// An employer after a school's decision: how it stands with that school.
    #[must_use]
    pub fn of_standing(employer: &Employer, version: u64, school: &SchoolId) -> Self {
        let standing = employer.standing_with(school);
        let (stage, label) = (standing.map_or("none", Standing::as_str), standing.map_or("无", labels::standing));
        Self::new(&employer.id, version, stage, label).offering([REVIEW_EMPLOYER.name])
    }
}
