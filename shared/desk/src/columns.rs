//! Columns by their titles: the same for a template, for what is read, and for the sheet that is to be mended and read again.

use domain::job::{RowFault, Wrong};
use domain::values::Invalid;
use spreadsheets::Cell;
use std::cell::RefCell;

/// A column of a sheet that people fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its title, to the letter.
    pub(crate) title: &'static str,
    /// Whether a row without it is not taken.
    pub(crate) required: bool,
    /// How wide it is drawn, in characters.
    pub(crate) width: u8,
    /// What is said to whoever fills it in.
    pub(crate) hint: &'static str,
}

impl Column {
    pub(crate) const fn required(title: &'static str, width: u8, hint: &'static str) -> Self {
        Self { title, required: true, width, hint }
    }

    pub(crate) const fn optional(title: &'static str, width: u8, hint: &'static str) -> Self {
        Self { title, required: false, width, hint }
    }
}

/// Title of the column that says why a row was not taken: left out when a mended sheet is read again.
pub(crate) const REASON: &str = "未导入原因";

/// Which cell of a row is which column's.
#[derive(Clone, Debug)]
pub(crate) struct Places(Vec<(Column, Option<usize>)>);

impl Places {
    /// Finds the columns by their titles. None if one that every row needs is missing, or there is one that nobody knows: then it may
    /// be another sheet altogether.
    pub(crate) fn of(columns: &[Column], header: &[String], needed: impl Fn(&Column) -> bool) -> Option<Self> {
        let known = |title: &String| title == REASON || columns.iter().any(|column| column.title == *title);
        if !header.iter().all(|title| title.is_empty() || known(title)) {
            return None;
        }
        let place = |column: &Column| header.iter().position(|title| *title == column.title);
        let places: Vec<_> = columns.iter().map(|column| (*column, place(column))).collect();
        let complete = places.iter().all(|(column, place)| place.is_some() || !needed(column));
        complete.then_some(Self(places))
    }

    /// The cell of a row under this title.
    pub(crate) fn cell<'r>(&self, title: &str, cells: &'r [Cell]) -> Option<&'r Cell> {
        let place = self.0.iter().find(|(column, _)| column.title == title).and_then(|(_, place)| *place)?;
        cells.get(place)
    }

    /// The cells of a row, to be read one by one; what is wrong with them is collected.
    pub(crate) fn read<'r>(&'r self, cells: &'r [Cell]) -> Reading<'r> {
        Reading { places: self, cells, faults: RefCell::new(Vec::new()) }
    }
}

/// How a cell is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words, as they are.
    Words,
    /// Digits that stand for themselves. A number cell may have lost some of them.
    Digits,
    /// A number without leading zeros and with few digits: a number cell that holds exactly it will do.
    Count,
    /// A day or a month: yyyyMMdd or yyyyMM, or a cell with a date.
    Day,
}

/// A row that is being read.
pub(crate) struct Reading<'r> {
    places: &'r Places,
    cells: &'r [Cell],
    faults: RefCell<Vec<RowFault>>,
}

impl Reading<'_> {
    /// What a cell says, if it says something that can be read as this kind.
    pub(crate) fn text(&self, title: &'static str, kind: Kind) -> Option<String> {
        match crate::cells::text(self.places.cell(title, self.cells)?, kind) {
            Ok(text) => text,
            Err(invalid) => self.blame(title, invalid),
        }
    }

    /// A cell that a row needs.
    pub(crate) fn required<T>(&self, title: &'static str, kind: Kind, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let before = self.faults.borrow().len();
        match self.text(title, kind) {
            Some(text) => self.parsed(title, &text, parse),
            None if self.faults.borrow().len() > before => None,
            None => self.blame(title, Invalid::Missing),
        }
    }

    /// A cell that a row may leave empty.
    pub(crate) fn optional<T>(&self, title: &'static str, kind: Kind, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let text = self.text(title, kind)?;
        self.parsed(title, &text, parse)
    }

    /// What a cell's text means, if a document can show it.
    fn parsed<T>(&self, title: &'static str, text: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let parsed = parse(text).and_then(|value| api::printable(text).map(|()| value));
        parsed.map_or_else(|invalid| self.blame(title, invalid), Some)
    }

    /// Notes what is wrong with a cell.
    pub(crate) fn blame<T>(&self, title: &'static str, invalid: Invalid) -> Option<T> {
        self.faults.borrow_mut().push(RowFault { column: Some(title.to_owned()), wrong: Wrong::Cell(invalid) });
        None
    }

    /// Whether something is wrong with one of these cells.
    pub(crate) fn blames(&self, titles: &[&str]) -> bool {
        let theirs = |fault: &RowFault| fault.column.as_deref().is_some_and(|column| titles.contains(&column));
        self.faults.borrow().iter().any(theirs)
    }

    /// The row, if nothing is wrong with it; or all that is.
    pub(crate) fn finish<R>(self, row: Option<R>) -> Result<R, Vec<RowFault>> {
        let faults = self.faults.into_inner();
        match row {
            Some(row) if faults.is_empty() => Ok(row),
            _ => Err(faults),
        }
    }
}
