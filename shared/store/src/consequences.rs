//! What follows from an event, as writes of the same transaction: pair, slot, notices, document orders.

use crate::aggregate::{number, plain};
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

/// What becomes of a pair: one item may be named once, so a letter that lapses and its successor share one write.
#[derive(Default)]
struct PairMove<'a> {
    freed_by: Option<&'a str>,
    taken_by: Option<(&'a str, Timestamp)>,
    prolonged: Option<Timestamp>,
    handed_from: Option<&'a str>,
    handed_to: Option<&'a str>,
}

pub(crate) fn plan(steps: &[Step], context: &Context, plan: &mut Plan) -> Result<(), Error> {
    let mut pairs: BTreeMap<Key, PairMove<'_>> = BTreeMap::new();
    for step in steps {
        let event_id = event_id(step);
        for effect in &step.effects {
            let pair = step.pair.clone();
            match effect {
                Effect::TakePair(until) => pairs.entry(pair).or_default().taken_by = Some((&step.id, *until)),
                Effect::ProlongPair(until) => {
                    let entry = pairs.entry(pair).or_default();
                    (entry.freed_by, entry.prolonged) = (Some(step.id.as_str()), Some(*until));
                }
                Effect::FreePair => pairs.entry(pair).or_default().freed_by = Some(&step.id),
                Effect::HandOverPair => pairs.entry(pair).or_default().handed_from = Some(&step.id),
                Effect::TakeSlot => plan.push((Role::Slot, take_slot(step, steps))),
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
    for (key, mut moved) in pairs {
        moved.handed_to = successor(moved.handed_from, steps);
        plan.push(pair_write(key, &moved));
    }
    Ok(())
}

fn event_id(step: &Step) -> String {
    format!("{}@{}", step.id, step.base.as_ref().map_or(1, |base| base.seq + 1))
}

/// The aggregate that comes into being in the same change: what a letter hands its pair and slot to.
fn successor<'a>(handed_from: Option<&str>, steps: &'a [Step]) -> Option<&'a str> {
    handed_from.and_then(|_| steps.iter().find(|step| step.base.is_none())).map(|step| step.id.as_str())
}

fn pair_write(key: Key, moved: &PairMove<'_>) -> (Role, Write) {
    let held_by = |holder: &str| vec![Condition::Equals("holder", holder.into())];
    if let Some((holder, until)) = moved.taken_by {
        let attributes = Attributes::from([("holder".to_owned(), holder.into()), ("deadline".to_owned(), until.millis().into())]);
        let when = moved.freed_by.map_or_else(|| vec![Condition::Absent], held_by);
        return (Role::TakePair, Write::Put { item: Item { key, attributes }, when });
    }
    if let (Some(from), Some(to)) = (moved.handed_from, moved.handed_to) {
        let set = Attributes::from([("holder".to_owned(), to.into())]);
        return (Role::Consequence, Write::Update { key, set, remove: vec!["deadline"], add: Vec::new(), when: held_by(from) });
    }
    let holder = moved.freed_by.or(moved.handed_from).unwrap_or_default();
    let write = match moved.prolonged {
        Some(until) => {
            let set = Attributes::from([("deadline".to_owned(), until.millis().into())]);
            Write::Update { key, set, remove: Vec::new(), add: Vec::new(), when: held_by(holder) }
        }
        None => Write::Delete { key, when: held_by(holder) },
    };
    (Role::Consequence, write)
}

/// Taken only if free; the totals make "released exactly once" a check of one item.
fn take_slot(step: &Step, steps: &[Step]) -> Write {
    let holder = successor(Some(&step.id), steps).unwrap_or(&step.id);
    Write::Update {
        key: step.slot.clone(),
        set: Attributes::from([("holder".to_owned(), holder.into()), ("kind".to_owned(), "online".into())]),
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
