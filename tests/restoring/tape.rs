//! What a story has written, transaction by transaction, and the table as it was between any two of them or in the middle of one.

use crate::support::World;
use domain::values::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::{Attributes, Item, Key, Store, Survey, Surveyed, Table as _, Write};
use store_memory::MemoryTable;

/// A whole table.
pub(super) type Image = BTreeMap<Key, Attributes>;

/// One item of a transaction, as it is after it.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) key: Key,
    pub(super) after: Option<Attributes>,
}

/// Everything that a story has written.
pub(super) struct Tape {
    pub(super) base: Image,
    pub(super) transactions: Vec<Vec<Cut>>,
}

/// Items that other items say nothing of: a transaction that is torn there alone leaves what other commands leave too; of look-ups, of
/// how far a job is and of its rows decision 0029 says why.
const ALONE: [&str; 12] =
    ["CANDIDATE#", "UPLOADS#", "MISSES#", "TARGET#", "READ", "LAID", "LOOKUP", "ALIAS", "PROGRESS", "ROWS#", "TRIES#", "STATISTICS"];

impl Tape {
    /// What the world writes from here on.
    pub(super) async fn begin(world: &World) -> Image {
        world.stack.settle(None).await.unwrap();
        world.stack.table().meter().keep_transactions();
        all_of(world).await
    }

    /// What it has written since.
    pub(super) async fn end(world: &World, base: Image) -> Self {
        world.stack.settle(None).await.unwrap();
        let (table, mut image, mut transactions) = (filled(&base).await, base.clone(), Vec::new());
        for (n, writes) in world.stack.table().meter().take_transactions().into_iter().enumerate() {
            table.commit(&writes, &format!("tape-{n}")).await.unwrap();
            let mut cuts = Vec::new();
            for key in writes.iter().filter(|write| !matches!(write, Write::Check { .. })).map(|write| write.key().clone()) {
                let after = table.get(&key).await.unwrap().map(|item| item.attributes);
                let before = image.get(&key).cloned();
                set(&mut image, &key, after.as_ref());
                if before != after {
                    cuts.push(Cut { key, after });
                }
            }
            transactions.push(cuts);
        }
        assert_eq!(image, all_of(world).await, "the tape is the story");
        Self { base, transactions }
    }
}

/// The items of a transaction that other items speak of.
pub(super) fn bound(cuts: &[Cut]) -> Vec<&Cut> {
    let alone = |cut: &&Cut| {
        !ALONE.iter().any(|beginning| cut.key.sk.starts_with(beginning))
            // Statistics are counted anew after each restore.
            && !cut.key.pk.contains("#STATISTICS#") && !cut.key.pk.ends_with("#COUNTED")
    };
    cuts.iter().filter(alone).collect()
}

/// What happened in a transaction, if an audit record tells.
pub(super) fn kind(cuts: &[Cut]) -> Option<String> {
    let record = |cut: &Cut| {
        let bytes = cut.after.as_ref()?.get("bytes")?.text()?.to_owned();
        let record: serde_json::Value = serde_json::from_str(&bytes).ok()?;
        Some(format!("{}: {}", record["action"].as_str()?, record["what"]["event"].as_str()?))
    };
    let kinds: BTreeSet<String> = cuts.iter().filter_map(record).collect();
    (!kinds.is_empty()).then(|| kinds.into_iter().collect::<Vec<_>>().join(", "))
}

pub(super) fn set(image: &mut Image, key: &Key, attributes: Option<&Attributes>) {
    match attributes {
        Some(attributes) => drop(image.insert(key.clone(), attributes.clone())),
        None => drop(image.remove(key)),
    }
}

/// A table that holds this.
pub(super) async fn filled(image: &Image) -> MemoryTable {
    let table = MemoryTable::default();
    let puts: Vec<Write> = image
        .iter()
        .map(|(key, attributes)| Write::Put { item: Item { key: key.clone(), attributes: attributes.clone() }, when: Vec::new() })
        .collect();
    for (n, some) in puts.chunks(100).enumerate() {
        table.commit(some, &format!("filling-{n}")).await.unwrap();
    }
    table
}

pub(super) async fn all_of(world: &World) -> Image {
    let (mut image, mut after) = (Image::new(), None);
    loop {
        let (items, next) = world.stack.table().page_of_all(after.as_ref()).await.unwrap();
        image.extend(items.into_iter().map(|item| (item.key, item.attributes)));
        match next {
            Some(next) => after = Some(next),
            None => return image,
        }
    }
}

pub(super) fn survey(image: &Image, now: Timestamp) -> Surveyed {
    let mut survey = Survey::default();
    for (key, attributes) in image {
        survey.take(Item { key: key.clone(), attributes: attributes.clone() });
    }
    survey.judged(now)
}

/// When a transaction was, by its audit record.
pub(super) fn moment(cuts: &[Cut]) -> Option<Timestamp> {
    let record = cuts.iter().find_map(|cut| cut.after.as_ref()?.get("bytes")?.text());
    let record: serde_json::Value = serde_json::from_str(record?).ok()?;
    Timestamp::parse(record["at"].as_str()?).ok()
}

/// Mends until nothing is found, or nothing more can be mended. Everything that was written is in the image afterwards.
pub(super) async fn mend(image: &mut Image, world: &World, now: Timestamp) -> (usize, Vec<String>) {
    let store = Store::new(Recorded { below: filled(image).await, named: std::sync::Mutex::default() });
    let (mut mended, mut left, mut passed) = (0, Vec::new(), Vec::new());
    for _ in 0..8 {
        let surveyed = survey(image, now);
        let next = surveyed.next(&passed);
        if next.is_empty() {
            break;
        }
        for finding in next.into_iter().cloned().collect::<Vec<_>>() {
            let finding = &finding;
            match store.mend(finding, &surveyed, &world.operator()).await.unwrap() {
                store::Mended::Done(_) => mended += 1,
                store::Mended::Gone => {}
                store::Mended::ForAPerson(why) => {
                    left.push(format!("{finding}: {why}"));
                    passed.push(finding.clone());
                }
            }
        }
        let named = std::mem::take(&mut *store.table().named.lock().unwrap());
        for key in named {
            set(image, &key, store.table().below.get(&key).await.unwrap().map(|item| item.attributes).as_ref());
        }
    }
    (mended, left)
}

/// A table that says what was written.
struct Recorded {
    below: MemoryTable,
    named: std::sync::Mutex<BTreeSet<Key>>,
}

impl store::Table for Recorded {
    async fn get(&self, key: &Key) -> Result<Option<Item>, store::TableError> {
        self.below.get(key).await
    }

    async fn query(&self, query: &store::Query) -> Result<store::Page, store::TableError> {
        self.below.query(query).await
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), store::CommitError> {
        self.named.lock().unwrap().extend(writes.iter().map(|write| write.key().clone()));
        self.below.commit(writes, token).await
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, store::TableError> {
        self.below.add(counter, n).await
    }

    async fn back_off(&self, _: u32) {}
}

/// Something is done, and the restored table has only some of the items that it wrote: the others are as they were before it.
pub(super) async fn torn<T>(world: &World, done: impl Future<Output = T>, survives: impl Fn(&Key) -> bool) -> T {
    let before = all_of(world).await;
    let done = done.await;
    let after = all_of(world).await;
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).filter(|key| before.get(*key) != after.get(*key)).collect();
    let (kept, lost): (Vec<&Key>, Vec<&Key>) = keys.into_iter().partition(|key| survives(key));
    assert!(!kept.is_empty() && !lost.is_empty(), "{kept:?} are there and {lost:?} are not");
    let back = |key: &Key| match before.get(key) {
        Some(attributes) => Write::Put { item: Item { key: key.clone(), attributes: attributes.clone() }, when: Vec::new() },
        None => Write::Delete { key: key.clone(), when: Vec::new() },
    };
    let writes: Vec<Write> = lost.into_iter().map(back).collect();
    world.stack.table().commit(&writes, &format!("tearing-{}", world.next())).await.unwrap();
    done
}
