//! What is kept of a file that was handed in.

use crate::values::{Text, UploadId};
use serde::{Deserialize, Serialize};

/// A clean file, as whatever it was handed in for keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The upload.
    pub upload: UploadId,
    /// As the uploader called it.
    pub file_name: Text<100>,
    /// What it is.
    pub media_type: MediaType,
    /// Length in bytes.
    pub length: u64,
    /// SHA-256 of its content, lower-case hex.
    pub sha256: String,
    /// Pages of a PDF.
    pub pages: Option<u32>,
}

/// What files are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they say it themselves")]
pub enum MediaType {
    Pdf,
    Jpeg,
    Png,
}

impl MediaType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// As in a `Content-Type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}
