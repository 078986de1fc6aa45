//! Drafts of agreements on paper, and registrations of employment, as items.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::offline_draft::OfflineDraft;
use domain::plan::PlanRecord;
use domain::registration::{Facts, Registrar, Registration};
use domain::values::{GraduationYear, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a list of registrations shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationSummary {
    /// Id of the registration.
    pub registration: String,
    /// 姓名.
    pub student_name: String,
    /// 学号.
    pub student_number: String,
    /// 所在院系.
    pub college_name: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// Where to.
    pub facts: Facts,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Who registered it.
    pub registered_by: Registrar,
    /// Since when it no longer holds.
    pub withdrawn_at: Option<Timestamp>,
    /// Why not.
    pub reason: Option<String>,
}

impl Aggregate for OfflineDraft {
    type Summary = ();

    fn id(&self) -> String {
        format!("{}/offline-draft/{}", self.person, self.graduation_year)
    }

    fn key(&self) -> Key {
        keys::offline_draft(&self.person, self.graduation_year)
    }

    fn stage(&self) -> &'static str {
        self.stage_name()
    }

    fn summary(&self) {}

    fn listed_in(&self) -> Vec<(Index, String, String)> {
        self.anonymous_after().map(|day| (Index::Due, lists::due_retention(&day), self.id())).into_iter().collect()
    }

    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        Some((&self.person, self.graduation_year))
    }
}

impl Aggregate for Registration {
    type Summary = RegistrationSummary;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::registration(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn summary(&self) -> RegistrationSummary {
        RegistrationSummary {
            registration: self.id.to_string(),
            student_name: self.student_name.as_str().to_owned(),
            student_number: self.student_number.as_str().to_owned(),
            college_name: self.college_name.as_str().to_owned(),
            graduation_year: self.graduation_year,
            facts: self.facts.clone(),
            registered_at: self.registered_at,
            registered_by: self.registered_by,
            withdrawn_at: self.withdrawn.as_ref().map(|withdrawn| withdrawn.at),
            reason: self.withdrawn.as_ref().map(|withdrawn| withdrawn.reason.as_str().to_owned()),
        }
    }

    /// The graduate's in one list, the officers' by stage; latest first.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let (stage, order) = (self.stage_name(), format!("{}#{}", self.since(), self.id));
        vec![
            (Index::Student, lists::student_registrations(&self.person), order.clone()),
            (Index::College, lists::college_registrations(&self.school, &self.college, stage), order.clone()),
            (Index::School, lists::school_registrations(&self.school, stage), order),
        ]
    }

    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        Some((&self.person, self.graduation_year))
    }

    fn plan_record(&self) -> Option<PlanRecord> {
        Some(PlanRecord::of_registration(self))
    }
}
