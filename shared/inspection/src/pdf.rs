//! PDF: a walk of our own over every byte of the structure decides whether the file is sound and keeps still; only then is it parsed.

mod dictionary;
mod lexer;
mod names;
mod object_stream;
mod pages;
mod stream;
mod walk;
mod xref;

use crate::markers;
use domain::upload::Reason;

const END: &[u8] = b"%%EOF";

/// Where other readers still look for a header.
const HEADER_REACH: usize = 4096;

/// Pages of a PDF that may be kept.
pub(crate) fn pages(bytes: &[u8]) -> Result<u32, Reason> {
    check_header(bytes)?;
    check_end(bytes)?;
    names::check_raw(bytes)?;
    if let Err(reason) = walk::walk(bytes) {
        let second_file = reason == Reason::Corrupt && markers::holds_second_file(bytes);
        return Err(if second_file { Reason::TrailingData } else { reason });
    }
    pages::count(bytes)
}

fn check_header(bytes: &[u8]) -> Result<(), Reason> {
    match bytes.strip_prefix(b"%PDF-") {
        Some(rest) if is_version_line(rest) => Ok(()),
        Some(_) => Err(Reason::PdfHeader),
        None => {
            let start = bytes.get(..HEADER_REACH).unwrap_or(bytes);
            Err(if markers::find(start, b"%PDF-").is_some() { Reason::PdfHeader } else { Reason::WrongKind })
        }
    }
}

/// Whether the first line ends with the version. A shell, or a reader of another kind, would run what stands after it.
fn is_version_line(rest: &[u8]) -> bool {
    let [b'1' | b'2', b'.', minor, line @ ..] = rest else { return false };
    let end = line.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    minor.is_ascii_digit() && matches!(end, Some(b'\r' | b'\n'))
}

/// The end, and nothing after it: also no directory by which a reader of zips would open the file.
fn check_end(bytes: &[u8]) -> Result<(), Reason> {
    if markers::ends_as_zip(bytes) {
        return Err(Reason::TrailingData);
    }
    let padding = bytes.iter().rev().take_while(|byte| lexer::is_space(**byte)).count();
    let content = bytes.get(..bytes.len() - padding).unwrap_or_default();
    if content.ends_with(END) {
        return if padding + END.len() <= 1024 { Ok(()) } else { Err(Reason::TrailingData) };
    }
    Err(if markers::find(content, END).is_some() { Reason::TrailingData } else { Reason::Truncated })
}
