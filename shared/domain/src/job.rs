//! Long imports and exports of a school: asked for once, done in chunks, resumed wherever they were stopped.

use crate::Refusal;
use crate::event::Event;
use crate::party::{Actor, Officer};
use crate::plan::Selection;
use crate::retention::Day;
use crate::transition::{Effect, NoticeKind, Recipient, Transition};
use crate::upload::{Attachment, Reason};
use crate::values::{AccountId, Invalid, JobId, SchoolId, StudentId, Timestamp};
use serde::{Deserialize, Serialize};

/// An import or export from the request on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// Whose log-in asked for it: what it does, it does in that name.
    pub by: AccountId,
    /// When that log-in's token was issued, seconds since 1970: a log-in that is shut stops its jobs.
    pub token_issued_at_s: i64,
    /// What is to be done.
    pub task: Task,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// Since when what it made, and what became of its rows, is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared_at: Option<Timestamp>,
    /// Where it stands.
    pub stage: Stage,
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// 导入学生名册.
    ImportStudents {
        /// The spreadsheet.
        file: Attachment,
    },
    /// 导出就业方案.
    ExportPlan {
        /// Which records, and how.
        selection: Selection,
    },
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 进行中.
    Running,
    /// 已完成.
    Done(Done),
    /// 未完成: what was done until then stands.
    Failed(Failed),
}

/// Everything was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub progress: Progress,
    /// What can be fetched: the export, or the sheet of rows that were not taken.
    pub file: Option<ResultFile>,
}

/// It cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub halt: Halt,
}

/// Why a job does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Halt {
    /// The file is no longer there, or not what it was.
    FileGone,
    /// The file cannot be read as a roster.
    Unreadable(Reason),
    /// The log-in that asked for it was shut.
    Revoked,
    /// It was taken up again and again and never got on: whatever it is about ends its worker.
    Stuck,
}

impl Halt {
    /// The code as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FileGone => "file_gone",
            Self::Unreadable(_) => "unreadable",
            Self::Revoked => "revoked",
            Self::Stuck => "stuck",
        }
    }
}

/// A file that a job has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultFile {
    /// What it is called when it is fetched.
    pub name: String,
    /// What it is.
    pub format: Format,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of its content, lower-case hex.
    pub sha256: String,
}

/// What files jobs make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// For Excel.
    Xlsx,
    /// For programs.
    Csv,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// The name as stored and sent, and how files' names end.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// As in a `Content-Type`.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// How far a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Chunks that are written.
    pub chunks: u32,
    /// Rows that are judged, or records that are read.
    pub done: u32,
    /// How many there are, once that is known.
    pub total: Option<u32>,
    /// Rows that made a student.
    pub created: u32,
    /// Rows that changed one.
    pub updated: u32,
    /// Rows that say what the roster says.
    pub unchanged: u32,
    /// Rows that were not taken; of an export, rows with something missing that the ministry wants.
    pub failed: u32,
    /// Where an export goes on reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Under which names an export's pages wait to be put together, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowResult {
    /// Its number, as Excel shows it.
    pub row: u32,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a row, and of which record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Outcome {
    /// A student came onto the roster.
    Created {
        /// Who.
        student: StudentId,
    },
    /// A student's record changed.
    Updated {
        /// Who.
        student: StudentId,
        /// What.
        fields: Vec<String>,
    },
    /// The roster says so already.
    Unchanged {
        /// Who.
        student: StudentId,
    },
    /// Not taken.
    Failed {
        /// Why: each with its column, if one is to blame.
        faults: Vec<RowFault>,
    },
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// Title of the column; none if the whole row is at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// Why a row is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// A cell is not as it must be.
    Cell(Invalid),
    /// Nobody is found by these four facts; which of them is wrong, nobody is told.
    NobodyFound,
    /// So many rows found nobody that no more are tried today (domain 5.1).
    SearchesUsedUp,
    /// So many rows missed this graduate that no more are tried for an hour (domain 5.1).
    SearchLocked,
    /// The number is another person's, or another student of this name and year has it.
    NumberTaken,
    /// Name or identity number would change while a signing is open: the school corrects that by itself, with a reason.
    SignedMeanwhile,
    /// The record moved at every try.
    Busy,
}

impl Job {
    /// An officer of the school asks for it.
    #[must_use]
    pub fn request(id: JobId, officer: &Officer, token_issued_at_s: i64, task: Task, now: Timestamp) -> Transition<Self> {
        let event = Event::JobRequested { task: task.name().to_owned(), selection: task.selection().cloned() };
        let next =
            Self { id, by: officer.account.clone(), token_issued_at_s, task, requested_at: now, cleared_at: None, stage: Stage::Running };
        Transition { next, event, effects: Vec::new() }
    }

    /// All is done: the school is told.
    ///
    /// # Errors
    /// [`Refusal::JobEnded`] if it had ended before.
    pub fn finish(self, mut progress: Progress, file: Option<ResultFile>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        (progress.cursor, progress.parts) = (None, Vec::new());
        let event = Event::JobDone { progress: progress.clone(), sha256: file.as_ref().map(|file| file.sha256.clone()) };
        self.end(Stage::Done(Done { at, progress, file }), event)
    }

    /// It cannot go on: the school is told.
    ///
    /// # Errors
    /// [`Refusal::JobEnded`] if it had ended before.
    pub fn fail(self, halt: Halt, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        self.end(Stage::Failed(Failed { at, halt }), Event::JobFailed { halt })
    }

    /// When what it made goes: the file first, then the job's rows.
    #[must_use]
    pub fn cleared_after(&self) -> Option<Day> {
        let ended = match &self.stage {
            Stage::Running => return None,
            Stage::Done(done) => done.at,
            Stage::Failed(failed) => failed.at,
        };
        let has_file = matches!(&self.stage, Stage::Done(Done { file: Some(_), .. }));
        if has_file { Some(Day::after_file(ended)) } else { self.cleared_at.is_none().then(|| Day::after_job(ended)) }
    }

    /// What it made is gone; of a job without a file, what became of its rows.
    #[must_use]
    pub fn clear(self, at: Timestamp) -> Transition<Self> {
        let mut next = self;
        if let Stage::Done(Done { file: file @ Some(_), .. }) = &mut next.stage {
            *file = None;
        } else {
            next.cleared_at = Some(at);
        }
        Transition { next, event: Event::Anonymised, effects: Vec::new() }
    }

    fn end(self, stage: Stage, event: Event) -> Result<Transition<Self>, Refusal> {
        if self.stage != Stage::Running {
            return Err(Refusal::JobEnded);
        }
        let effects = vec![Effect::Notify(Recipient::School(self.school()), NoticeKind::JobEnded)];
        Ok(Transition { next: Self { stage, ..self }, event, effects })
    }

    /// Whose it is.
    #[must_use]
    pub fn school(&self) -> SchoolId {
        self.id.school()
    }

    /// In whose name it acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::School { account: self.by.clone(), school: self.school() }
    }

    /// The stage's name, as stored and sent.
    #[must_use]
    pub fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Running => "running",
            Stage::Done(_) => "done",
            Stage::Failed(_) => "failed",
        }
    }
}

impl Task {
    /// Its name, as stored and sent.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::ImportStudents { .. } => "import_students",
            Self::ExportPlan { .. } => "export_plan",
        }
    }

    fn selection(&self) -> Option<&Selection> {
        match self {
            Self::ImportStudents { .. } => None,
            Self::ExportPlan { selection } => Some(selection),
        }
    }
}

impl Progress {
    /// With one more row.
    #[must_use]
    pub fn with(mut self, outcome: &Outcome) -> Self {
        self.done += 1;
        match outcome {
            Outcome::Created { .. } => self.created += 1,
            Outcome::Updated { .. } => self.updated += 1,
            Outcome::Unchanged { .. } => self.unchanged += 1,
            Outcome::Failed { .. } => self.failed += 1,
        }
        self
    }
}
