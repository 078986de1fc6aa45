//! The desk: what schools and employers hand in and take home as spreadsheets. Columns and their titles, rows as they are read, the
//! sheet of rows that were not taken, and the jobs that do it all in chunks.

mod blame;
mod candidates;
mod cells;
mod columns;
mod enrol;
mod export;
mod job;
mod own;
mod roster;
mod template;

pub use candidates::{candidate_template, import_candidates};
pub use job::run;
pub use own::own_records;
pub use roster::roster_template;

use domain::upload::Reason;
use spreadsheets::Unreadable;

/// What a school's roster may be: the longest file that is taken for one.
pub const ROSTER_MAX_BYTES: usize = enrol::LIMITS.max_bytes;

/// Checks a roster as it is handed in: everything that can be said without looking at its rows.
///
/// # Errors
/// Why it is not taken.
pub fn check_roster(bytes: &[u8]) -> Result<(), Reason> {
    spreadsheets::check(bytes, &enrol::LIMITS).map_err(reason)
}

/// Why a spreadsheet is not taken, in the words that all uploads share.
fn reason(unreadable: Unreadable) -> Reason {
    match unreadable {
        Unreadable::TooLong => Reason::TooLarge,
        Unreadable::NotAnArchive | Unreadable::NotXlsx => Reason::WrongKind,
        Unreadable::Encrypted => Reason::Encrypted,
        Unreadable::Macros => Reason::Script,
        Unreadable::ExternalLinks => Reason::ExternalReference,
        Unreadable::EmbeddedFile => Reason::EmbeddedFile,
        Unreadable::TooManyParts => Reason::TooComplex,
        Unreadable::UnpacksTooLarge => Reason::InflatesTooMuch,
        Unreadable::NoHeader | Unreadable::MergedHeader | Unreadable::RepeatedHeader => Reason::UnclearHeader,
        Unreadable::TooManyRows => Reason::TooManyRows,
        Unreadable::TooManyColumns => Reason::TooManyColumns,
        Unreadable::CellTooLong => Reason::CellTooLong,
        Unreadable::BrokenArchive
        | Unreadable::UnsafeName
        | Unreadable::RepeatedName
        | Unreadable::Overlapping
        | Unreadable::Dtd
        | Unreadable::BrokenXml
        | Unreadable::LyingCounts => Reason::Corrupt,
    }
}
