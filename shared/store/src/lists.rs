//! Lists and counts: one query each, whatever the table holds. Eventually consistent, from the sparse indexes.

use crate::Store;
use crate::aggregate::SigningSummary;
use crate::error::Error;
use crate::keys::lists;
use crate::table::{Cursor, Index, Item, Page, Query, Select, Table};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::candidate::Candidate;
use domain::party::Officer;
use domain::values::{EmployerId, PersonId, Timestamp};
use domain::{agreement, invitation};
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
pub struct AggregateRow<S = SigningSummary> {
    /// What it shows.
    pub summary: S,
    /// The aggregate's version.
    pub version: u64,
    /// The aggregate's stage.
    pub stage: String,
}

/// A queue of agreements that wait for officers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// 签约鉴证 of online signings.
    Signing,
    /// 协议书审核 (SR-87).
    Offline,
    /// 签约鉴证 of agreements on paper (SR-89).
    OfflineCertification,
}

impl Review {
    fn stage(self) -> agreement::StageName {
        match self {
            Self::Offline => agreement::StageName::AgreementReview,
            Self::Signing | Self::OfflineCertification => agreement::StageName::PendingCertification,
        }
    }

    fn range(self) -> Range {
        let medium = match self {
            Self::Offline => "",
            Self::Signing => lists::medium(false),
            Self::OfflineCertification => lists::medium(true),
        };
        Range::beginning_with(&format!("{}{medium}", lists::turn(true)))
    }
}

/// A part of a partition, in the order of its sort keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Range {
    from: Option<String>,
    to: Option<String>,
    descending: bool,
}

impl Range {
    /// Everything, oldest first.
    pub(crate) fn all() -> Self {
        Self::default()
    }

    /// What begins with this. '~' follows all that orders are made of; so does the last character there is.
    pub(crate) fn beginning_with(prefix: &str) -> Self {
        Self { from: Some(prefix.to_owned()), to: Some(format!("{prefix}\u{10FFFF}")), descending: false }
    }

    /// From this place to that one, both of it.
    pub(crate) fn between(from: String, to: String) -> Self {
        Self { from: Some(from), to: Some(to), descending: false }
    }

    /// What lies behind this place; everything if there is none.
    pub(crate) fn behind(place: Option<&str>) -> Self {
        Self { from: place.map(|place| format!("{place}~")), ..Self::default() }
    }

    /// Deadlines that lie behind this instant: letters still open, the most urgent first.
    fn open(now: Timestamp) -> Self {
        Self { from: Some(now.plus_millis(1).to_string()), ..Self::default() }
    }

    /// Deadlines that have passed at this instant, the latest first.
    fn lapsed(now: Timestamp) -> Self {
        Self { to: Some(format!("{now}~")), descending: true, ..Self::default() }
    }

    /// A cursor within the range: the table takes no other. Before its beginning nothing of it has been read: open letters lapse while
    /// somebody turns the page. Behind its end no page of this list has ended.
    fn place(&self, after: Cursor) -> Result<Option<Cursor>, Error> {
        let below = self.from.as_ref().is_some_and(|from| after.order < *from);
        let above = self.to.as_ref().is_some_and(|to| after.order > *to);
        match (below, above, self.descending) {
            (false, false, _) => Ok(Some(after)),
            (true, _, false) | (_, true, true) => Ok(None),
            (_, true, false) | (true, _, true) => Err(Error::WrongCursor),
        }
    }

    /// The latest first.
    pub(crate) fn backwards(self) -> Self {
        Self { descending: true, ..self }
    }
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

    /// Letters of an employer that are in this stage now: open ones by deadline, all others latest first. A letter past its
    /// deadline is expired, swept or not.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn letters_of_employer(
        &self,
        employer: &EmployerId,
        stage: invitation::StageName,
        now: Timestamp,
        list: &List,
    ) -> Result<ListPage<AggregateRow>, Error> {
        self.rows_of(Index::Employer, lists::employer_invitations(employer, stage), letters(stage, now), list).await
    }

    /// Letters to a graduate that are in this stage now (SR-48).
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn letters_of_student(
        &self,
        person: &PersonId,
        stage: invitation::StageName,
        now: Timestamp,
        list: &List,
    ) -> Result<ListPage<AggregateRow>, Error> {
        self.rows_of(Index::Student, lists::student_invitations(person, stage), letters(stage, now), list).await
    }

    /// Agreements of an employer in this stage, latest first; of those in force, what the graduate asks to terminate before the rest.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn agreements_of_employer(
        &self,
        employer: &EmployerId,
        stage: agreement::StageName,
        list: &List,
    ) -> Result<ListPage<AggregateRow>, Error> {
        self.rows_of(Index::Employer, lists::employer_agreements(employer, stage), Range::all().backwards(), list).await
    }

    /// 已签约成功学生列表 (SR-37): agreements in force whose graduate does not ask to terminate, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn signed_students(&self, employer: &EmployerId, list: &List) -> Result<ListPage<AggregateRow>, Error> {
        let partition = lists::employer_agreements(employer, agreement::StageName::Certified);
        let range = Range::beginning_with(lists::asked(false)).backwards();
        self.rows_of(Index::Employer, partition, range, list).await
    }

    /// Agreements of a graduate in all stages, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn agreements_of_student(&self, person: &PersonId, list: &List) -> Result<ListPage<AggregateRow>, Error> {
        self.rows_of(Index::Student, lists::student_agreements(person), Range::all().backwards(), list).await
    }

    /// Agreements in an officer's scope in this stage: what waits, the officer's own turn before the rest, on paper before online, oldest
    /// first; what is decided, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn agreements_of_officer(
        &self,
        officer: &Officer,
        stage: agreement::StageName,
        list: &List,
    ) -> Result<ListPage<AggregateRow>, Error> {
        let (index, partition) = in_scope(officer, stage);
        let waits = matches!(stage, agreement::StageName::AgreementReview | agreement::StageName::PendingCertification);
        let range = if waits { Range::all() } else { Range::all().backwards() };
        self.rows_of(index, partition, range, list).await
    }

    /// What waits for this officer's decision in one queue of agreements, oldest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn reviews(&self, officer: &Officer, kind: Review, list: &List) -> Result<ListPage<AggregateRow>, Error> {
        let (index, partition) = in_scope(officer, kind.stage());
        self.rows_of(index, partition, kind.range(), list).await
    }

    /// How many wait in it, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_reviews(&self, officer: &Officer, kind: Review) -> Result<u32, Error> {
        let (index, partition) = in_scope(officer, kind.stage());
        self.count(index, partition, kind.range()).await
    }

    /// 签约待办 (SR-15): letters of the employer still waiting for their answer, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_sent(&self, employer: &EmployerId, now: Timestamp) -> Result<u32, Error> {
        let partition = lists::employer_invitations(employer, invitation::StageName::Pending);
        self.count(Index::Employer, partition, Range::open(now)).await
    }

    /// 已收邀约 (SR-45, A-22): letters to the person not yet past their deadline, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_received(&self, person: &PersonId, now: Timestamp) -> Result<u32, Error> {
        let partition = lists::student_invitations(person, invitation::StageName::Pending);
        self.count(Index::Student, partition, Range::open(now)).await
    }

    pub(crate) async fn count(&self, index: Index, partition: String, range: Range) -> Result<u32, Error> {
        let list = List { limit: COUNT_LIMIT, after: None };
        Ok(self.table.query(&query(index, partition, range, &list, Select::Count)?).await?.count)
    }

    pub(crate) async fn rows_of<S: DeserializeOwned>(
        &self,
        index: Index,
        partition: String,
        range: Range,
        list: &List,
    ) -> Result<ListPage<AggregateRow<S>>, Error> {
        rows(&self.table.query(&query(index, partition, range, list, Select::Items)?).await?, aggregate_row)
    }

    pub(crate) async fn page(&self, index: Index, partition: String, descending: bool, list: &List) -> Result<Page, Error> {
        let range = Range { descending, ..Range::all() };
        Ok(self.table.query(&query(index, partition, range, list, Select::Items)?).await?)
    }
}

pub(crate) fn query(index: Index, partition: String, range: Range, list: &List, select: Select) -> Result<Query, Error> {
    let after = list.after.as_deref().map(cursor).transpose()?;
    let after = after.map(|after| range.place(after)).transpose()?.flatten();
    let Range { from, to, descending } = range;
    Ok(Query { index, partition, from, to, descending, limit: list.limit, after, select })
}

/// Which part of its partition a stage is.
fn letters(stage: invitation::StageName, now: Timestamp) -> Range {
    match stage {
        invitation::StageName::Pending => Range::open(now),
        invitation::StageName::Expired => Range::lapsed(now),
        invitation::StageName::Accepted | invitation::StageName::Rejected | invitation::StageName::Withdrawn => Range::all().backwards(),
    }
}

fn in_scope(officer: &Officer, stage: agreement::StageName) -> (Index, String) {
    match &officer.college {
        Some(college) => (Index::College, lists::college_agreements(&officer.school, college, stage)),
        None => (Index::School, lists::school_agreements(&officer.school, stage)),
    }
}

pub(crate) fn rows<R>(page: &Page, row: impl Fn(&Item) -> Result<R, Error>) -> Result<ListPage<R>, Error> {
    let rows = page.items.iter().map(row).collect::<Result<_, _>>()?;
    Ok(ListPage { rows, next: page.next.as_ref().map(encoded).transpose()? })
}

/// A place as an opaque text: what [`List::after`] takes.
pub(crate) fn encoded(place: &Cursor) -> Result<String, Error> {
    serde_json::to_vec(place).map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(|error| Error::Broken(error.to_string()))
}

fn aggregate_row<S: DeserializeOwned>(item: &Item) -> Result<AggregateRow<S>, Error> {
    let version = item.number("version").and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
    Ok(AggregateRow { summary: summary(item)?, version, stage: item.text("stage").unwrap_or_default().to_owned() })
}

pub(crate) fn summary<S: DeserializeOwned>(item: &Item) -> Result<S, Error> {
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
