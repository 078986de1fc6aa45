//! DynamoDB as an engine in this process: dynoxide, which keeps its tables in SQLite.

use crate::BoxError;
use aws_sdk_dynamodb::Client;
use dynoxide::Database;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{Settings, Trust};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How many records of the stream are kept that have been read. Nothing but the size of the file depends on it.
const STREAM_RECORDS_KEPT: u32 = 10_000;

/// How often older ones are removed.
const PRUNE_EVERY: Duration = Duration::from_mins(1);

/// The running engine.
#[derive(Debug)]
pub(crate) struct Engine {
    place: Place,
    url: String,
    server: JoinHandle<Result<(), String>>,
}

/// Where the engine keeps its tables.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// In a file.
    File(PathBuf),
    /// In memory, under a name by which other connections of this process reach it. It is gone when the last of them closes.
    Memory(String),
}

impl Place {
    /// A new one in memory.
    pub(crate) fn memory() -> Result<Self, BoxError> {
        Ok(Self::Memory(format!("file:/wangqian-{}?vfs=memdb", crate::random::hex()?)))
    }

    /// As SQLite opens it.
    pub(crate) fn uri(&self) -> Result<&str, BoxError> {
        match self {
            Self::File(path) => Ok(path.to_str().ok_or("the path of the data directory is not UTF-8")?),
            Self::Memory(uri) => Ok(uri),
        }
    }
}

impl Engine {
    /// Starts the engine on any loopback port. Records of the stream are kept at least until this file says that they were read. It ends when `stop` changes or is dropped.
    pub(crate) async fn start(place: &Place, read_up_to: Option<PathBuf>, mut stop: watch::Receiver<()>) -> Result<Self, BoxError> {
        let database = Database::new(place.uri()?)?;
        index_stream(place.uri()?)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        if let (Place::File(file), Some(read_up_to)) = (place, read_up_to) {
            tokio::spawn(prune_regularly(file.clone(), read_up_to, stop.clone()));
        }
        let stopped = async move { stop.changed().await.unwrap_or_default() };
        let server = tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database, stopped));
        Ok(Self { place: place.clone(), url, server })
    }

    /// A client of it.
    pub(crate) fn client(&self) -> Client {
        client_of(&self.url)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where it keeps its tables.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Waits until the last request is answered and the engine has ended.
    pub(crate) async fn ended(self) -> Result<(), BoxError> {
        Ok(self.server.await??)
    }
}

/// A client of the engine at this address, whoever runs it.
pub(crate) fn client_of(url: &str) -> Client {
    store_dynamo::connect(&settings(url))
}

/// How an engine of this machine is reached.
pub(crate) fn settings(url: &str) -> Settings {
    Settings {
        region: "local-1".to_owned(),
        access_key_id: "local".to_owned(),
        secret_access_key: "local".to_owned(),
        session_token: None,
        // A debug build on a busy machine: slow is not broken.
        attempt_timeout_ms: 30_000,
        endpoint_url: Some(url.to_owned()),
        trust: Trust::default(),
    }
}

/// Each write asks for the last sequence number of the stream. Without this index that reads every stream record ever written,
/// and the work of n writes grows with n squared.
fn index_stream(uri: &str) -> rusqlite::Result<()> {
    Connection::open(uri)?
        .execute_batch("CREATE INDEX IF NOT EXISTS local_stream_next ON _stream_records(table_name, CAST(sequence_number AS INTEGER))")
}

async fn prune_regularly(file: PathBuf, read_up_to: PathBuf, mut stop: watch::Receiver<()>) {
    let mut timer = tokio::time::interval(PRUNE_EVERY);
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            _ = stop.changed() => return,
        }
        let (file, read_up_to) = (file.clone(), read_up_to.clone());
        match tokio::task::spawn_blocking(move || prune(&file, &read_up_to)).await {
            Ok(Ok(_)) => {}
            // The engine was busy: the next round finds the same records.
            Ok(Err(error)) => tracing::info!(%error, "stream records were not pruned"),
            Err(error) => tracing::warn!(%error, "pruning stream records failed"),
        }
    }
}

/// Removes what has been read, but for the newest.
fn prune(file: &Path, read_up_to: &Path) -> rusqlite::Result<usize> {
    let Some(last) = std::fs::read_to_string(read_up_to).ok().and_then(|last| last.trim().parse::<i64>().ok()) else { return Ok(0) };
    let sql =
        "DELETE FROM _stream_records WHERE id <= (SELECT MAX(id) FROM _stream_records) - ?1 AND CAST(sequence_number AS INTEGER) <= ?2";
    Connection::open(file)?.execute(sql, rusqlite::params![STREAM_RECORDS_KEPT, last])
}
