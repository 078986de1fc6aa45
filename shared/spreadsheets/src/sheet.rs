//! The first visible sheet of a workbook: its titles, and its rows below them.

use crate::archive::Archive;
use crate::cell::{Cell, Sources};
use crate::package::{self, Relation, each};
use crate::rows::{Found, Stream};
use crate::styles::Styles;
use crate::text::Shared;
use crate::xml::Xml;
use crate::{Limits, Unreadable};
use std::collections::BTreeSet;

/// The first visible sheet of a file that passed every guard.
#[derive(Debug)]
pub struct Sheet<'a> {
    archive: Archive<'a>,
    part: String,
    shared: Shared,
    styles: Styles,
    limits: Limits,
    header: Vec<String>,
}

/// A row that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as Excel shows it, from 1; the titles count too.
    pub number: u32,
    /// Its cells, one for each title.
    pub cells: Vec<Cell>,
}

/// What the workbook says of its sheets.
struct Workbook {
    first_visible: Option<String>,
    since_1904: bool,
}

impl<'a> Sheet<'a> {
    /// Finds the sheet, and reads it once from its first byte to its last: so a file is taken as a whole or not at all.
    pub(crate) fn open(archive: Archive<'a>, limits: Limits) -> Result<Self, Unreadable> {
        let name = package::workbook(&archive)?;
        let relations = package::relations(&archive, &name)?;
        let workbook = workbook(Xml::of(archive.part(&name).ok_or(Unreadable::BrokenXml)?), &relations)?;
        let part = workbook.first_visible.ok_or(Unreadable::NoHeader)?;
        let other = |kind: &str| {
            let named = relations.iter().find(|relation| relation.kind == kind);
            named.map(|relation| archive.part(&relation.target).ok_or(Unreadable::BrokenXml)).transpose()
        };
        let shared = other("sharedStrings")?.map(|part| Shared::read(part, limits.max_cell_chars)).transpose()?.unwrap_or_default();
        let styles = other("styles")?.map(|part| Styles::read(part, workbook.since_1904)).transpose()?.unwrap_or_default();
        let mut sheet = Self { archive, part, shared, styles, limits, header: Vec::new() };
        let mut stream = sheet.stream()?;
        let first = stream.next()?.ok_or(Unreadable::NoHeader)?;
        stream.refuse_merged(first.number);
        let header = titles(first.cells)?;
        Rows { stream: Some(stream), columns: header.len(), left: limits.max_rows }.try_for_each(|row| row.map(drop))?;
        sheet.header = header;
        Ok(sheet)
    }

    /// The titles, without spaces around them: the first row that is not blank.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The rows below the titles that are not blank, in their order, read while they are asked for. [`open`](crate::open) has read them
    /// before, so that a reason in their place would be a surprise; nothing comes after one.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row, Unreadable>> {
        let below = self.stream().and_then(|mut stream| stream.next().map(|_titles| stream));
        let (stream, unread) = match below {
            Ok(stream) => (Some(stream), None),
            Err(reason) => (None, Some(Err(reason))),
        };
        unread.into_iter().chain(Rows { stream, columns: self.header.len(), left: self.limits.max_rows })
    }

    fn stream(&self) -> Result<Stream<'_>, Unreadable> {
        let part = self.archive.part(&self.part).ok_or(Unreadable::BrokenXml)?;
        let sources = Sources { shared: &self.shared, styles: &self.styles, most: self.limits.max_cell_chars };
        Ok(Stream::new(Xml::of(part), sources, self.limits.max_columns))
    }
}

/// Rows below the titles.
struct Rows<'s> {
    /// What is still to be read.
    stream: Option<Stream<'s>>,
    columns: usize,
    /// How many more rows the caller takes.
    left: usize,
}

impl Rows<'_> {
    fn row(&mut self, found: Found) -> Result<Row, Unreadable> {
        self.left = self.left.checked_sub(1).ok_or(Unreadable::TooManyRows)?;
        let mut cells = found.cells;
        if cells.len() > self.columns {
            return Err(Unreadable::NoHeader);
        }
        cells.resize(self.columns, Cell::Empty);
        Ok(Row { number: found.number, cells })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.stream.as_mut()?.next().transpose()?;
        let row = found.and_then(|found| self.row(found));
        if row.is_err() {
            self.stream = None;
        }
        Some(row)
    }
}

fn workbook(xml: Xml<'_>, relations: &[Relation]) -> Result<Workbook, Unreadable> {
    let mut workbook = Workbook { first_visible: None, since_1904: false };
    each(xml, |tag| {
        match tag.name() {
            "workbookPr" => {
                let [since_1904] = tag.attributes(["date1904"])?;
                workbook.since_1904 |= since_1904.is_some_and(|value| matches!(value.as_str(), "1" | "true"));
            }
            "sheet" if workbook.first_visible.is_none() => {
                let [id, state] = tag.attributes(["id", "state"])?;
                let part = relations.iter().find(|relation| Some(&relation.id) == id.as_ref()).ok_or(Unreadable::BrokenXml)?;
                let visible = state.is_none_or(|state| state == "visible");
                // A chart can be a sheet of its own.
                workbook.first_visible = (visible && part.kind == "worksheet").then(|| part.target.clone());
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(workbook)
}

/// The titles: each column up to the last has one, and its own.
fn titles(cells: Vec<Cell>) -> Result<Vec<String>, Unreadable> {
    let title = |cell| match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Date(text) => Some(text.trim().to_owned()).filter(|title| !title.is_empty()),
        Cell::Empty | Cell::Formula | Cell::Other => None,
    };
    let titles: Vec<String> = cells.into_iter().map(|cell| title(cell).ok_or(Unreadable::NoHeader)).collect::<Result<_, _>>()?;
    let different: BTreeSet<&str> = titles.iter().map(String::as_str).collect();
    if different.len() < titles.len() { Err(Unreadable::RepeatedHeader) } else { Ok(titles) }
}
