//! 线下签约: what a graduate enters, section by section, and hands in.

use super::employer::contact;
use super::letter::{file_receiving, household_receiving, signing};
use super::terminations::MAX_FILES;
use super::{Decode, DecodeError, Parts, id, version};
use crate::describe::{Kind, List};
use crate::fields::{FieldError, Fields, Reader, read, read_in_part, read_object, sha256, whole_as};
use domain::agreement::OfflineText;
use domain::letter::EmployerSection;
use domain::values::{AgreementId, Invalid, UploadId, without_controls};
use serde_json::{Map, Value};

/// 暂存 (SR-65, A-18): sections as entered. What is given must be right as far as it goes; what is missing may be.
#[derive(Clone, Debug)]
pub struct SaveOfflineDraft {
    /// The sections that are given, as they came: they replace those that stand.
    pub sections: Map<String, Value>,
    /// The version that was seen, if the caller minds what another device has saved meanwhile; 0 where nothing was saved.
    pub version: Option<u64>,
}

impl Decode for SaveOfflineDraft {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut body = parts.body.clone();
        if let Some(sections) = body.as_object_mut() {
            sections.retain(|_, section| !section.is_null());
            sections.values_mut().for_each(clean);
        }
        let version = read_in_part(parts, &body, |fields| {
            // What is missing of the text is no fault here, and nothing comes of it yet.
            let _ = text(fields);
            Some(fields.optional_with("version", whole_as(0, i64::MAX)))
        })?;
        let mut sections = body.as_object().cloned().unwrap_or_default();
        sections.remove("version");
        Ok(Self { sections, version })
    }
}

/// What is kept of a section: no control characters, as in everything that people write (domain 4.1).
fn clean(section: &mut Value) {
    match section {
        Value::String(text) => *text = without_controls(text),
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text of an agreement on paper, if nothing is missing.
///
/// # Errors
/// What is missing or wrong, by JSON pointer.
pub fn complete(sections: &Map<String, Value>) -> Result<OfflineText, Vec<FieldError>> {
    read_object(&Value::Object(sections.clone()), text)
}

fn text(fields: &Fields<'_>) -> Option<OfflineText> {
    let employer = fields.object("employer", employer);
    let signing = fields.object("signing", signing);
    let file_receiving = fields.object("file_receiving", file_receiving);
    let household_receiving = fields.object("household_receiving", household_receiving);
    Some(OfflineText { employer: employer?, signing: signing?, file_receiving: file_receiving?, household_receiving: household_receiving? })
}

/// 单位基本信息 as the graduate knows it: the starred fields may be left to whoever certifies.
fn employer(fields: &Fields<'_>) -> Option<EmployerSection> {
    let (name, credit_code) = (fields.required("name"), fields.required("credit_code"));
    let (nature, industry, region) = (fields.optional("nature"), fields.optional("industry"), fields.optional("region"));
    let (address, postcode, supervisor) = (fields.optional("address"), fields.optional("postcode"), fields.optional("supervisor"));
    let contact = fields.object("contact", contact);
    Some(EmployerSection {
        name: name?,
        credit_code: credit_code?,
        nature,
        industry,
        region,
        address,
        postcode,
        supervisor,
        contact: contact?,
    })
}

/// 保存并生成协议书 (SR-66): what was previewed, and two confirmations.
#[derive(Clone, Debug)]
pub struct SubmitOfflineAgreement {
    /// As the preview gave it.
    pub preview_sha256: String,
}

impl Decode for SubmitOfflineAgreement {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let preview_sha256 = fields.required_with("preview_sha256", sha256());
            let confirmed = fields.required_with("confirm", Reader(twice_ticked, twice));
            Some(Self { preview_sha256: preview_sha256.filter(|_| confirmed.is_some())? })
        })?)
    }
}

fn twice_ticked() -> Kind {
    Kind::List(Box::new(List { of: Kind::Ticked, min: 2, max: Some(2), distinct: false }))
}

/// 经两次确认: `[true, true]`.
fn twice(value: &Value) -> Result<(), Invalid> {
    match value.as_array().map(Vec::as_slice) {
        Some([Value::Bool(true), Value::Bool(true)]) => Ok(()),
        Some(_) => Err(Invalid::NotConfirmed),
        None => Err(Invalid::WrongType),
    }
}

/// 反馈协议书 (SR-68, SR-70): the stamped scan, on the version that was seen.
#[derive(Clone, Debug)]
pub struct ReturnAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// The version that was seen.
    pub version: u64,
    /// Its files, in the order of the pages.
    pub upload_ids: Vec<UploadId>,
}

impl Decode for ReturnAgreement {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<AgreementId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, upload_ids) = (fields.required_with("version", version()), fields.ids("upload_ids", MAX_FILES));
            Some(Self { id, version: version?, upload_ids: upload_ids? })
        })?)
    }
}
