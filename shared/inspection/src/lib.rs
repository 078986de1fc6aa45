//! Uploaded files: the bytes of a stranger become a clean file or a [`Reason`]. No I/O, no clock; bounded in memory and time.
//!
//! Pictures are taken apart before anything decodes them and drawn anew without metadata; photographs are turned the way they are meant
//! to be seen. A PDF stays as it is, byte for byte, because a stamp or a signature may rest on its bytes: so it is read strictly, and
//! what a scan or an ordinary export does not need is refused, never repaired. Nothing here calls itself; what a file says about its own
//! size is a claim that is compared with a limit first.

mod jpeg;
mod markers;
mod pdf;
mod picture;
mod png;
mod predictor;

use domain::upload::{MediaType, Reason};
use std::io::{self, ErrorKind, Write};
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

/// Where a cleaned file is written: no further than a limit.
struct Limited {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

impl Limited {
    fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, full: false }
    }

    /// What was written, if its writer came to its end.
    fn written(self, whole: bool) -> Result<Vec<u8>, Reason> {
        match (self.full, whole) {
            (true, _) => Err(Reason::TooLarge),
            (false, true) => Ok(self.bytes),
            (false, false) => Err(Reason::Corrupt),
        }
    }
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.full |= bytes.len() > self.limit - self.bytes.len();
        if self.full {
            return Err(ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
        MediaType::Jpeg => (jpeg::redraw(bytes, limits.max_bytes)?, None),
        MediaType::Png => (png::redraw(bytes, limits.max_bytes)?, None),
        // Spreadsheets are taken apart elsewhere.
        MediaType::Xlsx => return Err(Reason::WrongKind),
    };
    Ok(Cleaned { bytes, media_type: declared, pages })
}
