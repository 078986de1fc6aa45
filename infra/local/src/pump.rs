//! What AWS does between services: changes of the table go to the workers that read the stream, messages to the workers of their
//! queues, and the clock starts the rest.

use crate::BoxError;
use crate::clock::Clock;
use crate::queues::LocalQueues;
use crate::stream::Stream;
use api::workers::{Every, Source};
use domain::work::Queue;
use lambda::{Budget, Tick, Worker};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, watch};
use tokio::time::MissedTickBehavior;

/// How often the stream is looked at when nothing has poked the pump.
const IDLE: Duration = Duration::from_secs(1);
/// How long a worker may go on, as a function may.
const WORKER_TIME: Duration = Duration::from_mins(10);
/// More rounds than anything needs to come to rest.
const MAX_ROUNDS: usize = 10_000;

/// The pump of a stack. Clones are the same pump.
#[derive(Clone)]
pub(crate) struct Pump {
    workers: Arc<[Worker]>,
    stream: Arc<Mutex<Stream>>,
    queues: LocalQueues,
    clock: Clock,
    /// Something has been written: there may be something to do.
    poke: Arc<Notify>,
}

impl Pump {
    pub(crate) fn new(workers: Vec<Worker>, stream: Stream, queues: LocalQueues, clock: Clock) -> Self {
        let stream = Arc::new(Mutex::new(stream));
        Self { workers: workers.into(), stream, queues, clock, poke: Arc::new(Notify::new()) }
    }

    /// Something has been written.
    pub(crate) fn poke(&self) {
        self.poke.notify_one();
    }

    /// Pumps until it is told to stop.
    pub(crate) async fn run(self, mut stop: watch::Receiver<()>) {
        let mut idle = tokio::time::interval(IDLE);
        idle.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut minute = tokio::time::interval(Duration::from_mins(1));
        let mut day = tokio::time::interval(Duration::from_hours(24));
        loop {
            let outcome = tokio::select! {
                () = self.poke.notified() => self.settle(None).await,
                _ = idle.tick() => self.settle(None).await,
                _ = minute.tick() => self.strike(Every::Minute, None).await,
                _ = day.tick() => self.strike(Every::Day, None).await,
                _ = stop.changed() => return,
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "the pump");
            }
        }
    }

    /// Hands on what there is, and what comes of it, until nothing is left. For tests of resuming, each invocation has time for so many
    /// steps.
    pub(crate) async fn settle(&self, rows: Option<u32>) -> Result<(), BoxError> {
        for _ in 0..MAX_ROUNDS {
            let (streamed, delivered) = (self.stream_round(rows).await?, self.queue_round(rows).await?);
            if !streamed && !delivered {
                return Ok(());
            }
        }
        Err("the workers do not come to rest".into())
    }

    /// The clock strikes: every worker that it starts is started.
    pub(crate) async fn strike(&self, every: Every, rows: Option<u32>) -> Result<(), BoxError> {
        let struck = |worker: &&Worker| worker.row().source == Source::Schedule(every);
        for worker in self.workers.iter().filter(struck) {
            worker.work(json!({ "source": "aws.scheduler" }), self.tick(rows)?).await.map_err(|error| error.to_string())?;
        }
        self.settle(rows).await
    }

    /// The next changes of the table, to every worker that reads the stream. If one fails, they come again.
    async fn stream_round(&self, rows: Option<u32>) -> Result<bool, BoxError> {
        let mut stream = self.stream.lock().await;
        let Some((event, place)) = stream.next().await? else { return Ok(false) };
        for worker in self.workers.iter().filter(|worker| worker.row().source == Source::Stream) {
            worker.work(event.clone(), self.tick(rows)?).await.map_err(|error| error.to_string())?;
        }
        stream.passed(place)?;
        Ok(true)
    }

    /// A few messages of each queue, to its worker. Those that it does not name as failed are deleted.
    async fn queue_round(&self, rows: Option<u32>) -> Result<bool, BoxError> {
        let mut delivered = false;
        for queue in Queue::SERVED {
            let messages = self.queues.receive(queue).await?;
            let served = |worker: &&Worker| worker.row().source == Source::Queue(queue);
            let Some(worker) = self.workers.iter().find(served).filter(|_| !messages.is_empty()) else { continue };
            let records: Vec<Value> = messages.iter().map(|message| json!({ "messageId": message.id, "body": message.body })).collect();
            let answer = worker.work(json!({ "Records": records }), self.tick(rows)?).await.map_err(|error| error.to_string())?;
            let failures = answer.get("batchItemFailures").and_then(Value::as_array).into_iter().flatten();
            let failed: Vec<&str> = failures.filter_map(|failure| failure.get("itemIdentifier")?.as_str()).collect();
            for message in messages.iter().filter(|message| !failed.contains(&message.id.as_str())) {
                self.queues.delete(queue, message).await?;
            }
            delivered |= failed.len() < messages.len();
        }
        Ok(delivered)
    }

    fn tick(&self, rows: Option<u32>) -> Result<Tick, BoxError> {
        let budget = rows.map_or_else(|| Budget::lasting(WORKER_TIME), |rows| Budget::Rows(Arc::new(AtomicU32::new(rows))));
        Ok(Tick { request_id: crate::random::hex()?, at: self.clock.now(), budget })
    }
}

impl std::fmt::Debug for Pump {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pump")
    }
}
