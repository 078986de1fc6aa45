//! The port [`queue::Queues`] on SQS: one standard queue for each kind of work.

use aws::Patience;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::work::Queue;
use queue::{Queues, Unavailable};
use std::collections::BTreeMap;
use std::time::Duration;
use store::Settings;

/// Queues by their addresses.
#[derive(Clone, Debug)]
pub struct SqsQueues {
    client: Client,
    urls: BTreeMap<Queue, String>,
}

impl SqsQueues {
    /// The queues at these addresses, reached by these settings.
    #[must_use]
    pub fn open(settings: &Settings, urls: BTreeMap<Queue, String>) -> Self {
        Self::new(connect(settings), urls)
    }

    /// The queues at these addresses, reached by this client.
    #[must_use]
    pub fn new(client: Client, urls: BTreeMap<Queue, String>) -> Self {
        Self { client, urls }
    }
}

/// A client over TLS.
#[must_use]
pub fn connect(settings: &Settings) -> Client {
    // A long poll waits for up to 20 s, and is no failure.
    let attempt = Duration::from_millis(settings.attempt_timeout_ms.max(1_500).saturating_add(20_000));
    Client::new(&aws::config(settings, Patience { attempt, ..Patience::of(settings, 1) }))
}

impl Queues for SqsQueues {
    async fn send(&self, queue: Queue, messages: &[String]) -> Result<Vec<usize>, Unavailable> {
        let url = self.urls.get(&queue).ok_or_else(|| Unavailable(format!("no address of the queue {}", queue.as_str())))?;
        let entry =
            |(i, message): (usize, &String)| SendMessageBatchRequestEntry::builder().id(i.to_string()).message_body(message).build();
        let entries = messages.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>();
        let entries = entries.map_err(|error| Unavailable(error.to_string()))?;
        let sent = self.client.send_message_batch().queue_url(url).set_entries(Some(entries)).send().await;
        let sent = sent.map_err(|error| Unavailable(DisplayErrorContext(error).to_string()))?;
        Ok(sent.failed().iter().filter_map(|failure| failure.id().parse().ok()).collect())
    }
}
