//! What is owed after a commit: an item says to which queue, the stream hands it over at once, and a sweep finds what the stream
//! forgot. A message is a hint, the item is the truth: delivered twice, the second finds nothing owed.

use crate::Store;
use crate::aggregate::{list_in, number};
use crate::error::Error;
use crate::keys::lists;
use crate::table::{Attributes, Condition, Index, Item, Key, Query, Select, Table, Value, Write};
use domain::values::Timestamp;
use domain::work::Queue;

/// How long the stream is given before the sweep takes an item up.
const PATIENCE_MS: i64 = 2 * 60 * 1000;
/// How long whoever was handed something is given before it is handed over again, at first.
const NEXT_TRY_MS: i64 = 15 * 60 * 1000;
/// How often that doubles: to sixteen hours. What nobody can deal with is tried for ever, and is a dead letter twice a day.
const MAX_DOUBLINGS: i64 = 6;

/// Into how many partitions what is owed to a queue is spread.
pub const OUTBOX_SHARDS: u8 = 8;

/// An item that owes work, as the sweep finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Where it stands.
    pub key: Key,
    /// Its place in the list of what is due.
    order: String,
    /// How often it was handed over.
    attempts: i64,
}

impl Owed {
    /// How long it has waited by now, at least: what it was handed over for before is not counted.
    #[must_use]
    pub fn waited_ms(&self, now: Timestamp) -> i64 {
        let due = self.order.split_once('#').and_then(|(due, _)| Timestamp::parse(due).ok()).unwrap_or(now);
        now.millis().saturating_sub(due.millis()) + PATIENCE_MS
    }
}

/// Marks an item as owing work: by the queue's name for the stream, by its place in the due index for the sweep, which leaves it to the
/// stream for a while.
pub(crate) fn owe(attributes: &mut Attributes, queue: Queue, event_id: &str, at: Timestamp) {
    let shard = spread(event_id, OUTBOX_SHARDS);
    list_in(attributes, Index::Due, lists::due_outbox(queue, shard), left_to_the_stream(at, event_id));
    attributes.insert("owes".to_owned(), queue.as_str().into());
    attributes.insert("attempts".to_owned(), number(0).into());
}

/// The queue that an item owes work to, if it has just come to owe it: what the sweep has taken up is the sweep's.
#[must_use]
pub fn owed_first(item: &Item) -> Option<Queue> {
    let queue = item.text("owes").and_then(Queue::named)?;
    (item.number("attempts") == Some(0)).then_some(queue)
}

/// The partition of an item, of so many.
pub(crate) fn spread(id: &str, shards: u8) -> u8 {
    id.bytes().fold(0_u8, u8::wrapping_add) % shards
}

/// How often an item was handed over, as an index tells.
pub(crate) fn attempts(item: &Item) -> i64 {
    item.number("attempts").unwrap_or_default()
}

/// When something is handed over again that has been handed over so often before.
pub(crate) fn next_try(now: Timestamp, attempts: i64) -> Timestamp {
    now.plus_millis(NEXT_TRY_MS << attempts.clamp(0, MAX_DOUBLINGS))
}

/// The place in the due index of an item that has just come to owe work.
pub(crate) fn left_to_the_stream(at: Timestamp, event_id: &str) -> String {
    order(at.plus_millis(PATIENCE_MS), event_id)
}

/// The place in the due index of an item that the sweep takes up from then on.
pub(crate) fn order(from: Timestamp, event_id: &str) -> String {
    format!("{from}#{event_id}")
}

impl<T: Table> Store<T> {
    /// What the sweep is to take up of a queue by now, the oldest first: one bounded page of a shard.
    ///
    /// # Errors
    /// As the table's.
    pub async fn owed(&self, queue: Queue, shard: u8, now: Timestamp, limit: u32) -> Result<Vec<Owed>, Error> {
        let (partition, to) = (lists::due_outbox(queue, shard), Some(format!("{now}~")));
        let query = Query { index: Index::Due, partition, from: None, to, descending: false, limit, after: None, select: Select::Items };
        let place = Index::Due.attributes().1;
        let owed = |item: Item| Some(Owed { order: item.text(place)?.to_owned(), attempts: attempts(&item), key: item.key });
        Ok(self.table.query(&query).await?.items.into_iter().filter_map(owed).collect())
    }

    /// Puts off what is handed over now, so that the next sweeps leave it alone for a while. False if it is no longer owed, or another
    /// sweep has it.
    ///
    /// # Errors
    /// As the table's.
    pub async fn put_off(&self, owed: &Owed, invocation: &str, now: Timestamp) -> Result<bool, Error> {
        let place = Index::Due.attributes().1;
        let event_id = owed.order.split_once('#').map_or("", |(_, event_id)| event_id);
        let next = Attributes::from([(place.to_owned(), Value::from(order(next_try(now, owed.attempts), event_id)))]);
        let when = vec![Condition::Equals(place, owed.order.as_str().into())];
        let write = Write::Update { key: owed.key.clone(), set: next, remove: Vec::new(), add: vec![("attempts", 1)], when };
        self.claim("putting off", invocation, &[write]).await
    }
}
