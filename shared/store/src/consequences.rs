//! What follows from an event, as writes of the same transaction: pair, slot, notices, document orders.

use crate::aggregate::{EmployerSummary, SummaryStanding, json, list_in, number, plain, schema};
use crate::change::Step;
use crate::commit::{Plan, Role};
use crate::context::Context;
use crate::error::Error;
use crate::inbox::Notice;
use crate::keys::{self, lists};
use crate::table::{Attributes, Condition, Index, Item, Key, Write};
use domain::Effect;
use domain::employer::Standing;
use domain::transition::{DocumentKind, NoticeKind, Recipient};
use domain::values::{SchoolId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const OUTBOX_SHARDS: u8 = 8;

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
        let mut pair = |moved| join(&mut pairs, step.pair()?, moved);
        for effect in &step.effects {
            match effect {
                Effect::TakePair(until) => pair(PairMove::Take { holder: id, until: *until, from: None })?,
                Effect::ProlongPair(until) => pair(PairMove::Prolong { holder: id, until: *until })?,
                Effect::HandOverPair => pair(PairMove::HandOver { from: id, to: successor(steps)? })?,
                Effect::FreePair => pair(PairMove::Free { holder: id })?,
                Effect::TakeSlot => plan.push((Role::Slot, take_slot(step.slot()?, successor(steps)?))),
                Effect::NeedFreeSlot => {
                    let when = vec![Condition::Missing("holder")];
                    plan.push((Role::Slot, Write::Check { key: step.slot()?.clone(), when }));
                }
                Effect::ReleaseSlot => plan.push((Role::Consequence, release_slot(step)?)),
                Effect::Notify(recipient, kind) => plan.push((Role::Consequence, notice(step, &event_id, recipient, *kind, context)?)),
                Effect::Draw(kind) => plan.push((Role::Consequence, document(step, &event_id, *kind, context)?)),
                Effect::OpenPlanRecord => plan.push((Role::Consequence, plan_record(step, Condition::Absent)?)),
                Effect::ClosePlanRecord => plan.push((Role::Consequence, plan_record(step, Condition::Present)?)),
                Effect::PlaceWith { school, standing, at, reason } => {
                    plan.push((Role::Consequence, place(step, school, *standing, *at, reason.as_ref())?));
                }
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
fn take_slot(slot: &Key, holder: &str) -> Write {
    Write::Update {
        key: slot.clone(),
        set: Attributes::from([schema(), ("holder".to_owned(), holder.into()), ("kind".to_owned(), "online".into())]),
        remove: Vec::new(),
        add: vec![("acquired_total", 1)],
        when: vec![Condition::Missing("holder")],
    }
}

fn release_slot(step: &Step) -> Result<Write, Error> {
    Ok(Write::Update {
        key: step.slot()?.clone(),
        set: Attributes::new(),
        remove: vec!["holder", "kind"],
        add: vec![("released_total", 1)],
        when: vec![Condition::Equals("holder", step.id.as_str().into())],
    })
}

/// The plan record as the agreement has it now: opened once, then only closed.
fn plan_record(step: &Step, when: Condition) -> Result<Write, Error> {
    let record = step.plan_record.as_ref().ok_or_else(|| Error::Broken(format!("{} says nothing to the plan", step.id)))?;
    let mut attributes = plain(record)?;
    attributes.insert("stage".to_owned(), if record.closed_at.is_none() { "open" } else { "closed" }.into());
    let order = format!("{}#{}", record.student_number.as_str(), record.agreement);
    list_in(&mut attributes, Index::School, lists::school_plan(&record.school, record.graduation_year), order);
    Ok(Write::Put { item: Item { key: keys::plan_record(&record.agreement), attributes }, when: vec![when] })
}

/// The employer's row in the school's lists of employers.
fn place(step: &Step, school: &SchoolId, standing: Option<Standing>, at: Timestamp, reason: Option<&Text<500>>) -> Result<Write, Error> {
    let key = keys::employer_of_school(school, &step.id);
    let Some(standing) = standing else { return Ok(Write::Delete { key, when: Vec::new() }) };
    let broken = |error: serde_json::Error| Error::Broken(format!("{} is no employer: {error}", step.id));
    let summary: EmployerSummary = serde_json::from_str(step.summary().unwrap_or_default()).map_err(broken)?;
    Ok(Write::Put { item: Item { key, attributes: placed(school, summary, standing, at, reason)? }, when: Vec::new() })
}

/// A row of a school's list of employers, as stored.
pub(crate) fn placed(
    school: &SchoolId,
    summary: EmployerSummary,
    standing: Standing,
    at: Timestamp,
    reason: Option<&Text<500>>,
) -> Result<Attributes, Error> {
    let reason = reason.map(|reason| reason.as_str().to_owned());
    let summary = &EmployerSummary { standing: Some(SummaryStanding { standing, at, reason }), ..summary };
    let mut attributes =
        Attributes::from([schema(), ("stage".to_owned(), standing.as_str().into()), ("summary".to_owned(), json(summary)?.into())]);
    list_in(&mut attributes, Index::School, lists::school_employers(school, standing), format!("{at}#{}", summary.id));
    Ok(attributes)
}

/// The inbox item; its place in the due index is the outbox.
fn notice(step: &Step, event_id: &str, recipient: &Recipient, kind: NoticeKind, context: &Context) -> Result<Write, Error> {
    let notice = Notice { event_id: event_id.to_owned(), kind, aggregate: step.id.clone(), at: context.now, what: step.draft.what.clone() };
    notice.write(recipient, step.summary())
}

fn document(step: &Step, event_id: &str, kind: DocumentKind, context: &Context) -> Result<Write, Error> {
    let order = DocumentOrder { event_id: event_id.to_owned(), kind, aggregate: step.id.clone() };
    let mut attributes = plain(&order)?;
    owe(&mut attributes, event_id, context.now);
    let item = Item { key: keys::outbox(event_id, "DOCUMENT"), attributes };
    Ok(Write::Put { item, when: vec![Condition::Absent] })
}

pub(crate) fn owe(attributes: &mut Attributes, event_id: &str, at: Timestamp) {
    let shard = event_id.bytes().fold(0_u8, u8::wrapping_add) % OUTBOX_SHARDS;
    list_in(attributes, Index::Due, lists::due_outbox(shard), format!("{at}#{event_id}"));
    attributes.insert("attempts".to_owned(), number(0).into());
}
