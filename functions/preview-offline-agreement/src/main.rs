//! Composition only.

use files_s3::S3Files;
use std::sync::Arc;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let vault = Arc::new(vault_secret::open(&config.secrets(), |name| config.optional(name)).await?);
    let shelf = S3Files::open(&config.files(), config.buckets()?);
    let (action, auth) = (&api::actions::PREVIEW_OFFLINE_AGREEMENT, config.authenticator());
    lambda::serve(lambda::endpoint!(action, auth, preview_offline_agreement::preview_offline_agreement, store, vault, shelf)).await
}
