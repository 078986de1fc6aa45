//! Reads a JSON body field by field and collects every fault, each with its JSON pointer: a form is corrected in one round.
//! Fields that do not exist are faults too, so nobody can set what is the server's.

mod readers;

pub use readers::{Field, Reader, Reads, given, one_of, printable, set_of, sha256, ticked, value, whole, whole_as};

use crate::describe::{Kind, List, Need, Notes};
use crate::requests::Parts;
use domain::values::Invalid;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Most faults that an answer names.
const MAX_ERRORS: usize = 100;

/// The longest entry of a list of what earlier answers gave.
const LONGEST_ENTRY: usize = 200;

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A JSON pointer (RFC 6901) into the body.
    Body(String),
    /// A parameter of the query.
    Query(&'static str),
}

/// A fault of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Where.
    pub place: Place,
    /// What.
    pub invalid: Invalid,
}

impl FieldError {
    /// A fault at this pointer of the body.
    pub fn body(pointer: impl Into<String>, invalid: Invalid) -> Self {
        Self { place: Place::Body(pointer.into()), invalid }
    }
}

/// One object of a body, while it is read.
pub struct Fields<'a> {
    object: Option<&'a Map<String, Value>>,
    pointer: String,
    errors: &'a RefCell<Vec<FieldError>>,
    known: RefCell<BTreeSet<&'static str>>,
    /// In a describing run: where it is noted what is asked for. Then there is no object, and nothing is at fault.
    notes: Option<&'a Notes>,
}

/// Reads a request's body as one object.
///
/// # Errors
/// Every fault in it, in the order of their pointers.
pub fn read<T>(parts: &Parts<'_>, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    if let Some(notes) = parts.notes {
        notes.body();
    }
    let (parsed, errors) = parsed(&parts.body, parts.notes, parse);
    judged(parsed, errors)
}

/// Reads an object that is no request of its own.
///
/// # Errors
/// As [`read`].
pub fn read_object<T>(object: &Value, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    let (parsed, errors) = parsed(object, None, parse);
    judged(parsed, errors)
}

/// Reads this body of a request, of which anything may be missing: what is there must be right as far as it goes.
///
/// # Errors
/// As [`read`], but for what is missing.
pub fn read_in_part<T>(parts: &Parts<'_>, body: &Value, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    if let Some(notes) = parts.notes {
        notes.body();
        notes.in_part();
    }
    let (parsed, mut errors) = parsed(body, parts.notes, parse);
    errors.retain(|fault| fault.invalid != Invalid::Missing);
    judged(parsed, errors)
}

/// What was read, and every fault, in the order of their pointers.
fn parsed<T>(body: &Value, notes: Option<&Notes>, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> (Option<T>, Vec<FieldError>) {
    let errors = RefCell::new(Vec::new());
    let fields = Fields::new(Some(body).filter(|_| notes.is_none()), String::new(), &errors, notes);
    let parsed = parse(&fields);
    fields.refuse_unknown();
    let mut errors = errors.into_inner();
    errors.sort_by(|a, b| a.place.cmp(&b.place));
    (parsed, errors)
}

fn judged<T>(parsed: Option<T>, mut errors: Vec<FieldError>) -> Result<T, Vec<FieldError>> {
    // More than a form has fields is no form: the answer must stay smaller than what a gateway passes on.
    errors.truncate(MAX_ERRORS);
    match parsed {
        Some(parsed) if errors.is_empty() => Ok(parsed),
        _ => Err(errors),
    }
}

impl<'a> Fields<'a> {
    fn new(value: Option<&'a Value>, pointer: String, errors: &'a RefCell<Vec<FieldError>>, notes: Option<&'a Notes>) -> Self {
        let object = value.and_then(Value::as_object);
        if let Some(notes) = notes {
            notes.object(&pointer);
        }
        let fields = Self { object, pointer, errors, known: RefCell::default(), notes };
        if value.is_some_and(|value| !value.is_object()) {
            fields.fault_here(Invalid::WrongType);
        }
        fields
    }

    /// A field that must be there.
    pub fn required<T: Field>(&self, name: &'static str) -> Option<T> {
        self.required_with(name, value())
    }

    /// A field that may be absent, null or blank.
    pub fn optional<T: Field>(&self, name: &'static str) -> Option<T> {
        self.note(name, Need::Blank, T::kind);
        let value = self.value(name).filter(|value| !value.as_str().is_some_and(|text| text.trim().is_empty()))?;
        self.keep(name, T::read(value))
    }

    /// A field that must be there, read by `reader`.
    pub fn required_with<T>(&self, name: &'static str, reader: impl Reads<T>) -> Option<T> {
        self.note(name, Need::Required, || reader.kind());
        match self.value(name) {
            Some(value) => self.keep(name, reader.read(value)),
            // Of an object that is itself missing, only the object is named.
            None if self.object.is_some() => self.keep(name, Err(Invalid::Missing)),
            None => None,
        }
    }

    /// A field that may be absent or null, read by `reader`.
    pub fn optional_with<T>(&self, name: &'static str, reader: impl Reads<T>) -> Option<T> {
        self.note(name, Need::Optional, || reader.kind());
        self.value(name).and_then(|value| self.keep(name, reader.read(value)))
    }

    /// A word that must be there and decides which other fields are asked for: what follows is described once for each.
    pub fn choice<T: Copy>(&self, name: &'static str, words: &'static [(&'static str, T)]) -> Option<T> {
        let Some(notes) = self.notes else { return self.required_with(name, one_of(words)) };
        let all: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        words.get(notes.choice(&self.pointer, name, &all)).map(|(_, meaning)| *meaning)
    }

    /// An object that must be there.
    pub fn object<T>(&self, name: &'static str, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
        let value = self.value(name);
        if let Some(notes) = self.notes {
            notes.field_object(&self.pointer, name, Need::Required);
        } else if value.is_none() && self.object.is_some() {
            self.fault(name, Invalid::Missing);
        }
        self.inner(name, value, parse)
    }

    /// An object that may be absent or null.
    pub fn optional_object<T>(&self, name: &'static str, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
        let value = self.value(name);
        match (self.notes, value) {
            (Some(notes), _) => notes.field_object(&self.pointer, name, Need::Optional),
            (None, None) => return None,
            (None, Some(_)) => {}
        }
        self.inner(name, value, parse)
    }

    /// Texts of a list, as earlier answers gave them: between 1 and `max`, no two alike.
    pub fn distinct_texts(&self, name: &'static str, max: usize) -> Option<Vec<String>> {
        self.distinct(name, max, || Kind::Form("^.+$", LONGEST_ENTRY))
    }

    fn distinct(&self, name: &'static str, max: usize, entry: impl Fn() -> Kind) -> Option<Vec<String>> {
        let kind = || Kind::List(Box::new(List { of: entry(), min: 1, max: Some(max), distinct: true }));
        let entries = |value: &Value| match value.as_array() {
            Some(list) if list.is_empty() => Err(Invalid::Missing),
            Some(list) if list.len() > max => Err(Invalid::TooLong(max)),
            Some(list) => Ok(list.clone()),
            None => Err(Invalid::WrongType),
        };
        let list = self.required_with(name, Reader(kind, entries))?;
        let mut seen = BTreeSet::new();
        for (i, entry) in list.iter().enumerate() {
            let fault = match entry.as_str() {
                Some(text) if (1..=LONGEST_ENTRY).contains(&text.len()) => (!seen.insert(text)).then_some(Invalid::Duplicate),
                Some(_) => Some(Invalid::Malformed),
                None => Some(Invalid::WrongType),
            };
            if let Some(fault) = fault {
                self.errors.borrow_mut().push(FieldError::body(format!("{}/{name}/{i}", self.pointer), fault));
            }
        }
        Some(list.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect())
    }

    /// Ids of a list: between 1 and `max`, no two alike.
    pub fn ids<I: Field>(&self, name: &'static str, max: usize) -> Option<Vec<I>> {
        let texts = self.distinct(name, max, I::kind)?;
        let parsed = texts.iter().enumerate().filter_map(|(i, text)| self.keep(&format!("{name}/{i}"), I::read(&text.as_str().into())));
        let ids: Vec<I> = parsed.collect();
        (ids.len() == texts.len()).then_some(ids)
    }

    /// Ids of a list that may be absent, null or empty.
    pub fn optional_ids<I: Field>(&self, name: &'static str, max: usize) -> Vec<I> {
        if self.notes.is_some() {
            let list = || Kind::List(Box::new(List { of: I::kind(), min: 0, max: Some(max), distinct: true }));
            self.note(name, Need::Optional, list);
            return Vec::new();
        }
        let given = self.value(name).is_some_and(|list| !list.as_array().is_some_and(Vec::is_empty));
        if given { self.ids(name, max).unwrap_or_default() } else { Vec::new() }
    }

    /// Fields that may be there and say nothing now.
    pub fn leave_alone(&self, names: &[&'static str]) {
        for name in names {
            self.note(name, Need::Ignored, || Kind::Null);
        }
        self.known.borrow_mut().extend(names);
    }

    /// Something that is wrong with a field for a reason of its own.
    pub fn fault(&self, name: &str, invalid: Invalid) {
        self.errors.borrow_mut().push(FieldError::body(format!("{}/{name}", self.pointer), invalid));
    }

    fn inner<T>(&self, name: &'static str, value: Option<&Value>, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
        let inner = Fields::new(value, format!("{}/{name}", self.pointer), self.errors, self.notes);
        let parsed = parse(&inner);
        inner.refuse_unknown();
        parsed
    }

    fn note(&self, name: &'static str, need: Need, kind: impl FnOnce() -> Kind) {
        if let Some(notes) = self.notes {
            notes.field(&self.pointer, name, need, kind());
        }
    }

    fn value(&self, name: &'static str) -> Option<&'a Value> {
        self.known.borrow_mut().insert(name);
        self.object?.get(name).filter(|value| !value.is_null())
    }

    fn keep<T>(&self, name: &str, read: Result<T, Invalid>) -> Option<T> {
        read.map_err(|invalid| self.fault(name, invalid)).ok()
    }

    fn fault_here(&self, invalid: Invalid) {
        self.errors.borrow_mut().push(FieldError::body(self.pointer.clone(), invalid));
    }

    fn refuse_unknown(&self) {
        let known = self.known.borrow();
        for name in self.object.into_iter().flat_map(Map::keys).filter(|name| !known.contains(name.as_str())) {
            let escaped = name.replace('~', "~0").replace('/', "~1");
            self.fault(&escaped, Invalid::Unknown);
        }
    }
}
