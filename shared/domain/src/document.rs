//! Documents that were issued: drawn once, kept to the byte, and known by what they were drawn with.

use crate::transition::DocumentKind;
use crate::values::Timestamp;
use serde::{Deserialize, Serialize};

/// A document that was drawn and is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Which one.
    pub kind: DocumentKind,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// How long it is, in bytes.
    pub length: u64,
    /// The wording that it was drawn with.
    pub template: String,
    /// When it was drawn.
    pub at: Timestamp,
}
