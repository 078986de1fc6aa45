//! Composition only.

use files_s3::S3Files;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let shelf = S3Files::open(&config.files(), config.buckets()?);
    lambda::serve(lambda::endpoint!(&api::actions::GET_JOB, config.authenticator(), get_job::get_job, store, shelf)).await
}
