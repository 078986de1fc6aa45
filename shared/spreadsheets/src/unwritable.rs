//! Why a spreadsheet cannot be written: what Excel has no room for.

use rust_xlsxwriter::XlsxError;
use std::fmt::{self, Display, Formatter};

/// Why a spreadsheet cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwritable {
    /// A name of a sheet, a hint or a list of choices that Excel does not take, or a line with other cells than there are columns.
    Layout,
    /// More rows than a sheet has.
    TooManyRows,
    /// A text that is longer than a cell holds.
    TextTooLong,
    /// The file could not be put together, for want of room on the disk.
    Failed,
}

impl Unwritable {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Layout, Self::TooManyRows, Self::TextTooLong, Self::Failed];

    /// The word that programs know it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::TooManyRows => "too_many_rows",
            Self::TextTooLong => "text_too_long",
            Self::Failed => "failed",
        }
    }
}

impl Display for Unwritable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl std::error::Error for Unwritable {}

impl From<XlsxError> for Unwritable {
    fn from(error: XlsxError) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "most of their errors are about what is never asked of them")]
        match error {
            XlsxError::RowColumnLimitError => Self::TooManyRows,
            XlsxError::MaxStringLengthExceeded => Self::TextTooLong,
            XlsxError::IoError(_) | XlsxError::ZipError(_) | XlsxError::TempFileError(..) => Self::Failed,
            _ => Self::Layout,
        }
    }
}
