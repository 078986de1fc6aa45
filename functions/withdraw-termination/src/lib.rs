//! 撤回解约申请 (T4, A-27): whoever has raised a request takes it back before it is answered.

use api::requests::WithdrawTermination;
use api::views::{Reader, Receipt};
use domain::party::Initiator;
use lambda::{Call, Party, Reply};
use store::{Change, Store, Table};

/// Withdraws the request: the signing stays valid, and nothing is used up.
///
/// # Errors
/// The version or stage has moved; the other party has raised it; not the caller's.
pub async fn withdraw_termination<T: Table>(store: &Store<T>, call: Call<Party, WithdrawTermination>) -> Reply<Receipt> {
    let WithdrawTermination { id, version } = call.body.clone();
    let (standing, by, reader) = match &call.caller {
        Party::Student(student) => (store.termination_of_student(&student.account, &id).await?, Initiator::Student, Reader::Student),
        Party::Employer(employer) => (store.termination_of_employer(&employer.id, &id).await?, Initiator::Employer, Reader::Employer),
    };
    let standing = standing.at_version(version)?;
    let moved = standing.termination.value.clone().withdraw(by, standing.agreement.value.clone(), call.now())?;
    let receipt = Receipt::of_termination(&moved.termination.next, version + 1, reader);
    let change = Change::new().settles(&call.context, &standing, &moved)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
