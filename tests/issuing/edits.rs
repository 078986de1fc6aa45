//! Whoever can write to the table can change anything there. Nothing stays unseen by who has the sealed roots.

use super::office::{Office, agreement_key};
use crate::support::{Random, proof};
use crate::support::{minutes, start};
use domain::values::AgreementId;
use evidence::Leaf;
use evidence::chain::{check_against, genesis, link};
use std::collections::BTreeMap;
use store::{Item, Table as _, Value, verify_chain};

/// An agreement with its records, as an auditor reads them.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    id: String,
    standing: Item,
    records: Vec<Item>,
}

impl Told {
    /// Whether an auditor finds nothing wrong: the chain holds by itself, and says what was sealed.
    fn holds(&self, sealed: &[Leaf]) -> bool {
        let whole = verify_chain(&self.id, &self.standing, &self.records).is_ok();
        let hashes = self.records.iter().map(|record| {
            let seq = record.number("seq").and_then(|seq| u64::try_from(seq).ok()).unwrap_or_default();
            (seq, record.text("hash").unwrap_or_default())
        });
        whole && check_against(&self.id, hashes, sealed).is_ok()
    }

    /// Makes the chain whole again behind a change, as somebody would who knows how it is made.
    fn relinked(mut self) -> Self {
        let mut prev = genesis(&self.id);
        for record in &mut self.records {
            let mut said: serde_json::Value = serde_json::from_str(record.text("bytes").unwrap()).unwrap();
            said["prev"] = prev.clone().into();
            let bytes = said.to_string();
            prev = link(&bytes, &prev);
            record.attributes.insert("bytes".to_owned(), bytes.into());
            record.attributes.insert("hash".to_owned(), prev.clone().into());
        }
        self.standing.attributes.insert("head".to_owned(), prev.into());
        self
    }
}

/// A change of one text or number somewhere.
fn edited(random: &mut Random, told: &Told, other: &Told, earlier: &Told) -> (&'static str, Told) {
    let mut edited = told.clone();
    let count = told.records.len();
    let at = random.below(count);
    match random.below(12) {
        0 => {
            let name = *random.one_of(&["bytes", "hash"]);
            flip(random, edited.records[at].attributes.get_mut(name).unwrap());
            ("bit of a record", edited)
        }
        1 => {
            flip(random, edited.standing.attributes.get_mut("data").unwrap());
            ("bit of the agreement", edited)
        }
        2 => {
            let (name, value) = match random.below(4) {
                0 => ("stage", Value::from("withdrawn")),
                1 => ("version", Value::from(7)),
                2 => ("seq", Value::from(1)),
                _ => ("head", Value::from("0".repeat(64))),
            };
            edited.standing.attributes.insert(name.to_owned(), value);
            ("field", edited)
        }
        3 => {
            drop(edited.records.remove(at));
            ("delete", edited)
        }
        4 => {
            let from = random.below(count);
            let again = told.records[from].clone();
            edited.records.insert(at, again);
            ("insert", edited)
        }
        5 => {
            edited.records.swap(at, (at + 1) % count);
            ("reorder", edited)
        }
        6 => {
            edited.records.truncate(at);
            ("truncate", edited)
        }
        7 => {
            edited.records[at] = other.records[at % other.records.len()].clone();
            ("swap of records", edited)
        }
        8 => {
            edited.standing.attributes.clone_from(&other.standing.attributes);
            ("swap of agreements", edited)
        }
        9 => {
            let said = edited.records[at].text("bytes").unwrap().replacen("2026-11-23T0", "2026-11-23T1", 1);
            edited.records[at].attributes.insert("bytes".to_owned(), said.into());
            ("rewrite of the whole chain", edited.relinked())
        }
        10 => ("roll back", earlier.clone()),
        _ => {
            let data = edited.standing.text("data").unwrap().replacen("1000000", "9000000", 1);
            let state = domain::upload::sha256(data.as_bytes());
            edited.standing.attributes.insert("data".to_owned(), data.into());
            let last = edited.records.iter_mut().rev().find(|record| record.text("bytes").unwrap().contains("\"state\"")).unwrap();
            let mut said: serde_json::Value = serde_json::from_str(last.text("bytes").unwrap()).unwrap();
            said["state"] = state.into();
            last.attributes.insert("bytes".to_owned(), said.to_string().into());
            ("rewrite of the agreement and its chain", edited.relinked())
        }
    }
}

/// Another bit of a text that stays one.
fn flip(random: &mut Random, value: &mut Value) {
    let text = value.text().unwrap();
    let places: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).map(|(at, _)| at).collect();
    let at = *random.one_of(&places);
    let byte = text.as_bytes()[at];
    let flipped = char::from(if byte == b'0' { b'1' } else { byte ^ 1 });
    let flipped = if flipped.is_ascii_graphic() && flipped != '"' && flipped != '\\' { flipped } else { '0' };
    let mut changed = text.to_owned();
    changed.replace_range(at..=at, &flipped.to_string());
    *value = changed.into();
}

/// Reliability 3.10. `cargo xtask proof` makes 10,000 edits of 1,000 agreements.
#[tokio::test]
async fn every_edit_of_an_agreement_is_found() {
    let (agreements, edits) = (proof(20, 1_000), proof(400, 10_000));
    let office = Office::new(false).await;
    let mut stories: Vec<(AgreementId, Told)> = Vec::new();
    for n in 1..=u32::try_from(agreements).unwrap() {
        let id = office.signs(n, start()).await;
        let earlier = told(&office, &id).await;
        office.certifies(&id, start().plus_millis(minutes(30))).await;
        stories.push((id, earlier));
    }
    office.seals(start().plus_millis(minutes(66))).await.unwrap();
    let sealed = office.sealed().await;
    let mut of_each: BTreeMap<&str, Vec<Leaf>> = BTreeMap::new();
    for leaf in &sealed {
        of_each.entry(leaf.aggregate.as_str()).or_default().push(leaf.clone());
    }
    let mut whole = Vec::new();
    for (id, _) in &stories {
        let told = told(&office, id).await;
        assert!(told.holds(&of_each[id.as_str()]), "{id}");
        whole.push(told);
    }
    let (mut random, mut found) = (Random::new(0x5EA1), BTreeMap::<&str, u32>::new());
    for round in 0..edits {
        let one = random.below(whole.len());
        let other = (one + 1) % whole.len();
        let (what, changed) = edited(&mut random, &whole[one], &whole[other], &stories[one].1);
        assert_ne!(changed, whole[one], "{what}: an edit that changes nothing");
        assert!(!changed.holds(&of_each[changed.id.as_str()]), "round {round}: {what} stays unseen: {changed:?}");
        *found.entry(what).or_default() += 1;
    }
    println!("{edits} edits of {agreements} agreements, all found: {found:?}");
    assert_eq!(found.len(), 12, "every kind was made");
}

async fn told(office: &Office, id: &AgreementId) -> Told {
    let (standing, records) = office.chain(id).await;
    assert_eq!(standing.key, agreement_key(id));
    assert!(office.table.get(&standing.key).await.unwrap().is_some());
    Told { id: id.to_string(), standing, records }
}
