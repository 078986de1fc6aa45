//! What a commit owes goes to its queue as soon as the stream tells of it.

use domain::work::Queue;
use lambda::{Done, Tick};
use queue::{Queues, hand_over};
use std::collections::BTreeMap;
use store::{Item, Key, Store, Table, owed_first};

/// Hands over the items that have just come to owe work, to the queues that a worker serves. What it does not get rid of, the sweep
/// finds: the stream is the fast way, never the only one.
///
/// # Errors
/// If a queue does not answer: the same changes come again.
pub async fn relay_outbox<T: Table, Q: Queues>(_: &Store<T>, queues: &Q, changed: Vec<Item>, _: Tick) -> Done {
    let mut owed: BTreeMap<Queue, Vec<Key>> = BTreeMap::new();
    for item in changed {
        if let Some(queue) = owed_first(&item).filter(|queue| Queue::OWED.contains(queue)) {
            owed.entry(queue).or_default().push(item.key);
        }
    }
    let mut sent = 0;
    for (queue, items) in &owed {
        sent += hand_over(queues, *queue, items).await?;
    }
    Ok(sent)
}
