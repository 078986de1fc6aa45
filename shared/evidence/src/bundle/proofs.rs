//! Proofs: that each leads from its record to the root of a seal in the bundle.

use super::{Bundle, MOST_HASHES, Proof, Record};
use crate::fault::{Fault, RecordFault, SealFault};
use crate::hash::{Hash, parse};
use crate::leaves::Leaf;
use crate::merkle::verify_inclusion;
use crate::seal::Seal;
use std::collections::{BTreeMap, BTreeSet};

/// Checks every proof; tells the records that have none. In a complete bundle only a tail may be without.
pub(super) fn check(bundle: &Bundle, seals: &BTreeMap<u64, Seal>) -> Result<Vec<u64>, Fault> {
    let mut unsealed = Vec::new();
    let mut used = BTreeSet::new();
    for record in &bundle.records {
        let Some(proof) = &record.proof else {
            unsealed.push(record.seq);
            continue;
        };
        if let Some(&seq) = unsealed.first().filter(|_| bundle.complete) {
            return Err(Fault::Record { seq, fault: RecordFault::ProofMissing });
        }
        check_one(&bundle.aggregate, record, proof, seals).map_err(|fault| Fault::Record { seq: record.seq, fault })?;
        used.insert(proof.seal);
    }
    let end = bundle.records.iter().filter_map(|record| Some((record.seq, record.proof.as_ref()?))).next_back();
    if let Some((seq, _)) = end.filter(|(_, proof)| bundle.complete && !proof.last) {
        return Err(Fault::Record { seq, fault: RecordFault::CutOff });
    }
    let unused = seals.keys().find(|number| !used.contains(number));
    unused.map_or(Ok(unsealed), |&number| Err(Fault::Seal { number, fault: SealFault::Unused }))
}

fn check_one(aggregate: &str, record: &Record, proof: &Proof, seals: &BTreeMap<u64, Seal>) -> Result<(), RecordFault> {
    if proof.path.len() > MOST_HASHES {
        return Err(RecordFault::ProofTooLong);
    }
    let seal = seals.get(&proof.seal).ok_or(RecordFault::SealMissing)?;
    // The path alone does not tell the size: a leaf can have the same in trees of several.
    if proof.size != seal.records {
        return Err(RecordFault::ProofSize);
    }
    if proof.index >= proof.size {
        return Err(RecordFault::ProofPlace);
    }
    let path: Vec<Hash> = proof.path.iter().map(|hash| parse(hash)).collect::<Option<_>>().ok_or(RecordFault::ProofMalformed)?;
    let leaf = Leaf { aggregate: aggregate.to_owned(), seq: record.seq, hash: record.hash.clone() };
    let leads = parse(&seal.root).is_some_and(|root| verify_inclusion(&leaf.digest(proof.last), proof.index, proof.size, &path, &root));
    if leads { Ok(()) } else { Err(RecordFault::Root) }
}
