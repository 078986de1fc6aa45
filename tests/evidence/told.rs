//! What a person is told: what holds, and what does not follow from it.

use super::scene::{Archive, Chain, key};
use ::evidence::{Bundle, Fault, Verdict, report};

const FILE: &[u8] = b"%PDF-1.7 of the agreement";

fn archive() -> Archive {
    Archive::of(vec![Chain::of("x", &[0, 0, 1], 1, FILE.to_vec()), Chain::of("y", &[0, 1], 0, Vec::new())], 2, key(7))
}

fn trusted(bundle: &Bundle, file: Option<&[u8]>) -> Result<Verdict, Fault> {
    bundle.verify(file, &[key(7).public().clone()])
}

/// The English lines, and the exit code.
fn told(outcome: &Result<Verdict, Fault>) -> (u8, Vec<String>) {
    let report = report(outcome);
    let english = report.text.lines().filter(|line| line.is_ascii() && !line.is_empty());
    (report.code, english.map(|line| line.trim().to_owned()).collect())
}

#[test]
fn a_whole_chain_with_its_file_holds_as_of_its_last_seal() {
    let bundle = archive().complete(0);
    let id = key(7).public().id().to_owned();
    let document = bundle.document.clone().unwrap();
    let (code, lines) = told(&trusted(&bundle, Some(FILE)));
    let expected = [
        "It holds.".to_owned(),
        "agreement/x: 3 records from the first on without a gap, each linked to the one before it".to_owned(),
        format!("seal 1 (2026-11-01T00:00:00Z to 2026-11-01T01:00:00Z) is signed by key {id}"),
        format!("seal 2 (2026-11-01T01:00:00Z to 2026-11-01T02:00:00Z) is signed by key {id}"),
        format!("document agreement, 25 bytes, SHA-256 {}: record 2 says that it was issued", document.sha256),
        "that record is under seal 1".to_owned(),
        "the file given is that document".to_owned(),
        "this holds as of seal 2 (before 2026-11-01T02:00:00Z); of what came later, or was cut off, it proves nothing".to_owned(),
    ];
    assert_eq!((code, lines), (0, expected.to_vec()));
}

#[test]
fn chinese_stands_above_its_english() {
    let text = report(&trusted(&archive().complete(0), Some(FILE))).text;
    assert!(
        text.starts_with("核验通过\nIt holds.\n\n- agreement/x:从第一条起共 3 条记录,没有缺漏,摘要逐条相接\n  agreement/x: 3 records"),
        "{text}"
    );
    let wrong = report(&trusted(&archive().complete(0), Some(b"")));
    let expected = "核验不通过。文件:文件长度与记录不符\nIt does not hold. the document: the file is not as long as the record says\n";
    assert_eq!((wrong.code, wrong.text.as_str()), (1, expected));
}

#[test]
fn a_stranger_gets_the_documents_record_alone() {
    let verdict = trusted(&archive().public(0), Some(FILE)).unwrap();
    assert!(verdict.is_proven() && !verdict.complete && verdict.unsealed.is_empty());
    let (_, lines) = told(&Ok(verdict));
    assert_eq!(lines[1], "agreement/x: 1 of its records shown, as their hashes say (not the whole chain)");
}

#[test]
fn without_a_trusted_key_the_verdict_says_that_nobody_vouched_for_it() {
    let (code, lines) = told(&archive().complete(0).verify(Some(FILE), &[]));
    assert_eq!((code, lines[0].as_str()), (3, "Consistent, but nobody vouched for the key: give it by --key."));
    assert!(lines.iter().any(|line| line.ends_with("whose key it is, nobody vouched for")), "{lines:?}");
    // Anybody can make up the like with a key of their own.
    let forged = Archive::of(archive().chains, 2, key(66));
    assert!(forged.complete(0).verify(Some(FILE), &[]).is_ok_and(|verdict| !verdict.is_proven()));
    assert!(trusted(&forged.complete(0), Some(FILE)).is_err());
}

#[test]
fn records_behind_the_last_seal_are_counted_and_not_proven() {
    let mut archive = archive();
    archive.chains[0].append(&serde_json::json!({ "event": "college_approved" }), 2);
    let kept = archive.chains[0].records.pop().unwrap();
    let mut bundle = archive.complete(0);
    let tail = ::evidence::Record { seq: 4, bytes: Some(kept.bytes), prev: Some(kept.prev), hash: kept.hash, proof: None };
    bundle.records.push(tail);
    let verdict = trusted(&bundle, Some(FILE)).unwrap();
    assert_eq!((verdict.unsealed.as_slice(), verdict.is_proven()), (&[4][..], true));
    let (code, lines) = told(&Ok(verdict));
    assert_eq!(code, 0);
    assert!(lines.contains(&"not sealed, no signature stands for them: 1 record(s), from record 4 on".to_owned()));
}

#[test]
fn without_any_seal_a_bundle_is_consistent_and_proves_nothing() {
    let mut bundle = archive().complete(0);
    for record in &mut bundle.records {
        record.proof = None;
    }
    bundle.seals.clear();
    bundle.keys.clear();
    let (code, lines) = told(&trusted(&bundle, Some(FILE)));
    assert_eq!((code, lines[0].as_str()), (3, "Consistent, but no signature stands for it."));
    assert_eq!(lines.last().unwrap(), "no seal: all this is consistent, and anybody could have made it up");
}

#[test]
fn a_document_that_a_later_one_of_its_kind_replaced_is_said_to_be() {
    let mut chain = Chain::of("x", &[0, 0], 0, FILE.to_vec());
    chain.append(&serde_json::json!({ "event": "document_issued", "kind": "agreement", "sha256": "ab".repeat(32), "length": 9 }), 1);
    let bundle = Archive::of(vec![chain], 2, key(7)).complete(0);
    let verdict = trusted(&bundle, Some(FILE)).unwrap();
    assert_eq!(verdict.document.as_ref().unwrap().superseded, Some(3));
    assert!(told(&Ok(verdict)).1.contains(&"note: record 3 issued another document of this kind".to_owned()));
}
