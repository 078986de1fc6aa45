//! I6: no letter is accepted at or after its deadline, and none has expired before it. A letter and its agreement, a request to terminate
//! and its agreement, a roster record and its log-in say the same.

use super::{Fault, Held, Kept, event, said};
use domain::invitation::Invitation;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) fn judge(held: &Held<'_>, faults: &mut Vec<Fault>) {
    for letter in held.all("INVITATION") {
        in_time(letter, faults);
        let agreement = held.get(said(&letter.data, "/stage/agreement"));
        if letter.stage() == "accepted" && agreement.is_none() {
            faults.push(Fault::of(letter.about(), "it is accepted, and nothing came of it"));
        }
    }
    for agreement in held.all("AGREEMENT") {
        let letter = said(&agreement.data, "/origin/invitation");
        if !letter.is_empty() && held.get(letter).is_none_or(|letter| letter.stage() != "accepted") {
            faults.push(Fault::of([agreement.about(), vec![letter.to_owned()]].concat(), "its letter is not accepted"));
        }
        let named = said(&agreement.data, "/stage/termination/id");
        let open = held.get(named).is_some_and(|asked| matches!(asked.stage(), "pending_counterparty" | "pending_certification"));
        if agreement.stage() == "certified" && !named.is_empty() && !open {
            faults.push(Fault::of([agreement.about(), vec![named.to_owned()]].concat(), "it names a request that is not open"));
        }
        let by = said(&agreement.data, "/stage/termination");
        if agreement.stage() == "terminated" && held.get(by).is_none_or(|asked| asked.stage() != "certified") {
            faults.push(Fault::of([agreement.about(), vec![by.to_owned()]].concat(), "nobody has certified that it is terminated"));
        }
    }
    for asked in held.beginning("TERMINATION#") {
        let Some(agreement) = held.get(said(&asked.data, "/agreement")) else {
            faults.push(Fault::of(asked.about(), "it is to end what is not there"));
            continue;
        };
        let named = said(&agreement.data, "/stage/termination/id") == asked.id;
        let ended = said(&agreement.data, "/stage/termination") == asked.id;
        let fits = match asked.stage() {
            "pending_counterparty" | "pending_certification" => agreement.stage() == "certified" && named,
            "certified" => agreement.stage() == "terminated" && ended,
            _ => !named && !ended,
        };
        if !fits {
            let what = format!("it is {}, and its agreement {}", asked.stage(), agreement.data["stage"]);
            faults.push(Fault::of([asked.about(), agreement.about()].concat(), what));
        }
    }
    bindings(held, faults);
}

fn in_time(letter: &Kept<'_>, faults: &mut Vec<Fault>) {
    let mut fault = |what: String| faults.push(Fault::of(letter.about(), format!("I6: {what}")));
    let Ok(stored) = serde_json::from_value::<Invitation>(letter.data.clone()) else {
        return fault("it does not read".to_owned());
    };
    let (deadline, at) = (stored.expires_at().to_string(), said(&letter.data, "/stage/at"));
    match letter.stage() {
        "accepted" if at >= deadline.as_str() => fault(format!("it is accepted at {at}, and its deadline is {deadline}")),
        // It has expired at its deadline, whoever says so and when.
        "expired" if at != deadline => fault(format!("it has expired at {at}, and its deadline is {deadline}")),
        _ => {}
    }
    let mut due = None;
    for record in letter.holding() {
        match event(record) {
            "invitation_sent" | "invitation_extended" => due = Some(said(record, "/what/expires_at")),
            // What was extended by a record that is gone, nobody knows.
            "restored" => due = None,
            "invitation_accepted" if due.is_some_and(|due| said(record, "/at") >= due) => fault(format!("too late: {record}")),
            "invitation_expired" if due.is_some_and(|due| said(record, "/at") < due) => fault(format!("too early: {record}")),
            _ => {}
        }
    }
}

fn bindings(held: &Held<'_>, faults: &mut Vec<Fault>) {
    let by_id = |sk| held.all(sk).map(|kept| (said(&kept.data, "/id"), kept)).collect::<BTreeMap<_, _>>();
    let (students, accounts) = (by_id("STUDENT"), by_id("ACCOUNT"));
    for (id, student) in &students {
        let account = said(&student.data, "/verified/account");
        if !account.is_empty() && !accounts.get(account).is_some_and(|kept| bound(kept).any(|bound| bound == *id)) {
            let about = [student.about(), vec![format!("account/{account}")]].concat();
            faults.push(Fault::of(about, "its log-in is not bound to it"));
        }
    }
    for (id, account) in &accounts {
        for student in bound(account) {
            if students.get(student).is_none_or(|kept| said(&kept.data, "/verified/account") != *id) {
                let about = [account.about(), vec![format!("account/{id}"), student.to_owned()]].concat();
                faults.push(Fault::of(about, "it is bound to a record that it has not verified"));
            }
        }
    }
}

fn bound<'k>(account: &'k Kept<'_>) -> impl Iterator<Item = &'k str> {
    let records = account.data.pointer("/binding/records").and_then(Value::as_array);
    records.into_iter().flatten().map(|record| said(record, "/student"))
}
