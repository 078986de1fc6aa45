//! The port [`Queues`]: where owed work is handed to its workers. A message names the item that owes the work and says nothing else:
//! whoever reads it looks there.

use domain::work::Queue;
use std::future::Future;
use store::Key;

/// Most messages that one request takes.
pub const MAX_MESSAGES: usize = 10;

/// The queues do not answer as they should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable(pub String);

/// Where work waits.
pub trait Queues: Clone + Send + Sync + 'static {
    /// Hands over messages, at most [`MAX_MESSAGES`]. Answers which of them were not taken, by their place.
    ///
    /// # Errors
    /// If the queue does not answer: then it may have taken some.
    fn send(&self, queue: Queue, messages: &[String]) -> impl Future<Output = Result<Vec<usize>, Unavailable>> + Send;
}

/// Hands over messages about these items, as many at a time as the queue takes. Answers how many it took: what it did not take comes
/// again with the next sweep.
///
/// # Errors
/// If the queue does not answer.
pub async fn hand_over<Q: Queues>(queues: &Q, queue: Queue, items: &[Key]) -> Result<usize, Unavailable> {
    let mut taken = 0;
    for some in items.chunks(MAX_MESSAGES) {
        let messages: Vec<String> = some.iter().map(message).collect();
        taken += messages.len() - queues.send(queue, &messages).await?.len();
    }
    Ok(taken)
}

/// The message about an item that owes work.
#[must_use]
pub fn message(key: &Key) -> String {
    serde_json::json!({ "pk": key.pk, "sk": key.sk }).to_string()
}

/// The item that a message is about; none if it is no message of ours.
#[must_use]
pub fn subject(message: &str) -> Option<Key> {
    let value: serde_json::Value = serde_json::from_str(message).ok()?;
    Some(Key { pk: value.get("pk")?.as_str()?.to_owned(), sk: value.get("sk")?.as_str()?.to_owned() })
}
