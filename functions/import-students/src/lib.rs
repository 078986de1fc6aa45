//! 导入学生名册: a school hands in its roster, which is imported while it waits for nothing.

use api::requests::ImportStudents;
use api::views::Receipt;
use api::{FieldError, Problem};
use domain::Refusal;
use domain::job::{Job, Task};
use domain::upload::{Owner, Purpose, Readers};
use domain::values::{Invalid, JobId};
use files::clean_key;
use lambda::{Call, Reply, SchoolOfficer};
use store::{Change, Error, Store, Table};

/// Takes a clean upload as a roster: 202 with the job that imports it, whose progress get-job tells. Rows are matched by student number;
/// nobody is ever taken off the roster by an import.
///
/// # Errors
/// The file is not there, not a roster, not clean, or was handed in before.
pub async fn import_students<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, ImportStudents>) -> Reply<Receipt> {
    let (officer, context) = (&call.caller.0, &call.context);
    if let Some(receipt) = store.done_before(context).await? {
        return Ok(store::Committed::Before(receipt).into());
    }
    let uploads = std::slice::from_ref(&call.body.upload);
    let roster = match store.clean_uploads(&Owner::School(officer.school.clone()), Purpose::Roster, uploads).await {
        Ok(roster) => roster,
        // There is one file, under a name of its own.
        Err(Error::Refused(Refusal::UploadNotThere(_))) => {
            return Err(Problem::fields(vec![FieldError::body("/upload_id", Invalid::UnusableFile)]).into());
        }
        Err(other) => return Err(other.into()),
    };
    let file = roster.files().into_iter().next().ok_or(Error::NotFound)?;
    let id = JobId::new(&officer.school, &context.new_suffix(0)).map_err(|_| Error::Broken("job id".to_owned()))?;
    // It is read from now on, and goes some days later.
    let kept = clean_key(&file.sha256);
    let job = Job::request(id, officer, context.token_issued_at, Task::ImportStudents { file }, call.now());
    let change = Change::new().creates(context, &job)?.lays(&kept, call.now()).attaches(
        context,
        &roster,
        &Readers::School { school: officer.school.clone() },
    )?;
    Ok(store.commit(change, context, Receipt::of_job(&job.next, 1)).await?.into())
}
