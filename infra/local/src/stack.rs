//! The whole product in one process: engine, keys, issuer, samples, gateway. Nothing is global, so tests start many.

use crate::BoxError;
use crate::authority::gated;
use crate::bucket::{Bucket, buckets};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::engine::{Engine, Place};
use crate::environment::{Reached, environment};
use crate::gateway::{self, Gateway};
use crate::issuer::Issuer;
use crate::keys;
use crate::mailbox::{Mailbox, SentMail};
use crate::people::Person;
use crate::pump::{Delivered, Manner, Pump};
use crate::queues::LocalQueues;
use crate::routes::{self, Deps};
use crate::samples::Samples;
use crate::scanner::LocalScanner;
use crate::seeded;
use crate::stories;
use crate::stream::Stream;
use api::workers::Every;
use aws_sdk_dynamodb::Client;
use domain::values::Timestamp;
use files_s3::S3Files;
use lambda::{Authenticator, RealClock};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store_dynamo::DynamoTable;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vault::Vault;

/// Name of the table.
pub(crate) const TABLE: &str = "wangqian";

/// How long open requests may take to end once the stack is told to.
const PATIENCE: Duration = Duration::from_secs(5);

/// How a stack is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port to listen on; 0 for any.
    pub port: u16,
    /// Where data is kept; in memory if nowhere.
    pub data_dir: Option<PathBuf>,
    /// Whether the sample data stands in the table and the sample people can log in.
    pub samples: bool,
    /// How far business time is ahead of real time; if not given, as far as it was in the last run.
    pub clock_offset_ms: Option<i64>,
    /// Where business time stands still until it is moved; if not given, it runs.
    pub clock_held_at: Option<Timestamp>,
    /// Longest body that the gateway passes on, in bytes.
    pub max_body: usize,
    /// Whether workers run by themselves; if not, only when they are told to.
    pub pumps: bool,
    /// After how many seconds a message comes again whose worker failed.
    pub retry_s: u32,
    /// Whether everything that is handed to a worker is kept, to hand it over once more.
    pub keeps_delivered: bool,
}

impl Default for Options {
    /// In memory, on any port, with the samples, at real time, with Lambda's limit of 6 MB, its workers at rest.
    fn default() -> Self {
        Self {
            port: 0,
            data_dir: None,
            samples: true,
            clock_offset_ms: None,
            clock_held_at: None,
            max_body: 6 * 1024 * 1024,
            pumps: false,
            retry_s: 0,
            keeps_delivered: false,
        }
    }
}

/// A running stack. Dropping it stops it; [`Stack::shutdown`] also waits until it has stopped.
#[derive(Debug)]
pub struct Stack {
    deps: Deps,
    client: Client,
    clock: Clock,
    issuer: Arc<Issuer>,
    people: Arc<[Person]>,
    bucket: Bucket,
    mailbox: Mailbox,
    pump: Pump,
    stop_gateway: watch::Sender<()>,
    gateway: JoinHandle<std::io::Result<()>>,
    stop_engine: watch::Sender<()>,
    engine: Engine,
    environment: BTreeMap<String, String>,
    // Held so that no other stack takes the directory.
    data_dir: Option<DataDir>,
}

impl Stack {
    /// Starts a stack. When this returns, it serves.
    ///
    /// # Errors
    /// When the port is taken, another stack uses the data directory, or what lies there does not read.
    pub async fn start(options: Options) -> Result<Self, BoxError> {
        let listener = bind(options.port).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let data_dir = options.data_dir.as_deref().map(DataDir::open).transpose()?;
        let kept = data_dir.as_ref();

        let place = kept.map_or_else(Place::memory, |dir| Ok(Place::File(dir.table())))?;
        let copy = if options.samples && kept.is_none() { Some(seeded::copy_to(&place).await?) } else { None };
        let (stop_engine, engine_stopped) = watch::channel(());
        let engine = Engine::start(&place, kept.map(DataDir::stream), engine_stopped.clone()).await?;
        let client = engine.client();
        store_dynamo::create_table(&client, TABLE).await?;
        let vault = match copy {
            Some(copy) => copy.vault,
            None => Arc::new(keys::open_vault(kept.map(DataDir::keys).as_deref())?),
        };

        let clock = Clock::open(kept.map(DataDir::clock), options.clock_offset_ms, options.clock_held_at)?;
        let bucket = Bucket::open(kept.map(DataDir::files))?;
        if options.samples {
            stories::pictures::place(&bucket)?;
        }
        let s3 = aws_sdk_s3::Client::from_conf(gated!(files_s3::connect(&bucket.settings(&url))));
        let files = S3Files::new(s3, buckets());
        let signer = keys::open_signer(kept.map(DataDir::seal_key).as_deref())?;
        if let Some(dir) = kept {
            std::fs::write(dir.seal_public(), signer.public().to_pem())?;
        }
        let link = url.clone();
        let issuer = Arc::new(Issuer::open(kept.map(DataDir::issuer).as_deref(), url)?);
        let queues = LocalQueues::start(engine_stopped.clone()).await?;
        let mailbox = Mailbox::start(engine_stopped.clone()).await?;
        let deps = Deps {
            queues: queues.port(),
            mailer: mailbox.port()?,
            link,
            signer,
            store: Store::new(DynamoTable::new(Client::from_conf(gated!(client)), TABLE.to_owned())),
            vault,
            scanner: LocalScanner::of(files.clone()),
            files,
            authenticator: Authenticator::new(issuer.trusted(), RealClock::system()),
        };
        let people = if options.samples { set_up_samples(&deps, clock.now()).await?.into() } else { Arc::default() };

        let stream = Stream::open(&client, TABLE, engine.url(), kept.map(DataDir::stream)).await?;
        let reached = Reached { engine: &engine, bucket: &bucket, queues: &queues, mailbox: &mailbox, issuer: &issuer };
        let environment = environment(&reached, kept);
        if let Some(dir) = kept {
            dir.announce(engine.url(), &queues.announcement(), &environment)?;
        }
        let manner = Manner { retry_s: options.retry_s, keeps_delivered: options.keeps_delivered };
        let pump = Pump::new(routes::workers(&deps), stream, queues, mailbox.clone(), clock.clone(), manner);
        let router = gateway::router(Gateway {
            pump: pump.clone(),
            endpoints: routes::endpoints(&deps).into_iter().map(|endpoint| (endpoint.action().name, endpoint)).collect(),
            clock: clock.clone(),
            issuer: Arc::clone(&issuer),
            people: Arc::clone(&people),
            max_body: options.max_body,
            bucket: bucket.clone(),
            mailbox: mailbox.clone(),
        });
        if options.pumps {
            tokio::spawn(pump.clone().run(engine_stopped));
        }
        let (stop_gateway, mut stopped) = watch::channel(());
        let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(async move { stopped.changed().await.unwrap_or_default() });
        let gateway = tokio::spawn(server.into_future());
        Ok(Self {
            deps,
            client,
            clock,
            issuer,
            people,
            bucket,
            mailbox,
            pump,
            stop_gateway,
            gateway,
            stop_engine,
            engine,
            environment,
            data_dir,
        })
    }

    /// The settings of a function that runs beside it, on the same engines with the same keys: what `cargo lambda watch` is given. Only a
    /// stack that keeps its data has keys that others can read.
    #[must_use]
    pub fn environment(&self) -> &BTreeMap<String, String> {
        &self.environment
    }

    /// Where it serves, `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.issuer.url()
    }

    /// What its endpoints are built from.
    #[must_use]
    pub fn deps(&self) -> &Deps {
        &self.deps
    }

    /// The repositories that the endpoints use.
    #[must_use]
    pub fn store(&self) -> &Store<DynamoTable> {
        &self.deps.store
    }

    /// The table below them.
    #[must_use]
    pub fn table(&self) -> &DynamoTable {
        self.deps.store.table()
    }

    /// A client of the engine.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Business time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Who issues its tokens.
    #[must_use]
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// What opens and seals personal numbers.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.deps.vault
    }

    /// What says whether an uploaded file is malware.
    #[must_use]
    pub fn scanner(&self) -> &LocalScanner {
        &self.deps.scanner
    }

    /// Exchanges an object of the bucket, as nobody can who comes by an address: to see what it is worth that none can.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn exchange(&self, key: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.bucket.exchange(key, bytes)
    }

    /// Who can log in by `/dev/token`; nobody without samples.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Lets the workers do what there is to do, and what comes of it. For tests of resuming,
    /// each invocation has time for so many steps.
    ///
    /// # Errors
    /// When a worker fails, or they do not come to rest.
    pub async fn settle(&self, steps: Option<u32>) -> Result<(), BoxError> {
        self.pump.settle(steps).await
    }

    /// The clock strikes, and the workers do what comes of it. How much those did that the clock starts.
    ///
    /// # Errors
    /// As [`Stack::settle`]'s.
    pub async fn strike(&self, every: Every) -> Result<u64, BoxError> {
        self.pump.strike(every, None).await
    }

    /// Business time moves on in steps, and what falls due on the way is done.
    ///
    /// # Errors
    /// As [`Stack::settle`]'s.
    pub async fn pass(&self, millis: u64) -> Result<Timestamp, BoxError> {
        self.pump.pass(millis).await
    }

    /// The mail provider takes nothing any more, or takes mails again.
    pub fn closes_mail(&self, closed: bool) {
        self.mailbox.close(closed);
    }

    /// All mails that were sent, the newest first.
    #[must_use]
    pub fn mails(&self) -> Vec<SentMail> {
        self.mailbox.mails()
    }

    /// Everything that was handed to a worker so far, if it is kept.
    #[must_use]
    pub fn delivered(&self) -> Vec<Delivered> {
        self.pump.delivered()
    }

    /// Hands something to a worker once more.
    ///
    /// # Errors
    /// When the worker does not take it.
    pub async fn deliver(&self, delivered: Delivered) -> Result<(), BoxError> {
        self.pump.deliver(delivered).await
    }

    /// Copies an item many times, below the engine: every copy has a running number where the original has `part`, the suffix of its
    /// id. `sort_key` is a pattern of SQL. Answers how many rows were written, indexes included.
    ///
    /// # Errors
    /// When the engine's file does not take them.
    pub fn multiply(&self, part: &str, sort_key: &str, copies: u32) -> Result<usize, BoxError> {
        crate::bulk::multiply(self.engine.place(), part, sort_key, copies)
    }

    /// Lets open requests end, then stops the engine.
    ///
    /// # Errors
    /// When something did not end well, or not in time.
    pub async fn shutdown(self) -> Result<(), BoxError> {
        let Self { stop_gateway, gateway, stop_engine, engine, data_dir, .. } = self;
        drop(stop_gateway);
        tokio::time::timeout(PATIENCE, gateway).await.map_err(|_| "open requests did not end")???;
        if let Some(dir) = &data_dir {
            dir.withdraw()?;
        }
        drop(stop_engine);
        tokio::time::timeout(PATIENCE, engine.ended()).await.map_err(|_| "the engine did not end")?
    }
}

async fn bind(port: u16) -> Result<TcpListener, BoxError> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
        let in_use = error.kind() == ErrorKind::AddrInUse;
        if in_use {
            format!("port {port} is in use; choose another with --port").into()
        } else {
            format!("cannot listen on port {port}: {error}").into()
        }
    })
}

async fn set_up_samples(deps: &Deps, now: Timestamp) -> Result<Vec<Person>, BoxError> {
    let samples = Samples::read()?;
    samples.set_up(&deps.store, &deps.vault, now).await?;
    Ok(samples.people())
}
