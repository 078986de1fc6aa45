//! A judge of a mended table that shares nothing with what has mended it: it reads the items as they are stored, and says which of the
//! invariants I1, I2, I3, I4, I6 and I7 (reliability 2.1) they break. I5 is of mails, not of a table.

mod consequences;
mod holdings;
mod letters;
mod silence;

pub(super) use silence::silent;

use super::tape::Image;
use crate::story::walk::machines::Machine;
use domain::upload::sha256;
use domain::values::Timestamp;
use evidence::chain::{genesis, link};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::{Attributes, Key};

/// An invariant that does not hold.
pub(super) struct Fault {
    /// What it is about, by id and by place: what is left for a person names one of these.
    about: Vec<String>,
    what: String,
}

impl Fault {
    fn of(about: impl IntoIterator<Item = String>, what: impl Into<String>) -> Self {
        Self { about: about.into_iter().collect(), what: what.into() }
    }

    /// Whether somebody has been told of it.
    pub(super) fn is_left(&self, left: &[String]) -> bool {
        left.iter().any(|told| self.about.iter().any(|about| told.contains(about)))
    }

    pub(super) fn told(&self) -> String {
        format!("{} ({})", self.what, self.about.join(", "))
    }
}

/// An aggregate with its chain.
struct Kept<'i> {
    key: &'i Key,
    id: String,
    item: &'i Attributes,
    data: Value,
    records: Vec<Value>,
    hashes: Vec<&'i str>,
    /// Numbers of records that are said to be undone.
    undone: BTreeSet<u64>,
}

/// Everything that has a life of its own, by its place and by its id.
struct Held<'i> {
    image: &'i Image,
    kept: Vec<Kept<'i>>,
    of: BTreeMap<String, usize>,
}

fn text<'i>(item: &'i Attributes, name: &str) -> &'i str {
    item.get(name).and_then(store::Value::text).unwrap_or_default()
}

fn number(item: &Attributes, name: &str) -> u64 {
    item.get(name).and_then(store::Value::number).unwrap_or_default().unsigned_abs()
}

fn said<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn seq(record: &Value) -> u64 {
    record["seq"].as_u64().unwrap_or_default()
}

fn event(record: &Value) -> &str {
    said(record, "/what/event")
}

/// What a record is about: one that stands in for another means that one, as far as it was found.
enum Meant {
    This(Value),
    /// Nobody knows what it said.
    Unknown,
}

impl Meant {
    fn of(record: &Value) -> Self {
        let stands_in = event(record) == "restored" && record["state"].is_null();
        let found = record["what"]["found"][0].as_str().and_then(|found| serde_json::from_str::<Value>(found).ok());
        match found {
            _ if !stands_in => Self::This(record.clone()),
            Some(found) if found["seq"] == record["seq"] => Self::This(found),
            _ => Self::Unknown,
        }
    }
}

impl Kept<'_> {
    fn stage(&self) -> &str {
        text(self.item, "stage")
    }

    fn about(&self) -> Vec<String> {
        vec![self.id.clone(), self.key.told()]
    }

    /// Records that hold.
    fn holding(&self) -> impl Iterator<Item = &Value> {
        self.records.iter().filter(|record| !self.undone.contains(&seq(record)))
    }

    fn is(&self, sk: &str) -> bool {
        self.key.sk == sk
    }
}

impl<'i> Held<'i> {
    fn read(image: &'i Image, faults: &mut Vec<Fault>) -> Self {
        let mut chains: BTreeMap<Key, Vec<(&Key, &Attributes)>> = BTreeMap::new();
        for (key, item) in image {
            if let Some((aggregate, _)) = key.sk.strip_prefix("AUDIT#").and_then(|rest| rest.rsplit_once('#')) {
                let of = Key { pk: key.pk.clone(), sk: aggregate.to_owned() };
                chains.entry(of).or_default().push((key, item));
            }
        }
        let mut kept = Vec::new();
        for (key, item) in image.iter().filter(|(_, item)| item.contains_key("head")) {
            let chain = chains.remove(key).unwrap_or_default();
            let records: Vec<Value> = chain.iter().map(|(_, item)| serde_json::from_str(text(item, "bytes")).unwrap_or_default()).collect();
            let hashes = chain.iter().map(|(_, item)| text(item, "hash")).collect();
            let undone = records.iter().filter_map(|record| record.pointer("/what/undone")?.as_array());
            let undone = undone.flatten().filter_map(Value::as_u64).collect();
            let data: Value = serde_json::from_str(text(item, "data")).unwrap_or_default();
            let id = records.first().map_or_else(|| said(&data, "/id").to_owned(), |first| said(first, "/aggregate").to_owned());
            let of = Kept { key, id, item, data, records, hashes, undone };
            of.chained(&chain, faults);
            of.moved(faults);
            kept.push(of);
        }
        let orphans = chains.keys().map(|key| Fault::of([key.told()], "I3: records of an aggregate that is not there"));
        faults.extend(orphans);
        let of = kept.iter().enumerate().map(|(n, kept)| (kept.id.clone(), n)).collect();
        Self { image, kept, of }
    }

    fn get(&self, id: &str) -> Option<&Kept<'i>> {
        self.of.get(id).map(|n| &self.kept[*n])
    }

    fn all(&self, sk: &'static str) -> impl Iterator<Item = &Kept<'i>> {
        self.kept.iter().filter(move |kept| kept.is(sk))
    }

    fn beginning(&self, sk: &'static str) -> impl Iterator<Item = &Kept<'i>> {
        self.kept.iter().filter(move |kept| kept.key.sk.starts_with(sk))
    }

    /// Whether an event has happened, and its record says so. Of a record that is gone nobody knows what it said.
    fn happened(&self, named: &str, says: impl FnOnce(&Value) -> bool) -> bool {
        let of = named.rsplit_once('@').and_then(|(id, n)| self.get(id)?.holding().find(|record| seq(record).to_string() == n));
        match of.map(Meant::of) {
            Some(Meant::This(record)) => says(&record),
            Some(Meant::Unknown) => true,
            None => false,
        }
    }
}

impl Kept<'_> {
    /// I3: numbers 1 to n, each linked to the one before, and the aggregate as the last of them left it.
    fn chained(&self, chain: &[(&Key, &Attributes)], faults: &mut Vec<Fault>) {
        let mut fault = |what: String| faults.push(Fault::of(self.about(), format!("I3: {what}")));
        let mut prev = genesis(&self.id);
        for (n, ((key, item), record)) in (1..).zip(chain.iter().zip(&self.records)) {
            let named = seq(record) == n && number(item, "seq") == n && key.sk.ends_with(&format!("#{n:08}"));
            if !named || said(record, "/aggregate") != self.id {
                fault(format!("record {n} is not there, or another's: {record}"));
            }
            if said(record, "/prev") != prev || text(item, "hash") != link(text(item, "bytes"), &prev) {
                fault(format!("record {n} does not link"));
            }
            text(item, "hash").clone_into(&mut prev);
        }
        let Some(last) = self.records.last() else {
            if number(self.item, "seq") != 0 {
                fault("it has no records".to_owned());
            }
            return;
        };
        let ends = (seq(last), self.hashes.last().copied().unwrap_or_default(), last["version"].as_u64().unwrap_or_default());
        if ends != (number(self.item, "seq"), text(self.item, "head"), number(self.item, "version")) {
            fault(format!("its chain ends at {ends:?}, and it is at {} {}", number(self.item, "seq"), number(self.item, "version")));
        }
        if said(last, "/to") != self.stage() {
            fault(format!("its chain leads to {}, and it is {}", last["to"], self.stage()));
        }
        let left = self.records.iter().rev().find_map(|record| record["state"].as_str());
        if left != Some(&sha256(text(self.item, "data").as_bytes())) {
            fault("it is not as its chain left it".to_owned());
        }
    }

    /// I2: from stage to stage along the published edges, one version each. A mending goes wherever the aggregate stands, to a version that
    /// nobody has seen.
    fn moved(&self, faults: &mut Vec<Fault>) {
        let mut fault = |record: &Value, what: &str| {
            faults.push(Fault::of(self.about(), format!("I2: record {} {what}: {record}", seq(record))));
        };
        let (mut seen, mut before) = (0, None::<&Value>);
        for record in &self.records {
            let version = record["version"].as_u64().unwrap_or_default();
            if before.is_some_and(|before| before["to"] != record["from"]) {
                fault(record, "begins elsewhere than the one before has ended");
            }
            let restored = event(record) == "restored";
            if restored {
                let stands_in = record["what"]["found"][0].as_str().and_then(|found| serde_json::from_str::<Value>(found).ok());
                seen = seen.max(stands_in.and_then(|lost| lost["version"].as_u64()).unwrap_or_default());
                // Those that stand in for records leave nothing.
                if record["state"].is_string() && version <= seen {
                    fault(record, "leads to a version that somebody may have seen");
                }
            } else {
                let expected =
                    before.and_then(|before| before["version"].as_u64()).map(|before| before + u64::from(record["state"].is_string()));
                if expected.is_some_and(|expected| expected != version) {
                    fault(record, "does not count one version");
                }
                if !self.is_edge(record) {
                    fault(record, "goes along no edge");
                }
            }
            seen = seen.max(version);
            before = Some(record);
        }
    }

    fn is_edge(&self, record: &Value) -> bool {
        let machine = match self.key.sk.as_str() {
            "INVITATION" => Machine::Invitation,
            "AGREEMENT" if said(&self.data, "/origin/kind") == "online" => Machine::Online,
            "AGREEMENT" => Machine::Paper,
            "REGISTRATION" => Machine::Registration,
            sk if sk.starts_with("TERMINATION#") => Machine::Termination,
            sk if sk.starts_with("OFFLINE_DRAFT#") => Machine::Draft,
            _ => return true,
        };
        let (from, to) = (record["from"].as_str(), said(record, "/to"));
        // What moves nothing that a machine knows of: a college approves, and the school decides.
        let stays =
            matches!(event(record), "document_issued" | "anonymised" | "college_approved" | "returned_to_college") && from == Some(to);
        stays || machine.edges().iter().any(|edge| (edge.0, edge.1, edge.2) == (from, event(record), to))
    }
}

/// Records that a restore has brought without their effect count as undone: nothing that was not done counts as done.
pub(super) fn revived(torn: &Image, mended: &Image) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (before, after) = (Held::read(torn, &mut Vec::new()), Held::read(mended, &mut Vec::new()));
    for kept in &before.kept {
        let at = number(kept.item, "seq");
        let Some(now) = after.kept.iter().find(|now| now.key == kept.key) else { continue };
        let revived = kept.records.iter().map(seq).filter(|seq| *seq > at && !now.undone.contains(seq));
        faults
            .extend(revived.map(|seq| Fault::of(kept.about(), format!("I3: the aggregate was at {at}, and record {seq} counts as done"))));
    }
    faults
}

/// What does not hold in a table at this moment.
pub(super) fn faults(image: &Image, now: Timestamp) -> Vec<Fault> {
    let mut faults = Vec::new();
    let held = Held::read(image, &mut faults);
    consequences::judge(&held, now, &mut faults);
    letters::judge(&held, &mut faults);
    holdings::judge(&held, &mut faults);
    faults
}
