//! 签约管理 (SR-75, SR-84, SR-87, SR-90): the queues of a college's or school's officer.

use api::requests::{ListReviews, ReviewKind};
use api::views::{PageView, Reader, Receipt, ReviewRow};
use domain::agreement::StageName;
use domain::party::Officer;
use domain::{labels, termination};
use lambda::{Call, Fault, Reply};
use store::{AggregateRow, List, Review, Store, Table, TerminationSummary};

/// What waits for this officer's decision, oldest first, own scope only: one queue at a time.
///
/// # Errors
/// A cursor that no page of ours gave out.
pub async fn list_reviews<T: Table>(store: &Store<T>, call: Call<Officer, ListReviews>) -> Reply<PageView<ReviewRow>> {
    let list = List { limit: call.body.page.limit, after: call.body.page.after.clone() };
    let officer = &call.caller;
    let kind = call.body.kind;
    let page = match kind {
        ReviewKind::Signing => agreements(store, officer, Review::Signing, kind, &list).await?,
        ReviewKind::OfflineReview => agreements(store, officer, Review::Offline, kind, &list).await?,
        ReviewKind::OfflineCertification => agreements(store, officer, Review::OfflineCertification, kind, &list).await?,
        ReviewKind::Termination => {
            let page = store.termination_reviews(officer, &list).await?;
            PageView { items: page.rows.into_iter().map(|found| termination(found, officer)).collect(), next: page.next }
        }
    };
    Ok(page.into())
}

async fn agreements<T: Table>(
    store: &Store<T>,
    officer: &Officer,
    queue: Review,
    kind: ReviewKind,
    list: &List,
) -> Result<PageView<ReviewRow>, Fault> {
    let page = store.reviews(officer, queue, list).await?;
    Ok(PageView { items: page.rows.into_iter().map(|found| agreement(found, kind, officer)).collect(), next: page.next })
}

/// What stands in a queue waits for its reader, unless the reader has approved it for the college.
fn agreement(AggregateRow { summary, version, stage }: AggregateRow, kind: ReviewKind, officer: &Officer) -> ReviewRow {
    let name = if kind == ReviewKind::OfflineReview { StageName::AgreementReview } else { StageName::PendingCertification };
    let actions = Reader::Officer(officer).may(&summary.openings, summary.awaited, summary.approved_by.as_ref());
    let label = labels::agreement_stage(name, summary.approved_by.is_some());
    ReviewRow {
        subject: Receipt::new(&summary.id, version, &stage, label).offering(actions),
        agreement_id: None,
        initiator: None,
        kind: kind.as_str(),
        student_name: summary.student_name,
        student_number: summary.student_number,
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        employer: summary.employer_name,
        position: summary.position,
        formed_at: summary.at,
    }
}

fn termination(AggregateRow { summary, version, stage }: AggregateRow<TerminationSummary>, officer: &Officer) -> ReviewRow {
    let name = termination::StageName::PendingCertification;
    let action = Reader::Officer(officer).may_end(summary.initiator, name, summary.awaited, summary.approved_by.as_ref());
    ReviewRow {
        subject: Receipt::new(&summary.id, version, &stage, labels::termination_stage(name, summary.approved_by.is_some()))
            .offering(action),
        agreement_id: Some(summary.agreement),
        initiator: Some(summary.initiator),
        kind: ReviewKind::Termination.as_str(),
        student_name: summary.student_name,
        student_number: Some(summary.student_number),
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        employer: summary.employer_name,
        position: summary.position,
        formed_at: summary.requested_at,
    }
}
