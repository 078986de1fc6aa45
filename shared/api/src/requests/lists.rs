//! Pages of lists: `?limit=&after=`, and `status=` where a list has stages.

use super::{Decode, DecodeError, Parts};
use crate::describe::{Kind, Notes, Parameter};
use crate::fields::{Field, FieldError, Place};
use domain::values::Invalid;
use domain::{agreement, invitation};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 100;
/// Longer than any cursor that we give.
const MAX_CURSOR: usize = 1000;

/// A page of a list that has no stages: the send list, an inbox, an officer's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// At most this many rows, 1 to 100.
    pub limit: u32,
    /// `next` of an earlier page.
    pub after: Option<String>,
}

impl Decode for ListPage {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let (limit, after) = (query.limit(), query.after());
        query.done(Self { limit, after })
    }
}

/// A page of letters in one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListInvitations {
    /// The stage as it is now: those still open if none is asked for.
    pub stage: invitation::StageName,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListInvitations {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let stage = query.one_of("status", &invitation::StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { stage: stage.unwrap_or(invitation::StageName::Pending), page })
    }
}

/// A page of agreements in one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAgreements {
    /// The stage. If none is asked for: a graduate sees all, everybody else those in force.
    pub stage: Option<agreement::StageName>,
    /// An employer's 已签约成功学生列表 (SR-37): only those whose graduate does not ask to terminate.
    pub signed_students: bool,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListAgreements {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let stage = query.one_of("status", &agreement::StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let signed_students = query.one_of("asked_by_student", &[("false", ())]).is_some();
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { stage, signed_students, page })
    }
}

/// What waits for officers (SR-75).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewKind {
    /// 签约鉴证.
    Signing,
    /// 协议书审核 (SR-87).
    OfflineReview,
    /// 签约鉴证 of an agreement on paper (SR-89).
    OfflineCertification,
    /// 解约鉴证 (SR-84, SR-90).
    Termination,
}

impl ReviewKind {
    /// All queues.
    pub const ALL: [Self; 4] = [Self::Signing, Self::OfflineReview, Self::OfflineCertification, Self::Termination];

    /// As asked for and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signing => "signing",
            Self::OfflineReview => "offline_review",
            Self::OfflineCertification => "offline_certification",
            Self::Termination => "termination",
        }
    }
}

/// A page of an officer's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListReviews {
    /// Which queue: signings, if none is named.
    pub kind: ReviewKind,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListReviews {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let kind = query.one_of("kind", &ReviewKind::ALL.map(|kind| (kind.as_str(), kind)));
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { kind: kind.unwrap_or(ReviewKind::Signing), page })
    }
}

/// Parameters of a query, while they are read. Those that nobody reads are left alone: gateways and browsers add their own.
pub(super) struct Query<'a> {
    given: &'a [(String, String)],
    errors: Vec<FieldError>,
    notes: Option<&'a Notes>,
}

impl<'a> Query<'a> {
    pub(super) fn of(parts: &'a Parts<'_>) -> Self {
        Self { given: &parts.query, errors: Vec::new(), notes: parts.notes }
    }

    /// One of these words, if the parameter is there.
    pub(super) fn one_of<T: Copy>(&mut self, name: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        self.note(name, || Kind::Words(words.iter().map(|(word, _)| *word).collect()));
        let given = self.text(name)?;
        let meant = words.iter().find(|(word, _)| *word == given).map(|(_, meaning)| *meaning);
        meant.ok_or(Invalid::NotInCodeTable).map_err(|invalid| self.fault(name, invalid)).ok()
    }

    /// A value, if the parameter is there.
    pub(super) fn value<T: Field>(&mut self, name: &'static str) -> Option<T> {
        self.note(name, T::kind);
        let given = self.text(name)?;
        T::read(&given.into()).map_err(|invalid| self.fault(name, invalid)).ok()
    }

    /// A value that must be there.
    pub(super) fn required<T: Field>(&mut self, name: &'static str) -> Option<T> {
        self.noted(Parameter { name, required: true, kind: T::kind(), default: None });
        let read = self.text(name).ok_or(Invalid::Missing).and_then(|given| T::read(&given.into()));
        read.map_err(|invalid| self.fault(name, invalid)).ok()
    }

    /// A whole number between two bounds, both allowed, if the parameter is there.
    pub(super) fn whole(&mut self, name: &'static str, min: i64, max: i64) -> Option<i64> {
        self.note(name, || Kind::Whole(min, max));
        let given = self.text(name)?;
        let number = given.parse().ok().filter(|n| (min..=max).contains(n));
        number.ok_or(Invalid::OutOfRange(min, max)).map_err(|invalid| self.fault(name, invalid)).ok()
    }

    /// How something begins, at most so many characters.
    pub(super) fn beginning(&mut self, name: &'static str, max: usize) -> Option<String> {
        self.note(name, || Kind::Form("^.*$", max));
        let given = self.text(name)?;
        if given.chars().count() > max {
            self.fault(name, Invalid::TooLong(max));
        }
        Some(given)
    }

    /// At most how many rows.
    pub(super) fn limit(&mut self) -> u32 {
        let (name, max) = ("limit", i64::from(MAX_LIMIT));
        self.noted(Parameter { name, required: false, kind: Kind::Whole(1, max), default: Some(i64::from(DEFAULT_LIMIT)) });
        if self.given.iter().any(|(given, value)| given == name && parse_limit(value).is_none()) {
            self.fault(name, Invalid::OutOfRange(1, max));
        }
        self.text(name).as_deref().and_then(parse_limit).unwrap_or(DEFAULT_LIMIT)
    }

    /// `next` of an earlier page.
    pub(super) fn after(&mut self) -> Option<String> {
        self.note("after", || Kind::Form("^.*$", MAX_CURSOR));
        self.text("after")
    }

    fn note(&self, name: &'static str, kind: impl FnOnce() -> Kind) {
        if self.notes.is_some() {
            self.noted(Parameter { name, required: false, kind: kind(), default: None });
        }
    }

    fn noted(&self, parameter: Parameter) {
        if let Some(notes) = self.notes {
            notes.query(parameter);
        }
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        if self.given.iter().filter(|(given, _)| given == name).count() > 1 {
            self.fault(name, Invalid::Duplicate);
        }
        self.given.iter().find(|(given, value)| given == name && !value.is_empty()).map(|(_, value)| value.clone())
    }

    fn fault(&mut self, name: &'static str, invalid: Invalid) {
        self.errors.push(FieldError { place: Place::Query(name), invalid });
    }

    pub(super) fn done<T>(self, value: T) -> Result<T, DecodeError> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.refused()) }
    }

    pub(super) fn refused(self) -> DecodeError {
        DecodeError::Fields(self.errors)
    }
}

fn parse_limit(text: &str) -> Option<u32> {
    text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit))
}
