//! I1 and I7: what of a person is held, and by whom: slots and what they count, pairs, plan records.

use super::{Fault, Held, Kept, number, said, text};
use std::collections::BTreeMap;
use store::{Attributes, Key};

pub(super) fn judge(held: &Held<'_>, faults: &mut Vec<Fault>) {
    slots(held, faults);
    pairs(held, faults);
    plan(held, faults);
}

/// Whether a signing or a registration is one of those of which a person may have one.
fn lives(kept: &Kept<'_>) -> bool {
    match kept.stage() {
        "agreement_review" | "awaiting_feedback" | "pending_certification" | "certified" | "registered" => true,
        // On paper it may be returned again.
        "certification_rejected" => kept.is("AGREEMENT") && said(&kept.data, "/origin/kind") == "offline",
        _ => false,
    }
}

fn kind<'k>(kept: &'k Kept<'_>) -> &'k str {
    if kept.is("REGISTRATION") { "registration" } else { said(&kept.data, "/origin/kind") }
}

fn slot_of(kept: &Kept<'_>) -> Key {
    let of = if kept.is("AGREEMENT") { &kept.data["student"] } else { &kept.data };
    slot(said(of, "/person"), &of["graduation_year"])
}

fn slot(person: &str, year: &serde_json::Value) -> Key {
    let year = year.as_u64().map_or_else(|| year.as_str().unwrap_or_default().to_owned(), |year| year.to_string());
    Key { pk: format!("PERSON#{person}"), sk: format!("SLOT#{year}") }
}

fn slots(held: &Held<'_>, faults: &mut Vec<Fault>) {
    let mut holders: BTreeMap<Key, Vec<&Kept<'_>>> = BTreeMap::new();
    let mut ended: BTreeMap<(Key, &str), u64> = BTreeMap::new();
    for kept in held.all("AGREEMENT").chain(held.all("REGISTRATION")).filter(|kept| lives(kept)) {
        holders.entry(slot_of(kept)).or_default().push(kept);
    }
    for asked in held.beginning("TERMINATION#").filter(|asked| asked.stage() == "certified") {
        let subject = &asked.data["subject"];
        *ended.entry((slot(said(subject, "/person"), &subject["graduation_year"]), said(&asked.data, "/initiator"))).or_default() += 1;
    }
    let none = Attributes::new();
    let stored = held.image.keys().filter(|key| key.pk.starts_with("PERSON#") && key.sk.starts_with("SLOT#"));
    for key in stored.chain(holders.keys()).chain(ended.keys().map(|(key, _)| key)).collect::<std::collections::BTreeSet<_>>() {
        let by = holders.get(key).map(Vec::as_slice).unwrap_or_default();
        let about = || [vec![key.told()], by.iter().flat_map(|kept| kept.about()).collect()].concat();
        let slot = held.image.get(key).unwrap_or(&none);
        let named = slot.get("holder").map(|_| (text(slot, "holder"), text(slot, "kind")));
        match by {
            [] if named.is_none() => {}
            [one] if named == Some((one.id.as_str(), kind(one))) => {}
            _ => {
                let by: Vec<_> = by.iter().map(|kept| kept.id.as_str()).collect();
                faults.push(Fault::of(about(), format!("I1: {by:?} hold a slot that names {named:?}")));
            }
        }
        let (acquired, released) = (number(slot, "acquired_total"), number(slot, "released_total"));
        if acquired != released + u64::from(named.is_some()) {
            faults.push(Fault::of(about(), format!("I7: acquired {acquired} times, released {released} times, held by {named:?}")));
        }
        for (initiator, counted) in [("student", "terminations_by_student"), ("employer", "terminations_by_employers")] {
            let certified = ended.get(&(key.clone(), initiator)).copied().unwrap_or_default();
            if number(slot, counted) != certified {
                faults.push(Fault::of(about(), format!("I7: {counted} is {}, of {certified} that are certified", number(slot, counted))));
            }
        }
    }
}

fn pairs(held: &Held<'_>, faults: &mut Vec<Fault>) {
    let mut holders: BTreeMap<Key, Vec<&Kept<'_>>> = BTreeMap::new();
    let mut ended: BTreeMap<Key, u64> = BTreeMap::new();
    let pair = |employer: &str, person: &str| Key { pk: format!("EMPLOYER#{employer}#PERSON#{person}"), sk: "PAIR".to_owned() };
    let of_agreement = |kept: &Kept<'_>| pair(said(&kept.data, "/origin/employer"), said(&kept.data, "/student/person"));
    for letter in held.all("INVITATION").filter(|kept| kept.stage() == "pending") {
        let key = pair(said(&letter.data, "/letter/employer_id"), said(&letter.data, "/person"));
        holders.entry(key).or_default().push(letter);
    }
    for agreement in held.all("AGREEMENT").filter(|kept| kind(kept) == "online" && lives(kept)) {
        holders.entry(of_agreement(agreement)).or_default().push(agreement);
    }
    for asked in held.beginning("TERMINATION#") {
        let certified = asked.stage() == "certified" && said(&asked.data, "/initiator") == "employer";
        if let Some(agreement) = held.get(said(&asked.data, "/agreement")).filter(|agreement| certified && kind(agreement) == "online") {
            *ended.entry(of_agreement(agreement)).or_default() += 1;
        }
    }
    let none = Attributes::new();
    let stored = held.image.keys().filter(|key| key.sk == "PAIR");
    for key in stored.chain(holders.keys()).chain(ended.keys()).collect::<std::collections::BTreeSet<_>>() {
        let by = holders.get(key).map(Vec::as_slice).unwrap_or_default();
        let about = || [vec![key.told()], by.iter().flat_map(|kept| kept.about()).collect()].concat();
        let item = held.image.get(key).unwrap_or(&none);
        let named = item.get("holder").map(|_| text(item, "holder"));
        let agrees = match by {
            [] => named.is_none(),
            [one] => named == Some(one.id.as_str()),
            _ => false,
        };
        if !agrees {
            let by: Vec<_> = by.iter().map(|kept| kept.id.as_str()).collect();
            faults.push(Fault::of(about(), format!("I1: {by:?} hold a pair that names {named:?}")));
        }
        // What falls due of an open letter is found by its pair alone.
        let due = by.first().filter(|kept| kept.is("INVITATION")).map(|kept| said(&kept.data, "/stage/expires_at"));
        let watched =
            item.get("deadline").map(|_| domain::values::Timestamp::from_millis(number(item, "deadline").cast_signed()).to_string());
        if due != watched.as_deref() || item.contains_key("due_list") != due.is_some() {
            faults.push(Fault::of(about(), format!("I6: the deadline is {due:?}, and its pair waits for {watched:?}")));
        }
        let certified = ended.get(key).copied().unwrap_or_default();
        if number(item, "terminations") != certified {
            faults.push(Fault::of(about(), format!("I7: {} terminations, of {certified} certified", number(item, "terminations"))));
        }
    }
}

/// a record of the plan stands open exactly where an agreement is in force or a registration holds.
fn plan(held: &Held<'_>, faults: &mut Vec<Fault>) {
    let open = |pk: &str| {
        let key = Key { pk: pk.to_owned(), sk: "PLAN".to_owned() };
        held.image.get(&key).is_some_and(|item| text(item, "stage") == "open")
    };
    let mut holders = std::collections::BTreeSet::new();
    for kept in held.all("AGREEMENT").chain(held.all("REGISTRATION")) {
        holders.insert(kept.key.pk.as_str());
        if open(&kept.key.pk) != matches!(kept.stage(), "certified" | "registered") {
            let about = [kept.about(), vec![format!("{} / PLAN", kept.key.pk)]].concat();
            faults.push(Fault::of(about, format!("I1: it is {}, and the plan says otherwise", kept.stage())));
        }
    }
    let orphans = held.image.keys().filter(|key| key.sk == "PLAN" && !holders.contains(key.pk.as_str()));
    faults.extend(orphans.map(|key| Fault::of([key.told()], "I1: the plan tells of nothing")));
}
