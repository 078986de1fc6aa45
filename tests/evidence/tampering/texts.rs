//! Bits and fields, in the bundle and in its JSON.

use super::{Edit, Shown, any, flip};
use crate::support::Random;
use ::evidence::{Document, Proof};

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("a bit of a record's bytes", |shown, _, random| flip(any(&mut shown.bundle.records, random).bytes.as_mut().unwrap(), random)),
    ("a bit of a hash", |shown, _, random| flip(&mut any(&mut shown.bundle.records, random).hash, random)),
    ("a bit of a previous hash", |shown, _, random| flip(any(&mut shown.bundle.records, random).prev.as_mut().unwrap(), random)),
    ("a bit of a path", |shown, _, random| flip(any(&mut any_proof(shown, random).path, random), random)),
    ("a bit of a seal", |shown, _, random| flip(&mut any(&mut shown.bundle.seals, random).bytes, random)),
    ("a bit of a root", |shown, _, random| {
        let sealed = any(&mut shown.bundle.seals, random);
        let mut seal = sealed.read().unwrap();
        flip(&mut seal.root, random);
        sealed.bytes = seal.bytes();
    }),
    ("a bit of a signature", |shown, _, random| flip(&mut any(&mut shown.bundle.seals, random).signature, random)),
    ("a bit of a key", |shown, _, random| flip(&mut any(&mut shown.bundle.keys, random).public_key, random)),
    ("a bit of a key's id", |shown, _, random| flip(&mut any(&mut shown.bundle.keys, random).id, random)),
    ("a bit of the format", |shown, _, random| flip(&mut shown.bundle.format, random)),
    ("a bit of the aggregate", |shown, _, random| flip(&mut shown.bundle.aggregate, random)),
    ("complete or not", |shown, _, _| shown.bundle.complete = !shown.bundle.complete),
    ("a number of a record", |shown, _, random| another(&mut any(&mut shown.bundle.records, random).seq, random)),
    ("a number of a proof", |shown, _, random| {
        let proof = any_proof(shown, random);
        match random.below(4) {
            0 => another(&mut proof.seal, random),
            1 => another(&mut proof.index, random),
            2 => another(&mut proof.size, random),
            _ => proof.last = !proof.last,
        }
    }),
    ("a step of a path left out or put in", |shown, _, random| {
        let proof = any_proof(shown, random);
        let place = random.below(proof.path.len() + 1);
        if random.below(2) == 0 {
            proof.path.insert(place, "0".repeat(64));
        } else if place < proof.path.len() {
            proof.path.remove(place);
        }
    }),
    ("a field of the document", |shown, _, random| {
        let document = shown.bundle.document.as_mut().unwrap();
        match random.below(3) {
            0 => flip(&mut document.kind, random),
            1 => flip(&mut document.sha256, random),
            _ => another(&mut document.length, random),
        }
    }),
    ("no document", |shown, _, _| shown.bundle.document = None),
    ("another's document", |shown, victim, random| shown.bundle.document = Some(victim.other(random).1.document.clone())),
    ("another's document with its file", |shown, victim, random| {
        let other = victim.other(random).1;
        (shown.bundle.document, shown.file) = (Some(other.document.clone()), other.file.clone());
    }),
    ("another's file", |shown, victim, random| shown.file.clone_from(&victim.other(random).1.file)),
    ("a bit of the file", |shown, _, random| *any(&mut shown.file, random) ^= 1 << random.below(8)),
    ("the file cut", |shown, _, random| shown.file.truncate(random.below(shown.file.len()))),
    ("the file replaced, and named so", |shown, _, random| {
        *any(&mut shown.file, random) ^= 1 << random.below(8);
        let sha256 = ::domain::upload::sha256(&shown.file);
        shown.bundle.document = Some(Document { kind: "agreement".to_owned(), sha256, length: shown.file.len() as u64 });
    }),
    ("a bit of the JSON", |shown, _, random| {
        let mut json = serde_json::to_vec(&shown.bundle).unwrap();
        let place = random.below(json.len());
        json[place] ^= 1 << random.below(8);
        shown.json = Some(json);
    }),
    ("a byte of the JSON left out or doubled", |shown, _, random| {
        let mut json = serde_json::to_vec(&shown.bundle).unwrap();
        let place = random.below(json.len());
        let byte = json.remove(place);
        if random.below(2) == 0 {
            json.splice(place..place, [byte, byte]);
        }
        shown.json = Some(json);
    }),
];

fn any_proof<'a>(shown: &'a mut Shown, random: &mut Random) -> &'a mut Proof {
    any(&mut shown.bundle.records, random).proof.as_mut().unwrap()
}

/// A number near by, or far off.
fn another(number: &mut u64, random: &mut Random) {
    let near = random.below(7) as u64;
    *number = match random.below(8) {
        0 => u64::MAX - near,
        _ => (*number + 4).saturating_sub(near + u64::from(near <= 3)),
    };
}
