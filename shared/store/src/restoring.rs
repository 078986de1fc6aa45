//! After a restore: which transactions the backup has torn apart, and how each is mended (decision 0029).
//!
//! A point-in-time restore brings each item as it was at a moment of its own, so that of a transaction some items may be there and some
//! not. [`Survey`] is fed every item of the table, in the table's own order, and says what contradicts what. [`Store::mend`] mends one
//! finding in one transaction with an audit record of it. The rule: an aggregate counts as it stands, since its item is whole and nobody
//! has the one before; everything else follows from the aggregates.

mod chains;
mod claims;
mod counts;
mod documents;
mod facts;
mod finding;
mod incident;
mod judging;
mod mending;
mod partners;
mod rejoining;

pub(crate) use chains::undone;
pub use finding::{Break, Finding};
pub use judging::Surveyed;
pub use mending::Mended;

use crate::table::Item;
use facts::Facts;

/// Everything that was read of a table so far: of each aggregate a few facts, never the whole item.
#[derive(Debug, Default)]
pub struct Survey {
    /// Items of the partition that is being read.
    partition: Vec<Item>,
    facts: Facts,
    items: usize,
}

impl Survey {
    /// Takes the next item. Items of a partition come together, as every scan has them.
    pub fn take(&mut self, item: Item) {
        if self.partition.first().is_some_and(|first| first.key.pk != item.key.pk) {
            self.turn();
        }
        self.items += 1;
        self.partition.push(item);
    }

    fn turn(&mut self) {
        let items = std::mem::take(&mut self.partition);
        self.facts.read(&items);
    }
}
