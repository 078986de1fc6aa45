//! `Content-Disposition` of a download (RFC 6266): whatever the file is called, the header holds, and nothing is shown inline.

use std::fmt::Write as _;

/// A download under this name, of a kind with this ending: a plain name for old clients, and the name itself in UTF-8, every byte of it escaped that is no letter
/// or digit.
#[must_use]
pub fn attachment(file_name: &str, ending: &str) -> String {
    let mut header = format!("attachment; filename=\"file.{ending}\"; filename*=UTF-8''");
    for byte in file_name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            header.push(char::from(byte));
        } else {
            // Writing to memory cannot fail.
            write!(header, "%{byte:02X}").unwrap_or_default();
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corpus case 30.
    #[test]
    fn no_name_breaks_the_header_or_the_reading_direction() {
        for name in ["a\r\nSet-Cookie: x=1", "a\"; filename=\"evil.exe", "盖章😀.pdf", "\u{202e}fdp.exe", "../../etc/passwd", "a\0b"] {
            let header = attachment(name, "pdf");
            assert!(header.starts_with("attachment; filename=\"file.pdf\"; filename*=UTF-8''"), "{header}");
            assert!(header.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{header}");
            assert_eq!((header.matches('"').count(), header.matches("; filename").count()), (2, 2), "{header}");
        }
        assert!(attachment("扫描.pdf", "png").ends_with("filename*=UTF-8''%E6%89%AB%E6%8F%8F.pdf"));
    }
}
