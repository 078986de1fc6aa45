//! 同意, 现在签约 (SR-52, SR-53): the graduate accepts a letter, and the agreement comes into being.

use api::requests::AcceptInvitation;
use api::views::{AcceptanceReceipt, Reader, Receipt, agreement_actions};
use domain::agreement::Agreement;
use domain::invitation::Accept;
use lambda::{Call, Reply, Student};
use store::{Change, Store, Table};

/// Accepts the letter that was shown: letter, agreement, pair and the graduate's one slot of the year in one transaction.
///
/// # Errors
/// Too late, signed already (SR-49), another letter than was shown, answered or withdrawn; not the caller's.
pub async fn accept_invitation<T: Table>(store: &Store<T>, call: Call<Student, AcceptInvitation>) -> Reply<AcceptanceReceipt> {
    let answering = store.answering(&call.caller.account, &call.body.id).await?;
    let letter = &answering.letter;
    let command = Accept { confirmation_token: &call.body.confirmation_token, version: letter.version, now: call.now() };
    let accepted = letter.value.clone().accept(&command)?;
    let formed = Agreement::form(&accepted.next, &answering.student, &answering.policy, call.now());
    let receipt = AcceptanceReceipt {
        agreement: Receipt::of_agreement(&formed.next, 1, agreement_actions(&formed.next, Reader::Student)),
        agreement_id: formed.next.id.clone(),
        invitation_id: accepted.next.id.clone(),
    };
    let change = Change::new().moves(&call.context, letter, &accepted)?.creates(&call.context, &formed)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
