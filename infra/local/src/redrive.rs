//! `cargo xtask redrive`: what lies in the dead-letter queues, and back with it to the workers once its cause is mended. Every worker looks
//! at the table before it acts, so nothing is done twice.

use crate::BoxError;
use crate::{data_dir, engine};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, QueueAttributeName};
use domain::work::Queue;
use lambda::{WorkerConfig, queue_setting};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What `cargo xtask redrive --help` prints.
pub const HELP: &str = "\
What lies in the dead-letter queues: messages that their worker could not deal with. Without --go nothing is moved.

usage: cargo xtask redrive [--queue <name>] [--go [--one]] [--data-dir <folder>]

  --queue <name>         notices, jobs, expiries, reminders or mail-events; all of them if none is named
  --go                   back with them to their worker, which does each once
  --one                  only the first: to see whether the cause is mended
  --data-dir <folder>    the data of a running `cargo run` (.data)

Where TABLE_NAME is set, the queues on AWS: NOTICES_QUEUE_URL and its like say where. infra/runbooks/dead-letters.md tells when.
";

/// How many samples of a kind are told.
const SAMPLES: usize = 3;
/// How long messages that are looked at are hidden from others, in seconds.
const LOOK_S: i32 = 300;
/// How many are looked at, at most: the next look finds the rest.
const MOST: usize = 2_000;
/// How long a queue that says that it holds more is waited for, in seconds, and how often: an answer may come from some of its servers only.
const WAIT_S: i32 = 2;
const WAITS: usize = 3;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redrive {
    /// Of which queue; of all if none is named.
    pub queue: Option<Queue>,
    /// Whether messages are moved.
    pub go: bool,
    /// Whether one is moved alone.
    pub one: bool,
    /// `--data-dir`.
    pub data_dir: PathBuf,
}

/// Reads the arguments behind `redrive`; none: the help is asked for.
///
/// # Errors
/// Says what is wrong with them.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Option<Redrive>, String> {
    let mut redrive = Redrive { queue: None, go: false, one: false, data_dir: PathBuf::from(".data") };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--go" => redrive.go = true,
            "--one" => redrive.one = true,
            "--data-dir" => redrive.data_dir = value()?.into(),
            "--queue" => {
                let name = value()?;
                let queue = Queue::ALL.into_iter().find(|queue| queue.as_str() == name);
                redrive.queue = Some(queue.ok_or_else(|| format!("{name:?} is no queue"))?);
            }
            unknown => return Err(format!("unknown option {unknown}")),
        }
    }
    if redrive.one && !redrive.go { Err("--one belongs to --go".to_owned()) } else { Ok(Some(redrive)) }
}

/// Does it, on the queues that the environment names or on a running stack's, and says what it found and did.
///
/// # Errors
/// Says what stands in the way.
pub async fn on_this_machine(redrive: &Redrive, aws: Option<&WorkerConfig>) -> Result<String, BoxError> {
    let (client, urls) = match aws {
        Some(config) => {
            let url = |queue| Some((queue, config.optional(queue_setting(queue))?.to_owned()));
            (queue_sqs::connect(&config.queues()), Queue::ALL.into_iter().filter_map(url).collect())
        }
        None => running(&redrive.data_dir)?,
    };
    let mut told = String::new();
    for (queue, url) in urls.iter().filter(|(queue, _)| redrive.queue.is_none_or(|wanted| wanted == **queue)) {
        told.push_str(&one_queue(&client, *queue, url, redrive).await?);
    }
    if told.is_empty() { Err("no queue is named: NOTICES_QUEUE_URL and its like say where they are".into()) } else { Ok(told) }
}

fn running(data_dir: &Path) -> Result<(Client, BTreeMap<Queue, String>), BoxError> {
    let said: Value = serde_json::from_str(&data_dir::announced_queues(data_dir)?)?;
    let endpoint = said.get("endpoint").and_then(Value::as_str).ok_or("the stack names no queues")?;
    let urls = said.get("queues").and_then(Value::as_object).into_iter().flatten();
    let urls = urls.filter_map(|(name, url)| Some((Queue::named(name)?, url.as_str()?.to_owned()))).collect();
    Ok((queue_sqs::connect(&engine::settings(endpoint)), urls))
}

async fn one_queue(client: &Client, queue: Queue, url: &str, redrive: &Redrive) -> Result<String, BoxError> {
    let Some(dead_url) = dead_letters_of(client, url).await? else { return Ok(format!("{}: no dead-letter queue\n", queue.as_str())) };
    let messages = all(client, &dead_url).await?;
    let mut told = format!("{}: {} dead\n", queue.as_str(), messages.len());
    for (kind, of_kind) in kinds(&messages) {
        // Writing to a string cannot fail.
        let _ = writeln!(told, "  {:>5}  {kind}", of_kind.len());
        // Keys name nobody. What comes from outside may, and stays where it is.
        for key in of_kind.iter().filter_map(|message| queue::subject(message.body()?)).take(SAMPLES) {
            let _ = writeln!(told, "         {} / {}", key.pk, key.sk);
        }
    }
    let moved = match (redrive.go, redrive.one) {
        (false, _) => 0,
        (true, false) => messages.len(),
        (true, true) => messages.len().min(1),
    };
    for (i, message) in messages.iter().enumerate() {
        let receipt = message.receipt_handle().unwrap_or_default();
        if i < moved {
            // Sent before it is deleted: whoever dies in between leaves it twice, and the second finds nothing to do.
            client.send_message().queue_url(url).message_body(message.body().unwrap_or_default()).send().await?;
            client.delete_message().queue_url(&dead_url).receipt_handle(receipt).send().await?;
        } else {
            client.change_message_visibility().queue_url(&dead_url).receipt_handle(receipt).visibility_timeout(0).send().await?;
        }
    }
    if redrive.go {
        let _ = writeln!(told, "  {moved} back to their worker");
    }
    Ok(told)
}

/// The address of a queue's dead-letter queue, as its redrive policy names it.
async fn dead_letters_of(client: &Client, url: &str) -> Result<Option<String>, BoxError> {
    let attributes = client.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::RedrivePolicy).send().await?;
    let policy = attributes.attributes().and_then(|attributes| attributes.get(&QueueAttributeName::RedrivePolicy));
    let Some(policy) = policy else { return Ok(None) };
    let policy: Value = serde_json::from_str(policy)?;
    let arn = policy.get("deadLetterTargetArn").and_then(Value::as_str).unwrap_or_default();
    let name = arn.rsplit(':').next().unwrap_or_default();
    Ok(client.get_queue_url().queue_name(name).send().await?.queue_url)
}

/// What lies there, hidden from others for a while.
async fn all(client: &Client, url: &str) -> Result<Vec<Message>, BoxError> {
    let (expected, mut waits) = (held(client, url).await?, 0);
    let (mut all, mut seen) = (Vec::<Message>::new(), BTreeSet::new());
    while all.len() < MOST {
        let wait_s = if all.len() < expected { WAIT_S } else { 0 };
        let received = client.receive_message().queue_url(url).max_number_of_messages(10).visibility_timeout(LOOK_S);
        let messages = received.wait_time_seconds(wait_s).send().await?.messages.unwrap_or_default();
        let before = all.len();
        all.extend(messages.into_iter().filter(|message| seen.insert(message.message_id.clone())));
        if all.len() == before {
            waits += 1;
            if wait_s == 0 || waits == WAITS {
                break;
            }
        }
    }
    Ok(all)
}

/// How many messages a queue says that it holds, about.
async fn held(client: &Client, url: &str) -> Result<usize, BoxError> {
    let name = QueueAttributeName::ApproximateNumberOfMessages;
    let attributes = client.get_queue_attributes().queue_url(url).attribute_names(name.clone()).send().await?;
    let held = attributes.attributes().and_then(|attributes| attributes.get(&name)).and_then(|held| held.parse().ok());
    Ok(held.unwrap_or_default())
}

/// By what they are about.
fn kinds(messages: &[Message]) -> BTreeMap<String, Vec<&Message>> {
    let mut kinds: BTreeMap<String, Vec<&Message>> = BTreeMap::new();
    for message in messages {
        let body = message.body().unwrap_or_default();
        let kind = match (queue::subject(body), serde_json::from_str::<Value>(body)) {
            (Some(key), _) => key.pk.split('#').next().unwrap_or_default().to_owned(),
            (None, Ok(_)) => "an event".to_owned(),
            (None, Err(_)) => "no message of ours".to_owned(),
        };
        kinds.entry(kind).or_default().push(message);
    }
    kinds
}
