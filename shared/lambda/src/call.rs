//! What a handler gets and gives.

use crate::fault::Fault;
use domain::job::Format;
use domain::values::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use store::{Committed, Context};

/// When and as what a request came through the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The gateway's id of the request.
    pub request_id: String,
    /// The gateway's time of arrival: what deadlines are judged by, so that a slow start costs nobody a letter.
    pub at: Timestamp,
    /// The address of the net that it came from, as the gateway saw it.
    pub source: String,
}

/// A request that has passed everything but the handler.
#[derive(Clone, Debug)]
pub struct Call<C, B> {
    /// Who asks.
    pub caller: C,
    /// What is asked.
    pub body: B,
    /// What a commit needs to know.
    pub context: Context,
    /// When the caller logged in.
    pub logged_in_at: Timestamp,
    /// The address of the net that it came from: counted where nobody has logged in, never kept.
    pub source: String,
    /// How long a batch may go on.
    pub budget: Budget,
}

impl<C, B> Call<C, B> {
    /// When the request arrived.
    pub fn now(&self) -> Timestamp {
        self.context.now
    }
}

/// How long a batch may go on before it answers with what is done.
#[derive(Clone, Debug)]
pub enum Budget {
    /// Until this moment.
    Until(Instant),
    /// For so many rows: for tests of resuming.
    Rows(Arc<AtomicU32>),
}

impl Budget {
    /// From now on for so long.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a budget of real time is measured here and nowhere else")]
    pub fn lasting(duration: Duration) -> Self {
        Self::Until(Instant::now() + duration)
    }

    /// Whether nothing more may begin.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a budget of real time is measured here and nowhere else")]
    pub fn is_spent(&self) -> bool {
        match self {
            Self::Until(end) => Instant::now() >= *end,
            Self::Rows(left) => left.load(Ordering::Relaxed) == 0,
        }
    }

    /// Whether another row may begin.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a budget of real time is measured here and nowhere else")]
    pub fn allows_another_row(&self) -> bool {
        match self {
            Self::Until(end) => Instant::now() < *end,
            Self::Rows(left) => left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok(),
        }
    }
}

/// What a handler answers.
#[derive(Clone, Debug)]
pub struct Answer<R> {
    pub(crate) body: R,
    pub(crate) status: Option<u16>,
    pub(crate) replayed: bool,
    pub(crate) public_for_s: Option<u32>,
    pub(crate) file: Option<FileAnswer>,
}

/// A file as an answer: a download, whatever a page may think that it is.
#[derive(Clone, Debug)]
pub(crate) struct FileAnswer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
    pub(crate) disposition: String,
}

impl Answer<()> {
    /// A spreadsheet under this name.
    #[must_use]
    pub fn spreadsheet(name: &str, bytes: Vec<u8>) -> Self {
        let disposition = files::attachment(name, Format::Xlsx.as_str());
        Self { file: Some(FileAnswer { bytes, media_type: Format::Xlsx.media_type(), disposition }), ..Self::from(()) }
    }
}

impl<R> Answer<R> {
    /// With another status than the action's own.
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The same for everybody, and for so many seconds: caches on the way may keep it.
    #[must_use]
    pub fn public_for(self, seconds: u32) -> Self {
        Self { public_for_s: Some(seconds), ..self }
    }
}

impl<R> From<R> for Answer<R> {
    fn from(body: R) -> Self {
        Self { body, status: None, replayed: false, public_for_s: None, file: None }
    }
}

impl<R> From<Committed<R>> for Answer<R> {
    fn from(committed: Committed<R>) -> Self {
        let replayed = matches!(committed, Committed::Before(_));
        Self { replayed, ..Self::from(committed.answer()) }
    }
}

/// A handler's result.
pub type Reply<R> = Result<Answer<R>, Fault>;
