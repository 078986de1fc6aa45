//! 就业信息登记: registrations of other employment, a graduate's own or in an officer's scope.

use api::requests::ListRegistrations;
use api::views::{PageView, Receipt, RegistrationRow};
use domain::labels;
use domain::registration::StageName;
use lambda::{Call, Reply, StudentOrOfficer};
use store::{AggregateRow, List, RegistrationSummary, Store, Table};

/// A page of registrations, latest first. A graduate sees all unless a stage is asked for; an officer those that hold.
///
/// # Errors
/// A graduate who is not verified (SR-44); a cursor that no page of ours gave out.
pub async fn list_registrations<T: Table>(
    store: &Store<T>,
    call: Call<StudentOrOfficer, ListRegistrations>,
) -> Reply<PageView<RegistrationRow>> {
    let (asked, list) = (call.body.stage, List { limit: call.body.page.limit, after: call.body.page.after.clone() });
    let (mut page, may_withdraw) = match &call.caller {
        StudentOrOfficer::Student(student) => {
            let person = store.verified(&student.account).await?.person;
            (store.registrations_of_student(&person, &list).await?, true)
        }
        StudentOrOfficer::Officer(officer) => {
            let stage = asked.unwrap_or(StageName::Registered);
            (store.registrations_of_officer(officer, stage, &list).await?, officer.college.is_none())
        }
    };
    // A graduate has few, in one list: the stage is looked for in the page.
    page.rows.retain(|row| asked.is_none_or(|stage| row.stage == stage.as_str()));
    let items = page.rows.into_iter().map(|found| row(found, may_withdraw)).collect();
    Ok(PageView { items, next: page.next }.into())
}

fn row(found: AggregateRow<RegistrationSummary>, may_withdraw: bool) -> RegistrationRow {
    let AggregateRow { summary, version, stage } = found;
    let name = if summary.withdrawn_at.is_none() { StageName::Registered } else { StageName::Withdrawn };
    let (facts, organisation, region, remark) = (summary.facts, None, None, None);
    let registration = Receipt::new(&summary.registration, version, &stage, labels::registration_stage(name));
    let row = RegistrationRow {
        registration: registration.offering(RegistrationRow::actions(name, may_withdraw)),
        student_name: summary.student_name,
        student_number: summary.student_number,
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        destination: facts.destination.code().into(),
        organisation,
        region,
        remark,
        registered_by: summary.registered_by,
        registered_at: summary.registered_at,
        withdrawn_at: summary.withdrawn_at,
        reason: summary.reason,
    };
    row.facts(&facts)
}
