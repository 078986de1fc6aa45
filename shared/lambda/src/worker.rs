//! The twins of [`crate::Endpoint`] for what is not asked over HTTP: messages of a queue, changes of the table, the clock. The same
//! worker runs in a Lambda function and on one machine.

use crate::call::Budget;
use crate::clock::RealClock;
use crate::fault::Fault;
use crate::runtime::Error;
use domain::values::Timestamp;
use lambda_http::lambda_runtime::{self, LambdaEvent};
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use store::{Attributes, Item, Key};

type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Handler = dyn Fn(Value, Tick) -> Pending<Result<Value, Error>> + Send + Sync;

/// When a worker is started, and how long it may go on.
#[derive(Clone, Debug)]
pub struct Tick {
    /// The invocation's id.
    pub request_id: String,
    /// Business time.
    pub at: Timestamp,
    /// Until when it may begin something more.
    pub budget: Budget,
}

/// What a handler says of itself: how many things it did.
pub type Done = Result<usize, Fault>;

/// What a queue's message says.
pub trait Message: Sized + Send {
    /// Reads it; none if it is none of ours.
    fn read(body: &str) -> Option<Self>;
}

/// The item that work is about.
impl Message for Key {
    fn read(body: &str) -> Option<Self> {
        queue::subject(body)
    }
}

/// What comes from outside is read by its worker.
impl Message for String {
    fn read(body: &str) -> Option<Self> {
        Some(body.to_owned())
    }
}

/// A worker with everything that it needs.
#[derive(Clone)]
pub struct Worker {
    row: &'static api::workers::Worker,
    handler: Arc<Handler>,
}

impl Worker {
    /// Joins a row of the table and a handler for one message. A message that fails is told alone, and comes again alone.
    pub fn of_queue<F, M, A>(row: &'static api::workers::Worker, handler: F) -> Self
    where
        F: Fn(M, Tick) -> A + Clone + Send + Sync + 'static,
        M: Message,
        A: Future<Output = Done> + Send,
    {
        let handler = move |event: Value, tick: Tick| -> Pending<Result<Value, Error>> {
            let handler = handler.clone();
            Box::pin(async move { Ok(messages(row.name, &event, &tick, handler).await) })
        };
        Self { row, handler: Arc::new(handler) }
    }

    /// Joins a row of the table and a handler for changes of the table: each item as it is then. If one fails, all come again.
    pub fn of_stream<F, A>(row: &'static api::workers::Worker, handler: F) -> Self
    where
        F: Fn(Vec<Item>, Tick) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Done> + Send,
    {
        let handler = move |event: Value, tick: Tick| -> Pending<Result<Value, Error>> {
            let handler = handler.clone();
            Box::pin(async move {
                let items: Vec<Item> = records(&event).iter().filter_map(image).collect();
                told(row.name, &tick, handler(items, tick.clone()).await)
            })
        };
        Self { row, handler: Arc::new(handler) }
    }

    /// Joins a row of the table and a handler that the clock starts.
    pub fn of_schedule<F, A>(row: &'static api::workers::Worker, handler: F) -> Self
    where
        F: Fn(Tick) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Done> + Send,
    {
        let handler = move |_: Value, tick: Tick| -> Pending<Result<Value, Error>> {
            let handler = handler.clone();
            Box::pin(async move { told(row.name, &tick, handler(tick.clone()).await) })
        };
        Self { row, handler: Arc::new(handler) }
    }

    /// Its row of the table.
    #[must_use]
    pub fn row(&self) -> &'static api::workers::Worker {
        self.row
    }

    /// Does what an event asks for, as its source sends it, and answers as its source expects.
    ///
    /// # Errors
    /// When the whole event is to come again.
    pub async fn work(&self, event: Value, tick: Tick) -> Result<Value, Error> {
        (self.handler)(event, tick).await
    }
}

/// Each message by itself; those that fail are named (`ReportBatchItemFailures`).
async fn messages<F, M, A>(name: &'static str, event: &Value, tick: &Tick, handler: F) -> Value
where
    F: Fn(M, Tick) -> A,
    M: Message,
    A: Future<Output = Done>,
{
    let mut failures = Vec::new();
    for record in records(event) {
        // What cannot be begun in time comes again, untouched.
        if tick.budget.is_spent() {
            failures.push(json!({ "itemIdentifier": record.get("messageId") }));
            continue;
        }
        let outcome = match record.get("body").and_then(Value::as_str).and_then(M::read) {
            Some(message) => handler(message, tick.clone()).await,
            None => Err(Fault::Logged(api::ProblemKind::Internal, "a message that is none of ours".to_owned())),
        };
        if told(name, tick, outcome).is_err() {
            failures.push(json!({ "itemIdentifier": record.get("messageId") }));
        }
    }
    json!({ "batchItemFailures": failures })
}

/// One line of the log for each thing done, with the cause where it was not.
fn told(worker: &'static str, tick: &Tick, outcome: Done) -> Result<Value, Error> {
    let request_id = tick.request_id.as_str();
    match outcome {
        Ok(done) => {
            tracing::info!(worker, request_id, done, "worked");
            Ok(json!({ "done": done }))
        }
        Err(fault) => {
            let (problem, cause) = fault.problem();
            let problem = problem.kind.slug();
            tracing::error!(worker, request_id, problem, cause, "did not work");
            Err(problem.into())
        }
    }
}

fn records(event: &Value) -> &[Value] {
    event.get("Records").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The item as a change left it; none if it is gone.
fn image(record: &Value) -> Option<Item> {
    let image = record.pointer("/dynamodb/NewImage")?.as_object()?;
    let mut attributes: Attributes = image.iter().filter_map(|(name, value)| Some((name.clone(), attribute(value)?))).collect();
    let (pk, sk) = (attributes.remove("pk")?, attributes.remove("sk")?);
    Some(Item { key: Key { pk: pk.text()?.to_owned(), sk: sk.text()?.to_owned() }, attributes })
}

/// Text or a whole number: the table holds nothing else.
fn attribute(value: &Value) -> Option<store::Value> {
    let text = value.get("S").and_then(Value::as_str).map(store::Value::from);
    text.or_else(|| value.get("N")?.as_str()?.parse::<i64>().ok().map(store::Value::from))
}

/// How long before its end an invocation begins nothing more.
const MARGIN: Duration = Duration::from_secs(15);

/// Runs the worker until the runtime ends it.
///
/// # Errors
/// As the runtime's.
pub async fn work(worker: Worker) -> Result<(), Error> {
    crate::runtime::log();
    let clock = RealClock::system();
    let invoke = async |event: LambdaEvent<Value>| {
        let now = clock.now_ms();
        let left = i64::try_from(event.context.deadline).unwrap_or(i64::MAX).saturating_sub(now);
        let left = Duration::from_millis(u64::try_from(left).unwrap_or_default()).saturating_sub(MARGIN);
        let tick = Tick { request_id: event.context.request_id, at: Timestamp::from_millis(now), budget: Budget::lasting(left) };
        worker.work(event.payload, tick).await
    };
    lambda_runtime::run(lambda_runtime::service_fn(invoke)).await
}
