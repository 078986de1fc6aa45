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

/// A table in which all is well.
struct Whole {
    image: Image,
    now: Timestamp,
}

impl Whole {
    /// The judge says this of the table with this breach.
    fn sees(&self, expected: &str, breach: impl Fn(&mut Image)) {
        let mut broken = self.image.clone();
        breach(&mut broken);
        assert_ne!(broken, self.image, "there is a breach");
        let told = faults(&broken, self.now).iter().map(Fault::told).collect::<Vec<_>>().join("\n");
        assert!(told.contains(expected), "{expected}: {told}");
    }

    fn find(&self, holds: impl Fn(&Key, &Attributes) -> bool) -> Key {
        find(&self.image, holds)
    }

    fn at(&self, sk: &str, stage: &str) -> Key {
        self.find(|key, item| key.sk == sk && text(item, "stage") == stage)
    }
}

fn gone(key: &Key) -> impl Fn(&mut Image) {
    let key = key.clone();
    move |image: &mut Image| drop(image.remove(&key))
}

fn without(key: &Key, names: &'static [&'static str]) -> impl Fn(&mut Image) {
    let key = key.clone();
    move |image: &mut Image| names.iter().for_each(|name| drop(image.get_mut(&key).unwrap().remove(*name)))
}

fn with(key: &Key, name: &'static str, value: &'static str) -> impl Fn(&mut Image) {
    let key = key.clone();
    move |image: &mut Image| drop(image.get_mut(&key).unwrap().insert(name.to_owned(), value.into()))
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
    let whole = Whole { image: before_the_years(&tape), now: Timestamp::parse("2026-11-24T08:00:00.000Z").unwrap() };
    assert_eq!(faults(&whole.image, whole.now).iter().map(Fault::told).collect::<Vec<_>>(), Vec::<String>::new());
    chains(&whole);
    letters(&whole);
    holdings(&whole);
    consequences(&whole);
}

/// I2, I3.
fn chains(whole: &Whole) {
    let (certified, accepted) = (whole.at("AGREEMENT", "certified"), whole.at("INVITATION", "accepted"));
    whole.sees("I3: record 2 is not there", gone(&Key { sk: "AUDIT#AGREEMENT#00000002".to_owned(), ..certified.clone() }));
    whole.sees("I3: records of an aggregate that is not there", gone(&certified));
    whole.sees("I3: its chain ends at", |image| add(image, &certified, "version"));
    whole.sees("I3: its chain leads to", with(&certified, "stage", "voided"));
    whole.sees("I3: it is not as its chain left it", with(&certified, "data", "{}"));
    whole.sees("I2: record 2 goes along no edge", |image| {
        forge(image, &accepted, |record, _| record["what"]["event"] = "agreement_certified".into());
    });
    whole.sees("does not count one version", |image| forge(image, &accepted, |record, _| record["version"] = 7.into()));
    whole.sees("begins elsewhere", |image| forge(image, &accepted, |record, _| record["from"] = "withdrawn".into()));
}

/// I6, and what belongs together.
fn letters(whole: &Whole) {
    let (accepted, terminated) = (whole.at("INVITATION", "accepted"), whole.at("AGREEMENT", "terminated"));
    let pair = whole.find(|key, item| key.sk == "PAIR" && item.contains_key("deadline"));
    whole.sees("I6: too late", |image| forge(image, &accepted, |record, _| record["at"] = "2036-01-01T00:00:00.000Z".into()));
    whole.sees("I6: it is accepted at", |image| forge(image, &accepted, |_, data| data["stage"]["at"] = "2036-01-01T00:00:00.000Z".into()));
    whole.sees("I6: the deadline is", |image| add(image, &pair, "deadline"));
    whole.sees("I6: the deadline is", without(&pair, &["due_list"]));
    whole.sees("its letter is not accepted", |image| forge(image, &accepted, |record, _| record["to"] = "rejected".into()));
    whole.sees("nobody has certified that it is terminated", |image| {
        image.retain(|key, _| key.pk != terminated.pk || !key.sk.contains("TERMINATION#"));
    });
    let bound = whole.find(|key, item| key.sk == "ACCOUNT" && text(item, "data").contains("\"records\":[{"));
    whole.sees("its log-in is not bound to it", gone(&bound));
}

/// I1, I7.
fn holdings(whole: &Whole) {
    let certified = whole.at("AGREEMENT", "certified");
    let slot = |held: bool| whole.find(|key, item| key.sk.starts_with("SLOT#") && item.contains_key("holder") == held);
    let (held, free) = (slot(true), slot(false));
    let pair = whole.find(|key, item| key.sk == "PAIR" && item.contains_key("deadline"));
    whole.sees("hold a pair that names None", without(&pair, &["holder"]));
    whole.sees("hold a slot that names None", without(&held, &["holder"]));
    whole.sees("I1: [] hold a slot that names", with(&free, "holder", "99001-anobody"));
    whole.sees("I7: acquired", |image| add(image, &held, "acquired_total"));
    whole.sees("I7: terminations_by_student", |image| add(image, &free, "terminations_by_student"));
    whole.sees("of 0 certified", |image| add(image, &pair, "terminations"));
    whole.sees("the plan says otherwise", with(&Key { sk: "PLAN".to_owned(), ..certified }, "stage", "closed"));
}

/// I4.
fn consequences(whole: &Whole) {
    let notice = whole.find(|key, item| key.pk.starts_with("INBOX#STUDENT#") && text(item, "data").contains("agreement_certified"));
    let drawn = whole.find(|key, item| key.sk == "DOCUMENT#final" && item.contains_key("issued"));
    let answer = whole.find(|key, item| key.sk == "ANSWER" && item.contains_key("event"));
    whole.sees("I4: nobody has told", gone(&notice));
    whole.sees("I4: nobody will ever mail", without(&notice, &["owes", "delivery"]));
    whole.sees("does not tell of", |image| {
        let item = image.get_mut(&notice).unwrap();
        item.insert("data".to_owned(), text(item, "data").replace("agreement_certified", "agreement_terminated").into());
    });
    whole.sees("which has not happened", |image| {
        let mut item = image[&notice].clone();
        let data: Value = serde_json::from_str(&text(&item, "data")).unwrap();
        let never = format!("{}@99", data["aggregate"].as_str().unwrap());
        item.insert("data".to_owned(), data.to_string().replace(data["event_id"].as_str().unwrap(), &never).into());
        image.insert(Key { sk: format!("{}#{never}", whole.now), ..notice.clone() }, item);
    });
    whole.sees("which has not happened", with(&answer, "event", "99001-anobody@1"));
    whole.sees("nobody has given it up", gone(&answer));
    whole.sees("that nobody draws", gone(&drawn));
    whole.sees("and has no final", gone(&drawn));
    whole.sees("say otherwise", without(&drawn, &["issued"]));
    whole.sees("leads nowhere", |image| image.retain(|key, _| !key.pk.starts_with("VERIFICATION#")));
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
