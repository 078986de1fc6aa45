//! Why the store does not answer as asked. The lambda crate turns each into a problem.

use crate::table::TableError;
use domain::Refusal;

/// What went wrong.
#[derive(Debug)]
pub enum Error {
    /// Not there, or not the caller's: the two look alike.
    NotFound,
    /// A rule stands in the way that only the store can see: slot, pair, send list.
    Refused(Refusal),
    /// What was to be put on a list stands there already.
    AlreadyThere,
    /// The aggregate moved between load and commit: load and decide again.
    Moved,
    /// Another worker goes on with this job.
    Overtaken,
    /// The caller's account was disabled, or its tokens were revoked, after this token was issued.
    TokenRevoked,
    /// The idempotency key was used with another body.
    KeyReused,
    /// A cursor that no list of ours gave out.
    WrongCursor,
    /// The table is throttled, contended or out of reach; nothing was written.
    Unavailable(String),
    /// Whether it was written is not known; repeat with the same key.
    Indeterminate(String),
    /// A bug, a wrong set-up, or an item of a schema that this build does not know.
    Broken(String),
}

impl From<TableError> for Error {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Unavailable(cause) => Self::Unavailable(cause),
            TableError::Broken(cause) => Self::Broken(cause),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
