//! 同意解约 (SR-43, SR-61), 不同意解约: the other party answers a request to terminate.

use api::requests::AnswerTermination;
use api::views::{Reader, Receipt};
use domain::party::Initiator;
use lambda::{Call, Party, Reply};
use store::{Change, Store, Table};

/// Consents, after the notice: the termination waits for certification. Or refuses with a reason: the signing stays valid.
///
/// # Errors
/// The version or stage has moved; the caller has raised the request itself; another notice is shown now (SR-39); not the caller's.
pub async fn answer_termination<T: Table>(store: &Store<T>, call: Call<Party, AnswerTermination>) -> Reply<Receipt> {
    let AnswerTermination { id, version, answer } = call.body.clone();
    let (standing, by, reader) = match &call.caller {
        Party::Student(student) => (store.termination_of_student(&student.account, &id).await?, Initiator::Student, Reader::Student),
        Party::Employer(employer) => (store.termination_of_employer(&employer.id, &id).await?, Initiator::Employer, Reader::Employer),
    };
    let standing = standing.at_version(version)?;
    let moved = standing.termination.value.clone().answer(by, answer, standing.agreement.value.clone(), call.now())?;
    let receipt = Receipt::of_termination(&moved.termination.next, version + 1, reader);
    let change = Change::new().settles(&call.context, &standing, &moved)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
