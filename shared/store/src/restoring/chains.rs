//! The audit chains of a partition, held against their aggregates.

use super::finding::{Break, Finding};
use crate::aggregate::number;
use crate::audit::{AuditRecord, state};
use crate::keys;
use crate::table::{Item, Key};
use domain::DocumentKind;
use domain::event::Event;
use domain::values::AccountId;
use evidence::chain::{genesis, link};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A chain as it stands.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) id: String,
    pub(super) key: Key,
    /// Records that link, from the first on.
    pub(super) records: Vec<AuditRecord>,
    /// The hash of each.
    pub(super) hashes: Vec<String>,
    /// Numbers of records that stand there and do not link.
    pub(super) loose: Vec<(u64, String)>,
}

impl Chain {
    /// The chain of an aggregate, from its item and the records among these; none if its id cannot be told.
    pub(super) fn of(key: &Key, aggregate: Option<&Item>, items: &[Item]) -> Option<Self> {
        let beginning = keys::audits(key);
        let items: Vec<&Item> = items.iter().filter(|item| item.key.pk == key.pk && item.key.sk.starts_with(&beginning)).collect();
        let read = |item: &Item| serde_json::from_str::<AuditRecord>(item.text("bytes")?).ok();
        let id = items.iter().find_map(|item| Some(read(item)?.aggregate)).or_else(|| id_of(aggregate?))?;
        let mut chain = Self { id, key: key.clone(), records: Vec::new(), hashes: Vec::new(), loose: Vec::new() };
        let mut prev = genesis(&chain.id);
        for item in items {
            let (bytes, seq) = (item.text("bytes").unwrap_or_default(), item.number("seq").unwrap_or_default().unsigned_abs());
            let expected = link(bytes, &prev);
            let next = seq == chain.records.len() as u64 + 1 && item.text("hash") == Some(&expected);
            match read(item).filter(|record| next && record.seq == seq && record.aggregate == chain.id) {
                Some(record) => {
                    chain.records.push(record);
                    chain.hashes.push(expected.clone());
                    prev = expected;
                }
                None => chain.loose.push((seq, bytes.to_owned())),
            }
        }
        Some(chain)
    }

    /// A chain that has not begun.
    pub(super) fn empty(key: &Key, id: String) -> Self {
        Self { id, key: key.clone(), records: Vec::new(), hashes: Vec::new(), loose: Vec::new() }
    }

    pub(super) fn len(&self) -> u64 {
        self.records.len() as u64
    }

    /// The hash of a record; of the id for none.
    pub(super) fn hash(&self, seq: u64) -> String {
        let before = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1));
        before.and_then(|at| self.hashes.get(at).cloned()).unwrap_or_else(|| genesis(&self.id))
    }

    /// Numbers of records that a later one says are undone.
    pub(super) fn undone(&self) -> BTreeSet<u64> {
        undone(&self.records)
    }

    /// Numbers under which nothing has happened but a mending. What was written under one of them before it was a mending's tells of
    /// something else.
    pub(super) fn mendings(&self) -> impl Iterator<Item = u64> {
        let mends =
            |record: &&AuditRecord| matches!(record.what, Event::Restored { .. }) && record.state.is_some() && record.with.draws.is_empty();
        self.records.iter().filter(mends).map(|record| record.seq)
    }

    /// What contradicts, of aggregate and chain.
    pub(super) fn judged(&self, aggregate: Option<&Item>) -> Option<Finding> {
        let (id, key) = (self.id.clone(), self.key.clone());
        let Some(aggregate) = aggregate else {
            let records = self.len() + self.loose.len() as u64;
            return Some(Finding::NeverCreated { id, key, records });
        };
        let foreign = |why: &str| Some(Finding::Foreign { key: self.key.clone(), why: why.to_owned() });
        let seq = aggregate.number("seq").unwrap_or_default().unsigned_abs();
        if self.len() < seq || !self.loose.is_empty() {
            let from = self.len() + 1;
            let highest = self.loose.iter().map(|(seq, _)| *seq).max().unwrap_or_default();
            return Some(Finding::Chain { id, key, how: Break::Lost { from, to: seq.max(highest) } });
        }
        if aggregate.text("head") != Some(&self.hash(seq)) {
            return foreign("the aggregate does not stand at the end of its chain");
        }
        if self.len() > seq {
            return Some(Finding::Chain { id, key, how: Break::Undone { records: (seq + 1..=self.len()).collect() } });
        }
        let last = self.records.last()?;
        let left = self.records.iter().rev().find_map(|record| record.state.as_deref());
        let as_left = aggregate.text("stage") == Some(&last.to)
            && aggregate.number("version") == Some(number(last.version))
            && aggregate.text("data").map(state).as_deref() == left;
        if as_left { None } else { foreign("the aggregate is not as its chain left it") }
    }
}

/// What a record is about: one that stands in for another means that one, if it was found there; none if nobody knows what it said.
pub(super) fn meant(record: &AuditRecord) -> Option<AuditRecord> {
    let (Event::Restored { found, .. }, None) = (&record.what, &record.state) else { return Some(record.clone()) };
    let found = serde_json::from_str::<AuditRecord>(found.first()?).ok()?;
    (found.seq == record.seq && found.aggregate == record.aggregate).then_some(found)
}

/// Numbers of records that a later one says are undone.
pub(crate) fn undone(records: &[AuditRecord]) -> BTreeSet<u64> {
    let restored = records.iter().filter_map(|record| if let Event::Restored { undone, .. } = &record.what { Some(undone) } else { None });
    restored.flatten().copied().collect()
}

/// The aggregates and the orphaned records of a partition, by the key of the aggregate.
pub(super) fn aggregates(items: &[Item]) -> BTreeMap<Key, Option<&Item>> {
    let mut found: BTreeMap<Key, Option<&Item>> = BTreeMap::new();
    for item in items {
        if let Some(audited) = item.key.sk.strip_prefix(keys::AUDIT).and_then(|rest| rest.rsplit_once('#')) {
            found.entry(Key { pk: item.key.pk.clone(), sk: audited.0.to_owned() }).or_default();
        } else if item.text("head").is_some() {
            found.insert(item.key.clone(), Some(item));
        }
    }
    found
}

/// The id of an aggregate, from its item alone: what its records would say.
pub(super) fn id_of(item: &Item) -> Option<String> {
    let data: Value = serde_json::from_str(item.text("data")?).ok()?;
    let text =
        |name: &str| data.get(name).and_then(|value| value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|n| n.to_string())));
    let sk = item.key.sk.as_str();
    match sk {
        "ACCOUNT" => text("id").and_then(|id| AccountId::parse(&id).ok()).map(|id| format!("account/{id}")),
        "POLICY" => text("school").map(|school| format!("{school}/policy")),
        "OBJECTION" => text("record").map(|record| format!("objection/{record}")),
        _ if sk.starts_with(keys::OFFLINE_DRAFT) => Some(format!("{}/offline-draft/{}", text("person")?, text("graduation_year")?)),
        _ => text("id"),
    }
}

impl Chain {
    /// Numbers of the records that say that a document was drawn, and hold.
    pub(super) fn drawn(&self, kind: DocumentKind) -> Vec<u64> {
        let undone = self.undone();
        let drawn = |record: &&AuditRecord| matches!(&record.what, Event::DocumentIssued { kind: drawn, .. } if *drawn == kind);
        self.records.iter().filter(drawn).map(|record| record.seq).filter(|seq| !undone.contains(seq)).collect()
    }

    /// The hash of the code that the document of a record bears.
    pub(super) fn code(&self, seq: u64) -> Option<String> {
        let record = self.records.iter().find(|record| record.seq == seq)?;
        if let Event::DocumentIssued { code_sha256, .. } = &record.what { code_sha256.clone() } else { None }
    }
}
