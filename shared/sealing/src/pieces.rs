//! Leaves beside the table, piece by piece.

use evidence::merkle::{Tree, hex, parse, verify_inclusion};
use evidence::{Leaf, Leaves, Proof, Seal};
use files::{Kind, Shelf, evidence_key};
use lambda::Fault;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Leaves of one piece: a power of two, so that each piece is a subtree.
pub const PIECE: usize = 1024;
/// Longest list of pieces or piece that is read, bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// A leaf as it lies there.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    leaf: Leaf,
    /// Whether none of its aggregate follows under this seal.
    last: bool,
}

/// A piece, as the list of them knows it.
#[derive(Clone, Serialize, Deserialize)]
struct Piece {
    /// Its first leaf.
    first: Leaf,
    /// Its root, hex.
    root: String,
}

/// Lays leaves for good, under their root. What lies there already is the same.
///
/// # Errors
/// As the files'.
pub async fn lay<F: Shelf>(shelf: &F, leaves: &Leaves) -> Result<(), Fault> {
    let root = leaves.root();
    let mut pieces = Vec::new();
    let marked: Vec<Kept> = leaves.marked().map(|(leaf, last)| Kept { leaf: leaf.clone(), last }).collect();
    for (n, piece) in marked.chunks(PIECE).enumerate() {
        shelf.lay_once(&piece_key(&root, n), Kind::JSON, bytes(piece)?).await?;
        let first = piece.first().map(|first| first.leaf.clone());
        pieces.extend(first.map(|first| Piece { first, root: hex(&tree(piece).root()) }));
    }
    shelf.lay_once(&list_key(&root), Kind::JSON, bytes(&pieces)?).await?;
    Ok(())
}

/// All leaves of a seal.
///
/// # Errors
/// As the files'; if they are not there, or not those of the seal.
pub async fn leaves<F: Shelf>(shelf: &F, seal: &Seal) -> Result<Vec<Leaf>, Fault> {
    let mut kept: Vec<Kept> = Vec::new();
    for n in 0..usize::try_from(seal.records).unwrap_or(usize::MAX).div_ceil(PIECE) {
        kept.extend(read::<Vec<Kept>, F>(shelf, &piece_key(&seal.root, n)).await?);
    }
    if hex(&tree(&kept).root()) != seal.root {
        return Err(broken(&seal.root));
    }
    Ok(kept.into_iter().map(|kept| kept.leaf).collect())
}

/// Leaves as they are asked for: what was read once is not read again.
pub struct Reader<'a, F> {
    shelf: &'a F,
    lists: BTreeMap<String, Vec<Piece>>,
    pieces: BTreeMap<String, Vec<Kept>>,
}

impl<'a, F: Shelf> Reader<'a, F> {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(shelf: &'a F) -> Self {
        Self { shelf, lists: BTreeMap::new(), pieces: BTreeMap::new() }
    }

    /// The leaf of a record under this seal with its proof; none if the seal is not over it. Reads one piece.
    ///
    /// # Errors
    /// As the files'; if what lies there is not of this seal.
    pub async fn find(&mut self, seal: &Seal, aggregate: &str, seq: u64) -> Result<Option<(Leaf, Proof)>, Fault> {
        if seal.records == 0 {
            return Ok(None);
        }
        let pieces = self.list(&seal.root).await?;
        let behind = pieces.partition_point(|piece| (piece.first.aggregate.as_str(), piece.first.seq) <= (aggregate, seq));
        let Some(n) = behind.checked_sub(1) else { return Ok(None) };
        let above: Option<Vec<_>> = pieces.iter().map(|piece| parse(&piece.root)).collect();
        let (above, piece) = (Tree::new(above.ok_or_else(|| broken(&seal.root))?), self.piece(&seal.root, n).await?);
        let Some((place, kept)) =
            piece.iter().enumerate().find(|(_, kept)| (kept.leaf.aggregate.as_str(), kept.leaf.seq) == (aggregate, seq))
        else {
            return Ok(None);
        };
        let path = tree(piece).path(place as u64).zip(above.path(n as u64)).map(|(below, above)| [below, above].concat());
        let (path, index) = (path.ok_or_else(|| broken(&seal.root))?, (n * PIECE + place) as u64);
        let leads = |root| verify_inclusion(&kept.leaf.digest(kept.last), index, seal.records, &path, &root);
        if !parse(&seal.root).is_some_and(leads) {
            return Err(broken(&seal.root));
        }
        let path = path.iter().map(|hash| hex(hash)).collect();
        Ok(Some((kept.leaf.clone(), Proof { seal: seal.number, index, size: seal.records, last: kept.last, path })))
    }

    async fn list(&mut self, root: &str) -> Result<Vec<Piece>, Fault> {
        if !self.lists.contains_key(root) {
            self.lists.insert(root.to_owned(), read(self.shelf, &list_key(root)).await?);
        }
        Ok(self.lists.get(root).cloned().unwrap_or_default())
    }

    async fn piece(&mut self, root: &str, n: usize) -> Result<&[Kept], Fault> {
        let key = piece_key(root, n);
        if !self.pieces.contains_key(&key) {
            self.pieces.insert(key.clone(), read(self.shelf, &key).await?);
        }
        Ok(self.pieces.get(&key).map(Vec::as_slice).unwrap_or_default())
    }
}

fn tree(piece: &[Kept]) -> Tree {
    Tree::new(piece.iter().map(|kept| kept.leaf.digest(kept.last)).collect())
}

fn piece_key(root: &str, n: usize) -> String {
    evidence_key(&format!("leaves/{root}/{n:06}.json"))
}

fn list_key(root: &str) -> String {
    evidence_key(&format!("leaves/{root}/pieces.json"))
}

fn bytes<S: Serialize + ?Sized>(what: &S) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(what).map_err(|error| Fault::Logged(api::ProblemKind::Internal, format!("leaves: {error}")))
}

async fn read<D: DeserializeOwned, F: Shelf>(shelf: &F, key: &str) -> Result<D, Fault> {
    let found = shelf.take(key, LONGEST).await?;
    found.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(|| broken(key))
}

/// What lies there is none of ours, or gone.
fn broken(what: &str) -> Fault {
    Fault::Logged(api::ProblemKind::Internal, format!("leaves of {what} are not there, or not as they were laid"))
}
