//! Searching and listing graduates.

use super::invitations::MAX_BATCH;
use super::{Decode, DecodeError, Parts, Query};
use crate::fields::{given, read};
use bytes::Bytes;
use domain::values::{GraduationYear, Identifier, PersonName, SchoolId, Text};

/// 签约搜索: all four must be right (SR-19).
#[derive(Clone, Debug)]
pub struct FindStudent {
    /// 毕业学校.
    pub school: SchoolId,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 姓名.
    pub name: PersonName,
    /// 身份证/手机号.
    pub identifier: Identifier,
}

impl Decode for FindStudent {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let (school, graduation_year) = (fields.required("school"), fields.required("graduation_year"));
            let (name, identifier) = (fields.required("name"), fields.required("id_or_mobile"));
            Some(Self { school: school?, graduation_year: graduation_year?, name: name?, identifier: identifier? })
        })?)
    }
}

/// 加入 (SR-20).
#[derive(Clone, Debug)]
pub struct AddCandidate {
    /// What the search answered.
    pub student_ref: String,
    /// 拟聘职位.
    pub position: Option<Text<100>>,
    /// 备注.
    pub remark: Option<Text<200>>,
}

impl Decode for AddCandidate {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let student_ref = fields.required_with("student_ref", given(200));
            let (position, remark) = (fields.optional("position"), fields.optional("remark"));
            Some(Self { student_ref: student_ref?, position, remark })
        })?)
    }
}

/// 导入拟签约名单 (SR-21).
#[derive(Clone, Debug)]
pub struct ImportCandidates {
    /// The spreadsheet.
    pub file: Bytes,
    /// Only a rehearsal.
    pub dry_run: bool,
}

impl Decode for ImportCandidates {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let dry_run = query.one_of("dry_run", &[("true", true), ("false", false)]).unwrap_or(false);
        query.done(Self { file: parts.file.clone(), dry_run })
    }
}

/// 移出签约发送列表 (SR-24).
#[derive(Clone, Debug)]
pub struct RemoveCandidates {
    /// Entries of the send list.
    pub student_refs: Vec<String>,
}

impl Decode for RemoveCandidates {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| Some(Self { student_refs: fields.distinct_texts("student_refs", MAX_BATCH)? }))?)
    }
}
