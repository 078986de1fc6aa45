//! Composition only.

use files_s3::S3Files;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let files = S3Files::open(&config.files(), config.buckets()?);
    lambda::serve(lambda::endpoint!(&api::actions::GET_UPLOAD, config.authenticator(), get_upload::get_upload, store, files)).await
}
