//! 解约鉴证 (SR-63, SR-74, SR-84 to SR-86, SR-90): an officer passes, fails or returns a termination.

use api::requests::CertifyTermination;
use api::views::{Reader, Receipt};
use domain::party::Officer;
use lambda::{Call, Reply};
use store::{Change, Store, Table};

/// Decides on the version that the officer saw. Certified, the agreement is dissolved: slot and pair come free, the plan record is
/// closed, 解约函 is ordered, and one of its initiator's terminations is used up. Not certified, the signing stays valid.
///
/// # Errors
/// The version or stage has moved, a reason is missing (SR-86), it is not this officer's turn; outside the officer's scope.
pub async fn certify_termination<T: Table>(store: &Store<T>, call: Call<Officer, CertifyTermination>) -> Reply<Receipt> {
    let (officer, CertifyTermination { id, version, verdict }) = (&call.caller, call.body.clone());
    let standing = store.termination_of_officer(officer, &id).await?.at_version(version)?;
    let moved = standing.termination.value.clone().certify(officer, verdict, standing.agreement.value.clone(), call.now())?;
    let receipt = Receipt::of_termination(&moved.termination.next, version + 1, Reader::Officer(officer));
    let change = Change::new().settles(&call.context, &standing, &moved)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
