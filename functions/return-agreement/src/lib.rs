//! 反馈协议书 (SR-68 to SR-70): the signed and stamped agreement comes back as a scan.

use api::requests::ReturnAgreement;
use api::views::{Reader, Receipt, agreement_actions};
use domain::upload::{Owner, Purpose, Readers};
use lambda::{Call, Reply, Student};
use store::{Change, Store, Table};

/// Hands in the scan for certification, on the version that was seen. Every version is kept; the text stays as reviewed.
///
/// # Errors
/// The version or stage has moved; a file is not there, not clean or handed in already; not the caller's.
pub async fn return_agreement<T: Table>(store: &Store<T>, call: Call<Student, ReturnAgreement>) -> Reply<Receipt> {
    let ReturnAgreement { id, version, upload_ids } = call.body.clone();
    let agreement = store.agreement_of_student(&call.caller.account, &id).await?.at_version(version)?;
    let student = &agreement.value.student;
    let scan = store.clean_uploads(&Owner::Student(student.person.clone()), Purpose::StampedAgreement, &upload_ids).await?;
    let returned = agreement.value.clone().return_signed(scan.files(), call.now())?;
    let receipt = Receipt::of_agreement(&returned.next, version + 1, agreement_actions(&returned.next, Reader::Student));
    let change = Change::new().moves(&call.context, &agreement, &returned)?.attaches(&call.context, &scan, &Readers::of(student))?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
