//! Composition only.

use files_s3::S3Files;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let shelf = S3Files::open(&config.files(), config.buckets()?);
    let action = &api::actions::GET_AGREEMENT_DOCUMENT;
    lambda::serve(lambda::endpoint!(action, config.authenticator(), get_agreement_document::get_agreement_document, store, shelf)).await
}
