//! Letters and agreements: one place for each, with its whole key and index story.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::agreement::{Agreement, OpenTermination, Opening, StageName};
use domain::decision::Awaited;
use domain::invitation::{self, Invitation};
use domain::party::Initiator;
use domain::plan::PlanRecord;
use domain::values::{AccountId, EmployerId, GraduationYear, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a row of a list shows: no personal numbers, names as the reader may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningSummary {
    /// Id of the aggregate.
    pub id: String,
    /// 姓名 in full, for officers' lists; employers' lists show the mask.
    pub student_name: String,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学号, for officers.
    pub student_number: Option<String>,
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
    #[serde(default, skip_serializing_if = "Awaited::is_nobodys")]
    pub awaited: Awaited,
    /// 协议书编号, once it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What may be done with an agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Opening>,
    /// Whether it is signed on paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub offline: bool,
    /// The open request to terminate it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub termination: Option<OpenTermination>,
    /// Of a letter: that no address of the graduate was known when it was sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_emailed: bool,
    /// A letter's deadline; when an agreement was formed.
    pub at: Timestamp,
}

impl Aggregate for Invitation {
    type Summary = SigningSummary;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::invitation(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn pair(&self) -> Option<(&EmployerId, &PersonId)> {
        Some((&self.letter.employer_id, &self.person))
    }

    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        Some((&self.person, self.graduation_year))
    }

    fn summary(&self) -> SigningSummary {
        SigningSummary {
            id: self.id.to_string(),
            student_name: self.masked_name.clone(),
            masked_name: self.masked_name.clone(),
            student_number: None,
            school_name: self.school_name.as_str().to_owned(),
            college_name: self.college_name.as_str().to_owned(),
            graduation_year: self.graduation_year,
            employer_name: self.letter.employer.name.as_str().to_owned(),
            position: self.letter.signing.position.as_str().to_owned(),
            approved_by: None,
            awaited: Awaited::NOBODY,
            number: None,
            openings: Vec::new(),
            offline: false,
            termination: None,
            not_emailed: !self.has_address,
            at: self.expires_at(),
        }
    }

    /// Letters that nobody has answered stand by deadline, expired ones too: those still open are one range, those that have
    /// lapsed the other, swept or not. Ended ones stand by when they ended. What falls due of an open one, its pair knows.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let stage = self.stage_name();
        let order = match &self.stage {
            invitation::Stage::Pending(pending) => pending.expires_at,
            invitation::Stage::Accepted(accepted) => accepted.at,
            invitation::Stage::Rejected(rejected) => rejected.at,
            invitation::Stage::Expired(expired) => expired.at,
            invitation::Stage::Withdrawn(withdrawn) => withdrawn.at,
        };
        let order = format!("{order}#{}", self.id);
        let mut lists = vec![
            (Index::Employer, lists::employer_invitations(&self.letter.employer_id, stage), order.clone()),
            (Index::Student, lists::student_invitations(&self.person, stage), order),
        ];
        if self.anonymised_at.is_some() {
            return Vec::new();
        }
        if let Some(day) = self.anonymous_after() {
            lists.push((Index::Due, lists::due_retention(&day), self.id.to_string()));
        }
        lists
    }
}

impl Aggregate for Agreement {
    type Summary = SigningSummary;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::agreement(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn pair(&self) -> Option<(&EmployerId, &PersonId)> {
        self.employer_id().map(|employer| (employer, &self.student.person))
    }

    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        Some((&self.student.person, self.student.graduation_year))
    }

    fn summary(&self) -> SigningSummary {
        SigningSummary {
            id: self.id.to_string(),
            student_name: self.student.name.as_str().to_owned(),
            masked_name: self.student.name.masked(),
            student_number: Some(self.student.student_number.as_str().to_owned()),
            school_name: self.student.school_name.as_str().to_owned(),
            college_name: self.student.college_name.as_str().to_owned(),
            graduation_year: self.student.graduation_year,
            employer_name: self.employer.name.as_str().to_owned(),
            position: self.signing.position.as_str().to_owned(),
            approved_by: self.college_approval().map(|approval| approval.by.account.clone()),
            awaited: self.awaits(),
            number: self.number().map(|number| number.as_str().to_owned()),
            openings: self.openings(),
            offline: self.is_offline(),
            termination: self.open_termination().cloned(),
            not_emailed: false,
            at: self.formed_at,
        }
    }

    fn plan_record(&self) -> Option<PlanRecord> {
        PlanRecord::of(self)
    }

    /// The employer's and the officers' lists by stage, the graduate's in one. Of what waits for officers, an officer's list begins
    /// with what waits for that officer: the queue is a range of it.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let stage = self.stage_name();
        let order = format!("{}#{}", self.stage.since(), self.id);
        let (school, college) = (&self.student.school, &self.student.college);
        let Awaited { college: by_college, school: by_school } = self.awaits();
        let medium = if stage == StageName::PendingCertification { lists::medium(self.is_offline()) } else { "" };
        let officers = |mine| format!("{}{medium}{order}", lists::turn(mine));
        if self.anonymised_at.is_some() {
            return vec![(Index::School, lists::school_archive(school), order)];
        }
        let mut all = vec![
            (Index::Student, lists::student_agreements(&self.student.person), order.clone()),
            (Index::College, lists::college_agreements(school, college, stage), officers(by_college)),
            (Index::School, lists::school_agreements(school, stage), officers(by_school)),
        ];
        if let Some(day) = self.anonymous_after() {
            all.push((Index::Due, lists::due_retention(&day), self.id.to_string()));
        }
        if let Some(employer) = self.employer_id() {
            let asked = self.open_termination().is_some_and(|open| open.initiator == Initiator::Student);
            let asked = if stage == StageName::Certified { lists::asked(asked) } else { "" };
            all.push((Index::Employer, lists::employer_agreements(employer, stage), format!("{asked}{order}")));
        }
        all
    }
}
