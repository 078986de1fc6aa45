//! The walk over a PDF from its first byte to its last. Everything outside a stream belongs to an object, a cross-reference section or
//! a comment, every object is looked at, and whatever refers to an object refers to one that was found here.

use super::dictionary::{self, Dictionary};
use super::lexer::{Budget, Lexer, Token};
use super::stream::Unpacking;
use super::xref::{self, Entry, Section};
use super::{names, object_stream};
use crate::markers;
use domain::upload::Reason;
use std::collections::BTreeMap;

/// Objects of a file, those in object streams included. Fifty pages of text have some two thousand.
const MAX_OBJECTS: usize = 20_000;

/// Highest number of an object (ISO 32000-1, annex C).
const MAX_ID: usize = 8_388_607;

const MAX_SECTIONS: usize = 64;

/// Walks a PDF.
pub(super) fn walk(bytes: &[u8]) -> Result<(), Reason> {
    let mut walk = Walk::new(bytes);
    while walk.step()? {}
    walk.check_second_file(bytes.len())?;
    walk.check_structures()?;
    walk.check_lengths()?;
    walk.check_references()
}

/// What is defined under one number.
#[derive(Default)]
struct Definitions {
    count: usize,
    /// How many of them are object streams whose objects were looked at.
    containers: usize,
    /// The whole number that the only one is.
    value: Option<usize>,
    /// Whether the last is in the file itself.
    outside: bool,
}

/// A stream whose length is an object of its own.
struct Length {
    id: usize,
    /// Bytes to `endstream`, with and without the end of the line before it.
    found: [usize; 2],
    /// Whether the stream holds objects, or cross-references.
    structure: bool,
}

struct Walk<'a> {
    bytes: &'a [u8],
    lexer: Lexer<'a>,
    budget: Budget,
    unpacking: Unpacking,
    /// Number and generation of the object at an offset.
    found: BTreeMap<usize, (usize, usize)>,
    definitions: BTreeMap<usize, Definitions>,
    lengths: Vec<Length>,
    sections: BTreeMap<usize, Section>,
    /// Objects, those in object streams included.
    objects: usize,
    /// Streams that hold structure.
    structures: usize,
    /// The section that the file ends with, and where it says so.
    start: Option<(usize, usize)>,
    /// From where bytes belong to no stream.
    outside: usize,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            lexer: Lexer::new(bytes),
            budget: Budget::new(),
            unpacking: Unpacking::new(),
            found: BTreeMap::new(),
            definitions: BTreeMap::new(),
            lengths: Vec::new(),
            sections: BTreeMap::new(),
            objects: 0,
            structures: 0,
            start: None,
            outside: 0,
        }
    }

    /// One object or section; whether there was one.
    fn step(&mut self) -> Result<bool, Reason> {
        self.lexer.skip();
        let offset = self.lexer.at();
        match self.lexer.next(&mut self.budget)? {
            None => return Ok(false),
            Some(Token::Word(b"xref")) => {
                let entries = xref::table(&mut self.lexer, &mut self.budget)?;
                self.trailer(offset, entries)?;
            }
            Some(Token::Word(b"startxref")) => self.set_start()?,
            Some(token) => {
                let id = token.number().filter(|id| *id <= MAX_ID).ok_or(Reason::Corrupt)?;
                self.object(offset, id)?;
            }
        }
        Ok(true)
    }

    fn trailer(&mut self, offset: usize, entries: Vec<Entry>) -> Result<(), Reason> {
        let (tokens, _) = self.lexer.until(&[b"startxref"], &mut self.budget)?;
        names::check(&tokens)?;
        let next = xref::next(&Dictionary::read(&tokens)?)?;
        self.set_start()?;
        self.add_section(offset, Section { entries, next })
    }

    fn set_start(&mut self) -> Result<(), Reason> {
        let section = xref::number(&mut self.lexer, &mut self.budget)?;
        self.start = Some((section, self.lexer.at()));
        Ok(())
    }

    fn add_section(&mut self, offset: usize, section: Section) -> Result<(), Reason> {
        self.sections.insert(offset, section);
        if self.sections.len() > MAX_SECTIONS { Err(Reason::TooComplex) } else { Ok(()) }
    }

    fn object(&mut self, offset: usize, id: usize) -> Result<(), Reason> {
        let generation = xref::number(&mut self.lexer, &mut self.budget)?;
        if self.lexer.next(&mut self.budget)? != Some(Token::Word(b"obj")) {
            return Err(Reason::Corrupt);
        }
        self.found.insert(offset, (id, generation));
        self.count(1)?;
        let (tokens, end) = self.lexer.until(&[b"endobj", b"stream"], &mut self.budget)?;
        names::check(&tokens)?;
        let value = if let [only] = tokens.as_slice() { only.number() } else { None };
        self.define(id, value, true);
        if end == Some(b"stream") {
            self.stream(offset, id, &Dictionary::read(&tokens)?)?;
        }
        Ok(())
    }

    fn count(&mut self, objects: usize) -> Result<(), Reason> {
        self.objects = self.objects.saturating_add(objects);
        if self.objects > MAX_OBJECTS { Err(Reason::TooComplex) } else { Ok(()) }
    }

    fn define(&mut self, id: usize, value: Option<usize>, outside: bool) {
        let definitions = self.definitions.entry(id).or_default();
        definitions.count += 1;
        definitions.value = value.filter(|_| definitions.count == 1);
        definitions.outside = outside;
    }

    fn stream(&mut self, offset: usize, id: usize, dictionary: &Dictionary<'_, '_>) -> Result<(), Reason> {
        let structure = match dictionary.get(b"Type") {
            None => false,
            Some([Token::Name(name)]) => names::is_structure(name),
            // A type that is looked up elsewhere may turn out to be one that holds objects.
            Some(_) => return Err(Reason::TooComplex),
        };
        let data = self.data(dictionary, structure)?;
        if !structure {
            return self.unpacking.check(dictionary, data);
        }
        self.structures += 1;
        let content = self.unpacking.structure(dictionary, data)?;
        if dictionary.is(b"Type", b"XRef") {
            let section = xref::stream(dictionary, content, &mut self.budget)?;
            return self.add_section(offset, section);
        }
        let packed = object_stream::check(dictionary, &content, &mut self.budget)?;
        self.count(packed.len())?;
        self.definitions.entry(id).or_default().containers += 1;
        for (id, value) in packed {
            self.define(id, value, false);
        }
        Ok(())
    }

    /// The bytes of a stream; the walk goes on after `endobj`.
    fn data(&mut self, dictionary: &Dictionary<'_, '_>, structure: bool) -> Result<&'a [u8], Reason> {
        let rest = self.lexer.rest();
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).ok_or(Reason::Corrupt)?;
        let start = self.lexer.at() + rest.len() - data.len();
        self.check_second_file(start)?;
        let stored = dictionary.get(b"Length").ok_or(Reason::Corrupt)?;
        let length = if let Some((id, _)) = dictionary::reference(stored) {
            let found = find_end(data)?;
            self.lengths.push(Length { id, found, structure });
            found[1]
        } else {
            dictionary.number(b"Length").ok_or(Reason::Corrupt)?
        };
        let (data, after) = data.split_at_checked(length).ok_or(Reason::Truncated)?;
        let after = without_line_end(after).strip_prefix(b"endstream").ok_or(Reason::Corrupt)?;
        self.outside = self.bytes.len() - after.len();
        self.lexer.move_to(self.outside);
        match self.lexer.next(&mut self.budget)? {
            Some(Token::Word(b"endobj")) => Ok(data),
            _ => Err(Reason::Corrupt),
        }
    }

    /// Looks for another file since the last stream.
    fn check_second_file(&self, end: usize) -> Result<(), Reason> {
        let outside = self.bytes.get(self.outside..end).unwrap_or_default();
        if markers::holds_second_file(outside) { Err(Reason::TrailingData) } else { Ok(()) }
    }

    /// A reader that searches for structure, because it finds the file damaged, must find no more than the walk.
    fn check_structures(&self) -> Result<(), Reason> {
        if names::count_structures(self.bytes) == self.structures { Ok(()) } else { Err(Reason::Corrupt) }
    }

    /// A length must be a plain number, and the right one: of whatever else a parser would have to find out, it could find no end.
    fn check_lengths(&self) -> Result<(), Reason> {
        let right = |length: &Length| {
            let number = self.definitions.get(&length.id).filter(|number| number.outside || !length.structure);
            number.and_then(|number| number.value).is_some_and(|value| length.found.contains(&value))
        };
        if self.lengths.iter().all(right) { Ok(()) } else { Err(Reason::Corrupt) }
    }

    fn check_references(&self) -> Result<(), Reason> {
        let (start, said) = self.start.ok_or(Reason::Corrupt)?;
        // Readers look for the last place that says where to begin, also in a comment.
        if markers::find(self.bytes.get(said..).unwrap_or_default(), b"startxref").is_some() {
            return Err(Reason::Corrupt);
        }
        xref::check_chain(start, &self.sections)?;
        let there = |entry: &Entry| match *entry {
            Entry::At { offset, id, generation } => self.found.get(&offset) == Some(&(id, generation)),
            Entry::In { container } => {
                self.definitions.get(&container).is_some_and(|all| all.containers > 0 && all.containers == all.count)
            }
        };
        let all = self.sections.values().flat_map(|section| &section.entries).all(there);
        if all { Ok(()) } else { Err(Reason::Corrupt) }
    }
}

/// Bytes up to the first `endstream` that ends an object, with and without the end of the line before it.
fn find_end(data: &[u8]) -> Result<[usize; 2], Reason> {
    let mut from = 0;
    while let Some(at) = data.get(from..).and_then(|rest| markers::find(rest, b"endstream")) {
        let end = from + at;
        from = end + b"endstream".len();
        let after = data.get(from..).unwrap_or_default();
        if after.trim_ascii_start().starts_with(b"endobj") {
            let content = data.get(..end).unwrap_or_default();
            let line_end: &[u8] = if content.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
            return Ok([end, content.strip_suffix(line_end).unwrap_or(content).len()]);
        }
    }
    Err(Reason::Truncated)
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let line_ends: [&[u8]; 3] = [b"\r\n", b"\n", b"\r"];
    line_ends.into_iter().find_map(|line_end| bytes.strip_prefix(line_end)).unwrap_or(bytes)
}
