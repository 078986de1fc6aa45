//! The next seal.

use api::ProblemKind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::deadline::Hour;
use domain::values::Timestamp;
use evidence::{Leaf, Leaves, PublicKey, Seal, Sealed, Signer};
use files::{Kind, Shelf, evidence_key};
use lambda::Fault;
use std::collections::BTreeSet;
use store::{KeptSeal, Sealing, Store, Table};

/// How long after its end an hour is sealed: what came in its last moment has been written by then.
const MARGIN_MS: i64 = 5 * 60 * 1000;
/// With so many leaves a seal ends at the hour where it is: after an outage, several make up for it.
const MANY_LEAVES: usize = 100_000;
/// Longest seal that is read, bytes.
const LONGEST: usize = 16 * 1024;

/// What is to be sealed now.
#[derive(Debug)]
pub struct Due {
    /// Up to which hour, which is not sealed any more.
    pub to: Hour,
    /// What was recorded.
    pub leaves: Leaves,
}

/// What is to be sealed now; none while no hour has ended. What came late to the hour before is taken up too, so that nothing stays
/// without proof.
///
/// # Errors
/// As the table's and the files'.
pub async fn due<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, sealing: &Sealing, now: Timestamp) -> Result<Option<Due>, Fault> {
    let end = Hour::of(now.plus_millis(-MARGIN_MS));
    if end <= sealing.from {
        return Ok(None);
    }
    let mut fresh = late(store, shelf, sealing).await?;
    let mut to = sealing.from.clone();
    while to < end && fresh.len() < MANY_LEAVES {
        fresh.extend(store.audited(&to).await?);
        to = to.next();
    }
    let leaves = Leaves::new(fresh).map_err(|fault| internal(fault.to_string()))?;
    Ok(Some(Due { to, leaves }))
}

/// What was recorded in the hour before the last seal ended, and is not under it.
async fn late<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, sealing: &Sealing) -> Result<Vec<Leaf>, Fault> {
    let Some(last) = sealing.last.as_ref().and_then(Sealed::read) else { return Ok(Vec::new()) };
    let mut leaves = store.audited(&sealing.from.previous()).await?;
    if !leaves.is_empty() {
        let sealed: BTreeSet<Leaf> = crate::leaves(shelf, &last).await?.into_iter().collect();
        leaves.retain(|leaf| !sealed.contains(leaf));
    }
    Ok(leaves)
}

/// Seals what is due. Leaves are laid for good first, so that what is signed can be proven. Whoever died behind the seal leaves it to be
/// taken up: of one number there is one. Answers up to which hour.
///
/// # Errors
/// As the signer's and the files'; if what lies in the seal's place is none of ours.
pub async fn seal<F: Shelf, S: Signer>(shelf: &F, signer: &S, sealing: &Sealing, due: &Due) -> Result<(Hour, KeptSeal), Fault> {
    crate::lay(shelf, &due.leaves).await?;
    let hours = (crate::full(&sealing.from), crate::full(&due.to));
    let seal = Seal::next(sealing.last.as_ref(), (&hours.0, &hours.1), &due.leaves, signer.key_id());
    let seal = seal.map_err(|fault| internal(fault.to_string()))?;
    let sealed = seal.sign(signer).await.map_err(|evidence::Unavailable(cause)| {
        tracing::error!(cause, "the key of seals does not sign");
        Fault::Logged(ProblemKind::Unavailable, cause)
    })?;
    let kept = KeptSeal { sealed, public_key: STANDARD.encode(signer.public_key()) };
    let bytes = serde_json::to_vec(&kept).map_err(|error| internal(format!("a seal: {error}")))?;
    let key = evidence_key(&format!("seals/{:08}.json", seal.number));
    if shelf.lay_once(&key, Kind::JSON, bytes).await? {
        return Ok((due.to.clone(), kept));
    }
    let found = shelf.take(&key, LONGEST).await?.and_then(|bytes| serde_json::from_slice::<KeptSeal>(&bytes).ok());
    let taken_up = found.and_then(|found| Some((ours(&found, &seal, sealing)?, found)));
    taken_up.ok_or_else(|| internal(format!("{key} is none of ours")))
}

/// Up to which hour a seal goes that was found in the place of this one: if it follows the same seal, begins and ends where this one may, and
/// is signed by the key that signs now or signed before.
fn ours(found: &KeptSeal, seal: &Seal, sealing: &Sealing) -> Option<Hour> {
    let read = found.sealed.read()?;
    let before = sealing.last.as_ref().and_then(Sealed::read).map(|last| last.key);
    let known = read.key == seal.key || before.is_some_and(|key| key == read.key);
    let follows = read.previous == seal.previous && read.from == seal.from && read.to <= seal.to;
    let key = PublicKey::parse(&STANDARD.decode(&found.public_key).ok()?).ok().filter(|key| key.id() == read.key)?;
    let signed = key.verify(found.sealed.bytes.as_bytes(), &STANDARD.decode(&found.sealed.signature).ok()?);
    if known && follows && signed { Hour::parse(read.to.get(..13)?) } else { None }
}

fn internal(cause: String) -> Fault {
    Fault::Logged(ProblemKind::Internal, cause)
}
