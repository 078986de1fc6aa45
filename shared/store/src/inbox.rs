//! Inboxes: of a graduate, of an employer's staff, of a college's and a school's officers. Each log-in knows up to where it has read.

use crate::Store;
use crate::aggregate::{EmployerSummary, SigningSummary, TerminationSummary, parse, plain, schema};
use crate::change::Change;
use crate::commit::{Committed, Role};
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::lists::{List, ListPage, Range, rows};
use crate::outbox::owe;
use crate::table::{Attributes, Condition, Index, Item, Table, Write};
use domain::delivery::{Mailing, mailing};
use domain::event::Event;
use domain::transition::{NoticeKind, Recipient};
use domain::values::{AccountId, Timestamp};
use domain::work::Queue;
use futures_util::future::try_join;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// An inbox item: self-contained, so that its text can be built from it alone, whatever has happened since.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// The event that it tells of.
    pub event_id: String,
    /// What it says.
    pub kind: NoticeKind,
    /// Id of what it is about.
    pub aggregate: String,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: Event,
}

/// What a notice is about, as it stood then.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum About {
    /// A request to terminate. Before the others: what it has that they lack tells it apart.
    Termination(Box<TerminationSummary>),
    /// A letter or an agreement.
    Signing(Box<SigningSummary>),
    /// An employer.
    Employer(Box<EmployerSummary>),
    /// Something that shows no more than its id.
    Other(serde_json::Value),
}

/// A message of an inbox.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its place in the inbox: later ones are greater. What [`Store::mark_read`] takes.
    pub id: String,
    /// What it tells.
    pub notice: Notice,
    /// What it is about.
    pub about: About,
}

/// A page of an inbox, as this log-in sees it.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// Newest first.
    pub page: ListPage<Message>,
    /// Up to where this log-in has read, inclusive.
    pub read_up_to: Option<String>,
    /// How many lie behind, up to 100.
    pub unread: u32,
}

impl Notice {
    /// The inbox item; its place in the due index is the outbox, if anybody is ever mailed about such things.
    pub(crate) fn write(&self, recipient: &Recipient, summary: Option<&str>) -> Result<Write, Error> {
        let mut attributes = plain(self)?;
        if let Some(summary) = summary {
            attributes.insert("summary".to_owned(), summary.into());
        }
        if mailing(self.kind, recipient) != Mailing::Never {
            owe(&mut attributes, Queue::Notices, &self.event_id, self.at);
        }
        let item = Item { key: keys::inbox(recipient, &self.at.to_string(), &self.event_id), attributes };
        Ok(Write::Put { item, when: vec![Condition::Absent] })
    }
}

impl<T: Table> Store<T> {
    /// A page of an inbox, newest first, with how many this log-in has not read.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn inbox(&self, whose: &Recipient, reader: &AccountId, list: &List) -> Result<Inbox, Error> {
        let partition = keys::inbox(whose, "", "").pk;
        let (page, read_up_to) = try_join(self.page(Index::Table, partition.clone(), true, list), self.read_mark(reader)).await?;
        let unread = self.count(Index::Table, partition, Range::behind(read_up_to.as_deref())).await?;
        Ok(Inbox { page: rows(&page, message)?, read_up_to, unread })
    }

    async fn read_mark(&self, reader: &AccountId) -> Result<Option<String>, Error> {
        let item = self.table.get(&keys::read_mark(reader)).await?;
        Ok(item.and_then(|item| item.text("up_to").map(str::to_owned)))
    }

    /// This log-in has read up to this message. Marks only move forward: what was read on one device stays read.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn mark_read<R>(&self, up_to: &str, context: &Context, answer: R) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync,
    {
        let standing = self.read_mark(&context.account).await?;
        let furthest = standing.as_deref().filter(|mark| *mark > up_to).unwrap_or(up_to);
        let attributes = Attributes::from([schema(), ("up_to".to_owned(), furthest.into())]);
        let when = standing.as_deref().map_or(Condition::Absent, |mark| Condition::Equals("up_to", mark.into()));
        let change = Change::new().puts(Role::ReadMark, Item { key: keys::read_mark(&context.account), attributes }, vec![when]);
        self.commit(change, context, answer).await
    }
}

pub(crate) fn message(item: &Item) -> Result<Message, Error> {
    let about = item.text("summary").and_then(|text| serde_json::from_str(text).ok());
    Ok(Message { id: item.key.sk.clone(), notice: parse(item)?, about: about.unwrap_or(About::Other(serde_json::Value::Null)) })
}
