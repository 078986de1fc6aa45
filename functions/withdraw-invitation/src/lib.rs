//! 撤回邀约 (I5, A-35): an employer takes back a letter that is not answered yet.

use api::requests::WithdrawInvitation;
use api::views::Receipt;
use lambda::{Call, Employer, Reply};
use store::{Change, Store, Table};

/// Withdraws the letter. An acceptance that committed first stands.
///
/// # Errors
/// The letter has been answered, has expired, or has another version than was seen; not the caller's.
pub async fn withdraw_invitation<T: Table>(store: &Store<T>, call: Call<Employer, WithdrawInvitation>) -> Reply<Receipt> {
    let letter = store.invitation_of_employer(&call.caller.id, &call.body.id).await?.at_version(call.body.version)?;
    let withdrawn = letter.value.clone().withdraw(call.now())?;
    let receipt = Receipt::of_invitation(&withdrawn.next, letter.version + 1, call.now());
    let change = Change::new().moves(&call.context, &letter, &withdrawn)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
