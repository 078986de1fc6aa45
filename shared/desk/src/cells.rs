//! What people type into cells, and what it means: full-width digits, apostrophes, spaces; never a number that was rounded.

use crate::columns::Kind;
use domain::values::Invalid;
use spreadsheets::{Cell, unguard};

/// More digits than that a spreadsheet does not keep.
const EXACT_DIGITS: usize = 15;

/// What a cell says, read as this kind; nothing if it is blank.
///
/// # Errors
/// What is wrong with it: a formula, a number where digits stand for themselves, an error of the spreadsheet.
pub(crate) fn text(cell: &Cell, kind: Kind) -> Result<Option<String>, Invalid> {
    let said = match (cell, kind) {
        (Cell::Empty, _) => return Ok(None),
        (Cell::Formula, _) => return Err(Invalid::FormulaCell),
        (Cell::Text(text), Kind::Words) => unguard(text.trim()).trim().to_owned(),
        (Cell::Text(text), Kind::Digits | Kind::Count | Kind::Day) => text.chars().filter(|c| !is_noise(*c)).collect(),
        (Cell::Number(number), Kind::Count | Kind::Day) if is_exact(number) => number.clone(),
        (Cell::Number(_), _) => return Err(Invalid::NumberCell),
        (Cell::Date(day), Kind::Day) => day.replace('-', ""),
        (Cell::Date(_) | Cell::Other, _) => return Err(Invalid::WrongType),
    };
    Ok((!said.is_empty()).then_some(said))
}

/// Spaces of all kinds, and the apostrophes by which people make Excel take digits as text.
fn is_noise(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{FF07}' | '\u{200B}' | '\u{FEFF}')
}

/// A whole number of which no digit can have been lost.
fn is_exact(number: &str) -> bool {
    number.len() <= EXACT_DIGITS && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
