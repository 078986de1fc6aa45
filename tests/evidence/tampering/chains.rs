//! Records and chains: cut, mixed, and rewritten with every hash right.

use super::{Edit, Victim, any};
use crate::support::Random;
use ::evidence::{Bundle, Record, chain};
use serde_json::{Value, json};

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("a field of a record", |shown, _, random| {
        let place = random.below(shown.bundle.records.len());
        rewrite(&mut shown.bundle.records[place], random);
    }),
    ("a field of a record, hashed anew", |shown, _, random| {
        let place = random.below(shown.bundle.records.len());
        rewrite(&mut shown.bundle.records[place], random);
        rehash(&mut shown.bundle.records[place..=place], None);
    }),
    ("a field of a record, the chain hashed anew from there on", |shown, _, random| {
        let place = random.below(shown.bundle.records.len());
        rewrite(&mut shown.bundle.records[place], random);
        rehash(&mut shown.bundle.records[place..], None);
    }),
    ("another document issued, the chain hashed anew", |shown, victim, random| {
        let other = victim.other(random).1;
        let (named, file) = (other.document.clone(), other.file.clone());
        let was = shown.bundle.document.replace(named.clone()).unwrap();
        shown.file = file;
        let Some(place) = shown.bundle.records.iter().position(|record| text(record).contains(&was.sha256)) else { return };
        let record = &mut shown.bundle.records[place];
        let bytes = text(record).replace(&was.sha256, &named.sha256);
        record.bytes = Some(bytes.replace(&format!("\"length\":{}", was.length), &format!("\"length\":{}", named.length)));
        rehash(&mut shown.bundle.records[place..], None);
    }),
    ("a record left out", |shown, _, random| {
        shown.bundle.records.remove(random.below(shown.bundle.records.len()));
    }),
    ("a record left out, the chain closed behind it", |shown, victim, random| {
        let place = random.below(shown.bundle.records.len());
        shown.bundle.records.remove(place);
        close(&mut shown.bundle, victim);
    }),
    ("a record doubled", |shown, _, random| {
        let place = random.below(shown.bundle.records.len());
        shown.bundle.records.insert(place, shown.bundle.records[place].clone());
    }),
    ("a record put in, the chain closed around it", |shown, victim, random| {
        let place = random.below(shown.bundle.records.len());
        let mut record = shown.bundle.records[place].clone();
        rewrite(&mut record, random);
        shown.bundle.records.insert(place, record);
        close(&mut shown.bundle, victim);
    }),
    ("two records exchanged", |shown, _, random| {
        let count = shown.bundle.records.len();
        shown.bundle.records.swap(random.below(count), random.below(count));
    }),
    ("two proofs exchanged", |shown, _, random| {
        let (one, two) = (random.below(shown.bundle.records.len()), random.below(shown.bundle.records.len()));
        let proof = shown.bundle.records[one].proof.take();
        shown.bundle.records[one].proof = std::mem::replace(&mut shown.bundle.records[two].proof, proof);
    }),
    ("a record of another's chain", |shown, victim, random| {
        let theirs = victim.archive.complete(victim.other(random).0).records;
        let place = random.below(theirs.len());
        *any(&mut shown.bundle.records, random) = theirs[place].clone();
    }),
    ("another's chain", |shown, victim, random| {
        shown.bundle.records = victim.archive.complete(victim.other(random).0).records;
    }),
    ("another's whole bundle under this name", |shown, victim, random| {
        let theirs = victim.archive.complete(victim.other(random).0);
        shown.bundle = Bundle { aggregate: shown.bundle.aggregate.clone(), ..theirs };
    }),
    ("a record hidden", |shown, _, random| {
        let record = any(&mut shown.bundle.records, random);
        (record.bytes, record.prev) = (None, None);
    }),
    ("half a record hidden", |shown, _, random| {
        let record = any(&mut shown.bundle.records, random);
        if random.below(2) == 0 { record.bytes = None } else { record.prev = None }
    }),
    ("the end cut off", |shown, _, random| {
        shown.bundle.records.truncate(random.below(shown.bundle.records.len()));
    }),
    ("rolled back: the end cut off with its seals", |shown, victim, random| {
        let records = &mut shown.bundle.records;
        // The document is still named, so that the file fits.
        if shown.bundle.complete && records.len() > victim.chain.issued + 1 {
            records.truncate(victim.chain.issued + 1 + random.below(records.len() - victim.chain.issued - 1));
            drop_unused(&mut shown.bundle);
        }
    }),
    ("a record made up behind the end", |shown, _, random| {
        let mut record = shown.bundle.records.last().unwrap().clone();
        rewrite(&mut record, random);
        record.seq += 1;
        record.proof = None;
        shown.bundle.records.push(record);
        let last = shown.bundle.records.len() - 1;
        let prev = shown.bundle.records[last - 1].hash.clone();
        rehash(&mut shown.bundle.records[last..], Some(prev));
    }),
];

fn text(record: &Record) -> &str {
    record.bytes.as_deref().unwrap()
}

/// Says something else in a field, in canonical form.
fn rewrite(record: &mut Record, random: &mut Random) {
    let mut content: Value = serde_json::from_str(text(record)).unwrap();
    let (field, value) = match random.below(5) {
        0 => ("at", json!("2026-11-01T00:00:00.000Z")),
        1 => ("actor", json!({ "role": "school", "account": "t-2" })),
        2 => ("to", json!("签约鉴证通过")),
        3 => ("request_id", json!("another")),
        _ => ("what", json!({ "event": "agreement_certified", "number": "2026-1" })),
    };
    content[field] = value;
    record.bytes = Some(content.to_string());
}

/// Links these records to each other, the first one to `prev` or to what it linked to, and hashes them anew.
fn rehash(records: &mut [Record], prev: Option<String>) {
    let mut prev = prev.or_else(|| records.first()?.prev.clone());
    for record in records {
        let mut content: Value = serde_json::from_str(text(record)).unwrap();
        let link = prev.unwrap();
        content["prev"] = json!(link);
        content["seq"] = json!(record.seq);
        let bytes = content.to_string();
        record.hash = chain::link(&bytes, &link);
        (record.bytes, record.prev) = (Some(bytes), Some(link));
        prev = Some(record.hash.clone());
    }
}

/// Numbers and links all records anew, so that the chain by itself is without fault.
fn close(bundle: &mut Bundle, victim: &Victim) {
    if bundle.complete {
        for (record, seq) in bundle.records.iter_mut().zip(1..) {
            record.seq = seq;
        }
        rehash(&mut bundle.records, Some(chain::genesis(&victim.chain.aggregate)));
    }
}

/// Leaves out the seals that no proof names any more.
fn drop_unused(bundle: &mut Bundle) {
    let used: Vec<u64> = bundle.records.iter().filter_map(|record| Some(record.proof.as_ref()?.seal)).collect();
    bundle.seals.retain(|sealed| used.contains(&sealed.read().unwrap().number));
}
