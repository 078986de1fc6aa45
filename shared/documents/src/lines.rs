//! Where a line may end: UAX 14, by a library, and what it leaves open for Chinese.

use crate::font::{Weight, width};
use unicode_linebreak::linebreaks;

/// The dots within a name never begin a line, which UAX 14 would allow.
const NEVER_FIRST: [char; 3] = ['·', '‧', '•'];
/// A stroke ends a line within an address, as UAX 14 has it, but not between two Chinese words: 元/月 stays together.
const STROKE: char = '/';

/// A hair of room, so that what was measured in another order still fits.
const TOLERANCE: f32 = 0.01;

/// One line as it is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// What it holds, cut wherever a line might have ended: a line that is to be justified is widened there. Spaces at its end stay in
    /// the text, so that words remain apart for those who copy it.
    pub(crate) words: Vec<String>,
    /// Its width, without spaces at its end.
    pub(crate) width: f32,
    /// Whether the text goes on in a new line of its own: such a line is not justified.
    pub(crate) ends: bool,
}

impl Line {
    const EMPTY: Self = Self { words: Vec::new(), width: 0.0, ends: false };

    fn push(&mut self, word: &str, measure: Measure) {
        let trailing = self.words.last().map_or(0.0, |last| measure.of(last) - measure.of(last.trim_end()));
        self.width += trailing + measure.of(word.trim_end());
        self.words.push(word.to_owned());
    }
}

/// How wide a text is.
#[derive(Clone, Copy)]
struct Measure {
    weight: Weight,
    size: f32,
}

impl Measure {
    fn of(self, text: &str) -> f32 {
        width(text, self.weight, self.size)
    }
}

/// A text in lines of a width, the first of each paragraph being indented. A word that is wider than a line is cut where the line is
/// full.
pub(crate) fn broken(text: &str, weight: Weight, size: f32, room: f32, indent: f32) -> Vec<Line> {
    let measure = Measure { weight, size };
    text.split('\n').flat_map(|paragraph| of_paragraph(paragraph, measure, room, indent)).collect()
}

fn of_paragraph(text: &str, measure: Measure, room: f32, indent: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::EMPTY;
    let mut left = room - indent;
    for word in words(text) {
        let needed = measure.of(word.trim_end());
        let trailing = line.words.last().map_or(0.0, |last| measure.of(last) - measure.of(last.trim_end()));
        if line.width + trailing + needed > left + TOLERANCE && !line.words.is_empty() {
            lines.push(std::mem::replace(&mut line, Line::EMPTY));
            left = room;
        }
        if needed <= left + TOLERANCE {
            line.push(word, measure);
            continue;
        }
        for piece in cut(word, measure, left, room) {
            if !line.words.is_empty() {
                lines.push(std::mem::replace(&mut line, Line::EMPTY));
                left = room;
            }
            line.push(piece, measure);
        }
    }
    line.ends = true;
    lines.push(line);
    lines
}

/// A paragraph cut wherever a line may end.
pub(crate) fn words(text: &str) -> Vec<&str> {
    let mut from = 0;
    let mut words = Vec::new();
    for (at, _) in linebreaks(text) {
        let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
        let per = before.ends_with(STROKE) && behind.starts_with(|character: char| !character.is_ascii());
        if !per && !behind.starts_with(NEVER_FIRST) && at > from {
            words.extend(text.get(from..at));
            from = at;
        }
    }
    words
}

/// A word too wide for a line, in pieces that are not.
fn cut(word: &str, measure: Measure, first: f32, room: f32) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut used, mut left) = (0, 0.0, first);
    for (at, character) in word.char_indices() {
        let wide = measure.of(character.encode_utf8(&mut [0; 4]));
        if used + wide > left + TOLERANCE && at > from {
            pieces.extend(word.get(from..at));
            (from, used, left) = (at, 0.0, room);
        }
        used += wide;
    }
    pieces.extend(word.get(from..));
    pieces
}
