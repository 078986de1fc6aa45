//! Composition only.

use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    lambda::serve(lambda::endpoint!(&api::actions::GET_STATISTICS, config.authenticator(), get_statistics::get_statistics, store)).await
}
