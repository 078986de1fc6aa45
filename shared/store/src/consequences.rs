//! What follows from an event, as writes of the same transaction: pair, slot, notices, document orders.

use crate::aggregate::{EmployerSummary, SummaryStanding, json, list_in, plain, schema};
use crate::change::Step;
use crate::commit::{Plan, Role};
use crate::context::Context;
use crate::deadlines::{WATCHED, watched};
use crate::documents;
use crate::error::Error;
use crate::inbox::Notice;
use crate::keys::{self, lists};
use crate::plan::PlanSummary;
use crate::table::{Attributes, Condition, Index, Item, Key, Write};
use domain::deadline::Watch;
use domain::employer::Standing;
use domain::party::Initiator;
use domain::plan::PlanRecord;
use domain::transition::{NoticeKind, Recipient};
use domain::values::{SchoolId, Text, Timestamp};
use domain::{Effect, Release, SlotKind};
use std::collections::BTreeMap;

/// What becomes of a pair. One item may be named once: a lapsed letter and its successor share one write.
#[derive(Clone, Copy)]
enum PairMove<'a> {
    Take { holder: &'a str, watch: Watch, from: Option<&'a str> },
    Prolong { holder: &'a str, watch: Watch },
    HandOver { from: &'a str, to: &'a str },
    Free { holder: &'a str, release: Release },
}

pub(crate) fn plan(steps: &[Step], context: &Context, plan: &mut Plan) -> Result<(), Error> {
    let mut pairs: BTreeMap<&Key, PairMove<'_>> = BTreeMap::new();
    for step in steps {
        let (event_id, id) = (step.event_id(), step.id.as_str());
        let mut pair = |moved| join(&mut pairs, step.pair()?, moved);
        for effect in &step.effects {
            match effect {
                Effect::TakePair(watch) => pair(PairMove::Take { holder: id, watch: *watch, from: None })?,
                Effect::ProlongPair(watch) => pair(PairMove::Prolong { holder: id, watch: *watch })?,
                Effect::HandOverPair => pair(PairMove::HandOver { from: id, to: successor(steps)? })?,
                Effect::FreePair(release) => pair(PairMove::Free { holder: id, release: *release })?,
                Effect::TakeSlot(kind) => plan.push((Role::Slot, take_slot(step.slot()?, successor(steps)?, *kind))),
                Effect::NeedFreeSlot => {
                    let when = vec![Condition::Missing("holder")];
                    plan.push((Role::Slot, Write::Check { key: step.slot()?.clone(), when }));
                }
                Effect::ReleaseSlot(release) => plan.push((Role::Consequence, release_slot(step, *release)?)),
                Effect::Notify(recipient, kind) => plan.push((Role::Consequence, notice(step, &event_id, recipient, *kind, context)?)),
                Effect::Draw(kind) => plan.push((Role::Consequence, documents::order(step, &event_id, *kind, context)?)),
                Effect::OpenPlanRecord => plan.push((Role::Consequence, plan_record(step, Condition::Absent)?)),
                Effect::ClosePlanRecord => plan.push((Role::Consequence, plan_record(step, Condition::Present)?)),
                Effect::PlaceWith { school, standing, at, reason } => {
                    plan.push((Role::Consequence, place(step, school, *standing, *at, reason.as_ref())?));
                }
            }
        }
    }
    plan.extend(pairs.into_iter().map(|(key, moved)| pair_write(key, moved)));
    Ok(())
}

/// The aggregate that comes into being in the same change: what a letter hands its pair and slot to.
fn successor(steps: &[Step]) -> Result<&str, Error> {
    let born = steps.iter().find(|step| step.base.is_none()).map(|step| step.id.as_str());
    born.ok_or_else(|| Error::Broken("a letter is handed over to nothing".to_owned()))
}

fn join<'a>(pairs: &mut BTreeMap<&'a Key, PairMove<'a>>, key: &'a Key, moved: PairMove<'a>) -> Result<(), Error> {
    let joined = match (pairs.get(key).copied(), moved) {
        (None, moved) => moved,
        // A letter that lapses has never been an agreement: nothing is counted.
        (Some(PairMove::Take { holder, watch, from: None }), PairMove::Free { holder: from, .. })
        | (Some(PairMove::Free { holder: from, .. }), PairMove::Take { holder, watch, from: None }) => {
            PairMove::Take { holder, watch, from: Some(from) }
        }
        (Some(_), _) => return Err(Error::Broken("two changes of one pair".to_owned())),
    };
    pairs.insert(key, joined);
    Ok(())
}

/// The pair's item stays when it is free: it counts the employer's certified terminations of this graduate.
fn pair_write(key: &Key, moved: PairMove<'_>) -> (Role, Write) {
    let held_by = |holder: &str| vec![Condition::Equals("holder", holder.into())];
    let update = |set, remove, add, when| Write::Update { key: key.clone(), set, remove, add, when };
    match moved {
        PairMove::Take { holder, watch, from } => {
            let when = from.map_or_else(|| vec![Condition::Missing("holder")], held_by);
            let (mut set, remove) = watched(holder, watch);
            set.extend([schema(), ("holder".to_owned(), holder.into())]);
            (Role::TakePair, update(set, remove, Vec::new(), when))
        }
        PairMove::Prolong { holder, watch } => {
            let (set, remove) = watched(holder, watch);
            (Role::Consequence, update(set, remove, Vec::new(), held_by(holder)))
        }
        PairMove::HandOver { from, to } => {
            let set = Attributes::from([("holder".to_owned(), to.into())]);
            (Role::Consequence, update(set, WATCHED.to_vec(), Vec::new(), held_by(from)))
        }
        PairMove::Free { holder, release } => {
            let add = if release == Release::Terminated(Initiator::Employer) { vec![("terminations", 1)] } else { Vec::new() };
            let remove = [&["holder"], WATCHED.as_slice()].concat();
            (Role::Consequence, update(Attributes::new(), remove, add, held_by(holder)))
        }
    }
}

/// Taken only if free; the totals make "released exactly once" a check of one item.
fn take_slot(slot: &Key, holder: &str, kind: SlotKind) -> Write {
    Write::Update {
        key: slot.clone(),
        set: Attributes::from([schema(), ("holder".to_owned(), holder.into()), ("kind".to_owned(), kind.as_str().into())]),
        remove: Vec::new(),
        add: vec![("acquired_total", 1)],
        when: vec![Condition::Missing("holder")],
    }
}

/// Released by its holder; what a certified termination uses up is counted by the same write.
fn release_slot(step: &Step, release: Release) -> Result<Write, Error> {
    let mut add = vec![("released_total", 1)];
    add.extend(match release {
        Release::Ended => None,
        Release::Terminated(Initiator::Student) => Some((BY_STUDENT, 1)),
        Release::Terminated(Initiator::Employer) => Some((BY_EMPLOYERS, 1)),
    });
    Ok(Write::Update {
        key: step.slot()?.clone(),
        set: Attributes::new(),
        remove: vec!["holder", "kind"],
        add,
        when: vec![Condition::Equals("holder", step.id.as_str().into())],
    })
}

/// Attributes of a slot: how many certified terminations it has seen, by who raised them.
pub(crate) const BY_STUDENT: &str = "terminations_by_student";
/// The same, of employers.
pub(crate) const BY_EMPLOYERS: &str = "terminations_by_employers";

/// The plan record as the agreement has it now: opened once, then only closed.
fn plan_record(step: &Step, when: Condition) -> Result<Write, Error> {
    let record = step.plan_record.as_ref().ok_or_else(|| Error::Broken(format!("{} says nothing to the plan", step.id)))?;
    Ok(Write::Put { item: plan_item(record)?, when: vec![when] })
}

/// The item of a plan record.
pub(crate) fn plan_item(record: &PlanRecord) -> Result<Item, Error> {
    let id = record.source.id();
    let mut attributes = plain(record)?;
    attributes.insert("stage".to_owned(), record.stage_name().into());
    attributes.insert("summary".to_owned(), json(&PlanSummary::of(record))?.into());
    let order = format!("{}#{}", record.student_number.as_str(), id.as_str());
    let (school, college, year) = (&record.school, &record.college, record.graduation_year);
    list_in(&mut attributes, Index::School, lists::school_plan(school, year), order.clone());
    list_in(&mut attributes, Index::College, lists::college_plan(school, college, year), order);
    list_in(&mut attributes, Index::Student, lists::student_plan(&record.person), format!("{}#{}", record.opened_at, id.as_str()));
    Ok(Item { key: keys::plan_record(&id), attributes })
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
