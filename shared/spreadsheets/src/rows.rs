//! The rows of a sheet as a stream: one at a time, and only the cells that are there.

use crate::Unreadable;
use crate::cell::{self, Cell, Head, Sources};
use crate::reference::{self, Area, LAST_COLUMN, Place};
use crate::xml::{Node, Tag, Xml};

/// How deep the list of rows stands in the element of the sheet.
const IN_SHEET: usize = 2;
/// How deep cells stand in a row.
const IN_ROW: usize = 3;
/// Areas filled by formulas that are told apart; more are taken together.
const MAX_FILLED: usize = 64;

/// A row that is not blank, with its cells from the first column to the last that is not blank.
pub(crate) struct Found {
    pub(crate) number: u32,
    pub(crate) cells: Vec<Cell>,
}

/// A sheet that is being read.
pub(crate) struct Stream<'s> {
    xml: Xml<'s>,
    sources: Sources<'s>,
    max_columns: usize,
    place: Where,
    /// The row that was read last.
    row: u32,
    filled: Vec<Area>,
    merged: Option<u32>,
}

/// Where the reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Before,
    Rows,
    Behind,
}

impl<'s> Stream<'s> {
    pub(crate) fn new(xml: Xml<'s>, sources: Sources<'s>, max_columns: usize) -> Self {
        Self { xml, sources, max_columns, place: Where::Before, row: 0, filled: Vec::new(), merged: None }
    }

    /// From here on, merged cells that touch a row are refused when they come, which is behind all rows.
    pub(crate) fn refuse_merged(&mut self, row: u32) {
        self.merged = Some(row);
    }

    /// The next row that is not blank. After the last, the rest of the sheet is read too.
    pub(crate) fn next(&mut self) -> Result<Option<Found>, Unreadable> {
        loop {
            enum Next {
                Row(u32),
                Other,
            }
            let depth = self.xml.depth();
            let next = match self.xml.next()? {
                Node::Open(tag) => match (self.place, tag.name(), depth) {
                    (Where::Before, "sheetData", 1) => {
                        self.place = Where::Rows;
                        Next::Other
                    }
                    // A second list of rows would be read by one program and not by another.
                    (Where::Rows | Where::Behind, "sheetData", 1) => return Err(Unreadable::BrokenXml),
                    (Where::Rows, "row", IN_SHEET) => Next::Row(number(&tag, self.row)?),
                    (_, "mergeCell", IN_SHEET) => {
                        merged(&tag, self.merged)?;
                        Next::Other
                    }
                    _ => Next::Other,
                },
                Node::Close if self.place == Where::Rows && depth == IN_SHEET => {
                    self.place = Where::Behind;
                    Next::Other
                }
                Node::Close | Node::Text(_) => Next::Other,
                Node::End if self.place == Where::Behind => return Ok(None),
                Node::End => return Err(Unreadable::BrokenXml),
            };
            if let Next::Row(number) = next {
                self.row = number;
                self.filled.retain(|area| area.last.row >= number);
                let cells = self.cells()?;
                if !cells.is_empty() {
                    return Ok(Some(Found { number, cells }));
                }
            }
        }
    }

    /// The cells of the row that was opened last, up to the last that is not blank.
    fn cells(&mut self) -> Result<Vec<Cell>, Unreadable> {
        let (mut cells, mut column) = (Vec::new(), 0);
        while self.xml.depth() >= IN_ROW {
            let head = match self.xml.next()? {
                Node::Open(tag) if tag.name() == "c" => Some(Head::of(&tag)?),
                Node::Open(_) => None,
                Node::Close | Node::Text(_) => continue,
                Node::End => return Err(Unreadable::BrokenXml),
            };
            let Some(head) = head else {
                self.xml.skip()?;
                continue;
            };
            let place = self.place_of(&head, column)?;
            column = place.column;
            let cell = self.cell(&head, place)?;
            if !cell.is_blank() {
                self.put(&mut cells, place, cell)?;
            }
        }
        Ok(cells)
    }

    /// Cells stand in their order, each in its own row: then no two can be one.
    fn place_of(&self, head: &Head, before: u32) -> Result<Place, Unreadable> {
        let next = Place { row: self.row, column: before + 1 };
        let place = head.name.as_deref().map_or(Some(next), Place::parse).ok_or(Unreadable::BrokenXml)?;
        let in_order = place.row == self.row && place.column > before && place.column <= LAST_COLUMN;
        if in_order { Ok(place) } else { Err(Unreadable::BrokenXml) }
    }

    fn cell(&mut self, head: &Head, place: Place) -> Result<Cell, Unreadable> {
        let (cell, fills) = cell::read(&mut self.xml, head, self.sources)?;
        let full = self.filled.len() == MAX_FILLED;
        match (fills, self.filled.last_mut()) {
            (Some(area), Some(last)) if full => *last = last.with(area),
            (Some(area), _) => self.filled.push(area),
            (None, _) => {}
        }
        // What a formula writes into its neighbours is no more typed than what it writes into itself.
        let result = cell != Cell::Empty && self.filled.iter().any(|area| area.has(place));
        Ok(if result { Cell::Formula } else { cell })
    }

    /// Puts a cell at its column. Blank ones before it are filled in, no more of them than the caller takes columns.
    fn put(&self, cells: &mut Vec<Cell>, place: Place, cell: Cell) -> Result<(), Unreadable> {
        let column = usize::try_from(place.column).map_err(|_| Unreadable::TooManyColumns)?;
        if column > self.max_columns {
            return Err(Unreadable::TooManyColumns);
        }
        cells.resize(column - 1, Cell::Empty);
        cells.push(cell);
        Ok(())
    }
}

/// Rows count upwards, whether they are numbered or not.
fn number(tag: &Tag<'_>, before: u32) -> Result<u32, Unreadable> {
    let [stated] = tag.attributes(["r"])?;
    let number = stated.map_or_else(|| reference::row(&(before + 1).to_string()), |stated| reference::row(&stated));
    number.filter(|number| *number > before).ok_or(Unreadable::BrokenXml)
}

fn merged(tag: &Tag<'_>, header: Option<u32>) -> Result<(), Unreadable> {
    let [area] = tag.attributes(["ref"])?;
    let area = area.as_deref().and_then(Area::parse).ok_or(Unreadable::BrokenXml)?;
    let touched = area.is_wide() && header.is_some_and(|row| area.has_row(row));
    if touched { Err(Unreadable::MergedHeader) } else { Ok(()) }
}
