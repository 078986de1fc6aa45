//! The port [`queue::Queues`] on SQS: one standard queue for each kind of work.

use aws_credential_types::Credentials;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Region};
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
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
        Self { client: connect(settings), urls }
    }
}

/// A client over TLS, built by hand as the table's is.
#[must_use]
pub fn connect(settings: &Settings) -> Client {
    let Settings { region, access_key_id, secret_access_key, session_token, attempt_timeout_ms, endpoint_url } = settings.clone();
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_millis(500))
        // A long poll waits for up to 20 s, and is no failure.
        .operation_attempt_timeout(Duration::from_millis(attempt_timeout_ms.max(1_500).saturating_add(20_000)))
        .build();
    let mut config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region))
        .credentials_provider(Credentials::new(access_key_id, secret_access_key, session_token, None, "settings"))
        .http_client(http)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts);
    config.set_endpoint_url(endpoint_url);
    Client::from_conf(config.build())
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
