//! Files that people hand in.

use super::{Decode, DecodeError, Nothing, Parts, id};
use crate::describe::Kind;
use crate::fields::{Reader, one_of, read, sha256, whole_as};
use domain::upload::{MediaType, Purpose};
use domain::values::{Invalid, Text, UploadId};
use serde_json::Value;

/// 上传: what the file is to be. The presigned request signs it, and the confirmation holds the file to it.
#[derive(Clone, Debug)]
pub struct RequestUpload {
    /// What for.
    pub purpose: Purpose,
    /// As the uploader calls it.
    pub file_name: Text<100>,
    /// What it is.
    pub media_type: MediaType,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of it, lower-case hex.
    pub sha256: String,
}

impl Decode for RequestUpload {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let (purpose, file_name) = (
                fields.required_with("purpose", one_of(PURPOSES)),
                fields.required_with("file_name", Reader(|| Kind::Form(r"^[^/\\]*[^/\\\s.][^/\\]*$", 100), file_name)),
            );
            let media_type = fields.required_with("content_type", one_of(TYPES));
            let length = fields.required_with("length", whole_as(1, MAX_LENGTH));
            let sha256 = fields.required_with("sha256", sha256());
            Some(Self { purpose: purpose?, file_name: file_name?, media_type: media_type?, length: length?, sha256: sha256? })
        })?)
    }
}

/// 确认上传: the file is there.
#[derive(Clone, Debug)]
pub struct ConfirmUpload {
    /// The upload.
    pub id: UploadId,
}

impl Decode for ConfirmUpload {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<UploadId>(parts)?;
        Nothing::decode(parts).map(|Nothing| Self { id })
    }
}

/// Longer than any school takes.
const MAX_LENGTH: i64 = 24 * 1024 * 1024;

const PURPOSES: &[(&str, Purpose)] = &[
    ("licence", Purpose::Licence),
    ("stamped_agreement", Purpose::StampedAgreement),
    ("termination_proof", Purpose::TerminationProof),
    ("roster", Purpose::Roster),
];

const TYPES: &[(&str, MediaType)] = &[
    ("application/pdf", MediaType::Pdf),
    ("image/jpeg", MediaType::Jpeg),
    ("image/png", MediaType::Png),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MediaType::Xlsx),
];

/// A name, no path: no separators, nothing that ends a header; what turns the reading direction around no text may have.
fn file_name(value: &Value) -> Result<Text<100>, Invalid> {
    let text = value.as_str().ok_or(Invalid::WrongType)?;
    let forbidden = |c: char| c.is_control() || matches!(c, '/' | '\\');
    if text.contains(forbidden) || matches!(text.trim(), "." | "..") { Err(Invalid::ForbiddenCharacter) } else { Text::parse(text) }
}
