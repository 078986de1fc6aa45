//! Composition only.

use std::sync::Arc;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let vault = Arc::new(vault_secret::open(&config.secrets(), |name| config.optional(name)).await?);
    lambda::serve(lambda::endpoint!(&api::actions::FIND_STUDENT, config.authenticator(), find_student::find_student, store, vault)).await
}
