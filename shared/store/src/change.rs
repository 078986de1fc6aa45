//! What a command wants written: aggregates that move or come into being, and entries without a life of their own.

use crate::aggregate::{Aggregate, Loaded, attributes, left_behind, number};
use crate::audit::{self, AuditRecord};
use crate::commit::Role;
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::table::{Condition, Item, Key, Write};
use domain::event::Event;
use domain::plan::PlanRecord;
use domain::values::EmployerId;
use domain::{Effect, Transition};

/// Of more aggregates than this in one transaction their records do not name each other: rows of an import, each whole by itself.
const MOST_BESIDE: usize = 8;

/// A change, collected by the handler and written by `commit`.
#[derive(Debug, Default)]
pub struct Change {
    pub(crate) steps: Vec<Step>,
    /// Entries of lists, look-ups and unique numbers, each with what a failed condition means.
    pub(crate) entries: Vec<(Role, Write)>,
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
    pub(crate) pair: Option<Key>,
    pub(crate) slot: Option<Key>,
    /// What the employment plan says of it.
    pub(crate) plan_record: Option<PlanRecord>,
    /// The aggregate's attributes as they will be; version, seq and head are set by `writes`. None if only its audit chain moves.
    attributes: Option<crate::table::Attributes>,
}

#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) version: u64,
    pub(crate) seq: u64,
    pub(crate) head: String,
}

impl Base {
    fn of<A>(standing: &Loaded<A>) -> Self {
        Self { version: standing.version, seq: standing.seq, head: standing.head.clone() }
    }
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
        self.steps.push(step(context, Some(Base::of(from)), Some(from.value.stage()), transition)?);
        Ok(self)
    }

    /// A fact is recorded of a loaded aggregate that stays as it is: only its audit chain moves.
    #[must_use]
    pub fn records<A: Aggregate>(mut self, context: &Context, standing: &Loaded<A>, fact: &Event) -> Self {
        let (value, id) = (&standing.value, standing.value.id());
        self.steps.push(Step {
            key: value.key(),
            base: Some(Base::of(standing)),
            draft: audit::draft(&id, Some(value.stage()), value.stage(), fact, context),
            effects: Vec::new(),
            pair: None,
            slot: None,
            plan_record: None,
            attributes: None,
            id,
        });
        self
    }

    /// An aggregate moves, or comes into being if it was not there.
    ///
    /// # Errors
    /// [`Error::Broken`] if it cannot be written.
    pub fn writes<A: Aggregate>(self, context: &Context, from: Option<&Loaded<A>>, transition: &Transition<A>) -> Result<Self, Error> {
        match from {
            Some(from) => self.moves(context, from, transition),
            None => self.creates(context, transition),
        }
    }

    /// An entry leaves the send list because its letter is sent. It must stand there.
    #[must_use]
    pub fn consumes_candidate(self, employer: &EmployerId, student_ref: &str) -> Self {
        self.removes(Role::ConsumeCandidate, keys::candidate(employer, student_ref), Condition::Present)
    }

    /// Each record says what is written with it, on the bases as they are known now: after a restore it shows what is missing.
    pub(crate) fn say_what_goes_with(&mut self, answer: Option<&Key>) {
        let events: Vec<String> = self.steps.iter().map(Step::event_id).collect();
        for (i, step) in self.steps.iter_mut().enumerate() {
            let others = events.iter().enumerate().filter(|(other, _)| *other != i && events.len() <= MOST_BESIDE);
            let mut with = audit::With { beside: others.map(|(_, event)| event.clone()).collect(), ..audit::With::default() };
            with.answer = answer.filter(|_| i == 0).map(Key::told);
            for effect in &step.effects {
                if let Effect::Notify(recipient, kind) = effect {
                    with.tells.push((keys::inbox(recipient, "", "").pk, *kind));
                } else if let Effect::Draw(kind) = effect {
                    with.draws.push(*kind);
                }
            }
            step.draft.with = with;
        }
    }

    /// Another write, with what its failed condition means.
    #[must_use]
    pub(crate) fn also(mut self, role: Role, write: Write) -> Self {
        self.entries.push((role, write));
        self
    }

    /// An item that must not stand there yet.
    #[must_use]
    pub(crate) fn adds(self, role: Role, item: Item) -> Self {
        self.puts(role, item, vec![Condition::Absent])
    }

    /// An item that may stand there, under conditions.
    #[must_use]
    pub(crate) fn puts(mut self, role: Role, item: Item, when: Vec<Condition>) -> Self {
        self.entries.push((role, Write::Put { item, when }));
        self
    }

    /// An item that goes, if the condition holds.
    #[must_use]
    pub(crate) fn removes(mut self, role: Role, key: Key, when: Condition) -> Self {
        self.entries.push((role, Write::Delete { key, when: vec![when] }));
        self
    }
}

fn step<A: Aggregate>(context: &Context, base: Option<Base>, from: Option<&str>, transition: &Transition<A>) -> Result<Step, Error> {
    let next = &transition.next;
    let (id, attributes) = (next.id(), attributes(next, 0, 0, "")?);
    let state = attributes.get("data").and_then(crate::table::Value::text).map(audit::state);
    let draft = audit::draft(&id, from, next.stage(), &transition.event, context);
    Ok(Step {
        key: next.key(),
        base,
        draft: AuditRecord { state, ..draft },
        effects: transition.effects.clone(),
        pair: next.pair().map(|(employer, person)| keys::pair(employer, person)),
        slot: next.slot().map(|(person, year)| keys::slot(person, year)),
        plan_record: next.plan_record(),
        attributes: Some(attributes),
        id,
    })
}

impl Step {
    /// Names the event: the aggregate and the number of its record.
    pub(crate) fn event_id(&self) -> String {
        format!("{}@{}", self.id, self.base.as_ref().map_or(1, |base| base.seq + 1))
    }

    /// The aggregate's row in lists, as stored.
    pub(crate) fn summary(&self) -> Option<&str> {
        self.attributes.as_ref()?.get("summary").and_then(crate::table::Value::text)
    }

    /// The pair that the aggregate concerns.
    pub(crate) fn pair(&self) -> Result<&Key, Error> {
        self.pair.as_ref().ok_or_else(|| Error::Broken(format!("{} concerns no pair", self.id)))
    }

    /// The slot that the aggregate takes or holds.
    pub(crate) fn slot(&self) -> Result<&Key, Error> {
        self.slot.as_ref().ok_or_else(|| Error::Broken(format!("{} takes no slot", self.id)))
    }

    /// The aggregate's own write and its audit record's, on the base as it is known now.
    pub(crate) fn writes(&self) -> Result<(Write, Write), Error> {
        let (version, seq, prev) = match &self.base {
            None => (1, 1, evidence::chain::genesis(&self.id)),
            Some(base) => (base.version + u64::from(self.attributes.is_some()), base.seq + 1, base.head.clone()),
        };
        let sealed = audit::seal(&self.key, &AuditRecord { seq, version, prev, ..self.draft.clone() })?;
        let mut set = self.attributes.clone().unwrap_or_default();
        let remove = if self.attributes.is_some() { left_behind(&set) } else { Vec::new() };
        set.insert("version".to_owned(), number(version).into());
        set.insert("seq".to_owned(), number(seq).into());
        set.insert("head".to_owned(), sealed.hash.into());
        let write = match &self.base {
            None => Write::Put { item: Item { key: self.key.clone(), attributes: set }, when: vec![Condition::Absent] },
            Some(base) => Write::Update {
                key: self.key.clone(),
                remove,
                set,
                add: Vec::new(),
                when: vec![Condition::Equals("version", number(base.version).into()), Condition::Equals("seq", number(base.seq).into())],
            },
        };
        Ok((write, sealed.write))
    }
}
