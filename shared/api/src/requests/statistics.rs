//! 统计: which year, which college, how many weeks.

use super::lists::Query;
use super::{Decode, DecodeError, Parts};
use domain::values::{CollegeId, GraduationYear, Invalid};

/// Most weeks of a series: a year of them.
const MAX_WEEKS: u8 = 53;

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
        let mut query = Query::of(parts, &["graduation_year", "college", "weeks"]);
        let year = query.text("graduation_year").ok_or(Invalid::Missing).and_then(|text| GraduationYear::parse(&text));
        let graduation_year = year.map_err(|invalid| query.fault("graduation_year", invalid)).ok();
        let college = query.text("college").map(|text| CollegeId::parse(&text));
        let college = college.transpose().map_err(|invalid| query.fault("college", invalid)).ok().flatten();
        let weeks = query.text("weeks").map_or(Ok(0), |text| weeks(&text));
        let weeks = weeks.map_err(|invalid| query.fault("weeks", invalid)).unwrap_or_default();
        match graduation_year {
            Some(graduation_year) => query.done(Self { graduation_year, college, weeks }),
            None => Err(query.refused()),
        }
    }
}

fn weeks(text: &str) -> Result<u8, Invalid> {
    let weeks = text.parse().ok().filter(|weeks| *weeks <= MAX_WEEKS);
    weeks.ok_or(Invalid::OutOfRange(0, i64::from(MAX_WEEKS)))
}
