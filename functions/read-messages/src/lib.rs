//! 已读: a log-in has read its inbox up to a message.

use api::requests::ReadMessages;
use api::views::ReadView;
use lambda::{Anyone, Call, Caller as _, Reply};
use store::{Store, Table};

/// Moves this log-in's mark forward; a mark never moves back.
///
/// # Errors
/// A graduate who is not verified has no inbox (SR-44).
pub async fn read_messages<T: Table>(store: &Store<T>, call: Call<Anyone, ReadMessages>) -> Reply<ReadView> {
    if let Anyone::Student(student) = &call.caller {
        store.verified(student.account()).await?;
    }
    // No message is of the future: a mark there would silence the log-in for good.
    let latest = format!("{}~", call.now());
    let up_to = if call.body.up_to < latest { &call.body.up_to } else { &latest };
    Ok(store.mark_read(up_to, &call.context, ReadView { up_to: call.body.up_to.clone() }).await?.into())
}
