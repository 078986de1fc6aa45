//! What is still owed after a while goes to its queue again: the correct way, where the stream is the fast one.

use domain::work::Queue;
use lambda::{Done, Fault, Tick};
use queue::{Queues, hand_over};
use store::{Key, OUTBOX_SHARDS, Owed, Store, Table};

/// How many items of a shard one run takes up.
const PAGE: u32 = 50;

/// One bounded page of each shard of each queue that items owe work to. An item is put off before it is handed over, by condition: two
/// sweeps at once hand it over once, and a backlog is not handed over anew each minute.
///
/// # Errors
/// As the table's and the queues'.
pub async fn sweep_outbox<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, tick: Tick) -> Done {
    let mut sent = 0;
    for queue in Queue::OWED {
        for shard in 0..OUTBOX_SHARDS {
            let due = store.owed(queue, shard, tick.at, PAGE).await?;
            // Told before anything can fail: an alarm looks at it.
            if let Some(waited_ms) = due.iter().map(|owed| owed.waited_ms(tick.at)).max() {
                tracing::info!(queue = queue.as_str(), waited_s = waited_ms / 1000, "work has waited for the sweep");
            }
            let (items, fault) = put_off(store, due, &tick).await;
            // What is put off already goes all the same: nobody looks at it again for a while.
            sent += hand_over(queues, queue, &items).await?;
            fault.map_or(Ok(()), Err)?;
        }
    }
    Ok(sent)
}

/// Those that are this sweep's to hand over, up to the first that fails.
async fn put_off<T: Table>(store: &Store<T>, due: Vec<Owed>, tick: &Tick) -> (Vec<Key>, Option<Fault>) {
    let mut items = Vec::with_capacity(due.len());
    for owed in due {
        match store.put_off(&owed, &tick.request_id, tick.at).await {
            Ok(true) => items.push(owed.key),
            Ok(false) => {}
            Err(error) => return (items, Some(Fault::from(error))),
        }
    }
    (items, None)
}
