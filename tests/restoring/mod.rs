//! After a restore: transactions that the backup has torn apart are found, mended by one rule, and told of.

mod acts;
mod copies;
mod drill;
pub(crate) mod going_on;
mod judge;
mod judged;
mod tape;
mod torn;
