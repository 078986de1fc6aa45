//! The chain of an aggregate's audit records: each hash is over the record's exact bytes and the hash before it.

use crate::fault::{Fault, RecordFault};
use crate::hash::{hex, sha256};
use crate::leaves::Leaf;
use std::collections::BTreeMap;

/// What the first record of an aggregate links to: it binds the aggregate's id, so that no record begins another's chain.
#[must_use]
pub fn genesis(aggregate: &str) -> String {
    link(aggregate, "wangqian/audit/1")
}

/// The hash of a record behind the hash before it.
#[must_use]
pub fn link(bytes: &str, prev: &str) -> String {
    hex(&sha256(&[&[1], bytes.as_bytes(), prev.as_bytes()]))
}

/// Holds an aggregate's chain against leaves that were sealed and are kept elsewhere: each of the aggregate's leaves is in the chain
/// with its hash. This finds what no bundle can show: a chain rolled back to an earlier, once rightful, end. Leaves of other aggregates
/// are passed over; the order of both is free.
///
/// # Errors
/// The lowest number that is sealed and not in the chain, or there with another hash.
pub fn check_against<'a>(aggregate: &str, records: impl IntoIterator<Item = (u64, &'a str)>, leaves: &[Leaf]) -> Result<(), Fault> {
    let chain: BTreeMap<u64, &str> = records.into_iter().collect();
    let wrong = |leaf: &Leaf| match chain.get(&leaf.seq) {
        Some(&hash) if hash == leaf.hash => None,
        Some(_) => Some((leaf.seq, RecordFault::SealedOtherwise)),
        None => Some((leaf.seq, RecordFault::SealedAndGone)),
    };
    let lowest = leaves.iter().filter(|leaf| leaf.aggregate == aggregate).filter_map(wrong).min_by_key(|(seq, _)| *seq);
    lowest.map_or(Ok(()), |(seq, fault)| Err(Fault::Record { seq, fault }))
}
