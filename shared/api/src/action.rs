//! What an action is: who may call it, how, with what body; and the few forms that actions have.

use http::Method;

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 毕业生.
    Student,
    /// 用人单位.
    Employer,
    /// 学院.
    College,
    /// 学校.
    School,
}

impl Role {
    /// Every role, in the order of the permission matrix.
    pub const ALL: [Self; 4] = [Self::Student, Self::Employer, Self::College, Self::School];

    /// As in tokens.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Employer => "employer",
            Self::College => "college",
            Self::School => "school",
        }
    }
}

/// Whether a caller's key for repeats is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdempotencyKey {
    /// On every POST that creates: 400 without.
    Required,
    /// On other commands, if the caller wishes.
    Optional,
    /// Nothing is changed.
    Unused,
}

/// What an action's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// JSON, or nothing.
    Json,
    /// A spreadsheet.
    Xlsx,
}

impl Takes {
    /// As in a `Content-Type`, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// One action: one directory, one binary, one route, one log field.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// `accept-invitation`: directory, binary and log field.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may call it; nobody in particular: it is public, and no token is looked at.
    pub callers: &'static [Role],
    /// Whether it changes state: it writes audit records and is refused to revoked tokens inside its transaction.
    pub changes_state: bool,
    /// Whether it takes a key for repeats.
    pub idempotency: IdempotencyKey,
    /// Status of the answer when it does what it is asked.
    pub success: u16,
    /// Largest body in bytes.
    pub body_limit: usize,
    /// What the body is.
    pub takes: Takes,
    /// One line for people.
    pub summary: &'static str,
}

const JSON_LIMIT: usize = 256 * 1024;
/// A section at a time: all of them together stay far below what an item holds.
pub(crate) const DRAFT_LIMIT: usize = 32 * 1024;
/// A list of 500 rows.
const SHEET_LIMIT: usize = 1024 * 1024;
const NO_BODY: usize = 0;

/// Reads, unless told otherwise.
const fn action(method: Method, name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let (changes_state, idempotency, success) = (false, IdempotencyKey::Unused, 200);
    let (body_limit, takes) = (NO_BODY, Takes::Json);
    Action { name, method, path, callers, changes_state, idempotency, success, body_limit, takes, summary }
}

pub(crate) const fn read(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    action(Method::GET, name, path, callers, summary)
}

/// A question whose words are personal: in a body, never in a URL.
pub(crate) const fn asks(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let mut asks = action(Method::POST, name, path, callers, summary);
    asks.body_limit = JSON_LIMIT;
    asks
}

pub(crate) const fn decides(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let mut decides = asks(name, path, callers, summary);
    decides.changes_state = true;
    decides.idempotency = IdempotencyKey::Optional;
    decides
}

pub(crate) const fn creates(
    name: &'static str,
    path: &'static str,
    callers: &'static [Role],
    success: u16,
    summary: &'static str,
) -> Action {
    let mut creates = decides(name, path, callers, summary);
    creates.idempotency = IdempotencyKey::Required;
    creates.success = success;
    creates
}

/// What comes to the same however often it is asked: a key is welcome, and not needed.
pub(crate) const fn settles(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    decides(name, path, callers, summary)
}

/// A spreadsheet, which comes to the same however often it is handed in.
pub(crate) const fn takes_sheet(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let mut takes_sheet = decides(name, path, callers, summary);
    takes_sheet.body_limit = SHEET_LIMIT;
    takes_sheet.takes = Takes::Xlsx;
    takes_sheet
}

/// Sets something that is there to what the body says.
pub(crate) const fn puts(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    puts_up_to(JSON_LIMIT, name, path, callers, summary)
}

pub(crate) const fn puts_up_to(
    body_limit: usize,
    name: &'static str,
    path: &'static str,
    callers: &'static [Role],
    summary: &'static str,
) -> Action {
    let mut puts = action(Method::PUT, name, path, callers, summary);
    puts.changes_state = true;
    puts.idempotency = IdempotencyKey::Optional;
    puts.body_limit = body_limit;
    puts
}
