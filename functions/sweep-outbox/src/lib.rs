//! What is still owed after a while goes to its queue again: the correct way, where the stream is the fast one.

use domain::work::Queue;
use lambda::{Done, Fault, Tick};
use queue::{MAX_MESSAGES, Queues, message};
use store::{OUTBOX_SHARDS, Owed, Store, Table};

/// How long the stream is given before the sweep takes an item up.
const PATIENCE_MS: i64 = 2 * 60 * 1000;
/// How long whoever was handed an item is given before it is handed over again.
const NEXT_TRY_MS: i64 = 15 * 60 * 1000;
/// How many items of a shard one run takes up.
const PAGE: u32 = 50;

/// One bounded page of each shard of each queue that a worker serves. An item is put off before it is handed over, by condition: two
/// sweeps at once hand it over once, and a backlog is not handed over anew each minute.
///
/// # Errors
/// As the table's and the queues'.
pub async fn sweep_outbox<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, tick: Tick) -> Done {
    let mut sent = 0;
    for queue in Queue::SERVED {
        for shard in 0..OUTBOX_SHARDS {
            let due = store.owed(queue, shard, tick.at.plus_millis(-PATIENCE_MS), PAGE).await?;
            sent += hand_over(store, queues, queue, &due, &tick).await?;
        }
    }
    Ok(sent)
}

async fn hand_over<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, queue: Queue, due: &[Owed], tick: &Tick) -> Done {
    let (mut messages, mut fault) = (Vec::with_capacity(due.len()), None);
    for owed in due {
        match store.put_off(owed, tick.at.plus_millis(NEXT_TRY_MS)).await {
            Ok(true) => messages.push(message(&owed.key)),
            Ok(false) => {}
            // What is put off already goes all the same: nobody looks at it again for a while.
            Err(error) => {
                fault = Some(Fault::from(error));
                break;
            }
        }
    }
    for some in messages.chunks(MAX_MESSAGES) {
        let unavailable = |queue::Unavailable(cause)| Fault::Logged(api::ProblemKind::Unavailable, cause);
        queues.send(queue, some).await.map_err(unavailable)?;
    }
    fault.map_or(Ok(messages.len()), Err)
}
