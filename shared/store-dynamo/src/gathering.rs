//! Reads that are asked for in one breath go out as one request: one connection to open at a cold start and one answer to wait for, at the
//! same price. Whoever reads still says `get`, and several at once by joining them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use store::{Item, Key, TableError};
use tokio::sync::OnceCell;
use tokio::task;

/// As many items as the service gives at once.
const MOST: usize = 100;

/// The items that were there.
pub(crate) type Answer = Result<BTreeMap<Key, Item>, TableError>;

/// The rounds that may still be joined, each by its own task alone: on one machine requests of many share a table, and none asks for
/// another, nor with another's rights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gathering(Arc<Mutex<HashMap<Option<task::Id>, Weak<Round>>>>);

/// Keys that are asked for together.
#[derive(Debug, Default)]
struct Round {
    keys: Mutex<BTreeSet<Key>>,
    answer: OnceCell<Answer>,
}

impl Gathering {
    /// The item of this key, asked for with all others that are wanted before this task rests. One of them asks for all; if it is
    /// dropped, another does.
    pub(crate) async fn get<F: Future<Output = Answer>>(
        &self,
        key: &Key,
        ask: impl FnOnce(BTreeSet<Key>) -> F,
    ) -> Result<Option<Item>, TableError> {
        let round = self.join(key);
        task::yield_now().await;
        let answer = round.answer.get_or_init(|| ask(self.close(&round))).await;
        answer.as_ref().map(|items| items.get(key).cloned()).map_err(Clone::clone)
    }

    fn join(&self, key: &Key) -> Arc<Round> {
        let mut open = held(&self.0);
        // Who was dropped before it asked has left its round.
        open.retain(|_, round| round.strong_count() > 0);
        let mine = task::try_id();
        let round = open.get(&mine).and_then(Weak::upgrade).filter(|round| held(&round.keys).len() < MOST).unwrap_or_default();
        held(&round.keys).insert(key.clone());
        open.insert(mine, Arc::downgrade(&round));
        round
    }

    /// Nobody joins from here on.
    fn close(&self, round: &Arc<Round>) -> BTreeSet<Key> {
        held(&self.0).retain(|_, open| !std::ptr::eq(open.as_ptr(), Arc::as_ptr(round)));
        held(&round.keys).clone()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
