//! Streams of a PDF: how they are packed, and how much comes out when they are unpacked.

use super::dictionary::Dictionary;
use super::lexer::{Bracket, Token};
use crate::jpeg;
use domain::upload::Reason;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// What all streams but pictures unpack to. A page of text and lines has some 100 KiB.
const MAX_UNPACKED: usize = 50 << 20;

/// What one stream of objects or cross-references unpacks to: this much is held in memory.
const MAX_STRUCTURE: usize = 8 << 20;

/// How many times its size a stream unpacks to, pictures apart, once it is longer than a short one.
const MAX_RATIO: usize = 200;
const SHORT: usize = 1 << 20;

/// What one picture, and all of them, unpack to: an A4 page at 600 dpi has 105 MB of colours.
const MAX_PICTURE: usize = 120 << 20;
const MAX_PICTURES: usize = 400 << 20;

/// Pixels of such a page, with a margin; and the sides.
const MAX_PIXELS: usize = 40_000_000;
pub(super) const MAX_SIDE: usize = 15_000;

/// Bytes of a JPEG that are looked at: what stands before its frame's header is metadata.
const MAX_HEAD: usize = 1 << 20;

/// What may still be unpacked of a file.
pub(super) struct Unpacking {
    plain: usize,
    pictures: usize,
}

impl Unpacking {
    pub(super) fn new() -> Self {
        Self { plain: MAX_UNPACKED, pictures: MAX_PICTURES }
    }

    /// Checks a stream that draws: nothing of it is kept.
    pub(super) fn check(&mut self, dictionary: &Dictionary<'_, '_>, data: &[u8]) -> Result<(), Reason> {
        let picture = dictionary.is(b"Subtype", b"Image");
        if picture {
            check_sides(dictionary)?;
        }
        let (packing, filters) = (packing(dictionary)?, filters(dictionary)?);
        let jpeg = filters.last() == Some(&b"DCTDecode".as_slice());
        let armoured;
        let data = if filters.len() > 1 && filters.first() == Some(&b"ASCII85Decode".as_slice()) {
            armoured = from_ascii85(data)?;
            &armoured
        } else {
            data
        };
        if packing == Packing::Coded {
            return if jpeg { check_jpeg(data) } else { Ok(()) };
        }
        let ratio = data.len().saturating_mul(MAX_RATIO).max(SHORT);
        let (left, most) = if picture { (&mut self.pictures, MAX_PICTURE) } else { (&mut self.plain, ratio) };
        let mut head = Vec::new();
        let keep = |part: &[u8]| {
            if jpeg && head.len() < MAX_HEAD {
                head.extend_from_slice(part);
            }
        };
        *left -= unpack(data, most.min(*left), keep)?;
        if jpeg { check_jpeg(&head) } else { Ok(()) }
    }

    /// Unpacks a stream that holds structure.
    pub(super) fn structure(&mut self, dictionary: &Dictionary<'_, '_>, data: &[u8]) -> Result<Vec<u8>, Reason> {
        match filters(dictionary)?.as_slice() {
            [] if data.len() <= MAX_STRUCTURE => return Ok(data.to_vec()),
            [b"FlateDecode"] => {}
            _ => return Err(Reason::TooComplex),
        }
        let ratio = data.len().saturating_mul(MAX_RATIO).max(SHORT);
        let mut unpacked = Vec::new();
        let length = unpack(data, ratio.min(self.plain).min(MAX_STRUCTURE), |part| unpacked.extend_from_slice(part))?;
        self.plain -= length;
        Ok(unpacked)
    }
}

fn check_sides(dictionary: &Dictionary<'_, '_>) -> Result<(), Reason> {
    let side = |key: &[u8]| dictionary.number(key).ok_or(Reason::Corrupt);
    check_area(side(b"Width")?, side(b"Height")?)
}

/// Checks the sides that a JPEG says it has, whatever is written about it.
fn check_jpeg(data: &[u8]) -> Result<(), Reason> {
    let (width, height) = jpeg::sides(data).map_err(|_| Reason::Corrupt)?;
    // A height of nothing is one that is told after the picture.
    if width == 0 || height == 0 {
        return Err(Reason::Corrupt);
    }
    check_area(usize::from(width), usize::from(height))
}

fn check_area(width: usize, height: usize) -> Result<(), Reason> {
    let few = width <= MAX_SIDE && height <= MAX_SIDE && width.saturating_mul(height) <= MAX_PIXELS;
    if few { Ok(()) } else { Err(Reason::TooManyPixels) }
}

/// How a stream that draws is packed, apart from being written in ASCII.
#[derive(PartialEq, Eq)]
enum Packing {
    /// Not at all, or as a coded picture: what comes out is bounded by its sides.
    Coded,
    Deflated,
}

/// The packings that are known, none of them twice: deflating what is deflated has no use but to unpack to a million times its size.
fn packing(dictionary: &Dictionary<'_, '_>) -> Result<Packing, Reason> {
    let picture = |filter: &[u8]| matches!(filter, b"DCTDecode" | b"CCITTFaxDecode" | b"JBIG2Decode" | b"JPXDecode");
    match filters(dictionary)?.as_slice() {
        [] | [b"ASCII85Decode"] => Ok(Packing::Coded),
        [only] | [b"ASCII85Decode", only] if picture(only) => Ok(Packing::Coded),
        [b"FlateDecode"] | [b"ASCII85Decode", b"FlateDecode"] => Ok(Packing::Deflated),
        [b"FlateDecode", last] if picture(last) => Ok(Packing::Deflated),
        [b"Crypt", ..] => Err(Reason::Encrypted),
        _ => Err(Reason::TooComplex),
    }
}

fn filters<'t>(dictionary: &Dictionary<'t, '_>) -> Result<Vec<&'t [u8]>, Reason> {
    // The content of such a stream is in another file.
    if dictionary.get(b"F").is_some() {
        return Err(Reason::ExternalReference);
    }
    let names = match dictionary.get(b"Filter") {
        None | Some([Token::Word(b"null")]) => return Ok(Vec::new()),
        Some([Token::Open(Bracket::Array), names @ .., Token::Close(Bracket::Array)]) => names,
        Some(name) => name,
    };
    let name = |token: &'t Token<'_>| match token {
        Token::Name(name) => Ok(name.as_ref()),
        Token::Text(_) | Token::Hex(_) | Token::Word(_) | Token::Open(_) | Token::Close(_) => Err(Reason::TooComplex),
    };
    names.iter().map(name).collect()
}

/// Unpacks, part by part, no more than a limit. What does not unpack to its end is refused: another reader may get further.
fn unpack(data: &[u8], limit: usize, mut keep: impl FnMut(&[u8])) -> Result<usize, Reason> {
    let mut decoder = ZlibDecoder::new(data);
    let mut buffer = vec![0; 32 << 10];
    let mut length = 0_usize;
    loop {
        let read = decoder.read(&mut buffer).map_err(|_| Reason::Corrupt)?;
        if read == 0 {
            return Ok(length);
        }
        length += read;
        if length > limit {
            return Err(Reason::InflatesTooMuch);
        }
        keep(buffer.get(..read).unwrap_or_default());
    }
}

/// Takes back base 85: five characters are four bytes, `z` is four zeros, `~>` ends it.
fn from_ascii85(written: &[u8]) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    let mut group = Vec::with_capacity(5);
    for byte in written.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'z' if group.is_empty() => bytes.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => return Err(Reason::Corrupt),
        }
        if group.len() == 5 {
            bytes.extend_from_slice(&group85(&group));
            group.clear();
        }
    }
    // A short last group stands for one byte less than it has characters.
    if let Some(length) = group.len().checked_sub(1) {
        group.resize(5, 84);
        bytes.extend_from_slice(group85(&group).get(..length).unwrap_or_default());
    }
    Ok(bytes)
}

fn group85(digits: &[u32]) -> [u8; 4] {
    digits.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit)).to_be_bytes()
}
