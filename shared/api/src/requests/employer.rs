//! Registering, confirming and reviewing employers.

use super::letter::{file_receiving, household_receiving};
use super::terminations::MAX_FILES;
use super::{Decode, DecodeError, Parts, Query, id, version};
use crate::fields::{Fields, read};
use domain::employer::{Review, SigningInformation, Standing};
use domain::letter::Contact;
use domain::values::{CreditCode, EmployerId, SchoolId, Text, UploadId};

/// 单位注册 (SR-10).
#[derive(Clone, Debug)]
pub struct RegisterEmployer {
    /// 单位名称.
    pub name: Text<100>,
    /// 统一社会信用代码(组织机构代码).
    pub credit_code: CreditCode,
    /// The school asked for its review.
    pub school: SchoolId,
    /// 营业执照; none where it was handed in before, or nobody asks for it.
    pub upload_ids: Vec<UploadId>,
}

impl Decode for RegisterEmployer {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let (name, credit_code, school) = (fields.required("name"), fields.required("credit_code"), fields.required("school"));
            let upload_ids = fields.optional_ids("upload_ids", MAX_FILES);
            Some(Self { name: name?, credit_code: credit_code?, school: school?, upload_ids })
        })?)
    }
}

/// 确认签约信息 (SR-11).
#[derive(Clone, Debug)]
pub struct ConfirmEmployer {
    /// All of it: what is left out is empty.
    pub information: SigningInformation,
    /// The version that was seen, if the caller minds what a colleague has confirmed meanwhile.
    pub version: Option<u64>,
}

impl Decode for ConfirmEmployer {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let version = fields.optional_with("version", version());
            Some(Self { information: information(fields)?, version })
        })?)
    }
}

pub(super) fn contact(fields: &Fields<'_>) -> Option<Contact> {
    let (name, phone, email) = (fields.required("name"), fields.required("phone"), fields.optional("email"));
    Some(Contact { name: name?, phone: phone?, email })
}

/// Starred fields may be missing here: whoever certifies completes them.
fn information(fields: &Fields<'_>) -> Option<SigningInformation> {
    let (nature, industry, region) = (fields.optional("nature"), fields.optional("industry"), fields.optional("region"));
    let (address, postcode, supervisor) = (fields.optional("address"), fields.optional("postcode"), fields.optional("supervisor"));
    let default_position = fields.optional("default_position");
    let contact = fields.object("contact", contact);
    let file_receiving = fields.object("file_receiving", file_receiving);
    let household_receiving = fields.object("household_receiving", household_receiving);
    Some(SigningInformation {
        nature,
        industry,
        region,
        address,
        postcode,
        supervisor,
        contact: contact?,
        default_position,
        file_receiving: file_receiving?,
        household_receiving: household_receiving?,
    })
}

/// 单位审核 (SR-92, A-31).
#[derive(Clone, Debug)]
pub struct ReviewEmployer {
    /// The employer.
    pub id: EmployerId,
    /// The decision, with its reason where one is needed.
    pub review: Review,
    /// The version that was seen, if the officer minds what others have decided or the employer has said meanwhile.
    pub version: Option<u64>,
}

#[derive(Clone, Copy)]
enum Word {
    Approve,
    Reject,
    Revoke,
    Block,
    Unblock,
}

const WORDS: &[(&str, Word)] =
    &[("approve", Word::Approve), ("reject", Word::Reject), ("revoke", Word::Revoke), ("block", Word::Block), ("unblock", Word::Unblock)];

impl Decode for ReviewEmployer {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<EmployerId>(parts)?;
        Ok(read(parts, |fields| {
            // A reason may come along with any decision; only those against the employer need one.
            fields.leave_alone(&["reason"]);
            let version = fields.optional_with("version", version());
            let word = fields.choice("decision", WORDS);
            let reason = || fields.required::<Text<500>>("reason");
            let review = match word? {
                Word::Reject => Review::Reject(reason()?),
                Word::Revoke => Review::Revoke(reason()?),
                Word::Block => Review::Block(reason()?),
                Word::Approve => Review::Approve,
                Word::Unblock => Review::Unblock,
            };
            Some(Self { id, review, version })
        })?)
    }
}

/// A page of employers: by how they stand with the caller's school, or all by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEmployers {
    /// How they stand; all of the platform if none.
    pub standing: Option<Standing>,
    /// How their name begins, of all.
    pub name: Option<String>,
    /// At most this many rows, 1 to 100.
    pub limit: u32,
    /// `next` of an earlier page.
    pub after: Option<String>,
}

impl Decode for ListEmployers {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let standing = query.one_of("status", &Standing::ALL.map(|standing| (standing.as_str(), standing)));
        let name = query.beginning("name", 100).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let (limit, after) = (query.limit(), query.after());
        query.done(Self { standing, name, limit, after })
    }
}
