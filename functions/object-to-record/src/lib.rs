//! 提出异议 (domain 5.5): the graduate says what is wrong with a record of the plan.

use api::requests::ObjectToRecord;
use api::views::Receipt;
use domain::objection::Objection;
use lambda::{Call, Reply, Student};
use store::{Change, Store, Table};

/// Raises an objection to one of the graduate's own records; the school is told. After an answer it may be raised anew.
///
/// # Errors
/// An earlier one waits for its answer; not verified (SR-44); not the graduate's record.
pub async fn object_to_record<T: Table>(store: &Store<T>, call: Call<Student, ObjectToRecord>) -> Reply<Receipt> {
    let (record, standing) = store.record_of_student(&call.caller.account, &call.body.id).await?;
    let raised = Objection::raise(standing.as_ref().map(|standing| &standing.value), &record, call.body.text.clone(), call.now())?;
    let version = standing.as_ref().map_or(1, |standing| standing.version + 1);
    let receipt = Receipt::of_objection(raised.next.record.as_str(), version, raised.next.stage_name(), false);
    let change = Change::new().writes(&call.context, standing.as_ref(), &raised)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
