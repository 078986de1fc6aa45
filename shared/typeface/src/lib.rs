//! The typeface of the documents: Noto Serif CJK SC, cut by `font/cut.py`, in two weights. Its licence lies beside it.
//!
//! A crate of its own, so that whoever reads what people enter can ask what it shows without knowing how to draw.

use std::sync::LazyLock;

/// The regular weight, OpenType.
pub static REGULAR: &[u8] = include_bytes!("../font/serif-regular.otf");
/// The bold weight, OpenType; it has fewer characters.
pub static BOLD: &[u8] = include_bytes!("../font/serif-bold.otf");

/// Runs of code points that the typeface has, in their order. Apart from the typeface itself, so that a function that only looks at
/// names does not carry twelve megabytes of outlines.
static COVERAGE: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| include_str!("../font/coverage.txt").lines().filter_map(run).collect());

/// One line of the coverage: the first and the last of a run, in hexadecimal.
fn run(line: &str) -> Option<(u32, u32)> {
    let (first, last) = line.split_once(' ')?;
    Some((u32::from_str_radix(first, 16).ok()?, u32::from_str_radix(last, 16).ok()?))
}

/// The characters of a text that no document can show, each once, in the order of the text: a text with one of them is refused where it is
/// entered, for no document is drawn with a box in its place. Ends of lines are no characters.
#[must_use]
pub fn lacks(text: &str) -> Vec<char> {
    let mut lacking = Vec::new();
    for character in text.chars().filter(|&character| character != '\n' && !has(character)) {
        if !lacking.contains(&character) {
            lacking.push(character);
        }
    }
    lacking
}

fn has(character: char) -> bool {
    let code_point = u32::from(character);
    let behind = COVERAGE.partition_point(|&(first, _)| first <= code_point);
    behind.checked_sub(1).and_then(|before| COVERAGE.get(before)).is_some_and(|&(_, last)| code_point <= last)
}
