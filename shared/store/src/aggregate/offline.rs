//! Drafts of agreements on paper, and registrations of employment, as items.

use super::Aggregate;
use crate::keys;
use crate::table::Key;
use domain::offline_draft::OfflineDraft;
use domain::plan::PlanRecord;
use domain::registration::Registration;
use domain::values::{GraduationYear, PersonId};

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

    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        Some((&self.person, self.graduation_year))
    }
}

impl Aggregate for Registration {
    type Summary = ();

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::registration(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name()
    }

    fn summary(&self) {}

    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        Some((&self.person, self.graduation_year))
    }

    fn plan_record(&self) -> Option<PlanRecord> {
        Some(PlanRecord::of_registration(self))
    }
}
