//! Spreadsheets: the corpus of hostile ones, the ordinary ones that must be read right, damaged ones, and those that are written.

mod corpus;
pub(crate) mod make;
mod mutations;
mod reading;
mod writing;

use ::spreadsheets::{Cell, Limits, Row, Unreadable, open};

/// What a roster may have.
const LIMITS: Limits = Limits { max_bytes: 10 << 20, max_rows: 20_000, max_columns: 64, max_cell_chars: 1_000 };

/// The titles and all rows of a file.
fn read(bytes: &[u8]) -> Result<(Vec<String>, Vec<Row>), Unreadable> {
    let sheet = open(bytes, &LIMITS)?;
    let rows = sheet.rows().collect::<Result<_, _>>()?;
    Ok((sheet.header().to_vec(), rows))
}

/// The cells of all rows of a file that has to be readable.
fn cells(bytes: &[u8]) -> Vec<Vec<Cell>> {
    read(bytes).unwrap().1.into_iter().map(|row| row.cells).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn number(digits: &str) -> Cell {
    Cell::Number(digits.into())
}
