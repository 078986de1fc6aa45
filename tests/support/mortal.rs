//! A worker's death, at every step: what it leaves behind is what the next one finds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use store::{Attributes, CommitError, Item, Key, Page, Query, Table, TableError, Write};
use store_memory::MemoryTable;

/// A table that dies at a step, before or after it has done what the step asks, and answers nothing from then on. Every step lets others
/// go first: two workers at once take turns.
#[derive(Clone, Default)]
pub(crate) struct Mortal {
    below: Arc<MemoryTable>,
    named: Arc<Mutex<BTreeSet<Key>>>,
    /// Steps left to live.
    left: Arc<AtomicUsize>,
    pub(crate) steps: Arc<AtomicUsize>,
    pub(crate) commits: Arc<AtomicUsize>,
    /// Whether the last step is done, though nobody hears of it.
    does_the_last: bool,
    /// How many transactions meet others.
    contended: Arc<AtomicUsize>,
}

impl Mortal {
    /// One that does the last step of its life, or does not.
    pub(crate) fn doing_the_last(does_the_last: bool) -> Self {
        Self { does_the_last, ..Self::default() }
    }

    /// Whether this step is answered; and whether it is done.
    pub(crate) fn step(&self) -> (bool, bool) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)) {
            Ok(1) => (false, self.does_the_last),
            Ok(_) => (true, true),
            Err(_) => (false, false),
        }
    }

    /// The next transactions, so many, meet others: nothing is written.
    pub(crate) fn contends(&self, transactions: usize) {
        self.contended.store(transactions, Ordering::Relaxed);
    }

    /// Lives for so many steps more.
    pub(crate) fn lives_for(&self, steps: usize) {
        self.left.store(steps, Ordering::Relaxed);
    }

    /// Everything that stands in the table.
    pub(crate) async fn holds(&self) -> BTreeMap<Key, Attributes> {
        let named = self.named.lock().unwrap().clone();
        let mut all = BTreeMap::new();
        for key in named {
            all.extend(self.below.get(&key).await.unwrap().map(|item| (key, item.attributes)));
        }
        all
    }
}

impl Table for Mortal {
    async fn get(&self, key: &Key) -> Result<Option<Item>, TableError> {
        tokio::task::yield_now().await;
        if self.step().0 { self.below.get(key).await } else { Err(TableError::Unavailable("dead".to_owned())) }
    }

    async fn query(&self, query: &Query) -> Result<Page, TableError> {
        tokio::task::yield_now().await;
        if self.step().0 { self.below.query(query).await } else { Err(TableError::Unavailable("dead".to_owned())) }
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), CommitError> {
        tokio::task::yield_now().await;
        if self.contended.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
            return Err(CommitError::Contended);
        }
        let (answered, done) = self.step();
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.named.lock().unwrap().extend(writes.iter().map(|write| write.key().clone()));
        let outcome = if done { self.below.commit(writes, token).await } else { Ok(()) };
        if answered { outcome } else { Err(CommitError::Unknown("dead".to_owned())) }
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, TableError> {
        self.below.add(counter, n).await
    }

    async fn back_off(&self, _: u32) {}
}
