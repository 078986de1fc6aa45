//! 查看文件: a file that was handed in, as a download.

use api::views::UploadView;
use domain::upload::Owner;
use domain::values::UploadId;
use files::{ADDRESS_HOLDS_S, Files};
use lambda::{Anyone, Call, Reply};
use store::{Store, Table};

/// The upload with a short-lived address, for its owner, and for the officers of whatever it was handed in for. Each reading leaves
/// the reader's account in the log.
///
/// # Errors
/// Not there, or not the caller's: alike.
pub async fn get_upload<T: Table, F: Files>(store: &Store<T>, files: &F, call: Call<Anyone, UploadId>) -> Reply<UploadView> {
    let upload = match &call.caller {
        Anyone::Student(student) => store.upload_of_student(&student.account, &call.body).await?,
        Anyone::Employer(employer) => store.upload_of(&Owner::Employer(employer.id.clone()), &call.body).await?,
        Anyone::Officer(officer) => store.upload_of_officer(officer, &call.body).await?,
    };
    let address = match upload.value.file() {
        Some(file) => Some((files.address(file).await?, ADDRESS_HOLDS_S)),
        None => None,
    };
    Ok(UploadView::new(&upload.value, upload.version, address, call.now()).into())
}
