//! What AWS does between services: changes of the table go to the workers that read the stream, messages to the workers of their
//! queues, and the clock starts the rest.

use crate::BoxError;
use crate::authority::acting_as;
use crate::clock::Clock;
use crate::mailbox::Mailbox;
use crate::queues::LocalQueues;
use crate::stream::Stream;
use api::workers::{Every, Source};
use domain::retention::Day;
use domain::values::Timestamp;
use domain::work::Queue;
use lambda::{Budget, Tick, Worker};
use serde_json::{Value, json};
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex, Notify, watch};
use tokio::time::MissedTickBehavior;

/// How often the stream is looked at when nothing has poked the pump.
const IDLE: Duration = Duration::from_secs(1);
/// How long a worker may go on, as a function may.
const WORKER_TIME: Duration = Duration::from_mins(10);
/// More rounds than anything needs to come to rest.
const MAX_ROUNDS: usize = 10_000;
/// How far business time moves before the clock strikes: what falls due on the way happens in its order.
const STEP_MS: u64 = 6 * 60 * 60 * 1000;
/// Into how many steps a long way is divided at most.
const MAX_STEPS: u64 = 240;
/// More strikes than one moment needs.
const MAX_STRIKES: usize = 1_000;

/// What was handed to which worker.
pub type Delivered = (&'static str, Value);

/// The pump of a stack. Clones are the same pump.
#[derive(Clone)]
pub(crate) struct Pump {
    workers: Arc<[Worker]>,
    stream: Arc<Mutex<Stream>>,
    queues: LocalQueues,
    mailbox: Mailbox,
    clock: Clock,
    /// After how many seconds a message comes again whose worker failed.
    retry_s: u32,
    /// Everything that was handed to a worker, if it is kept: to hand it over once more.
    delivered: Option<Arc<std::sync::Mutex<Vec<Delivered>>>>,
    /// Something has been written: there may be something to do.
    poke: Arc<Notify>,
}

/// How a pump behaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// After how many seconds a message comes again whose worker failed.
    pub(crate) retry_s: u32,
    /// Whether everything that is handed to a worker is kept.
    pub(crate) keeps_delivered: bool,
}

impl Pump {
    pub(crate) fn new(workers: Vec<Worker>, stream: Stream, queues: LocalQueues, mailbox: Mailbox, clock: Clock, manner: Manner) -> Self {
        let Manner { retry_s, keeps_delivered } = manner;
        let stream = Arc::new(Mutex::new(stream));
        let delivered = keeps_delivered.then(Arc::default);
        Self { workers: workers.into(), stream, queues, mailbox, clock, retry_s, delivered, poke: Arc::new(Notify::new()) }
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
        let mut hour = tokio::time::interval(Duration::from_hours(1));
        let mut day = tokio::time::interval(Duration::from_hours(24));
        loop {
            let outcome = tokio::select! {
                () = self.poke.notified() => self.settle(None).await,
                _ = idle.tick() => self.settle(None).await,
                _ = minute.tick() => self.strike(Every::Minute, None).await.map(drop),
                _ = hour.tick() => self.strike(Every::Hour, None).await.map(drop),
                _ = day.tick() => self.strike(Every::Day, None).await.map(drop),
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
            let (streamed, told) = (self.stream_round(rows).await?, self.mail_round().await?);
            let delivered = self.queue_round(rows).await?;
            if !streamed && !told && !delivered {
                return Ok(());
            }
        }
        Err("the workers do not come to rest".into())
    }

    /// The clock strikes: every worker that it starts is started. How much they did.
    pub(crate) async fn strike(&self, every: Every, rows: Option<u32>) -> Result<u64, BoxError> {
        let struck = |worker: &&Worker| worker.row().source == Source::Schedule(every);
        let mut done = 0;
        for worker in self.workers.iter().filter(struck) {
            let answer = self.work(worker, json!({ "source": "aws.scheduler" }), rows).await?;
            done += answer.get("done").and_then(Value::as_u64).unwrap_or_default();
        }
        self.settle(rows).await?;
        Ok(done)
    }

    /// Business time moves on in steps, and what falls due on the way is done.
    pub(crate) async fn pass(&self, millis: u64) -> Result<Timestamp, BoxError> {
        let step = STEP_MS.max(millis.div_ceil(MAX_STEPS));
        let mut left = millis;
        while left > 0 {
            let day = Day::of(self.clock.now());
            self.clock.advance(left.min(step))?;
            left -= left.min(step);
            for _ in 0..MAX_STRIKES {
                if self.strike(Every::Minute, None).await? == 0 {
                    break;
                }
            }
            self.strike(Every::Hour, None).await?;
            if Day::of(self.clock.now()) != day {
                self.strike(Every::Day, None).await?;
            }
        }
        Ok(self.clock.now())
    }

    /// Everything that was handed to a worker so far, if it is kept.
    pub(crate) fn delivered(&self) -> Vec<Delivered> {
        let kept = self.delivered.as_ref().map(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).clone());
        kept.unwrap_or_default()
    }

    /// Hands something to a worker once more.
    pub(crate) async fn deliver(&self, (name, event): Delivered) -> Result<(), BoxError> {
        let worker = self.workers.iter().find(|worker| worker.row().name == name).ok_or("no such worker")?;
        self.work(worker, event, None).await.map(drop)
    }

    async fn work(&self, worker: &Worker, event: Value, rows: Option<u32>) -> Result<Value, BoxError> {
        if let Some(kept) = &self.delivered {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push((worker.row().name, event.clone()));
        }
        acting_as(worker.row().name, worker.work(event, self.tick(rows)?)).await.map_err(|error| error.to_string().into())
    }

    /// What the mail provider has to tell.
    async fn mail_round(&self) -> Result<bool, BoxError> {
        let news = self.mailbox.news();
        for event in &news {
            self.queues.post(Queue::MailEvents, &event.to_string()).await?;
        }
        Ok(!news.is_empty())
    }

    /// The next changes of the table, to every worker that reads the stream. If one fails, they come again.
    async fn stream_round(&self, rows: Option<u32>) -> Result<bool, BoxError> {
        let mut stream = self.stream.lock().await;
        let Some((event, place)) = stream.next().await? else { return Ok(false) };
        for worker in self.workers.iter().filter(|worker| worker.row().source == Source::Stream) {
            self.work(worker, event.clone(), rows).await?;
        }
        stream.passed(place)?;
        Ok(true)
    }

    /// A few messages of each queue, to its worker. Those that it names as failed come again, the others are deleted.
    async fn queue_round(&self, rows: Option<u32>) -> Result<bool, BoxError> {
        let mut delivered = false;
        for queue in Queue::ALL {
            let messages = self.queues.receive(queue).await?;
            let served = |worker: &&Worker| worker.row().source == Source::Queue(queue);
            let Some(worker) = self.workers.iter().find(served).filter(|_| !messages.is_empty()) else { continue };
            let records: Vec<Value> = messages.iter().map(|message| json!({ "messageId": message.id, "body": message.body })).collect();
            let answer = self.work(worker, json!({ "Records": records }), rows).await?;
            let failures = answer.get("batchItemFailures").and_then(Value::as_array).into_iter().flatten();
            let failed: Vec<&str> = failures.filter_map(|failure| failure.get("itemIdentifier")?.as_str()).collect();
            for message in &messages {
                if failed.contains(&message.id.as_str()) {
                    self.queues.release(queue, message, self.retry_s).await?;
                } else {
                    self.queues.delete(queue, message).await?;
                }
            }
            delivered = true;
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
