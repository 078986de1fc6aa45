//! Items that follow from aggregates: slots, pairs, plan records, look-ups. What an aggregate says of them, and what they say.

use crate::aggregate::{Aggregate as _, json, parse, plain, schema};
use crate::consequences::{placed, plan_item};
use crate::deadlines::{WATCHED, watched};
use crate::error::Error;
use crate::keys;
use crate::table::{Attributes, Condition, Item, Key, Write};
use domain::SlotKind;
use domain::agreement::{Agreement, Stage, StageName};
use domain::employer::Employer;
use domain::invitation::{self, Invitation};
use domain::plan::{PlanRecord, RecordId};
use domain::registration::Registration;
use domain::student::Student;
use domain::values::{SchoolId, Timestamp};
use std::collections::BTreeSet;

/// What an aggregate says of items that follow from it.
pub(super) fn of(aggregate: &Item) -> Result<Vec<(Key, String)>, Error> {
    match aggregate.key.sk.as_str() {
        keys::INVITATION => Ok(letter(&parse(aggregate)?)),
        keys::AGREEMENT => Ok(agreement(&parse(aggregate)?)),
        "REGISTRATION" => Ok(registration(&parse(aggregate)?)),
        "STUDENT" => {
            let student: Student = parse(aggregate)?;
            let number = keys::student_number(&student.school, student.student_number.as_str());
            Ok(vec![(number, json(&student.id)?)])
        }
        "EMPLOYER" => employer(&parse(aggregate)?),
        _ => Ok(Vec::new()),
    }
}

/// What such an item says; none if it is free, or no such item.
pub(super) fn said(item: &Item) -> Option<String> {
    let (pk, sk) = (item.key.pk.as_str(), item.key.sk.as_str());
    let text = |name| item.text(name).map(str::to_owned);
    match sk {
        "PAIR" => text("holder").map(|holder| held_until(&holder, item.number("deadline"))),
        keys::PLAN => text("stage"),
        "STUDENT_NUMBER" | "CREDIT_CODE" => text("data"),
        _ if sk.starts_with("SLOT#") => text("holder").map(|holder| held_as(&holder, item.text("kind").unwrap_or_default())),
        _ if pk.starts_with("SCHOOL#") && sk.starts_with("EMPLOYER#") => text("stage"),
        _ => None,
    }
}

/// Whether one aggregate alone may say something of this item: the others are shared by whoever carries the same number.
pub(super) fn is_exclusive(key: &Key) -> bool {
    key.sk == "PAIR" || key.sk.starts_with("SLOT#")
}

fn held_as(holder: &str, kind: &str) -> String {
    format!("{holder} as {kind}")
}

fn held_until(holder: &str, deadline: Option<i64>) -> String {
    deadline.map_or_else(|| holder.to_owned(), |deadline| format!("{holder} until {deadline}"))
}

fn letter(letter: &Invitation) -> Vec<(Key, String)> {
    let pair = keys::pair(&letter.letter.employer_id, &letter.person);
    let until = held_until(letter.id.as_str(), Some(letter.expires_at().millis()));
    if letter.stage_name() == invitation::StageName::Pending { vec![(pair, until)] } else { Vec::new() }
}

/// Whether an agreement holds its graduate's slot.
pub(super) fn holds_slot(agreement: &Agreement) -> bool {
    match agreement.stage_name() {
        StageName::AgreementReview | StageName::AwaitingFeedback | StageName::PendingCertification | StageName::Certified => true,
        StageName::CertificationRejected => matches!(agreement.stage, Stage::FeedbackRejected(_)),
        StageName::AgreementRejected
        | StageName::Terminated
        | StageName::Withdrawn
        | StageName::CertificationRevoked
        | StageName::Voided => false,
    }
}

fn agreement(agreement: &Agreement) -> Vec<(Key, String)> {
    let (id, student) = (agreement.id.as_str(), &agreement.student);
    let mut all = Vec::new();
    // Whoever it was, the plan counts it.
    all.extend(PlanRecord::of(agreement).map(|record| plan(&RecordId::Agreement(agreement.id.clone()), &record)));
    if holds_slot(agreement) {
        let kind = if agreement.is_offline() { SlotKind::Offline } else { SlotKind::Online };
        all.push((keys::slot(&student.person, student.graduation_year), held_as(id, kind.as_str())));
        all.extend(agreement.employer_id().map(|employer| (keys::pair(employer, &student.person), id.to_owned())));
    }
    all
}

fn plan(id: &RecordId, record: &PlanRecord) -> (Key, String) {
    (keys::plan_record(id), record.stage_name().to_owned())
}

fn registration(registration: &Registration) -> Vec<(Key, String)> {
    let mut all = vec![plan(&RecordId::Registration(registration.id.clone()), &PlanRecord::of_registration(registration))];
    if registration.withdrawn.is_none() {
        let slot = keys::slot(&registration.person, registration.graduation_year);
        all.push((slot, held_as(registration.id.as_str(), SlotKind::Registration.as_str())));
    }
    all
}

fn employer(employer: &Employer) -> Result<Vec<(Key, String)>, Error> {
    let mut all = vec![(keys::credit_code(&employer.credit_code), json(&employer.id)?)];
    let reviewers = employer.approved_by.iter().chain(employer.rejected_by.keys()).chain(employer.blocked_by.keys());
    for school in reviewers.chain(&employer.asked).collect::<BTreeSet<_>>() {
        let placed = employer.standing_with(school).map(|standing| standing.as_str().to_owned());
        all.extend(placed.map(|standing| (keys::employer_of_school(school, employer.id.as_str()), standing)));
    }
    Ok(all)
}

/// The write that makes such an item as its aggregate says.
pub(super) fn write(key: &Key, aggregate: &Item, current: Option<&Item>, now: Timestamp) -> Result<Write, Error> {
    let put = |attributes: Attributes| Write::Put { item: Item { key: key.clone(), attributes }, when: unmoved(current) };
    match (key.sk.as_str(), aggregate.key.sk.as_str()) {
        ("PAIR", keys::INVITATION) => {
            let letter: Invitation = parse(aggregate)?;
            let (set, remove) = watched(letter.id.as_str(), letter.watch(now));
            Ok(held(key, letter.id.as_str(), set, remove, current))
        }
        ("PAIR", _) => {
            let agreement: Agreement = parse(aggregate)?;
            Ok(held(key, agreement.id.as_str(), Attributes::new(), WATCHED.to_vec(), current))
        }
        (keys::PLAN, keys::AGREEMENT) => {
            let record =
                PlanRecord::of(&parse(aggregate)?).ok_or_else(|| Error::Broken("an agreement without a plan record".to_owned()))?;
            Ok(put(plan_item(&record)?.attributes))
        }
        (keys::PLAN, _) => Ok(put(plan_item(&PlanRecord::of_registration(&parse(aggregate)?))?.attributes)),
        ("STUDENT_NUMBER", _) => Ok(put(plain(&parse::<Student>(aggregate)?.id)?)),
        ("CREDIT_CODE", _) => Ok(put(plain(&parse::<Employer>(aggregate)?.id)?)),
        (_, "EMPLOYER") => place(key, &parse(aggregate)?, now).map(put),
        _ => taken(key, aggregate, current),
    }
}

/// The write that makes such an item free, or takes it away.
pub(super) fn free(key: &Key, current: Option<&Item>) -> Write {
    let (remove, add) = if key.sk == "PAIR" {
        ([&["holder"], WATCHED.as_slice()].concat(), Vec::new())
    } else if is_exclusive(key) {
        (vec!["holder", "kind"], vec![("released_total", 1)])
    } else {
        return Write::Delete { key: key.clone(), when: unmoved(current) };
    };
    Write::Update { key: key.clone(), set: Attributes::new(), remove, add, when: unmoved(current) }
}

fn held(key: &Key, holder: &str, mut set: Attributes, remove: Vec<&'static str>, current: Option<&Item>) -> Write {
    set.extend([schema(), ("holder".to_owned(), holder.into())]);
    Write::Update { key: key.clone(), set, remove, add: Vec::new(), when: unmoved(current) }
}

/// A slot is taken; if somebody else held it, it is released first.
fn taken(key: &Key, aggregate: &Item, current: Option<&Item>) -> Result<Write, Error> {
    let (id, kind) = if aggregate.key.sk == keys::AGREEMENT {
        let agreement: Agreement = parse(aggregate)?;
        (agreement.id.to_string(), if agreement.is_offline() { SlotKind::Offline } else { SlotKind::Online })
    } else {
        (parse::<Registration>(aggregate)?.id.to_string(), SlotKind::Registration)
    };
    let set = Attributes::from([schema(), ("holder".to_owned(), id.into()), ("kind".to_owned(), kind.as_str().into())]);
    let mut add = vec![("acquired_total", 1)];
    add.extend(current.and_then(|item| item.text("holder")).map(|_| ("released_total", 1)));
    Ok(Write::Update { key: key.clone(), set, remove: Vec::new(), add, when: unmoved(current) })
}

/// A row of a school's list of employers.
fn place(key: &Key, employer: &Employer, now: Timestamp) -> Result<Attributes, Error> {
    let broken = |_| Error::Broken(format!("{} is no row of a school", key.told()));
    let school = SchoolId::parse(key.pk.trim_start_matches("SCHOOL#")).map_err(broken)?;
    let standing = employer.standing_with(&school).ok_or_else(|| Error::Broken(format!("{} has no standing", key.told())))?;
    placed(&school, employer.summary(), standing, now, employer.reason_with(&school))
}

/// The item stands as it was looked at.
fn unmoved(current: Option<&Item>) -> Vec<Condition> {
    let Some(item) = current else { return vec![Condition::Absent] };
    let same = |name: &'static str| match item.attributes.get(name) {
        Some(value) => Condition::Equals(name, value.clone()),
        None => Condition::Missing(name),
    };
    ["holder", "data", "stage"].into_iter().map(same).collect()
}
