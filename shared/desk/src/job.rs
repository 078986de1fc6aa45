//! A job at work: it goes on where it was, until it is done, its time is up, or it cannot go on.

use crate::{enrol, export};
use domain::job::{Halt, Job, Progress, ResultFile, Stage, Task};
use domain::values::Timestamp;
use files::{Shelf, job_key};
use lambda::{Done, Fault, Tick};
use store::{Change, Context, Error, Key, Loaded, Store, Table};
use vault::Vault;

/// How often a job is begun at the same place before it is given up: hours of quarters.
const MOST_TRIES: i64 = 20;

/// Why a job stops before it is done.
pub(crate) enum Stop {
    /// Its time is up: another invocation goes on from here.
    Time(Progress),
    /// It cannot go on.
    Halt(Halt),
    /// Another worker goes on with it.
    Overtaken,
    /// Something does not answer: the message comes again.
    Fault(Fault),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        if matches!(error, Error::Overtaken) {
            Self::Overtaken
        } else if matches!(error, Error::TokenRevoked) {
            Self::Halt(Halt::Revoked)
        } else {
            Self::Fault(error.into())
        }
    }
}

impl From<files::Unavailable> for Stop {
    fn from(unavailable: files::Unavailable) -> Self {
        Self::Fault(unavailable.into())
    }
}

/// Goes on with the job at this place. A message that comes twice finds it done, or overtakes nobody.
///
/// # Errors
/// When something does not answer: the message is to come again.
pub async fn run<T: Table, F: Shelf>(store: &Store<T>, vault: &Vault, shelf: &F, key: &Key, tick: &Tick) -> Done {
    let job = store.job_at(key).await?;
    if job.value.stage != Stage::Running {
        return Ok(0);
    }
    let progress = store.progress(&job.value.id).await?;
    if store.tries(&job.value.id, &progress).await? > MOST_TRIES {
        return end(store, &job, job.value.clone().fail(Halt::Stuck, tick.at)?, tick).await;
    }
    match advance(store, vault, shelf, &job, progress, tick).await {
        Ok((progress, file)) => {
            let parts = progress.parts.clone();
            let ended = end(store, &job, job.value.clone().finish(progress, file, tick.at)?, tick).await?;
            clear(shelf, &job.value, &parts).await;
            Ok(ended)
        }
        Err(Stop::Halt(halt)) => end(store, &job, job.value.clone().fail(halt, tick.at)?, tick).await,
        Err(Stop::Time(progress)) => {
            store.hand_over(&job, &tick.request_id, tick.at).await?;
            Ok(progress.done as usize)
        }
        Err(Stop::Overtaken) => Ok(0),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

async fn advance<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    job: &Loaded<Job>,
    progress: Progress,
    tick: &Tick,
) -> Result<(Progress, Option<ResultFile>), Stop> {
    match &job.value.task {
        Task::ImportStudents { file } => enrol::import(store, vault, shelf, (job, progress), file, tick).await,
        Task::ExportPlan { selection } => export::export(store, vault, shelf, (job, progress), selection, tick).await,
    }
}

/// Parts go once the end is written, not before: a worker that died in between needs them. What is left is cleared away by retention.
async fn clear<F: Shelf>(shelf: &F, job: &Job, parts: &[String]) {
    for part in parts {
        if shelf.clear(&job_key(&job.id, part)).await.is_err() {
            break;
        }
    }
}

/// The end is written by the platform: the log-in that asked may be shut by now.
async fn end<T: Table>(store: &Store<T>, job: &Loaded<Job>, ended: domain::Transition<Job>, tick: &Tick) -> Done {
    let system = Context::of_system("run-job", job.value.id.as_str(), tick.at)?;
    match store.commit(Change::new().moves(&system, job, &ended)?, &system, ()).await {
        Ok(_) | Err(Error::Moved) => Ok(1),
        Err(other) => Err(other.into()),
    }
}

/// In whose name a job writes: the log-in that asked for it, whose token must still hold.
pub(crate) fn context(job: &Job, now: Timestamp) -> Context {
    Context {
        action: "run-job",
        actor: job.actor(),
        account: job.by.clone(),
        token_issued_at: job.token_issued_at_s,
        request_id: job.id.to_string(),
        now,
        idempotency: None,
    }
}
