//! Composition only.

use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    lambda::serve(lambda::endpoint!(
        &api::actions::SAVE_OFFLINE_DRAFT,
        config.authenticator(),
        save_offline_draft::save_offline_draft,
        store
    ))
    .await
}
