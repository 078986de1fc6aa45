//! What requests look like, as their own readers tell it: a describing run of `decode` notes each field that it asks for, how, and
//! whether it must be there. So a schema and its reader cannot say two things.

use crate::requests::{Decode, Parts};
use bytes::Bytes;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What a field may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A value of the domain, by its name.
    Value(&'static str),
    /// What people write, not blank, at most so many characters.
    Text(usize),
    /// One of these words.
    Words(Vec<&'static str>),
    /// A whole number between two bounds, both allowed.
    Whole(i64, i64),
    /// Yes or no.
    Flag,
    /// Must be `true`.
    Ticked,
    /// A text of a form of its own: the pattern, and its greatest length.
    Form(&'static str, usize),
    /// A list.
    List(Box<List>),
    /// This, or an empty text for none.
    OrEmpty(Box<Kind>),
    /// Nothing.
    Null,
}

/// What a list may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Each entry.
    pub of: Kind,
    /// At least so many.
    pub min: usize,
    /// At most so many, if there is an end.
    pub max: Option<usize>,
    /// Whether no two may be alike.
    pub distinct: bool,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be absent or null.
    Optional,
    /// It may be absent, null or blank.
    Blank,
    /// It may be there, and says nothing.
    Ignored,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldShape {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What it holds.
    pub holds: Holds,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A value.
    One(Kind),
    /// An object.
    Object(Shape),
}

/// An object: its fields, once for each word of the field that decides about the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The field that decides which of the variants it is.
    pub by: Option<&'static str>,
    /// The fields, in the order in which they are read.
    pub variants: Vec<Vec<FieldShape>>,
}

/// A parameter of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub kind: Kind,
    /// What holds without it.
    pub default: Option<i64>,
}

/// What stands for `{id}` in a path: a value of the domain, and one like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathId {
    /// Names of the values that it may be.
    pub values: &'static [&'static str],
    /// One like it.
    pub example: &'static str,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Whether there may be none.
    pub may_be_absent: bool,
    /// Whether anything of it may be missing.
    pub in_part: bool,
    /// What it is.
    pub shape: Shape,
}

/// What a request says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Its path.
    pub path: Option<PathId>,
    /// Its query, in the order in which it is read.
    pub query: Vec<Parameter>,
    /// Its body, if it takes JSON.
    pub body: Option<Body>,
}

/// Describes a request by its reader.
#[must_use]
pub fn describe<R: Decode>() -> Described {
    let notes = Notes::default();
    loop {
        let parts = Parts { path: Vec::new(), query: Vec::new(), body: Value::Null, file: Bytes::new(), notes: Some(&notes) };
        // Nothing is read, so nothing comes of it but the notes.
        let _ = R::decode(&parts);
        if !notes.turn() {
            return notes.described();
        }
    }
}

/// What describing runs have noted: one run for each way that choices can turn.
#[derive(Debug, Default)]
pub struct Notes(RefCell<Inner>);

#[derive(Debug, Default)]
struct Inner {
    described: Described,
    body: Option<bool>,
    in_part: bool,
    /// Of each choice of the run, in order: which word it took, and of how many.
    taken: Vec<(usize, usize)>,
    /// The words that the next choices take.
    script: Vec<usize>,
    run: BTreeMap<String, Variant>,
    objects: BTreeMap<String, Vec<Variant>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Variant {
    choice: Option<(&'static str, &'static str)>,
    fields: Vec<(&'static str, Need, Noted)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Noted {
    One(Kind),
    Object(String),
}

impl Notes {
    pub(crate) fn path(&self, id: PathId) {
        self.0.borrow_mut().described.path = Some(id);
    }

    pub(crate) fn query(&self, parameter: Parameter) {
        let query = &mut self.0.borrow_mut().described.query;
        if query.iter().all(|noted| noted.name != parameter.name) {
            query.push(parameter);
        }
    }

    /// There is a body; whether it may be absent was noted before.
    pub(crate) fn body(&self) {
        self.0.borrow_mut().body.get_or_insert(false);
    }

    pub(crate) fn body_may_be_absent(&self) {
        self.0.borrow_mut().body = Some(true);
    }

    /// Anything of the body may be missing.
    pub(crate) fn in_part(&self) {
        self.0.borrow_mut().in_part = true;
    }

    pub(crate) fn object(&self, pointer: &str) {
        self.0.borrow_mut().run.entry(pointer.to_owned()).or_default();
    }

    pub(crate) fn field(&self, pointer: &str, name: &'static str, need: Need, kind: Kind) {
        self.note(pointer, name, need, Noted::One(kind));
    }

    pub(crate) fn field_object(&self, pointer: &str, name: &'static str, need: Need) {
        self.note(pointer, name, need, Noted::Object(format!("{pointer}/{name}")));
    }

    /// Which of these words a choice takes in this run.
    pub(crate) fn choice(&self, pointer: &str, name: &'static str, words: &[&'static str]) -> usize {
        let mut inner = self.0.borrow_mut();
        let turn = inner.taken.len();
        let taken = inner.script.get(turn).copied().unwrap_or_default();
        inner.taken.push((taken, words.len()));
        let variant = inner.run.entry(pointer.to_owned()).or_default();
        variant.choice = words.get(taken).map(|word| (name, *word));
        taken
    }

    /// What was noted of a field before gives way: a reader may first leave it alone, and then ask for it.
    fn note(&self, pointer: &str, name: &'static str, need: Need, noted: Noted) {
        let mut inner = self.0.borrow_mut();
        let fields = &mut inner.run.entry(pointer.to_owned()).or_default().fields;
        match fields.iter_mut().find(|(known, ..)| *known == name) {
            Some(known) => *known = (name, need, noted),
            None => fields.push((name, need, noted)),
        }
    }

    /// Ends a run; whether there is another one, in which a choice turns another way.
    fn turn(&self) -> bool {
        let mut inner = self.0.borrow_mut();
        for (pointer, variant) in std::mem::take(&mut inner.run) {
            let variants = inner.objects.entry(pointer).or_default();
            if !variants.contains(&variant) {
                variants.push(variant);
            }
        }
        let mut taken = std::mem::take(&mut inner.taken);
        while let Some((last, of)) = taken.pop() {
            if last + 1 < of {
                inner.script = taken.iter().map(|(word, _)| *word).chain([last + 1]).collect();
                return true;
            }
        }
        false
    }

    fn described(self) -> Described {
        let inner = self.0.into_inner();
        let body =
            inner.body.map(|may_be_absent| Body { may_be_absent, in_part: inner.in_part, shape: shape(&inner.objects, "", inner.in_part) });
        Described { body, ..inner.described }
    }
}

fn shape(objects: &BTreeMap<String, Vec<Variant>>, pointer: &str, in_part: bool) -> Shape {
    let noted = objects.get(pointer).map(Vec::as_slice).unwrap_or_default();
    let by = noted.iter().find_map(|variant| variant.choice).map(|(name, _)| name);
    let mut variants: Vec<(Vec<&'static str>, Vec<FieldShape>)> = Vec::new();
    for variant in noted {
        let fields: Vec<_> = variant.fields.iter().map(|field| field_shape(objects, field, in_part)).collect();
        let word = variant.choice.map(|(_, word)| word);
        match variants.iter_mut().find(|(_, known)| *known == fields) {
            Some((words, _)) => words.extend(word),
            None => variants.push((word.into_iter().collect(), fields)),
        }
    }
    if let Some(name) = by.filter(|_| in_part) {
        let others = noted.iter().flat_map(|variant| &variant.fields).map(|(other, ..)| *other).filter(|other| *other != name);
        let unread = others.collect::<std::collections::BTreeSet<_>>().into_iter();
        variants.push((Vec::new(), unread.map(|name| one(name, Need::Ignored, Kind::Null)).collect()));
    }
    let variants = variants.into_iter().map(|(words, fields)| match by {
        Some(name) if words.is_empty() => [vec![one(name, Need::Optional, Kind::Null)], fields].concat(),
        Some(name) => [vec![one(name, Need::Required, Kind::Words(words))], fields].concat(),
        None => fields,
    });
    Shape { by, variants: variants.collect() }
}

fn one(name: &'static str, need: Need, kind: Kind) -> FieldShape {
    FieldShape { name, need, holds: Holds::One(kind) }
}

fn field_shape(objects: &BTreeMap<String, Vec<Variant>>, (name, need, noted): &(&'static str, Need, Noted), in_part: bool) -> FieldShape {
    let holds = match noted {
        Noted::One(kind) => Holds::One(kind.clone()),
        Noted::Object(pointer) => Holds::Object(shape(objects, pointer, in_part)),
    };
    let need = match (need, &holds) {
        (Need::Required, Holds::One(Kind::Value(_) | Kind::Text(_))) if in_part => Need::Blank,
        (Need::Required, _) if in_part => Need::Optional,
        _ => *need,
    };
    FieldShape { name, need, holds }
}
