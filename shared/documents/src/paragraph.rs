//! Paragraphs: a text, how it is set, and its lines at their places.

use crate::font::Weight;
use crate::lines::{Line, broken};
use crate::page::{Mark, Page, Shade, Text, times};
use crate::structure::NodeId;

/// The part of an em that stands above the line of the characters.
const ASCENT: f32 = 0.88;
/// More than this, in ems, is never added between two words of a line to justify it: it would fall apart.
const MOST_STRETCH: f32 = 0.12;

/// The black of text.
pub(crate) const INK: Shade = 20;
/// The grey of what stands beside the text: labels, captions, page numbers.
pub(crate) const QUIET: Shade = 76;

/// Where lines stand in their room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
    /// Both edges even, but for last lines.
    Justified,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f32,
    /// From one line to the next, in parts of the size.
    pub(crate) leading: f32,
    pub(crate) weight: Weight,
    pub(crate) shade: Shade,
    pub(crate) align: Align,
    /// Of the first line, in ems.
    pub(crate) indent: f32,
}

/// A text and how it is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    pub(crate) style: Style,
}

impl Style {
    /// Running text.
    pub(crate) const BODY: Self =
        Self { size: 10.5, leading: 1.7, weight: Weight::Regular, shade: INK, align: Align::Justified, indent: 2.0 };

    pub(crate) const fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    pub(crate) const fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(crate) const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    pub(crate) const fn quiet(self) -> Self {
        Self { shade: QUIET, ..self }
    }

    pub(crate) const fn flush(self) -> Self {
        Self { indent: 0.0, ..self }
    }

    pub(crate) const fn led(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    pub(crate) fn line_height(self) -> f32 {
        self.size * self.leading
    }

    /// A paragraph of this style.
    pub(crate) fn of(self, text: impl Into<String>) -> Paragraph {
        Paragraph { text: text.into(), style: self }
    }
}

/// A line, how it is set, and whether it is the first of a paragraph, which is indented.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Set {
    line: Line,
    style: Style,
    first: bool,
}

impl Set {
    pub(crate) fn height(&self) -> f32 {
        self.style.line_height()
    }

    /// Draws the line into the room from `x` on, `width` wide, below `y`.
    pub(crate) fn draw(&self, page: &mut Page, x: f32, y: f32, width: f32, of: Option<NodeId>) {
        let style = self.style;
        let indent = if self.first { style.indent * style.size } else { 0.0 };
        let slack = width - indent - self.line.width;
        let gaps = self.line.words.len().saturating_sub(1);
        let even = if style.align == Align::Justified && !self.line.ends && gaps > 0 { slack.max(0.0) / times(gaps) } else { 0.0 };
        let stretch = if even <= MOST_STRETCH * style.size { even } else { 0.0 };
        let offset = match style.align {
            Align::Left | Align::Justified => indent,
            Align::Centre => slack / 2.0,
            Align::Right => slack,
        };
        let baseline = y + (style.line_height() - style.size) / 2.0 + ASCENT * style.size;
        let words = self.line.words.clone();
        let text = Text { x: x + offset, baseline, size: style.size, weight: style.weight, shade: style.shade, words, stretch };
        page.draw(Mark::Text(text), of);
    }
}

impl Paragraph {
    /// Its lines in a room of a width.
    pub(crate) fn set(&self, room: f32) -> Vec<Set> {
        let style = self.style;
        let lines = broken(&self.text, style.weight, style.size, room, style.indent * style.size);
        let mut first = true;
        let set = |line: Line| {
            let ends = line.ends;
            let set = Set { line, style, first };
            first = ends;
            set
        };
        lines.into_iter().map(set).collect()
    }
}

/// How high lines are that stand below each other.
pub(crate) fn height(lines: &[Set]) -> f32 {
    lines.iter().map(Set::height).sum()
}
