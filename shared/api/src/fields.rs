//! Reads a JSON body field by field and collects every fault, each with its JSON pointer: a form is corrected in one round.
//! Fields that do not exist are faults too, so nobody can set what is the server's.

use domain::values::{
    CollegeId, CreditCode, Date, Destination, Email, GraduationYear, Identifier, Industry, Invalid, JobCategory, Mobile, PersonName, Phone,
    Postcode, Region, ResidentId, SchoolId, StudentId, TerminationReason, Text, UnitNature,
};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Most faults that an answer names.
const MAX_ERRORS: usize = 100;

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

/// A value that can stand in a body.
pub trait Field: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(value: &Value) -> Result<Self, Invalid>;
}

macro_rules! text_fields {
    ($($type:ty),* $(,)?) => { $(
        impl Field for $type {
            fn read(value: &Value) -> Result<Self, Invalid> {
                let text = value.as_str().ok_or(Invalid::WrongType)?;
                if text.trim().is_empty() { Err(Invalid::Missing) } else { Self::parse(text) }
            }
        }
    )* };
}
text_fields!(
    CollegeId,
    CreditCode,
    Date,
    Destination,
    Email,
    Identifier,
    Industry,
    JobCategory,
    Mobile,
    Phone,
    Postcode,
    Region,
    ResidentId,
    SchoolId,
    StudentId,
    TerminationReason,
    UnitNature,
);

/// What people write may be printed on a document: a character that the typeface lacks is refused where it is entered, for no document is
/// drawn with a box in its place.
///
/// # Errors
/// The first that it lacks.
pub fn printable(text: &str) -> Result<(), Invalid> {
    typeface::lacks(text).first().map_or(Ok(()), |character| Err(Invalid::Unprintable(*character)))
}

impl<const MAX: usize> Field for Text<MAX> {
    fn read(value: &Value) -> Result<Self, Invalid> {
        let text = Self::parse(value.as_str().ok_or(Invalid::WrongType)?)?;
        printable(text.as_str()).map(|()| text)
    }
}

impl Field for PersonName {
    fn read(value: &Value) -> Result<Self, Invalid> {
        let text = value.as_str().ok_or(Invalid::WrongType)?;
        let name = if text.trim().is_empty() { Err(Invalid::Missing) } else { Self::parse(text) }?;
        printable(name.as_str()).map(|()| name)
    }
}

impl Field for GraduationYear {
    fn read(value: &Value) -> Result<Self, Invalid> {
        if let Some(text) = value.as_str() {
            return Self::parse(text);
        }
        let number = value.as_number().ok_or(Invalid::WrongType)?.as_u64().ok_or(Invalid::Malformed)?;
        u16::try_from(number).map_err(|_| Invalid::OutOfRange(2000, 2099))?.try_into()
    }
}

impl Field for bool {
    fn read(value: &Value) -> Result<Self, Invalid> {
        value.as_bool().ok_or(Invalid::WrongType)
    }
}

/// One object of a body, while it is read.
pub struct Fields<'a> {
    object: Option<&'a Map<String, Value>>,
    pointer: String,
    errors: &'a RefCell<Vec<FieldError>>,
    known: RefCell<BTreeSet<&'static str>>,
}

/// Reads a body as one object.
///
/// # Errors
/// Every fault in it, in the order of their pointers.
pub fn read<T>(body: &Value, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
    let errors = RefCell::new(Vec::new());
    let fields = Fields::new(Some(body), String::new(), &errors);
    let parsed = parse(&fields);
    fields.refuse_unknown();
    let mut errors = errors.into_inner();
    errors.sort_by(|a, b| a.place.cmp(&b.place));
    // More than a form has fields is no form: the answer must stay smaller than what a gateway passes on.
    errors.truncate(MAX_ERRORS);
    match parsed {
        Some(parsed) if errors.is_empty() => Ok(parsed),
        _ => Err(errors),
    }
}

impl<'a> Fields<'a> {
    fn new(value: Option<&'a Value>, pointer: String, errors: &'a RefCell<Vec<FieldError>>) -> Self {
        let object = value.and_then(Value::as_object);
        let fields = Self { object, pointer, errors, known: RefCell::default() };
        if value.is_some_and(|value| !value.is_object()) {
            fields.fault_here(Invalid::WrongType);
        }
        fields
    }

    /// A field that must be there.
    pub fn required<T: Field>(&self, name: &'static str) -> Option<T> {
        self.required_with(name, T::read)
    }

    /// A field that may be absent, null or blank.
    pub fn optional<T: Field>(&self, name: &'static str) -> Option<T> {
        let value = self.value(name).filter(|value| !value.as_str().is_some_and(|text| text.trim().is_empty()))?;
        self.keep(name, T::read(value))
    }

    /// A field that must be there, read by `read`.
    pub fn required_with<T>(&self, name: &'static str, read: impl FnOnce(&Value) -> Result<T, Invalid>) -> Option<T> {
        match self.value(name) {
            Some(value) => self.keep(name, read(value)),
            // Of an object that is itself missing, only the object is named.
            None if self.object.is_some() => self.keep(name, Err(Invalid::Missing)),
            None => None,
        }
    }

    /// A field that may be absent or null, read by `read`.
    pub fn optional_with<T>(&self, name: &'static str, read: impl FnOnce(&Value) -> Result<T, Invalid>) -> Option<T> {
        self.value(name).and_then(|value| self.keep(name, read(value)))
    }

    /// An object that must be there.
    pub fn object<T>(&self, name: &'static str, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
        let value = self.value(name);
        if value.is_none() && self.object.is_some() {
            self.fault(name, Invalid::Missing);
        }
        self.inner(name, value, parse)
    }

    /// An object that may be absent or null.
    pub fn optional_object<T>(&self, name: &'static str, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
        let value = self.value(name)?;
        self.inner(name, Some(value), parse)
    }

    /// Texts of a list: between 1 and `max`, no two alike.
    pub fn distinct_texts(&self, name: &'static str, max: usize) -> Option<Vec<String>> {
        let list = self.required_with(name, |value| match value.as_array() {
            Some(list) if list.is_empty() => Err(Invalid::Missing),
            Some(list) if list.len() > max => Err(Invalid::TooLong(max)),
            Some(list) => Ok(list.clone()),
            None => Err(Invalid::WrongType),
        })?;
        let mut seen = BTreeSet::new();
        for (i, entry) in list.iter().enumerate() {
            let fault = match entry.as_str() {
                Some(text) if (1..=200).contains(&text.len()) => (!seen.insert(text)).then_some(Invalid::Duplicate),
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
    pub fn ids<I>(&self, name: &'static str, max: usize, parse: impl Fn(&str) -> Result<I, Invalid>) -> Option<Vec<I>> {
        let texts = self.distinct_texts(name, max)?;
        let parsed = texts.iter().enumerate().filter_map(|(i, text)| self.keep(&format!("{name}/{i}"), parse(text)));
        let ids: Vec<I> = parsed.collect();
        (ids.len() == texts.len()).then_some(ids)
    }

    /// Ids of a list that may be absent, null or empty.
    pub fn optional_ids<I>(&self, name: &'static str, max: usize, parse: impl Fn(&str) -> Result<I, Invalid>) -> Vec<I> {
        let given = self.value(name).is_some_and(|list| !list.as_array().is_some_and(Vec::is_empty));
        if given { self.ids(name, max, parse).unwrap_or_default() } else { Vec::new() }
    }

    /// Fields that may be there and say nothing now.
    pub fn leave_alone(&self, names: &[&'static str]) {
        self.known.borrow_mut().extend(names);
    }

    /// Something that is wrong with a field for a reason of its own.
    pub fn fault(&self, name: &str, invalid: Invalid) {
        self.errors.borrow_mut().push(FieldError::body(format!("{}/{name}", self.pointer), invalid));
    }

    fn inner<T>(&self, name: &'static str, value: Option<&Value>, parse: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
        let inner = Fields::new(value, format!("{}/{name}", self.pointer), self.errors);
        let parsed = parse(&inner);
        inner.refuse_unknown();
        parsed
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

/// A whole number between two bounds, both allowed.
pub fn whole(min: i64, max: i64) -> impl Fn(&Value) -> Result<i64, Invalid> {
    move |value| {
        let number = value.as_number().ok_or(Invalid::WrongType)?;
        number.as_i64().filter(|n| (min..=max).contains(n)).ok_or(Invalid::OutOfRange(min, max))
    }
}

/// One of these words.
pub fn one_of<T: Copy>(words: &'static [(&'static str, T)]) -> impl Fn(&Value) -> Result<T, Invalid> {
    move |value| {
        let text = value.as_str().ok_or(Invalid::WrongType)?;
        words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning).ok_or(Invalid::NotInCodeTable)
    }
}

/// Must be `true`: something that a person ticks.
///
/// # Errors
/// [`Invalid::NotConfirmed`] for `false`.
pub fn ticked(value: &Value) -> Result<(), Invalid> {
    match value.as_bool() {
        Some(true) => Ok(()),
        Some(false) => Err(Invalid::NotConfirmed),
        None => Err(Invalid::WrongType),
    }
}
