//! The ports [`Files`] and [`Scanner`]: where files lie that people hand in, and who says whether they are malware.
//!
//! A file is put into quarantine by its uploader, under a key that nobody else is told, by an address that takes exactly what was
//! promised. What has been checked and cleaned lies under the hash of its content: what has this key never changes.

mod buckets;
mod disposition;

pub use buckets::Buckets;
pub use disposition::attachment;

use buckets::{DOCUMENTS, EVIDENCE, QUARANTINE};
use domain::document::Issued;
use domain::job::Format;
use domain::upload::{Attachment, MediaType, Upload};
use domain::values::{AgreementId, JobId};
use std::collections::BTreeMap;
use std::future::Future;

/// How long an address holds, in seconds, to put a file or to fetch one.
pub const ADDRESS_HOLDS_S: u64 = 300;

/// Where an uploader puts a file: only there, only what was promised, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it goes by PUT.
    pub url: String,
    /// The headers of that PUT, all of them signed.
    pub headers: BTreeMap<String, String>,
}

/// Files do not answer as they should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable(pub String);

/// What a scanner says of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No malware is known in it.
    Clean,
    /// Malware.
    Infected,
    /// Nothing yet.
    Pending,
}

/// Where files lie.
pub trait Files: Clone + Send + Sync + 'static {
    /// An address that takes this upload into quarantine for [`ADDRESS_HOLDS_S`]: length, type, SHA-256 and that nothing is there
    /// yet are signed.
    ///
    /// # Errors
    /// If it cannot be signed.
    fn place(&self, upload: &Upload) -> impl Future<Output = Result<Place, Unavailable>> + Send;

    /// What lies in quarantine for this upload, if something does: no more than was promised and a byte.
    ///
    /// # Errors
    /// If the files do not answer.
    fn quarantined(&self, upload: &Upload) -> impl Future<Output = Result<Option<Vec<u8>>, Unavailable>> + Send;

    /// Keeps a clean file under the hash of its content. What lies there already is the same.
    ///
    /// # Errors
    /// If the files do not answer.
    fn keep(&self, sha256: &str, media_type: MediaType, bytes: Vec<u8>) -> impl Future<Output = Result<(), Unavailable>> + Send;

    /// An address from which a clean file is downloaded for [`ADDRESS_HOLDS_S`], never shown inline.
    ///
    /// # Errors
    /// If it cannot be signed.
    fn address(&self, file: &Attachment) -> impl Future<Output = Result<String, Unavailable>> + Send;
}

/// What a file is: said when it is laid, and when it is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its media type.
    pub media_type: &'static str,
    /// How its name ends, without the dot.
    pub ending: &'static str,
}

impl Kind {
    /// A document.
    pub const PDF: Self = Self { media_type: "application/pdf", ending: "pdf" };
    /// Evidence, for programs.
    pub const JSON: Self = Self { media_type: "application/json", ending: "json" };
}

impl From<Format> for Kind {
    fn from(format: Format) -> Self {
        Self { media_type: format.media_type(), ending: format.as_str() }
    }
}

/// Where the platform lays what it makes, and takes what it was given.
pub trait Shelf: Clone + Send + Sync + 'static {
    /// Lays an object here, in place of an earlier one.
    ///
    /// # Errors
    /// If the files do not answer.
    fn lay(&self, key: &str, media_type: &'static str, bytes: Vec<u8>) -> impl Future<Output = Result<(), Unavailable>> + Send;

    /// Lays an object here for good, if nothing lies there yet: what lies there stays as it is. False if something does.
    ///
    /// # Errors
    /// If the files do not answer.
    fn lay_once(&self, key: &str, kind: Kind, bytes: Vec<u8>) -> impl Future<Output = Result<bool, Unavailable>> + Send;

    /// An object, if it is there; of one that is longer than this, a beginning that is too long.
    ///
    /// # Errors
    /// If the files do not answer.
    fn take(&self, key: &str, longest: usize) -> impl Future<Output = Result<Option<Vec<u8>>, Unavailable>> + Send;

    /// An address from which it is downloaded for [`ADDRESS_HOLDS_S`], never shown inline.
    ///
    /// # Errors
    /// If it cannot be signed.
    fn link(&self, key: &str, file_name: &str, kind: Kind) -> impl Future<Output = Result<String, Unavailable>> + Send;

    /// Clears an object away, if it is there.
    ///
    /// # Errors
    /// If the files do not answer.
    fn clear(&self, key: &str) -> impl Future<Output = Result<(), Unavailable>> + Send;
}

/// Who says whether a file is malware.
pub trait Scanner: Clone + Send + Sync + 'static {
    /// The verdict on what lies in quarantine for this upload, of exactly this content: what was said of another version counts for
    /// nothing.
    ///
    /// # Errors
    /// If the scanner does not answer.
    fn verdict(&self, upload: &Upload, sha256: &str) -> impl Future<Output = Result<Verdict, Unavailable>> + Send;
}

/// No scanner is there, by an operator's choice: files are inspected and drawn anew all the same, and nobody looks for malware that is known.
#[derive(Clone, Copy, Debug)]
pub struct NoScanner;

impl Scanner for NoScanner {
    async fn verdict(&self, _: &Upload, _: &str) -> Result<Verdict, Unavailable> {
        Ok(Verdict::Clean)
    }
}

/// Where an upload lies until it has been checked.
#[must_use]
pub fn quarantine_key(upload: &Upload) -> String {
    format!("{QUARANTINE}{}", upload.id)
}

/// Under which part of its key a job lays what is fetched.
pub const RESULT: &str = "result";

/// Where a part of a job's work lies.
#[must_use]
pub fn job_key(job: &JobId, part: &str) -> String {
    format!("jobs/{job}/{part}")
}

/// Where a sheet lies that answers one request: of rows that were not taken.
#[must_use]
pub fn sheet_key(request_id: &str) -> String {
    format!("sheets/{request_id}")
}

/// Where a document of an agreement lies for good: what has this key never changes.
#[must_use]
pub fn document_key(agreement: &AgreementId, document: &Issued) -> String {
    format!("{DOCUMENTS}{agreement}/{}-{}.pdf", document.kind.as_str(), document.sha256)
}

/// Where something lies that was drawn because somebody asked, and goes in a few days.
#[must_use]
pub fn drawn_key(sha256: &str, kind: Kind) -> String {
    format!("drawn/{sha256}.{}", kind.ending)
}

/// Where evidence lies for good.
#[must_use]
pub fn evidence_key(part: &str) -> String {
    format!("{EVIDENCE}{part}")
}

/// Where a clean file lies.
#[must_use]
pub fn clean_key(sha256: &str) -> String {
    format!("clean/{sha256}")
}
