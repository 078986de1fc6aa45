//! Counting what has changed: a batch of changes in a few transactions, each change once.

use super::Generations;
use super::counted::Counted;
use super::marks::{Marks, Step};
use crate::Store;
use crate::aggregate::parse;
use crate::commit::MAX_TRIES;
use crate::context::token_of;
use crate::error::Error;
use crate::keys::statistics as names;
use crate::table::{Attributes, CommitError, Failure, Item, Key, MAX_WRITES, Table, Write};
use domain::values::{SchoolId, Timestamp};
use futures_util::future::try_join_all;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a counting came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Items of which something was counted.
    pub(super) counted: usize,
    /// Those among them that the shown counters did not have as they stand.
    pub(super) shown_was_behind: usize,
}

/// What is known while a batch is counted.
struct Known {
    generations: BTreeMap<SchoolId, Generations>,
    /// By the item's key. What is not here is held to be counted never.
    marks: BTreeMap<Key, Marks>,
    now: Timestamp,
}

/// One transaction of a batch.
struct Part {
    /// Keys of the items whose markers it writes, in the order of its writes.
    items: Vec<Key>,
    writes: Vec<Write>,
    /// How many items of the batch it settles, those with nothing to count among them.
    settles: usize,
    shown_was_behind: usize,
}

impl<T: Table> Store<T> {
    /// Counts what has changed: of each item its latest image here, unless that or a later one was counted before. What this build
    /// cannot read is left out, so that one item never holds up the stream; a rebuild says so. Answers of how many items something
    /// was counted.
    ///
    /// # Errors
    /// As the table's: then the same changes may come again.
    pub async fn count_changes(&self, changed: &[Item], now: Timestamp) -> Result<usize, Error> {
        let mut latest: BTreeMap<Key, Counted> = BTreeMap::new();
        for item in changed.iter().filter_map(|item| Counted::of(item).ok().flatten()) {
            let seen = latest.get(&item.key).map_or(i64::MIN, |seen| seen.version);
            if item.version > seen {
                latest.insert(item.key.clone(), item);
            }
        }
        let schools: BTreeSet<&SchoolId> = latest.values().map(|item| &item.school).collect();
        let generations = schools.into_iter().map(async |school| Ok::<_, Error>((school.clone(), self.generations(school).await?)));
        let generations = try_join_all(generations).await?.into_iter().collect();
        // Of a first image no marker is expected, and none is read: if there is one, the transaction meets it.
        let marks = self.marks(latest.values().filter(|item| !item.is_first())).await?;
        let tally = self.count_all(latest.into_values().collect(), Known { generations, marks, now }).await?;
        Ok(tally.counted)
    }

    /// Counts these items of one school, into all generations that live.
    pub(super) async fn count_anew(&self, items: Vec<Counted>, school: &SchoolId, now: Timestamp) -> Result<Tally, Error> {
        let generations = BTreeMap::from([(school.clone(), self.generations(school).await?)]);
        let marks = self.marks(items.iter()).await?;
        self.count_all(items.into(), Known { generations, marks, now }).await
    }

    /// Which generations of counters the school has.
    pub(super) async fn generations(&self, school: &SchoolId) -> Result<Generations, Error> {
        self.table.get(&names::generations(school)).await?.map_or(Ok(Generations::FIRST), |item| parse(&item))
    }

    async fn marks(&self, items: impl Iterator<Item = &Counted>) -> Result<BTreeMap<Key, Marks>, Error> {
        let read = items.map(async |item| {
            let marker = self.table.get(&names::counted(&item.key)).await?;
            Ok::<_, Error>((item.key.clone(), Marks::read(marker.as_ref())?))
        });
        Ok(try_join_all(read).await?.into_iter().collect())
    }

    async fn count_all(&self, mut left: VecDeque<Counted>, mut known: Known) -> Result<Tally, Error> {
        let (mut tally, mut tries) = (Tally::default(), 0);
        while !left.is_empty() {
            let part = part(&left, &known)?;
            if !part.writes.is_empty() {
                // The markers' conditions let them commit once.
                match self.table.commit(&part.writes, &token_of("count", &part.writes)).await {
                    Ok(()) => {}
                    Err(CommitError::Broken(cause)) => return Err(Error::Broken(cause)),
                    Err(_) if tries + 1 == MAX_TRIES => return Err(Error::Unavailable("counting met others at every try".to_owned())),
                    Err(CommitError::Refused(failures)) => {
                        learn(&mut known, &part.items, &failures)?;
                        tries += 1;
                        continue;
                    }
                    // The same writes under the same token are one commit, whether or not the first answer got lost.
                    Err(CommitError::Contended | CommitError::Unknown(_)) => {
                        self.table.back_off(tries).await;
                        tries += 1;
                        continue;
                    }
                }
            }
            tally.counted += part.items.len();
            tally.shown_was_behind += part.shown_was_behind;
            left.drain(..part.settles);
            tries = 0;
        }
        Ok(tally)
    }
}

/// Where somebody has counted meanwhile, the failed condition shows the marker as it stands.
fn learn(known: &mut Known, items: &[Key], failures: &[Option<Failure>]) -> Result<(), Error> {
    for (key, failure) in items.iter().zip(failures) {
        if let Some(Failure { old }) = failure {
            known.marks.insert(key.clone(), Marks::read(old.as_ref())?);
        }
    }
    Ok(())
}

/// As many items from the front as one transaction takes. Items of a batch mostly share their counters, and each counter is
/// written once.
fn part(left: &VecDeque<Counted>, known: &Known) -> Result<Part, Error> {
    let mut part = Part { items: Vec::new(), writes: Vec::new(), settles: 0, shown_was_behind: 0 };
    let mut moves: BTreeMap<Key, i64> = BTreeMap::new();
    for item in left {
        let generations = known.generations.get(&item.school).copied().unwrap_or(Generations::FIRST);
        let marks = known.marks.get(&item.key).cloned().unwrap_or_default();
        if let Some(step) = marks.step(item, generations)? {
            let more = step.moves.keys().filter(|counter| !moves.contains_key(*counter)).count();
            if part.writes.len() + 1 + moves.len() + more > MAX_WRITES {
                break;
            }
            let Step { marker, moves: of_item, shown_was_behind } = step;
            for (counter, by) in of_item {
                *moves.entry(counter).or_insert(0) += by;
            }
            part.items.push(item.key.clone());
            part.writes.push(marker);
            part.shown_was_behind += usize::from(shown_was_behind);
        }
        part.settles += 1;
    }
    part.writes.extend(moves.into_iter().filter(|(_, by)| *by != 0).map(|(counter, by)| moved(counter, by, known.now)));
    Ok(part)
}

/// The counter also says when it moved last.
fn moved(counter: Key, by: i64, now: Timestamp) -> Write {
    let set = Attributes::from([("at".to_owned(), now.to_string().into())]);
    Write::Update { key: counter, set, remove: Vec::new(), add: vec![("n", by)], when: Vec::new() }
}
