//! DynamoDB as an engine in this process: dynoxide, which keeps its tables in SQLite.

use crate::BoxError;
use dynoxide::Database;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How many stream records are kept for readers. Nothing but the size of the file depends on it.
const STREAM_RECORDS_KEPT: u32 = 10_000;

/// How often older ones are removed.
const PRUNE_EVERY: Duration = Duration::from_mins(1);

/// The running engine.
#[derive(Debug)]
pub(crate) struct Engine {
    /// Where the SDK finds it.
    pub(crate) url: String,
    server: JoinHandle<Result<(), String>>,
}

impl Engine {
    /// Starts the engine on any loopback port, on this file or else in memory. It ends when `stop` changes or is dropped.
    pub(crate) async fn start(file: Option<PathBuf>, mut stop: watch::Receiver<()>) -> Result<Self, BoxError> {
        let place = match &file {
            Some(file) => file.to_str().ok_or("the path of the data directory is not UTF-8")?.to_owned(),
            // An in-memory file that a second connection can open by its name, as `index_stream` does. Random, because every
            // stack of a process must have its own.
            None => format!("file:/wangqian-{}?vfs=memdb", crate::random::hex()?),
        };
        let database = Database::new(&place)?;
        index_stream(&place)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        if let Some(file) = file {
            tokio::spawn(prune_regularly(file, stop.clone()));
        }
        let stopped = async move { stop.changed().await.unwrap_or_default() };
        let server = tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database, stopped));
        Ok(Self { url, server })
    }

    /// Waits until the last request is answered and the engine has ended.
    pub(crate) async fn ended(self) -> Result<(), BoxError> {
        Ok(self.server.await??)
    }
}

/// Each write asks for the last sequence number of the stream. Without this index that reads every stream record ever written,
/// and the work of n writes grows with n squared.
fn index_stream(place: &str) -> rusqlite::Result<()> {
    Connection::open(place)?
        .execute_batch("CREATE INDEX IF NOT EXISTS local_stream_next ON _stream_records(table_name, CAST(sequence_number AS INTEGER))")
}

async fn prune_regularly(file: PathBuf, mut stop: watch::Receiver<()>) {
    let mut timer = tokio::time::interval(PRUNE_EVERY);
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            _ = stop.changed() => return,
        }
        let file = file.clone();
        match tokio::task::spawn_blocking(move || prune(&file)).await {
            Ok(Ok(_)) => {}
            // The engine was busy: the next round finds the same records.
            Ok(Err(error)) => tracing::info!(%error, "stream records were not pruned"),
            Err(error) => tracing::warn!(%error, "pruning stream records failed"),
        }
    }
}

fn prune(file: &Path) -> rusqlite::Result<usize> {
    let sql = "DELETE FROM _stream_records WHERE id <= (SELECT MAX(id) FROM _stream_records) - ?1";
    Connection::open(file)?.execute(sql, [STREAM_RECORDS_KEPT])
}
