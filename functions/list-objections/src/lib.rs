//! 异议 (domain 5.5): what graduates say of their records in the plan, for the officers of their school and college.

use api::requests::ListObjections;
use api::views::{ObjectionView, PageView, Receipt};
use domain::objection::StageName;
use domain::party::Officer;
use lambda::{Call, Reply};
use store::{AggregateRow, List, ObjectionSummary, Store, Table};

/// A page of objections in the officer's scope: those that wait for an answer unless others are asked for, oldest first.
///
/// # Errors
/// A cursor that no page of ours gave out.
pub async fn list_objections<T: Table>(store: &Store<T>, call: Call<Officer, ListObjections>) -> Reply<PageView<ObjectionView>> {
    let list = List { limit: call.body.page.limit, after: call.body.page.after.clone() };
    let page = store.objections_of_officer(&call.caller, call.body.stage, &list).await?;
    let may_answer = call.caller.college.is_none();
    Ok(PageView { items: page.rows.into_iter().map(|found| row(found, may_answer)).collect(), next: page.next }.into())
}

fn row(found: AggregateRow<ObjectionSummary>, may_answer: bool) -> ObjectionView {
    let AggregateRow { summary, version, .. } = found;
    let stage = if summary.answer.is_none() { StageName::Open } else { StageName::Answered };
    let (answer, answered_at) = summary.answer.unzip();
    ObjectionView {
        objection: Receipt::of_objection(&summary.record, version, stage, may_answer),
        student_number: summary.student_number,
        student_name: summary.student_name,
        graduation_year: summary.graduation_year,
        text: summary.text,
        raised_at: summary.raised_at,
        answer,
        answered_at,
    }
}
