//! Composition only.

use files_s3::S3Files;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::WorkerConfig::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let shelf = S3Files::open(&config.files(), config.buckets()?);
    lambda::work(lambda::worker!(of_schedule, &api::workers::PURGE_EXPIRED, purge_expired::purge_expired, store, shelf)).await
}
