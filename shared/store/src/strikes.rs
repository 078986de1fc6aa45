//! Tries, counted: searches that miss one graduate, verifications that fail, files a day. What guesses is stopped for an hour.

use crate::aggregate::schema;
use crate::idempotency::seconds;
use crate::table::{Attributes, Condition, Item, Key, Value, Write};
use domain::values::Timestamp;

/// For how long nothing more is tried; and how long a wrong try is remembered.
pub(crate) const LOCK_MS: i64 = 60 * 60 * 1000;

/// How many wrong tries were made, and until when no more may be made.
#[derive(Clone, Debug)]
pub(crate) struct Strikes {
    key: Key,
    standing: Option<Item>,
    now: Timestamp,
}

impl Strikes {
    /// As the table has them now.
    pub(crate) fn of(key: Key, standing: Option<Item>, now: Timestamp) -> Self {
        Self { key, standing, now }
    }

    fn number(&self, name: &str) -> i64 {
        self.standing.as_ref().and_then(|item| item.number(name)).unwrap_or_default()
    }

    /// How many there were since the last lock, those forgotten left out.
    pub(crate) fn count(&self) -> i64 {
        if self.number("kept_until") > seconds(self.now) { self.number("failures") } else { 0 }
    }

    /// Until when nothing may be tried.
    pub(crate) fn locked_until(&self) -> Option<Timestamp> {
        let until = Timestamp::from_millis(self.number("locked_until"));
        (self.now < until).then_some(until)
    }

    /// Counts one more, remembered for so long, if nobody has counted meanwhile. The `limit`-th locks, and counting starts anew:
    /// true then.
    pub(crate) fn another(&self, limit: i64, kept_ms: i64) -> (Write, bool) {
        let failures = self.count() + 1;
        let locks = failures >= limit;
        let (failures, locked_until) = if locks { (0, self.now.plus_millis(LOCK_MS).millis()) } else { (failures, 0) };
        let attributes = Attributes::from([
            schema(),
            ("failures".to_owned(), failures.into()),
            ("locked_until".to_owned(), locked_until.into()),
            ("kept_until".to_owned(), seconds(self.now.plus_millis(kept_ms)).into()),
            ("tries".to_owned(), (self.number("tries") + 1).into()),
        ]);
        (Write::Put { item: Item { key: self.key.clone(), attributes }, when: vec![self.unchanged()] }, locks)
    }

    /// Nobody has counted meanwhile: who guesses right among many wrong guesses has not guessed in time.
    pub(crate) fn stand(&self) -> Write {
        Write::Check { key: self.key.clone(), when: vec![self.unchanged()] }
    }

    fn unchanged(&self) -> Condition {
        match &self.standing {
            Some(_) => Condition::Equals("tries", Value::from(self.number("tries"))),
            None => Condition::Absent,
        }
    }
}

/// Days are those of the people who try.
const SHANGHAI_MS: i64 = 8 * 60 * 60 * 1000;
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The day as people count it.
pub(crate) fn day(now: Timestamp) -> String {
    now.plus_millis(SHANGHAI_MS).to_string().chars().take(10).collect()
}

/// Seconds until the next day begins.
pub(crate) fn wait_until_tomorrow_s(now: Timestamp) -> u32 {
    let local = now.millis() + SHANGHAI_MS;
    Timestamp::from_millis(local - local.rem_euclid(DAY_MS) + DAY_MS - SHANGHAI_MS).seconds_after(now)
}
