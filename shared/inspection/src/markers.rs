//! Bytes that begin a program or another file, where none belongs: in metadata, or between the objects of a PDF.

/// What a program in metadata begins with. Only markers that random bytes do not hold by chance: a thumbnail has every pair.
const PROGRAMS: [&[u8]; 8] =
    [b"<?php", b"<script", b"<html", b"<!doctype", b"javascript:", b"#!/", b"program cannot be run in dos mode", b"pk\x03\x04"];

/// What a second file in the same bytes as a PDF begins with.
const SECOND_FILES: [&[u8]; 6] = [b"<html", b"<script", b"<?php", b"<!doctype", b"<svg", b"pk\x03\x04"];

/// The end of a zip's directory, and how far from its own end a reader of zips looks for it.
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_REACH: usize = 65_557;

/// Printable bytes after `<%` that make it a template and not chance.
const TEMPLATE: usize = 8;

/// Whether metadata holds a program.
pub(crate) fn holds_program(metadata: &[u8]) -> bool {
    metadata.starts_with(b"MZ") || holds_any(metadata, &PROGRAMS) || holds_template(metadata)
}

/// Whether another file begins in these bytes.
pub(crate) fn holds_second_file(bytes: &[u8]) -> bool {
    holds_any(bytes, &SECOND_FILES)
}

/// Whether a reader of zips would take this file for one.
pub(crate) fn ends_as_zip(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(ZIP_REACH)..).unwrap_or_default();
    find(tail, ZIP_END).is_some()
}

/// Where the needle first occurs.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn holds_any(bytes: &[u8], lower_case: &[&[u8]]) -> bool {
    let begins = |at: &[u8]| lower_case.iter().any(|marker| at.get(..marker.len()).is_some_and(|here| here.eq_ignore_ascii_case(marker)));
    let starts = |byte: &u8| matches!(byte, b'<' | b'#' | b'j' | b'J' | b'p' | b'P');
    bytes.iter().enumerate().any(|(i, byte)| starts(byte) && bytes.get(i..).is_some_and(begins))
}

fn holds_template(bytes: &[u8]) -> bool {
    let printable = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    bytes.windows(2 + TEMPLATE).any(|window| window.strip_prefix(b"<%").is_some_and(|rest| rest.iter().all(printable)))
}
