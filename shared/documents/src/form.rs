//! The form of every document: sections with labels, and what stands in for what is not known.

use crate::compose::Block;
use crate::paragraph::{Align, Paragraph, Style};
use crate::table::{CELL, Cell, Kind, Row, Table};

/// In the place of what is optional and empty.
pub(crate) const NOTHING: &str = "—";

/// Side, label, value, label, value.
const COLUMNS: [f32; 5] = [0.055, 0.15, 0.3225, 0.15, 0.3225];

/// What a form shows of a field.
pub(crate) fn shown(field: Option<&String>) -> &str {
    field.map(String::as_str).filter(|field| !field.is_empty()).unwrap_or(NOTHING)
}

/// One line of a form.
pub(crate) struct Entry(Vec<Cell>);

/// Two fields beside each other.
pub(crate) fn pair(label: &str, value: impl Into<String>, other_label: &str, other: impl Into<String>) -> Entry {
    Entry(vec![Cell::label(label), Cell::data(value), Cell::label(other_label), Cell::data(other)])
}

/// A field over the whole width.
pub(crate) fn wide(label: &str, value: impl Into<String>) -> Entry {
    Entry(vec![Cell::label(label), Cell::data(value).across(3)])
}

/// A form on its way.
#[derive(Default)]
pub(crate) struct Form {
    rows: Vec<Row>,
}

impl Form {
    /// A section, its name running down at its side.
    pub(crate) fn section(mut self, name: &str, beside: &str, entries: Vec<Entry>) -> Self {
        let mut side = Cell::side(name, entries.len());
        if !beside.is_empty() {
            side.paragraphs.push(CELL.quiet().aligned(Align::Centre).sized(9.0).of(beside));
        }
        let mut side = Some(side);
        self.rows.extend(entries.into_iter().map(|Entry(cells)| Row::new(side.take().into_iter().chain(cells).collect())));
        self
    }

    /// A field that is a section by itself.
    pub(crate) fn alone(mut self, label: &str, value: impl Into<String>) -> Self {
        let name = Cell::new(Kind::Side, vec![CELL.bold().sized(10.0).aligned(Align::Centre).of(label)]);
        self.rows.push(Row::new(vec![name.across(2), Cell::data(value).across(3)]));
        self
    }

    pub(crate) fn table(self) -> Block {
        Block::Table(Table { columns: COLUMNS.to_vec(), heads: 0, rows: self.rows })
    }
}

/// Whether something is received, as on paper: one of two boxes is filled.
pub(crate) fn choice(accepts: bool) -> &'static str {
    if accepts { "■ 接收　□ 不接收" } else { "□ 接收　■ 不接收" }
}

/// A digest in two halves, which a narrow column has room for.
pub(crate) fn halves(digest: &str) -> String {
    let middle = digest.len() / 2;
    digest.split_at_checked(middle).map_or_else(|| digest.to_owned(), |(one, other)| format!("{one}\n{other}"))
}

/// The name of a document.
pub(crate) fn title(text: &str) -> Block {
    Block::Heading(1, Style::BODY.sized(19.0).led(1.5).bold().flush().aligned(Align::Centre).of(text))
}

/// The name of a part.
pub(crate) fn heading(text: &str) -> Block {
    Block::Heading(2, Style::BODY.sized(11.0).led(1.9).bold().flush().aligned(Align::Left).of(text))
}

/// Running text.
pub(crate) fn text(text: impl Into<String>) -> Block {
    Block::Text(Style::BODY.of(text))
}

/// What is to be known about a document, set small.
pub(crate) fn note(text: impl Into<String>) -> Block {
    Block::Text(Style::BODY.sized(8.5).led(1.6).flush().quiet().of(text))
}

/// A line at the head of the first page.
pub(crate) fn fact(text: impl Into<String>) -> Paragraph {
    Style::BODY.sized(9.5).led(1.7).flush().aligned(Align::Left).of(text)
}

/// A line of who signs, to the right.
pub(crate) fn closing(text: impl Into<String>) -> Block {
    Block::Text(Style::BODY.flush().aligned(Align::Right).of(text))
}
