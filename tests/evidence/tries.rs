//! JSON that was made to hurt: it is refused in time that its length bounds, and nothing of it reaches a terminal.

use super::scene::{Archive, key};
use crate::support::Random;
use ::evidence::{Bundle, Fault, MOST_HASHES, RecordFault, report};

fn text() -> String {
    serde_json::to_string(&Archive::new(3, 3, &mut Random::new(31)).complete(1)).unwrap()
}

#[test]
fn every_beginning_of_a_bundle_is_refused() {
    let text = text();
    for length in (0..text.len()).filter(|length| text.is_char_boundary(*length)) {
        assert!(matches!(Bundle::read(&text.as_bytes()[..length]), Err(Fault::Unreadable { .. })), "{length}");
    }
    Bundle::read(text.as_bytes()).unwrap();
}

#[test]
fn depth_is_bounded_in_the_bundle_and_in_its_records() {
    let deep = "[".repeat(100_000);
    assert!(matches!(Bundle::read(deep.as_bytes()), Err(Fault::Unreadable { .. })));
    let mut bundle = Bundle::read(text().as_bytes()).unwrap();
    bundle.records.truncate(1);
    let record = &mut bundle.records[0];
    let bytes = format!("{{\"what\":{deep}");
    record.hash = ::evidence::chain::link(&bytes, record.prev.as_ref().unwrap());
    record.bytes = Some(bytes);
    assert_eq!(bundle.verify(None, &[]).unwrap_err(), Fault::Record { seq: 1, fault: RecordFault::Content });
}

#[test]
fn unknown_and_doubled_fields_are_refused_everywhere() {
    let text = text();
    for object in ["{\"format\"", "{\"kind\"", "{\"seq\":1,", "{\"seal\"", "{\"bytes\"", "{\"id\""] {
        assert!(text.contains(object), "{object}");
        assert!(Bundle::read(text.replacen(object, &object.replace('{', "{\"x\":0,"), 1).as_bytes()).is_err(), "{object}");
    }
    for field in ["\"complete\":true", "\"seq\":1", "\"seals\":[]"] {
        let twice = text.replacen('{', &format!("{{{field},"), 1);
        assert!(Bundle::read(twice.as_bytes()).is_err(), "{field}");
    }
}

#[test]
fn numbers_at_their_end_and_long_paths_are_refused() {
    let mut bundle = Bundle::read(text().as_bytes()).unwrap();
    let long = vec!["0".repeat(64); MOST_HASHES + 1];
    bundle.records[0].proof.as_mut().unwrap().path = long;
    assert_eq!(bundle.verify(None, &[]).unwrap_err(), Fault::Record { seq: 1, fault: RecordFault::ProofTooLong });
    bundle.records[0].proof.as_mut().unwrap().path.pop();
    let proof = bundle.records[0].proof.as_mut().unwrap();
    (proof.index, proof.size) = (u64::MAX - 1, u64::MAX);
    assert_eq!(bundle.verify(None, &[]).unwrap_err(), Fault::Record { seq: 1, fault: RecordFault::ProofSize });
    bundle.records[0].seq = u64::MAX;
    assert_eq!(bundle.verify(None, &[]).unwrap_err(), Fault::Record { seq: u64::MAX, fault: RecordFault::Order });
}

#[test]
fn nothing_of_a_strangers_text_reaches_a_terminal_as_it_is() {
    let hostile = "\u{1b}[2J";
    let unknown = text().replacen('{', "{\"\\u001b[2J\":1,", 1);
    let mut named = Bundle::read(text().as_bytes()).unwrap();
    named.aggregate = hostile.to_owned();
    (named.complete, named.document) = (false, None);
    named.records = vec![::evidence::Record { seq: 2, bytes: None, prev: None, hash: "0".repeat(64), proof: None }];
    named.seals.clear();
    named.keys.clear();
    let outcomes = [Bundle::read(unknown.as_bytes()).and_then(|bundle| bundle.verify(None, &[])), named.verify(None, &[])];
    assert!(outcomes[0].is_err() && outcomes[1].is_ok());
    for outcome in outcomes {
        assert!(!report(&outcome).text.contains('\u{1b}'), "{outcome:?}");
    }
}

#[test]
fn a_bundle_of_many_records_and_seals_is_checked_in_one_pass() {
    let archive = Archive::new(1, 1, &mut Random::new(33));
    let mut bundle = archive.public(0);
    let shown = bundle.records.remove(0);
    bundle.document = None;
    let hidden = |seq| ::evidence::Record { seq, bytes: None, prev: None, proof: None, ..shown.clone() };
    bundle.records = (1..200_000).map(hidden).collect();
    bundle.records.push(::evidence::Record { seq: 200_000, ..shown.clone() });
    let found = bundle.verify(None, &[key(7).public().clone()]);
    assert_eq!(found.unwrap_err(), Fault::Record { seq: 200_000, fault: RecordFault::Link });
}
