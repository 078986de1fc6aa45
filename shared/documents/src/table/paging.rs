//! Tables across pages: breaks between rows, within a high row between lines, heads and labels shown again.

use super::Kind;
use super::laid::{Laid, LaidRow};
use crate::Undrawable;
use crate::compose::Composer;
use crate::page::{Area, BOTTOM, MARGIN, MEASURE, Mark, TOP};

/// Around each part of a table.
const OUTLINE: f32 = 1.0;
const OUTLINE_SHADE: u8 = 60;
/// Lines of a row that stay together at either side of a page break.
const TOGETHER: usize = 2;
/// What rounding may add.
const TOLERANCE: f32 = 0.05;

impl Laid {
    /// How much room its beginning wants: its heads and the row below them, or the first lines of that row.
    pub(crate) fn beginning(&self) -> f32 {
        let below = self.rows.get(self.heads).map_or(0.0, |row| row.least().unwrap_or(row.height));
        self.height(0, self.heads) + below
    }

    /// Draws it on the pages of a composer, the last of its rows on a page with what closes it, so high.
    pub(crate) fn draw(mut self, composer: &mut Composer, closing: f32) -> Result<(), Undrawable> {
        let mut from = 0;
        while from < self.rows.len() {
            let repeated = if from > self.heads { self.height(0, self.heads) } else { 0.0 };
            let room = BOTTOM - composer.y() - repeated;
            let until = self.fitting(from, room, closing);
            // Heads alone, or nothing: what comes next wants a page of its own, unless it has one.
            if until <= from.max(self.heads) && until < self.rows.len() && composer.y() > TOP {
                composer.turn()?;
                continue;
            }
            if until == from {
                return Err(Undrawable::TooLong);
            }
            if repeated > 0.0 {
                self.draw_rows(composer, 0, self.heads);
            }
            self.draw_rows(composer, from, until);
            from = until;
            if from < self.rows.len() {
                composer.turn()?;
            }
        }
        Ok(())
    }

    /// The row before which the page ends. A row that does not fit is cut in two, if that leaves lines enough on both sides.
    fn fitting(&mut self, from: usize, room: f32, closing: f32) -> usize {
        let mut used = 0.0;
        let heights = self.rows.iter().skip(from).map(|row| row.height);
        let whole = heights.take_while(|height| {
            used += height;
            used <= room + TOLERANCE
        });
        let until = from + whole.count();
        if until >= self.rows.len() {
            let closed = self.height(from, until) + closing <= room + TOLERANCE;
            let last = until.saturating_sub(1);
            return if closed || last <= from.max(self.heads) || !self.labels_fit(from, last) { until } else { last };
        }
        if self.cut(until, room - self.height(from, until)) {
            return until + 1;
        }
        // A label that runs down beside several rows wants room on both pages.
        (from + 1..=until).rev().find(|&end| self.labels_fit(from, end)).unwrap_or(until)
    }

    fn labels_fit(&self, from: usize, end: usize) -> bool {
        let crossing = self.spans.iter().filter(|span| span.first < end && end <= span.last);
        crossing.into_iter().all(|span| {
            let needs = span.cell.needs();
            needs <= self.height(span.first.max(from), end) && needs <= self.height(end, span.last + 1)
        })
    }

    /// Cuts a row, so that its first part is no higher than the room.
    fn cut(&mut self, number: usize, room: f32) -> bool {
        let Some(row) = self.rows.get_mut(number) else { return false };
        if row.least().is_none_or(|least| least > room) {
            return false;
        }
        let rest = row.split(room);
        self.rows.insert(number + 1, rest);
        for span in &mut self.spans {
            span.first += usize::from(span.first > number);
            span.last += usize::from(span.last >= number);
        }
        true
    }

    /// Draws rows from one to another, which is not drawn, below each other. What was drawn before belongs to nothing.
    fn draw_rows(&mut self, composer: &mut Composer, from: usize, until: usize) {
        let top = composer.y();
        let mut y = top;
        for number in from..until {
            for span in self.spans.iter_mut().filter(|span| span.first.max(from) == number && number <= span.last) {
                let rows = self.rows.iter().take((span.last + 1).min(until)).skip(number);
                let high: f32 = rows.map(|row| row.height).sum();
                span.cell.draw(composer.page(), y, high);
                if high >= span.cell.needs() {
                    span.cell.of = None;
                }
            }
            let Some(row) = self.rows.get_mut(number) else { continue };
            for cell in &mut row.cells {
                cell.draw(composer.page(), y, row.height);
                cell.of = None;
            }
            y += row.height;
        }
        let area = Area { x: MARGIN, y: top, width: MEASURE, height: y - top };
        composer.page().draw(Mark::Frame(area, OUTLINE, OUTLINE_SHADE), None);
        composer.advance(y - top);
    }
}

impl LaidRow {
    /// How high the first part of it is at least, should it be cut; nothing, if it has too few lines for that.
    fn least(&self) -> Option<f32> {
        let long = self.cells.iter().filter(|cell| cell.kind == Kind::Data).max_by_key(|cell| cell.lines.len())?;
        let enough = long.lines.len() >= 2 * TOGETHER;
        let rest: f32 = long.lines.iter().skip(TOGETHER).map(crate::paragraph::Set::height).sum();
        let others = self.cells.iter().filter(|cell| cell.kind != Kind::Data).map(super::laid::LaidCell::needs);
        enough.then(|| others.fold(long.needs() - rest, f32::max))
    }

    /// Keeps what fits into a height, and gives the row that goes on: its labels are shown again.
    fn split(&mut self, room: f32) -> Self {
        let mut cells = Vec::new();
        for cell in &mut self.cells {
            let mut rest = cell.clone();
            if cell.kind == Kind::Data {
                cell.lines = rest.take(room);
                let missing = TOGETHER.saturating_sub(rest.lines.len()).min(cell.lines.len());
                if !rest.lines.is_empty() && missing > 0 && cell.lines.len() > TOGETHER {
                    let carried = cell.lines.split_off(cell.lines.len() - missing);
                    rest.lines.splice(0..0, carried);
                }
            } else {
                rest.of = None;
            }
            cells.push(rest);
        }
        let needs = |cells: &[super::laid::LaidCell]| cells.iter().map(super::laid::LaidCell::needs).fold(0.0, f32::max);
        self.height = needs(&self.cells);
        Self { height: needs(&cells), cells }
    }
}
