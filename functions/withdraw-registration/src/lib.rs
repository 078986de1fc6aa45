//! 撤回就业信息登记: the graduate may sign again.

use api::requests::WithdrawRegistration;
use api::views::Receipt;
use lambda::{Call, Reply, StudentOrSchool};
use store::{Change, Store, Table};

/// Withdraws it, on the version that was seen: the slot is free, the plan record closed.
///
/// # Errors
/// It was withdrawn before; the version has moved; not the caller's.
pub async fn withdraw_registration<T: Table>(store: &Store<T>, call: Call<StudentOrSchool, WithdrawRegistration>) -> Reply<Receipt> {
    let WithdrawRegistration { id, version, reason } = call.body.clone();
    let registration = match &call.caller {
        StudentOrSchool::Student(student) => store.registration_of_student(&student.account, &id).await?,
        StudentOrSchool::School(officer) => store.registration_of_officer(&officer.0, &id).await?,
    }
    .at_version(version)?;
    let withdrawn = registration.value.clone().withdraw(call.caller.registrar(), reason, call.now())?;
    let receipt = Receipt::of_registration(&withdrawn.next, version + 1);
    let change = Change::new().moves(&call.context, &registration, &withdrawn)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
