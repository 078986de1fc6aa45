//! The port [`Table`] interpreted in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::{
    Attributes, CommitError, Condition, Cursor, Failure, Index, Item, Key, MAX_WRITES, Page, Query, Select, Table, TableError, Value, Write,
};

/// A table in memory. Transactions run one after the other; everything reads strongly.
#[derive(Debug, Default)]
pub struct MemoryTable {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    items: BTreeMap<Key, Attributes>,
    /// What stands in the partitions of indexes, in order.
    lists: BTreeMap<(Index, String), BTreeSet<(String, Key)>>,
    /// Under which token which writes were committed. DynamoDB forgets them after ten minutes; there is no clock here.
    committed: BTreeMap<String, Digest>,
}

/// Stands for the writes of a transaction, which may be large.
type Digest = u64;

impl State {
    /// Puts an item, or takes it away, and sees to the indexes.
    fn set(&mut self, key: &Key, attributes: Option<Attributes>) {
        for (list, order) in places(self.items.get(key)) {
            if let Some(list) = self.lists.get_mut(&list) {
                list.remove(&(order, key.clone()));
            }
        }
        for (list, order) in places(attributes.as_ref()) {
            self.lists.entry(list).or_default().insert((order, key.clone()));
        }
        match attributes {
            Some(attributes) => self.items.insert(key.clone(), attributes),
            None => self.items.remove(key),
        };
    }
}

/// Where an item stands in the indexes: the partition of each, and its order there.
fn places(attributes: Option<&Attributes>) -> Vec<((Index, String), String)> {
    let text = |name| attributes?.get(name)?.text().map(str::to_owned);
    let place = |index: Index| {
        let (list, order) = index.attributes();
        Some(((index, text(list)?), text(order)?))
    };
    Index::ALL.into_iter().filter_map(place).collect()
}

impl MemoryTable {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table for MemoryTable {
    async fn get(&self, key: &Key) -> Result<Option<Item>, TableError> {
        Ok(self.state().items.get(key).map(|attributes| Item { key: key.clone(), attributes: attributes.clone() }))
    }

    async fn query(&self, query: &Query) -> Result<Page, TableError> {
        if query.limit == 0 {
            return Err(TableError::Broken("a page of nothing".to_owned()));
        }
        let outside = |after: &Cursor| {
            query.from.as_ref().is_some_and(|from| after.order < *from) || query.to.as_ref().is_some_and(|to| after.order > *to)
        };
        if query.after.as_ref().is_some_and(outside) {
            return Err(TableError::Broken("a page that starts outside its range".to_owned()));
        }
        Ok(page(query, &self.state()))
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), CommitError> {
        let mut state = self.state();
        if let Some(broken) = malformed(writes) {
            return Err(CommitError::Broken(broken));
        }
        let digest = digest(writes);
        match state.committed.get(token) {
            Some(same) if *same == digest => return Ok(()),
            Some(_) => return Err(CommitError::Unknown("other writes were committed under this token".to_owned())),
            None => {}
        }
        let failures: Vec<Option<Failure>> = writes.iter().map(|write| failure(write, &state.items)).collect();
        if failures.iter().any(Option::is_some) {
            return Err(CommitError::Refused(failures));
        }
        if writes.iter().any(|write| sums_text(write, &state.items)) {
            return Err(CommitError::Broken("a sum with what is no number".to_owned()));
        }
        for write in writes {
            apply(write, &mut state);
        }
        state.committed.insert(token.to_owned(), digest);
        Ok(())
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, TableError> {
        let mut state = self.state();
        let attributes = state.items.entry(counter.clone()).or_default();
        if attributes.get("n").is_some_and(|n| n.number().is_none()) {
            return Err(TableError::Broken("a counter that is no number".to_owned()));
        }
        let sum = attributes.get("n").and_then(Value::number).unwrap_or_default() + n;
        attributes.insert("n".to_owned(), sum.into());
        Ok(sum)
    }

    async fn back_off(&self, _attempt: u32) {}
}

fn malformed(writes: &[Write]) -> Option<String> {
    let mut keys: Vec<&Key> = writes.iter().map(Write::key).collect();
    keys.sort();
    keys.dedup();
    match writes.len() {
        0 => Some("an empty transaction".to_owned()),
        n if n > MAX_WRITES => Some(format!("{n} writes in one transaction")),
        n if n != keys.len() => Some("an item is named twice in one transaction".to_owned()),
        _ => writes.iter().find_map(malformed_write),
    }
}

/// What DynamoDB's own validation refuses, whatever stands in the table.
fn malformed_write(write: &Write) -> Option<String> {
    let (attributes, empty) = match write {
        Write::Put { item, .. } => (&item.attributes, false),
        Write::Update { set, remove, add, .. } => {
            let others = remove.iter().copied().chain(add.iter().map(|(name, _)| *name));
            let mut named: Vec<&str> = set.keys().map(String::as_str).chain(others).collect();
            let count = named.len();
            named.sort_unstable();
            named.dedup();
            if named.len() != count {
                return Some("an attribute is named twice in one update".to_owned());
            }
            (set, count == 0)
        }
        Write::Delete { .. } => return None,
        Write::Check { when, .. } => return when.is_empty().then(|| "a check of nothing".to_owned()),
    };
    let of_index = |name: &str| Index::ALL.iter().any(|index| name == index.attributes().0 || name == index.attributes().1);
    let unfit = attributes.iter().any(|(name, value)| of_index(name) && value.text().is_none_or(str::is_empty));
    (empty || unfit).then(|| "an empty update, or an index key that is no text".to_owned())
}

/// A sum with something that is no number: known only when the item is seen.
fn sums_text(write: &Write, items: &BTreeMap<Key, Attributes>) -> bool {
    let Write::Update { key, add, .. } = write else { return false };
    add.iter().any(|(name, _)| items.get(key).and_then(|old| old.get(*name)).is_some_and(|value| value.number().is_none()))
}

fn digest(writes: &[Write]) -> Digest {
    let mut hasher = DefaultHasher::new();
    format!("{writes:?}").hash(&mut hasher);
    hasher.finish()
}

fn failure(write: &Write, items: &BTreeMap<Key, Attributes>) -> Option<Failure> {
    let old = items.get(write.key());
    let holds = write.when().iter().all(|condition| holds(condition, old));
    (!holds).then(|| Failure { old: old.map(|attributes| Item { key: write.key().clone(), attributes: attributes.clone() }) })
}

fn holds(condition: &Condition, old: Option<&Attributes>) -> bool {
    let attribute = |name: &str| old.and_then(|attributes| attributes.get(name));
    match condition {
        Condition::Absent => old.is_none(),
        Condition::Present => old.is_some(),
        Condition::Equals(name, value) => attribute(name) == Some(value),
        Condition::Missing(name) => attribute(name).is_none(),
        Condition::MissingOrAtMost(name, most) => attribute(name).is_none_or(|value| value.number().is_some_and(|number| number <= *most)),
    }
}

fn apply(write: &Write, state: &mut State) {
    match write {
        Write::Put { item, .. } => state.set(&item.key, Some(item.attributes.clone())),
        Write::Update { key, set, remove, add, .. } => {
            let mut attributes = state.items.get(key).cloned().unwrap_or_default();
            attributes.extend(set.clone());
            for name in remove {
                attributes.remove(*name);
            }
            for (name, n) in add {
                let sum = attributes.get(*name).and_then(Value::number).unwrap_or_default() + n;
                attributes.insert((*name).to_owned(), sum.into());
            }
            state.set(key, Some(attributes));
        }
        Write::Delete { key, .. } => state.set(key, None),
        Write::Check { .. } => {}
    }
}

fn page(query: &Query, state: &State) -> Page {
    let inside = |order: &str| query.from.as_deref().is_none_or(|from| order >= from) && query.to.as_deref().is_none_or(|to| order <= to);
    let mut found: Vec<(&str, &Key)> = match query.index {
        Index::Table => {
            let first = Key { pk: query.partition.clone(), sk: String::new() };
            let partition = state.items.range(first..).take_while(|(key, _)| key.pk == query.partition);
            partition.map(|(key, _)| (key.sk.as_str(), key)).collect()
        }
        index @ (Index::Employer | Index::Student | Index::College | Index::School | Index::Due) => {
            let list = state.lists.get(&(index, query.partition.clone())).into_iter().flatten();
            list.map(|(order, key)| (order.as_str(), key)).collect()
        }
    };
    found.retain(|(order, _)| inside(order));
    if query.descending {
        found.reverse();
    }
    if let Some(after) = &query.after {
        let after = (after.order.as_str(), (after.pk.as_str(), after.sk.as_str()));
        let position = |(order, key): &(&str, &Key)| (*order, (key.pk.as_str(), key.sk.as_str())).cmp(&after);
        found.retain(|place| if query.descending { position(place).is_lt() } else { position(place).is_gt() });
    }
    let more = found.len() > query.limit as usize;
    found.truncate(query.limit as usize);
    let next =
        found.last().filter(|_| more).map(|(order, key)| Cursor { pk: key.pk.clone(), sk: key.sk.clone(), order: (*order).to_owned() });
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let item = |(_, key): &(&str, &Key)| Some(projected(query.index, key, state.items.get(*key)?));
    let items = if query.select == Select::Items { found.iter().filter_map(item).collect() } else { Vec::new() };
    Page { items, count, next }
}

/// An index entry holds its keys and what is projected.
fn projected(index: Index, key: &Key, attributes: &Attributes) -> Item {
    let (list, order) = index.attributes();
    let kept = |name: &str| index == Index::Table || name == list || name == order || Index::PROJECTED.contains(&name);
    let attributes = attributes.iter().filter(|(name, _)| kept(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    Item { key: key.clone(), attributes }
}
