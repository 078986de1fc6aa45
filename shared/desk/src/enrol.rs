//! 导入学生名册: a spreadsheet of up to 20,000 rows becomes records, a dozen to a transaction.

use crate::blame::{self, Unmended};
use crate::columns::Places;
use crate::job::Stop;
use crate::roster::{self, RosterRow};
use crate::template;
use domain::job::{Format, Halt, Job, Outcome, Progress, ResultFile, RowFault, RowResult, Wrong};
use domain::school::School;
use domain::student::{Enrolment, Student};
use domain::upload::{Attachment, Reason};
use domain::values::{Invalid, PersonId, StudentId};
use domain::{Refusal, upload};
use files::{RESULT, Shelf, clean_key, job_key};
use futures_util::future::try_join_all;
use lambda::Tick;
use spreadsheets::{Cell, Limits, Unreadable};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{Change, Chunk, Context, Error, List, Loaded, Store, Table};
use vault::Vault;

/// What a roster may be.
pub(crate) const LIMITS: Limits = Limits { max_bytes: 10 * 1024 * 1024, max_rows: 20_000, max_columns: 60, max_cell_chars: 1_000 };

/// How many rows are looked up at once.
const WINDOW: usize = 16;

/// What a transaction has room for, besides its own progress, results and check of the log-in.
const ROOM: usize = 95;

/// How often a row is tried alone when its record moves.
const TRIES: usize = 3;

/// What a file says, read as a whole.
struct File {
    header: Vec<String>,
    rows: Vec<FileRow>,
}

struct FileRow {
    number: u32,
    cells: Vec<Cell>,
    read: Result<RosterRow, Vec<RowFault>>,
}

/// An import at work.
struct Import<'a, T> {
    store: &'a Store<T>,
    vault: &'a Vault,
    job: &'a Job,
    school: &'a School,
    context: Context,
}

/// A row, and what it would write.
struct Prepared {
    result: RowResult,
    change: Change,
}

/// Goes on with an import where it was.
///
/// # Errors
/// Why it stops: [`Stop::Time`] if its time is up.
pub(crate) async fn import<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    (job, progress): (&Loaded<Job>, Progress),
    file: &Attachment,
    tick: &Tick,
) -> Result<(Progress, Option<ResultFile>), Stop> {
    let school = Arc::new(store.school(&job.value.school()).await?);
    let bytes = shelf.take(&clean_key(&file.sha256), LIMITS.max_bytes).await?.ok_or(Stop::Halt(Halt::FileGone))?;
    if upload::sha256(&bytes) != file.sha256 {
        return Err(Stop::Halt(Halt::FileGone));
    }
    let (of, asked_at) = (Arc::clone(&school), job.value.requested_at);
    // Thousands of rows take a processor a while, which nothing else in this process need wait for.
    let read = tokio::task::spawn_blocking(move || read(&bytes, &of, asked_at)).await;
    let file = read.map_err(|stopped| Error::Broken(stopped.to_string()))?.map_err(Stop::Halt)?;
    let context = crate::job::context(&job.value, tick.at);
    let import = Import { store, vault, job: &job.value, school: &school, context };
    let progress = import.rows(progress, &file.rows, tick).await?;
    let errors = if progress.failed == 0 { None } else { Some(import.error_sheet(shelf, &file).await?) };
    Ok((progress, errors))
}

/// Reads the file: rows whose number, or whose name and document, were there before are not taken a second time.
fn read(bytes: &[u8], school: &School, now: domain::values::Timestamp) -> Result<File, Halt> {
    let sheet = spreadsheets::open(bytes, &LIMITS).map_err(unreadable)?;
    let places: Places = roster::places(sheet.header()).ok_or(Halt::Unreadable(Reason::WrongHeader))?;
    let (mut rows, mut seen) = (Vec::new(), BTreeMap::new());
    for row in sheet.rows() {
        let spreadsheets::Row { number, cells } = row.map_err(unreadable)?;
        if template::is_example(places.cell(roster::NAME, &cells)) {
            continue;
        }
        let read = roster::read(&places, &cells, school, now).and_then(|row| first(row, number, &mut seen));
        rows.push(FileRow { number, cells, read });
    }
    Ok(File { header: sheet.header().to_vec(), rows })
}

fn unreadable(why: Unreadable) -> Halt {
    Halt::Unreadable(crate::reason(why))
}

/// The row, unless an earlier one is the same student.
fn first(row: RosterRow, number: u32, seen: &mut BTreeMap<String, u32>) -> Result<RosterRow, Vec<RowFault>> {
    let (year, name) = (row.graduation_year, row.name.as_str());
    let keys = [
        (roster::NUMBER, format!("number {}", row.student_number.as_str())),
        (roster::RESIDENT_ID, format!("document {year} {name} {}", row.resident_id.expose())),
        (roster::MOBILE, format!("mobile {year} {name} {}", row.mobile.expose())),
    ];
    let mut faults = Vec::new();
    for (title, key) in keys {
        match seen.get(&key) {
            Some(earlier) => {
                faults.push(RowFault { column: Some(title.to_owned()), wrong: Wrong::Cell(Invalid::RepeatedRow(*earlier)) });
            }
            None => drop(seen.insert(key, number)),
        }
    }
    if faults.is_empty() { Ok(row) } else { Err(faults) }
}

impl<T: Table> Import<'_, T> {
    /// Row by row from where the job is, a window at a time.
    async fn rows(&self, mut progress: Progress, rows: &[FileRow], tick: &Tick) -> Result<Progress, Stop> {
        progress.total = Some(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        while let Some(left) = rows.get(progress.done as usize..).filter(|left| !left.is_empty()) {
            if !tick.budget.allows_another_row() {
                return Err(Stop::Time(progress));
            }
            let window = left.get(..WINDOW).unwrap_or(left);
            let prepared = try_join_all(window.iter().map(|row| self.prepare(row))).await?;
            progress = match self.write(&progress, together(prepared)).await {
                // One of them stands in the way: each alone shows which.
                Err(Error::Refused(_) | Error::Moved) => self.one_by_one(progress, window).await?,
                written => written?,
            };
        }
        Ok(progress)
    }

    /// A row, and what it would write.
    async fn prepare(&self, row: &FileRow) -> Result<Prepared, Error> {
        let judged = match &row.read {
            Ok(read) => self.judge(read, row.number).await,
            Err(faults) => Ok((Outcome::Failed { faults: faults.clone() }, Change::new())),
        };
        let (outcome, change) = match judged {
            Err(Error::Refused(Refusal::NumberTaken)) => (failed(Wrong::NumberTaken), Change::new()),
            judged => judged?,
        };
        Ok(Prepared { result: RowResult { row: row.number, outcome }, change })
    }

    async fn judge(&self, row: &RosterRow, number: u32) -> Result<(Outcome, Change), Error> {
        let document = self.vault.document(&row.resident_id);
        let standing = self.store.standing(&self.school.id, row.student_number.as_str(), &document).await?;
        match standing.student {
            Some(student) => self.update(student, row).await,
            None => self.enrol(standing.person, row, number),
        }
    }

    fn enrol(&self, person: Option<PersonId>, row: &RosterRow, number: u32) -> Result<(Outcome, Change), Error> {
        let broken = |_| Error::Broken("an id of a student".to_owned());
        let suffix = |offset: usize| self.context.new_suffix(number as usize + offset);
        let id = StudentId::new(&self.school.id, &suffix(0)).map_err(broken)?;
        let known = person.is_some();
        // Rows are fewer than that: the person's id is none of a row's.
        let person = person.map_or_else(|| PersonId::parse(&format!("p{}", suffix(1_000_000))), Ok).map_err(broken)?;
        let enrolment = self.enrolment(&id, row);
        let (school, name) = (self.school.id.clone(), self.school.name.clone());
        let enrolled = Student::enrol(id.clone(), person, school, name, enrolment, self.job.id.clone());
        let change = Change::new().enrols(&self.context, &enrolled, &self.lookups(&enrolled.next)?, known)?;
        Ok((Outcome::Created { student: id }, change))
    }

    /// Whose signing is open is not made somebody else on the way: the school corrects that by itself, with a reason.
    async fn update(&self, standing: Loaded<Student>, row: &RosterRow) -> Result<(Outcome, Change), Error> {
        let id = standing.value.id.clone();
        let enrolment = self.enrolment(&id, row);
        let renamed = standing.value.is_identified_otherwise(&enrolment);
        if renamed && self.store.is_signing(&standing.value).await? {
            return Ok((failed(Wrong::SignedMeanwhile), Change::new()));
        }
        let Some(updated) = standing.value.clone().update(enrolment, self.job.id.clone()) else {
            return Ok((Outcome::Unchanged { student: id }, Change::new()));
        };
        let rekeying = self.store.rekeying(&standing.value, &updated.next, |student| self.lookups(student)).await?;
        let mut change = Change::new().moves(&self.context, &standing, &updated)?;
        change = self.store.rekey(change, &standing.value, &updated.next, &rekeying).await?;
        if renamed {
            change = change.unless_signing(&standing.value);
        }
        if standing.value.graduation_year != updated.next.graduation_year
            && let Some(account) = self.store.account_of(&standing.value).await?
        {
            change = change.moves(&self.context, &account, &account.value.clone().rebind(&updated.next))?;
        }
        Ok((Outcome::Updated { student: id, fields: updated.event.fields().to_vec() }, change))
    }

    /// The row as the record will hold it: numbers sealed for this student.
    fn enrolment(&self, id: &StudentId, row: &RosterRow) -> Enrolment {
        let row = row.clone();
        Enrolment {
            graduation_year: row.graduation_year,
            student_number: row.student_number,
            name: row.name,
            resident_id: self.vault.seal_resident_id(id, &row.resident_id),
            mobile: self.vault.seal_mobile(id, &row.mobile),
            email: row.email,
            college: row.college,
            major: row.major,
            class: row.class,
            education: row.education,
            particulars: row.particulars,
        }
    }

    fn lookups(&self, student: &Student) -> Result<domain::student::Lookups, Error> {
        self.vault.lookups(student).map_err(|_| Error::Broken(format!("{}: a number does not open", student.id)))
    }

    /// Writes rows with what became of them.
    async fn write(&self, from: &Progress, rows: Vec<Prepared>) -> Result<Progress, Error> {
        let mut to = Progress { chunks: from.chunks + 1, ..from.clone() };
        let (mut change, mut results) = (Change::new(), Vec::with_capacity(rows.len()));
        for row in rows {
            to = to.with(&row.result.outcome);
            change = change.and(row.change);
            results.push(row.result);
        }
        let chunk = Chunk { id: &self.job.id, from: from.clone(), to, results: &results };
        self.store.commit_chunk(&chunk, change, &self.context).await?;
        Ok(chunk.to)
    }

    /// Each row in a transaction of its own: one that another stands in the way of is not taken, and stops no other.
    async fn one_by_one(&self, mut progress: Progress, rows: &[FileRow]) -> Result<Progress, Error> {
        for row in rows {
            let mut wrong = Wrong::Busy;
            let mut written = None;
            for _ in 0..TRIES {
                match self.write(&progress, vec![self.prepare(row).await?]).await {
                    Err(Error::Moved) => {}
                    Err(Error::Refused(_)) => wrong = Wrong::NumberTaken,
                    other => {
                        written = Some(other?);
                        break;
                    }
                }
            }
            progress = if let Some(progress) = written {
                progress
            } else {
                let result = RowResult { row: row.number, outcome: failed(wrong) };
                self.write(&progress, vec![Prepared { result, change: Change::new() }]).await?
            };
        }
        Ok(progress)
    }

    /// Lays the sheet of rows that were not taken.
    async fn error_sheet<F: Shelf>(&self, shelf: &F, file: &File) -> Result<ResultFile, Stop> {
        let (mut results, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.results(&self.job.id, &List { limit: 100, after }).await?;
            results.extend(page.rows.into_iter().flatten());
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let faults = blame::faults(results);
        let failed = file.rows.iter().filter_map(|row| Some(Unmended::of(&row.cells, faults.get(&row.number)?)));
        let failed: Vec<_> = failed.collect();
        let bytes = blame::sheet(&roster::COLUMNS, &file.header, &failed).map_err(|error| Error::Broken(format!("{error:?}")))?;
        let (length, sha256) = (bytes.len() as u64, upload::sha256(&bytes));
        shelf.lay(&job_key(&self.job.id, RESULT), Format::Xlsx.media_type(), bytes).await?;
        Ok(ResultFile { name: "学生名册-未导入的行.xlsx".to_owned(), format: Format::Xlsx, length, sha256 })
    }
}

fn failed(wrong: Wrong) -> Outcome {
    Outcome::Failed { faults: vec![RowFault { column: None, wrong }] }
}

/// As many rows from the front as fit into one transaction and write different items; those behind are looked up anew.
fn together(rows: Vec<Prepared>) -> Vec<Prepared> {
    let (mut weight, mut keys, mut chunk) = (0, BTreeSet::new(), Vec::new());
    for row in rows {
        let (more, theirs) = (row.change.weight(), row.change.keys());
        if !chunk.is_empty() && (weight + more > ROOM || !keys.is_disjoint(&theirs)) {
            break;
        }
        weight += more;
        keys.extend(theirs);
        chunk.push(row);
    }
    chunk
}
