//! 导出就业方案: the records of a school and year in the ministry's columns, a page of records to a chunk, put together at the end.

use crate::job::Stop;
use domain::job::{Format, Job, Progress, ResultFile};
use domain::plan::{PlanColumn, PlanRow, Selection, columns};
use domain::school::School;
use domain::upload;
use files::{RESULT, Shelf, job_key};
use lambda::Tick;
use serde::{Deserialize, Serialize};
use spreadsheets::{Column, Line, Table as Drawn, Unwritable};
use store::{Change, Chunk, Error, List, Loaded, PlanEntry, Store, Table};
use vault::Vault;

/// How many records a chunk reads.
const PAGE: u32 = 100;

/// Longest part that is read back, in bytes: a page of records with every text as long as it may be stays below.
const PART_MAX: usize = 4 * 1024 * 1024;

/// How many rows with gaps are told of by name.
const GAPS_TOLD: usize = 200;

/// A row as it waits to be put together.
#[derive(Serialize, Deserialize)]
struct Waiting {
    cells: Vec<String>,
    /// Whether the record has ended.
    ended: bool,
    /// Titles of columns that the ministry wants and that have nothing to say.
    gaps: Vec<String>,
}

/// Goes on with an export where it was.
///
/// # Errors
/// Why it stops: [`Stop::Time`] if its time is up.
pub(crate) async fn export<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    (job, mut progress): (&Loaded<Job>, Progress),
    selection: &Selection,
    tick: &Tick,
) -> Result<(Progress, Option<ResultFile>), Stop> {
    let school = store.school(&job.value.school()).await?;
    let chosen = chosen(selection);
    while progress.chunks == 0 || progress.cursor.is_some() {
        if !tick.budget.allows_another_row() {
            return Err(Stop::Time(progress));
        }
        let list = List { limit: PAGE, after: progress.cursor.clone() };
        let page = store.plan_of_school(&school.id, selection.graduation_year, &list).await?;
        let wanted = page.rows.iter().filter(|entry| is_wanted(entry, selection));
        let rows = wanted.map(|entry| row(vault, &school, &chosen, entry)).collect::<Result<Vec<_>, Error>>()?;
        let (done, failed) = (rows.len(), rows.iter().filter(|row| !row.gaps.is_empty()).count());
        let bytes = serde_json::to_vec(&rows).map_err(|error| Error::Broken(error.to_string()))?;
        let part = part_name(progress.chunks, &bytes);
        shelf.lay(&job_key(&job.value.id, &part), "application/json", bytes).await?;
        progress = match advance(store, job, progress, page.next, (done, failed), (&part, tick)).await {
            Err(Error::Overtaken) => return Err(overtaken(store, shelf, &job.value, &part).await?),
            other => other?,
        };
    }
    let file = put_together(shelf, &job.value, selection, &chosen, &progress).await?;
    Ok((progress, Some(file)))
}

async fn advance<T: Table>(
    store: &Store<T>,
    job: &Loaded<Job>,
    from: Progress,
    cursor: Option<String>,
    (done, failed): (usize, usize),
    (part, tick): (&str, &Tick),
) -> Result<Progress, Error> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let done = from.done + count(done);
    let total = cursor.is_none().then_some(done);
    let parts = from.parts.iter().cloned().chain([part.to_owned()]).collect();
    let to = Progress { chunks: from.chunks + 1, done, failed: from.failed + count(failed), total, cursor, parts, ..from.clone() };
    let chunk = Chunk { id: &job.value.id, from, to, results: &[] };
    store.commit_chunk(&chunk, Change::new(), &crate::job::context(&job.value, tick.at)).await?;
    Ok(chunk.to)
}

/// The columns that are asked for, in the ministry's order; all if none is named.
fn chosen(selection: &Selection) -> Vec<PlanColumn> {
    columns().filter(|column| selection.columns.is_empty() || selection.columns.iter().any(|id| id == column.id)).collect()
}

fn is_wanted(entry: &PlanEntry, selection: &Selection) -> bool {
    let of_college = selection.college.as_ref().is_none_or(|college| entry.record.college == *college);
    of_college && (selection.with_ended || entry.record.closed_at.is_none())
}

fn row(vault: &Vault, school: &School, chosen: &[PlanColumn], entry: &PlanEntry) -> Result<Waiting, Error> {
    let PlanEntry { record, student } = entry;
    let closed = |_| Error::Broken(format!("{}: the identity number does not open", student.id));
    let resident_id = &vault.open_resident_id(&student.id, &student.resident_id).map_err(closed)?;
    let row = PlanRow { school, student, resident_id, record };
    let cells: Vec<String> = chosen.iter().map(|column| column.of(&row)).collect();
    let gaps = chosen.iter().zip(&cells).filter(|(column, cell)| column.required && cell.is_empty());
    Ok(Waiting { gaps: gaps.map(|(column, _)| column.title.to_owned()).collect(), cells, ended: record.closed_at.is_some() })
}

/// Named by what it holds: two workers on one page whose records move meanwhile do not overwrite each other's, and the page that is
/// counted is the page that is put together.
fn part_name(part: u32, bytes: &[u8]) -> String {
    let sha256 = upload::sha256(bytes);
    format!("part-{part:06}-{}", sha256.get(..16).unwrap_or_default())
}

/// Another worker has read this page: unless it laid the same, nobody will ask for this part.
async fn overtaken<T: Table, F: Shelf>(store: &Store<T>, shelf: &F, job: &Job, part: &str) -> Result<Stop, Stop> {
    if !store.progress(&job.id).await?.parts.iter().any(|theirs| theirs == part) {
        shelf.clear(&job_key(&job.id, part)).await?;
    }
    Ok(Stop::Overtaken)
}

/// The file, of all parts that are counted.
async fn put_together<F: Shelf>(
    shelf: &F,
    job: &Job,
    selection: &Selection,
    chosen: &[PlanColumn],
    progress: &Progress,
) -> Result<ResultFile, Stop> {
    let mut parts = Vec::with_capacity(progress.chunks as usize);
    let mut rows = 0;
    for part in &progress.parts {
        let bytes = shelf.take(&job_key(&job.id, part), PART_MAX).await?;
        let bytes = bytes.ok_or_else(|| Error::Broken(format!("{}: {part} is gone", job.id)))?;
        rows += read(&bytes)?.len();
        parts.push(bytes);
    }
    if rows != progress.done as usize {
        return Err(Error::Broken(format!("{}: {rows} rows lie there of {}", job.id, progress.done)).into());
    }
    let (format, drawn) = (selection.format, chosen.to_vec());
    // A sheet of millions of cells takes a processor seconds, which nothing else in this process need wait for.
    let written = tokio::task::spawn_blocking(move || write(format, &drawn, &parts)).await;
    let bytes = written.map_err(|stopped| Error::Broken(stopped.to_string()))?.map_err(|error| Error::Broken(format!("{error:?}")))?;
    let (length, sha256) = (bytes.len() as u64, upload::sha256(&bytes));
    shelf.lay(&job_key(&job.id, RESULT), format.media_type(), bytes).await?;
    let name = format!("就业方案-{}届.{}", selection.graduation_year, format.as_str());
    Ok(ResultFile { name, format, length, sha256 })
}

fn read(part: &[u8]) -> Result<Vec<Waiting>, Error> {
    serde_json::from_slice(part).map_err(|error| Error::Broken(error.to_string()))
}

fn write(format: Format, chosen: &[PlanColumn], parts: &[Vec<u8>]) -> Result<Vec<u8>, Unwritable> {
    // Each was read before; they are read again one after the other, so that never all rows are in memory.
    let rows = || parts.iter().flat_map(|part| read(part).unwrap_or_default());
    let titles: Vec<&str> = chosen.iter().map(|column| column.title).collect();
    match format {
        Format::Csv => spreadsheets::csv(&titles, rows().map(|row| row.cells)),
        Format::Xlsx => {
            let drawn: Vec<Column<'_>> = chosen.iter().map(drawn).collect();
            let gaps = gaps(chosen, rows());
            let explanation: Vec<&str> = gaps.iter().map(String::as_str).collect();
            let table = Drawn { name: "就业方案", columns: &drawn, filter: true, example: None, explanation: &explanation };
            spreadsheets::xlsx(&table, rows().map(|row| Line { cells: row.cells, marked: row.ended }))
        }
    }
}

fn drawn(column: &PlanColumn) -> Column<'static> {
    let width = if column.title.chars().count() > 6 { 22.0 } else { 16.0 };
    Column { title: column.title, width, required: column.required, choices: &[], hint: None }
}

/// What is missing, row by row: what the ministry's system would refuse, the school mends before.
fn gaps(chosen: &[PlanColumn], rows: impl Iterator<Item = Waiting>) -> Vec<String> {
    let number = chosen.iter().position(|column| column.id == "xsh");
    let with_gaps = rows.zip(2..).filter(|(row, _)| !row.gaps.is_empty());
    let mut told: Vec<String> = with_gaps
        .take(GAPS_TOLD)
        .map(|(row, line)| {
            let whose = number.and_then(|place| row.cells.get(place)).map(String::as_str).unwrap_or_default();
            format!("第 {line} 行 {whose} 缺: {}", row.gaps.join("、"))
        })
        .collect();
    if !told.is_empty() {
        told.insert(0, format!("以下行缺少必填项(最多列出 {GAPS_TOLD} 行),请在学生名册中补全后重新导出:"));
    }
    told
}
