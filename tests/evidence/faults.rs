//! Each fault can be met, and is named by what it is and where.

use super::scene::{Archive, Chain, brought, hour, key, signed};
use ::evidence::{
    Bundle, BundleFault, DocumentFault, Fault, Key, KeyFault, Leaf, Leaves, PublicKey, RecordFault, Seal, SealFault, Signer as _, chain,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const FILE: &[u8] = b"%PDF-1.7 of the agreement";
const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Five records of which the second issued the document; seals 1, 2 and 4 are over them, and over others.
fn archive() -> Archive {
    let mine = Chain::of("x", &[0, 0, 1, 1, 3], 1, FILE.to_vec());
    Archive::of(vec![Chain::of("w", &[0, 1, 2, 3], 0, b"another".to_vec()), mine, Chain::of("y", &[0, 1], 0, Vec::new())], 4, key(7))
}

fn bundle() -> Bundle {
    archive().complete(1)
}

/// What is found after an edit, with the file and the key that are right.
#[track_caller]
fn after(edit: impl FnOnce(&mut Bundle)) -> Fault {
    let mut bundle = bundle();
    edit(&mut bundle);
    bundle.verify(Some(FILE), &[key(7).public().clone()]).unwrap_err()
}

/// Puts other bytes into the last record, under the hash that they have.
fn say(bundle: &mut Bundle, edit: impl FnOnce(&str) -> String) {
    let record = bundle.records.last_mut().unwrap();
    let bytes = edit(record.bytes.as_ref().unwrap());
    assert_ne!(record.bytes.as_ref(), Some(&bytes));
    record.hash = chain::link(&bytes, record.prev.as_ref().unwrap());
    record.bytes = Some(bytes);
}

fn proof_of(bundle: &mut Bundle, place: usize) -> &mut ::evidence::Proof {
    bundle.records[place].proof.as_mut().unwrap()
}

/// Signs a seal of the list anew, as something else.
fn resign(bundle: &mut Bundle, place: usize, edit: impl FnOnce(&mut Seal)) {
    let mut seal = bundle.seals[place].read().unwrap();
    edit(&mut seal);
    bundle.seals[place] = signed(&seal, &key(7));
}

#[test]
fn a_bundle_without_fault_has_none() {
    let verdict = bundle().verify(Some(FILE), &[key(7).public().clone()]).unwrap();
    assert!(verdict.is_proven());
    assert_eq!(verdict.seals.iter().map(|span| span.number).collect::<Vec<_>>(), [1, 2, 4]);
}

#[test]
fn faults_of_the_whole_are_named() {
    assert_eq!(after(|bundle| bundle.format = "wangqian/evidence/2".to_owned()), Fault::Bundle(BundleFault::Format));
    assert_eq!(after(|bundle| bundle.records.clear()), Fault::Bundle(BundleFault::Empty));
    assert_eq!(BundleFault::ALL.len(), 2);
    assert_eq!(after(|bundle| bundle.seals[1].bytes.push(' ')), Fault::UnreadableSeal { place: 2 });
    let text = serde_json::to_string(&bundle()).unwrap();
    let unreadable = |text: &str| matches!(Bundle::read(text.as_bytes()), Err(Fault::Unreadable { .. }));
    assert!(!unreadable(&text));
    for (from, to) in [("{", "["), ("{\"format\"", "{\"more\":1,\"format\""), ("\"seq\":1", "\"seq\":-1"), ("\"seals\"", "\"Seals\"")] {
        assert!(unreadable(&text.replacen(from, to, 1)), "{to}");
    }
}

#[test]
fn every_fault_of_a_record_is_named() {
    let mut met = Vec::new();
    let mut meets = |seq: u64, fault: RecordFault, found: Fault| {
        assert_eq!(found, Fault::Record { seq, fault });
        met.push(fault);
    };
    meets(3, RecordFault::Order, after(|bundle| drop(bundle.records.remove(1))));
    meets(2, RecordFault::Order, after(|bundle| drop(bundle.records.remove(0))));
    meets(2, RecordFault::Order, after(|bundle| bundle.records.insert(1, bundle.records[1].clone())));
    meets(2, RecordFault::Order, after(|bundle| bundle.records.swap(0, 1)));
    meets(1, RecordFault::Malformed, after(|bundle| bundle.records[0].hash.make_ascii_uppercase()));
    meets(4, RecordFault::ContentMissing, after(|bundle| (bundle.records[3].bytes, bundle.records[3].prev) = (None, None)));
    meets(4, RecordFault::HalfShown, after(|bundle| bundle.records[3].bytes = None));
    meets(4, RecordFault::HalfShown, after(|bundle| bundle.records[3].prev = None));
    meets(2, RecordFault::Link, after(|bundle| bundle.records[1].prev = Some(ZEROS.to_owned())));
    meets(1, RecordFault::Genesis, after(|bundle| bundle.records[0].prev = Some(chain::genesis("agreement/y"))));
    meets(3, RecordFault::Hash, after(|bundle| bundle.records[2].bytes.as_mut().unwrap().push(' ')));
    meets(5, RecordFault::Content, after(|bundle| say(bundle, |_| "{}".to_owned())));
    meets(5, RecordFault::Aggregate, after(|bundle| say(bundle, |bytes| bytes.replace("agreement/x", "agreement/y"))));
    meets(5, RecordFault::Number, after(|bundle| say(bundle, |bytes| bytes.replace("\"seq\":5", "\"seq\":6"))));
    meets(5, RecordFault::Previous, after(|bundle| say(bundle, |bytes| bytes.replace("\"prev\":\"", "\"prev\":\"0"))));
    meets(2, RecordFault::ProofMissing, after(|bundle| bundle.records[1].proof = None));
    meets(3, RecordFault::SealMissing, after(|bundle| proof_of(bundle, 2).seal = 3));
    meets(1, RecordFault::ProofTooLong, after(|bundle| proof_of(bundle, 0).path = vec![ZEROS.to_owned(); 65]));
    meets(1, RecordFault::ProofSize, after(|bundle| proof_of(bundle, 0).size += 1));
    meets(1, RecordFault::ProofPlace, after(|bundle| proof_of(bundle, 0).index = 4));
    meets(1, RecordFault::ProofMalformed, after(|bundle| proof_of(bundle, 0).path[0] = "?".to_owned()));
    meets(1, RecordFault::Root, after(|bundle| proof_of(bundle, 0).path[0] = ZEROS.to_owned()));
    meets(1, RecordFault::Root, after(|bundle| proof_of(bundle, 0).index += 1));
    meets(2, RecordFault::Root, after(|bundle| proof_of(bundle, 1).last = false));
    meets(3, RecordFault::CutOff, after(|bundle| bundle.records.truncate(3)));
    let leaf = |seq, hash: &str| Leaf { aggregate: "agreement/x".to_owned(), seq, hash: hash.to_owned() };
    meets(2, RecordFault::Twice, Leaves::new(vec![leaf(2, "a"), leaf(1, "a"), leaf(2, "b")]).unwrap_err());
    let against = |leaves: &[Leaf]| chain::check_against("agreement/x", [(1, "a"), (2, "b")], leaves).unwrap_err();
    meets(2, RecordFault::SealedOtherwise, against(&[leaf(1, "a"), leaf(2, "a")]));
    meets(3, RecordFault::SealedAndGone, against(&[leaf(4, "d"), leaf(3, "c")]));
    assert!(RecordFault::ALL.iter().all(|fault| met.contains(fault)), "{met:?}");
}

#[test]
fn every_fault_of_a_seal_is_named() {
    let mut met = Vec::new();
    let mut meets = |number: u64, fault: SealFault, found: Fault| {
        assert_eq!(found, Fault::Seal { number, fault });
        met.push(fault);
    };
    meets(1, SealFault::Order, after(|bundle| bundle.seals.swap(0, 1)));
    meets(1, SealFault::Order, after(|bundle| bundle.seals.insert(1, bundle.seals[0].clone())));
    meets(4, SealFault::Hours, after(|bundle| resign(bundle, 2, |seal| seal.from = hour(1))));
    // Signed anew it has another signature, and the next one links to the first.
    meets(2, SealFault::Link, after(|bundle| resign(bundle, 0, |_| ())));
    meets(1, SealFault::Link, after(|bundle| resign(bundle, 0, |seal| seal.previous = ZEROS.to_owned())));
    meets(4, SealFault::Link, after(|bundle| resign(bundle, 2, |seal| seal.previous = ::evidence::genesis())));
    meets(4, SealFault::Unused, after(|bundle| bundle.records.truncate(4)));
    meets(1, SealFault::KeyMissing, after(|bundle| bundle.keys.clear()));
    meets(4, SealFault::KeyMissing, after(resign_by_another));
    meets(4, SealFault::Signature, after(|bundle| bundle.seals[2].signature = bundle.seals[1].signature.clone()));
    meets(4, SealFault::Signature, after(|bundle| bundle.seals[2].signature.clear()));
    meets(1, SealFault::NotTrusted, bundle().verify(Some(FILE), &[key(8).public().clone()]).unwrap_err());
    assert!(SealFault::ALL.iter().all(|fault| met.contains(fault)), "{met:?}");
}

fn resign_by_another(bundle: &mut Bundle) {
    let seal = bundle.seals[2].read().unwrap();
    bundle.seals[2] = signed(&Seal { key: key(8).key_id().to_owned(), ..seal }, &key(8));
}

#[test]
fn every_fault_of_a_key_is_named() {
    let mut met = Vec::new();
    let mut meets = |place: u64, fault: KeyFault, found: Fault| {
        assert_eq!(found, Fault::Key { place, fault });
        met.push(fault);
    };
    meets(2, KeyFault::Order, after(|bundle| bundle.keys.push(bundle.keys[0].clone())));
    meets(1, KeyFault::Unreadable, after(|bundle| bundle.keys[0].public_key.push('=')));
    meets(1, KeyFault::Unreadable, after(|bundle| bundle.keys[0].public_key = STANDARD.encode(FILE)));
    meets(1, KeyFault::Id, after(|bundle| bundle.keys[0].public_key = brought(&key(8)).public_key));
    meets(1, KeyFault::Id, after(|bundle| bundle.keys[0] = Key { id: "another".to_owned(), ..bundle.keys[0].clone() }));
    let (mine, other) = (brought(&key(7)), brought(&key(8)));
    let both = if mine.id < other.id { vec![mine, other.clone()] } else { vec![other.clone(), mine] };
    let place = 1 + both.iter().position(|key| *key == other).unwrap() as u64;
    meets(place, KeyFault::Unused, after(|bundle| bundle.keys = both));
    assert!(KeyFault::ALL.iter().all(|fault| met.contains(fault)), "{met:?}");
}

#[test]
fn every_fault_of_the_document_is_named() {
    let trusted: [PublicKey; 1] = [key(7).public().clone()];
    let mut met = Vec::new();
    let mut meets = |fault: DocumentFault, found: Fault| {
        assert_eq!(found, Fault::Document(fault));
        met.push(fault);
    };
    meets(DocumentFault::NotRecorded, after(|bundle| bundle.document.as_mut().unwrap().kind.push('s')));
    meets(DocumentFault::NotRecorded, after(|bundle| bundle.document.as_mut().unwrap().length += 1));
    meets(DocumentFault::NotRecorded, after(|bundle| bundle.document.as_mut().unwrap().sha256 = ZEROS.to_owned()));
    meets(DocumentFault::NotNamed, after(|bundle| bundle.document = None));
    let with = |file: &[u8]| bundle().verify(Some(file), &trusted).unwrap_err();
    meets(DocumentFault::Length, with(&FILE[1..]));
    meets(DocumentFault::Hash, with(&FILE.to_ascii_lowercase()));
    assert!(DocumentFault::ALL.iter().all(|fault| met.contains(fault)), "{met:?}");
}

/// Their digits could be moved over to the bytes, and the hash would be the same.
#[test]
fn a_previous_hash_has_its_length() {
    let mut bundle = archive().public(1);
    let record = &mut bundle.records[0];
    let (bytes, prev) = (record.bytes.as_mut().unwrap(), record.prev.as_mut().unwrap());
    prev.insert(0, bytes.pop().unwrap());
    assert_eq!(chain::link(bytes, prev), record.hash);
    let found = bundle.verify(None, &[]).unwrap_err();
    assert_eq!(found, Fault::Record { seq: 2, fault: RecordFault::Malformed });
}

#[test]
fn every_fault_has_words_of_its_own_in_both_languages() {
    let words = [
        BundleFault::ALL.iter().map(|fault| fault.words()).collect::<Vec<_>>(),
        RecordFault::ALL.iter().map(|fault| fault.words()).collect(),
        SealFault::ALL.iter().map(|fault| fault.words()).collect(),
        KeyFault::ALL.iter().map(|fault| fault.words()).collect(),
        DocumentFault::ALL.iter().map(|fault| fault.words()).collect(),
    ];
    for mut of_a_kind in words {
        assert!(of_a_kind.iter().all(|(zh, en)| !zh.is_ascii() && en.is_ascii()));
        let count = of_a_kind.len();
        of_a_kind.sort_unstable();
        of_a_kind.dedup();
        assert_eq!(of_a_kind.len(), count);
    }
}
