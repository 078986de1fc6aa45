//! 统计: counters that follow the changes of the table. What an item counts as is a function of the item as it stands; a marker beside it
//! remembers what of it was counted. Marker and counters move in one transaction, so a change is counted once however often the
//! stream tells of it, and in whatever order. A rebuild counts everything into counters of a new generation by the same rule.

mod counted;
mod counting;
mod marks;
mod reading;
mod rebuilding;

pub use counted::Counted;
pub use reading::{Count, Statistics};
pub use rebuilding::{Differs, Rebuilt};

use crate::keys::lists;
use domain::values::{GraduationYear, SchoolId};
use domain::{agreement, registration, termination};
use serde::{Deserialize, Serialize};

/// Which generations of counters a school has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Generations {
    /// The one that is shown.
    pub(crate) current: u32,
    /// The one that a rebuild counts into beside it, if there is a rebuild.
    pub(crate) building: Option<u32>,
}

impl Generations {
    /// Before the first rebuild.
    const FIRST: Self = Self { current: 1, building: None };

    /// All that a change is counted into.
    pub(crate) fn live(self) -> impl Iterator<Item = u32> {
        std::iter::once(self.current).chain(self.building)
    }
}

/// The school's lists in which all that is counted stands: the roster and the plan by year, the rest by stage.
fn names_of_lists(school: &SchoolId) -> Vec<String> {
    let years = GraduationYear::all().flat_map(|year| [lists::school_students(school, year), lists::school_plan(school, year)]);
    let agreements = agreement::StageName::ALL.into_iter().map(|stage| lists::school_agreements(school, stage));
    let terminations = termination::StageName::ALL.into_iter().map(|stage| lists::school_terminations(school, stage));
    let registrations = registration::StageName::ALL.into_iter().map(|stage| lists::school_registrations(school, stage));
    years.chain(agreements).chain(terminations).chain(registrations).chain([lists::school_archive(school)]).collect()
}
