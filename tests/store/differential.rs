//! The model in memory and the adapter on the embedded engine, under the same random operations: whatever one answers, the other
//! must. The simulation may stand on the model only because of this.

mod generator;

use super::data::{Outcome, all};
use crate::support::proof;
use generator::{Generator, Operation, every_key, every_list};
use local::{Options, Stack};
use std::collections::BTreeMap;
use store::{Attributes, Item, Key, Query, Table};
use store_dynamo::DynamoTable;
use store_memory::MemoryTable;

/// Another seed is another walk; this one is kept so that what it once found is found again.
const SEED: u64 = 0x0057_A449_1A4E_2026;
/// How often everything is compared, and not only the answer to the last operation.
const COMPARE_EVERY: usize = 250;
const QUERY_EVERY: usize = 20;

/// How both answered, by kind.
#[derive(Debug, Default)]
struct Tally {
    committed: usize,
    refused: usize,
    unknown: usize,
    broken: usize,
    added: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_model_and_the_adapter_answer_alike() {
    let stack = Stack::start(Options { samples: false, ..Options::default() }).await.unwrap();
    walk(stack.table(), proof(10_000, 100_000)).await;
}

/// As many operations on this table and on the model.
pub(crate) async fn walk(dynamo: &DynamoTable, operations: usize) {
    let (memory, started) = (MemoryTable::default(), Started::now());
    println!("{operations} operations from seed {SEED:#018x}");
    let (mut generator, mut tally) = (Generator::new(SEED), Tally::default());
    for number in 0..operations {
        let operation = generator.operation(&standing(&memory).await);
        let at = || format!("operation {number} of seed {SEED:#018x}");
        match &operation {
            Operation::Commit { writes, token } => {
                let model: Outcome = memory.commit(writes, token).await.into();
                let adapter: Outcome = dynamo.commit(writes, token).await.into();
                assert_eq!(model, adapter, "{}: {operation:#?}", at());
                tally.count(&model);
            }
            Operation::Add { counter, n } => {
                let (model, adapter) = (memory.add(counter, *n).await.unwrap(), dynamo.add(counter, *n).await.unwrap());
                assert_eq!(model, adapter, "{}: {operation:?}", at());
                tally.added += 1;
            }
        }
        if number % QUERY_EVERY == 0 {
            let query = generator.query();
            assert_eq!(pages(&memory, &query).await, pages(dynamo, &query).await, "{}, then {query:?}", at());
        }
        if number % COMPARE_EVERY == COMPARE_EVERY - 1 || number + 1 == operations {
            assert_alike(&memory, dynamo, &at()).await;
        }
    }
    println!("{operations} operations in {:.1} s: {tally:?}", started.seconds());
    tally.must_prove_something(operations);
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Committed => self.committed += 1,
            Outcome::Refused(_) => self.refused += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Broken => self.broken += 1,
            Outcome::Contended => panic!("nobody contends here"),
        }
    }

    /// A walk on which nearly all is refused, or nearly nothing, would compare little.
    fn must_prove_something(&self, operations: usize) {
        for (kind, count, least_percent) in [("committed", self.committed, 30), ("refused", self.refused, 30), ("added", self.added, 2)] {
            assert!(count * 100 >= operations * least_percent, "only {count} of {operations} were {kind}");
        }
        assert!(self.unknown > 0 && self.broken > 0, "{self:?}");
    }
}

/// What stands in the model.
async fn standing(memory: &MemoryTable) -> BTreeMap<Key, Attributes> {
    let mut standing = BTreeMap::new();
    for key in every_key() {
        if let Some(item) = memory.get(&key).await.unwrap() {
            standing.insert(key, item.attributes);
        }
    }
    standing
}

async fn assert_alike(memory: &MemoryTable, dynamo: &impl Table, at: &str) {
    for key in every_key() {
        assert_eq!(memory.get(&key).await.unwrap(), dynamo.get(&key).await.unwrap(), "{key:?} after {at}");
    }
    for (index, partition) in every_list() {
        let query = all(index, &partition);
        assert_eq!(pages(memory, &query).await, pages(dynamo, &query).await, "{query:?} after {at}");
    }
}

/// The pages of a query, from the first to the last. Whether a full last page says that there may be more is each table's own.
async fn pages(table: &impl Table, query: &Query) -> Vec<(Vec<Item>, u32)> {
    let (mut query, mut pages) = (query.clone(), Vec::new());
    loop {
        let page = table.query(&query).await.unwrap();
        if page.count > 0 {
            pages.push((page.items, page.count));
        }
        query.after = page.next;
        if query.after.is_none() {
            return pages;
        }
    }
}

struct Started(std::time::Instant);

impl Started {
    #[expect(clippy::disallowed_methods, reason = "the time of a proof is told, and decides nothing")]
    fn now() -> Self {
        Self(std::time::Instant::now())
    }

    fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
