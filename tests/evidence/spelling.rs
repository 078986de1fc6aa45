//! What is hashed and signed, to the byte: whoever verifies evidence of today in ten years must find it so.

use super::scene::{Chain, hour, key};
use ::domain::upload::sha256;
use ::evidence::{Fault, Leaf, Leaves, RecordFault, Seal, SealFault, Sealed, Signer as _, chain, genesis};

fn leaf(aggregate: &str, seq: u64) -> Leaf {
    Leaf { aggregate: aggregate.to_owned(), seq, hash: sha256(format!("{aggregate}{seq}").as_bytes()) }
}

/// Taken from the chains as they were kept before this crate was: every hash that is stored begins here.
#[test]
fn the_chain_is_spelt_as_it_always_was() {
    assert_eq!(chain::genesis("agreement/1"), sha256(b"\x01agreement/1wangqian/audit/1"));
    assert_eq!(chain::genesis("agreement/1"), "8b6081e3e24649dc8f2e9dcf93bde7c26f5bc9bce7434b48d9facfe96737078b");
    let prev = "ab".repeat(32);
    assert_eq!(chain::link(r#"{"seq":1}"#, &prev), sha256(format!("\u{1}{{\"seq\":1}}{prev}").as_bytes()));
}

#[test]
fn a_leaf_is_a_line_of_id_number_hash_and_whether_it_is_the_last() {
    let leaf = Leaf { aggregate: "agreement/1".to_owned(), seq: 3, hash: "ab".repeat(32) };
    assert_eq!(leaf.bytes(true), format!("agreement/1 3 {} last", leaf.hash));
    assert_eq!(leaf.bytes(false), format!("agreement/1 3 {} more", leaf.hash));
}

#[test]
fn leaves_stand_by_aggregate_and_number_whatever_order_they_come_in() {
    let sorted = [leaf("a", 1), leaf("a", 2), leaf("a", 10), leaf("b", 1)];
    let [one, two, ten, other] = sorted.clone();
    let leaves = Leaves::new(vec![ten, other, one, two.clone()]).unwrap();
    assert_eq!((leaves.as_slice(), leaves.count()), (sorted.as_slice(), 4));
    let last = |aggregate, seq| leaves.proof(aggregate, seq, 1).map(|proof| (proof.index, proof.last));
    assert_eq!([last("a", 1), last("a", 10), last("b", 1)], [Some((0, false)), Some((2, true)), Some((3, true))]);
    assert_eq!([last("a", 3), last("c", 1)], [None, None]);
    let twice = Leaves::new(vec![two.clone(), Leaf { hash: "another".to_owned(), ..two }]);
    assert_eq!(twice.unwrap_err(), Fault::Record { seq: 2, fault: RecordFault::Twice });
}

#[test]
fn a_seal_is_canonical_json_and_links_to_bytes_and_signature_of_the_one_before() {
    let leaves = Leaves::new(vec![leaf("a", 1)]).unwrap();
    let seal = Seal::next(None, (&hour(0), &hour(1)), &leaves, key(1).key_id()).unwrap();
    let (id, root) = (key(1).key_id().to_owned(), leaves.root());
    let expected = format!(
        r#"{{"from":"2026-11-01T00:00:00Z","key":"{id}","number":1,"previous":"{}","records":1,"root":"{root}","to":"2026-11-01T01:00:00Z","v":1}}"#,
        sha256(b"wangqian/seal/1")
    );
    assert_eq!((seal.bytes(), genesis()), (expected, sha256(b"wangqian/seal/1")));
    let sealed = Sealed { bytes: seal.bytes(), signature: "c2lnbmF0dXJl".to_owned() };
    assert_eq!(sealed.read().unwrap(), seal);
    let next = Seal::next(Some(&sealed), (&hour(2), &hour(3)), &Leaves::new(Vec::new()).unwrap(), "key").unwrap();
    assert_eq!((next.number, next.records), (2, 0));
    assert_eq!(next.previous, sha256(format!("{}c2lnbmF0dXJl", seal.bytes()).as_bytes()));
    assert_eq!(next.root, sha256(b""), "an hour in which nothing happened is sealed too");
}

#[test]
fn hours_of_a_seal_are_full_and_behind_those_of_the_one_before() {
    let none = Leaves::new(Vec::new()).unwrap();
    let first = Seal::next(None, (&hour(4), &hour(5)), &none, "key").unwrap();
    let first = Sealed { bytes: first.bytes(), signature: String::new() };
    let next = |from: &str, to: &str| Seal::next(Some(&first), (from, to), &none, "key").map(|seal| seal.number);
    assert_eq!(next(&hour(5), &hour(9)), Ok(2), "after an outage one seal is over several hours");
    let wrong = Err(Fault::Seal { number: 2, fault: SealFault::Hours });
    let (five, six) = (hour(5), hour(6));
    let cases = [
        (hour(4), five.clone()),
        (five.clone(), five.clone()),
        (six.clone(), five),
        ("2026-11-01T05:30:00Z".to_owned(), six.clone()),
        ("2026-11-01T05:00:00+08:00".to_owned(), six.clone()),
        ("2026-11-01T05:00:00.000Z".to_owned(), six.clone()),
        ("2026-13-01T05:00:00Z".to_owned(), "2026-13-01T06:00:00Z".to_owned()),
        ("2026-11-01T05:00:00Z".to_owned(), "2026-11-01T24:00:00Z".to_owned()),
        (String::new(), six),
    ];
    for (from, to) in cases {
        assert_eq!(next(&from, &to), wrong, "{from} to {to}");
    }
}

#[test]
fn a_seal_that_is_written_in_any_other_way_is_none() {
    let seal = Seal::next(None, (&hour(0), &hour(1)), &Leaves::new(Vec::new()).unwrap(), "key").unwrap().bytes();
    let read = |bytes: String| Sealed { bytes, signature: String::new() }.read();
    assert!(read(seal.clone()).is_some());
    let edits = [
        (r#""v":1"#, r#""v":2"#),
        (r#""v":1"#, r#""v": 1"#),
        (r#","v":1"#, ""),
        (r#""v":1"#, r#""v":1,"w":1"#),
        (r#""v":1"#, r#""v":1,"v":1"#),
        (r#""number":1"#, r#""number":0"#),
        (r#""number":1"#, r#""number":-1"#),
        (r#""number":1"#, r#""number":1.0"#),
        (r#""key":"key""#, r#""key":"ke\u0079""#),
        ("T01:00", "T00:00"),
        ("T01:00", "T01:01"),
    ];
    for (from, to) in edits {
        assert!(seal.contains(from));
        assert_eq!(read(seal.replace(from, to)), None, "{to}");
    }
    assert_eq!(read(format!("{seal} ")), None);
}

#[test]
fn chains_of_the_scene_link_as_the_store_links_them() {
    let chain = Chain::new("x", 3, &mut crate::support::Random::new(5));
    for pair in chain.records.windows(2) {
        assert_eq!(pair[1].prev, pair[0].hash);
        assert_eq!(pair[1].hash, chain::link(&pair[1].bytes, &pair[1].prev));
    }
}
