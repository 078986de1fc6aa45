//! Everything that was read, held against each other.

use super::Survey;
use super::claims;
use super::facts::Facts;
use super::finding::Finding;
use crate::table::Key;
use domain::values::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What a survey has come to.
#[derive(Clone, Debug, Default)]
pub struct Surveyed {
    /// Items that were read.
    pub items: usize,
    /// Aggregates among them.
    pub aggregates: usize,
    /// What contradicts what.
    pub findings: Vec<Finding>,
    /// Where aggregates stand.
    pub(super) places: BTreeMap<String, Key>,
}

impl Survey {
    /// All that was read, judged at this moment.
    #[must_use]
    pub fn judged(mut self, now: Timestamp) -> Surveyed {
        self.turn();
        let facts = &self.facts;
        let mut findings = facts.findings.clone();
        findings.extend(facts.partners.judged(facts));
        findings.extend(missing(facts, now));
        let orphans = facts.present.iter().filter(|(_, event)| !event.is_empty() && !facts.happened(event));
        findings.extend(orphans.map(|(key, event)| Finding::Orphan { key: key.clone(), event: event.clone() }));
        findings.extend(uncoded(facts));
        findings.extend(uncalled(facts));
        findings.extend(facts.counts.judged());
        findings.extend(claimed(facts));
        findings.sort_by_cached_key(|finding| (finding.rank(), finding.to_string()));
        findings.dedup();
        let standing = facts.chains.iter().filter(|(_, chain)| chain.standing);
        let places: BTreeMap<_, _> = standing.map(|(id, chain)| (id.clone(), chain.key.clone())).collect();
        Surveyed { items: self.items, aggregates: places.len(), findings, places }
    }
}

impl Surveyed {
    /// What is mended next: chains before aggregates that stand apart, those before what follows from aggregates. Each makes the next
    /// certain. What is left for a person is passed over.
    #[must_use]
    pub fn next(&self, left: &[Finding]) -> Vec<&Finding> {
        let open = || self.findings.iter().filter(|finding| !left.contains(finding));
        let first = open().map(Finding::rank).min();
        // What moves once may be right then with all that it stood apart from.
        let mut moved = BTreeSet::new();
        let once = |finding: &&Finding| !matches!(finding, Finding::Apart { id, .. } if !moved.insert(id.clone()));
        open().filter(|finding| Some(finding.rank()) == first).filter(once).collect()
    }
}

impl Finding {
    /// What is mended first.
    fn rank(&self) -> u8 {
        match self {
            Self::Chain { .. } | Self::NeverCreated { .. } => 0,
            Self::Apart { .. } | Self::Document { .. } => 1,
            Self::Claim { .. } | Self::Missing { .. } | Self::Orphan { .. } => 2,
            Self::Uncalled { .. } | Self::Count { .. } => 3,
            Self::Foreign { .. } => 4,
        }
    }
}

fn missing(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let kept = |until: Option<Timestamp>| until.is_none_or(|until| now < until);
    let there = |key: &Key, event: &str| facts.present.get(key).is_some_and(|present| present == event || present.is_empty());
    let missing = facts.expected.iter().filter(|expected| kept(expected.until) && facts.happened(&expected.event));
    let missing = missing.filter(|expected| !there(&expected.key, &expected.event) && !facts.given_up.contains(&expected.key.told()));
    let finding = |expected: &super::facts::Expected| Finding::Missing {
        key: expected.key.clone(),
        event: expected.event.clone(),
        tells: expected.tells,
    };
    missing.map(finding).collect()
}

/// Documents that an agreement's stage calls for, and nothing has ordered: the record that did is gone.
fn uncalled(facts: &Facts) -> Vec<Finding> {
    let ordered: BTreeSet<&Key> = facts.present.keys().chain(facts.expected.iter().map(|expected| &expected.key)).collect();
    let missing = facts.called_for.iter().filter(|(key, _)| !ordered.contains(key));
    missing.map(|(key, (id, at))| Finding::Uncalled { key: key.clone(), id: id.clone(), at: *at }).collect()
}

/// Documents whose code or number leads nowhere, and codes and numbers that no document bears.
fn uncoded(facts: &Facts) -> Vec<Finding> {
    let number = |id: &String| facts.numbers.get(id);
    let leads = |hash: &String| facts.verifiable.contains_key(hash);
    let nowhere = facts.coded.iter().filter(|(_, id, _, code)| !leads(code) || number(id).is_some_and(|number| !leads(number)));
    let mut findings: Vec<Finding> =
        nowhere.map(|(key, id, seq, _)| Finding::Document { key: key.clone(), id: id.clone(), recorded: vec![*seq] }).collect();
    let borne: BTreeSet<&String> = facts.coded.iter().flat_map(|(_, id, _, code)| std::iter::once(code).chain(number(id))).collect();
    let orphans = facts.verifiable.iter().filter(|(hash, _)| !borne.contains(hash));
    findings.extend(orphans.map(|(_, (key, of))| Finding::Orphan { key: key.clone(), event: of.clone() }));
    findings
}

/// Items that follow from aggregates and say otherwise.
fn claimed(facts: &Facts) -> Vec<Finding> {
    let keys: BTreeSet<&Key> = facts.should.keys().chain(facts.is.keys()).collect();
    let mut findings = Vec::new();
    for key in keys {
        let should = facts.should.get(key).cloned().unwrap_or_default();
        let is = facts.is.get(key);
        let agrees = match is {
            Some(is) => should.iter().any(|(_, what)| what == is) && (should.len() == 1 || !claims::is_exclusive(key)),
            None => should.is_empty(),
        };
        if !agrees {
            findings.push(Finding::Claim { key: key.clone(), should, is: is.cloned() });
        }
    }
    findings
}
