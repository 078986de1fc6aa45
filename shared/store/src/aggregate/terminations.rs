//! Requests to terminate as items, beside their agreement.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::decision::Awaited;
use domain::party::Initiator;
use domain::termination::Termination;
use domain::values::{AccountId, GraduationYear, Timestamp};
use serde::{Deserialize, Serialize};

/// What a list of requests shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminationSummary {
    /// Id of the request.
    pub id: String,
    /// Id of the agreement.
    pub agreement: String,
    /// 协议书编号.
    pub number: String,
    /// Who raised it.
    pub initiator: Initiator,
    /// Whether the agreement is one on paper.
    pub offline: bool,
    /// 姓名.
    pub student_name: String,
    /// 学号, for officers.
    pub student_number: String,
    /// 学校.
    pub school_name: String,
    /// 所在院系.
    pub college_name: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 单位名称.
    pub employer_name: String,
    /// 拟聘职位.
    pub position: String,
    /// Who has approved for the college.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<AccountId>,
    /// Whose decision is awaited.
    #[serde(default)]
    pub awaited: Awaited,
    /// When it was raised.
    pub requested_at: Timestamp,
}

impl Aggregate for Termination {
    type Summary = TerminationSummary;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::termination(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn summary(&self) -> TerminationSummary {
        let subject = &self.subject;
        TerminationSummary {
            id: self.id.to_string(),
            agreement: self.agreement.to_string(),
            number: subject.number.as_str().to_owned(),
            initiator: self.initiator,
            offline: subject.offline,
            student_name: subject.student_name.as_str().to_owned(),
            student_number: subject.student_number.as_str().to_owned(),
            school_name: subject.school_name.as_str().to_owned(),
            college_name: subject.college_name.as_str().to_owned(),
            graduation_year: subject.graduation_year,
            employer_name: subject.employer_name.as_str().to_owned(),
            position: subject.position.as_str().to_owned(),
            approved_by: self.college_approval().map(|approval| approval.by.account.clone()),
            awaited: self.awaits(),
            requested_at: self.requested_at,
        }
    }

    /// As agreements: the employer's and the officers' lists by stage, the graduate's in one.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let (stage, subject) = (self.stage_name(), &self.subject);
        let order = format!("{}#{}", self.since(), self.id);
        let Awaited { college: by_college, school: by_school } = self.awaits();
        let officers = |mine| format!("{}{order}", lists::turn(mine));
        if self.is_anonymous() {
            return vec![(Index::School, lists::school_archive(&subject.school), order)];
        }
        let mut all = vec![
            (Index::Student, lists::student_terminations(&subject.person), order.clone()),
            (Index::College, lists::college_terminations(&subject.school, &subject.college, stage), officers(by_college)),
            (Index::School, lists::school_terminations(&subject.school, stage), officers(by_school)),
        ];
        if let Some(day) = self.anonymous_after() {
            all.push((Index::Due, lists::due_retention(&day), self.id.to_string()));
        }
        if let Some(employer) = &subject.employer {
            let order = format!("{}{order}", lists::raised(self.initiator));
            all.push((Index::Employer, lists::employer_terminations(employer, stage), order));
        }
        all
    }
}
