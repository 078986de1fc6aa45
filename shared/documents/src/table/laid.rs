//! A table with the places of its cells and the heights of its rows.

use super::{Cell, Kind, Stand, Table};
use crate::page::{Area, MARGIN, MEASURE, Mark, Page};
use crate::paragraph::{Set, height};
use crate::structure::{Extent, NodeId, Role, Structure};

/// Between a cell's edge and its text.
const PAD_X: f32 = 5.0;
const PAD_Y: f32 = 3.1;
/// Within the table.
const HAIRLINE: f32 = 0.5;
const HAIRLINE_SHADE: u8 = 120;

/// A cell at its place between the edges of the table.
#[derive(Clone, Debug)]
pub(super) struct LaidCell {
    x: f32,
    width: f32,
    pub(super) kind: Kind,
    stand: Stand,
    pub(super) lines: Vec<Set>,
    /// None once it was drawn: what is shown again is no second cell.
    pub(super) of: Option<NodeId>,
}

/// The cells of one row that reach no further down.
#[derive(Clone, Debug)]
pub(super) struct LaidRow {
    pub(super) cells: Vec<LaidCell>,
    pub(super) height: f32,
}

/// A cell over several rows, from one to another.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) cell: LaidCell,
}

/// A table laid out, not yet on pages.
#[derive(Debug)]
pub(crate) struct Laid {
    pub(super) rows: Vec<LaidRow>,
    pub(super) spans: Vec<Span>,
    pub(super) heads: usize,
}

impl LaidCell {
    /// How high its text makes it.
    pub(super) fn needs(&self) -> f32 {
        height(&self.lines) + 2.0 * PAD_Y
    }

    /// Draws it from `y` on, so high. A text that is higher is left out: it is a label that a page break has left too little room.
    pub(super) fn draw(&self, page: &mut Page, y: f32, high: f32) {
        let area = Area { x: self.x, y, width: self.width, height: high };
        if let Some(shade) = self.kind.fill() {
            page.draw(Mark::Fill(area, shade), None);
        }
        page.draw(Mark::Frame(area, HAIRLINE, HAIRLINE_SHADE), None);
        let text = height(&self.lines);
        if text > high {
            return;
        }
        let mut line_y = match self.stand {
            Stand::Top => y + PAD_Y,
            Stand::Middle => y + (high - text) / 2.0,
        };
        for line in &self.lines {
            line.draw(page, self.x + PAD_X, line_y, self.width - 2.0 * PAD_X, self.of);
            line_y += line.height();
        }
    }

    /// Takes the lines that fit into a height, and leaves the rest.
    pub(super) fn take(&mut self, high: f32) -> Vec<Set> {
        let mut used = 2.0 * PAD_Y;
        let fitting = self.lines.iter().take_while(|line| {
            used += line.height();
            used <= high
        });
        let count = fitting.count();
        let rest = self.lines.split_off(count);
        std::mem::replace(&mut self.lines, rest)
    }
}

impl Laid {
    /// Lays a table out, and notes its parts in the structure.
    pub(crate) fn new(table: &Table, structure: &mut Structure) -> Self {
        let edges: Vec<f32> = std::iter::once(0.0).chain(table.columns.iter().scan(0.0, |sum, part| Some(accrue(sum, *part)))).collect();
        let mut laid = Self { rows: Vec::new(), spans: Vec::new(), heads: table.heads };
        let whole = structure.add(Role::Table, None);
        // Up to which row, itself excluded, each column is taken by a cell from above.
        let mut taken = vec![0; table.columns.len()];
        for (number, row) in table.rows.iter().enumerate() {
            let of_row = structure.add(Role::Row, Some(whole));
            let mut cells = Vec::new();
            for cell in &row.cells {
                let column = taken.iter().position(|&until| until <= number).unwrap_or(taken.len());
                taken.iter_mut().skip(column).take(cell.across).for_each(|until| *until = number + cell.down);
                let of = structure.add(role(cell), Some(of_row));
                let laid_cell = place(cell, &edges, column, of);
                match cell.down {
                    1 => cells.push(laid_cell),
                    down => laid.spans.push(Span { first: number, last: number + down - 1, cell: laid_cell }),
                }
            }
            let height = cells.iter().map(LaidCell::needs).fold(row.at_least, f32::max);
            laid.rows.push(LaidRow { cells, height });
        }
        laid.stretch();
        laid
    }

    /// Makes the last rows of spans high enough for their text.
    fn stretch(&mut self) {
        for Span { first, last, cell } in &self.spans {
            let missing = cell.needs() - self.height(*first, last + 1);
            if let Some(row) = self.rows.get_mut(*last).filter(|_| missing > 0.0) {
                row.height += missing;
            }
        }
    }

    /// How high the rows are from one to another, which is not counted.
    pub(super) fn height(&self, from: usize, to: usize) -> f32 {
        self.rows.iter().take(to).skip(from).map(|row| row.height).sum()
    }
}

fn accrue(sum: &mut f32, part: f32) -> f32 {
    *sum += part;
    *sum
}

fn place(cell: &Cell, edges: &[f32], column: usize, of: NodeId) -> LaidCell {
    let edge = |column: usize| edges.get(column).copied().unwrap_or(1.0) * MEASURE;
    let (left, right) = (edge(column), edge(column + cell.across));
    let width = right - left;
    let lines = cell.paragraphs.iter().flat_map(|paragraph| paragraph.set(width - 2.0 * PAD_X)).collect();
    LaidCell { x: MARGIN + left, width, kind: cell.kind, stand: cell.stand, lines, of: Some(of) }
}

fn role(cell: &Cell) -> Role {
    let extent = Extent { across: cell.across, down: cell.down };
    match cell.kind {
        Kind::ColumnHead => Role::ColumnHead(extent),
        Kind::Label | Kind::Side => Role::RowHead(extent),
        Kind::Data => Role::Data(extent),
    }
}
