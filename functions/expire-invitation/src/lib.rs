//! 邀约过期 (I4, SR-33): a letter that nobody answered ends, and both sides are told.

use lambda::{Done, Tick};
use store::{Change, Context, Error, Key, Store, Table};

/// Expires the letter that a pair waits for, if its time has come. The message is a hint: a letter that was answered, extended or followed
/// by another is judged as it stands now.
///
/// # Errors
/// As the table's: the message comes again.
pub async fn expire_invitation<T: Table>(store: &Store<T>, pair: Key, tick: Tick) -> Done {
    let Some(open) = store.open_letter(&pair).await? else { return Ok(0) };
    let Ok(expired) = open.letter.value.clone().expire(tick.at) else { return Ok(0) };
    let context = Context::of_system("expire-invitation", &tick.request_id, tick.at)?;
    let change = Change::new().moves(&context, &open.letter, &expired)?;
    match store.commit(change, &context, ()).await {
        Ok(_) => Ok(1),
        // An answer that came in time, or another worker.
        Err(Error::Moved) => Ok(0),
        Err(error) => Err(error.into()),
    }
}
