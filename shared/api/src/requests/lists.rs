//! Pages of lists: `?limit=&after=`, and `status=` where a list has stages.

use super::{Decode, DecodeError, Parts};
use crate::fields::{FieldError, Place};
use domain::values::Invalid;
use domain::{agreement, invitation};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 100;

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
        let query = Query::of(parts, &["limit", "after"]);
        let (limit, after) = (query.limit(), query.text("after"));
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
        let mut query = Query::of(parts, &["status", "limit", "after"]);
        let stage = query.one_of("status", &invitation::StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let page = ListPage { limit: query.limit(), after: query.text("after") };
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
        let mut query = Query::of(parts, &["status", "asked_by_student", "limit", "after"]);
        let stage = query.one_of("status", &agreement::StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let signed_students = query.one_of("asked_by_student", &[("false", ())]).is_some();
        let page = ListPage { limit: query.limit(), after: query.text("after") };
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
        let mut query = Query::of(parts, &["kind", "limit", "after"]);
        let kind = query.one_of("kind", &ReviewKind::ALL.map(|kind| (kind.as_str(), kind)));
        let page = ListPage { limit: query.limit(), after: query.text("after") };
        query.done(Self { kind: kind.unwrap_or(ReviewKind::Signing), page })
    }
}

/// Parameters of a query, while they are read.
pub(super) struct Query<'a> {
    given: &'a [(String, String)],
    errors: Vec<FieldError>,
}

impl<'a> Query<'a> {
    /// Parameters that are not among the known ones are left alone: gateways and browsers add their own.
    pub(super) fn of(parts: &'a Parts<'_>, known: &[&'static str]) -> Self {
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

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.given.iter().find(|(given, value)| given == name && !value.is_empty()).map(|(_, value)| value.clone())
    }

    /// One of these words, if the parameter is there.
    pub(super) fn one_of<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let given = self.text(name)?;
        let meant = words.iter().find(|(word, _)| *word == given).map(|(_, meaning)| *meaning);
        if meant.is_none() {
            self.fault(name, Invalid::NotInCodeTable);
        }
        meant
    }

    pub(super) fn limit(&self) -> u32 {
        self.text("limit").as_deref().and_then(parse_limit).unwrap_or(DEFAULT_LIMIT)
    }

    pub(super) fn fault(&mut self, name: &'static str, invalid: Invalid) {
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
