//! Uploaded files: the bytes of a stranger become a clean file or a [`Reason`]. No I/O, no clock; bounded in memory and time.
//!
//! Pictures are taken apart before anything decodes them, drawn anew without metadata, and turned the way they are meant to be seen. A
//! PDF stays as it is, byte for byte, because a stamp or a signature may rest on its bytes: so it is read strictly, and what a scan or
//! an ordinary export does not need is refused, never repaired. Nothing here calls itself; what a file says about its own size is a
//! claim that is compared with a limit first.

mod jpeg;
mod markers;
mod pdf;
mod picture;
mod png;

use domain::upload::{MediaType, Reason};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the caller takes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest file, before and after cleaning, in bytes.
    pub max_bytes: usize,
}

/// A file that may be kept and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// Its content.
    pub bytes: Vec<u8>,
    /// What it is.
    pub media_type: MediaType,
    /// Pages of a PDF.
    pub pages: Option<u32>,
}

/// Calls a decoder that is not ours. Whatever is known to trip one is refused before; should one trip all the same, the file is at fault.
fn guarded<T>(decode: impl FnOnce() -> Result<T, Reason>) -> Result<T, Reason> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or(Err(Reason::Corrupt))
}

/// Inspects a file that is declared to be of a type.
///
/// # Errors
/// Why it is not taken.
pub fn inspect(bytes: &[u8], declared: MediaType, limits: &Limits) -> Result<Cleaned, Reason> {
    if bytes.is_empty() {
        return Err(Reason::Empty);
    }
    if bytes.len() > limits.max_bytes {
        return Err(Reason::TooLarge);
    }
    let (bytes, pages) = match declared {
        MediaType::Pdf => (bytes.to_vec(), Some(pdf::pages(bytes)?)),
        MediaType::Jpeg => (jpeg::redraw(bytes)?, None),
        MediaType::Png => (png::redraw(bytes)?, None),
    };
    if bytes.len() > limits.max_bytes {
        return Err(Reason::TooLarge);
    }
    Ok(Cleaned { bytes, media_type: declared, pages })
}
