//! What follows from an event, as writes of the same transaction: pair, slot, notices, document orders.

use crate::aggregate::{number, plain, schema};
use crate::change::Step;
use crate::commit::{Plan, Role};
use crate::context::Context;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::table::{Attributes, Condition, Index, Item, Key, Write};
use domain::Effect;
use domain::event::Event;
use domain::transition::{DocumentKind, NoticeKind, Recipient};
use domain::values::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const OUTBOX_SHARDS: u8 = 8;

/// An inbox item: self-contained, so that its text can be built from it alone, whatever has happened since.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Notice {
    event_id: String,
    kind: NoticeKind,
    aggregate: String,
    at: Timestamp,
    what: Event,
}

/// An order for a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct DocumentOrder {
    event_id: String,
    kind: DocumentKind,
    aggregate: String,
}

/// What becomes of a pair. One item may be named once: a lapsed letter and its successor share one write.
#[derive(Clone, Copy)]
enum PairMove<'a> {
    Take { holder: &'a str, until: Timestamp, from: Option<&'a str> },
    Prolong { holder: &'a str, until: Timestamp },
    HandOver { from: &'a str, to: &'a str },
    Free { holder: &'a str },
}

pub(crate) fn plan(steps: &[Step], context: &Context, plan: &mut Plan) -> Result<(), Error> {
    let mut pairs: BTreeMap<&Key, PairMove<'_>> = BTreeMap::new();
    for step in steps {
        let (event_id, id) = (event_id(step), step.id.as_str());
        let mut pair = |moved| join(&mut pairs, &step.pair, moved);
        for effect in &step.effects {
            match effect {
                Effect::TakePair(until) => pair(PairMove::Take { holder: id, until: *until, from: None })?,
                Effect::ProlongPair(until) => pair(PairMove::Prolong { holder: id, until: *until })?,
                Effect::HandOverPair => pair(PairMove::HandOver { from: id, to: successor(steps)? })?,
                Effect::FreePair => pair(PairMove::Free { holder: id })?,
                Effect::TakeSlot => plan.push((Role::Slot, take_slot(step, successor(steps)?))),
                Effect::NeedFreeSlot => {
                    let when = vec![Condition::Missing("holder")];
                    plan.push((Role::Slot, Write::Check { key: step.slot.clone(), when }));
                }
                Effect::ReleaseSlot => plan.push((Role::Consequence, release_slot(step))),
                Effect::Notify(recipient, kind) => plan.push((Role::Consequence, notice(step, &event_id, recipient, *kind, context)?)),
                Effect::Draw(kind) => plan.push((Role::Consequence, document(step, &event_id, *kind, context)?)),
            }
        }
    }
    plan.extend(pairs.into_iter().map(|(key, moved)| pair_write(key.clone(), moved)));
    Ok(())
}

fn event_id(step: &Step) -> String {
    format!("{}@{}", step.id, step.base.as_ref().map_or(1, |base| base.seq + 1))
}

/// The aggregate that comes into being in the same change: what a letter hands its pair and slot to.
fn successor(steps: &[Step]) -> Result<&str, Error> {
    let born = steps.iter().find(|step| step.base.is_none()).map(|step| step.id.as_str());
    born.ok_or_else(|| Error::Broken("a letter is handed over to nothing".to_owned()))
}

fn join<'a>(pairs: &mut BTreeMap<&'a Key, PairMove<'a>>, key: &'a Key, moved: PairMove<'a>) -> Result<(), Error> {
    let joined = match (pairs.get(key).copied(), moved) {
        (None, moved) => moved,
        (Some(PairMove::Take { holder, until, from: None }), PairMove::Free { holder: from })
        | (Some(PairMove::Free { holder: from }), PairMove::Take { holder, until, from: None }) => {
            PairMove::Take { holder, until, from: Some(from) }
        }
        (Some(_), _) => return Err(Error::Broken("two changes of one pair".to_owned())),
    };
    pairs.insert(key, joined);
    Ok(())
}

fn pair_write(key: Key, moved: PairMove<'_>) -> (Role, Write) {
    let held_by = |holder: &str| vec![Condition::Equals("holder", holder.into())];
    let deadline = |until: Timestamp| ("deadline".to_owned(), until.millis().into());
    let update = |key, set, remove, holder| Write::Update { key, set, remove, add: Vec::new(), when: held_by(holder) };
    match moved {
        PairMove::Take { holder, until, from } => {
            let attributes = Attributes::from([schema(), ("holder".to_owned(), holder.into()), deadline(until)]);
            (Role::TakePair, Write::Put { item: Item { key, attributes }, when: from.map_or_else(|| vec![Condition::Absent], held_by) })
        }
        PairMove::Prolong { holder, until } => (Role::Consequence, update(key, Attributes::from([deadline(until)]), Vec::new(), holder)),
        PairMove::HandOver { from, to } => {
            let set = Attributes::from([("holder".to_owned(), to.into())]);
            (Role::Consequence, update(key, set, vec!["deadline"], from))
        }
        PairMove::Free { holder } => (Role::Consequence, Write::Delete { key, when: held_by(holder) }),
    }
}

/// Taken only if free; the totals make "released exactly once" a check of one item.
fn take_slot(step: &Step, holder: &str) -> Write {
    Write::Update {
        key: step.slot.clone(),
        set: Attributes::from([schema(), ("holder".to_owned(), holder.into()), ("kind".to_owned(), "online".into())]),
        remove: Vec::new(),
        add: vec![("acquired_total", 1)],
        when: vec![Condition::Missing("holder")],
    }
}

fn release_slot(step: &Step) -> Write {
    Write::Update {
        key: step.slot.clone(),
        set: Attributes::new(),
        remove: vec!["holder", "kind"],
        add: vec![("released_total", 1)],
        when: vec![Condition::Equals("holder", step.id.as_str().into())],
    }
}

/// The inbox item; its place in the due index is the outbox.
fn notice(step: &Step, event_id: &str, recipient: &Recipient, kind: NoticeKind, context: &Context) -> Result<Write, Error> {
    let notice = Notice { event_id: event_id.to_owned(), kind, aggregate: step.id.clone(), at: context.now, what: step.draft.what.clone() };
    let mut attributes = plain(&notice)?;
    if let Some(summary) = step.summary() {
        attributes.insert("summary".to_owned(), summary);
    }
    owe(&mut attributes, event_id, context.now);
    let item = Item { key: keys::inbox(recipient, &context.now.to_string(), event_id), attributes };
    Ok(Write::Put { item, when: vec![Condition::Absent] })
}

fn document(step: &Step, event_id: &str, kind: DocumentKind, context: &Context) -> Result<Write, Error> {
    let order = DocumentOrder { event_id: event_id.to_owned(), kind, aggregate: step.id.clone() };
    let mut attributes = plain(&order)?;
    owe(&mut attributes, event_id, context.now);
    let item = Item { key: keys::outbox(event_id, "DOCUMENT"), attributes };
    Ok(Write::Put { item, when: vec![Condition::Absent] })
}

fn owe(attributes: &mut Attributes, event_id: &str, at: Timestamp) {
    let (list, order) = Index::Due.attributes();
    let shard = event_id.bytes().fold(0_u8, u8::wrapping_add) % OUTBOX_SHARDS;
    attributes.insert(list.to_owned(), lists::due_outbox(shard).into());
    attributes.insert(order.to_owned(), format!("{at}#{event_id}").into());
    attributes.insert("attempts".to_owned(), number(0).into());
}
