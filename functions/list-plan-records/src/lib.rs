//! 就业方案: what was written to it, for the graduate to the letter, for officers by year (A-28, domain 5.5).

use api::requests::ListPlanRecords;
use api::views::{PageView, PlanRecordRow, Receipt, destination_view};
use api::{FieldError, Place, Problem};
use domain::values::Invalid;
use lambda::{Call, Fault, Reply, StudentOrOfficer};
use store::{AggregateRow, List, PlanSummary, Store, Table};
use vault::Vault;

/// A page of the plan. A graduate sees the own records, latest first, column by column as they are exported, with what was said of
/// them; an officer one year's in the own scope, by student number.
///
/// # Errors
/// A graduate who is not verified (SR-44); an officer who names no year; a cursor that no page of ours gave out.
pub async fn list_plan_records<T: Table>(
    store: &Store<T>,
    vault: &Vault,
    call: Call<StudentOrOfficer, ListPlanRecords>,
) -> Reply<PageView<PlanRecordRow>> {
    let ListPlanRecords { graduation_year, student_number, page } = call.body.clone();
    let list = List { limit: page.limit, after: page.after };
    match &call.caller {
        StudentOrOfficer::Student(student) => {
            let person = store.verified(&student.account).await?.person;
            let page = store.plan_of_student(&person, &list).await?;
            Ok(PageView { items: desk::own_records(store, vault, &page.rows).await?, next: page.next }.into())
        }
        StudentOrOfficer::Officer(officer) => {
            let missing =
                || Fault::from(Problem::fields(vec![FieldError { place: Place::Query("graduation_year"), invalid: Invalid::Missing }]));
            let year = graduation_year.ok_or_else(missing)?;
            let page = store.plan_of_officer(officer, year, student_number.as_deref(), &list).await?;
            Ok(PageView { items: page.rows.into_iter().map(row).collect(), next: page.next }.into())
        }
    }
}

fn row(found: AggregateRow<PlanSummary>) -> PlanRecordRow {
    let PlanSummary { record, student_number, student_name, destination, organisation, opened_at, closed_at } = found.summary;
    let destination = destination_view(&destination);
    let record = Receipt::of_record(record.as_str(), closed_at.is_none());
    let (graduation_year, columns, objection) = (None, Vec::new(), None);
    PlanRecordRow {
        record,
        student_number,
        student_name,
        graduation_year,
        destination,
        organisation,
        opened_at,
        closed_at,
        columns,
        objection,
    }
}
