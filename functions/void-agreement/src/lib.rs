//! 撤回签约 (O7, A-34), 作废 (F10, A-20), 撤销鉴证 (O8, A-33): a signing is undone by its graduate, or by the school.

use api::requests::VoidAgreement;
use api::views::Receipt;
use domain::agreement::Agreement;
use lambda::{Call, Reply, StudentOrSchool};
use store::{Change, Loaded, Store, Table};

/// Undoes the signing, on the version that was seen. The graduate may sign elsewhere at once; the plan record is closed.
///
/// # Errors
/// The school's policy did not allow it when the graduate agreed; the stage or version has moved; not the caller's.
pub async fn void_agreement<T: Table>(store: &Store<T>, call: Call<StudentOrSchool, VoidAgreement>) -> Reply<Receipt> {
    let VoidAgreement { id, version, reason } = call.body.clone();
    let agreement: Loaded<Agreement> = match &call.caller {
        StudentOrSchool::Student(student) => store.agreement_of_student(&student.account, &id).await?,
        StudentOrSchool::School(officer) => store.agreement_of_officer(&officer.0, &id).await?,
    }
    .at_version(version)?;
    let standing = agreement.value.clone();
    let voided = match &call.caller {
        StudentOrSchool::Student(_) => standing.undo_by_student(reason, call.now())?,
        StudentOrSchool::School(officer) => standing.undo_by_school(&officer.0, reason, call.now())?,
    };
    let receipt = Receipt::of_agreement(&voided.next, agreement.version + 1, Vec::new());
    let change = Change::new().moves(&call.context, &agreement, &voided)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
