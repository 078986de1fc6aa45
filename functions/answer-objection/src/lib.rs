//! 答复异议 (domain 5.5): the school answers a graduate's objection to a record of the plan.

use api::requests::AnswerObjection;
use api::views::Receipt;
use lambda::{Call, Reply, SchoolOfficer};
use store::{Change, Store, Table};

/// Answers an objection on the version that was seen; the graduate is told. What the record says changes by its own ways: a corrected
/// roster, a revoked certification, a termination.
///
/// # Errors
/// It was answered before, or raised anew meanwhile; not of this school.
pub async fn answer_objection<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, AnswerObjection>) -> Reply<Receipt> {
    let objection = store.objection_of_officer(&call.caller.0, &call.body.id).await?.at_version(call.body.version)?;
    let answered = objection.value.clone().answer(call.body.text.clone(), call.now())?;
    let receipt = Receipt::of_objection(answered.next.record.as_str(), objection.version + 1, answered.next.stage_name(), true);
    let change = Change::new().moves(&call.context, &objection, &answered)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
