//! Composition only: a scanner's verdicts are read from tags, unless an operator has chosen to have none.

use files::NoScanner;
use files_s3::{S3Files, TagScanner};
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let (client, buckets) = (files_s3::connect(&config.files()), config.buckets()?);
    let files = S3Files::new(client.clone(), buckets.clone());
    let (row, authenticator) = (&api::actions::CONFIRM_UPLOAD, config.authenticator());
    if config.setting("SCANNER")? == "none" {
        let scanner = NoScanner;
        return lambda::serve(lambda::endpoint!(row, authenticator, confirm_upload::confirm_upload, store, files, scanner)).await;
    }
    let scanner = TagScanner::new(client, buckets, config.optional("SCANNER_TAG").unwrap_or(files_s3::GUARDDUTY_TAG).to_owned());
    lambda::serve(lambda::endpoint!(row, authenticator, confirm_upload::confirm_upload, store, files, scanner)).await
}
