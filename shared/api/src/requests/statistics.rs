//! 统计: which year, which college, how many weeks.

use super::lists::Query;
use super::{Decode, DecodeError, Parts};
use domain::values::{CollegeId, GraduationYear};

/// Most weeks of a series: a year of them.
const MAX_WEEKS: i64 = 53;

/// The statistics of a graduation year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetStatistics {
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// Only this college's.
    pub college: Option<CollegeId>,
    /// How many weeks back, this one among them; 0 for none.
    pub weeks: u8,
}

impl Decode for GetStatistics {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let (graduation_year, college) = (query.required("graduation_year"), query.value("college"));
        let weeks = query.whole("weeks", 0, MAX_WEEKS).and_then(|weeks| u8::try_from(weeks).ok()).unwrap_or_default();
        match graduation_year {
            Some(graduation_year) => query.done(Self { graduation_year, college, weeks }),
            None => Err(query.refused()),
        }
    }
}
