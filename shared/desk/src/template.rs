//! Sheets to be filled in: titles, hints, choices, an example, and how it is done.

use crate::columns::Column;
use spreadsheets::{Cell, Table, Unwritable};

/// The name in every example row: a row that bears it is nobody's.
pub(crate) const EXAMPLE_NAME: &str = "示例学生";

/// A template.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn template(
    name: &str,
    columns: &[Column],
    choices: impl Fn(&str) -> Vec<String>,
    example: &[&str],
    explanation: &[&str],
) -> Result<Vec<u8>, Unwritable> {
    let choices: Vec<Vec<String>> = columns.iter().map(|column| choices(column.title)).collect();
    let drawn = columns.iter().zip(&choices).map(|(column, choices)| spreadsheets::Column {
        title: column.title,
        width: f64::from(column.width),
        required: column.required,
        choices,
        hint: (!column.hint.is_empty()).then_some(column.hint),
    });
    let drawn: Vec<_> = drawn.collect();
    let example: Vec<String> = example.iter().map(|cell| (*cell).to_owned()).collect();
    let table = Table { name, columns: &drawn, filter: false, example: Some(&example), explanation };
    spreadsheets::xlsx(&table, std::iter::empty())
}

/// Whether a row is the template's example, whatever else has been typed into it: its cell in the column of names says so.
pub(crate) fn is_example(name: Option<&Cell>) -> bool {
    matches!(name, Some(Cell::Text(text)) if text.trim() == EXAMPLE_NAME)
}
