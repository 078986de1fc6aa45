//! Cross-references: where a file says its objects are. Every claim is compared with where they were found.

use super::dictionary::Dictionary;
use super::lexer::{Budget, Lexer, Token};
use crate::predictor::paeth;
use domain::upload::Reason;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a field of a cross-reference stream.
const MAX_WIDTH: usize = 8;

/// Where one object is.
pub(super) enum Entry {
    /// Here in the file.
    At { offset: usize, id: usize, generation: usize },
    /// In this object stream.
    In { container: usize },
}

/// One table or stream of cross-references.
pub(super) struct Section {
    pub(super) entries: Vec<Entry>,
    /// The sections that it refers to: the one before it, and the one that completes it.
    pub(super) next: Vec<usize>,
}

/// Reads the table that follows `xref`, up to `trailer`.
pub(super) fn table(lexer: &mut Lexer<'_>, budget: &mut Budget) -> Result<Vec<Entry>, Reason> {
    let mut entries = Vec::new();
    loop {
        let first = match lexer.next(budget)? {
            Some(Token::Word(b"trailer")) => return Ok(entries),
            Some(token) => token.number().ok_or(Reason::Corrupt)?,
            None => return Err(Reason::Truncated),
        };
        let count = number(lexer, budget)?;
        // A claim of billions ends with the tokens that are there, or with the budget.
        for id in first..first.saturating_add(count) {
            let (offset, generation) = (number(lexer, budget)?, number(lexer, budget)?);
            match lexer.next(budget)? {
                Some(Token::Word(b"n")) => entries.push(Entry::At { offset, id, generation }),
                // Some readers take this for a table that counts from the wrong number, and shift it.
                Some(Token::Word(b"f")) if id == 1 && first == 1 => return Err(Reason::Corrupt),
                Some(Token::Word(b"f")) => {}
                _ => return Err(Reason::Corrupt),
            }
        }
    }
}

/// The number that comes next.
pub(super) fn number(lexer: &mut Lexer<'_>, budget: &mut Budget) -> Result<usize, Reason> {
    lexer.next(budget)?.ok_or(Reason::Truncated)?.number().ok_or(Reason::Corrupt)
}

/// Reads a cross-reference stream.
pub(super) fn stream(dictionary: &Dictionary<'_, '_>, content: Vec<u8>, budget: &mut Budget) -> Result<Section, Reason> {
    let widths = dictionary.numbers(b"W")?.ok_or(Reason::Corrupt)?;
    let &[kind, second, third] = widths.as_slice() else { return Err(Reason::Corrupt) };
    if [kind, second, third].iter().any(|width| *width > MAX_WIDTH) || second == 0 {
        return Err(Reason::Corrupt);
    }
    let size = dictionary.number(b"Size").ok_or(Reason::Corrupt)?;
    let ranges = dictionary.numbers(b"Index")?.unwrap_or_else(|| vec![0, size]);
    let (ranges, odd) = ranges.as_chunks::<2>();
    let content = unpredicted(dictionary, content)?;
    let mut rows = content.chunks_exact(kind + second + third);
    let claimed = ranges.iter().fold(0_usize, |sum, [_, count]| sum.saturating_add(*count));
    if !odd.is_empty() || claimed > rows.len() {
        return Err(Reason::Corrupt);
    }
    budget.take(claimed)?;
    let mut entries = Vec::with_capacity(claimed);
    for id in ranges.iter().flat_map(|[first, count]| *first..first.saturating_add(*count)) {
        let row = rows.next().ok_or(Reason::Corrupt)?;
        let (kind_field, rest) = row.split_at_checked(kind).ok_or(Reason::Corrupt)?;
        let (second_field, third_field) = rest.split_at_checked(second).ok_or(Reason::Corrupt)?;
        match if kind == 0 { 1 } else { value(kind_field) } {
            0 => {}
            1 => entries.push(Entry::At { offset: value(second_field), id, generation: value(third_field) }),
            2 => entries.push(Entry::In { container: value(second_field) }),
            _ => return Err(Reason::Corrupt),
        }
    }
    Ok(Section { entries, next: next(dictionary)? })
}

/// The sections that a trailer refers to.
pub(super) fn next(dictionary: &Dictionary<'_, '_>) -> Result<Vec<usize>, Reason> {
    let keys: [&[u8]; 2] = [b"Prev", b"XRefStm"];
    let named = keys.into_iter().filter(|key| dictionary.get(key).is_some());
    named.map(|key| dictionary.number(key).ok_or(Reason::Corrupt)).collect()
}

/// Follows the sections from the one that the file ends with: each must be there, and none leads back. Nor is there one that is not
/// met on the way: a reader that begins elsewhere, as with a file written for the web, would follow it unseen.
pub(super) fn check_chain(start: usize, sections: &BTreeMap<usize, Section>) -> Result<(), Reason> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(offset) = open.pop() {
        if !seen.insert(offset) {
            return Err(Reason::Corrupt);
        }
        open.extend(&sections.get(&offset).ok_or(Reason::Corrupt)?.next);
    }
    if seen.len() == sections.len() { Ok(()) } else { Err(Reason::Corrupt) }
}

fn value(field: &[u8]) -> usize {
    field.iter().fold(0, |value, byte| value << 8 | usize::from(*byte))
}

/// Takes back what a PNG predictor did to the rows.
fn unpredicted(dictionary: &Dictionary<'_, '_>, content: Vec<u8>) -> Result<Vec<u8>, Reason> {
    let Some(parameters) = dictionary.get(b"DecodeParms") else { return Ok(content) };
    let parameters = Dictionary::read(parameters)?;
    let columns = match (parameters.number(b"Predictor").unwrap_or(1), parameters.number(b"Columns").unwrap_or(1)) {
        (1, _) => return Ok(content),
        (10..=15, columns @ 1..=64) => columns,
        _ => return Err(Reason::TooComplex),
    };
    if parameters.get(b"Colors").is_some()
        || parameters.get(b"BitsPerComponent").is_some_and(|_| parameters.number(b"BitsPerComponent") != Some(8))
    {
        return Err(Reason::TooComplex);
    }
    let mut plain = Vec::with_capacity(content.len());
    let mut above = vec![0; columns];
    for row in content.chunks_exact(columns + 1) {
        let (filter, row) = row.split_first().ok_or(Reason::Corrupt)?;
        above = unfiltered(*filter, row, &above)?;
        plain.extend_from_slice(&above);
    }
    Ok(plain)
}

fn unfiltered(filter: u8, row: &[u8], above: &[u8]) -> Result<Vec<u8>, Reason> {
    let (mut left, mut corner) = (0_u8, 0_u8);
    let mut plain = Vec::with_capacity(row.len());
    for (byte, above) in row.iter().zip(above) {
        let predicted = match filter {
            0 => 0,
            1 => left,
            2 => *above,
            3 => left.midpoint(*above),
            4 => paeth(left, *above, corner),
            _ => return Err(Reason::Corrupt),
        };
        left = byte.wrapping_add(predicted);
        corner = *above;
        plain.push(left);
    }
    Ok(plain)
}
