//! 单位审核 (SR-10, SR-92, A-31): a school approves an employer for the whole platform, or bars it from its own students.

use api::requests::ReviewEmployer;
use api::views::Receipt;
use lambda::{Call, Reply, SchoolOfficer};
use store::{Change, Store, Table};

/// Takes the school's decision. Letters and agreements that exist go on.
///
/// # Errors
/// How the employer stands with this school leaves nothing to decide so, it has moved since it was seen, or no such employer.
pub async fn review_employer<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, ReviewEmployer>) -> Reply<Receipt> {
    let school = &call.caller.0.school;
    let employer = store.employer(&call.body.id).await?;
    let employer = employer.at_version_if(call.body.version)?;
    let reviewed = employer.value.clone().review(school, call.body.review.clone(), call.now())?;
    let receipt = Receipt::of_standing(&reviewed.next, employer.version + 1, school);
    let change = Change::new().moves(&call.context, &employer, &reviewed)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
