//! What a commit owes goes to its queue as soon as the stream tells of it.

use domain::work::Queue;
use lambda::{Done, Fault, Tick};
use queue::{MAX_MESSAGES, Queues, message};
use std::collections::BTreeMap;
use store::{Item, Store, Table, owed_first};

/// Hands over the items that have just come to owe work, to the queues that a worker serves. What it does not get rid of, the sweep
/// finds: the stream is the fast way, never the only one.
///
/// # Errors
/// If a queue does not answer: the same changes come again.
pub async fn relay_outbox<T: Table, Q: Queues>(_: &Store<T>, queues: &Q, changed: Vec<Item>, _: Tick) -> Done {
    let mut messages: BTreeMap<Queue, Vec<String>> = BTreeMap::new();
    for item in &changed {
        if let Some(queue) = owed_first(item).filter(|queue| Queue::SERVED.contains(queue)) {
            messages.entry(queue).or_default().push(message(&item.key));
        }
    }
    let mut sent = 0;
    for (queue, messages) in &messages {
        for some in messages.chunks(MAX_MESSAGES) {
            let refused = queues.send(*queue, some).await.map_err(|queue::Unavailable(cause)| unavailable(cause))?;
            sent += some.len() - refused.len();
        }
    }
    Ok(sent)
}

fn unavailable(cause: String) -> Fault {
    Fault::Logged(api::ProblemKind::Unavailable, cause)
}
