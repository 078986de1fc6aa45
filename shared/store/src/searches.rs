//! 签约搜索 (SR-19): one read finds a graduate or does not, and whoever guesses is stopped (domain 5.1). Only misses are limited.

use crate::Store;
use crate::aggregate::schema;
use crate::commit::MAX_TRIES;
use crate::context::Context;
use crate::error::Error;
use crate::idempotency::seconds;
use crate::inbox::Notice;
use crate::keys;
use crate::people::Found;
use crate::strikes::{DAY_MS, LOCK_MS, Strikes, day, wait_until_tomorrow_s};
use crate::table::{Attributes, CommitError, Condition, Item, Table, Write};
use domain::Refusal;
use domain::event::Event;
use domain::transition::{NoticeKind, Recipient};
use domain::values::{EmployerId, SchoolId, Timestamp};
use futures_util::future::{try_join, try_join4};

/// How many searches of one log-in may miss on one day.
const MISSES_A_DAY: i64 = 20;
/// How many imported rows of one employer may miss on one day.
const IMPORTED_MISSES_A_DAY: i64 = 100;

/// What is asked, hashed: the server itself cannot tell which fact was wrong.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    /// Whose search it is.
    pub employer: &'a EmployerId,
    /// The school named, whether it is there or not.
    pub school: &'a SchoolId,
    /// Of all four facts.
    pub four_fields: &'a str,
    /// Of school, year and name: whom it aims at.
    pub target: &'a str,
    /// Whether it is a row of a spreadsheet: those count for the employer, whoever of its staff imports.
    pub imported: bool,
}

impl<T: Table> Store<T> {
    /// What the four facts find, for an employer that may search: four reads at once, and a count on a miss. Whoever has missed too
    /// often is told to wait whatever is asked, so that no answer says more than another.
    ///
    /// # Errors
    /// As [`Store::active_employer`]'s; [`Refusal::SearchLocked`], [`Refusal::SearchesUsedUp`]; [`Error::NotFound`].
    pub async fn search(&self, search: &Search<'_>, context: &Context) -> Result<Found, Error> {
        try_join(self.active_employer(search.employer), self.find(search, None, context)).await.map(|(_, found)| found)
    }

    /// The same for an employer that was looked at before, with a second look-up that must find the same student if there is one.
    ///
    /// # Errors
    /// [`Refusal::SearchLocked`], [`Refusal::SearchesUsedUp`]; [`Error::NotFound`].
    pub async fn find(&self, search: &Search<'_>, also: Option<&str>, context: &Context) -> Result<Found, Error> {
        let lookup = async |hmac: Option<&str>| match hmac {
            Some(hmac) => self.table.get(&keys::lookup(search.school, hmac)).await.map_err(Error::from),
            None => Ok(None),
        };
        let (found, other, misses, target) =
            try_join4(lookup(Some(search.four_fields)), lookup(also), self.misses_today(search, context), self.misses_of(search, context))
                .await?;
        within_limits(search, &misses, &target, context.now)?;
        let found: Option<Found> = found.map(|item| crate::aggregate::parse(&item)).transpose()?;
        let other: Option<Found> = other.map(|item| crate::aggregate::parse(&item)).transpose()?;
        match found {
            Some(found) if also.is_none() || other.is_some_and(|other| other.student == found.student) => Ok(found),
            _ => Err(self.missed(search, context, misses, target).await),
        }
    }

    /// Counts a miss, for the log-in and for the graduate aimed at. Nobody learns of a miss that is not counted.
    async fn missed(&self, search: &Search<'_>, context: &Context, mut misses: Strikes, mut target: Strikes) -> Error {
        let limit = match self.policy(search.school).await {
            Ok(policy) => policy.search_lock_after_failures,
            Err(error) => return error,
        };
        for attempt in 0..MAX_TRIES {
            let writes = match miss(search, context, &misses, &target, limit) {
                Ok(writes) => writes,
                Err(error) => return error,
            };
            match self.table.commit(&writes, &context.transaction_token(&format!("miss {attempt} {}", search.four_fields))).await {
                // In doubt it counts: the next miss finds it, or counts in its place.
                Ok(()) | Err(CommitError::Unknown(_)) => return Error::NotFound,
                Err(CommitError::Broken(cause)) => return Error::Broken(cause),
                // The same row of the same file again: it has found nobody today, and was counted then.
                Err(CommitError::Refused(failures)) if search.imported && matches!(failures.as_slice(), [.., Some(_)]) => {
                    return Error::NotFound;
                }
                Err(CommitError::Contended | CommitError::Refused(_)) => self.table.back_off(attempt).await,
            }
            match try_join(self.misses_today(search, context), self.misses_of(search, context)).await {
                Ok(again) => (misses, target) = again,
                Err(error) => return error,
            }
            if let Err(refusal) = within_limits(search, &misses, &target, context.now) {
                return refusal.into();
            }
        }
        Error::Unavailable("a miss could not be counted".to_owned())
    }

    async fn misses_today(&self, search: &Search<'_>, context: &Context) -> Result<Strikes, Error> {
        let day = day(context.now);
        let key = if search.imported { keys::imported_misses(search.employer, &day) } else { keys::misses(&context.account, &day) };
        let item = self.table.get(&key).await?;
        Ok(Strikes::of(key, item, context.now))
    }

    async fn misses_of(&self, search: &Search<'_>, context: &Context) -> Result<Strikes, Error> {
        let key = keys::target(search.employer, search.target);
        let item = self.table.get(&key).await?;
        Ok(Strikes::of(key, item, context.now))
    }
}

/// Whether one more search may be answered.
fn within_limits(search: &Search<'_>, misses: &Strikes, target: &Strikes, now: Timestamp) -> Result<(), Refusal> {
    let most = if search.imported { IMPORTED_MISSES_A_DAY } else { MISSES_A_DAY };
    if misses.count() >= most {
        return Err(Refusal::SearchesUsedUp { wait_s: wait_until_tomorrow_s(now) });
    }
    match target.locked_until() {
        Some(until) => Err(Refusal::SearchLocked { wait_s: until.seconds_after(now) }),
        None => Ok(()),
    }
}

/// The writes of a miss; the one that locks also tells the school, once.
fn miss(search: &Search<'_>, context: &Context, misses: &Strikes, target: &Strikes, limit: i64) -> Result<Vec<Write>, Error> {
    // The day's count never locks by itself: it is compared.
    let (day, _) = misses.another(i64::MAX, DAY_MS);
    let (aim, locks) = target.another(limit, LOCK_MS);
    let mut writes = vec![day, aim];
    if locks {
        let notice = Notice {
            // A file may lock several graduates in one request: each is told of.
            event_id: format!("{}@search-{}-{}", search.employer, context.request_id, search.target.get(3..11).unwrap_or_default()),
            kind: NoticeKind::SearchLocked,
            aggregate: search.employer.to_string(),
            at: context.now,
            what: Event::SearchLocked { employer: search.employer.clone() },
        };
        writes.push(notice.write(&Recipient::School(search.school.clone()), None)?);
    }
    // The last: its condition tells a repeat.
    if search.imported {
        let key = keys::imported_miss(search.employer, &crate::strikes::day(context.now), search.four_fields);
        let kept_until = seconds(context.now.plus_millis(DAY_MS)).into();
        let item = Item { key, attributes: Attributes::from([schema(), ("kept_until".to_owned(), kept_until)]) };
        writes.push(Write::Put { item, when: vec![Condition::Absent] });
    }
    Ok(writes)
}
