//! XML as a spreadsheet needs it: elements by their local names, texts with their references resolved, and nothing that nests without end.

use crate::Unreadable;
use crate::archive::Part;
use quick_xml::errors::Error;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::io::BufReader;

/// How deep elements may nest. A rich text in a cell takes eight.
const MAX_DEPTH: usize = 64;
/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 64;
/// Elements of one part. A value in its cell takes 22 bytes for two, so that no honest part of 50 MB has as many; empty ones take their
/// time and are worth nothing.
const MAX_ELEMENTS: usize = 5_000_000;

/// A part that is read as XML.
pub(crate) struct Xml<'a> {
    reader: Reader<BufReader<Part<'a>>>,
    buffer: Vec<u8>,
    depth: usize,
    elements: usize,
}

/// What comes next. An element without content is opened and closed.
pub(crate) enum Node<'b> {
    Open(Tag<'b>),
    Close,
    Text(Cow<'b, str>),
    End,
}

/// An element that is opened.
pub(crate) struct Tag<'b>(BytesStart<'b>);

impl Tag<'_> {
    /// Its name, whatever prefix its writer gives to the namespace.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The attributes of these local names.
    pub(crate) fn attributes<const N: usize>(&self, names: [&str; N]) -> Result<[Option<String>; N], Unreadable> {
        let mut found = [const { None }; N];
        if self.0.attributes_raw().is_empty() {
            return Ok(found);
        }
        for (position, attribute) in self.0.attributes().with_checks(false).enumerate() {
            let attribute = attribute.map_err(|_| Unreadable::BrokenXml)?;
            if position == MAX_ATTRIBUTES {
                return Err(Unreadable::BrokenXml);
            }
            let name = attribute.key.local_name().into_inner();
            if let Some((_, slot)) = names.iter().zip(&mut found).find(|(wanted, slot)| **wanted == name && slot.is_none()) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Unreadable::BrokenXml)?;
                *slot = Some(value.into_owned());
            }
        }
        Ok(found)
    }
}

impl<'a> Xml<'a> {
    pub(crate) fn of(part: Part<'a>) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, elements: 0 }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// What comes next; a comment counts as a text of nothing.
    pub(crate) fn next(&mut self) -> Result<Node<'_>, Unreadable> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| reason(&error))?;
        match event {
            Event::Start(start) => {
                self.depth += 1;
                self.elements += 1;
                match (self.depth, self.elements) {
                    (_, MAX_ELEMENTS..) => Err(Unreadable::UnpacksTooLarge),
                    (..=MAX_DEPTH, _) => Ok(Node::Open(Tag(start))),
                    _ => Err(Unreadable::BrokenXml),
                }
            }
            Event::End(_) => {
                self.depth = self.depth.checked_sub(1).ok_or(Unreadable::BrokenXml)?;
                Ok(Node::Close)
            }
            Event::Text(text) => Ok(Node::Text(normal(text.into_inner()))),
            Event::CData(text) => Ok(Node::Text(normal(text.into_inner()))),
            Event::GeneralRef(reference) => resolved(&reference).map(Node::Text),
            Event::DocType(_) => Err(Unreadable::Dtd),
            Event::Eof if self.depth == 0 => Ok(Node::End),
            // Elements are opened even if they are empty, so that `Empty` does not come.
            Event::Eof | Event::Empty(_) => Err(Unreadable::BrokenXml),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Ok(Node::Text(Cow::Borrowed(""))),
        }
    }

    /// Passes over what is left of the element that was opened last.
    pub(crate) fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Node::End = self.next()? {
                return Err(Unreadable::BrokenXml);
            }
        }
        Ok(())
    }

    /// The text that stands directly in the element that was opened last, no more than `most` characters of it, and closes the element.
    pub(crate) fn text(&mut self, most: usize) -> Result<String, Unreadable> {
        let inside = self.depth;
        let (mut text, mut room) = (String::new(), most);
        while self.depth >= inside {
            let direct = self.depth == inside;
            match self.next()? {
                Node::Text(piece) if direct && room > 0 => {
                    let before = text.len();
                    text.extend(piece.chars().take(room));
                    room -= text.get(before..).unwrap_or_default().chars().count();
                }
                Node::Text(_) | Node::Open(_) | Node::Close => {}
                Node::End => return Err(Unreadable::BrokenXml),
            }
        }
        Ok(text)
    }
}

fn reason(error: &Error) -> Unreadable {
    match error {
        // The archive was weighed before: what cannot be unpacked now is our mistake, and no more readable for it.
        Error::Io(_) => Unreadable::BrokenArchive,
        Error::Syntax(_) | Error::IllFormed(_) | Error::InvalidAttr(_) | Error::Encoding(_) | Error::Escape(_) | Error::Namespace(_) => {
            Unreadable::BrokenXml
        }
    }
}

/// Line ends as XML has them: a carriage return in a file is only a way to write a line feed.
fn normal(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

/// A character by its number or by one of the five names that need no declaration.
fn resolved(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, Unreadable> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => return Ok(Cow::Owned(character.to_string())),
        Ok(None) => {}
        Err(_) => return Err(Unreadable::BrokenXml),
    }
    let text = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(Unreadable::BrokenXml),
    };
    Ok(Cow::Borrowed(text))
}
