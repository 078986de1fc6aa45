//! Judges a table as it stands.

use super::machines::{Edge, Machine, RELEASES, TAKES};
use crate::support::Answer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Dump = BTreeMap<(String, String), BTreeMap<String, String>>;

/// What was seen so far.
#[derive(Default)]
pub(super) struct Judge {
    edges: BTreeSet<(Machine, Edge)>,
    accepted: usize,
    refused: usize,
}

/// What the chains say of a person's slot.
#[derive(Debug, Default, PartialEq, Eq)]
struct Totals {
    acquired: i64,
    released: i64,
    by_student: i64,
    by_employers: i64,
}

impl Judge {
    pub(super) fn note(&mut self, answer: &Answer) {
        let went = matches!(answer.status, 200 | 201);
        if went { self.accepted += 1 } else { self.refused += 1 }
    }

    /// Every chain runs along its machine, ends at the stored stage, and the slots agree with the chains.
    pub(super) fn judge(&mut self, dump: &Dump) {
        let mut totals: BTreeMap<String, Totals> = BTreeMap::new();
        for ((pk, sk), records) in chains(dump) {
            let Some(machine) = records.first().and_then(|first| Machine::beginning_with(event(first))) else { continue };
            let mut stage: Option<String> = None;
            for record in &records {
                let edge = machine
                    .edges()
                    .iter()
                    .find(|(from, what, to)| *from == stage.as_deref() && *what == event(record) && *to == record["to"].as_str().unwrap());
                let edge = edge.unwrap_or_else(|| panic!("{machine:?} leaves its table from {stage:?} by {record}"));
                assert_eq!(record["from"].as_str(), stage.as_deref(), "{record}");
                self.edges.insert((machine, *edge));
                stage = Some(edge.2.to_owned());
            }
            let stored = &dump[&(pk.clone(), sk.clone())];
            assert_eq!(stored["stage"], stage.unwrap(), "{pk} {sk}: replayed, the records give the stored stage");
            count(&mut totals, machine, &records, stored);
        }
        for ((pk, sk), slot) in dump.iter().filter(|((pk, sk), _)| pk.starts_with("PERSON#") && sk.starts_with("SLOT#")) {
            let number = |name: &str| slot.get(name).map_or(0, |n| n.parse::<i64>().unwrap());
            let kept = Totals {
                acquired: number("acquired_total"),
                released: number("released_total"),
                by_student: number("terminations_by_student"),
                by_employers: number("terminations_by_employers"),
            };
            assert_eq!(kept.acquired - kept.released, i64::from(slot.contains_key("holder")), "{pk} {sk}: {slot:?}");
            assert_eq!(Some(&kept), totals.get(&pk["PERSON#".len()..]), "{pk} {sk}");
        }
        plan(dump);
    }

    /// Edges that no step has gone along: a walk that stays at home proves nothing.
    pub(super) fn unseen(&self) -> Vec<(Machine, Edge)> {
        let all = Machine::ALL.into_iter().flat_map(|machine| machine.edges().iter().map(move |edge| (machine, *edge)));
        all.filter(|edge| !self.edges.contains(edge)).collect()
    }

    /// How many commands went through, and how many were refused.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.accepted, self.refused)
    }
}

/// The audit records of each aggregate, by its key, in their order.
fn chains(dump: &Dump) -> BTreeMap<(String, String), Vec<Value>> {
    let mut chains: BTreeMap<(String, String), Vec<Value>> = BTreeMap::new();
    for ((pk, sk), item) in dump {
        let Some((aggregate, _)) = sk.strip_prefix("AUDIT#").and_then(|rest| rest.rsplit_once('#')) else { continue };
        let record = serde_json::from_str(&item["bytes"]).unwrap();
        chains.entry((pk.clone(), aggregate.to_owned())).or_default().push(record);
    }
    chains
}

fn event(record: &Value) -> &str {
    record["what"]["event"].as_str().unwrap_or_else(|| panic!("{record}"))
}

/// What a chain says of its person's slot.
fn count(totals: &mut BTreeMap<String, Totals>, machine: Machine, records: &[Value], stored: &BTreeMap<String, String>) {
    let data: Value = serde_json::from_str(&stored["data"]).unwrap();
    let person = match machine {
        Machine::Online | Machine::Paper => data["student"]["person"].as_str(),
        Machine::Registration => data["person"].as_str(),
        Machine::Termination => data["subject"]["person"].as_str(),
        Machine::Invitation | Machine::Draft => None,
    };
    let Some(person) = person else { return };
    let totals = totals.entry(person.to_owned()).or_default();
    let all = |events: &[&str]| i64::try_from(records.iter().filter(|record| events.contains(&event(record))).count()).unwrap();
    totals.acquired += all(&TAKES);
    totals.released += all(&RELEASES) + if machine == Machine::Online { all(&["certification_rejected"]) } else { 0 };
    let certified = all(&["termination_certified"]);
    if data["initiator"] == "student" { totals.by_student += certified } else { totals.by_employers += certified }
}

/// a plan record stands open exactly where an agreement is in force or a registration holds.
fn plan(dump: &Dump) {
    let open = |item: &BTreeMap<String, String>| item["stage"] == "open";
    let records: BTreeMap<&String, bool> =
        dump.iter().filter(|((_, sk), _)| sk == "PLAN").map(|((pk, _), item)| (pk, open(item))).collect();
    for ((pk, sk), item) in dump.iter().filter(|((_, sk), _)| sk == "AGREEMENT" || sk == "REGISTRATION") {
        let in_force = matches!(item["stage"].as_str(), "certified" | "registered");
        assert_eq!(records.get(pk).copied().unwrap_or_default(), in_force, "{pk} {sk} {}", item["stage"]);
    }
}
