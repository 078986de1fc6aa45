//! The leaves of an hour: one for each audit record, whatever its aggregate.

use crate::bundle::Proof;
use crate::fault::{Fault, RecordFault};
use crate::hash::hex;
use crate::merkle::{self, Hash, Tree};
use serde::{Deserialize, Serialize};

/// What a seal says of one record: which it is, and its hash in its chain. Nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leaf {
    /// Id of the aggregate.
    pub aggregate: String,
    /// Number in the aggregate's chain, from 1.
    pub seq: u64,
    /// Its hash in the chain.
    pub hash: String,
}

impl Leaf {
    /// What is hashed: `{aggregate} {seq} {hash} last`, or `more` if the same seal is over a later record of the aggregate too. Only an
    /// id may hold a space, so no two leaves have the same bytes.
    ///
    /// Because of the last word a complete chain cannot be cut within an hour: its end must be a leaf that says so.
    #[must_use]
    pub fn bytes(&self, last: bool) -> String {
        format!("{} {} {} {}", self.aggregate, self.seq, self.hash, if last { "last" } else { "more" })
    }

    /// Its hash in the tree.
    #[must_use]
    pub fn digest(&self, last: bool) -> Hash {
        merkle::leaf(self.bytes(last).as_bytes())
    }
}

/// Leaves in their order, by aggregate and number, with their tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaves {
    sorted: Vec<Leaf>,
    tree: Tree,
}

impl Leaves {
    /// Puts leaves in order and makes their tree.
    ///
    /// # Errors
    /// [`RecordFault::Twice`] if two are of the same record: one of them would stay without proof.
    pub fn new(mut leaves: Vec<Leaf>) -> Result<Self, Fault> {
        leaves.sort_unstable();
        for (one, next) in leaves.iter().zip(leaves.iter().skip(1)) {
            if (&one.aggregate, one.seq) == (&next.aggregate, next.seq) {
                return Err(Fault::Record { seq: one.seq, fault: RecordFault::Twice });
            }
        }
        let tree = Tree::new(leaves.iter().zip(lasts(&leaves)).map(|(leaf, last)| leaf.digest(last)).collect());
        Ok(Self { sorted: leaves, tree })
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.tree.size()
    }

    /// The root, in hexadecimal.
    #[must_use]
    pub fn root(&self) -> String {
        hex(&self.tree.root())
    }

    /// In their order.
    #[must_use]
    pub fn as_slice(&self) -> &[Leaf] {
        &self.sorted
    }

    /// In their order, each with whether none of its aggregate follows.
    pub fn marked(&self) -> impl Iterator<Item = (&Leaf, bool)> {
        self.sorted.iter().zip(lasts(&self.sorted))
    }

    /// The proof that this record is under the seal of this number, which is over these leaves. None if it is not among them.
    #[must_use]
    pub fn proof(&self, aggregate: &str, seq: u64, seal: u64) -> Option<Proof> {
        let place = self.sorted.binary_search_by(|leaf| (leaf.aggregate.as_str(), leaf.seq).cmp(&(aggregate, seq))).ok()?;
        let index = place as u64;
        let path = self.tree.path(index)?.iter().map(|hash| hex(hash)).collect();
        let last = self.sorted.get(place + 1).is_none_or(|next| next.aggregate != aggregate);
        Some(Proof { seal, index, size: self.count(), last, path })
    }
}

/// Of each leaf, whether none of its aggregate follows.
fn lasts(sorted: &[Leaf]) -> impl Iterator<Item = bool> {
    let next = sorted.iter().skip(1).map(Some).chain([None]);
    sorted.iter().zip(next).map(|(leaf, next)| next.is_none_or(|next| next.aggregate != leaf.aggregate))
}
