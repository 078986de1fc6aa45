//! I4: what an event tells, calls for and answers is there, and nothing is there of what has not happened.

use super::{Fault, Held, Kept, Meant, event, said, seq, text};
use domain::DocumentKind;
use domain::delivery::{Mailing, mailing};
use domain::transition::{NoticeKind, Recipient};
use domain::upload::sha256;
use domain::values::{CollegeId, EmployerId, PersonId, SchoolId, Timestamp};
use serde_json::Value;
use std::collections::BTreeSet;
use store::{Attributes, Key};

/// An answer is kept for seven days: one that is about to go is not missed.
const KEPT_DAYS: i64 = 6;
/// Numbers above this are moments: of reminders, that no record counts.
const MOMENTS: u64 = 1_000_000_000;

pub(super) fn judge(held: &Held<'_>, now: Timestamp, faults: &mut Vec<Fault>) {
    let given_up = held.kept.iter().flat_map(|kept| &kept.records).filter_map(|record| record.pointer("/what/given_up")?.as_array());
    let given_up: BTreeSet<String> = given_up.flatten().filter_map(|place| place.as_str().map(str::to_owned)).collect();
    for agreement in held.all("AGREEMENT").filter(|kept| kept.data["anonymised_at"].is_null()) {
        papers(held, agreement, faults);
    }
    for kept in &held.kept {
        let meant = kept.holding().filter_map(|record| if let Meant::This(record) = Meant::of(record) { Some(record) } else { None });
        for record in &meant.collect::<Vec<_>>() {
            told(held, kept, record, faults);
            drawn(held, kept, record, faults);
            answered(held, kept, record, now, &given_up, faults);
        }
    }
    for (key, item) in held.image {
        if key.pk.starts_with("INBOX#") {
            notice_of_nothing(held, key, item, faults);
        } else if key.sk.starts_with("DOCUMENT#") {
            document(held, key, item, faults);
        } else if key.pk.starts_with("IDEMPOTENCY#") && !text(item, "event").is_empty() {
            let named = text(item, "event");
            if !held.happened(named, |record| said(record, "/with/answer") == key.told()) {
                faults.push(Fault::of([key.told(), named.to_owned()], format!("I4: the answer to {named}, which has not happened")));
            }
        } else if key.pk.starts_with("VERIFICATION#") {
            verifiable(held, key, item, faults);
        }
    }
}

/// Whatever has become of its records: who holds an agreement has its papers.
fn papers(held: &Held<'_>, agreement: &Kept<'_>, faults: &mut Vec<Fault>) {
    let first = if said(&agreement.data, "/origin/kind") == "online" { "uncertified" } else { "printable" };
    let later: &[&str] = match agreement.stage() {
        "certified" | "certification_revoked" => &["final"],
        "terminated" => &["final", "termination_letter"],
        _ => &[],
    };
    for kind in std::iter::once(&first).chain(later) {
        let key = Key { pk: agreement.key.pk.clone(), sk: format!("DOCUMENT#{kind}") };
        if !held.image.contains_key(&key) {
            let what = format!("I4: it is {}, and has no {kind}", agreement.stage());
            faults.push(Fault::of([agreement.about(), vec![key.told()]].concat(), what));
        }
    }
}

fn named(kept: &Kept<'_>, record: &Value) -> String {
    format!("{}@{}", kept.id, seq(record))
}

fn tells(record: &Value) -> impl Iterator<Item = (&str, &str)> {
    let tells = record.pointer("/with/tells").and_then(Value::as_array).into_iter().flatten();
    tells.map(|tell| (said(tell, "/0"), said(tell, "/1")))
}

fn told(held: &Held<'_>, kept: &Kept<'_>, record: &Value, faults: &mut Vec<Fault>) {
    let named = named(kept, record);
    for (pk, kind) in tells(record) {
        let key = Key { pk: pk.to_owned(), sk: format!("{}#{named}", said(record, "/at")) };
        let about = || [kept.about(), vec![key.told()]].concat();
        let Some(item) = held.image.get(&key) else {
            faults.push(Fault::of(about(), format!("I4: nobody has told {kind} of {named}")));
            continue;
        };
        let notice: Value = serde_json::from_str(text(item, "data")).unwrap_or_default();
        let says = (said(&notice, "/event_id"), said(&notice, "/kind"), &notice["what"], said(&notice, "/at"));
        if says != (named.as_str(), kind, &record["what"], said(record, "/at")) {
            faults.push(Fault::of(about(), format!("I4: {notice} does not tell of {record}")));
        }
        if !is_posted(pk, kind, item) {
            faults.push(Fault::of(about(), format!("I4: nobody will ever mail {kind} of {named}: {item:?}")));
        }
    }
}

/// Whether a notice's mail is owed, was dealt with, or never is.
fn is_posted(pk: &str, kind: &str, item: &Attributes) -> bool {
    let parts: Vec<&str> = pk.split('#').collect();
    let recipient = match parts.as_slice() {
        ["INBOX", "STUDENT", person] => Recipient::Student(PersonId::parse(person).unwrap()),
        ["INBOX", "EMPLOYER", employer] => Recipient::Employer(EmployerId::parse(employer).unwrap()),
        ["INBOX", "SCHOOL", school] => Recipient::School(SchoolId::parse(school).unwrap()),
        ["INBOX", "SCHOOL", school, "COLLEGE", college] => {
            Recipient::College(SchoolId::parse(school).unwrap(), CollegeId::parse(college).unwrap())
        }
        _ => return false,
    };
    let kind: NoticeKind = serde_json::from_value(Value::from(kind)).unwrap();
    let owed = text(item, "owes") == "notices" && item.contains_key("due_list") && item.contains_key("due_order");
    owed || item.contains_key("delivery") || mailing(kind, &recipient) == Mailing::Never
}

fn drawn(held: &Held<'_>, kept: &Kept<'_>, record: &Value, faults: &mut Vec<Fault>) {
    let draws = record.pointer("/with/draws").and_then(Value::as_array).into_iter().flatten();
    for kind in draws.filter_map(|kind| serde_json::from_value::<DocumentKind>(kind.clone()).ok()) {
        let key = Key { pk: kept.key.pk.clone(), sk: format!("DOCUMENT#{}", kind.as_str()) };
        let order = held.image.get(&key).and_then(|item| serde_json::from_str::<Value>(text(item, "data")).ok());
        if order.is_none_or(|order| said(&order, "/event_id") != named(kept, record)) {
            let about = [kept.about(), vec![key.told()]].concat();
            faults.push(Fault::of(about, format!("I4: {} has called for a document that nobody draws", named(kept, record))));
        }
    }
}

fn answered(held: &Held<'_>, kept: &Kept<'_>, record: &Value, now: Timestamp, given_up: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    let place = said(record, "/with/answer");
    let Some((pk, sk)) = place.split_once(" / ") else { return };
    let gone = Timestamp::parse(said(record, "/at")).unwrap().plus_days(KEPT_DAYS) <= now;
    let item = held.image.get(&Key { pk: pk.to_owned(), sk: sk.to_owned() });
    if item.is_none_or(|item| text(item, "event") != named(kept, record)) && !gone && !given_up.contains(place) {
        let about = [kept.about(), vec![place.to_owned()]].concat();
        faults.push(Fault::of(about, format!("I4: the answer to {} is not there, and nobody has given it up", named(kept, record))));
    }
}

fn notice_of_nothing(held: &Held<'_>, key: &Key, item: &Attributes, faults: &mut Vec<Fault>) {
    let notice: Value = serde_json::from_str(text(item, "data")).unwrap_or_default();
    let (named, kind) = (said(&notice, "/event_id"), said(&notice, "/kind"));
    let of = named.rsplit_once('@').map(|(id, n)| (id, n.parse::<u64>().ok().filter(|n| *n < MOMENTS)));
    let happened = match of {
        Some((_, Some(_))) => held.happened(named, |record| tells(record).any(|tell| tell == (key.pk.as_str(), kind))),
        Some((id, None)) => held.get(id).is_some(),
        None => false,
    };
    if !happened {
        faults.push(Fault::of([key.told(), named.to_owned()], format!("I4: {kind} tells of {named}, which has not happened")));
    }
}

/// A document is drawn once and recorded once, or is still owed.
fn document(held: &Held<'_>, key: &Key, item: &Attributes, faults: &mut Vec<Fault>) {
    let order: Value = serde_json::from_str(text(item, "data")).unwrap_or_default();
    let (id, kind) = (said(&order, "/aggregate"), &order["kind"]);
    let about = || vec![key.told(), id.to_owned()];
    let calls = |record: &Value| record["with"]["draws"].as_array().is_some_and(|draws| draws.contains(kind));
    if !held.happened(said(&order, "/event_id"), calls) {
        faults.push(Fault::of(about(), format!("I4: {order} is called for by what has not happened")));
    }
    let recorded = held.get(id).into_iter().flat_map(Kept::holding);
    let recorded: Vec<&Value> = recorded.filter(|record| event(record) == "document_issued" && record["what"]["kind"] == *kind).collect();
    let fits = if item.contains_key("issued") {
        let issued: Value = serde_json::from_str(text(item, "issued")).unwrap_or_default();
        recorded.len() == 1 && recorded.iter().all(|record| record["what"]["sha256"] == issued["sha256"])
    } else {
        recorded.is_empty() && (item.contains_key("given_up") || text(item, "owes") == "documents" && item.contains_key("due_list"))
    };
    if !fits {
        faults.push(Fault::of(about(), format!("I4: it is {}, and {recorded:?} say otherwise", text(item, "issued"))));
    }
    for code in recorded.iter().filter_map(|record| record["what"]["code_sha256"].as_str()) {
        let leads = |key: &&Key| key.pk.strip_prefix("VERIFICATION#").is_some_and(|name| sha256(name.as_bytes()) == code);
        if !held.image.keys().any(|key| leads(&key)) {
            faults.push(Fault::of(about(), "I4: the code that it bears leads nowhere"));
        }
    }
}

/// A code or a number leads to an agreement of which a document that bears it was drawn.
fn verifiable(held: &Held<'_>, key: &Key, item: &Attributes, faults: &mut Vec<Fault>) {
    let of: String = serde_json::from_str(text(item, "data")).unwrap_or_default();
    let name = key.pk.trim_start_matches("VERIFICATION#");
    let borne = held.get(&of).is_some_and(|kept| {
        let mut codes = kept.holding().filter_map(|record| record.pointer("/what/code_sha256")?.as_str());
        codes.any(|code| code == sha256(name.as_bytes())) || kept.data.to_string().contains(&format!("\"{name}\""))
    });
    if !borne {
        faults.push(Fault::of([key.told(), of.clone()], format!("I4: {name} leads to {of}, of which nothing bears it")));
    }
}
