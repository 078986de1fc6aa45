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
    lambda::serve(lambda::endpoint!(
        &api::actions::IMPORT_CANDIDATES,
        config.authenticator(),
        import_candidates::import_candidates,
        store,
        vault,
        shelf
    ))
    .await
}
