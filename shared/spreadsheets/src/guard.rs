//! The formula guard: a text that a spreadsheet program could take for a formula gets an apostrophe in front.

use std::borrow::Cow;

/// The text with an apostrophe in front, if it begins with what could begin a formula. A text that looks as if it had been guarded before
/// gets one more, so that [`unguard`] gives back every text.
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_guarded(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text without the apostrophe that [`guard`] put in front; any other text as it is.
pub fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_guarded(rest.trim_start_matches('\''))).unwrap_or(text)
}

/// The full-width characters count too: some programs read them as the narrow ones.
fn is_guarded(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// The text without characters that XML cannot hold, guarded.
pub(crate) fn harmless(text: &str) -> String {
    guard(&printable(text)).into_owned()
}

/// The text without characters that XML cannot hold.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let forbidden = |character: char| matches!(character, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "")) } else { Cow::Borrowed(text) }
}
