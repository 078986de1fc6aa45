//! The port [`store::Table`] on DynamoDB: conditions as data become expressions, cancellation reasons become failures.

mod connect;
mod gathering;
mod meter;
mod render;
mod schema;
mod table;

pub use connect::connect;
pub use meter::{Meter, Usage};
pub use schema::create_table;
pub use store::Settings;
pub use table::DynamoTable;
