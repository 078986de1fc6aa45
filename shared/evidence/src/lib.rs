//! Evidence (存证): what lets a stranger check, without our server, that nothing was changed since.
//!
//! Three layers, each resting on the one before. The audit records of an aggregate are a [`chain`]: each hash holds the one before it.
//! Every hour the new records of all aggregates become the leaves of a tree ([`merkle`], [`Leaves`]), whose root a [`Seal`] (封存) names
//! and a [`Signer`] signs; each seal holds the hash of the one before it. A [`Bundle`] (证据包) carries records, their paths to sealed roots,
//! and the seals: whoever has the public key needs nothing else.
//!
//! A complete bundle proves that nothing is missing up to its last seal, and says nothing of what came later: one of last week is as well
//! signed as one of today, and so is one that was cut back to last week. No bundle can show that; [`chain::check_against`] finds it against
//! sealed leaves that are kept elsewhere. Times are those of our own clock. [`Verdict`] says all this to whoever asks.
//!
//! No clock and no randomness but the one inside a signature; no I/O but reading a [`KeyFile`].

pub mod chain;
pub mod merkle;

mod bundle;
mod electronic_seal;
mod fault;
mod hash;
mod key_file;
mod leaves;
mod public_key;
mod report;
mod seal;
mod signer;
mod verdict;

pub use bundle::{Bundle, Document, FORMAT, Key, MOST_HASHES, Proof, Record};
pub use electronic_seal::{ElectronicSealProvider, NoElectronicSealProvider};
pub use fault::{BundleFault, DocumentFault, Fault, KeyFault, RecordFault, SealFault};
pub use key_file::KeyFile;
pub use leaves::{Leaf, Leaves};
pub use public_key::{NoKey, PublicKey};
pub use report::{Report, report};
pub use seal::{Seal, Sealed, genesis};
pub use signer::{Signer, Unavailable};
pub use verdict::{NamedDocument, Span, Verdict};
