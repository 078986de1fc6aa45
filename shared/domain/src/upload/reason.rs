//! Why an uploaded file is not taken. No words: `labels` has them, and the catalogue of problems turns one into an answer.

use serde::{Deserialize, Serialize};

/// What is wrong with an uploaded file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is nothing in it.
    Empty,
    /// It is longer than what is taken.
    TooLarge,
    /// Its length is not what the uploader said.
    SizeMismatch,
    /// Its SHA-256 is not what the uploader said.
    ChecksumMismatch,
    /// Its content is not of the type it is declared as.
    WrongKind,
    /// Something follows its end: a second file in the same bytes.
    TrailingData,
    /// It ends before its end.
    Truncated,
    /// It cannot be read as what it says it is.
    Corrupt,
    /// A picture of more pixels, or longer sides, than a scan has.
    TooManyPixels,
    /// A picture that moves.
    Animated,
    /// Colours that browsers show wrong: four inks, or 16 bits a channel.
    UnsupportedColours,
    /// A PDF whose header is not its first bytes.
    PdfHeader,
    /// A PDF under a password.
    Encrypted,
    /// It holds a program.
    Script,
    /// A PDF that does something by itself: starts, sends, imports, plays.
    Action,
    /// A PDF with another file inside.
    EmbeddedFile,
    /// A PDF with an XFA form.
    FormXfa,
    /// A PDF that reaches for something outside it.
    ExternalReference,
    /// More objects, deeper nesting, or more metadata than a scan has.
    TooComplex,
    /// It unpacks to much more than it is.
    InflatesTooMuch,
    /// A PDF of more pages than are read.
    TooManyPages,
    /// The scanner found malware.
    Infected,
    /// A spreadsheet of more rows than are taken.
    TooManyRows,
    /// A spreadsheet of more columns than are taken.
    TooManyColumns,
    /// A cell of more characters than are taken.
    CellTooLong,
    /// A spreadsheet without titles, or with titles that are merged or there twice.
    UnclearHeader,
    /// A spreadsheet whose titles are not those of the template.
    WrongHeader,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 27] = [
        Self::Empty,
        Self::TooLarge,
        Self::SizeMismatch,
        Self::ChecksumMismatch,
        Self::WrongKind,
        Self::TrailingData,
        Self::Truncated,
        Self::Corrupt,
        Self::TooManyPixels,
        Self::Animated,
        Self::UnsupportedColours,
        Self::PdfHeader,
        Self::Encrypted,
        Self::Script,
        Self::Action,
        Self::EmbeddedFile,
        Self::FormXfa,
        Self::ExternalReference,
        Self::TooComplex,
        Self::InflatesTooMuch,
        Self::TooManyPages,
        Self::Infected,
        Self::TooManyRows,
        Self::TooManyColumns,
        Self::CellTooLong,
        Self::UnclearHeader,
        Self::WrongHeader,
    ];

    /// The code as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::SizeMismatch => "size_mismatch",
            Self::ChecksumMismatch => "checksum_mismatch",
            Self::WrongKind => "wrong_kind",
            Self::TrailingData => "trailing_data",
            Self::Truncated => "truncated",
            Self::Corrupt => "corrupt",
            Self::TooManyPixels => "too_many_pixels",
            Self::Animated => "animated",
            Self::UnsupportedColours => "unsupported_colours",
            Self::PdfHeader => "pdf_header",
            Self::Encrypted => "encrypted",
            Self::Script => "script",
            Self::Action => "action",
            Self::EmbeddedFile => "embedded_file",
            Self::FormXfa => "form_xfa",
            Self::ExternalReference => "external_reference",
            Self::TooComplex => "too_complex",
            Self::InflatesTooMuch => "inflates_too_much",
            Self::TooManyPages => "too_many_pages",
            Self::Infected => "infected",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::CellTooLong => "cell_too_long",
            Self::UnclearHeader => "unclear_header",
            Self::WrongHeader => "wrong_header",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::labels;
    use std::collections::BTreeSet;

    #[test]
    fn every_reason_has_a_code_of_its_own_and_words_of_its_own() {
        let codes: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        let words: BTreeSet<_> = Reason::ALL.iter().map(|reason| labels::upload_reason(*reason)).collect();
        assert_eq!((codes.len(), words.len()), (Reason::ALL.len(), Reason::ALL.len()));
    }

    #[test]
    fn the_code_sent_is_the_code_stored() {
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
