//! Composition only.

use evidence::NoElectronicSealProvider;
use files_s3::S3Files;
use std::sync::Arc;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::WorkerConfig::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let vault = Arc::new(vault_secret::open(&config.secrets(), |name| config.optional(name)).await?);
    let shelf = S3Files::open(&config.files(), config.buckets()?);
    let (provider, link) = (NoElectronicSealProvider, config.setting("PORTAL_URL")?.to_owned());
    let row = &api::workers::ISSUE_DOCUMENT;
    lambda::work(lambda::worker!(of_queue, row, issue_document::issue_document, store, vault, shelf, provider, link)).await
}
