//! Writes and results in the few words that these tests need.

use std::sync::atomic::{AtomicU32, Ordering};
use store::{Attributes, CommitError, Condition, Failure, Index, Item, Key, Query, Select, Value, Write};

/// What came of a transaction, so that two can be compared: causes are told in each table's own words.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    Committed,
    Refused(Vec<Option<Failure>>),
    Contended,
    Unknown,
    Broken,
}

impl From<Result<(), CommitError>> for Outcome {
    fn from(result: Result<(), CommitError>) -> Self {
        match result {
            Ok(()) => Self::Committed,
            Err(CommitError::Refused(failures)) => Self::Refused(failures),
            Err(CommitError::Contended) => Self::Contended,
            Err(CommitError::Unknown(_)) => Self::Unknown,
            Err(CommitError::Broken(_)) => Self::Broken,
        }
    }
}

/// A token that no other transaction of this process has.
pub(super) fn new_token() -> String {
    static SERIAL: AtomicU32 = AtomicU32::new(0);
    format!("token-{}", SERIAL.fetch_add(1, Ordering::Relaxed))
}

pub(super) fn key(pk: &str, sk: &str) -> Key {
    Key { pk: pk.to_owned(), sk: sk.to_owned() }
}

pub(super) fn attributes<const N: usize>(pairs: [(&str, Value); N]) -> Attributes {
    pairs.map(|(name, value)| (name.to_owned(), value)).into()
}

pub(super) fn item(key: &Key, attributes: &Attributes) -> Item {
    Item { key: key.clone(), attributes: attributes.clone() }
}

pub(super) fn put(key: &Key, attributes: &Attributes, when: Vec<Condition>) -> Write {
    Write::Put { item: item(key, attributes), when }
}

/// An update that only sets.
pub(super) fn set<const N: usize>(key: &Key, pairs: [(&str, Value); N], when: Vec<Condition>) -> Write {
    Write::Update { key: key.clone(), set: attributes(pairs), remove: Vec::new(), add: Vec::new(), when }
}

/// An update that only removes.
pub(super) fn remove(key: &Key, names: &[&'static str]) -> Write {
    Write::Update { key: key.clone(), set: Attributes::new(), remove: names.to_vec(), add: Vec::new(), when: Vec::new() }
}

/// An update that only adds.
pub(super) fn add(key: &Key, name: &'static str, n: i64) -> Write {
    Write::Update { key: key.clone(), set: Attributes::new(), remove: Vec::new(), add: vec![(name, n)], when: Vec::new() }
}

pub(super) fn delete(key: &Key, when: Vec<Condition>) -> Write {
    Write::Delete { key: key.clone(), when }
}

pub(super) fn check(key: &Key, when: Vec<Condition>) -> Write {
    Write::Check { key: key.clone(), when }
}

/// Everything of a partition on one page.
pub(super) fn all(index: Index, partition: &str) -> Query {
    Query {
        index,
        partition: partition.to_owned(),
        from: None,
        to: None,
        descending: false,
        limit: 1000,
        after: None,
        select: Select::Items,
    }
}
