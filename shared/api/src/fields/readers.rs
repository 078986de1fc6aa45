//! Readers of single values: each reads a value and says what it reads.

use crate::describe::{Kind, List};
use domain::values::{
    CollegeId, CreditCode, Date, Destination, Email, GraduationYear, Identifier, Industry, Invalid, JobCategory, Mobile, PersonName, Phone,
    Postcode, Region, ResidentId, ResponsePeriod, SchoolId, StudentId, TerminationReason, Text, UnitNature, UploadId,
};
use serde_json::Value;

/// A value that can stand in a body.
pub trait Field: Sized {
    /// What it is.
    fn kind() -> Kind;

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(value: &Value) -> Result<Self, Invalid>;
}

macro_rules! text_fields {
    ($($type:ident),* $(,)?) => { $(
        impl Field for $type {
            fn kind() -> Kind {
                Kind::Value(stringify!($type))
            }

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
    UploadId,
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
    fn kind() -> Kind {
        Kind::Text(MAX)
    }

    fn read(value: &Value) -> Result<Self, Invalid> {
        let text = Self::parse(value.as_str().ok_or(Invalid::WrongType)?)?;
        printable(text.as_str()).map(|()| text)
    }
}

impl Field for PersonName {
    fn kind() -> Kind {
        Kind::Value("PersonName")
    }

    fn read(value: &Value) -> Result<Self, Invalid> {
        let text = value.as_str().ok_or(Invalid::WrongType)?;
        let name = if text.trim().is_empty() { Err(Invalid::Missing) } else { Self::parse(text) }?;
        printable(name.as_str()).map(|()| name)
    }
}

impl Field for GraduationYear {
    fn kind() -> Kind {
        Kind::Value("GraduationYear")
    }

    fn read(value: &Value) -> Result<Self, Invalid> {
        if let Some(text) = value.as_str() {
            return Self::parse(text);
        }
        let number = value.as_number().ok_or(Invalid::WrongType)?.as_u64().ok_or(Invalid::Malformed)?;
        u16::try_from(number).map_err(|_| Invalid::OutOfRange(2000, 2099))?.try_into()
    }
}

impl Field for ResponsePeriod {
    fn kind() -> Kind {
        Kind::Value("ResponsePeriod")
    }

    fn read(value: &Value) -> Result<Self, Invalid> {
        let (min, max) = Self::BOUNDS;
        Self::from_days(whole(min, max).read(value)?)
    }
}

impl Field for bool {
    fn kind() -> Kind {
        Kind::Flag
    }

    fn read(value: &Value) -> Result<Self, Invalid> {
        value.as_bool().ok_or(Invalid::WrongType)
    }
}

/// Reads a value, and says what it reads.
pub trait Reads<T> {
    /// What it reads.
    fn kind(&self) -> Kind;

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(self, value: &Value) -> Result<T, Invalid>;
}

/// A reader by two functions that stand side by side.
#[derive(Clone, Copy, Debug)]
pub struct Reader<K, F>(pub K, pub F);

impl<T, K: Fn() -> Kind, F: Fn(&Value) -> Result<T, Invalid>> Reads<T> for Reader<K, F> {
    fn kind(&self) -> Kind {
        (self.0)()
    }

    fn read(self, value: &Value) -> Result<T, Invalid> {
        (self.1)(value)
    }
}

/// A value of its type's own form.
#[must_use]
pub fn value<T: Field>() -> impl Reads<T> + Copy {
    Reader(T::kind, T::read)
}

/// A whole number between two bounds, both allowed.
#[must_use]
pub fn whole(min: i64, max: i64) -> impl Reads<i64> + Copy {
    Reader(
        move || Kind::Whole(min, max),
        move |value: &Value| {
            let number = value.as_number().ok_or(Invalid::WrongType)?;
            number.as_i64().filter(|n| (min..=max).contains(n)).ok_or(Invalid::OutOfRange(min, max))
        },
    )
}

/// A whole number of another type, which holds all between the bounds.
#[must_use]
pub fn whole_as<N: TryFrom<i64>>(min: i64, max: i64) -> impl Reads<N> + Copy {
    Reader(
        move || Kind::Whole(min, max),
        move |value: &Value| N::try_from(whole(min, max).read(value)?).map_err(|_| Invalid::OutOfRange(min, max)),
    )
}

/// One of these words.
#[must_use]
pub fn one_of<T: Copy>(words: &'static [(&'static str, T)]) -> impl Reads<T> + Copy {
    Reader(
        move || Kind::Words(words.iter().map(|(word, _)| *word).collect()),
        move |value: &Value| {
            let text = value.as_str().ok_or(Invalid::WrongType)?;
            words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning).ok_or(Invalid::NotInCodeTable)
        },
    )
}

/// Must be `true`: something that a person ticks. [`Invalid::NotConfirmed`] for `false`.
#[must_use]
pub fn ticked() -> impl Reads<()> + Copy {
    Reader(
        || Kind::Ticked,
        |value: &Value| match value.as_bool() {
            Some(true) => Ok(()),
            Some(false) => Err(Invalid::NotConfirmed),
            None => Err(Invalid::WrongType),
        },
    )
}

/// What an earlier answer gave, as it was given: at most so many characters of ASCII.
#[must_use]
pub fn given(max: usize) -> impl Reads<String> + Copy {
    Reader(
        move || Kind::Form("^.+$", max),
        move |value: &Value| match value.as_str() {
            Some("") => Err(Invalid::Missing),
            Some(text) if text.len() > max => Err(Invalid::Malformed),
            Some(text) => Ok(text.to_owned()),
            None => Err(Invalid::WrongType),
        },
    )
}

/// SHA-256 in lower-case hex.
#[must_use]
pub fn sha256() -> impl Reads<String> + Copy {
    Reader(
        || Kind::Form("^[0-9a-f]{64}$", 64),
        |value: &Value| {
            let text = value.as_str().ok_or(Invalid::WrongType)?;
            let hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
            if hex { Ok(text.to_owned()) } else { Err(Invalid::Malformed) }
        },
    )
}

/// A list of what `one` reads, no two alike, as a set.
pub fn set_of<T: Ord>(one: impl Reads<T> + Copy, min: usize, max: Option<usize>) -> impl Reads<std::collections::BTreeSet<T>> {
    Reader(
        move || Kind::List(Box::new(List { of: one.kind(), min, max, distinct: true })),
        move |value: &Value| {
            let list = value.as_array().ok_or(Invalid::WrongType)?;
            if let Some(max) = max.filter(|max| list.len() > *max) {
                return Err(Invalid::TooLong(max));
            }
            let set = list.iter().map(|entry| one.read(entry)).collect::<Result<std::collections::BTreeSet<_>, _>>()?;
            match (list.len() < min, set.len() == list.len()) {
                (true, _) => Err(Invalid::Missing),
                (_, false) => Err(Invalid::Duplicate),
                (false, true) => Ok(set),
            }
        },
    )
}
