//! A set-up table to copy. Tests start many stacks with the samples in memory, and writing the samples takes far longer than all
//! the rest of a start: so the first of a process writes them once, and each works on its own copy.

use crate::BoxError;
use crate::engine::{Engine, Place};
use crate::keys;
use crate::samples::Samples;
use crate::stack::TABLE;
use domain::values::Timestamp;
use domain::work::Queue;
use lambda::RealClock;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use store::{OUTBOX_SHARDS, Store};
use store_dynamo::DynamoTable;
use tokio::sync::{OnceCell, watch};
use vault::Vault;

/// Written once and only read since: stacks share nothing through it but the keys.
static ORIGINAL: OnceCell<Original> = OnceCell::const_new();

struct Original {
    /// Keeps the original in memory, and copies it.
    connection: Mutex<Connection>,
    vault: Arc<Vault>,
}

/// A copy of the table with the samples, for an engine to open.
pub(crate) struct Copy {
    /// What the samples are sealed with.
    pub(crate) vault: Arc<Vault>,
    /// Keeps the copy in memory until the engine has opened it.
    _connection: Connection,
}

/// Copies the table with the samples to an empty place in memory.
pub(crate) async fn copy_to(place: &Place) -> Result<Copy, BoxError> {
    let original = ORIGINAL.get_or_try_init(|| Box::pin(write_original())).await?;
    let copy = Connection::open(place.uri()?)?;
    let connection = original.connection.lock().unwrap_or_else(PoisonError::into_inner);
    connection.execute("VACUUM INTO ?1", [place.uri()?])?;
    Ok(Copy { vault: Arc::clone(&original.vault), _connection: copy })
}

async fn write_original() -> Result<Original, BoxError> {
    let place = Place::memory()?;
    let (stop, stopped) = watch::channel(());
    let engine = Engine::start(&place, None, stopped).await?;
    let client = engine.client();
    store_dynamo::create_table(&client, TABLE).await?;
    let vault = Arc::new(keys::open_vault(None)?);
    // Each stack has a business time of its own: the stories have happened by real time.
    let now = Timestamp::from_millis(RealClock::system().now_ms());
    let store = Store::new(DynamoTable::new(client, TABLE.to_owned()));
    Samples::read()?.set_up(&store, &vault, now).await?;
    Box::pin(undrawn(&store, now)).await?;
    let connection = Mutex::new(Connection::open(place.uri()?)?);
    drop(stop);
    engine.ended().await?;
    Ok(Original { connection, vault })
}

/// Stacks in memory have buckets of their own, and most never look at a document of the samples: nobody is to draw them again and again.
async fn undrawn(store: &Store<DynamoTable>, now: Timestamp) -> Result<(), BoxError> {
    let failed = |error: store::Error| format!("cannot set up the samples: {error:?}");
    for shard in 0..OUTBOX_SHARDS {
        for owed in store.owed(Queue::Documents, shard, now.plus_days(1), 1000).await.map_err(failed)? {
            store.give_up(&owed.key, "samples in memory").await.map_err(failed)?;
        }
    }
    Ok(())
}
