//! Unpacking: a part as a stream of bytes, and the weighing of all parts, which counts what really comes out.

use super::Entry;
use crate::Unreadable;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use std::io::{self, Read};

/// Bytes of all parts, unpacked.
const MAX_UNPACKED: u64 = 50 << 20;
/// How many times larger a part may get.
const MAX_RATIO: u64 = 100;
/// Up to here a part may be as dense as it likes: the few lines of a small part repeat themselves.
const DENSE: u64 = 64 << 10;
/// How much is unpacked at a time.
const CHUNK: usize = 32 << 10;
/// How an archive begins.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// How a compound file begins: an embedded document, an old spreadsheet, a macro project.
pub(crate) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// A part that is being unpacked.
pub(crate) enum Part<'a> {
    Stored(&'a [u8]),
    Deflated(DeflateDecoder<&'a [u8]>),
}

impl<'a> Part<'a> {
    pub(super) fn of(entry: &Entry<'a>) -> Self {
        if entry.deflated { Self::Deflated(DeflateDecoder::new(entry.packed)) } else { Self::Stored(entry.packed) }
    }

    /// Whether the packed bytes were all needed.
    fn used_up(&self, packed: usize) -> bool {
        match self {
            Self::Stored(rest) => rest.is_empty(),
            Self::Deflated(decoder) => u64::try_from(packed).is_ok_and(|packed| packed == decoder.total_in()),
        }
    }
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stored(rest) => rest.read(buffer),
            Self::Deflated(decoder) => decoder.read(buffer),
        }
    }
}

/// What was unpacked so far.
#[derive(Default)]
pub(super) struct Weight {
    unpacked: u64,
    packed: u64,
}

impl Weight {
    /// Unpacks one more entry.
    pub(super) fn add(&mut self, entry: &Entry<'_>) -> Result<(), Unreadable> {
        if entry.size > MAX_UNPACKED {
            return Err(Unreadable::UnpacksTooLarge);
        }
        let packed = u64::try_from(entry.packed.len()).unwrap_or(u64::MAX);
        self.packed = self.packed.saturating_add(packed);
        let (mut part, mut crc, mut look, mut size) = (Part::of(entry), Crc::new(), Look::default(), 0_u64);
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = part.read(&mut buffer).map_err(|_| Unreadable::BrokenArchive)?;
            let Some(chunk @ [_, ..]) = buffer.get(..read) else { break };
            let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            size = size.saturating_add(length);
            self.unpacked = self.unpacked.saturating_add(length);
            if self.unpacked > MAX_UNPACKED || dense(size, packed) || dense(self.unpacked, self.packed) {
                return Err(Unreadable::UnpacksTooLarge);
            }
            crc.update(chunk);
            look.at(chunk)?;
        }
        let whole = size == entry.size && crc.sum() == entry.crc && part.used_up(entry.packed.len());
        if whole { Ok(()) } else { Err(Unreadable::BrokenArchive) }
    }
}

fn dense(unpacked: u64, packed: u64) -> bool {
    unpacked > DENSE && unpacked > packed.saturating_mul(MAX_RATIO)
}

/// A look at the content of a part while it passes.
#[derive(Default)]
enum Look {
    #[default]
    Start,
    /// XML, with what stands before the next byte.
    Markup(Before),
    /// Something else, such as a picture.
    Other,
}

/// What a declaration begins with.
#[derive(Clone, Copy)]
enum Before {
    Anything,
    Bracket,
    Declaration,
}

impl Look {
    fn at(&mut self, chunk: &[u8]) -> Result<(), Unreadable> {
        if matches!(self, Self::Start) {
            *self = first(chunk)?;
        }
        let Self::Markup(before) = self else { return Ok(()) };
        for byte in chunk {
            *before = match (*before, byte) {
                (Before::Declaration, b'-' | b'[') => Before::Anything,
                (Before::Declaration, _) => return Err(Unreadable::Dtd),
                (Before::Bracket, b'!') => Before::Declaration,
                (_, b'<') => Before::Bracket,
                (Before::Anything | Before::Bracket, _) => Before::Anything,
            };
        }
        Ok(())
    }
}

/// What a part is, by its first bytes. In UTF-16 a declaration would not be seen, and no spreadsheet is written in it.
fn first(chunk: &[u8]) -> Result<Look, Unreadable> {
    if chunk.starts_with(ARCHIVE) || chunk.starts_with(COMPOUND) {
        return Err(Unreadable::EmbeddedFile);
    }
    let wide: [&[u8]; 4] = [b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"];
    if wide.iter().any(|start| chunk.starts_with(start)) {
        return Err(Unreadable::BrokenXml);
    }
    let text = chunk.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(chunk).trim_ascii_start();
    Ok(if matches!(text.first(), None | Some(b'<')) { Look::Markup(Before::Anything) } else { Look::Other })
}
