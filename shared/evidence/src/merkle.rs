//! Merkle trees as in RFC 6962 (Certificate Transparency), section 2.1: leaves and nodes are hashed with different prefixes, so that
//! no node is ever taken for a leaf; a tree of any size has one shape.

use crate::hash::sha256;

pub use crate::hash::{Hash, hex, parse};

/// The hash of a leaf.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    sha256(&[&[0], bytes])
}

fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// A tree, with all its nodes: a path out of it costs no hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// From the leaves up; the last holds the root, or nothing.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over the hashes of leaves, in this order.
    ///
    /// The RFC parts a tree at the largest power of two below its size. Pairing neighbours, level by level, a last one without
    /// neighbour going up as it is, makes the same tree.
    #[must_use]
    pub fn new(leaves: Vec<Hash>) -> Self {
        let mut levels = Vec::new();
        let mut level = leaves;
        while level.len() > 1 {
            let above = level.chunks(2).filter_map(|pair| match pair {
                [left, right] => Some(node(left, right)),
                lone => lone.first().copied(),
            });
            let above = above.collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        Self { levels }
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Its root; of the empty tree, the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or_else(|| sha256(&[]))
    }

    /// What leads from this leaf to the root: the neighbours on the way, from below. None for a leaf that is not there.
    #[must_use]
    pub fn path(&self, index: u64) -> Option<Vec<Hash>> {
        let mut place = usize::try_from(index).ok()?;
        self.levels.first()?.get(place)?;
        let mut path = Vec::with_capacity(self.levels.len());
        for level in &self.levels {
            path.extend(level.get(place ^ 1));
            place /= 2;
        }
        Some(path)
    }
}

/// Whether the path leads from this leaf, at this place of a tree of this size, to this root (RFC 9162, section 2.1.3.2).
///
/// The size must be known from elsewhere, as from a signed seal: for some leaves trees of several sizes have the same path.
#[must_use]
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last, mut reached) = (index, size - 1, *leaf);
    for neighbour in path {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            reached = node(neighbour, &reached);
            // The last one of a level without neighbour went up as it was.
            while place % 2 == 0 && place != 0 {
                place /= 2;
                last /= 2;
            }
        } else {
            reached = node(&reached, neighbour);
        }
        place /= 2;
        last /= 2;
    }
    last == 0 && reached == *root
}
