//! Bundles: the records of an agreement with the proofs that they are sealed; and whether the chain says what was sealed.

use crate::Reader;
use api::ProblemKind;
use domain::deadline::Hour;
use domain::document::Issued;
use domain::event::Event;
use evidence::{Bundle, Document, FORMAT, Key, Proof, Record, Seal, Sealed};
use files::Shelf;
use lambda::Fault;
use std::collections::{BTreeMap, BTreeSet};
use store::{AuditRecord, KeptSeal, Recorded, Signing, Store, Table};

/// Who a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Officers: all records.
    Officers,
    /// The parties: all records; of those that are between school and college, hash and place alone.
    Parties,
    /// Strangers: the records that say what was issued that bears a code, which hold nothing personal.
    Strangers,
}

impl Readers {
    /// Whether a record stands in their bundle.
    fn have(self, record: &AuditRecord) -> bool {
        self != Self::Strangers || matches!(record.what, Event::DocumentIssued { kind, .. } if kind.bears_code())
    }

    /// Whether they read what it says. What the school tells the college when it returns a signing is between the two.
    fn read(self, record: &AuditRecord) -> bool {
        self == Self::Officers || !matches!(record.what, Event::ReturnedToCollege { .. })
    }
}

/// A bundle, and whether the whole chain says what was sealed.
#[derive(Debug)]
pub struct Proven {
    /// The bundle.
    pub bundle: Bundle,
    /// Whether each record is as it was sealed, or not sealed yet, and none that was sealed behind the last is missing.
    pub holds: bool,
}

/// How a record stands with the seals.
enum Standing {
    /// Under a seal.
    Sealed(Proof),
    /// Not yet.
    Open,
    /// Something else was sealed, or nothing where it should have been.
    Contradicted,
}

/// The bundle of an agreement, made for its newest document if there is one.
///
/// # Errors
/// As the table's and the files'.
pub async fn bundle<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, signing: &Signing, readers: Readers) -> Result<Proven, Fault> {
    let id = signing.agreement.value.id.to_string();
    let own: Vec<&Recorded> = signing.process.iter().filter(|recorded| recorded.record.aggregate == id).collect();
    let mut seals = Seals { store, reader: Reader::new(shelf), by_hour: BTreeMap::new(), found: BTreeMap::new() };
    let (mut records, mut holds) = (Vec::with_capacity(own.len()), true);
    for recorded in &own {
        let standing = seals.standing(recorded).await?;
        holds &= !matches!(standing, Standing::Contradicted);
        records.push(record(recorded, standing, readers));
    }
    // The end of the chain is not the end of what was sealed.
    holds &= records.last().and_then(|last| last.proof.as_ref()).is_none_or(|proof| proof.last);
    let complete = readers != Readers::Strangers && records.iter().all(|record| record.bytes.is_some());
    if complete {
        open_from_the_first(&mut records);
    }
    let shown = own.iter().zip(records).filter(|(recorded, _)| readers.have(&recorded.record)).map(|(_, record)| record);
    let records: Vec<Record> = shown.collect();
    let mut newest = signing.documents.iter().rev().filter(|document| readers != Readers::Strangers || document.kind.bears_code());
    let document = newest.find_map(|document| document.issued.as_ref()).map(document);
    let (seals, keys) = seals.named_by(&records)?;
    let bundle = Bundle { format: FORMAT.to_owned(), aggregate: id, document, records, complete, seals, keys };
    Ok(Proven { bundle, holds })
}

/// Records are sealed by their own time, and one that arrived first need not have committed first: the end of a chain that is not proven yet
/// begins with the first record that is not, and before it stands the last of its seal.
fn open_from_the_first(records: &mut [Record]) {
    let mut first = records.iter().position(|record| record.proof.is_none()).unwrap_or(records.len());
    let ends = |record: &Record| record.proof.as_ref().is_some_and(|proof| proof.last);
    while first > 0 && !records.get(first - 1).is_some_and(ends) {
        first -= 1;
    }
    records.iter_mut().skip(first).for_each(|record| record.proof = None);
}

fn document(issued: &Issued) -> Document {
    Document { kind: issued.kind.as_str().to_owned(), sha256: issued.sha256.clone(), length: issued.length }
}

fn record(recorded: &Recorded, standing: Standing, readers: Readers) -> Record {
    let Recorded { record, bytes, hash } = recorded;
    let read = readers.read(record);
    let proof = if let Standing::Sealed(proof) = standing { Some(proof) } else { None };
    let (bytes, prev) = (read.then(|| bytes.clone()), read.then(|| record.prev.clone()));
    Record { seq: record.seq, bytes, prev, hash: hash.clone(), proof }
}

/// Seals as they are needed, each read once.
struct Seals<'a, T, F> {
    store: &'a Store<T>,
    reader: Reader<'a, F>,
    by_hour: BTreeMap<Hour, Vec<KeptSeal>>,
    /// Those that a proof leads to, by their number.
    found: BTreeMap<u64, KeptSeal>,
}

impl<T: Table, F: Shelf> Seals<'_, T, F> {
    async fn standing(&mut self, recorded: &Recorded) -> Result<Standing, Fault> {
        let (record, hour) = (&recorded.record, Hour::of(recorded.record.at));
        if !self.by_hour.contains_key(&hour) {
            self.by_hour.insert(hour.clone(), self.store.seals_over(&hour).await?);
        }
        let kept = self.by_hour.get(&hour).cloned().unwrap_or_default();
        let (mut over, mut behind) = (false, false);
        for kept in kept {
            let seal = read(&kept.sealed)?;
            (over, behind) = (over || seal.from <= crate::full(&hour), over);
            match self.reader.find(&seal, &record.aggregate, record.seq).await {
                Ok(Some((leaf, proof))) if leaf.hash == recorded.hash => {
                    self.found.insert(seal.number, kept);
                    return Ok(Standing::Sealed(proof));
                }
                Ok(None) => {}
                Ok(Some(_)) => return Ok(Standing::Contradicted),
                Err(Fault::Logged(ProblemKind::Internal, cause)) => {
                    tracing::error!(cause, "evidence that does not hold");
                    return Ok(Standing::Contradicted);
                }
                Err(other) => return Err(other),
            }
        }
        // What came late is under the seal behind the one over its hour, and no later.
        Ok(if over && behind { Standing::Contradicted } else { Standing::Open })
    }

    /// The seals that proofs of these records name, and their keys, in their order.
    fn named_by(mut self, records: &[Record]) -> Result<(Vec<Sealed>, Vec<Key>), Fault> {
        let names: BTreeSet<u64> = records.iter().filter_map(|record| record.proof.as_ref()).map(|proof| proof.seal).collect();
        self.found.retain(|number, _| names.contains(number));
        let mut keys = BTreeMap::new();
        for kept in self.found.values() {
            keys.insert(read(&kept.sealed)?.key, kept.public_key.clone());
        }
        let keys = keys.into_iter().map(|(id, public_key)| Key { id, public_key }).collect();
        Ok((self.found.into_values().map(|kept| kept.sealed).collect(), keys))
    }
}

fn read(sealed: &Sealed) -> Result<Seal, Fault> {
    sealed.read().ok_or_else(|| Fault::Logged(ProblemKind::Internal, "a seal does not read".to_owned()))
}
