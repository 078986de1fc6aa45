//! What a command wants written: aggregates that move or come into being, and the send list.

use crate::aggregate::{Aggregate, Loaded, attributes, left_lists, number};
use crate::audit::{self, AuditRecord};
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::table::{Condition, Item, Key, Write};
use domain::values::EmployerId;
use domain::{Effect, Transition};

/// A change, collected by the handler and written by `commit`.
#[derive(Debug, Default)]
pub struct Change {
    pub(crate) steps: Vec<Step>,
    pub(crate) consumed: Option<Key>,
    pub(crate) listed: Option<Item>,
}

/// One aggregate's part of a change, with its type erased.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) key: Key,
    pub(crate) id: String,
    /// What the commit must find: version, number of the last audit record and its hash. None: the aggregate is new.
    pub(crate) base: Option<Base>,
    pub(crate) draft: AuditRecord,
    pub(crate) effects: Vec<Effect>,
    pub(crate) pair: Key,
    pub(crate) slot: Key,
    /// The aggregate's attributes as they will be; version, seq and head are set by `writes`.
    attributes: crate::table::Attributes,
}

#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) version: u64,
    pub(crate) seq: u64,
    pub(crate) head: String,
}

impl Change {
    /// An empty change.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An aggregate comes into being.
    ///
    /// # Errors
    /// [`Error::Broken`] if it cannot be written.
    pub fn creates<A: Aggregate>(mut self, context: &Context, transition: &Transition<A>) -> Result<Self, Error> {
        self.steps.push(step(context, None, None, transition)?);
        Ok(self)
    }

    /// A loaded aggregate moves.
    ///
    /// # Errors
    /// [`Error::Broken`] if it cannot be written.
    pub fn moves<A: Aggregate>(mut self, context: &Context, from: &Loaded<A>, transition: &Transition<A>) -> Result<Self, Error> {
        let base = Base { version: from.version, seq: from.seq, head: from.head.clone() };
        self.steps.push(step(context, Some(base), Some(from.value.stage()), transition)?);
        Ok(self)
    }

    /// An entry leaves the send list because its letter is sent. It must stand there.
    #[must_use]
    pub fn consumes_candidate(mut self, employer: &EmployerId, student_ref: &str) -> Self {
        self.consumed = Some(keys::candidate(employer, student_ref));
        self
    }

    /// An entry joins the send list. It must not stand there yet.
    #[must_use]
    pub(crate) fn lists_candidate(mut self, item: Item) -> Self {
        self.listed = Some(item);
        self
    }
}

fn step<A: Aggregate>(context: &Context, base: Option<Base>, from: Option<&str>, transition: &Transition<A>) -> Result<Step, Error> {
    let next = &transition.next;
    let ((employer, person), (slot_of, year)) = (next.pair(), next.slot());
    Ok(Step {
        key: next.key(),
        id: next.id().to_owned(),
        base,
        draft: audit::draft(next.id(), from, next.stage(), &transition.event, context),
        effects: transition.effects.clone(),
        pair: keys::pair(employer, person),
        slot: keys::slot(slot_of, year),
        attributes: attributes(next, 0, 0, "")?,
    })
}

impl Step {
    /// The aggregate's row in lists, as stored.
    pub(crate) fn summary(&self) -> Option<crate::table::Value> {
        self.attributes.get("summary").cloned()
    }

    /// The aggregate's own write and its audit record's, on the base as it is known now.
    pub(crate) fn writes(&self) -> Result<(Write, Write), Error> {
        let (version, seq, prev) = match &self.base {
            None => (1, 1, audit::genesis(&self.id)),
            Some(base) => (base.version + 1, base.seq + 1, base.head.clone()),
        };
        let sealed = audit::seal(&self.key, &AuditRecord { seq, version, prev, ..self.draft.clone() })?;
        let mut set = self.attributes.clone();
        set.insert("version".to_owned(), number(version).into());
        set.insert("seq".to_owned(), number(seq).into());
        set.insert("head".to_owned(), sealed.hash.into());
        let write = match &self.base {
            None => Write::Put { item: Item { key: self.key.clone(), attributes: set }, when: vec![Condition::Absent] },
            Some(base) => Write::Update {
                key: self.key.clone(),
                remove: left_lists(&set),
                set,
                add: Vec::new(),
                when: vec![Condition::Equals("version", number(base.version).into()), Condition::Equals("seq", number(base.seq).into())],
            },
        };
        Ok((write, sealed.write))
    }
}
