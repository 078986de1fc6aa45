//! The judge is judged: of a table in which all is well it says nothing, and each breach it sees.

use super::judge::{Fault, faults, silent};
use super::tape::{Image, Tape, set};
use super::torn::story;
use crate::support::World;
use domain::upload::sha256;
use domain::values::Timestamp;
use evidence::chain::link;
use serde_json::{Value, json};
use store::{Attributes, Key};

/// The first item of this kind of which this holds.
fn find(image: &Image, holds: impl Fn(&Key, &Attributes) -> bool) -> Key {
    image.iter().find(|(key, item)| holds(key, item)).map(|(key, _)| key.clone()).unwrap()
}

fn text(item: &Attributes, name: &str) -> String {
    item.get(name).and_then(store::Value::text).unwrap_or_default().to_owned()
}

fn has(name: &'static str, value: &'static str) -> impl Fn(&Attributes) -> bool {
    move |item| text(item, name) == value
}

/// Adds to a number of an item.
fn add(image: &mut Image, key: &Key, name: &str) {
    let item = image.get_mut(key).unwrap();
    let n = item.get(name).and_then(store::Value::number).unwrap_or_default();
    item.insert(name.to_owned(), (n + 1).into());
}

/// Another last record of an aggregate, and other data, where the chain links all the same.
fn forge(image: &mut Image, key: &Key, edit: impl Fn(&mut Value, &mut Value)) {
    let beginning = format!("AUDIT#{}#", key.sk);
    let last = image.keys().rfind(|record| record.pk == key.pk && record.sk.starts_with(&beginning)).unwrap().clone();
    let mut record: Value = serde_json::from_str(&text(&image[&last], "bytes")).unwrap();
    let mut data: Value = serde_json::from_str(&text(&image[key], "data")).unwrap();
    edit(&mut record, &mut data);
    let data = data.to_string();
    record["state"] = sha256(data.as_bytes()).into();
    let bytes = record.to_string();
    let hash = link(&bytes, record["prev"].as_str().unwrap());
    let item = image.get_mut(&last).unwrap();
    item.extend([("bytes".to_owned(), bytes.into()), ("hash".to_owned(), hash.clone().into())]);
    let of = image.get_mut(key).unwrap();
    of.extend([("head".to_owned(), hash.into()), ("data".to_owned(), data.into())]);
    of.insert("stage".to_owned(), record["to"].as_str().unwrap().into());
    of.insert("version".to_owned(), record["version"].as_i64().unwrap().into());
}

/// What the judge says of the table with this breach.
fn told(image: &Image, now: Timestamp, breach: impl Fn(&mut Image)) -> String {
    let mut broken = image.clone();
    breach(&mut broken);
    assert_ne!(&broken, image, "there is a breach");
    faults(&broken, now).iter().map(Fault::told).collect::<Vec<_>>().join("\n")
}

/// The table as it is before names are forgotten.
fn before_the_years(tape: &Tape) -> Image {
    let mut image = tape.base.clone();
    let forgets = |cuts: &Vec<super::tape::Cut>| super::tape::kind(cuts).is_some_and(|kind| kind.contains("anonymised"));
    let until = tape.transactions.iter().position(forgets).unwrap();
    tape.transactions[..until].iter().flatten().for_each(|cut| set(&mut image, &cut.key, cut.after.as_ref()));
    image
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_breaks_an_invariant_is_seen() {
    let tape = { story(&World::new().await, 20).await };
    let (image, now) = (before_the_years(&tape), Timestamp::parse("2026-11-24T08:00:00.000Z").unwrap());
    assert_eq!(faults(&image, now).iter().map(Fault::told).collect::<Vec<_>>(), Vec::<String>::new());
    let is = |sk: &'static str, stage: &'static str| find(&image, move |key, item| key.sk == sk && has("stage", stage)(item));
    let (certified, accepted, terminated) = (is("AGREEMENT", "certified"), is("INVITATION", "accepted"), is("AGREEMENT", "terminated"));
    let held = find(&image, |key, item| key.sk.starts_with("SLOT#") && item.contains_key("holder"));
    let free = find(&image, |key, item| key.sk.starts_with("SLOT#") && !item.contains_key("holder"));
    let pair = find(&image, |key, item| key.sk == "PAIR" && item.contains_key("deadline"));
    let notice = find(&image, |key, item| key.pk.starts_with("INBOX#STUDENT#") && text(item, "data").contains("agreement_certified"));
    let drawn = find(&image, |key, item| key.sk == "DOCUMENT#final" && item.contains_key("issued"));
    let gone = |key: &Key| {
        let key = key.clone();
        move |image: &mut Image| drop(image.remove(&key))
    };
    let without = |key: &Key, names: &'static [&'static str]| {
        let key = key.clone();
        move |image: &mut Image| names.iter().for_each(|name| drop(image.get_mut(&key).unwrap().remove(*name)))
    };
    let sees = |expected: &str, breach: &dyn Fn(&mut Image)| {
        let told = told(&image, now, breach);
        assert!(told.contains(expected), "{expected}: {told}");
    };
    sees("I3: record 2 is not there", &gone(&find(&image, |key, _| key.pk == certified.pk && key.sk == "AUDIT#AGREEMENT#00000002")));
    sees("I3: records of an aggregate that is not there", &gone(&certified));
    sees("I3: its chain ends at", &|image| add(image, &certified, "version"));
    sees("I3: its chain leads to", &|image| drop(image.get_mut(&certified).unwrap().insert("stage".to_owned(), "voided".into())));
    sees("I3: it is not as its chain left it", &|image| drop(image.get_mut(&certified).unwrap().insert("data".to_owned(), "{}".into())));
    sees("I2: record 2 goes along no edge", &|image| {
        forge(image, &accepted, |record, _| record["what"]["event"] = "agreement_certified".into());
    });
    sees("does not count one version", &|image| forge(image, &accepted, |record, _| record["version"] = 7.into()));
    sees("begins elsewhere", &|image| forge(image, &accepted, |record, _| record["from"] = "withdrawn".into()));
    sees("I6: too late", &|image| forge(image, &accepted, |record, _| record["at"] = "2036-01-01T00:00:00.000Z".into()));
    sees("I6: it is accepted at", &|image| forge(image, &accepted, |_, data| data["stage"]["at"] = "2036-01-01T00:00:00.000Z".into()));
    sees("I6: the deadline is", &|image| add(image, &pair, "deadline"));
    sees("I6: the deadline is", &without(&pair, &["due_list"]));
    sees("I1:", &without(&pair, &["holder"]));
    sees("I1:", &without(&held, &["holder"]));
    sees("I1:", &|image| drop(image.get_mut(&free).unwrap().insert("holder".to_owned(), "99001-anobody".into())));
    sees("I7: acquired", &|image| add(image, &held, "acquired_total"));
    sees("I7: terminations_by_student", &|image| add(image, &free, "terminations_by_student"));
    sees("of 0 certified", &|image| add(image, &pair, "terminations"));
    let plan = Key { sk: "PLAN".to_owned(), ..certified.clone() };
    sees("the plan says otherwise", &|image| drop(image.get_mut(&plan).unwrap().insert("stage".to_owned(), "closed".into())));
    sees("I4: nobody has told", &gone(&notice));
    sees("I4: nobody will ever mail", &without(&notice, &["owes", "delivery"]));
    sees("does not tell of", &|image| {
        let item = image.get_mut(&notice).unwrap();
        item.insert("data".to_owned(), text(item, "data").replace("agreement_certified", "agreement_terminated").into());
    });
    sees("which has not happened", &|image| {
        let mut item = image[&notice].clone();
        let data: Value = serde_json::from_str(&text(&item, "data")).unwrap();
        let never = format!("{}@99", data["aggregate"].as_str().unwrap());
        item.insert("data".to_owned(), data.to_string().replace(data["event_id"].as_str().unwrap(), &never).into());
        image.insert(Key { sk: format!("{now}#{never}"), ..notice.clone() }, item);
    });
    sees("which has not happened", &|image| {
        let answer = find(image, |key, item| key.sk == "ANSWER" && item.contains_key("event"));
        image.get_mut(&answer).unwrap().insert("event".to_owned(), "99001-anobody@1".into());
    });
    sees("nobody has given it up", &gone(&find(&image, |key, item| key.sk == "ANSWER" && item.contains_key("event"))));
    sees("that nobody draws", &gone(&drawn));
    sees("say otherwise", &without(&drawn, &["issued"]));
    sees("leads nowhere", &|image| image.retain(|key, _| !key.pk.starts_with("VERIFICATION#")));
    sees("its letter is not accepted", &|image| forge(image, &accepted, |record, _| record["to"] = "rejected".into()));
    sees("nobody has certified that it is terminated", &|image| {
        image.retain(|key, _| key.pk != terminated.pk || !key.sk.contains("TERMINATION#"));
    });
    let bound = find(&image, |key, item| key.sk == "ACCOUNT" && text(item, "data").contains("\"records\":[{"));
    sees("its log-in is not bound to it", &gone(&bound));
}

#[test]
fn a_change_that_nothing_tells_of_is_seen() {
    let key = |pk: &str, sk: &str| Key { pk: pk.to_owned(), sk: sk.to_owned() };
    let item = |bytes: &str| Attributes::from([("bytes".to_owned(), bytes.into())]);
    let record = |found: &str, done: &str| item(&json!({ "what": { "event": "restored", "found": [found], "done": [done] } }).to_string());
    let torn = Image::from([(key("PERSON#p1", "SLOT#2027"), Attributes::new())]);
    let (mut changed, slot) = (torn.clone(), key("PERSON#p1", "SLOT#2027"));
    changed.insert(slot.clone(), item("held"));
    assert_eq!(silent(&torn, &changed).len(), 1, "nothing tells of it");
    changed.insert(key("INCIDENT#1", "AUDIT#INCIDENT#00000001"), record("PERSON#p1 / SLOT#2026: free", "it is made"));
    assert_eq!(silent(&torn, &changed).len(), 1, "it tells of something else");
    changed.insert(key("INCIDENT#1", "AUDIT#INCIDENT#00000001"), record("PERSON#p1 / SLOT#2027: free", "it is made"));
    assert_eq!(silent(&torn, &changed).len(), 0);
    let mut lost = changed.clone();
    lost.insert(key("INCIDENT#1", "AUDIT#INCIDENT#00000001"), record("PERSON#p1 / SLOT#2027: free", "it is otherwise"));
    assert_eq!(silent(&changed, &lost).len(), 1, "a record is written over");
}
