//! Keys of the statistics: which counters are shown, the counters, and what of an item was counted.

use super::key;
use crate::table::Key;
use domain::statistics::Measure;
use domain::values::{CollegeId, GraduationYear, SchoolId, Week};

/// Which generation of counters is shown, and which is being built.
pub(crate) fn generations(school: &SchoolId) -> Key {
    key(format!("SCHOOL#{school}"), "STATISTICS")
}

/// The counters of one school, generation and year: totals before weeks.
pub(crate) fn counters(school: &SchoolId, generation: u32, year: GraduationYear) -> String {
    format!("SCHOOL#{school}#STATISTICS#{generation}#{year}")
}

/// One counter of them, by its name.
pub(crate) fn counter(school: &SchoolId, generation: u32, year: GraduationYear, name: &str) -> Key {
    key(counters(school, generation, year), name)
}

/// What the names of totals begin with.
pub(crate) const TOTAL: &str = "TOTAL#";

/// What the names of weekly counters begin with. The week stands before the college: the weeks that are asked for are one range.
pub(crate) const WEEK: &str = "WEEK#";

/// The name of a college's total.
pub(crate) fn total(college: &CollegeId, measure: &Measure) -> String {
    format!("{TOTAL}{college}#{}", measure.name())
}

/// The name of a college's counter of a week.
pub(crate) fn weekly(week: &Week, college: &CollegeId, measure: &Measure) -> String {
    format!("{WEEK}{}#{college}#{}", week.as_str(), measure.name())
}

/// What of an item was counted. It stands apart from the item: whoever reads a signing reads nothing of it.
pub(crate) fn counted(item: &Key) -> Key {
    key(format!("{}#COUNTED", item.pk), format!("COUNTED#{}", item.sk))
}
