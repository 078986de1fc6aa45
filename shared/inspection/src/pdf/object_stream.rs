//! Object streams: the objects inside one, each looked at like an object of the file.

use super::dictionary::Dictionary;
use super::lexer::{Budget, Lexer, number};
use super::names;
use domain::upload::Reason;

/// An object of an object stream: its number, and what it is if it is a whole number, because a length may refer to it.
pub(super) type Packed = (usize, Option<usize>);

/// Looks at the objects.
///
/// Every object has bytes of its own, in order. Overlapping ones would let a short stream grow without bound in a parser.
pub(super) fn check(dictionary: &Dictionary<'_, '_>, content: &[u8], budget: &mut Budget) -> Result<Vec<Packed>, Reason> {
    // Parameters change what the bytes mean.
    if dictionary.get(b"DecodeParms").is_some() {
        return Err(Reason::TooComplex);
    }
    let count = dictionary.number(b"N").ok_or(Reason::Corrupt)?;
    let first = dictionary.number(b"First").ok_or(Reason::Corrupt)?;
    let (header, objects) = content.split_at_checked(first).ok_or(Reason::Corrupt)?;
    let header = index(header)?;
    if header.len() != count {
        return Err(Reason::Corrupt);
    }
    let ends = header.iter().skip(1).map(|(_, start)| *start).chain([objects.len()]);
    let mut packed = Vec::with_capacity(count);
    for ((id, start), end) in header.iter().zip(ends) {
        let object = objects.get(*start..end).filter(|object| !object.is_empty()).ok_or(Reason::Corrupt)?;
        // It ends where the next begins: what is cut off there is not cut off with the file.
        let cut = |reason| if reason == Reason::Truncated { Reason::Corrupt } else { reason };
        let (tokens, _) = Lexer::new(object).until(&[], budget).map_err(cut)?;
        names::check(&tokens)?;
        packed.push((*id, if let [only] = tokens.as_slice() { only.number() } else { None }));
    }
    Ok(packed)
}

/// Pairs of an object's number and where it begins.
fn index(header: &[u8]) -> Result<Vec<(usize, usize)>, Reason> {
    let words = header.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let numbers: Vec<usize> = words.map(|word| number(word).ok_or(Reason::Corrupt)).collect::<Result<_, _>>()?;
    let (pairs, odd) = numbers.as_chunks::<2>();
    if odd.is_empty() { Ok(pairs.iter().map(|[id, start]| (*id, *start)).collect()) } else { Err(Reason::Corrupt) }
}
