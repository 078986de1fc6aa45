//! Weeks as people count them: Monday to Sunday in Asia/Shanghai, numbered by ISO 8601.

use super::schema::{schema, text};
use super::{Invalid, Timestamp, serde_as_text};
use time::{Date, Duration, OffsetDateTime, Weekday};

/// Shanghai is eight hours ahead of UTC, all the year.
const SHANGHAI_AHEAD_MS: i64 = 8 * 60 * 60 * 1000;

/// A week, `2026-W48`. Weeks sort as their texts do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(String);

impl Week {
    /// The week of an instant, as a calendar in Shanghai has it.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        let there = i128::from(at.plus_millis(SHANGHAI_AHEAD_MS).millis()) * 1_000_000;
        Self::with(OffsetDateTime::from_unix_timestamp_nanos(there).unwrap_or(OffsetDateTime::UNIX_EPOCH).date())
    }

    /// Reads `2026-W48`.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for another form, [`Invalid::WrongDate`] for a week that its year does not have.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (year, week) = text.split_once("-W").ok_or(Invalid::Malformed)?;
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(week, 2) {
            return Err(Invalid::Malformed);
        }
        let this = Self(text.to_owned());
        this.monday().map(|_| this).ok_or(Invalid::WrongDate)
    }

    /// The week so many weeks before.
    #[must_use]
    pub fn before(&self, weeks: u8) -> Self {
        let monday = self.monday().and_then(|monday| monday.checked_sub(Duration::weeks(i64::from(weeks))));
        monday.map_or_else(|| self.clone(), Self::with)
    }

    /// Its Monday, `yyyy-mm-dd`.
    #[must_use]
    pub fn begins(&self) -> String {
        self.monday().map(|monday| monday.to_string()).unwrap_or_default()
    }

    /// As stored and sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn with(day: Date) -> Self {
        let (year, week, _) = day.to_iso_week_date();
        Self(format!("{year:04}-W{week:02}"))
    }

    fn monday(&self) -> Option<Date> {
        let (year, week) = self.0.split_once("-W")?;
        Date::from_iso_week_date(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()
    }
}

serde_as_text!(Week);
schema!(Week, "Week", text("A week of ISO 8601, Monday to Sunday in Shanghai.", "^[0-9]{4}-W[0-9]{2}$"));

#[cfg(test)]
mod tests {
    use super::*;

    fn week(at: &str) -> String {
        Week::of(Timestamp::parse(at).unwrap()).as_str().to_owned()
    }

    #[test]
    fn a_week_begins_on_monday_in_shanghai() {
        for (at, of) in [
            ("2026-11-22T15:59:59.999Z", "2026-W47"),
            ("2026-11-22T16:00:00.000Z", "2026-W48"),
            ("2026-12-31T15:59:59.999Z", "2026-W53"),
            ("2027-01-03T16:00:00.000Z", "2027-W01"),
            ("2024-12-30T00:00:00.000Z", "2025-W01"),
        ] {
            assert_eq!(week(at), of, "{at}");
        }
    }

    #[test]
    fn weeks_are_counted_back_over_the_turn_of_the_year() {
        let first = Week::parse("2027-W01").unwrap();
        assert_eq!((first.before(1).as_str(), first.before(0).as_str()), ("2026-W53", "2027-W01"));
        assert_eq!((first.begins().as_str(), first.before(53).begins().as_str()), ("2027-01-04", "2025-12-29"));
    }

    #[test]
    fn a_week_must_exist() {
        assert_eq!(Week::parse("2027-W53"), Err(Invalid::WrongDate));
        for wrong in ["2027-W1", "2027W01", "27-W01", "2027-W00 ", ""] {
            assert_eq!(Week::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }
}
