//! Employers and schools as items.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::employer::{Employer, Standing};
use domain::policy::SchoolPolicy;
use domain::school::School;
use domain::upload::Attachment;
use domain::values::{SchoolId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a list of employers shows: of the whole platform, or of one school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerSummary {
    /// Id of the employer.
    pub id: String,
    /// 单位名称.
    pub name: String,
    /// 统一社会信用代码(组织机构代码).
    pub credit_code: String,
    /// Schools that have approved it.
    pub approved_by: BTreeSet<SchoolId>,
    /// Schools that have refused it.
    pub rejected_by: BTreeSet<SchoolId>,
    /// Schools that bar it.
    pub blocked_by: BTreeSet<SchoolId>,
    /// The school that is asked.
    pub asked: Option<SchoolId>,
    /// 营业执照.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licence: Vec<Attachment>,
    /// In a school's list: how it stands there, since when, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<SummaryStanding>,
}

/// How an employer stands with the school whose list it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryStanding {
    /// The standing.
    pub standing: Standing,
    /// Since when.
    pub at: Timestamp,
    /// Why, where a reason was given.
    pub reason: Option<String>,
}

impl Aggregate for Employer {
    type Summary = EmployerSummary;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::employer(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.qualification().as_str()
    }

    fn summary(&self) -> EmployerSummary {
        EmployerSummary {
            id: self.id.to_string(),
            name: self.name.as_str().to_owned(),
            credit_code: self.credit_code.as_str().to_owned(),
            approved_by: self.approved_by.clone(),
            rejected_by: self.rejected_by.keys().cloned().collect(),
            blocked_by: self.blocked_by.keys().cloned().collect(),
            asked: self.asked.clone(),
            licence: self.licence.clone(),
            standing: None,
        }
    }

    /// The platform's list, by name: any school may look for an employer.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        vec![(Index::School, lists::EMPLOYERS.to_owned(), format!("{}#{}", self.name.as_str(), self.id))]
    }
}

impl Aggregate for School {
    type Summary = School;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::school(&self.id)
    }

    fn stage(&self) -> &'static str {
        "active"
    }

    fn summary(&self) -> School {
        self.clone()
    }

    /// The platform's list, by code: what everybody chooses a school from.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        vec![(Index::School, lists::SCHOOLS.to_owned(), self.id.to_string())]
    }
}

impl Aggregate for SchoolPolicy {
    type Summary = ();

    fn id(&self) -> String {
        format!("{}/policy", self.school)
    }

    fn key(&self) -> Key {
        keys::policy(&self.school)
    }

    fn stage(&self) -> &'static str {
        "active"
    }

    fn summary(&self) {}
}
