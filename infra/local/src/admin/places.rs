//! Where an operator works: on the table that the environment names, on a running stack's, or on the data that a stack has left.

use super::{Admin, context, run};
use crate::BoxError;
use crate::clock::Clock;
use crate::data_dir::{self, DataDir, Found};
use crate::engine::{Engine, Place, client_of};
use crate::stack::TABLE;
use domain::values::Timestamp;
use lambda::{RealClock, TableConfig};
use std::path::Path;
use store::Store;
use store_dynamo::DynamoTable;
use tokio::sync::watch;

/// Does it on the table of these settings, or else on the data directory of this machine.
///
/// # Errors
/// Says what stands in the way.
pub async fn on_this_machine(admin: &Admin, aws: Option<&TableConfig>) -> Result<String, BoxError> {
    if let Some(TableConfig { table, aws }) = aws {
        let now = Timestamp::from_millis(RealClock::system().now_ms());
        let store = Store::new(DynamoTable::open(aws, table));
        return Ok(run(&store, &admin.work, &context(&admin.operator, now, now)?).await?);
    }
    match data_dir::find(&admin.data_dir)? {
        Found::Running(url) => on(&Store::new(DynamoTable::new(client_of(&url), TABLE.to_owned())), admin).await,
        Found::Free(dir) => on_stopped(&dir, admin).await,
    }
}

/// Opens the engine for as long as this takes.
async fn on_stopped(dir: &DataDir, admin: &Admin) -> Result<String, BoxError> {
    let (stop, stopped) = watch::channel(());
    let engine = Engine::start(&Place::File(dir.table()), None, stopped).await?;
    let client = engine.client();
    store_dynamo::create_table(&client, TABLE).await?;
    let outcome = on(&Store::new(DynamoTable::new(client, TABLE.to_owned())), admin).await;
    drop(stop);
    engine.ended().await?;
    outcome
}

async fn on(store: &Store<DynamoTable>, admin: &Admin) -> Result<String, BoxError> {
    let clock = clock(&admin.data_dir)?;
    Ok(run(store, &admin.work, &context(&admin.operator, clock.now(), clock.real())?).await?)
}

/// Business time as the stack has it.
fn clock(data_dir: &Path) -> Result<Clock, BoxError> {
    Clock::open(Some(data_dir::clock_file(data_dir)), None, None)
}
