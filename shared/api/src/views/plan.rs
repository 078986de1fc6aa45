//! 就业方案: what stands in it, and what a graduate says of it.

use super::{CodeView, Receipt};
use crate::actions::{ANSWER_OBJECTION, OBJECT_TO_RECORD};
use crate::schema::{OfObjection, OfRecord, ReceiptOf};
use domain::labels;
use domain::objection::{Objection, StageName};
use domain::plan::PlanRecord;
use domain::values::{Destination, GraduationYear, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// A record of the plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanRecordRow {
    /// The record: open or closed.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfRecord>")]
    pub record: Receipt,
    /// 学号.
    pub student_number: String,
    /// 姓名.
    pub student_name: String,
    /// 毕业届.
    pub graduation_year: Option<GraduationYear>,
    /// 毕业去向类别.
    pub destination: CodeView,
    /// With whom.
    pub organisation: Option<String>,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when; none while it stands.
    pub closed_at: Option<Timestamp>,
    /// What is handed to the ministry, column by column: the graduate sees it exactly as it is exported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<PlanColumnView>,
    /// What the graduate has said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objection: Option<ObjectionView>,
}

/// A column of the plan, and what it says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanColumnView {
    /// Its customary id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it says; an identity number masked.
    pub value: String,
}

/// An objection and its answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ObjectionView {
    /// The objection: open or answered; its id is the record's.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfObjection>")]
    pub objection: Receipt,
    /// 学号.
    pub student_number: String,
    /// 姓名.
    pub student_name: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// What is wrong.
    pub text: String,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// What the school says.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
}

impl PlanRecordRow {
    /// A record as its graduate sees it.
    #[must_use]
    pub fn of_student(record: &PlanRecord, columns: Vec<PlanColumnView>, objection: Option<(&Objection, u64)>) -> Self {
        let may_object = objection.is_none_or(|(objection, _)| objection.stage_name() == StageName::Answered);
        let receipt = Receipt::of_record(record.source.id().as_str(), record.closed_at.is_none());
        Self {
            record: receipt.offering(may_object.then_some(OBJECT_TO_RECORD.name)),
            student_number: record.student_number.as_str().to_owned(),
            student_name: record.student_name.as_str().to_owned(),
            graduation_year: Some(record.graduation_year),
            destination: record.destination.code().into(),
            organisation: record.source.organisation().map(str::to_owned),
            opened_at: record.opened_at,
            closed_at: record.closed_at,
            columns,
            objection: objection.map(|(objection, version)| ObjectionView::of(objection, version, false)),
        }
    }
}

impl ObjectionView {
    /// An objection, for whoever may answer it or not.
    #[must_use]
    pub fn of(objection: &Objection, version: u64, may_answer: bool) -> Self {
        Self {
            objection: Receipt::of_objection(objection.record.as_str(), version, objection.stage_name(), may_answer),
            student_number: objection.student_number.as_str().to_owned(),
            student_name: objection.student_name.as_str().to_owned(),
            graduation_year: objection.graduation_year,
            text: objection.text.as_str().to_owned(),
            raised_at: objection.raised_at,
            answer: objection.answer.as_ref().map(|answer| answer.text.as_str().to_owned()),
            answered_at: objection.answer.as_ref().map(|answer| answer.at),
        }
    }
}

impl Receipt {
    /// A record of the plan. It is opened once and closed once: that is its version.
    #[must_use]
    pub fn of_record(id: &str, is_open: bool) -> Self {
        let (version, stage, label) = if is_open { (1, "open", "有效") } else { (2, "closed", "已终止") };
        Self::new(&id, version, stage, label)
    }

    /// An objection, by its record.
    #[must_use]
    pub fn of_objection(record: &str, version: u64, stage: StageName, may_answer: bool) -> Self {
        let answerable = may_answer && stage == StageName::Open;
        Self::new(&record, version, stage.as_str(), labels::objection_stage(stage)).offering(answerable.then_some(ANSWER_OBJECTION.name))
    }
}

/// 毕业去向类别 of a row, by its code.
#[must_use]
pub fn destination_view(code: &str) -> CodeView {
    Destination::parse(code).unwrap_or(Destination::SEEKING).code().into()
}
