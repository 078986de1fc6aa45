//! 解约办理 (SR-42, SR-58, SR-62, SR-73): requests to terminate, of a party or in an officer's scope.

use api::requests::ListTerminations;
use api::views::{PageView, Reader, Receipt, TerminationRow, medium};
use domain::labels;
use domain::termination::StageName;
use lambda::{Anyone, Call, Reply};
use store::{AggregateRow, List, Store, Table, TerminationSummary};

/// A page of requests. A graduate sees all stages unless one is asked for; everybody else one: an employer those that wait for an
/// answer, an officer those that wait for certification, unless another is asked for.
///
/// # Errors
/// A graduate who is not verified (SR-44); a cursor that no page of ours gave out.
pub async fn list_terminations<T: Table>(store: &Store<T>, call: Call<Anyone, ListTerminations>) -> Reply<PageView<TerminationRow>> {
    let ListTerminations { stage: asked, initiator, page } = &call.body;
    let list = List { limit: page.limit, after: page.after.clone() };
    let mut page = match &call.caller {
        Anyone::Student(student) => {
            let person = store.verified(&student.account).await?.person;
            store.terminations_of_student(&person, &list).await?
        }
        Anyone::Employer(employer) => {
            let stage = asked.unwrap_or(StageName::PendingCounterparty);
            store.terminations_of_employer(&employer.id, stage, *initiator, &list).await?
        }
        Anyone::Officer(officer) => store.terminations_of_officer(officer, asked.unwrap_or(StageName::PendingCertification), &list).await?,
    };
    // A graduate has few, in one list, and an officer's is by stage: what else is asked for is looked for in the page.
    page.rows.retain(|row| asked.is_none_or(|stage| row.stage == stage.as_str()));
    page.rows.retain(|row| initiator.is_none_or(|side| row.summary.initiator == side));
    let items = page.rows.into_iter().map(|found| row(found, &call.caller)).collect();
    Ok(PageView { items, next: page.next }.into())
}

fn row(found: AggregateRow<TerminationSummary>, reader: &Anyone) -> TerminationRow {
    let AggregateRow { summary, version, stage } = found;
    let name = StageName::ALL.into_iter().find(|name| name.as_str() == stage);
    let label = name.map_or("", |name| labels::termination_stage(name, summary.approved_by.is_some()));
    let reader = reader.reader();
    let action = name.and_then(|name| reader.may_end(summary.initiator, name, summary.awaited, summary.approved_by.as_ref()));
    TerminationRow {
        request: Receipt::new(&summary.id, version, &stage, label).offering(action),
        agreement_id: summary.agreement,
        number: summary.number,
        medium: medium(summary.offline),
        initiator: summary.initiator,
        student_name: summary.student_name,
        student_number: matches!(reader, Reader::Officer(_)).then_some(summary.student_number),
        school: summary.school_name,
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        employer: summary.employer_name,
        position: summary.position,
        requested_at: summary.requested_at,
    }
}
