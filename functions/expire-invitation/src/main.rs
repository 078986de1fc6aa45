//! Composition only.

use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::WorkerConfig::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    lambda::work(lambda::worker!(of_queue, &api::workers::EXPIRE_INVITATION, expire_invitation::expire_invitation, store)).await
}
