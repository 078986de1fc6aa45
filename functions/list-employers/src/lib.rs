//! 单位列表 (SR-92): employers of the platform by name, or as they stand with the officer's school.

use api::requests::ListEmployers;
use api::views::{AttachmentView, EmployerRow, PageView};
use domain::employer::Standing;
use domain::labels;
use domain::values::SchoolId;
use lambda::{Call, Reply, SchoolOfficer};
use store::{AggregateRow, EmployerSummary, List, Store, Table};

/// A page of employers: those that stand so with the school, or all whose name begins so.
///
/// # Errors
/// A cursor that no page of ours gave out.
pub async fn list_employers<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, ListEmployers>) -> Reply<PageView<EmployerRow>> {
    let school = &call.caller.0.school;
    let ListEmployers { standing, name, limit, after } = call.body.clone();
    let list = List { limit, after };
    let page = match standing {
        Some(standing) => store.employers_of_school(school, standing, &list).await?,
        None => store.employers(name.as_deref(), &list).await?,
    };
    Ok(PageView { items: page.rows.into_iter().map(|found| row(found, school)).collect(), next: page.next }.into())
}

fn row(found: AggregateRow<EmployerSummary>, school: &SchoolId) -> EmployerRow {
    let AggregateRow { summary, version, .. } = found;
    let by_name = summary.standing.is_none();
    let standing = summary.standing.as_ref().map(|placed| placed.standing).or_else(|| standing_with(&summary, school));
    EmployerRow {
        id: summary.id,
        version: by_name.then_some(version),
        name: summary.name,
        credit_code: summary.credit_code,
        standing,
        standing_label: standing.map(labels::standing),
        since: summary.standing.as_ref().map(|placed| placed.at),
        reason: summary.standing.and_then(|placed| placed.reason),
        approvals: by_name.then_some(summary.approved_by.len()),
        licence: summary.licence.iter().map(AttachmentView::from).collect(),
        actions: EmployerRow::actions(),
    }
}

/// In the list of the whole platform: what its row says of this school.
fn standing_with(summary: &EmployerSummary, school: &SchoolId) -> Option<Standing> {
    Standing::first(|standing| match standing {
        Standing::Blocked => summary.blocked_by.contains(school),
        Standing::Awaiting => summary.asked.as_ref() == Some(school),
        Standing::Approved => summary.approved_by.contains(school),
        Standing::Rejected => summary.rejected_by.contains(school),
    })
}
