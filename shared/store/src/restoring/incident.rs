//! What is written of each mending: a record in the chain of the aggregate that it is about, or an incident of its own where none stands.

use super::chains::{Chain, id_of};
use crate::aggregate::{Aggregate, attributes, left_behind, number};
use crate::audit::{self, AuditRecord, With};
use crate::context::{Context, digest, hex};
use crate::error::Error;
use crate::keys;
use crate::table::{Attributes, Condition, Item, Key, Write};
use domain::DocumentKind;
use domain::event::Event;
use serde::{Deserialize, Serialize};

/// What is mended, in one transaction.
#[derive(Debug, Default)]
pub(super) struct Mend {
    /// What stood in the way.
    pub(super) found: Vec<String>,
    /// What is done about it.
    pub(super) done: Vec<String>,
    /// Records whose effect is undone.
    pub(super) undone: Vec<u64>,
    /// What nobody can write again.
    pub(super) given_up: Vec<String>,
    /// Documents that are called for by it.
    pub(super) draws: Vec<DocumentKind>,
    /// What else is written.
    pub(super) writes: Vec<Write>,
}

/// Something that was mended, of nothing that stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Incident {
    id: String,
    found: Vec<String>,
    done: Vec<String>,
}

impl Aggregate for Incident {
    type Summary = ();

    fn id(&self) -> String {
        self.id.clone()
    }

    fn key(&self) -> Key {
        keys::incident(&self.id)
    }

    fn stage(&self) -> &'static str {
        "mended"
    }

    fn summary(&self) {}
}

impl Mend {
    /// Of one finding.
    pub(super) fn of(found: &impl ToString, done: &str) -> Self {
        Self { found: vec![found.to_string()], done: vec![done.to_owned()], ..Self::default() }
    }

    /// With these writes.
    pub(super) fn writing(mut self, writes: impl IntoIterator<Item = Write>) -> Self {
        self.writes.extend(writes);
        self
    }

    fn event(&self, undone: Vec<u64>) -> Event {
        Event::Restored { found: self.found.clone(), done: self.done.clone(), undone, given_up: self.given_up.clone() }
    }

    /// All writes, with an incident of its own.
    pub(super) fn apart(mut self, context: &Context) -> Result<Vec<Write>, Error> {
        let id = hex(&digest(&["incident", &format!("{:?}", self.found), &context.request_id]));
        let incident = Incident { id, found: self.found.clone(), done: self.done.clone() };
        let mut set = attributes(&incident, 1, 1, "")?;
        let state = set.get("data").and_then(crate::table::Value::text).map(audit::state);
        let draft = audit::draft(&incident.id, None, incident.stage(), &self.event(Vec::new()), context);
        let prev = evidence::chain::genesis(&incident.id);
        let sealed = audit::seal(&incident.key(), &AuditRecord { seq: 1, version: 1, prev, state, ..draft })?;
        set.insert("head".to_owned(), sealed.hash.into());
        let put = Write::Put { item: Item { key: incident.key(), attributes: set }, when: vec![Condition::Absent] };
        self.writes.extend([put, sealed.write]);
        Ok(self.writes)
    }

    /// All writes, with a record at the end of the aggregate's chain. What is missing of the chain is stood in for, so that it is whole
    /// again; what has no effect is said to be undone. `next` are the aggregate's attributes if it moves.
    pub(super) fn behind(
        mut self,
        aggregate: &Item,
        items: &[Item],
        next: Option<Attributes>,
        context: &Context,
    ) -> Result<Vec<Write>, Error> {
        let key = &aggregate.key;
        let broken = || Error::Broken(format!("{} cannot be mended", key.told()));
        let chain = match Chain::of(key, Some(aggregate), items) {
            Some(chain) => chain,
            None => Chain::empty(key, id_of(aggregate).ok_or_else(broken)?),
        };
        let field = |name| aggregate.number(name).and_then(|n| u64::try_from(n).ok()).ok_or_else(broken);
        let (version, seq) = (field("version")?, field("seq")?);
        let data = next.as_ref().unwrap_or(&aggregate.attributes);
        let text = |name: &str| data.get(name).and_then(crate::table::Value::text).ok_or_else(broken);
        let (stage, state) = (text("stage")?, audit::state(text("data")?));
        let last = chain.loose.iter().map(|(loose, _)| *loose).chain([seq, chain.len()]).max().unwrap_or_default();
        // Whoever has seen a version, of whatever has become of it, decides on no other.
        let seen = chain.records.iter().map(|record| record.version).chain(chain.loose.iter().filter_map(|(_, bytes)| version_of(bytes)));
        let newest = seen.chain([version]).max().unwrap_or_default();
        let mut prev = chain.hash(chain.len());
        let mut from = chain.records.last().map(|record| record.to.clone());
        for lost in chain.len() + 1..=last {
            let bytes = chain.loose.iter().find(|(loose, _)| *loose == lost).map(|(_, bytes)| bytes.clone());
            let found = bytes.as_ref().map_or_else(|| "this record is not there".to_owned(), Clone::clone);
            let event = Event::Restored {
                found: vec![found],
                done: vec!["this stands in for it".to_owned()],
                undone: Vec::new(),
                given_up: Vec::new(),
            };
            let draft = audit::draft(&chain.id, from.as_deref(), stage, &event, context);
            let mut sealed = audit::seal(key, &AuditRecord { seq: lost, version, prev, ..draft })?;
            if bytes.is_some() {
                sealed.write = sealed.write.whatever_stands_there();
            }
            self.writes.push(sealed.write);
            (prev, from) = (sealed.hash, Some(stage.to_owned()));
        }
        let undone = self.undone.iter().copied().chain(seq + 1..=last).collect();
        let draft = audit::draft(&chain.id, from.as_deref(), stage, &self.event(undone), context);
        let with = With { draws: self.draws.clone(), ..With::default() };
        let record = AuditRecord { seq: last + 1, version: newest + 1, prev, state: Some(state), with, ..draft };
        let sealed = audit::seal(key, &record)?;
        let remove = next.as_ref().map(left_behind).unwrap_or_default();
        let mut set = next.unwrap_or_default();
        set.insert("version".to_owned(), number(newest + 1).into());
        set.insert("seq".to_owned(), number(last + 1).into());
        set.insert("head".to_owned(), sealed.hash.into());
        let same = |name: &'static str| aggregate.attributes.get(name).map(|value| Condition::Equals(name, value.clone()));
        let when = ["version", "seq", "head"].into_iter().filter_map(same).collect();
        self.writes.extend([Write::Update { key: key.clone(), set, remove, add: Vec::new(), when }, sealed.write]);
        Ok(self.writes)
    }
}

/// The version that a record led to, though it does not fit its chain.
fn version_of(bytes: &str) -> Option<u64> {
    serde_json::from_str::<AuditRecord>(bytes).ok().map(|record| record.version)
}
