//! Imports and exports, chunk by chunk: a job goes on where it was, until it is done or the invocation's time is up.

use files::Shelf;
use lambda::{Done, Tick};
use store::{Key, Store, Table};
use vault::Vault;

/// Goes on with the job that a message names. A message that comes twice finds the job done, or overtakes nobody.
///
/// # Errors
/// When something does not answer: the message comes again.
pub async fn run_job<T: Table, F: Shelf>(store: &Store<T>, vault: &Vault, shelf: &F, key: Key, tick: Tick) -> Done {
    desk::run(store, vault, shelf, &key, &tick).await
}
