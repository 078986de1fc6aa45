//! Files that people hand in, and where they are put and fetched.

use super::{AttachmentView, Receipt};
use crate::actions::CONFIRM_UPLOAD;
use crate::problems::ReasonView;
use crate::schema::{Address, OfUpload, ReceiptOf, Sha256};
use domain::labels;
use domain::upload::{Purpose, Stage, Upload};
use domain::values::{Timestamp, UploadId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a file is to be put, and with which headers: nothing else is taken there, once, within five minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UploadPlace {
    /// The upload.
    pub id: UploadId,
    /// Where it goes by PUT.
    #[schemars(with = "Address")]
    pub url: String,
    /// Headers of that PUT: each exactly so.
    pub headers: BTreeMap<String, String>,
    /// How long the address holds, in seconds.
    pub expires_in_s: u64,
    /// Until when the upload may be confirmed.
    pub confirmed_until: Timestamp,
}

/// What a confirmation answers: the file as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UploadReceipt {
    /// The upload.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfUpload>")]
    pub upload: Receipt,
    /// SHA-256 of what is kept: pictures are cleaned, and no longer what they were.
    #[schemars(with = "Sha256")]
    pub sha256: String,
    /// Its length in bytes.
    pub length: u64,
    /// Pages of a PDF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
}

impl UploadReceipt {
    /// The upload once it is clean.
    #[must_use]
    pub fn of(upload: &Upload, version: u64) -> Option<Self> {
        let file = upload.file()?;
        Some(Self { upload: Receipt::of_upload(upload, version), sha256: file.sha256.clone(), length: file.length, pages: file.pages })
    }
}

impl Receipt {
    /// An upload after the command.
    #[must_use]
    pub fn of_upload(upload: &Upload, version: u64) -> Self {
        let receipt = Self::new(&upload.id, version, upload.stage_name(), labels::upload_stage(&upload.stage));
        let open = matches!(upload.stage, Stage::Requested);
        receipt.offering(open.then_some(CONFIRM_UPLOAD.name))
    }
}

/// A file that was handed in, and where it is fetched.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UploadView {
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfUpload>")]
    upload: Receipt,
    purpose: Purpose,
    requested_at: Timestamp,
    /// Until when it may be confirmed.
    confirmed_until: Timestamp,
    /// Why it is not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonView>,
    /// What is kept; none before it is clean.
    file: Option<AttachmentView>,
    /// Where it is fetched, as a download, once it is clean.
    #[schemars(with = "Option<Address>")]
    url: Option<String>,
    /// How long the address holds, in seconds.
    expires_in_s: Option<u64>,
}

impl UploadView {
    /// The upload, with an address if there is something to fetch. What nobody has confirmed in time reads as lapsed.
    #[must_use]
    pub fn new(upload: &Upload, version: u64, address: Option<(String, u64)>, now: Timestamp) -> Self {
        let (url, expires_in_s) = address.unzip();
        let receipt = Receipt::of_upload(upload, version);
        let lapsed = || Receipt { effective_stage: "lapsed".to_owned(), actions: Vec::new(), ..receipt.clone() };
        Self {
            upload: if upload.has_lapsed(now) { lapsed() } else { receipt },
            purpose: upload.purpose,
            requested_at: upload.requested_at,
            confirmed_until: upload.confirmed_until(),
            reason: upload.refused().map(ReasonView::from),
            file: upload.file().map(AttachmentView::from),
            url,
            expires_in_s,
        }
    }
}
