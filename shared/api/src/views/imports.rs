//! What spreadsheets came to: row by row, in totals, and as a job that is under way.

use super::Receipt;
use crate::problems;
use crate::schema::{Address, HaltName, ImportOutcomeName, OfJob, ReasonCode, ReceiptOf, RowOutcomeName, Sha256, TaskName};
use domain::job::{Format, Halt, Job, Outcome, Progress, RowFault, RowResult, Stage, Wrong};
use domain::values::{StudentId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What became of an imported list of candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportView {
    /// Only a rehearsal: nothing was written.
    pub dry_run: bool,
    /// Graduates added to the send list (or, in a rehearsal, that would be).
    pub added: usize,
    /// Graduates who are on it already.
    pub already_listed: usize,
    /// Rows that were not taken.
    pub failed: usize,
    /// Rows not reached in time: import the same file again.
    pub not_attempted: usize,
    /// Row by row, in the order of the file.
    pub rows: Vec<ImportRow>,
    /// The rows that were not taken, each with its reason: to be mended and imported again.
    pub error_sheet: Option<SheetLink>,
}

/// A row of a list of candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportRow {
    /// Its number, as Excel shows it.
    pub row: u32,
    /// added, `already_listed`, failed or `not_attempted`.
    #[schemars(with = "ImportOutcomeName")]
    pub outcome: Cow<'static, str>,
    /// The employer's own name for the student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student_ref: Option<String>,
    /// 姓名, masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked_name: Option<String>,
    /// 院系.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub college: Option<String>,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FaultView>,
}

impl ImportView {
    /// Counts the rows.
    #[must_use]
    pub fn of(rows: Vec<ImportRow>, dry_run: bool, error_sheet: Option<SheetLink>) -> Self {
        let count = |outcome: &str| rows.iter().filter(|row| row.outcome == outcome).count();
        let (added, already_listed, failed) = (count("added"), count("already_listed"), count("failed"));
        Self { dry_run, added, already_listed, failed, not_attempted: count("not_attempted"), rows, error_sheet }
    }
}

/// Where a file is fetched, as a download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SheetLink {
    /// Where.
    #[schemars(with = "Address")]
    pub url: String,
    /// How long the address holds, in seconds.
    pub expires_in_s: u64,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FaultView {
    /// Title of the column; none if the whole row is at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub code: Cow<'static, str>,
    /// In Chinese.
    pub detail: String,
    /// In English.
    pub detail_en: String,
}

impl From<&RowFault> for FaultView {
    fn from(fault: &RowFault) -> Self {
        let (code, detail, detail_en) = wrong_words(fault.wrong);
        Self { column: fault.column.clone(), code: code.into(), detail, detail_en }
    }
}

/// Code, and what is wrong with a row in Chinese and English.
#[must_use]
pub fn wrong_words(wrong: Wrong) -> (&'static str, String, String) {
    let (code, zh, en) = match wrong {
        Wrong::Cell(invalid) => return problems::words(invalid),
        Wrong::NobodyFound => ("nobody_found", "未找到与四项信息完全一致的毕业生", "Nobody is found by exactly these facts"),
        Wrong::SearchesUsedUp => {
            ("searches_used_up", "今日未找到的次数已达上限,请明日再试", "Too many have found nobody today; try again tomorrow")
        }
        Wrong::SearchLocked => {
            ("search_locked", "该生多次未找到,请一小时后再试", "This graduate was missed too often; try again in an hour")
        }
        Wrong::NumberTaken => ("number_taken", "身份证号或手机与其他学生的记录冲突", "The identity number or mobile is another student's"),
        Wrong::SignedMeanwhile => (
            "signed_meanwhile",
            "该生有在办或有效签约,姓名、身份证号、毕业届未更新;请用「更正学生信息」并注明原因",
            "There is a signing; name, identity number and year are not changed by an import: correct the record, with a reason",
        ),
        Wrong::Busy => ("busy", "该生信息正在被修改,请稍后再导入此行", "The record was being changed; import this row again"),
    };
    (code, zh.to_owned(), en.to_owned())
}

/// An import or export, as its school sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JobView {
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfJob>")]
    job: Receipt,
    /// What it does: `import_students` or `export_plan`.
    #[schemars(with = "TaskName")]
    task: &'static str,
    requested_at: Timestamp,
    ended_at: Option<Timestamp>,
    progress: ProgressView,
    /// Why it cannot go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    halt: Option<HaltView>,
    /// What it has made: the export, or the sheet of rows that were not taken.
    file: Option<FileView>,
    /// What became of rows, a page at a time, in the order of the file.
    rows: Vec<RowView>,
    /// What `?after=` continues with; null at the end.
    next: Option<String>,
}

/// A file that a job has made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct FileView {
    name: String,
    format: Format,
    length: u64,
    #[schemars(with = "Sha256")]
    sha256: String,
    #[serde(flatten)]
    link: Option<SheetLink>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct HaltView {
    #[schemars(with = "HaltName")]
    code: &'static str,
    /// Of a file that cannot be read: why, as its upload would have been refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ReasonCode>")]
    reason: Option<&'static str>,
    detail: &'static str,
    detail_en: &'static str,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct RowView {
    row: u32,
    #[schemars(with = "RowOutcomeName")]
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<StudentId>")]
    student_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FaultView>,
}

impl JobView {
    /// The job with how far it is, a page of its rows, and where its file is fetched.
    #[must_use]
    pub fn new(job: &Job, version: u64, progress: Progress, rows: &[RowResult], next: Option<String>, link: Option<SheetLink>) -> Self {
        let (ended_at, halt, file, progress) = match &job.stage {
            Stage::Running => (None, None, None, progress),
            Stage::Done(done) => (Some(done.at), None, done.file.clone(), done.progress.clone()),
            Stage::Failed(failed) => (Some(failed.at), Some(failed.halt), None, progress),
        };
        let file = file.map(|file| FileView { name: file.name, format: file.format, length: file.length, sha256: file.sha256, link });
        Self {
            job: Receipt::of_job(job, version),
            task: job.task.name(),
            requested_at: job.requested_at,
            ended_at,
            progress: ProgressView::of(&progress),
            halt: halt.map(HaltView::of),
            file,
            rows: rows.iter().map(RowView::of).collect(),
            next,
        }
    }
}

/// How far a job is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct ProgressView {
    /// Rows that are judged, or records that are read.
    done: u32,
    /// How many there are, once that is known.
    total: Option<u32>,
    created: u32,
    updated: u32,
    unchanged: u32,
    /// Rows that were not taken; of an export, rows with something missing that the ministry wants.
    failed: u32,
}

impl ProgressView {
    fn of(progress: &Progress) -> Self {
        let Progress { done, total, created, updated, unchanged, failed, .. } = progress.clone();
        Self { done, total, created, updated, unchanged, failed }
    }
}

impl HaltView {
    fn of(code: Halt) -> Self {
        let (detail, detail_en) = domain::labels::halt(code);
        let reason = if let Halt::Unreadable(reason) = code { Some(reason.as_str()) } else { None };
        Self { code: code.as_str(), reason, detail, detail_en }
    }
}

impl RowView {
    fn of(result: &RowResult) -> Self {
        let row = Self { row: result.row, outcome: "", student_id: None, fields: Vec::new(), errors: Vec::new() };
        match &result.outcome {
            Outcome::Created { student } => Self { outcome: "created", student_id: Some(student.to_string()), ..row },
            Outcome::Updated { student, fields } => {
                Self { outcome: "updated", student_id: Some(student.to_string()), fields: fields.clone(), ..row }
            }
            Outcome::Unchanged { student } => Self { outcome: "unchanged", student_id: Some(student.to_string()), ..row },
            Outcome::Failed { faults } => Self { outcome: "failed", errors: faults.iter().map(FaultView::from).collect(), ..row },
        }
    }
}

impl Receipt {
    /// A job after the command.
    #[must_use]
    pub fn of_job(job: &Job, version: u64) -> Self {
        Self::new(&job.id, version, job.stage_name(), domain::labels::job_stage(&job.stage))
    }
}
