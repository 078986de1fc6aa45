//! A table that does its worst, by a script: one mishap for each transaction, then none.

use super::data::{Outcome, new_token};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Attributes, CommitError, Item, Key, Page, Query, Table, TableError, Write};

/// What happens to a transaction.
#[derive(Clone, Debug)]
pub(super) enum Mishap {
    /// It meets another at the same items: nothing is written.
    Contended,
    /// It never arrives: nothing is written, and nobody knows.
    RequestLost,
    /// It commits, and its answer never arrives.
    AnswerLost,
    /// These writes of somebody else come before it.
    Overtaken(Vec<Write>),
}

/// A table below a script of mishaps.
pub(super) struct Faulty<T> {
    below: T,
    script: Mutex<VecDeque<Mishap>>,
    /// Every item that a transaction has named, whatever came of it.
    named: Mutex<BTreeSet<Key>>,
    /// Whether tokens are forgotten at once, as DynamoDB forgets them after ten minutes.
    forgetful: bool,
    tries: AtomicU32,
    pauses: AtomicU32,
}

impl<T: Table> Faulty<T> {
    pub(super) fn new(below: T, forgetful: bool) -> Self {
        let (tries, pauses) = (AtomicU32::new(0), AtomicU32::new(0));
        Self { below, script: Mutex::default(), named: Mutex::default(), forgetful, tries, pauses }
    }

    /// From now on these happen, one for each transaction.
    pub(super) fn expect(&self, script: impl IntoIterator<Item = Mishap>) {
        *self.script.lock().unwrap() = script.into_iter().collect();
        self.tries.store(0, Ordering::Relaxed);
        self.pauses.store(0, Ordering::Relaxed);
    }

    /// Transactions tried and pauses made since then.
    pub(super) fn tries_and_pauses(&self) -> (u32, u32) {
        (self.tries.load(Ordering::Relaxed), self.pauses.load(Ordering::Relaxed))
    }

    /// Somebody else's writes, which must pass.
    pub(super) async fn writes(&self, writes: &[Write]) {
        self.named.lock().unwrap().extend(writes.iter().map(|write| write.key().clone()));
        assert_eq!(Outcome::from(self.below.commit(writes, &new_token()).await), Outcome::Committed);
    }

    /// Everything that stands in the table.
    pub(super) async fn holds(&self) -> BTreeMap<Key, Attributes> {
        let named = self.named.lock().unwrap().clone();
        let mut holds = BTreeMap::new();
        for key in named {
            if let Some(item) = self.below.get(&key).await.unwrap() {
                holds.insert(key, item.attributes);
            }
        }
        holds
    }
}

impl<T: Table> Table for Faulty<T> {
    async fn get(&self, key: &Key) -> Result<Option<Item>, TableError> {
        self.below.get(key).await
    }

    async fn query(&self, query: &Query) -> Result<Page, TableError> {
        self.below.query(query).await
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), CommitError> {
        self.tries.fetch_add(1, Ordering::Relaxed);
        self.named.lock().unwrap().extend(writes.iter().map(|write| write.key().clone()));
        let token = if self.forgetful { new_token() } else { token.to_owned() };
        let mishap = self.script.lock().unwrap().pop_front();
        let lost = || Err(CommitError::Unknown("no answer".to_owned()));
        match mishap {
            None => self.below.commit(writes, &token).await,
            Some(Mishap::Contended) => Err(CommitError::Contended),
            Some(Mishap::RequestLost) => lost(),
            Some(Mishap::AnswerLost) => {
                // A transaction that is refused says nothing either.
                drop(self.below.commit(writes, &token).await);
                lost()
            }
            Some(Mishap::Overtaken(others)) => {
                self.writes(&others).await;
                self.below.commit(writes, &token).await
            }
        }
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, TableError> {
        self.below.add(counter, n).await
    }

    async fn back_off(&self, attempt: u32) {
        let before = self.pauses.fetch_add(1, Ordering::Relaxed);
        assert!(attempt >= before, "pauses grow");
    }
}
