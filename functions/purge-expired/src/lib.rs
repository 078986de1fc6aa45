//! What has been kept long enough is forgotten (domain 5.6): letters that came to nothing, drafts and send lists after the job-seeking
//! period, agreements after ten years, files of imports and exports after days.

use domain::job::Job;
use domain::retention::Day;
use files::{Shelf, job_key};
use lambda::{Done, Tick};
use store::{Beside, Context, Store, Table};

/// How many items one query finds.
const PAGE: u32 = 100;

/// Day by day from where the last night ended up to yesterday, until the invocation's time is up: the next night goes on there. What lies
/// beside the table is cleared away before the item that knows of it.
///
/// # Errors
/// As the table's and the files': the next night tries again.
pub async fn purge_expired<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, tick: Tick) -> Done {
    let context = Context::of_system("purge-expired", &tick.request_id, tick.at)?;
    let (mut day, today, mut forgotten) = (store.retention_mark().await?, Day::of(tick.at), 0);
    while day < today {
        let due = store.due(&day, PAGE).await?;
        if due.is_empty() {
            day = day.next();
            store.mark_retention(&day).await?;
        }
        for one in &due {
            if !tick.budget.allows_another_row() {
                return Ok(forgotten);
            }
            match store.beside(one).await? {
                Beside::Nothing => {}
                Beside::Object(key) => shelf.clear(&key).await?,
                Beside::Job(job) => clear(shelf, &job).await?,
            }
            store.forget(one, &context).await?;
            forgotten += 1;
        }
    }
    Ok(forgotten)
}

async fn clear<F: Shelf>(shelf: &F, job: &Job) -> Result<(), files::Unavailable> {
    shelf.clear(&job_key(&job.id, "result")).await
}
