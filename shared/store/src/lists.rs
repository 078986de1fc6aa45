//! Lists and counts: one query each, whatever the table holds. Eventually consistent, from the sparse indexes.

use crate::Store;
use crate::aggregate::Summary;
use crate::error::Error;
use crate::keys::lists;
use crate::table::{Cursor, Index, Item, Page, Query, Select, Table};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::candidate::Candidate;
use domain::party::Officer;
use domain::values::{EmployerId, PersonId, Timestamp};
use serde::de::DeserializeOwned;

/// To-do counts stop here, shown as 99+.
const COUNT_LIMIT: u32 = 100;

/// Which page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// At most this many rows.
    pub limit: u32,
    /// Where an earlier page ended: its `next`, as it was.
    pub after: Option<String>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// Where the next page starts, opaque.
    pub next: Option<String>,
}

/// A row of an aggregate's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregateRow {
    /// What it shows.
    pub summary: Summary,
    /// The aggregate's version.
    pub version: u64,
    /// The aggregate's stage.
    pub stage: String,
}

impl<T: Table> Store<T> {
    /// The employer's send list, newest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn candidates(&self, employer: &EmployerId, list: &List) -> Result<ListPage<Candidate>, Error> {
        let page = self.page(Index::Employer, lists::employer_candidates(employer), true, list).await?;
        rows(&page, summary)
    }

    /// The signings that wait for this officer's decision, oldest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn signing_reviews(&self, officer: &Officer, list: &List) -> Result<ListPage<AggregateRow>, Error> {
        let (index, partition) = reviews(officer);
        let page = self.page(index, partition, false, list).await?;
        rows(&page, |item| {
            let version = item.number("version").and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
            Ok(AggregateRow { summary: summary(item)?, version, stage: item.text("stage").unwrap_or_default().to_owned() })
        })
    }

    /// How many signings wait for this officer's decision, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_signing_reviews(&self, officer: &Officer) -> Result<u32, Error> {
        let (index, partition) = reviews(officer);
        self.count(index, partition, None).await
    }

    /// 签约待办 (SR-15): letters of the employer still waiting for their answer, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_sent(&self, employer: &EmployerId, now: Timestamp) -> Result<u32, Error> {
        self.count(Index::Employer, lists::employer_invitations(employer, "pending"), Some(now)).await
    }

    /// 已收邀约 (SR-45, A-22): letters to the person not yet past their deadline, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_received(&self, person: &PersonId, now: Timestamp) -> Result<u32, Error> {
        self.count(Index::Student, lists::student_invitations(person, "pending"), Some(now)).await
    }

    /// Entries whose order lies behind this instant: pending letters stand by deadline, so the swept and the merely lapsed alike
    /// stay out.
    async fn count(&self, index: Index, partition: String, behind: Option<Timestamp>) -> Result<u32, Error> {
        let from = behind.map(|now| now.plus_millis(1).to_string());
        let query = Query { index, partition, from, to: None, descending: false, limit: COUNT_LIMIT, after: None, select: Select::Count };
        Ok(self.table.query(&query).await?.count)
    }

    async fn page(&self, index: Index, partition: String, descending: bool, list: &List) -> Result<Page, Error> {
        let after = list.after.as_deref().map(cursor).transpose()?;
        let query = Query { index, partition, from: None, to: None, descending, limit: list.limit, after, select: Select::Items };
        Ok(self.table.query(&query).await?)
    }
}

fn reviews(officer: &Officer) -> (Index, String) {
    match &officer.college {
        Some(college) => (Index::College, lists::college_reviews(&officer.school, college, "signing")),
        None => (Index::School, lists::school_reviews(&officer.school, "signing")),
    }
}

fn rows<R>(page: &Page, row: impl Fn(&Item) -> Result<R, Error>) -> Result<ListPage<R>, Error> {
    let rows = page.items.iter().map(row).collect::<Result<_, _>>()?;
    let next = page.next.as_ref().map(|next| serde_json::to_vec(next).map(|json| URL_SAFE_NO_PAD.encode(json)));
    Ok(ListPage { rows, next: next.transpose().map_err(|error| Error::Broken(error.to_string()))? })
}

fn summary<S: DeserializeOwned>(item: &Item) -> Result<S, Error> {
    let text = item.text("summary").unwrap_or_default();
    serde_json::from_str(text).map_err(|_| Error::Broken(format!("{} / {}: no row of a list", item.key.pk, item.key.sk)))
}

fn cursor(text: &str) -> Result<Cursor, Error> {
    let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::WrongCursor)?;
    let cursor: Cursor = serde_json::from_slice(&json).map_err(|_| Error::WrongCursor)?;
    // What no key can be would be the table's to refuse, and our fault in its eyes.
    let possible = |key: &str| (1..=1024).contains(&key.len());
    if possible(&cursor.pk) && possible(&cursor.sk) && possible(&cursor.order) { Ok(cursor) } else { Err(Error::WrongCursor) }
}
