//! What the clock does to a letter that nobody answers (architecture 6): a reminder, if its period is long enough for one, then its
//! expiry. Found by the hour in which it falls due.

use crate::invitation::SWEEP_MARGIN_MS;
use crate::values::Timestamp;
use std::collections::BTreeSet;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// What falls due of an open letter, as its pair knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The deadline.
    pub expires_at: Timestamp,
    /// When the graduate is reminded next, if at all.
    pub remind_at: Option<Timestamp>,
}

impl Watch {
    /// From `now` on, with reminders so many hours before the deadline. One whose moment has passed, or comes with the letter itself, is
    /// left out: a period shorter than the lead has none.
    #[must_use]
    pub fn from(now: Timestamp, expires_at: Timestamp, hours_before: &BTreeSet<u16>) -> Self {
        let moments = hours_before.iter().map(|hours| expires_at.plus_millis(-i64::from(*hours) * HOUR_MS));
        Self { expires_at, remind_at: moments.filter(|moment| *moment > now).min() }
    }

    /// From when on the letter may be marked expired: an answer that came in time may still be on its way.
    #[must_use]
    pub fn swept_from(self) -> Timestamp {
        self.expires_at.plus_millis(SWEEP_MARGIN_MS)
    }
}

/// An hour of UTC, `yyyy-mm-ddThh`: later ones are greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hour(String);

impl Hour {
    /// The hour of an instant.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self(at.to_string().chars().take(13).collect())
    }

    /// Reads `yyyy-mm-ddThh`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self::of(Self::start_of(text)?)).filter(|hour| hour.0 == text)
    }

    /// The hour after it.
    #[must_use]
    pub fn next(&self) -> Self {
        Self::start_of(&self.0).map_or_else(|| self.clone(), |start| Self::of(start.plus_millis(HOUR_MS)))
    }

    /// The hour before it.
    #[must_use]
    pub fn previous(&self) -> Self {
        Self::start_of(&self.0).map_or_else(|| self.clone(), |start| Self::of(start.plus_millis(-HOUR_MS)))
    }

    /// As stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn start_of(hour: &str) -> Option<Timestamp> {
        Timestamp::parse(&format!("{hour}:00:00.000Z")).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn the_next_reminder_is_the_first_that_has_not_passed() {
        let (sent, deadline) = (at("2026-11-23T08:00:00.000Z"), at("2026-11-28T08:00:00.000Z"));
        let hours = BTreeSet::from([24, 72]);
        let first = Watch::from(sent, deadline, &hours).remind_at.unwrap();
        assert_eq!(first, at("2026-11-25T08:00:00.000Z"));
        let second = Watch::from(first, deadline, &hours).remind_at.unwrap();
        assert_eq!(second, at("2026-11-27T08:00:00.000Z"));
        assert_eq!(Watch::from(second, deadline, &hours).remind_at, None);
    }

    #[test]
    fn a_period_no_longer_than_the_lead_has_no_reminder() {
        let sent = at("2026-11-23T08:00:00.000Z");
        assert_eq!(Watch::from(sent, sent.plus_days(1), &BTreeSet::from([24])).remind_at, None);
        assert!(Watch::from(sent, sent.plus_days(1).plus_millis(1), &BTreeSet::from([24])).remind_at.is_some());
    }

    #[test]
    fn hours_follow_each_other_over_days_and_years() {
        let last = Hour::of(at("2026-12-31T23:59:59.999Z"));
        assert_eq!(last.as_str(), "2026-12-31T23");
        assert_eq!(last.next().as_str(), "2027-01-01T00");
        assert!(last < last.next());
        assert_eq!(Hour::parse("2026-12-31T23"), Some(last));
        assert_eq!((Hour::parse("2026-12-31T24"), Hour::parse("2026-12-31"), Hour::parse("")), (None, None, None));
    }
}
