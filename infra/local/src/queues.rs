//! SQS as an engine in this process: one queue for each kind of work that a worker serves, each with its dead-letter queue. It keeps
//! messages in memory: after a restart the sweep hands over again what the table still owes.

use crate::BoxError;
use crate::authority::gated;
use crate::engine;
use crate::loopback;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::QueueAttributeName;
use domain::work::Queue;
use queue_sqs::SqsQueues;
use rustack_sqs_core::config::SqsConfig;
use rustack_sqs_core::handler::RustackSqsHandler;
use rustack_sqs_core::provider::RustackSqs;
use rustack_sqs_http::service::{SqsHttpConfig, SqsHttpService};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Settings;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// For how long a message that a worker has taken is hidden from others: six times a worker's own time is the rule; here a worker may
/// take as long as it likes, and its message is deleted when it is done.
const HIDDEN_S: u32 = 900;
/// How often a message is tried before it lies in the dead-letter queue.
const TRIES: u32 = 5;

/// How long it lies there.
const DEAD_S: u32 = 14 * 24 * 60 * 60;

/// The queues of a stack.
#[derive(Clone, Debug)]
pub(crate) struct LocalQueues {
    client: Client,
    settings: Settings,
    urls: BTreeMap<Queue, String>,
}

impl LocalQueues {
    /// Starts the engine on any loopback port, with its queues. It ends when `stop` changes or is dropped.
    pub(crate) async fn start(stop: watch::Receiver<()>) -> Result<Self, BoxError> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let config = SqsConfig { host: "127.0.0.1".to_owned(), port: address.port(), ..SqsConfig::default() };
        let handler = Arc::new(RustackSqsHandler::new(Arc::new(RustackSqs::new(config))));
        let http = SqsHttpConfig { skip_signature_validation: true, region: "local-1".to_owned(), credential_provider: None };
        tokio::spawn(loopback::serve(listener, SqsHttpService::new(handler, http), stop));
        let settings = engine::settings(&format!("http://{address}"));
        let client = queue_sqs::connect(&settings);
        let mut urls = BTreeMap::new();
        for queue in Queue::ALL {
            urls.insert(queue, create(&client, queue).await?);
        }
        Ok(Self { client, settings, urls })
    }

    /// The port that functions send by.
    pub(crate) fn port(&self) -> SqsQueues {
        SqsQueues::new(Client::from_conf(gated!(self.client)), self.urls.clone())
    }

    /// Where each queue is.
    pub(crate) fn urls(&self) -> &BTreeMap<Queue, String> {
        &self.urls
    }

    /// Where the engine is.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.settings.endpoint_url.as_deref()
    }

    /// A few messages of a queue, as Lambda would be given them, without waiting for any.
    pub(crate) async fn receive(&self, queue: Queue) -> Result<Vec<Message>, BoxError> {
        let url = self.url(queue)?;
        let received = self.client.receive_message().queue_url(url).max_number_of_messages(10).wait_time_seconds(0).send().await?;
        let message = |message: &aws_sdk_sqs::types::Message| {
            Some(Message {
                id: message.message_id()?.to_owned(),
                receipt: message.receipt_handle()?.to_owned(),
                body: message.body()?.to_owned(),
            })
        };
        Ok(received.messages().iter().filter_map(message).collect())
    }

    /// A message that is done with.
    pub(crate) async fn delete(&self, queue: Queue, message: &Message) -> Result<(), BoxError> {
        self.client.delete_message().queue_url(self.url(queue)?).receipt_handle(&message.receipt).send().await?;
        Ok(())
    }

    /// A message that is not done with: it comes again after so many seconds, or lies in the dead-letter queue.
    pub(crate) async fn release(&self, queue: Queue, message: &Message, seconds: u32) -> Result<(), BoxError> {
        let seconds = i32::try_from(seconds)?;
        let change = self.client.change_message_visibility().queue_url(self.url(queue)?).receipt_handle(&message.receipt);
        change.visibility_timeout(seconds).send().await?;
        Ok(())
    }

    /// A message from outside, as a provider's event comes to its queue.
    pub(crate) async fn post(&self, queue: Queue, body: &str) -> Result<(), BoxError> {
        self.client.send_message().queue_url(self.url(queue)?).message_body(body).send().await?;
        Ok(())
    }

    /// Where each of them is, for tools beside the stack.
    pub(crate) fn announcement(&self) -> String {
        let urls: BTreeMap<&str, &str> = self.urls.iter().map(|(queue, url)| (queue.as_str(), url.as_str())).collect();
        let endpoint = self.settings.endpoint_url.as_deref();
        serde_json::json!({ "endpoint": endpoint, "queues": urls }).to_string()
    }

    fn url(&self, queue: Queue) -> Result<&str, BoxError> {
        self.urls.get(&queue).map(String::as_str).ok_or_else(|| format!("no queue {}", queue.as_str()).into())
    }
}

/// A message as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: String,
    receipt: String,
    pub(crate) body: String,
}

async fn create(client: &Client, queue: Queue) -> Result<String, BoxError> {
    let dead = client.create_queue().queue_name(format!("{}-dead", queue.as_str()));
    let dead = dead.attributes(QueueAttributeName::MessageRetentionPeriod, DEAD_S.to_string()).send().await?;
    let dead_url = dead.queue_url().unwrap_or_default();
    let arn = client.get_queue_attributes().queue_url(dead_url).attribute_names(QueueAttributeName::QueueArn).send().await?;
    let arn = arn.attributes().and_then(|attributes| attributes.get(&QueueAttributeName::QueueArn)).cloned().unwrap_or_default();
    let redrive = serde_json::json!({ "deadLetterTargetArn": arn, "maxReceiveCount": TRIES }).to_string();
    let created = client
        .create_queue()
        .queue_name(queue.as_str())
        .attributes(QueueAttributeName::VisibilityTimeout, HIDDEN_S.to_string())
        .attributes(QueueAttributeName::RedrivePolicy, redrive)
        .send()
        .await?;
    Ok(created.queue_url().unwrap_or_default().to_owned())
}
