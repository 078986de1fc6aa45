//! 签约列表 (SR-31, SR-36, SR-37, SR-48, SR-56): agreements of a party, or in an officer's scope, by stage.

use api::requests::ListAgreements;
use api::views::{AgreementRow, OpenTerminationView, PageView, Receipt, medium};
use domain::agreement::StageName;
use domain::labels;
use lambda::{Anyone, Call, Reply};
use store::{AggregateRow, List, Store, Table};

/// A page of agreements. A graduate sees all stages unless one is asked for; everybody else one stage, those in force unless another
/// is asked for.
///
/// # Errors
/// A graduate who is not verified (SR-44); a cursor that no page of ours gave out.
pub async fn list_agreements<T: Table>(store: &Store<T>, call: Call<Anyone, ListAgreements>) -> Reply<PageView<AgreementRow>> {
    let (asked, list) = (call.body.stage, List { limit: call.body.page.limit, after: call.body.page.after.clone() });
    let stage = asked.unwrap_or(StageName::Certified);
    let mut page = match &call.caller {
        Anyone::Student(student) => {
            let person = store.verified(&student.account).await?.person;
            store.agreements_of_student(&person, &list).await?
        }
        Anyone::Employer(employer) if call.body.signed_students && stage == StageName::Certified => {
            store.signed_students(&employer.id, &list).await?
        }
        Anyone::Employer(employer) => store.agreements_of_employer(&employer.id, stage, &list).await?,
        Anyone::Officer(officer) => store.agreements_of_officer(officer, stage, &list).await?,
    };
    // A graduate has few agreements, in one list: the stage is looked for in the page.
    page.rows.retain(|row| asked.is_none_or(|stage| row.stage == stage.as_str()));
    let items = page.rows.into_iter().map(|found| row(found, &call.caller)).collect();
    Ok(PageView { items, next: page.next }.into())
}

fn row(found: AggregateRow, reader: &Anyone) -> AgreementRow {
    let AggregateRow { summary, version, stage } = found;
    let name = StageName::ALL.into_iter().find(|name| name.as_str() == stage);
    let masked = name.is_some_and(StageName::came_to_nothing) && matches!(reader, Anyone::Employer(_));
    let label = name.map_or("", |name| labels::agreement_stage(name, summary.approved_by.is_some()));
    let actions = reader.reader().may(&summary.openings, summary.awaited, summary.approved_by.as_ref());
    AgreementRow {
        agreement: Receipt::new(&summary.id, version, &stage, label).offering(actions),
        student_name: if masked { summary.masked_name } else { summary.student_name },
        student_number: summary.student_number.filter(|_| matches!(reader, Anyone::Officer(_))),
        school: summary.school_name,
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        employer: summary.employer_name,
        position: summary.position,
        medium: medium(summary.offline),
        number: summary.number,
        termination: summary.termination.map(|open| OpenTerminationView { id: open.id, initiator: open.initiator }),
        formed_at: summary.at,
    }
}
