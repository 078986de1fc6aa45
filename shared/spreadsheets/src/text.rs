//! Texts as Excel shows them: the runs of a rich text in one, without readings, and with the characters that it writes as `_x000D_`.

use crate::Unreadable;
use crate::archive::Part;
use crate::xml::{Node, Xml};
use std::borrow::Cow;

/// The longest way to write a character: `_x000D_`.
const LONGEST_ESCAPE: usize = 7;
/// No part of a size that is taken has as many texts: an empty one takes five bytes.
const MAX_STATED: u64 = 10 << 20;

/// The text of the `si` or `is` that was opened last, and closes it. What is longer than `most` characters comes back one character longer
/// than that, whatever its length.
pub(crate) fn rich(xml: &mut Xml<'_>, most: usize) -> Result<String, Unreadable> {
    let inside = xml.depth();
    let mut text = String::new();
    while xml.depth() >= inside {
        enum Next {
            Piece { kept: bool },
            Run,
            Aside,
        }
        let next = match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "t" => Next::Piece { kept: tag.attributes(["space"])?.first().is_some_and(|space| space.as_deref() == Some("preserve")) },
                "r" => Next::Run,
                _ => Next::Aside,
            },
            Node::Close | Node::Text(_) => Next::Run,
            Node::End => return Err(Unreadable::BrokenXml),
        };
        match next {
            Next::Piece { kept } => {
                let piece = written(xml, most)?;
                let space = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r');
                text.push_str(if kept { &piece } else { piece.trim_matches(space) });
                shorten(&mut text, most);
            }
            Next::Run => {}
            // Readings of Chinese characters, fonts, extensions: not what the cell says.
            Next::Aside => xml.skip()?,
        }
    }
    Ok(text)
}

/// The text of the element that was opened last, in which escapes stand for characters.
pub(crate) fn written(xml: &mut Xml<'_>, most: usize) -> Result<String, Unreadable> {
    let raw = xml.text((most + 1).saturating_mul(LONGEST_ESCAPE))?;
    let mut text = match unescaped(&raw) {
        Cow::Borrowed(_) => raw,
        Cow::Owned(text) => text,
    };
    shorten(&mut text, most);
    Ok(text)
}

/// Cuts a text off behind the first character that is too many.
fn shorten(text: &mut String, most: usize) {
    // No text has more characters than bytes.
    if text.len() > most
        && let Some((end, _)) = text.char_indices().nth(most + 1)
    {
        text.truncate(end);
    }
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, from)) = rest.split_once("_x").and_then(|(before, _)| rest.split_at_checked(before.len())) {
        plain.push_str(before);
        let (character, taken) = escape(from).unwrap_or(('_', 1));
        plain.push(character);
        rest = from.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character that an escape at the start of a text stands for, and the length of the escape. Two of them make a character beyond
/// U+FFFF.
fn escape(text: &str) -> Option<(char, usize)> {
    let first = unit(text)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((character, LONGEST_ESCAPE));
    }
    let second = unit(text.get(LONGEST_ESCAPE..)?)?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, 2 * LONGEST_ESCAPE))
}

fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..LONGEST_ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
}

/// The texts that cells share, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    texts: String,
    ends: Vec<u32>,
}

impl Shared {
    /// Reads them; how many there are is seen from them, not from what the part says.
    pub(crate) fn read(part: Part<'_>, most: usize) -> Result<Self, Unreadable> {
        let (mut xml, mut shared) = (Xml::of(part), Self::default());
        loop {
            let is_text = match xml.next()? {
                Node::Open(tag) if tag.name() == "sst" => {
                    tag.attributes(["uniqueCount", "count"])?.iter().flatten().try_for_each(|stated| plausible(stated))?;
                    false
                }
                Node::Open(tag) => tag.name() == "si",
                Node::Close | Node::Text(_) => false,
                Node::End => return Ok(shared),
            };
            if is_text {
                shared.texts.push_str(&rich(&mut xml, most)?);
                shared.ends.push(u32::try_from(shared.texts.len()).map_err(|_| Unreadable::UnpacksTooLarge)?);
            }
        }
    }

    /// A text by its number, from 0.
    pub(crate) fn get(&self, number: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(number)?).ok()?;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.texts.get(usize::try_from(start).ok()?..end)
    }
}

/// Writers do miscount; but a number that cannot be means harm to whoever believes it.
fn plausible(stated: &str) -> Result<(), Unreadable> {
    match stated.trim().parse::<u64>() {
        Ok(count) if count <= MAX_STATED => Ok(()),
        _ => Err(Unreadable::LyingCounts),
    }
}
