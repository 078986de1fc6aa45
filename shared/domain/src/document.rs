//! Documents: what was drawn of an agreement, once for each kind, and is kept as it was drawn.

use crate::transition::DocumentKind;
use crate::values::Timestamp;
use serde::{Deserialize, Serialize};

/// A document that was drawn and is kept. Its hash stands in the audit record; the file is never drawn again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Which document.
    pub kind: DocumentKind,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Length of the file, bytes.
    pub length: u64,
    /// Which wording of its fixed parts it was drawn with.
    pub template: String,
    /// When it was called for: what the file says of itself.
    pub at: Timestamp,
}

impl DocumentKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Uncertified, Self::Printable, Self::Final, Self::TerminationLetter];

    /// The name as stored and in requests.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Uncertified => "uncertified",
            Self::Printable => "printable",
            Self::Final => "final",
            Self::TerminationLetter => "termination_letter",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether the school has certified what it says.
    #[must_use]
    pub fn is_certified(self) -> bool {
        matches!(self, Self::Final | Self::TerminationLetter)
    }

    /// Whether a stranger may verify it: it bears a code.
    #[must_use]
    pub fn bears_code(self) -> bool {
        self != Self::Uncertified
    }
}
