//! Tables: cells that grow with their text, reach over columns and rows, and go on across pages.

mod laid;
mod paging;

pub(crate) use laid::Laid;

use crate::page::Shade;
use crate::paragraph::{Align, Paragraph, Style};

/// What a cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Names a column.
    ColumnHead,
    /// Names a row. Where a row goes on across pages, it is shown again.
    Label,
    /// Names several rows, its text running downwards.
    Side,
    /// What the table tells.
    Data,
}

impl Kind {
    fn fill(self) -> Option<Shade> {
        match self {
            Self::ColumnHead | Self::Side => Some(236),
            Self::Label => Some(247),
            Self::Data => None,
        }
    }
}

/// Where a text stands in a cell that is higher than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    Top,
    Middle,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) kind: Kind,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) across: usize,
    pub(crate) down: usize,
    pub(crate) stand: Stand,
}

/// How cells are set.
pub(crate) const CELL: Style = Style::BODY.sized(9.5).led(1.45).flush();

impl Cell {
    pub(crate) fn new(kind: Kind, paragraphs: Vec<Paragraph>) -> Self {
        Self { kind, paragraphs, across: 1, down: 1, stand: Stand::Middle }
    }

    pub(crate) fn data(text: impl Into<String>) -> Self {
        Self::new(Kind::Data, vec![CELL.of(text)])
    }

    pub(crate) fn label(text: impl Into<String>) -> Self {
        Self::new(Kind::Label, vec![CELL.quiet().aligned(Align::Centre).of(text)])
    }

    pub(crate) fn head(text: impl Into<String>) -> Self {
        Self::new(Kind::ColumnHead, vec![CELL.bold().aligned(Align::Centre).of(text)])
    }

    pub(crate) fn side(text: impl Into<String>, down: usize) -> Self {
        Self { down, ..Self::new(Kind::Side, vec![CELL.bold().sized(10.0).aligned(Align::Centre).of(text)]) }
    }

    pub(crate) fn across(self, across: usize) -> Self {
        Self { across, ..self }
    }

    pub(crate) fn standing(self, stand: Stand) -> Self {
        Self { stand, ..self }
    }
}

/// Cells from left to right; those that reach down from rows above are not among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// At least so high.
    pub(crate) at_least: f32,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, at_least: 0.0 }
    }
}

/// A table over the whole measure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// Widths of the columns in parts of the measure: they make one.
    pub(crate) columns: Vec<f32>,
    /// How many rows at its beginning are shown again on every page.
    pub(crate) heads: usize,
    pub(crate) rows: Vec<Row>,
}
