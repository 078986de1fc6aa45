//! A function that panics whenever it is invoked, put together as all are: what the runtime makes of it is tried on its binary.
#![expect(clippy::panic, reason = "it is made to panic")]

use api::actions::GET_REFERENCE_DATA;
use api::views::ReferenceView;
use api::workers::SWEEP_OUTBOX;
use lambda::{Call, Config, Endpoint, Public, Reply, Tick, Worker};
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    if std::env::args().any(|word| word == "worker") {
        return lambda::work(Worker::of_schedule(&SWEEP_OUTBOX, worker)).await;
    }
    let config = Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    lambda::serve(Endpoint::new(&GET_REFERENCE_DATA, config.authenticator(), handler, store)).await
}

async fn handler(_: Call<Public, ()>) -> Reply<ReferenceView> {
    panic!("a handler that panics")
}

async fn worker(_: Tick) -> lambda::Done {
    panic!("a worker that panics")
}
