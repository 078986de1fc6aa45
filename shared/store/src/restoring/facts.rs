//! What is kept of each item that was read: enough to hold it against the others, and no more.

use super::chains::{Chain, aggregates, meant};
use super::claims;
use super::counts::Counts;
use super::documents;
use super::finding::Finding;
use super::partners::Partners;
use crate::aggregate::parse;
use crate::documents::Order;
use crate::keys;
use crate::table::{Item, Key};
use domain::agreement::Agreement;
use domain::event::Event;
use domain::transition::NoticeKind;
use domain::upload::sha256;
use domain::values::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// How long an answer is kept, less a day: one that is about to go is not missed.
const ANSWER_DAYS: i64 = 6;
/// Where a reminder's number begins: it is a moment, and no number of a record.
const MOMENTS: u64 = 1_000_000_000;

/// How far a chain goes.
#[derive(Debug)]
pub(super) struct Ends {
    pub(super) key: Key,
    /// Whether its aggregate stands.
    pub(super) standing: bool,
    last: u64,
    /// Numbers under which nothing has happened.
    undone: BTreeSet<u64>,
}

/// Something that an event's transaction wrote besides.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) key: Key,
    pub(super) event: String,
    pub(super) tells: Option<NoticeKind>,
    /// Only until then.
    pub(super) until: Option<Timestamp>,
}

/// Everything that was read so far.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) findings: Vec<Finding>,
    pub(super) chains: BTreeMap<String, Ends>,
    pub(super) expected: Vec<Expected>,
    /// Events of one transaction: whose record names which.
    pub(super) beside: Vec<(String, String)>,
    /// Notices, orders and answers, each with its event.
    pub(super) present: BTreeMap<Key, String>,
    /// Answers that nobody can write again.
    pub(super) given_up: BTreeSet<String>,
    /// What aggregates say of items that follow from them.
    pub(super) should: BTreeMap<Key, Vec<(String, String)>>,
    /// What those items say.
    pub(super) is: BTreeMap<Key, String>,
    /// Codes and numbers that strangers verify, hashed.
    pub(super) verifiable: BTreeMap<String, (Key, String)>,
    /// The number of each agreement, hashed.
    pub(super) numbers: BTreeMap<String, String>,
    /// Documents whose code must be among them.
    pub(super) coded: Vec<(Key, String, u64, String)>,
    /// Files whose records say that they were handed in.
    pub(super) handed_in: BTreeSet<String>,
    pub(super) partners: Partners,
    pub(super) counts: Counts,
    /// Documents that the stages of agreements call for, whatever their records say: of which agreement, and since when.
    pub(super) called_for: BTreeMap<Key, (String, Timestamp)>,
}

impl Facts {
    /// Reads a whole partition.
    pub(super) fn read(&mut self, items: &[Item]) {
        let mut chains = BTreeMap::new();
        for (key, aggregate) in aggregates(items) {
            let Some(chain) = Chain::of(&key, aggregate, items) else {
                self.findings.push(Finding::Foreign { key, why: "an aggregate that this build cannot read".to_owned() });
                continue;
            };
            self.read_chain(&chain, aggregate);
            if let Some(aggregate) = aggregate {
                self.partners.read(&chain.id, aggregate);
                self.counts.read(&chain.id, aggregate);
                self.should_of(&chain.id, aggregate);
                let number = parse::<Agreement>(aggregate)
                    .ok()
                    .and_then(|agreement| agreement.number().map(|number| sha256(number.as_str().as_bytes())));
                self.numbers.extend(number.map(|number| (chain.id.clone(), number)));
                self.called_for.extend(documents::called_for(&chain.id, aggregate));
            }
            chains.insert(key, chain);
        }
        for item in items {
            self.read_item(item);
        }
        self.read_documents(items, &chains);
    }

    fn read_chain(&mut self, chain: &Chain, aggregate: Option<&Item>) {
        self.findings.extend(chain.judged(aggregate));
        let mut undone = chain.undone();
        let seq = aggregate.and_then(|item| item.number("seq")).unwrap_or_default().unsigned_abs();
        undone.extend(seq + 1..=chain.len());
        for record in chain.records.iter().filter(|record| !undone.contains(&record.seq)).filter_map(meant) {
            let event = format!("{}@{}", chain.id, record.seq);
            let expected = |key, tells, until| Expected { key, event: event.clone(), tells, until };
            if matches!(record.what, Event::UploadAttached { .. }) {
                self.handed_in.insert(chain.id.clone());
            }
            for (whose, kind) in &record.with.tells {
                let key = Key { pk: whose.clone(), sk: format!("{}#{event}", record.at) };
                self.expected.push(expected(key, Some(*kind), None));
            }
            for kind in &record.with.draws {
                self.expected.push(expected(keys::document(&chain.key, *kind), None, None));
            }
            if let Some((pk, sk)) = record.with.answer.as_deref().and_then(|place| place.split_once(" / ")) {
                let key = Key { pk: pk.to_owned(), sk: sk.to_owned() };
                self.expected.push(expected(key, None, Some(record.at.plus_days(ANSWER_DAYS))));
            }
            self.beside.extend(record.with.beside.iter().map(|other| (event.clone(), other.clone())));
            if let Event::Restored { given_up, .. } = &record.what {
                self.given_up.extend(given_up.iter().cloned());
            }
        }
        undone.extend(chain.mendings());
        let ends = Ends { key: chain.key.clone(), standing: aggregate.is_some(), last: seq.max(chain.len()), undone };
        self.chains.insert(chain.id.clone(), ends);
    }

    fn should_of(&mut self, id: &str, aggregate: &Item) {
        let Ok(claims) = claims::of(aggregate) else {
            let why = "an aggregate that this build cannot read".to_owned();
            self.findings.push(Finding::Foreign { key: aggregate.key.clone(), why });
            return;
        };
        for (key, what) in claims {
            self.should.entry(key).or_default().push((id.to_owned(), what));
        }
    }

    fn read_item(&mut self, item: &Item) {
        let (key, pk) = (&item.key, item.key.pk.as_str());
        if let Some(said) = claims::said(item) {
            self.is.insert(key.clone(), said);
        }
        self.counts.read_item(item);
        if pk.starts_with("INBOX#") {
            if let Some((_, event)) = key.sk.split_once('#') {
                self.present.insert(key.clone(), event.to_owned());
            }
        } else if pk.starts_with("IDEMPOTENCY#") {
            self.present.insert(key.clone(), item.text("event").unwrap_or_default().to_owned());
        } else if pk.starts_with("VERIFICATION#") {
            let of: String = parse(item).unwrap_or_default();
            self.verifiable.insert(sha256(pk.trim_start_matches("VERIFICATION#").as_bytes()), (key.clone(), of));
        }
    }

    /// A document is drawn once, and recorded once.
    fn read_documents(&mut self, items: &[Item], chains: &BTreeMap<Key, Chain>) {
        for item in items.iter().filter(|item| item.key.sk.starts_with(keys::DOCUMENT)) {
            let Ok(order) = parse::<Order>(item) else { continue };
            self.present.insert(item.key.clone(), order.event_id.clone());
            let of = Key { pk: item.key.pk.clone(), sk: keys::AGREEMENT.to_owned() };
            let Some(chain) = chains.get(&of) else { continue };
            let recorded = chain.drawn(order.kind);
            if recorded.len() != usize::from(item.text("issued").is_some()) {
                self.findings.push(Finding::Document { key: item.key.clone(), id: chain.id.clone(), recorded });
            } else if let Some((seq, code)) = recorded.first().and_then(|seq| Some((*seq, chain.code(*seq)?))) {
                self.coded.push((item.key.clone(), chain.id.clone(), seq, code));
            }
        }
    }

    /// Whether an event has happened, as the table has it: its aggregate stands, and has got so far.
    pub(super) fn happened(&self, event: &str) -> bool {
        let Some((id, seq)) = event.rsplit_once('@') else { return true };
        let Some(chain) = self.chains.get(id) else { return false };
        // A search that was locked, and other things that no record counts.
        let Ok(seq) = seq.parse::<u64>() else { return chain.standing };
        chain.standing && (seq > MOMENTS || seq <= chain.last) && !chain.undone.contains(&seq)
    }
}
