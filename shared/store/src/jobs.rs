//! Long imports and exports: asked for by an officer, done chunk by chunk. What a chunk writes and how far the job is then commit
//! together, so a job that is stopped anywhere goes on where it was, and two workers cannot both do a chunk.

use crate::Store;
use crate::aggregate::{Loaded, json, loaded, number, parse, plain};
use crate::change::Change;
use crate::commit::Role;
use crate::context::{Context, digest, hex};
use crate::error::Error;
use crate::idempotency::Part;
use crate::keys;
use crate::lists::{List, ListPage, Range, rows};
use crate::outbox::left_to_the_stream;
use crate::table::{Attributes, CommitError, Condition, Index, Item, Key, Select, Table, Write};
use domain::job::{Job, Progress, RowResult};
use domain::party::Officer;
use domain::values::{JobId, Timestamp};

/// A chunk of a job: what it has found out, and how far the job is with it.
#[derive(Clone, Debug)]
pub struct Chunk<'a> {
    /// The job.
    pub id: &'a JobId,
    /// How far it was.
    pub from: Progress,
    /// How far it is.
    pub to: Progress,
    /// What became of the rows.
    pub results: &'a [RowResult],
}

impl<T: Table> Store<T> {
    /// A job, for an officer of its school.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else's.
    pub async fn job_of_officer(&self, officer: &Officer, id: &JobId) -> Result<Loaded<Job>, Error> {
        if officer.college.is_some() || officer.school != id.school() {
            return Err(Error::NotFound);
        }
        self.job(id).await
    }

    /// A job, for its worker.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn job(&self, id: &JobId) -> Result<Loaded<Job>, Error> {
        self.job_at(&keys::job(id)).await
    }

    /// The job that stands at this place: what a message names.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn job_at(&self, key: &Key) -> Result<Loaded<Job>, Error> {
        loaded(&self.item(key).await?)
    }

    /// Counts that a worker begins where the job is, and says how often one has.
    ///
    /// # Errors
    /// As the table's.
    pub async fn tries(&self, id: &JobId, Progress { chunks, .. }: &Progress) -> Result<i64, Error> {
        Ok(self.table.add(&keys::tries(id, *chunks), 1).await?)
    }

    /// How far a job is.
    ///
    /// # Errors
    /// As the table's.
    pub async fn progress(&self, id: &JobId) -> Result<Progress, Error> {
        self.table.get(&keys::progress(id)).await?.map_or(Ok(Progress::default()), |item| parse(&item))
    }

    /// What became of a job's rows, chunk by chunk, in the order of the file.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn results(&self, id: &JobId, list: &List) -> Result<ListPage<Vec<RowResult>>, Error> {
        let query = crate::lists::query(Index::Table, keys::job(id).pk, Range::beginning_with(keys::ROWS), list, Select::Items)?;
        rows(&self.table.query(&query).await?, parse)
    }

    /// Writes a chunk: its change, its results, and how far the job is.
    ///
    /// # Errors
    /// [`Error::Overtaken`] if another worker has gone on with the job; or as [`Store::commit`]'s: then nothing of it is written.
    pub async fn commit_chunk(&self, chunk: &Chunk<'_>, change: Change, context: &Context) -> Result<(), Error> {
        let mut change = change.also(Role::Progress, progress_write(chunk)?);
        if !chunk.results.is_empty() {
            let item = Item { key: keys::rows(chunk.id, chunk.from.chunks), attributes: plain(&chunk.results)? };
            change = change.puts(Role::Progress, item, vec![Condition::Absent]);
        }
        match self.commit_part(change, context, Part::Row(chunk.from.chunks as usize), ()).await {
            // Its own answer was lost on the way, and it was tried again.
            Err(Error::Overtaken) if self.progress(chunk.id).await? == chunk.to => Ok(()),
            other => other.map(|_| ()),
        }
    }

    /// The worker's time is up: another invocation goes on.
    ///
    /// # Errors
    /// As the table's.
    pub async fn hand_over(&self, job: &Loaded<Job>, request_id: &str, now: Timestamp) -> Result<(), Error> {
        let order = Index::Due.attributes().1;
        let set = Attributes::from([
            (order.to_owned(), left_to_the_stream(now, job.value.id.as_str()).into()),
            ("attempts".to_owned(), number(0).into()),
        ]);
        let when = vec![Condition::Equals("version", number(job.version).into())];
        // What changes nothing is not told by the stream: it is counted.
        let write = Write::Update { key: keys::job(&job.value.id), set, remove: Vec::new(), add: vec![("handed_over", 1)], when };
        let token = hex(&digest(&["hand over", job.value.id.as_str(), request_id]));
        match self.table.commit(&[write], token.get(..32).unwrap_or_default()).await {
            // In doubt the sweep hands it over.
            Ok(()) | Err(CommitError::Unknown(_) | CommitError::Contended | CommitError::Refused(_)) => Ok(()),
            Err(CommitError::Broken(cause)) => Err(Error::Broken(cause)),
        }
    }
}

/// How far the job is, if it is where this chunk begins.
fn progress_write(chunk: &Chunk<'_>) -> Result<Write, Error> {
    let mut attributes = plain(&chunk.to)?;
    attributes.insert("chunks".to_owned(), i64::from(chunk.to.chunks).into());
    let when = match chunk.from.chunks {
        0 => vec![Condition::Absent],
        n => vec![Condition::Equals("chunks", i64::from(n).into()), Condition::Equals("data", json(&chunk.from)?.into())],
    };
    Ok(Write::Put { item: Item { key: keys::progress(chunk.id), attributes }, when })
}
