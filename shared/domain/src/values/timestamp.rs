//! Instants and days. Stored and sent as RFC 3339 UTC with milliseconds, shown in Asia/Shanghai.

use super::schema::{of, schema};
use super::{Invalid, serde_as_text};
use serde_json::json;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset, format_description::StaticFormatDescription, macros::format_description};

const INSTANT: StaticFormatDescription = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
const MINUTE: StaticFormatDescription = format_description!("[year]-[month]-[day] [hour]:[minute]");
const SECOND: StaticFormatDescription = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
const DAY: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// An instant with millisecond precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z, clamped to the years 1970 to 9999.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        const LAST: i64 = 253_402_300_799_999;
        Self(if millis < 0 {
            0
        } else if millis > LAST {
            LAST
        } else {
            millis
        })
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant this many milliseconds later (earlier when negative).
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The instant N x 24 h later: days of a deadline are not calendar days.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(24 * 60 * 60 * 1000))
    }

    /// Whole seconds from `earlier` on, rounded up: how long to wait; 0 if it has passed.
    #[must_use]
    pub fn seconds_after(self, earlier: Self) -> u32 {
        let millis = self.0.saturating_sub(earlier.0).max(0);
        u32::try_from(millis.saturating_add(999) / 1000).unwrap_or(u32::MAX)
    }

    /// Reads RFC 3339 UTC with milliseconds, the only form we write.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for any other form.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let moment = PrimitiveDateTime::parse(text, INSTANT).map_err(|_| Invalid::Malformed)?;
        i64::try_from(moment.assume_utc().unix_timestamp_nanos() / 1_000_000).map(Self::from_millis).map_err(|_| Invalid::Malformed)
    }

    /// To the minute in Asia/Shanghai, for people.
    #[must_use]
    pub fn in_shanghai(self) -> String {
        self.shown(MINUTE)
    }

    /// To the second in Asia/Shanghai, for documents: what follows within a minute is told in its order.
    #[must_use]
    pub fn in_shanghai_to_the_second(self) -> String {
        self.shown(SECOND)
    }

    fn shown(self, form: StaticFormatDescription) -> String {
        let shanghai = UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC);
        let local = self.date_time().checked_to_offset(shanghai).unwrap_or_else(|| self.date_time());
        local.format(form).unwrap_or_default()
    }

    fn date_time(self) -> OffsetDateTime {
        // `from_millis` keeps the value inside the years that the type holds.
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.date_time().format(INSTANT).map_err(|_| std::fmt::Error)?)
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| serde::de::Error::custom("not an RFC 3339 instant in UTC with milliseconds"))
    }
}

/// A calendar day, `yyyy-mm-dd`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(String);

impl Date {
    /// Reads `yyyy-mm-dd`.
    ///
    /// # Errors
    /// [`Invalid::WrongDate`] for a day that does not exist, [`Invalid::Malformed`] for another form.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let shaped =
            text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return Err(Invalid::Malformed);
        }
        time::Date::parse(text, DAY).map_err(|_| Invalid::WrongDate)?;
        Ok(Self(text.to_owned()))
    }

    /// The day as `yyyy-mm-dd`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

serde_as_text!(Date);

schema!(
    Timestamp,
    "Timestamp",
    of(
        json!({ "type": "string", "format": "date-time", "description": "An instant in UTC with milliseconds: `2026-11-23T08:00:00.000Z`." })
    )
);
schema!(Date, "Date", of(json!({ "type": "string", "format": "date", "description": "A day: `2027-07-01`." })));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_and_read_in_one_form() {
        let instant = Timestamp::from_millis(1_795_430_400_123);
        assert_eq!(instant.to_string(), "2026-11-23T10:40:00.123Z");
        assert_eq!(Timestamp::parse("2026-11-23T10:40:00.123Z"), Ok(instant));
        assert_eq!(instant.in_shanghai(), "2026-11-23 18:40");
        assert_eq!(instant.in_shanghai_to_the_second(), "2026-11-23 18:40:00");
        for wrong in ["2026-11-23T10:40:00Z", "2026-11-23T10:40:00.123+08:00", "2026-11-23", ""] {
            assert_eq!(Timestamp::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }

    #[test]
    fn days_of_a_deadline_are_24_hours_even_over_a_leap_day() {
        let sent = Timestamp::parse("2028-02-27T12:00:00.000Z").unwrap();
        assert_eq!(sent.plus_days(5).to_string(), "2028-03-03T12:00:00.000Z");
    }

    #[test]
    fn a_day_must_exist() {
        assert!(Date::parse("2028-02-29").is_ok());
        assert_eq!(Date::parse("2027-02-29"), Err(Invalid::WrongDate));
        assert_eq!(Date::parse("2027-2-9"), Err(Invalid::Malformed));
    }
}
