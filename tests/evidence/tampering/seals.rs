//! Seals and keys: left out, mixed, taken from elsewhere, and forged with another key.

use super::super::scene::{Archive, Chain, brought, hour, key, signed};
use super::{Edit, Victim, any};
use ::evidence::{Leaf, Seal, Signer as _};
use serde_json::json;

/// Whose key it is, the house does not know.
const FORGER: u8 = 99;

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("a seal left out", |shown, _, random| {
        shown.bundle.seals.remove(random.below(shown.bundle.seals.len()));
    }),
    ("a seal doubled", |shown, _, random| {
        let place = random.below(shown.bundle.seals.len());
        shown.bundle.seals.insert(place, shown.bundle.seals[place].clone());
    }),
    ("two seals exchanged", |shown, _, random| {
        let count = shown.bundle.seals.len();
        shown.bundle.seals.swap(random.below(count), random.below(count));
    }),
    ("another seal of the house", |shown, victim, random| {
        *any(&mut shown.bundle.seals, random) = random.one_of(&victim.archive.sealed).clone();
    }),
    ("all seals of the house", |shown, victim, _| shown.bundle.seals.clone_from(&victim.archive.sealed)),
    ("a genuine seal of the same number over other records", |shown, _, random| {
        let elsewhere = Archive::new(1, 5, random);
        let sealed = any(&mut shown.bundle.seals, random);
        let number = sealed.read().unwrap().number;
        *sealed = elsewhere.sealed[usize::try_from(number).unwrap() - 1].clone();
    }),
    ("two signatures exchanged", |shown, _, random| {
        let (one, two) = (random.below(shown.bundle.seals.len()), random.below(shown.bundle.seals.len()));
        let signature = shown.bundle.seals[one].signature.clone();
        shown.bundle.seals[one].signature = std::mem::replace(&mut shown.bundle.seals[two].signature, signature);
    }),
    ("a field of a seal", |shown, _, random| {
        let sealed = any(&mut shown.bundle.seals, random);
        let mut seal = sealed.read().unwrap();
        match random.below(5) {
            0 => seal.number += 1,
            1 => seal.records += 1,
            2 => seal.from = hour(100),
            3 => seal.to = hour(101),
            _ => seal.previous = "0".repeat(64),
        }
        sealed.bytes = seal.bytes();
    }),
    ("a proof left out", |shown, _, random| any(&mut shown.bundle.records, random).proof = None),
    ("all proofs, seals and keys left out", |shown, _, _| {
        shown.bundle.records.iter_mut().for_each(|record| record.proof = None);
        shown.bundle.seals.clear();
        shown.bundle.keys.clear();
    }),
    ("a seal signed by another", |shown, _, random| {
        let sealed = any(&mut shown.bundle.seals, random);
        let seal = sealed.read().unwrap();
        *sealed = signed(&Seal { key: key(FORGER).key_id().to_owned(), ..seal }, &key(FORGER));
        shown.bundle.keys.push(brought(&key(FORGER)));
        shown.bundle.keys.sort_by(|one, other| one.id.cmp(&other.id));
    }),
    ("a seal signed by another in the house's name", |shown, victim, random| {
        let sealed = any(&mut shown.bundle.seals, random);
        let mut forged = signed(&Seal { key: key(FORGER).key_id().to_owned(), ..sealed.read().unwrap() }, &key(FORGER));
        let seal = Seal { key: victim.archive.key.key_id().to_owned(), ..sealed.read().unwrap() };
        forged.bytes = seal.bytes();
        *sealed = forged;
    }),
    ("a key put in", |shown, _, _| {
        shown.bundle.keys.push(brought(&key(FORGER)));
        shown.bundle.keys.sort_by(|one, other| one.id.cmp(&other.id));
    }),
    ("the key replaced", |shown, _, random| {
        let brought = brought(&key(FORGER));
        let key = any(&mut shown.bundle.keys, random);
        if random.below(2) == 0 { key.public_key = brought.public_key } else { *key = brought }
    }),
    ("no key", |shown, _, _| shown.bundle.keys.clear()),
    ("everything forged with another key", |shown, victim, _| {
        let forged = forged(victim);
        shown.bundle = if shown.bundle.complete { forged.complete(0) } else { forged.public(0) };
    }),
    ("everything forged with another key, its seals under the house's", |shown, victim, _| {
        let forged = forged(victim);
        let keys = shown.bundle.keys.clone();
        shown.bundle = if shown.bundle.complete { forged.complete(0) } else { forged.public(0) };
        shown.bundle.keys = keys;
    }),
    ("a leaf of the tree for another", |shown, victim, random| {
        // Somebody takes a rightful proof of another's record for this one's.
        let leaf: &Leaf = random.one_of(victim.archive.hours[victim.chain.records[0].hour].as_slice());
        let seal = victim.chain.records[0].hour as u64 + 1;
        let proof = victim.archive.hours[victim.chain.records[0].hour].proof(&leaf.aggregate, leaf.seq, seal);
        any(&mut shown.bundle.records, random).proof = proof;
    }),
];

/// The chain with another end, sealed by a stranger.
fn forged(victim: &Victim) -> Archive {
    let mut chain: Chain = victim.chain.clone();
    let hour = chain.records.last().unwrap().hour;
    chain.append(&json!({ "event": "agreement_certified", "number": "2026-1" }), hour);
    Archive::of(vec![chain], victim.archive.hours.len(), key(FORGER))
}
