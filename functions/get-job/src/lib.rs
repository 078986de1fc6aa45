//! 导入导出进度: how far a job is, what became of its rows, and where its file is fetched.

use api::requests::GetJob;
use api::views::{JobView, SheetLink};
use domain::job::{Done, Stage};
use files::{ADDRESS_HOLDS_S, RESULT, Shelf, job_key};
use futures_util::future::try_join;
use lambda::{Call, Fault, Reply, SchoolOfficer};
use store::{List, Store, Table};

/// Most rows of a chunk: a page is whole chunks, as many as hold what was asked for if they are full.
const ROWS_OF_A_CHUNK: u32 = 16;

/// A job of the officer's school, with a page of its rows in the order of the file. The address of its file holds for five minutes;
/// who was given one stands in the log.
///
/// # Errors
/// Not a job of this school.
pub async fn get_job<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, call: Call<SchoolOfficer, GetJob>) -> Reply<JobView> {
    let GetJob { id, limit, after } = call.body.clone();
    let job = store.job_of_officer(&call.caller.0, &id).await?;
    let list = List { limit: limit.div_ceil(ROWS_OF_A_CHUNK), after };
    let (progress, results) = try_join(store.progress(&id), store.results(&id, &list)).await?;
    let link = match &job.value.stage {
        Stage::Done(Done { file: Some(file), .. }) => Some(shelf.link(&job_key(&id, RESULT), &file.name, file.format.into()).await?),
        Stage::Running | Stage::Done(_) | Stage::Failed(_) => None,
    };
    let link = link.map(|url| SheetLink { url, expires_in_s: ADDRESS_HOLDS_S });
    let rows: Vec<_> = results.rows.into_iter().flatten().collect();
    Ok::<_, Fault>(JobView::new(&job.value, job.version, progress, &rows, results.next, link).into())
}
