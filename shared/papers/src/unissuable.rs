//! Why a document is not issued.

use documents::Undrawable;
use std::fmt::{self, Display, Formatter};
use vault::VaultError;

/// Why a document is not issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unissuable {
    /// It cannot be drawn.
    Undrawable(Undrawable),
    /// A personal number that it shows does not open.
    Sealed(VaultError),
    /// What it is to show is no longer known: it was corrected since, or nobody can tell any more whose it was.
    Overtaken,
    /// There is no such document of this signing: it is not certified, not of this way of signing, not terminated, or the letter or
    /// request is another's.
    Missing,
}

impl Display for Unissuable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undrawable(undrawable) => write!(formatter, "not drawn: {undrawable}"),
            Self::Sealed(error) => write!(formatter, "a number does not open: {error}"),
            Self::Overtaken => formatter.write_str("what it is to show is no longer known"),
            Self::Missing => formatter.write_str("this signing has no such document"),
        }
    }
}

impl std::error::Error for Unissuable {}

impl From<Undrawable> for Unissuable {
    fn from(undrawable: Undrawable) -> Self {
        Self::Undrawable(undrawable)
    }
}

impl From<VaultError> for Unissuable {
    fn from(error: VaultError) -> Self {
        Self::Sealed(error)
    }
}
