//! 学生名册: the roster of a graduation year, for officers of its school and its colleges.

use api::actions::CORRECT_STUDENT;
use api::requests::ListStudents;
use api::views::{PageView, Receipt, StudentRow, verification_label};
use domain::party::Officer;
use lambda::{Call, Reply};
use store::{AggregateRow, List, Store, StudentSummary, Table};

/// A page of the roster in the officer's scope, by student number. Numbers are masked.
///
/// # Errors
/// A cursor that no page of ours gave out.
pub async fn list_students<T: Table>(store: &Store<T>, call: Call<Officer, ListStudents>) -> Reply<PageView<StudentRow>> {
    let ListStudents { graduation_year, student_number, limit, after } = call.body.clone();
    let page = store.students(&call.caller, graduation_year, student_number.as_deref(), &List { limit, after }).await?;
    let may_correct = call.caller.college.is_none();
    Ok(PageView { items: page.rows.into_iter().map(|found| row(found, may_correct)).collect(), next: page.next }.into())
}

fn row(found: AggregateRow<StudentSummary>, may_correct: bool) -> StudentRow {
    let AggregateRow { summary, version, stage } = found;
    let record = Receipt::new(&summary.id, version, &stage, verification_label(&stage));
    StudentRow {
        record: record.offering(may_correct.then_some(CORRECT_STUDENT.name)),
        student_number: summary.student_number,
        name: summary.name,
        college_id: summary.college,
        college: summary.college_name,
        major: summary.major,
        class: summary.class,
        graduation_year: summary.graduation_year,
        masked_resident_id: summary.masked_resident_id,
        masked_mobile: summary.masked_mobile,
    }
}
