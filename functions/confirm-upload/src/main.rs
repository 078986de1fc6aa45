//! Composition only.

use files::NoScanner;
use files_s3::S3Files;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let files = S3Files::open(&config.files(), config.setting("FILES_BUCKET")?);
    // Until the verdicts of the account's own scanner are read, nothing is taken.
    let scanner = NoScanner;
    lambda::serve(lambda::endpoint!(
        &api::actions::CONFIRM_UPLOAD,
        config.authenticator(),
        confirm_upload::confirm_upload,
        store,
        files,
        scanner
    ))
    .await
}
