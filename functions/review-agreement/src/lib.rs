//! 协议书审核 (SR-67, SR-87, SR-88): the first of the two reviews of an agreement on paper.

use api::requests::ReviewAgreement;
use api::views::{Reader, Receipt, agreement_actions};
use domain::party::Officer;
use lambda::{Call, Reply};
use store::{Change, Store, Table};

/// Decides on the version that the officer saw. Passed, the graduate prints it and has it signed and stamped; failed, the graduate is
/// free to revise it or to sign online (SR-67).
///
/// # Errors
/// The version or stage has moved, a reason is missing, it is not this officer's turn; outside the officer's scope.
pub async fn review_agreement<T: Table>(store: &Store<T>, call: Call<Officer, ReviewAgreement>) -> Reply<Receipt> {
    let (officer, ReviewAgreement { id, version, verdict }) = (&call.caller, call.body.clone());
    let agreement = store.agreement_of_officer(officer, &id).await?.at_version(version)?;
    let decided = agreement.value.clone().review(officer, verdict, call.now())?;
    let receipt = Receipt::of_agreement(&decided.next, version + 1, agreement_actions(&decided.next, Reader::Officer(officer)));
    let change = Change::new().moves(&call.context, &agreement, &decided)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
