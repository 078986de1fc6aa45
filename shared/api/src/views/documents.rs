//! Documents: where they are fetched, and what a stranger is told of them.

use super::agreement::{Reader, medium};
use crate::schema::{Address, AgreementStage, DocumentName, Medium, Sha256};
use domain::agreement::{Agreement, Stage};
use domain::document::Issued;
use domain::values::{AgreementNumber, Timestamp};
use domain::{DocumentKind, labels};
use schemars::JsonSchema;
use serde::Serialize;

/// Whether this reader may fetch a document of an agreement. An employer whose signing came to nothing keeps nothing of its graduate
/// (domain 5.1); what is to be printed is released when its review has passed (F3).
#[must_use]
pub fn may_fetch(agreement: &Agreement, kind: DocumentKind, reader: Reader<'_>) -> bool {
    let reviewed = !matches!(agreement.stage, Stage::AgreementReview(_) | Stage::AgreementRejected(_));
    match reader {
        Reader::Employer => !agreement.stage_name().came_to_nothing(),
        Reader::Student => kind != DocumentKind::Printable || reviewed,
        Reader::Officer(_) => true,
    }
}

/// A file to be fetched, as a download.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DownloadView {
    /// Where it is fetched; the address holds for five minutes.
    #[schemars(with = "Address")]
    pub url: String,
    /// For how long the address holds, seconds.
    pub expires_in_s: u64,
    /// How it is called.
    pub file_name: String,
    /// Its SHA-256.
    #[schemars(with = "Sha256")]
    pub sha256: String,
    /// Its length, bytes.
    pub length: u64,
}

/// A document of an agreement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentView {
    /// Which document.
    #[schemars(with = "DocumentName")]
    kind: &'static str,
    /// In Chinese.
    label: &'static str,
    /// In English.
    label_en: &'static str,
    /// SHA-256 of the file; null while it is being drawn.
    #[schemars(with = "Option<Sha256>")]
    sha256: Option<String>,
    /// Length of the file, bytes.
    length: Option<u64>,
    /// When it was called for: what the file says of itself.
    issued_at: Timestamp,
}

impl DocumentView {
    /// A document, drawn or to be drawn.
    #[must_use]
    pub fn new(kind: DocumentKind, at: Timestamp, issued: Option<&Issued>) -> Self {
        let (label, label_en) = labels::document(kind);
        let (sha256, length) = (issued.map(|issued| issued.sha256.clone()), issued.map(|issued| issued.length));
        Self { kind: kind.as_str(), label, label_en, sha256, length, issued_at: at }
    }
}

/// A document with where it is fetched.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentDownloadView {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentView,
    /// Where it is fetched.
    #[serde(flatten)]
    pub download: FetchView,
}

/// Where a file is fetched, of which all else is said already.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FetchView {
    /// Where it is fetched; the address holds for five minutes.
    #[schemars(with = "Address")]
    pub url: String,
    /// For how long the address holds, seconds.
    pub expires_in_s: u64,
    /// How it is called.
    pub file_name: String,
}

/// 存证证明: the certificate for people, and the same for programs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CertificateView {
    /// The certificate, a PDF.
    pub certificate: DownloadView,
    /// The agreement's own chain with its proofs, JSON: `cargo xtask verify` checks it without our server.
    pub bundle: DownloadView,
}

/// What was found where a document lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// As it was issued.
    Intact,
    /// Something else lies there.
    Altered,
    /// Nothing lies there.
    Missing,
}

/// A document that is verified.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VerifiedDocumentView {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentView,
    /// What lies in its place.
    pub file: FileState,
}

/// 核验: what a stranger is told who holds a code or a number. No number of a person, no name in full.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "VerificationView")]
pub struct VerificationView<B> {
    /// 协议编号.
    number: Option<AgreementNumber>,
    /// Where the agreement stands now.
    #[schemars(with = "AgreementStage")]
    stage: &'static str,
    /// In Chinese.
    stage_label: &'static str,
    /// Whether it is in force.
    in_force: bool,
    /// 线上签约 or 线下签约.
    #[schemars(with = "Medium")]
    medium: &'static str,
    /// 姓名, masked.
    masked_student: String,
    /// 单位名称, masked.
    masked_employer: String,
    /// 学校.
    school: String,
    /// When the graduate agreed.
    formed_at: Timestamp,
    /// 鉴证时间.
    certified_at: Option<Timestamp>,
    /// Since when it stands where it stands.
    since: Timestamp,
    /// Whether all that was issued lies in its place, unaltered, and the chain of records holds and says what was sealed.
    intact: bool,
    /// What was issued.
    documents: Vec<VerifiedDocumentView>,
    /// What this is, and what it is not (Electronic Signature Law).
    statement: &'static str,
    /// In English.
    statement_en: &'static str,
    /// The proof: `cargo xtask verify` checks it without our server.
    bundle: B,
}

impl<B> VerificationView<B> {
    /// What a stranger is told.
    #[must_use]
    pub fn new(agreement: &Agreement, documents: Vec<VerifiedDocumentView>, holds: bool, bundle: B) -> Self {
        let stage = agreement.stage_name();
        let (statement, statement_en) = labels::EVIDENCE_STATEMENT;
        let intact = holds && documents.iter().all(|document| document.file == FileState::Intact);
        Self {
            number: agreement.number().cloned(),
            stage: stage.as_str(),
            stage_label: labels::agreement_stage(stage, false),
            in_force: matches!(agreement.stage, Stage::Certified(_)),
            medium: medium(agreement.is_offline()),
            masked_student: agreement.student.name.masked(),
            masked_employer: agreement.employer.masked_name(),
            school: agreement.student.school_name.as_str().to_owned(),
            formed_at: agreement.formed_at,
            certified_at: agreement.certification().map(|certified| certified.at),
            since: agreement.stage.since(),
            intact,
            documents,
            statement,
            statement_en,
            bundle,
        }
    }
}
