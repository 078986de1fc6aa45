//! 签约管理 (SR-75): the queue of a college's or school's officer.

use api::actions::CERTIFY_AGREEMENT;
use api::requests::ListReviews;
use api::views::{PageView, ReviewRow};
use domain::agreement::StageName;
use domain::labels;
use domain::party::Officer;
use lambda::{Call, Reply};
use store::{AggregateRow, List, Store, Table};

/// What waits for this officer's decision, oldest first, own scope only.
///
/// # Errors
/// A cursor that no page of ours gave out.
pub async fn list_reviews<T: Table>(store: &Store<T>, call: Call<Officer, ListReviews>) -> Reply<PageView<ReviewRow>> {
    let list = List { limit: call.body.page.limit, after: call.body.page.after.clone() };
    let page = store.signing_reviews(&call.caller, &list).await?;
    Ok(PageView { items: page.rows.into_iter().map(review).collect(), next: page.next }.into())
}

/// What stands in a queue waits for its reader.
fn review(AggregateRow { summary, version, stage }: AggregateRow) -> ReviewRow {
    ReviewRow {
        id: summary.id,
        version,
        kind: "signing",
        stage_label: labels::agreement_stage(StageName::PendingCertification, summary.college_approved),
        effective_stage: stage.clone(),
        stage,
        actions: vec![CERTIFY_AGREEMENT.name],
        student_name: summary.student_name,
        student_number: summary.student_number,
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        employer: summary.employer_name,
        position: summary.position,
        formed_at: summary.at,
    }
}
