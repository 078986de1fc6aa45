//! Why a file is not read: one reason per guard, each with the word that programs know it by.

use std::fmt::{self, Display, Formatter};

/// Why a file is not read. Each reason tells what the file is or does; none repeats a word of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreadable {
    /// Longer than the caller takes.
    TooLong,
    /// Not a zip archive from its first byte to its last, or one that ends too early.
    NotAnArchive,
    /// Another kind of document: .xls, .xlsb, .ods, .docx, a template, any archive.
    NotXlsx,
    /// Under a password.
    Encrypted,
    /// An archive whose directory, entries or checksums disagree, or that is packed in a way that no spreadsheet is.
    BrokenArchive,
    /// More entries than a spreadsheet needs.
    TooManyParts,
    /// An entry with a name that could lead out of a folder, or that is no name.
    UnsafeName,
    /// Two entries with one name.
    RepeatedName,
    /// Entries that share bytes of the archive.
    Overlapping,
    /// Unpacks to more bytes than it may or than what is packed can honestly hold, or has more elements of XML than a sheet needs.
    UnpacksTooLarge,
    /// Has macros or other active content.
    Macros,
    /// Takes data from other files or from a server.
    ExternalLinks,
    /// Carries another file: an archive, an embedded document.
    EmbeddedFile,
    /// Declares a document type or an entity.
    Dtd,
    /// Its XML is not well formed, or does not say what a spreadsheet has to say.
    BrokenXml,
    /// States a count that no file of its size can have.
    LyingCounts,
    /// Its first visible sheet has no titles, a column without one, or there is no such sheet.
    NoHeader,
    /// Cells of the row with the titles are merged.
    MergedHeader,
    /// Two columns with one title.
    RepeatedHeader,
    /// More rows than the caller takes.
    TooManyRows,
    /// More columns than the caller takes.
    TooManyColumns,
    /// A cell with more text than the caller takes.
    CellTooLong,
}

impl Unreadable {
    /// Every reason.
    pub const ALL: [Self; 22] = [
        Self::TooLong,
        Self::NotAnArchive,
        Self::NotXlsx,
        Self::Encrypted,
        Self::BrokenArchive,
        Self::TooManyParts,
        Self::UnsafeName,
        Self::RepeatedName,
        Self::Overlapping,
        Self::UnpacksTooLarge,
        Self::Macros,
        Self::ExternalLinks,
        Self::EmbeddedFile,
        Self::Dtd,
        Self::BrokenXml,
        Self::LyingCounts,
        Self::NoHeader,
        Self::MergedHeader,
        Self::RepeatedHeader,
        Self::TooManyRows,
        Self::TooManyColumns,
        Self::CellTooLong,
    ];

    /// The word that programs know it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NotAnArchive => "not_an_archive",
            Self::NotXlsx => "not_xlsx",
            Self::Encrypted => "encrypted",
            Self::BrokenArchive => "broken_archive",
            Self::TooManyParts => "too_many_parts",
            Self::UnsafeName => "unsafe_name",
            Self::RepeatedName => "repeated_name",
            Self::Overlapping => "overlapping",
            Self::UnpacksTooLarge => "unpacks_too_large",
            Self::Macros => "macros",
            Self::ExternalLinks => "external_links",
            Self::EmbeddedFile => "embedded_file",
            Self::Dtd => "dtd",
            Self::BrokenXml => "broken_xml",
            Self::LyingCounts => "lying_counts",
            Self::NoHeader => "no_header",
            Self::MergedHeader => "merged_header",
            Self::RepeatedHeader => "repeated_header",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::CellTooLong => "cell_too_long",
        }
    }
}

impl Display for Unreadable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl std::error::Error for Unreadable {}
