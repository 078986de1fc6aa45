//! The narrow waist: what we ask of a table, as data. `store-dynamo` renders it to expressions, `store-memory` interprets it.

use std::collections::BTreeMap;
use std::future::Future;

/// Most writes that one transaction may hold.
pub const MAX_WRITES: usize = 100;

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Partition key.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

impl Key {
    /// Both parts in one text.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} / {}", self.pk, self.sk)
    }
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Attributes by name, without the key.
pub type Attributes = BTreeMap<String, Value>;

/// An item as read or as put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it stands.
    pub key: Key,
    /// What it holds.
    pub attributes: Attributes,
}

impl Item {
    /// A text attribute.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).and_then(Value::text)
    }

    /// A number attribute.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.attributes.get(name).and_then(Value::number)
    }
}

/// What must hold of the item as it is, or the whole transaction is refused. An absent item has no attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// No item stands here.
    Absent,
    /// An item stands here.
    Present,
    /// The attribute has this value.
    Equals(&'static str, Value),
    /// The attribute does not exist.
    Missing(&'static str),
    /// The attribute does not exist, or is a number not above this one.
    MissingOrAtMost(&'static str, i64),
}

/// One write of a transaction; all its conditions must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Replaces the whole item.
    Put {
        /// The item.
        item: Item,
        /// What must hold.
        when: Vec<Condition>,
    },
    /// Changes attributes, creating the item if it is absent.
    Update {
        /// Where.
        key: Key,
        /// Attributes to set.
        set: Attributes,
        /// Attributes to remove.
        remove: Vec<&'static str>,
        /// Numbers to add, to 0 where absent.
        add: Vec<(&'static str, i64)>,
        /// What must hold.
        when: Vec<Condition>,
    },
    /// Deletes the item.
    Delete {
        /// Where.
        key: Key,
        /// What must hold.
        when: Vec<Condition>,
    },
    /// Changes nothing.
    Check {
        /// Where.
        key: Key,
        /// What must hold.
        when: Vec<Condition>,
    },
}

impl Write {
    /// Where it writes.
    #[must_use]
    pub fn key(&self) -> &Key {
        match self {
            Self::Put { item, .. } => &item.key,
            Self::Update { key, .. } | Self::Delete { key, .. } | Self::Check { key, .. } => key,
        }
    }

    /// Something more that must hold.
    pub(crate) fn require(&mut self, condition: Condition) {
        match self {
            Self::Put { when, .. } | Self::Update { when, .. } | Self::Delete { when, .. } | Self::Check { when, .. } => {
                when.push(condition);
            }
        }
    }

    /// Without conditions.
    pub(crate) fn whatever_stands_there(mut self) -> Self {
        match &mut self {
            Self::Put { when, .. } | Self::Update { when, .. } | Self::Delete { when, .. } | Self::Check { when, .. } => when.clear(),
        }
        self
    }

    /// What must hold.
    #[must_use]
    pub fn when(&self) -> &[Condition] {
        match self {
            Self::Put { when, .. } | Self::Update { when, .. } | Self::Delete { when, .. } | Self::Check { when, .. } => when,
        }
    }
}

/// The table itself, or one of its sparse indexes: one for each kind of reader, and one for what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Index {
    /// The table, read strongly.
    Table,
    /// Lists of an employer.
    Employer,
    /// Lists of a graduate.
    Student,
    /// Lists of a college.
    College,
    /// Lists of a school.
    School,
    /// What is due: deadlines and outbox.
    Due,
}

impl Index {
    /// Every index, without the table itself.
    pub const ALL: [Self; 5] = [Self::Employer, Self::Student, Self::College, Self::School, Self::Due];

    /// Name of the index; none for the table.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Table => None,
            Self::Employer => Some("by-employer"),
            Self::Student => Some("by-student"),
            Self::College => Some("by-college"),
            Self::School => Some("by-school"),
            Self::Due => Some("by-due"),
        }
    }

    /// The attributes that are partition and sort key.
    #[must_use]
    pub fn attributes(self) -> (&'static str, &'static str) {
        match self {
            Self::Table => ("pk", "sk"),
            Self::Employer => ("employer_list", "employer_order"),
            Self::Student => ("student_list", "student_order"),
            Self::College => ("college_list", "college_order"),
            Self::School => ("school_list", "school_order"),
            Self::Due => ("due_list", "due_order"),
        }
    }

    /// What an index entry carries besides its keys: enough for a row of a list, and for the sweeps, no more.
    pub const PROJECTED: [&'static str; 4] = ["summary", "stage", "version", "attempts"];
}

/// Whether a query wants items or only their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Select {
    /// The items.
    Items,
    /// How many there are.
    Count,
}

/// One page of a partition, in the order of the sort key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What to read.
    pub index: Index,
    /// The partition.
    pub partition: String,
    /// Only sort keys from this one on (inclusive).
    pub from: Option<String>,
    /// Only sort keys up to this one (inclusive).
    pub to: Option<String>,
    /// Largest first.
    pub descending: bool,
    /// At most this many.
    pub limit: u32,
    /// Continue behind this place, an earlier page's `next`.
    pub after: Option<Cursor>,
    /// Items or their number.
    pub select: Select,
}

/// A place in a list: the item's key and its sort key in the index.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cursor {
    /// Partition key of the item.
    pub pk: String,
    /// Sort key of the item.
    pub sk: String,
    /// Sort key in the index.
    pub order: String,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The items, none for a count.
    pub items: Vec<Item>,
    /// How many.
    pub count: u32,
    /// Where the next page starts, if there may be one.
    pub next: Option<Cursor>,
}

/// Why the table did not answer.
#[derive(Clone, Debug)]
pub enum TableError {
    /// Throttled or out of reach; nothing was written.
    Unavailable(String),
    /// A bug or a wrong set-up: the request itself was refused.
    Broken(String),
}

/// Why a transaction did not commit.
#[derive(Debug)]
pub enum CommitError {
    /// Conditions did not hold: for each write in order, what stood there if its condition failed.
    Refused(Vec<Option<Failure>>),
    /// Another transaction is at these items, or the table throttles: nothing was written, try again.
    Contended,
    /// No answer: it may or may not have committed, now or later.
    Unknown(String),
    /// A bug or a wrong set-up.
    Broken(String),
}

/// A write whose condition failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The item as it stood; none if there was none.
    pub old: Option<Item>,
}

/// The port. Four verbs and a pause; nothing else of a database is used.
pub trait Table: Send + Sync {
    /// The item, read strongly.
    fn get(&self, key: &Key) -> impl Future<Output = Result<Option<Item>, TableError>> + Send;

    /// One page.
    fn query(&self, query: &Query) -> impl Future<Output = Result<Page, TableError>> + Send;

    /// All writes or none; at most [`MAX_WRITES`], each on another item. The token (at most 36 characters) makes a repeat of the
    /// same writes one commit.
    fn commit(&self, writes: &[Write], token: &str) -> impl Future<Output = Result<(), CommitError>> + Send;

    /// Adds to a counter and returns the sum.
    fn add(&self, counter: &Key, n: i64) -> impl Future<Output = Result<i64, TableError>> + Send;

    /// Waits before the next try, longer each time.
    fn back_off(&self, attempt: u32) -> impl Future<Output = ()> + Send;
}
