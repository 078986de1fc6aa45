//! Spreadsheets: the .xlsx of a stranger is read row by row, or refused with an [`Unreadable`]; .xlsx and .csv are written. No clock,
//! and no I/O but one: the lines of an .xlsx that is written wait in a file without a name.
//!
//! Reading goes over a file twice. First the archive is weighed: names, places and checksums of its entries are compared, everything is
//! unpacked to nowhere and counted, and whatever a plain list of people does not need is refused. Then the XML of the first visible sheet
//! is read as a stream. Nothing here calls itself, and no memory is set aside by a number that the file states.

mod archive;
mod cell;
mod comma;
mod guard;
mod package;
mod reference;
mod rows;
mod sheet;
mod styles;
mod table;
mod text;
mod unreadable;
mod unwritable;
mod xml;

pub use cell::Cell;
pub use comma::csv;
pub use guard::{guard, unguard};
pub use sheet::{Row, Sheet};
pub use table::{Column, Line, Table, xlsx};
pub use unreadable::Unreadable;
pub use unwritable::Unwritable;

use archive::Archive;

/// What the caller takes. That it is an archive of at most 2,000 entries and unpacks to at most 50 MB goes without saying.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Length of the file, in bytes.
    pub max_bytes: usize,
    /// Rows that are not blank, without the titles.
    pub max_rows: usize,
    /// Columns, blank ones before the last included.
    pub max_columns: usize,
    /// Characters of one cell.
    pub max_cell_chars: usize,
}

/// Checks all that can be said without looking at cells: that the file is an archive that means the same to everybody, that it unpacks to
/// little, and that it is a plain workbook without macros, links to other files, embedded files and declarations.
///
/// # Errors
/// Why the file is not taken.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    checked(bytes, limits).map(drop)
}

/// Checks a file and opens its first visible sheet, which is read to its end once, so that its rows are known to be readable.
///
/// # Errors
/// Why the file is not taken.
pub fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Sheet<'a>, Unreadable> {
    Sheet::open(checked(bytes, limits)?, *limits)
}

fn checked<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, Unreadable> {
    if bytes.len() > limits.max_bytes {
        return Err(Unreadable::TooLong);
    }
    if bytes.starts_with(archive::COMPOUND) {
        return Err(compound(bytes));
    }
    let archive = Archive::of(bytes)?;
    archive.weigh()?;
    package::check(&archive)?;
    Ok(archive)
}

/// Excel puts a workbook under a password into a file of the kind that .xls has.
fn compound(bytes: &[u8]) -> Unreadable {
    let sealed: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = bytes.windows(sealed.len()).any(|window| window == sealed);
    if found { Unreadable::Encrypted } else { Unreadable::NotXlsx }
}
