//! What has been kept long enough is forgotten (domain 5.6): letters that came to nothing, drafts and send lists after the job-seeking
//! period, agreements after ten years, files of imports and exports after days.

use api::ProblemKind;
use domain::retention::Day;
use files::{RESULT, Shelf, document_key, job_key};
use lambda::{Done, Fault, Tick};
use store::{Beside, Context, Due, Store, Table};

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
            match forget(store, shelf, one, &context).await {
                Ok(()) => forgotten += 1,
                // What is out of reach is out of reach for all; what one item has is in no other's way.
                Err(fault @ Fault::Logged(ProblemKind::Unavailable | ProblemKind::Indeterminate, _)) => return Err(fault),
                Err(_) => store.postpone(one, &today).await?,
            }
        }
    }
    Ok(forgotten)
}

async fn forget<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, due: &Due, context: &Context) -> Result<(), Fault> {
    match store.beside(due).await? {
        Beside::Nothing => {}
        Beside::Object(key) => shelf.clear(&key).await?,
        Beside::Documents { of, issued } => {
            for document in &issued {
                shelf.clear(&document_key(&of, document)).await?;
            }
        }
        Beside::Job { id, parts } => {
            for name in parts.iter().map(String::as_str).chain([RESULT]) {
                shelf.clear(&job_key(&id, name)).await?;
            }
        }
    }
    Ok(store.forget(due, context).await?)
}
