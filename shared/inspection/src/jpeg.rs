//! JPEG: its segments are walked from the first marker to the last; only those that draw the picture reach the decoder.

use crate::markers::{find, holds_program};
use crate::picture;
use domain::upload::Reason;
use image::metadata::Orientation;

const START: &[u8] = &[0xFF, 0xD8];
const END: u8 = 0xD9;
const COMMENT: u8 = 0xFE;

/// A progressive picture has about ten; each costs a pass over all its pixels.
const MAX_SCANS: u32 = 32;

/// Draws a JPEG anew, without its metadata.
pub(crate) fn redraw(bytes: &[u8], max_bytes: usize) -> Result<Vec<u8>, Reason> {
    let Lean { bytes, orientation } = walk(bytes)?;
    picture::redraw_jpeg(bytes, orientation, max_bytes)
}

/// The sides of a JPEG that is not drawn here: only the segments before the frame's header are walked.
pub(crate) fn sides(bytes: &[u8]) -> Result<(u16, u16), Reason> {
    let mut walk = Walk::new(bytes)?;
    loop {
        match (walk.marker()?, walk.payload()?) {
            (0x01 | 0xD0..=0xDA, _) => return Err(Reason::Corrupt),
            (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, &[_, h1, h2, w1, w2, ..]) => {
                return Ok((u16::from_be_bytes([w1, w2]), u16::from_be_bytes([h1, h2])));
            }
            _ => {}
        }
    }
}

/// A picture without its metadata, as the decoder gets it.
struct Lean {
    bytes: Vec<u8>,
    /// How it is meant to be seen.
    orientation: Orientation,
}

struct Walk<'a> {
    rest: &'a [u8],
    lean: Lean,
    /// Bytes that decoding will take if it cannot go row by row; nothing before the frame's header.
    frame: Option<Frame>,
    scans: u32,
}

#[derive(Clone, Copy)]
struct Frame {
    progressive: bool,
    /// What the decoder holds if it has to keep all coefficients until the last scan.
    bytes: u64,
}

fn walk(bytes: &[u8]) -> Result<Lean, Reason> {
    let mut walk = Walk::new(bytes)?;
    walk.lean.bytes.reserve(bytes.len());
    walk.lean.bytes.extend_from_slice(START);
    loop {
        let marker = walk.marker()?;
        if marker == END {
            break;
        }
        walk.segment(marker)?;
    }
    if !walk.rest.is_empty() {
        return Err(Reason::TrailingData);
    }
    let frame = walk.frame.filter(|_| walk.scans > 0).ok_or(Reason::Corrupt)?;
    if frame.progressive || walk.scans > 1 {
        picture::check_memory(frame.bytes)?;
    }
    walk.lean.bytes.extend_from_slice(&[0xFF, END]);
    Ok(walk.lean)
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, Reason> {
        let rest = bytes.strip_prefix(START).filter(|rest| rest.starts_with(&[0xFF])).ok_or(Reason::WrongKind)?;
        let lean = Lean { bytes: Vec::new(), orientation: Orientation::NoTransforms };
        Ok(Self { rest, lean, frame: None, scans: 0 })
    }

    fn marker(&mut self) -> Result<u8, Reason> {
        let (first, rest) = self.rest.split_first().ok_or(Reason::Truncated)?;
        if *first != 0xFF {
            return Err(Reason::Corrupt);
        }
        let fill = rest.iter().position(|byte| *byte != 0xFF).ok_or(Reason::Truncated)?;
        let (marker, rest) = rest.get(fill..).and_then(<[u8]>::split_first).ok_or(Reason::Truncated)?;
        self.rest = rest;
        Ok(*marker)
    }

    fn segment(&mut self, marker: u8) -> Result<(), Reason> {
        let payload = self.payload()?;
        match marker {
            0xC0..=0xC2 => self.frame(marker == 0xC2, payload)?,
            0xC4 | 0xDB | 0xDD => {}
            0xDA if self.frame.is_some() => {
                self.keep(marker, payload);
                return self.scan();
            }
            // Whether three components are RGB is written in Adobe's segment; the rest of the metadata goes.
            0xEE if payload.starts_with(b"Adobe") && payload.len() == 12 => {}
            0xE0..=0xEF | COMMENT => return self.metadata(marker, payload),
            _ => return Err(Reason::Corrupt),
        }
        self.keep(marker, payload);
        Ok(())
    }

    fn payload(&mut self) -> Result<&'a [u8], Reason> {
        let (length, rest) = self.rest.split_first_chunk::<2>().ok_or(Reason::Truncated)?;
        let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2).ok_or(Reason::Corrupt)?;
        let (payload, rest) = rest.split_at_checked(length).ok_or(Reason::Truncated)?;
        self.rest = rest;
        Ok(payload)
    }

    fn keep(&mut self, marker: u8, payload: &[u8]) {
        let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
        self.lean.bytes.extend_from_slice(&[0xFF, marker]);
        self.lean.bytes.extend_from_slice(&length.to_be_bytes());
        self.lean.bytes.extend_from_slice(payload);
    }

    /// The frame's header, with everything that says how much decoding will take.
    fn frame(&mut self, progressive: bool, payload: &[u8]) -> Result<(), Reason> {
        let (&[precision, h1, h2, w1, w2, components], rest) = payload.split_first_chunk::<6>().ok_or(Reason::Corrupt)?;
        let (planes, odd) = rest.as_chunks::<3>();
        if self.frame.is_some() || planes.len() != usize::from(components) || !odd.is_empty() {
            return Err(Reason::Corrupt);
        }
        let (width, height) = (u32::from(u16::from_be_bytes([w1, w2])), u32::from(u16::from_be_bytes([h1, h2])));
        picture::check_sides(width, height)?;
        match (precision, components) {
            (8, 1 | 3) => {}
            (12 | 16, _) | (_, 4) => return Err(Reason::UnsupportedColours),
            _ => return Err(Reason::Corrupt),
        }
        let pixels = u64::from(width) * u64::from(height);
        self.frame = Some(Frame { progressive, bytes: pixels * u64::from(components) + 2 * coefficients(pixels, planes)? });
        Ok(())
    }

    fn metadata(&mut self, marker: u8, payload: &[u8]) -> Result<(), Reason> {
        // A script calls the picture before and after it a comment, and stands in the picture's own.
        let comments = marker == COMMENT && (find(payload, b"*/").is_some() || find(payload, b"/*").is_some());
        if comments || holds_program(payload) {
            return Err(Reason::Script);
        }
        if marker == 0xE1
            && let Some(exif) = payload.strip_prefix(b"Exif\0\0")
        {
            self.lean.orientation = Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms);
        }
        Ok(())
    }

    /// What follows a scan's header: everything up to a marker that neither stands for a byte nor restarts the scan.
    fn scan(&mut self) -> Result<(), Reason> {
        self.scans += 1;
        if self.scans > MAX_SCANS {
            return Err(Reason::TooComplex);
        }
        let ends = |pair: &[u8]| matches!(pair, [0xFF, next] if !matches!(next, 0x00 | 0xD0..=0xD7 | 0xFF));
        let length = self.rest.windows(2).position(ends).ok_or(Reason::Truncated)?;
        let (scan, rest) = self.rest.split_at_checked(length).ok_or(Reason::Truncated)?;
        self.lean.bytes.extend_from_slice(scan);
        self.rest = rest;
        Ok(())
    }
}

/// Coefficients of all planes: as many as pixels in the finest one, fewer in the others.
fn coefficients(pixels: u64, planes: &[[u8; 3]]) -> Result<u64, Reason> {
    let samples = planes.iter().map(|[_, sampling, _]| (u64::from(sampling >> 4), u64::from(sampling & 15)));
    if samples.clone().any(|(across, down)| !(1..=4).contains(&across) || !(1..=4).contains(&down)) {
        return Err(Reason::Corrupt);
    }
    let finest = |side: fn((u64, u64)) -> u64| samples.clone().map(side).max().unwrap_or(1);
    let cell = finest(|(across, _)| across) * finest(|(_, down)| down);
    Ok(samples.map(|(across, down)| pixels * across * down / cell).sum())
}
