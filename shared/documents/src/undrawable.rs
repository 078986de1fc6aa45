//! Why a document is not drawn.

use std::fmt::{self, Display, Formatter};

/// Why a document is not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undrawable {
    /// The typeface lacks these characters, and a box would stand in their place.
    Glyphs(Vec<char>),
    /// More pages than a document has.
    TooLong,
    /// The address is too long for a QR code.
    Address,
    /// The drawing library refused it, with its reason. The rules of PDF/A are among them.
    Failed(String),
}

impl Undrawable {
    /// The word that programs know it by.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Glyphs(_) => "glyphs",
            Self::TooLong => "too_long",
            Self::Address => "address",
            Self::Failed(_) => "failed",
        }
    }
}

impl Display for Undrawable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glyphs(characters) => {
                formatter.write_str("no glyph for")?;
                characters.iter().try_for_each(|&character| write!(formatter, " U+{:04X}", u32::from(character)))
            }
            Self::Failed(reason) => write!(formatter, "failed: {reason}"),
            Self::TooLong | Self::Address => formatter.write_str(self.as_str()),
        }
    }
}

impl std::error::Error for Undrawable {}
