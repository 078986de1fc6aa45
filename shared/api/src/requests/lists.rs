//! Pages of lists: `?limit=&after=`.

use super::{Decode, DecodeError, Parts};
use crate::fields::{FieldError, Place};
use domain::values::Invalid;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 100;

/// A page of the send list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListCandidates {
    /// At most this many rows, 1 to 100.
    pub limit: u32,
    /// `next` of an earlier page.
    pub after: Option<String>,
}

impl Decode for ListCandidates {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let query = Query::of(parts, &["limit", "after"]);
        let (limit, after) = (query.limit(), query.text("after"));
        query.done(Self { limit: limit.unwrap_or(DEFAULT_LIMIT), after })
    }
}

/// A page of an officer's queue. Signings are what the stages built so far bring before officers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListReviews {
    /// At most this many rows, 1 to 100.
    pub limit: u32,
    /// `next` of an earlier page.
    pub after: Option<String>,
}

impl Decode for ListReviews {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts, &["kind", "limit", "after"]);
        if query.text("kind").is_some_and(|kind| kind != "signing") {
            query.fault("kind", Invalid::NotInCodeTable);
        }
        let (limit, after) = (query.limit(), query.text("after"));
        query.done(Self { limit: limit.unwrap_or(DEFAULT_LIMIT), after })
    }
}

/// Parameters of a query, while they are read.
struct Query<'a> {
    given: &'a [(String, String)],
    errors: Vec<FieldError>,
}

impl<'a> Query<'a> {
    /// Parameters that are not among the known ones are left alone: gateways and browsers add their own.
    fn of(parts: &'a Parts<'_>, known: &[&'static str]) -> Self {
        let mut query = Self { given: &parts.query, errors: Vec::new() };
        for name in known {
            if parts.query.iter().filter(|(given, _)| given == name).count() > 1 {
                query.fault(name, Invalid::Duplicate);
            }
        }
        if parts.query.iter().any(|(name, value)| name == "limit" && parse_limit(value).is_none()) {
            query.fault("limit", Invalid::OutOfRange(1, i64::from(MAX_LIMIT)));
        }
        query
    }

    fn text(&self, name: &str) -> Option<String> {
        self.given.iter().find(|(given, value)| given == name && !value.is_empty()).map(|(_, value)| value.clone())
    }

    fn limit(&self) -> Option<u32> {
        self.text("limit").as_deref().and_then(parse_limit)
    }

    fn fault(&mut self, name: &'static str, invalid: Invalid) {
        self.errors.push(FieldError { place: Place::Query(name), invalid });
    }

    fn done<T>(self, value: T) -> Result<T, DecodeError> {
        if self.errors.is_empty() { Ok(value) } else { Err(DecodeError::Fields(self.errors)) }
    }
}

fn parse_limit(text: &str) -> Option<u32> {
    text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit))
}
