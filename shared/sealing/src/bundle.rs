//! Bundles: the records of an agreement with the proofs that they are sealed.

use domain::deadline::Hour;
use domain::document::Issued;
use domain::event::Event;
use evidence::{Bundle, Document, FORMAT, Key, Leaf, Record, Seal, Sealed};
use files::Shelf;
use lambda::Fault;
use std::collections::BTreeMap;
use store::{KeptSeal, Recorded, Signing, Store, Table};

/// Who a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The parties and the officers: all records.
    Concerned,
    /// Strangers: the records that say what was issued, which hold nothing personal.
    Strangers,
}

/// The bundle of an agreement, made for its newest document if there is one.
///
/// # Errors
/// As the table's and the files'.
pub async fn bundle<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, signing: &Signing, readers: Readers) -> Result<Bundle, Fault> {
    let id = signing.agreement.value.id.to_string();
    let own = signing.process.iter().filter(|recorded| recorded.record.aggregate == id);
    let shown = own.filter(|recorded| readers == Readers::Concerned || matches!(recorded.record.what, Event::DocumentIssued { .. }));
    let mut seals = Seals { store, shelf, by_hour: BTreeMap::new(), named: BTreeMap::new() };
    let mut records = Vec::new();
    for recorded in shown {
        records.push(record(recorded, &mut seals).await?);
    }
    unproven_from_the_first(&mut records, readers);
    let newest = signing.documents.iter().rev().find_map(|document| document.issued.as_ref());
    let (sealed, keys) = seals.finish()?;
    Ok(Bundle {
        format: FORMAT.to_owned(),
        aggregate: id,
        document: newest.map(document),
        records,
        complete: readers == Readers::Concerned,
        seals: sealed,
        keys,
    })
}

/// Records are sealed by their own time, and one that arrived first need not have committed first: the end of a chain that is not proven yet
/// begins with the first record that is not.
fn unproven_from_the_first(records: &mut [Record], readers: Readers) {
    let first = records.iter().position(|record| record.proof.is_none()).unwrap_or(records.len());
    if readers == Readers::Concerned {
        records.iter_mut().skip(first).for_each(|record| record.proof = None);
    }
}

fn document(issued: &Issued) -> Document {
    Document { kind: issued.kind.as_str().to_owned(), sha256: issued.sha256.clone(), length: issued.length }
}

async fn record<T: Table, F: Shelf>(recorded: &Recorded, seals: &mut Seals<'_, T, F>) -> Result<Record, Fault> {
    let Recorded { record, bytes, hash } = recorded;
    let leaf = Leaf { aggregate: record.aggregate.clone(), seq: record.seq, hash: hash.clone() };
    let proof = seals.proof(&leaf, &Hour::of(record.at)).await?;
    Ok(Record { seq: record.seq, bytes: Some(bytes.clone()), prev: Some(record.prev.clone()), hash: hash.clone(), proof })
}

/// Seals as they are needed, each read once.
struct Seals<'a, T, F> {
    store: &'a Store<T>,
    shelf: &'a F,
    by_hour: BTreeMap<Hour, Vec<KeptSeal>>,
    /// Those that a proof names, by their number.
    named: BTreeMap<u64, KeptSeal>,
}

impl<T: Table, F: Shelf> Seals<'_, T, F> {
    async fn proof(&mut self, leaf: &Leaf, hour: &Hour) -> Result<Option<evidence::Proof>, Fault> {
        if !self.by_hour.contains_key(hour) {
            self.by_hour.insert(hour.clone(), self.store.seals_over(hour).await?);
        }
        for kept in self.by_hour.get(hour).into_iter().flatten() {
            let seal = read(&kept.sealed)?;
            if let Some(proof) = crate::proof(self.shelf, &seal, leaf).await? {
                self.named.insert(seal.number, kept.clone());
                return Ok(Some(proof));
            }
        }
        Ok(None)
    }

    /// The seals and their keys, in their order.
    fn finish(self) -> Result<(Vec<Sealed>, Vec<Key>), Fault> {
        let mut keys = BTreeMap::new();
        for kept in self.named.values() {
            keys.insert(read(&kept.sealed)?.key, kept.public_key.clone());
        }
        let keys = keys.into_iter().map(|(id, public_key)| Key { id, public_key }).collect();
        Ok((self.named.into_values().map(|kept| kept.sealed).collect(), keys))
    }
}

fn read(sealed: &Sealed) -> Result<Seal, Fault> {
    sealed.read().ok_or_else(|| Fault::Logged(api::ProblemKind::Internal, "a seal does not read".to_owned()))
}
