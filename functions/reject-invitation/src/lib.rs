//! 拒绝 (SR-55): the graduate refuses a letter, and the employer may invite again (SR-32).

use api::requests::RejectInvitation;
use api::views::Receipt;
use lambda::{Call, Reply, Student};
use store::{Change, Store, Table};

/// Refuses the letter, with a reason if the graduate wishes.
///
/// # Errors
/// Too late, view only after another signing (SR-49), answered or withdrawn; not the caller's.
pub async fn reject_invitation<T: Table>(store: &Store<T>, call: Call<Student, RejectInvitation>) -> Reply<Receipt> {
    let letter = store.letter_to_answer(&call.caller.account, &call.body.id).await?;
    let rejected = letter.value.clone().reject(call.body.reason.clone(), call.now())?;
    let receipt = Receipt::of_invitation(&rejected.next, letter.version + 1, call.now());
    let change = Change::new().moves(&call.context, &letter, &rejected)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
