//! 导出就业方案 (domain 4.2): a school takes its plan home in the ministry's columns.

use api::requests::ExportEmploymentPlan;
use api::views::Receipt;
use domain::Refusal;
use domain::job::{Job, Task};
use domain::values::JobId;
use lambda::{Call, Reply, SchoolOfficer};
use store::{Change, Committed, Error, Store, Table};

/// Asks for an export: 202 with the job that makes it, whose file get-job links to. Who asked for what, and how many rows it came to,
/// stands in the job's audit records.
///
/// # Errors
/// A college that the school does not have.
pub async fn export_employment_plan<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, ExportEmploymentPlan>) -> Reply<Receipt> {
    let (officer, context) = (&call.caller.0, &call.context);
    if let Some(receipt) = store.done_before(context).await? {
        return Ok(Committed::Before(receipt).into());
    }
    let selection = call.body.selection.clone();
    if let Some(college) = &selection.college {
        store.school(&officer.school).await?.college(college).ok_or(Refusal::UnknownCollege)?;
    }
    let id = JobId::new(&officer.school, &context.new_suffix(0)).map_err(|_| Error::Broken("job id".to_owned()))?;
    let job = Job::request(id, officer, context.token_issued_at, Task::ExportPlan { selection }, call.now());
    let change = Change::new().creates(context, &job)?;
    Ok(store.commit(change, context, Receipt::of_job(&job.next, 1)).await?.into())
}
