//! What is kept of a file that was handed in.

use crate::values::{Text, UploadId};
use serde::{Deserialize, Serialize};

/// A clean file, as whatever it was handed in for keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The upload.
    pub upload: UploadId,
    /// As the uploader called it, with the ending of what it is.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they say it themselves")]
pub enum MediaType {
    Pdf,
    Jpeg,
    Png,
    Xlsx,
}

impl Attachment {
    /// Under its uploader's name, with the ending of what it is: whatever stood there, a computer opens it as that and nothing else.
    #[must_use]
    pub fn named(file_name: &Text<100>, media_type: MediaType) -> Text<100> {
        let name = file_name.as_str();
        let ending = media_type.ending();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end_matches(['.', ' ']);
        let kept: String = stem.chars().take(100 - ending.len() - 1).collect();
        let stem = if kept.is_empty() { "file" } else { &kept };
        Text::parse(&format!("{stem}.{ending}")).unwrap_or_else(|_| file_name.clone())
    }
}

impl MediaType {
    /// What scans are taken as; a school chooses among them.
    pub const SCANS: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// How its files' names end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Xlsx => "xlsx",
        }
    }

    /// As in a `Content-Type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reliability 2.8: what a computer opens a file as is what it was checked as.
    #[test]
    fn a_files_name_ends_as_what_it_is() {
        let named = |name: &str, media_type| Attachment::named(&Text::parse(name).unwrap(), media_type).as_str().to_owned();
        let cases = [
            ("盖章协议书.pdf", "盖章协议书.pdf"),
            ("协议.tar.bat", "协议.tar.pdf"),
            ("scan.hta", "scan.pdf"),
            ("scan", "scan.pdf"),
            (".exe", "file.pdf"),
            ("scan. .", "scan.pdf"),
            ("SCAN.PDF", "SCAN.pdf"),
        ];
        for (given, kept) in cases {
            assert_eq!(named(given, MediaType::Pdf), kept);
        }
        assert_eq!(named("照片.jpeg", MediaType::Jpeg), "照片.jpg");
        let long = named(&"长".repeat(100), MediaType::Png);
        assert!(long.chars().count() == 100 && long.ends_with("长.png"), "{long}");
    }
}
