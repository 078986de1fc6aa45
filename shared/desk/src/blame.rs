//! Words for what is wrong with a row, and the sheet of rows to be mended and handed in again.

use crate::columns::{Column, REASON};
use api::views::FaultView;
use domain::job::{Outcome, RowFault, RowResult};
use domain::values::Invalid;
use spreadsheets::{Cell, Line, Table, Unwritable};
use std::collections::BTreeMap;

/// A row to be mended.
pub(crate) struct Unmended<'a> {
    cells: &'a [Cell],
    reason: String,
    /// Titles of cells that are to be typed anew: what a number cell has kept may not be what was typed.
    retyped: Vec<String>,
}

impl<'a> Unmended<'a> {
    pub(crate) fn of(cells: &'a [Cell], faults: &[RowFault]) -> Self {
        Self::told(cells, &faults.iter().map(FaultView::from).collect::<Vec<_>>())
    }

    /// The same, of a row that has been told of already.
    pub(crate) fn told(cells: &'a [Cell], errors: &[FaultView]) -> Self {
        let one =
            |error: &FaultView| error.column.as_ref().map_or_else(|| error.detail.clone(), |column| format!("{column}: {}", error.detail));
        let (number, _, _) = api::problems::words(Invalid::NumberCell);
        let retyped = errors.iter().filter(|error| error.code == number).filter_map(|error| error.column.clone());
        Self { cells, reason: errors.iter().map(one).collect::<Vec<_>>().join("; "), retyped: retyped.collect() }
    }

    fn shown(&self, title: &String, place: usize) -> String {
        match self.cells.get(place) {
            Some(Cell::Text(text) | Cell::Number(text) | Cell::Date(text)) if !self.retyped.contains(title) => text.clone(),
            // A formula is not shown again either.
            _ => String::new(),
        }
    }
}

/// The faults of rows that were not taken, by their numbers.
pub(crate) fn faults(results: impl IntoIterator<Item = RowResult>) -> BTreeMap<u32, Vec<RowFault>> {
    let failed = results.into_iter().filter_map(|result| match result.outcome {
        Outcome::Failed { faults } => Some((result.row, faults)),
        Outcome::Created { .. } | Outcome::Updated { .. } | Outcome::Unchanged { .. } => None,
    });
    failed.collect()
}

/// The sheet: every row that was not taken as it was, with the reason in front. Nothing in it is a formula.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn sheet(columns: &[Column], header: &[String], rows: &[Unmended<'_>]) -> Result<Vec<u8>, Unwritable> {
    let titles: Vec<&String> = header.iter().filter(|title| *title != REASON && !title.is_empty()).collect();
    let places: Vec<(&String, usize)> =
        titles.iter().filter_map(|title| Some((*title, header.iter().position(|other| other == *title)?))).collect();
    let known = |title: &str| columns.iter().find(|column| column.title == title);
    let mut drawn = vec![spreadsheets::Column { title: REASON, width: 40.0, required: false, choices: &[], hint: None }];
    drawn.extend(titles.iter().map(|title| {
        let column = known(title);
        spreadsheets::Column {
            title,
            width: column.map_or(16.0, |column| f64::from(column.width)),
            required: column.is_some_and(|column| column.required),
            choices: &[],
            hint: None,
        }
    }));
    let lines = rows.iter().map(|row| {
        let mut line = vec![row.reason.clone()];
        line.extend(places.iter().map(|(title, place)| row.shown(title, *place)));
        Line { cells: line, marked: false }
    });
    spreadsheets::xlsx(&Table { name: "未导入的行", columns: &drawn, filter: false, example: None, explanation: &[] }, lines)
}
