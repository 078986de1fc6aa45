//! 邀约即将到期: a graduate is told that the deadline of a letter is near.

use lambda::{Done, Tick};
use store::{Key, Store, Table};

/// Reminds the graduate of the letter that a pair waits for, once for each reminder.
///
/// # Errors
/// As the table's: the message comes again.
pub async fn remind_student<T: Table>(store: &Store<T>, pair: Key, tick: Tick) -> Done {
    let Some(open) = store.open_letter(&pair).await? else { return Ok(0) };
    Ok(usize::from(store.remind(&open, tick.at).await?))
}
