//! What has been kept long enough (domain 5.6): found by the day on which it falls due, a bounded page at a time, and made anonymous or
//! deleted. Up to which day that is done is remembered, so a night without it is made up for.

use crate::Store;
use crate::aggregate::{Aggregate, list_in, loaded, parse, schema};
use crate::change::Change;
use crate::commit::Role;
use crate::context::Context;
use crate::documents::documents;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::lists::{List, Range, query};
use crate::table::{Attributes, Condition, Index, Item, Key, Query, Select, Table, Write};
use domain::Transition;
use domain::agreement::Agreement;
use domain::document::Issued;
use domain::invitation::Invitation;
use domain::job::{Job, Stage};
use domain::offline_draft::OfflineDraft;
use domain::retention::Day;
use domain::termination::Termination;
use domain::values::{AgreementId, JobId, Timestamp};

/// Before this day nothing falls due: the platform is younger.
const FIRST_DAY: &str = "2026-09-01";

/// Something that falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Where it stands.
    key: Key,
    /// The list that it was found in.
    partition: String,
}

/// What is to be cleared away beside the table before an item is forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// An object of its own.
    Object(String),
    /// The documents of an agreement.
    Documents {
        /// Which.
        of: AgreementId,
        /// What was drawn of it.
        issued: Vec<Issued>,
    },
    /// What a job has made.
    Job {
        /// Which.
        id: JobId,
        /// The names of its parts, should some be left.
        parts: Vec<String>,
    },
}

impl<T: Table> Store<T> {
    /// The first day of which something may still be due.
    ///
    /// # Errors
    /// As the table's.
    pub async fn retention_mark(&self) -> Result<Day, Error> {
        let item = self.table.get(&keys::retention_mark()).await?;
        let day = item.as_ref().and_then(|item| item.text("day")).unwrap_or(FIRST_DAY);
        Day::parse(day).ok_or_else(|| Error::Broken("the mark of retention is no day".to_owned()))
    }

    /// Everything that was due before this day is forgotten.
    ///
    /// # Errors
    /// As the table's.
    pub async fn mark_retention(&self, day: &Day) -> Result<(), Error> {
        let attributes = Attributes::from([schema(), ("day".to_owned(), day.as_str().into())]);
        let write = Write::Put { item: Item { key: keys::retention_mark(), attributes }, when: Vec::new() };
        self.alone(write).await.map(|_| ())
    }

    /// What falls due on a day: one bounded page.
    ///
    /// # Errors
    /// As the table's.
    pub async fn due(&self, day: &Day, limit: u32) -> Result<Vec<Due>, Error> {
        let partition = lists::due_retention(day);
        let of = partition.clone();
        let query =
            Query { index: Index::Due, partition, from: None, to: None, descending: false, limit, after: None, select: Select::Items };
        let due = |item: Item| Due { key: item.key, partition: of.clone() };
        Ok(self.table.query(&query).await?.items.into_iter().map(due).collect())
    }

    /// What lies beside the table because of it.
    ///
    /// # Errors
    /// As the table's.
    pub async fn beside(&self, due: &Due) -> Result<Beside, Error> {
        match due.key.sk.as_str() {
            "JOB" => {
                let id = self.job_at(&due.key).await?.value.id;
                Ok(Beside::Job { parts: self.progress(&id).await?.parts, id })
            }
            keys::AGREEMENT => {
                let items = self.story(&due.key.pk).await?;
                let of = items.iter().find(|item| item.key == due.key).map(parse::<Agreement>).transpose()?;
                let issued = documents(&items)?.into_iter().filter_map(|document| document.issued).collect();
                Ok(of.map_or(Beside::Nothing, |agreement| Beside::Documents { of: agreement.id, issued }))
            }
            keys::LAID => Ok(Beside::Object(due.key.pk.split_once('#').map_or("", |(_, key)| key).to_owned())),
            _ => Ok(Beside::Nothing),
        }
    }

    /// Forgets it: what has a life of its own is made anonymous and leaves its lists, everything else is deleted. What has moved
    /// meanwhile is left alone: it falls due on another day.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn forget(&self, due: &Due, context: &Context) -> Result<(), Error> {
        let Some(item) = self.table.get(&due.key).await? else { return Ok(()) };
        if item.text(Index::Due.attributes().0) != Some(&due.partition) {
            return Ok(());
        }
        let (sk, now) = (due.key.sk.as_str(), context.now);
        match sk {
            keys::INVITATION => self.anonymise(&item, context, |letter: Invitation| letter.anonymise(now)).await,
            keys::AGREEMENT => self.anonymise(&item, context, |agreement: Agreement| agreement.anonymise(now)).await,
            "JOB" => self.clear_job(&item, context).await,
            _ if sk.starts_with(keys::TERMINATION) => self.anonymise(&item, context, |asked: Termination| asked.anonymise()).await,
            _ if sk.starts_with(keys::OFFLINE_DRAFT) => self.anonymise(&item, context, |draft: OfflineDraft| draft.anonymise()).await,
            _ => {
                let when = vec![Condition::Equals(Index::Due.attributes().0, due.partition.as_str().into())];
                self.alone(Write::Delete { key: due.key.clone(), when }).await.map(|_| ())
            }
        }
    }

    /// Puts off what cannot be forgotten now, so that it is in nobody's way and is tried again.
    ///
    /// # Errors
    /// As the table's.
    pub async fn postpone(&self, due: &Due, day: &Day) -> Result<(), Error> {
        let list = Index::Due.attributes().0;
        let set = Attributes::from([(list.to_owned(), lists::due_retention(day).into())]);
        let when = vec![Condition::Equals(list, due.partition.as_str().into())];
        let write = Write::Update { key: due.key.clone(), set, remove: Vec::new(), add: Vec::new(), when };
        self.alone(write).await.map(|_| ())
    }

    /// Something was laid beside the table under this key on somebody's request, and goes a few days later. Said before it is laid: what
    /// lies there is known of.
    ///
    /// # Errors
    /// As the table's.
    pub async fn lays(&self, object: &str, now: Timestamp) -> Result<(), Error> {
        self.alone(Write::Put { item: laid(object, now), when: Vec::new() }).await.map(drop)
    }

    async fn anonymise<A: Aggregate>(&self, item: &Item, context: &Context, forget: impl FnOnce(A) -> Transition<A>) -> Result<(), Error> {
        let standing = loaded::<A>(item)?;
        let change = Change::new().moves(context, &standing, &forget(standing.value.clone()))?;
        match self.commit(change, context, ()).await {
            Ok(_) | Err(Error::Moved) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// A job's rows go with its last trace, a hundred at a time.
    async fn clear_job(&self, item: &Item, context: &Context) -> Result<(), Error> {
        let job = loaded::<Job>(item)?.value;
        let has_file = matches!(&job.stage, Stage::Done(done) if done.file.is_some());
        if !has_file {
            for beginning in [keys::ROWS, keys::TRIES] {
                self.delete_all(&item.key.pk, beginning).await?;
            }
        }
        self.anonymise(item, context, |job: Job| job.clear(context.now)).await
    }

    /// Deletes the items of a partition whose sort keys begin so.
    async fn delete_all(&self, partition: &str, beginning: &'static str) -> Result<(), Error> {
        let list = List { limit: 100, after: None };
        let query = query(Index::Table, partition.to_owned(), Range::beginning_with(beginning), &list, Select::Items)?;
        loop {
            let rows = self.table.query(&query).await?.items;
            if rows.is_empty() {
                return Ok(());
            }
            let writes: Vec<Write> = rows.into_iter().map(|row| Write::Delete { key: row.key, when: Vec::new() }).collect();
            self.write("retention", &writes).await?;
        }
    }

    /// One write in a transaction of its own; false if its condition does not hold.
    async fn alone(&self, write: Write) -> Result<bool, Error> {
        self.write("retention", &[write]).await
    }
}

impl Change {
    /// Something was laid beside the table under this key, and goes a few days later.
    #[must_use]
    pub fn lays(self, object: &str, now: Timestamp) -> Self {
        self.puts(Role::Consequence, laid(object, now), Vec::new())
    }
}

/// That something lies beside the table, until it goes.
fn laid(object: &str, now: Timestamp) -> Item {
    let mut attributes = Attributes::from([schema()]);
    list_in(&mut attributes, Index::Due, lists::due_retention(&Day::after_file(now)), object.to_owned());
    Item { key: keys::laid(object), attributes }
}
