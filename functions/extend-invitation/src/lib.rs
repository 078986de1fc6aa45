//! 延长反馈期限 (I6): an employer gives the graduate more time.

use api::requests::ExtendInvitation;
use api::views::{Receipt, letter_actions};
use domain::invitation::StageName;
use lambda::{Call, Employer, Reply};
use store::{Change, Store, Table};

/// Lengthens the period, counted from sending, within what the school allowed when the letter was sent.
///
/// # Errors
/// Not longer, or longer than the school allows; answered, expired, or another version than was seen; not the caller's.
pub async fn extend_invitation<T: Table>(store: &Store<T>, call: Call<Employer, ExtendInvitation>) -> Reply<Receipt> {
    let letter = store.invitation_of_employer(&call.caller.id, &call.body.id).await?.at_version(call.body.version)?;
    let extended = letter.value.clone().extend(call.body.response_period, call.now())?;
    let actions = letter_actions(StageName::Pending, true, false).into_iter().map(str::to_owned).collect();
    let receipt = Receipt { actions, ..Receipt::of_invitation(&extended.next, letter.version + 1, call.now()) };
    let change = Change::new().moves(&call.context, &letter, &extended)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
