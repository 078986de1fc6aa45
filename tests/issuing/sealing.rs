//! Seals: every record is under one, however late it came and however many there were.

use super::office::{Office, order};
use crate::support::{minutes, start};
use domain::deadline::Hour;
use domain::values::Timestamp;
use evidence::merkle::verify_inclusion;
use evidence::{KeyFile, Leaf, Leaves, PublicKey, Seal, Signer as _};
use sealing::{PIECE, Reader, Readers};
use store::{Index, KeptSeal};

fn after(n: i64) -> Timestamp {
    start().plus_millis(minutes(n))
}

/// An hour is sealed when it has ended, and five minutes later; an hour in which nothing happened has its seal too.
#[tokio::test]
async fn each_hour_is_sealed_once_and_seals_are_chained() {
    let office = Office::new(false).await;
    office.signs(1, start()).await;
    assert_eq!(office.seals(after(64)).await.unwrap(), 0, "something may still come in its last moment");
    assert_eq!(office.seals(after(65)).await.unwrap(), 1);
    assert_eq!(office.seals(after(66)).await.unwrap(), 0);
    assert_eq!(office.seals(after(125)).await.unwrap(), 1);
    let read = |number: u64| {
        let kept = seal(&office, number);
        (kept.sealed.read().unwrap(), kept.sealed)
    };
    let ((first, sealed), (second, other)) = (read(1), read(2));
    assert_eq!((first.records, second.records), (3, 0), "a letter sent, accepted, an agreement formed; then nothing");
    assert_eq!((first.from.as_str(), first.to.as_str()), ("2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"));
    assert_eq!((second.previous, second.from), (sealed.digest(), first.to));
    let key = PublicKey::parse(office.signer.public_key()).unwrap();
    for sealed in [sealed, other] {
        assert!(key.verify(sealed.bytes.as_bytes(), &base64(&sealed.signature)));
    }
}

/// A seal as the bucket has it.
fn seal(office: &Office, number: u64) -> KeptSeal {
    serde_json::from_slice(&office.objects("evidence/seals/")[&format!("evidence/seals/{number:08}.json")]).unwrap()
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// A day without the schedule: one seal makes up for it, and nothing is left out.
#[tokio::test]
async fn an_outage_is_made_up_for() {
    let office = Office::new(false).await;
    for n in 0..24 {
        office.signs(n + 1, after(i64::from(n) * 60)).await;
    }
    assert_eq!(office.seals(after(24 * 60 + 6)).await.unwrap(), 1);
    assert_eq!(office.sealed().await.len(), 72);
}

/// What was written after its hour was sealed is under the next seal, once.
#[tokio::test]
async fn a_record_that_comes_late_is_under_the_next_seal() {
    let office = Office::new(false).await;
    office.signs(1, after(10)).await;
    office.seals(after(66)).await.unwrap();
    // The hour before, by its own time.
    let late = office.signs(2, after(59)).await;
    office.seals(after(126)).await.unwrap();
    office.seals(after(186)).await.unwrap();
    let sealed = office.sealed().await;
    assert_eq!(sealed.len(), 6, "{sealed:?}");
    assert_eq!(sealed.iter().filter(|leaf| leaf.aggregate == late.as_str()).count(), 1);
    office.certifies(&late, after(190)).await;
    office.issues(&order(&late, "final"), after(191)).await.unwrap();
    let code = office.vault.verification_code(&late);
    let signing = office.store.verifiable(code.as_str()).await.unwrap().signing;
    let proven = sealing::bundle(&office.store, &office.shelf, &signing, Readers::Officers).await.unwrap();
    assert!(proven.holds);
    let verdict = proven.bundle.verify(None, &[PublicKey::parse(office.signer.public_key()).unwrap()]).unwrap();
    assert_eq!((verdict.unsealed, verdict.seals[0].number), (vec![2, 3], 2));
}

/// Many more records than one piece holds: the proof of each leads to the root that was signed, from two objects.
#[tokio::test]
async fn the_proof_of_one_record_reads_one_piece_of_many() {
    let office = Office::new(false).await;
    let many = 3 * PIECE + 7;
    let leaf = |n: usize| Leaf { aggregate: format!("99001-a{n:020}"), seq: 1, hash: domain::upload::sha256(&n.to_be_bytes()) };
    let leaves = Leaves::new((0..many).map(leaf).collect()).unwrap();
    sealing::lay(&office.shelf, &leaves).await.unwrap();
    let seal = Seal::next(None, ("2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"), &leaves, "key").unwrap();
    let root = evidence::merkle::parse(&seal.root).unwrap();
    for n in [0, 1, PIECE - 1, PIECE, 2 * PIECE + 5, 3 * PIECE, many - 1] {
        let before = office.table.steps.load(std::sync::atomic::Ordering::Relaxed);
        let mut reader = Reader::new(&office.shelf);
        let (found, proof) = reader.find(&seal, &leaf(n).aggregate, 1).await.unwrap().unwrap();
        assert_eq!(found, leaf(n));
        reader.find(&seal, &leaf(n).aggregate, 1).await.unwrap().unwrap();
        assert_eq!(office.table.steps.load(std::sync::atomic::Ordering::Relaxed) - before, 2, "objects read");
        let path: Vec<_> = proof.path.iter().map(|hash| evidence::merkle::parse(hash).unwrap()).collect();
        assert!(verify_inclusion(&leaf(n).digest(proof.last), proof.index, proof.size, &path, &root), "{n}");
        assert_eq!(leaves.proof(&leaf(n).aggregate, 1, 1), Some(proof), "{n}: as from the whole tree");
    }
    assert_eq!(Reader::new(&office.shelf).find(&seal, &leaf(many).aggregate, 1).await.unwrap(), None);
    assert_eq!(sealing::leaves(&office.shelf, &seal).await.unwrap().len(), many);
}

/// What lies in the place of leaves is held against the root that was signed.
#[tokio::test]
async fn leaves_that_were_changed_in_the_bucket_are_not_taken() {
    let office = Office::new(false).await;
    office.signs(1, start()).await;
    office.seals(after(66)).await.unwrap();
    let piece = office.objects("evidence/leaves/").into_keys().find(|key| key.ends_with("000000.json")).unwrap();
    let text = String::from_utf8(office.shelf.objects.lock().unwrap()[&piece].clone()).unwrap();
    let changed = text.replacen("\"seq\":1", "\"seq\":9", 1);
    office.shelf.objects.lock().unwrap().insert(piece, changed.into_bytes());
    assert!(sealing::leaves(&office.shelf, &seal(&office, 1).sealed.read().unwrap()).await.is_err());
    // Nor is another seal made behind it.
    office.signs(2, after(70)).await;
    assert!(office.seals(after(126)).await.is_err());
}

/// Each record stands in the list of its hour, and leaves it by no later write.
#[tokio::test]
async fn every_record_stands_in_the_list_of_its_hour() {
    let office = Office::new(false).await;
    let agreement = office.signs(1, start()).await;
    office.certifies(&agreement, after(61)).await;
    let hours: Vec<usize> = vec![
        office.store.audited(&Hour::of(start())).await.unwrap().len(),
        office.store.audited(&Hour::of(after(61))).await.unwrap().len(),
    ];
    assert_eq!(hours, [3, 1]);
    let (_, records) = office.chain(&agreement).await;
    let (list, _) = Index::Due.attributes();
    assert!(records.iter().all(|record| record.text(list).is_some_and(|list| list.starts_with("audit#"))));
}

/// Clocks of two functions differ: what committed later bears an earlier time, and falls into the hour before. Evidence that is taken home
/// between the two seals ends where it is proven.
#[tokio::test]
async fn a_chain_that_crosses_an_hour_against_its_order_is_evidence_all_the_same() {
    let office = Office::new(false).await;
    let agreement = office.signs(1, after(59)).await;
    // The copy is recorded in the next hour, and then certified by a request that had arrived in this one.
    office.issues(&order(&agreement, "uncertified"), after(61)).await.unwrap();
    office.certifies(&agreement, after(59)).await;
    office.issues(&order(&agreement, "final"), after(62)).await.unwrap();
    let code = office.vault.verification_code(&agreement);
    let trusted = [PublicKey::parse(office.signer.public_key()).unwrap()];
    let verdict = async || {
        let verifiable = office.store.verifiable(code.as_str()).await.unwrap();
        let proven = sealing::bundle(&office.store, &office.shelf, &verifiable.signing, Readers::Officers).await.unwrap();
        assert!(verifiable.holds && proven.holds);
        proven.bundle.verify(None, &trusted).unwrap().unsealed
    };
    assert_eq!(verdict().await, [1, 2, 3, 4]);
    office.seals(after(66)).await.unwrap();
    assert_eq!(verdict().await, [1, 2, 3, 4], "the first and the third are sealed, and nothing before them may be open");
    office.seals(after(126)).await.unwrap();
    assert!(verdict().await.is_empty());
}

/// Two runs at once: of one number there is one seal.
#[tokio::test]
async fn two_runs_at_once_make_one_seal() {
    let office = Office::new(false).await;
    office.signs(1, start()).await;
    let (one, other) = tokio::join!(office.seals(after(66)), office.seals(after(66)));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(office.objects("evidence/seals/").len(), 1);
}

/// A worker died between bucket and table: its seal is taken up, signed by the key of then; another's is not.
#[tokio::test]
async fn a_seal_in_the_bucket_is_taken_up_if_it_is_ours() {
    let died = async || {
        let office = Office::new(false).await;
        office.signs(1, start()).await;
        office.seals(after(66)).await.unwrap();
        office.signs(2, after(70)).await;
        let mut steps = 0;
        while office.objects("evidence/seals/").len() < 2 {
            steps += 1;
            office.table.lives_for(steps);
            office.seals(after(126)).await.unwrap_err();
        }
        office.table.lives_for(usize::MAX);
        office
    };
    let mut office = died().await;
    let laid = seal(&office, 2);
    office.signer = KeyFile::from_secret(&[8; 32]).unwrap();
    assert_eq!(office.seals(after(190)).await.unwrap(), 2, "the seal of the old key, and the next by the new one");
    assert_eq!((seal(&office, 2), seal(&office, 3).sealed.read().unwrap().key), (laid, office.signer.key_id().to_owned()));

    let office = died().await;
    let place = "evidence/seals/00000002.json";
    let mut forged = seal(&office, 2);
    forged.sealed.signature = seal(&office, 1).sealed.signature;
    office.shelf.objects.lock().unwrap().insert(place.to_owned(), serde_json::to_vec(&forged).unwrap());
    office.seals(after(190)).await.unwrap_err();
}
