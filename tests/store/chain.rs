//! The audit chain (promise 5): what a story leaves is whole, and no edit of it stays unseen.

use super::data::all;
use crate::support::World;
use domain::policy::{CertificationLevel, Policy};
use domain::values::SchoolId;
use serde_json::json;
use store::roster::Entry;
use store::{AuditRecord, Error, Index, Item, Table, verify_chain};

/// An aggregate as it stands in the table, with its audit records in the order of their numbers.
#[derive(Clone, Debug)]
struct Told {
    id: String,
    aggregate: Item,
    records: Vec<Item>,
}

impl Told {
    fn verify(&self) -> Result<Vec<AuditRecord>, Error> {
        verify_chain(&self.id, &self.aggregate, &self.records)
    }

    fn with(&self, edit: impl FnOnce(&mut Vec<Item>)) -> Self {
        let mut edited = self.clone();
        edit(&mut edited.records);
        edited
    }

    /// Reads the partition of the signing, as an auditor would.
    async fn read(world: &World, id: &str, name: &str) -> Self {
        let (school, suffix) = (&id[..5], &id[7..]);
        let query = all(Index::Table, &format!("SCHOOL#{school}#SIGNING#{suffix}"));
        let items = world.stack.table().query(&query).await.unwrap().items;
        let aggregate = items.iter().find(|item| item.key.sk == name).unwrap().clone();
        let prefix = format!("AUDIT#{name}#");
        Self { id: id.to_owned(), aggregate, records: items.into_iter().filter(|item| item.key.sk.starts_with(&prefix)).collect() }
    }
}

/// A letter that is accepted, approved, returned, approved again and certified: the letter's story and the agreement's.
async fn story() -> [Told; 2] {
    let world = World::new().await;
    let levels = Policy { certification_level: CertificationLevel::CollegeThenSchool, ..Policy::default() };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99001").unwrap(), levels)]).await;
    let (acme, mia) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (college, school) = (world.college("99001", "c01"), world.school("99001"));
    let letter = acme.invites(&mia).await;
    let agreement = mia.signs(&letter).await;
    for (version, officer, decision) in [(1, &college, "pass"), (2, &school, "return"), (3, &college, "pass"), (4, &school, "pass")] {
        world.after(60_000);
        let body = json!({ "decision": decision, "version": version, "reason": "请核对" });
        officer.decides(&agreement, &body).await.with(200);
    }
    [Told::read(&world, &letter.id, "INVITATION").await, Told::read(&world, &agreement, "AGREEMENT").await]
}

#[tokio::test]
async fn each_event_of_a_signing_has_its_record_and_the_chain_ends_at_the_aggregate() {
    let [letter, agreement] = story().await;
    for (told, expected) in [
        (&letter, vec!["invitation_sent", "invitation_accepted"]),
        (&agreement, vec!["agreement_formed", "college_approved", "returned_to_college", "college_approved", "agreement_certified"]),
    ] {
        let records = told.verify().unwrap();
        assert_eq!(records.iter().map(|record| record.what.name()).collect::<Vec<_>>(), expected);
        for (i, (record, item)) in records.iter().zip(&told.records).enumerate() {
            let seq = i as u64 + 1;
            assert_eq!((record.seq, record.version, record.aggregate.as_str()), (seq, seq, told.id.as_str()));
            assert!(item.key.sk.ends_with(&format!("#{seq:08}")), "{:?}", item.key);
            assert_eq!(item.number("seq"), Some(i64::try_from(seq).unwrap()));
            assert_eq!(record.from.as_deref(), i.checked_sub(1).map(|before| records[before].to.as_str()), "stages join");
        }
        assert_eq!(records.last().map(|last| last.to.as_str()), told.aggregate.text("stage"));
    }
}

#[tokio::test]
async fn no_byte_of_a_record_can_be_changed_unseen() {
    for told in story().await {
        told.verify().unwrap();
        for i in 0..told.records.len() {
            for name in ["bytes", "hash"] {
                let text = told.records[i].text(name).unwrap().to_owned();
                for (at, was) in text.char_indices() {
                    let mut changed = text.clone();
                    changed.replace_range(at..at + was.len_utf8(), if was == '0' { "1" } else { "0" });
                    let edited = told.with(|records| drop(records[i].attributes.insert(name.to_owned(), changed.into())));
                    assert!(edited.verify().is_err(), "{name} of record {} of {}, at byte {at}", i + 1, told.id);
                }
                for other in [format!("{text} "), text[1..].to_owned(), text.replace(':', ": "), text.to_uppercase(), String::new()] {
                    if other != text {
                        let edited = told.with(|records| drop(records[i].attributes.insert(name.to_owned(), other.clone().into())));
                        assert!(edited.verify().is_err(), "{name} of record {} as {other}", i + 1);
                    }
                }
                let without = told.with(|records| drop(records[i].attributes.remove(name)));
                assert!(without.verify().is_err(), "record {} without {name}", i + 1);
            }
        }
    }
}

#[tokio::test]
async fn no_record_can_be_dropped_doubled_or_moved_unseen() {
    let [letter, agreement] = story().await;
    for (told, stranger) in [(&letter, &agreement), (&agreement, &letter)] {
        let count = told.records.len();
        let mut edits = vec![("none", told.with(Vec::clear)), ("backwards", told.with(|records| records.reverse()))];
        for i in 0..count {
            edits.push(("dropped", told.with(|records| drop(records.remove(i)))));
            edits.push(("cut off from here on", told.with(|records| records.truncate(i))));
            edits.push(("cut off up to here", told.with(|records| drop(records.drain(..=i)))));
            for j in 0..=count {
                edits.push(("doubled", told.with(|records| records.insert(j, told.records[i].clone()))));
            }
            for j in i + 1..count {
                edits.push(("swapped", told.with(|records| records.swap(i, j))));
                edits.push(("turned", told.with(|records| records[i..=j].rotate_left(1))));
                // The texts change places and everything else stays.
                edits.push(("retold", told.with(|records| records[i].attributes = told.records[j].attributes.clone())));
            }
            for strange in &stranger.records {
                edits.push(("another's in its place", told.with(|records| records[i] = strange.clone())));
                edits.push(("another's before it", told.with(|records| records.insert(i, strange.clone()))));
            }
        }
        for (edit, edited) in edits {
            assert!(edited.verify().is_err(), "{edit} in the chain of {}: {:?}", told.id, edited.records);
        }
        assert!(verify_chain(&stranger.id, &told.aggregate, &told.records).is_err(), "a chain is its own aggregate's");
    }
}

#[tokio::test]
async fn the_chain_and_the_aggregate_cannot_part_unseen() {
    for told in story().await {
        for (name, value) in [("head", "0".repeat(64).into()), ("seq", 1.into()), ("seq", 99.into())] {
            let mut edited = told.clone();
            edited.aggregate.attributes.insert(name.to_owned(), value);
            assert!(edited.verify().is_err(), "{name} of {}", told.id);
        }
    }
}
