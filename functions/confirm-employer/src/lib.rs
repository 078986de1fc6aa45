//! 确认签约信息 (SR-11, SR-12): file-receiving, household-receiving and other basic information, at first log-in or later.

use api::requests::ConfirmEmployer;
use api::views::Receipt;
use domain::Refusal;
use lambda::{Call, Employer, Reply};
use store::{Change, Store, Table};

/// Confirms the signing information. New letters carry it; letters that are out keep what they say.
///
/// # Errors
/// No school has approved the employer (SR-10), it is suspended, or a colleague has confirmed something else meanwhile.
pub async fn confirm_employer<T: Table>(store: &Store<T>, call: Call<Employer, ConfirmEmployer>) -> Reply<Receipt> {
    // An employer that is not on the platform has been approved by no school.
    let employer = store.registered_employer(&call.caller.id).await?.ok_or(Refusal::EmployerNotQualified)?;
    let employer = employer.at_version_if(call.body.version)?;
    let confirmed = employer.value.clone().confirm(call.body.information.clone())?;
    let receipt = Receipt::of_employer(&confirmed.next, employer.version + 1);
    let change = Change::new().moves(&call.context, &employer, &confirmed)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
