//! PNG: its chunks are walked from the header to the end; only those that draw the picture reach the decoder. It is
//! not turned: no scanner writes how it is meant to be seen, and a turned copy of the largest would take as much memory again.

mod writer;

use crate::markers::holds_program;
use crate::{guarded, picture};
use domain::upload::Reason;
use flate2::read::ZlibDecoder;
use std::io::Read;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Longest chunk that does not draw; a colour profile of a printer has half.
const MAX_METADATA: usize = 1 << 20;

/// Colours of a palette, three bytes each.
const MAX_PALETTE: usize = 256 * 3;

/// How many of them there may be, and how many packed: a picture has ten or so, and taking one apart costs what a short file does.
const MAX_CHUNKS: usize = 256;
const MAX_PACKED: usize = 16;

/// What all of them may unpack to.
const MAX_UNPACKED: usize = 4 << 20;

/// Draws a PNG anew, without its metadata.
pub(crate) fn redraw(bytes: &[u8], max_bytes: usize) -> Result<Vec<u8>, Reason> {
    let image = picture::draw_png(walk(bytes)?)?;
    guarded(|| writer::write(&image, max_bytes))
}

/// What may still come that does not draw.
struct Budget {
    chunks: usize,
    packed: usize,
    unpacked: usize,
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    /// As it stands in the file: length, kind, data, checksum.
    whole: &'a [u8],
}

fn walk(bytes: &[u8]) -> Result<Vec<u8>, Reason> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or(Reason::WrongKind)?;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(SIGNATURE);
    let header = next(&mut rest)?;
    check_header(&header)?;
    kept.extend_from_slice(header.whole);
    let mut budget = Budget { chunks: MAX_CHUNKS, packed: MAX_PACKED, unpacked: MAX_UNPACKED };
    loop {
        let chunk = next(&mut rest)?;
        match &chunk.kind {
            // A decoder may read whole colours without counting.
            b"PLTE" if chunk.data.len() > MAX_PALETTE || !chunk.data.len().is_multiple_of(3) => return Err(Reason::Corrupt),
            b"PLTE" | b"tRNS" | b"IDAT" | b"IEND" => kept.extend_from_slice(chunk.whole),
            b"acTL" | b"fcTL" | b"fdAT" => return Err(Reason::Animated),
            [first, ..] if first.is_ascii_uppercase() => return Err(Reason::Corrupt),
            _ => check_metadata(&chunk, &mut budget)?,
        }
        if &chunk.kind == b"IEND" {
            return if rest.is_empty() { Ok(kept) } else { Err(Reason::TrailingData) };
        }
    }
}

fn next<'a>(rest: &mut &'a [u8]) -> Result<Chunk<'a>, Reason> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(Reason::Truncated)?;
    let (kind, after) = after.split_first_chunk::<4>().ok_or(Reason::Truncated)?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(Reason::Corrupt);
    }
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Reason::Truncated)?;
    let data = after.get(..length).ok_or(Reason::Truncated)?;
    let (whole, after) = rest.split_at_checked(length.saturating_add(12)).ok_or(Reason::Truncated)?;
    *rest = after;
    Ok(Chunk { kind: *kind, data, whole })
}

fn check_header(header: &Chunk<'_>) -> Result<(), Reason> {
    let data: &[u8; 13] = header.data.try_into().map_err(|_| Reason::Corrupt)?;
    if &header.kind != b"IHDR" {
        return Err(Reason::Corrupt);
    }
    let &[w1, w2, w3, w4, h1, h2, h3, h4, depth, ..] = data;
    picture::check_sides(u32::from_be_bytes([w1, w2, w3, w4]), u32::from_be_bytes([h1, h2, h3, h4]))?;
    if depth == 16 { Err(Reason::UnsupportedColours) } else { Ok(()) }
}

/// Metadata is left out, but a program or a bomb in it says what the file is for.
fn check_metadata(chunk: &Chunk<'_>, budget: &mut Budget) -> Result<(), Reason> {
    budget.chunks = budget.chunks.checked_sub(1).ok_or(Reason::TooComplex)?;
    if chunk.data.len() > MAX_METADATA {
        return Err(Reason::TooComplex);
    }
    if holds_program(chunk.data) {
        return Err(Reason::Script);
    }
    let Some(packed) = packed(chunk) else { return Ok(()) };
    budget.packed = budget.packed.checked_sub(1).ok_or(Reason::TooComplex)?;
    let mut text = Vec::new();
    let limit = u64::try_from(budget.unpacked).unwrap_or(u64::MAX) + 1;
    // What does not unpack is left out like the rest.
    let _unread = ZlibDecoder::new(packed).take(limit).read_to_end(&mut text);
    budget.unpacked = budget.unpacked.checked_sub(text.len()).ok_or(Reason::InflatesTooMuch)?;
    if holds_program(&text) { Err(Reason::Script) } else { Ok(()) }
}

/// The compressed part of a chunk that has one.
fn packed<'a>(chunk: &Chunk<'a>) -> Option<&'a [u8]> {
    let after_name = |data: &'a [u8]| data.iter().position(|byte| *byte == 0).and_then(|end| data.get(end + 1..));
    match &chunk.kind {
        // Name, method, data.
        b"zTXt" | b"iCCP" => after_name(chunk.data).and_then(|rest| rest.get(1..)),
        // Name, whether compressed, method, language, translated name, data.
        b"iTXt" => match after_name(chunk.data)? {
            [1, _, rest @ ..] => after_name(rest).and_then(after_name),
            _ => None,
        },
        _ => None,
    }
}
