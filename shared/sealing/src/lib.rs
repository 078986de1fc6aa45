//! Sealing (存证): the records of each hour become the leaves of a tree whose root is signed; here is how seals and leaves lie beside the
//! table, and how what was recorded is proven by them.
//!
//! A tree is kept in pieces of [`PIECE`] leaves: each is a whole subtree, so that a proof reads one piece and the roots of the others,
//! however much was recorded in its hour.

mod bundle;
mod pieces;
mod seal;

pub use bundle::{Proven, Readers, bundle};
pub use pieces::{PIECE, Reader, lay, leaves};
pub use seal::{Due, due, seal};

use domain::deadline::Hour;

/// An hour as seals say it.
fn full(hour: &Hour) -> String {
    format!("{}:00:00Z", hour.as_str())
}
