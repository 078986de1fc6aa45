//! 签约管理 (SR-75, SR-84, SR-87, SR-90): the queues of a college's or school's officer.

use api::actions::{CERTIFY_AGREEMENT, CERTIFY_TERMINATION, REVIEW_AGREEMENT};
use api::requests::{ListReviews, ReviewKind};
use api::views::{PageView, Receipt, ReviewRow};
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
    let page = match call.body.kind {
        ReviewKind::Signing => agreements(store, &call.caller, Review::Signing, call.body.kind, &list).await?,
        ReviewKind::OfflineReview => agreements(store, &call.caller, Review::Offline, call.body.kind, &list).await?,
        ReviewKind::OfflineCertification => agreements(store, &call.caller, Review::OfflineCertification, call.body.kind, &list).await?,
        ReviewKind::Termination => {
            let page = store.termination_reviews(&call.caller, &list).await?;
            PageView { items: page.rows.into_iter().map(termination).collect(), next: page.next }
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
    Ok(PageView { items: page.rows.into_iter().map(|found| agreement(found, kind)).collect(), next: page.next })
}

/// What stands in a queue waits for its reader.
fn agreement(AggregateRow { summary, version, stage }: AggregateRow, kind: ReviewKind) -> ReviewRow {
    let (name, action) = match kind {
        ReviewKind::OfflineReview => (StageName::AgreementReview, REVIEW_AGREEMENT.name),
        ReviewKind::Signing | ReviewKind::OfflineCertification | ReviewKind::Termination => {
            (StageName::PendingCertification, CERTIFY_AGREEMENT.name)
        }
    };
    let label = labels::agreement_stage(name, summary.college_approved);
    ReviewRow {
        subject: Receipt::new(&summary.id, version, &stage, label).offering([action]),
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

fn termination(AggregateRow { summary, version, stage }: AggregateRow<TerminationSummary>) -> ReviewRow {
    let label = labels::termination_stage(termination::StageName::PendingCertification, summary.college_approved);
    ReviewRow {
        subject: Receipt::new(&summary.id, version, &stage, label).offering([CERTIFY_TERMINATION.name]),
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
