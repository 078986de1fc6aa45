//! 就业方案: exports of it, lists of it, and objections to it.

use super::{Decode, DecodeError, ListPage, Parts, Query, id, version};
use crate::describe::{Kind, List};
use crate::fields::{Reader, one_of, read};
use domain::job::Format;
use domain::objection::StageName;
use domain::plan::{RecordId, Selection, columns};
use domain::values::{CollegeId, GraduationYear, Invalid, Text};
use serde_json::Value;

/// 导出就业方案.
#[derive(Clone, Debug)]
pub struct ExportEmploymentPlan {
    /// Which records, and how.
    pub selection: Selection,
}

impl Decode for ExportEmploymentPlan {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let (graduation_year, college) = (fields.required("graduation_year"), fields.optional::<CollegeId>("college"));
            let with_ended = fields.optional("with_ended").unwrap_or(false);
            let chosen = fields.optional_with("columns", Reader(choosable, chosen)).unwrap_or_default();
            let format = fields.optional_with("format", one_of(FORMATS));
            let format = format.unwrap_or(Format::Xlsx);
            Some(Self { selection: Selection { graduation_year: graduation_year?, college, with_ended, columns: chosen, format } })
        })?)
    }
}

const FORMATS: &[(&str, Format)] = &[("xlsx", Format::Xlsx), ("csv", Format::Csv)];

fn choosable() -> Kind {
    Kind::List(Box::new(List { of: Kind::Words(columns().map(|column| column.id).collect()), min: 1, max: None, distinct: false }))
}

/// Columns by their customary ids.
fn chosen(value: &Value) -> Result<Vec<String>, Invalid> {
    let list = value.as_array().ok_or(Invalid::WrongType)?;
    let known = |one: &Value| {
        let id = one.as_str().ok_or(Invalid::WrongType)?;
        columns().find(|column| column.id == id).map(|column| column.id.to_owned()).ok_or(Invalid::NotInCodeTable)
    };
    let ids: Vec<String> = list.iter().map(known).collect::<Result<_, _>>()?;
    if ids.is_empty() { Err(Invalid::Missing) } else { Ok(ids) }
}

/// A page of the plan: a graduate's own, or of one year in an officer's scope.
#[derive(Clone, Debug)]
pub struct ListPlanRecords {
    /// 毕业届, where an officer asks.
    pub graduation_year: Option<GraduationYear>,
    /// How the student number begins, where an officer asks.
    pub student_number: Option<String>,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListPlanRecords {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let (graduation_year, student_number) = (query.value("graduation_year"), query.beginning("student_number", 32));
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { graduation_year, student_number, page })
    }
}

/// 提出异议.
#[derive(Clone, Debug)]
pub struct ObjectToRecord {
    /// The record.
    pub id: RecordId,
    /// What is wrong with it.
    pub text: Text<500>,
}

impl Decode for ObjectToRecord {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<RecordId>(parts)?;
        Ok(read(parts, |fields| Some(Self { id, text: fields.required("text")? }))?)
    }
}

/// 答复异议, on the version that was seen.
#[derive(Clone, Debug)]
pub struct AnswerObjection {
    /// The record.
    pub id: RecordId,
    /// The version that was seen.
    pub version: u64,
    /// What the school says.
    pub text: Text<500>,
}

impl Decode for AnswerObjection {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<RecordId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, text) = (fields.required_with("version", version()), fields.required("text"));
            Some(Self { id, version: version?, text: text? })
        })?)
    }
}

/// A page of objections in one stage.
#[derive(Clone, Debug)]
pub struct ListObjections {
    /// The stage: those that wait if none is asked for.
    pub stage: StageName,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListObjections {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let stage = query.one_of("status", &StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { stage: stage.unwrap_or(StageName::Open), page })
    }
}
