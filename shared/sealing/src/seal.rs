//! The next seal.

use domain::deadline::Hour;
use domain::values::Timestamp;
use evidence::{Leaf, Leaves, Seal, Sealed, Signer};
use files::{Kind, Shelf, evidence_key};
use lambda::Fault;
use std::collections::BTreeSet;
use store::{Sealing, Store, Table};

/// How long after its end an hour is sealed: what came in its last moment has been written by then.
const MARGIN_MS: i64 = 5 * 60 * 1000;
/// With so many leaves a seal ends at the hour where it is: after an outage, several make up for it.
const MANY_LEAVES: usize = 100_000;
/// Longest seal that is read, bytes.
const LONGEST: usize = 16 * 1024;

/// What is to be sealed now: up to which hour, and its leaves. None while no hour has ended. What came late to the hour before is taken
/// up too, so that nothing stays without proof.
///
/// # Errors
/// As the table's and the files'.
pub async fn next<T: Table, F: Shelf>(
    store: &Store<T>,
    shelf: &F,
    sealing: &Sealing,
    now: Timestamp,
) -> Result<Option<(Hour, Leaves)>, Fault> {
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
    let leaves = Leaves::new(fresh).map_err(|fault| Fault::Logged(api::ProblemKind::Internal, fault.to_string()))?;
    Ok(Some((to, leaves)))
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

/// Seals these leaves, up to this hour: laid for good first, so that what is signed can be proven. Whoever died behind the seal leaves it
/// to be taken up: of one number there is one.
///
/// # Errors
/// As the signer's and the files'.
pub async fn seal<F: Shelf, S: Signer>(
    shelf: &F,
    signer: &S,
    sealing: &Sealing,
    to: &Hour,
    leaves: &Leaves,
) -> Result<(Hour, Sealed), Fault> {
    crate::lay(shelf, leaves).await?;
    let internal = |cause: String| Fault::Logged(api::ProblemKind::Internal, cause);
    let seal = Seal::next(sealing.last.as_ref(), (&full(&sealing.from), &full(to)), leaves, signer.key_id());
    let seal = seal.map_err(|fault| internal(fault.to_string()))?;
    let sealed = seal.sign(signer).await.map_err(|evidence::Unavailable(cause)| Fault::Logged(api::ProblemKind::Unavailable, cause))?;
    let bytes = serde_json::to_vec(&sealed).map_err(|error| internal(format!("a seal: {error}")))?;
    let key = evidence_key(&format!("seals/{:08}.json", seal.number));
    if shelf.lay_once(&key, Kind::JSON, bytes).await? {
        return Ok((to.clone(), sealed));
    }
    let found = shelf.take(&key, LONGEST).await?.and_then(|bytes| serde_json::from_slice::<Sealed>(&bytes).ok());
    let read = found.as_ref().and_then(Sealed::read).filter(|found| found.previous == seal.previous && found.key == seal.key);
    let hour = read.and_then(|read| Hour::parse(read.to.get(..13).unwrap_or_default()));
    hour.zip(found).ok_or_else(|| internal(format!("{key} is none of ours")))
}

fn full(hour: &Hour) -> String {
    format!("{}:00:00Z", hour.as_str())
}
