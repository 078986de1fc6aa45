//! 导入拟签约名单 (SR-21 to SR-23, A-17): its columns, a row of it, and what an import comes to.

use crate::blame::{self, Unmended};
use crate::columns::{Column, Kind, Places};
use crate::template;
use api::requests::ImportCandidates;
use api::views::{FaultView, ImportRow, ImportView, SheetLink};
use domain::Refusal;
use domain::candidate::Candidate;
use domain::job::{Format, RowFault, Wrong};
use domain::school::School;
use domain::upload::Reason;
use domain::values::{GraduationYear, Identifier, Invalid, Mobile, PersonName, ResidentId, SchoolId, Text};
use files::{ADDRESS_HOLDS_S, Shelf, sheet_key};
use futures_util::future::join;
use lambda::{Call, Employer, Fault};
use serde::{Deserialize, Serialize};
use spreadsheets::{Cell, Limits, Unwritable};
use std::collections::BTreeMap;
use store::{Change, Committed, Context, Error, Search, Store, Table};
use vault::Vault;

const SCHOOL: &str = "毕业学校";
const YEAR: &str = "毕业届";
const NAME: &str = "姓名";
const RESIDENT_ID: &str = "身份证号";
const MOBILE: &str = "手机号";
const POSITION: &str = "拟聘职位";
const REMARK: &str = "备注";

/// The columns, in the order of the template.
const COLUMNS: [Column; 7] = [
    Column::required(SCHOOL, 24, "学校名称或 5 位代码"),
    Column::required(YEAR, 10, "如 2027"),
    Column::required(NAME, 14, "与学校名册一致"),
    Column::optional(RESIDENT_ID, 24, "身份证号与手机号至少填一项"),
    Column::optional(MOBILE, 16, "身份证号与手机号至少填一项"),
    Column::optional(POSITION, 20, "同一批次邀约的职位须相同"),
    Column::optional(REMARK, 30, "仅本单位可见"),
];

/// What a list of candidates may be.
const LIMITS: Limits = Limits { max_bytes: 1024 * 1024, max_rows: 500, max_columns: 20, max_cell_chars: 1_000 };

/// How many entries one transaction puts on the list.
const AT_ONCE: usize = 45;

/// A row of the list, as it is read.
struct CandidateRow {
    school: SchoolId,
    graduation_year: GraduationYear,
    name: PersonName,
    /// The second must name the same graduate.
    identifiers: Vec<Identifier>,
    position: Option<Text<100>>,
    remark: Option<Text<200>>,
}

struct FileRow {
    number: u32,
    cells: Vec<Cell>,
    read: Result<CandidateRow, Vec<RowFault>>,
}

/// The template: 下载 excel 模板 (SR-22).
///
/// # Errors
/// If it cannot be written.
pub fn candidate_template(schools: &[School], years: &[String]) -> Result<Vec<u8>, Unwritable> {
    let choices = |title: &str| match title {
        SCHOOL => schools.iter().map(|school| school.name.as_str().to_owned()).collect(),
        YEAR => years.to_vec(),
        _ => Vec::new(),
    };
    let first = schools.first().map_or("", |school| school.name.as_str());
    let year = years.first().map_or("", String::as_str);
    let example = [first, year, template::EXAMPLE_NAME, "420199200501010000", "", "软件开发工程师", "示例行不会被导入"];
    let notes = [
        "一行一名毕业生,最多 500 行。红色标题为必填列;身份证号与手机号至少填一项,都填时须为同一人。",
        "学校、毕业届、姓名、号码须全部正确才能找到毕业生;未找到时不说明是哪一项有误。",
        "号码请以文本格式填写:数字格式会丢失末尾数字,不予导入。",
        "示例行不会被导入,可保留或删除。未导入的行可在返回的表格中改正后再次导入。",
    ];
    template::template("拟签约名单", &COLUMNS, choices, &example, &notes)
}

/// Imports the list: each row by itself, and what is wrong with a row stops no other. A rehearsal writes nothing but its misses.
///
/// # Errors
/// The file is not taken, or what ends the whole request.
pub async fn import_candidates<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    call: &Call<Employer, ImportCandidates>,
) -> Result<Committed<ImportView>, Fault> {
    let kept = !call.body.dry_run;
    if kept && let Some(answered) = store.done_before::<Kept>(&call.context).await? {
        return Ok(Committed::Before(answered.answer(shelf).await?));
    }
    store.active_employer(&call.caller.id).await?;
    let (file, schools) = (call.body.file.clone(), store.schools().await?);
    let read = tokio::task::spawn_blocking(move || read(&file, &schools)).await;
    let read = read.map_err(|stopped| Error::Broken(stopped.to_string()))?;
    let (header, rows) = read.map_err(Refusal::UploadRefused)?;
    let mut import = Import { store, vault, call, listed: Vec::new() };
    let mut views = Vec::with_capacity(rows.len());
    for row in &rows {
        views.push(if call.budget.allows_another_row() { import.attempt(row).await? } else { view(row.number, "not_attempted") });
        if import.listed.len() == AT_ONCE {
            import.flush().await?;
        }
    }
    import.flush().await?;
    let failed: Vec<_> = rows.iter().zip(&views).filter(|(_, view)| !view.errors.is_empty()).collect();
    let failed: Vec<_> = failed.into_iter().map(|(row, view)| Unmended::told(&row.cells, &view.errors)).collect();
    let sheet = if failed.is_empty() { None } else { Some(error_sheet(shelf, call, &header, &failed).await?) };
    let change = sheet.iter().fold(Change::new(), |change, key| change.lays(key, call.now()));
    let answer = Kept { view: ImportView::of(views, call.body.dry_run, None), sheet };
    // What was not reached is reached by a repeat: such an answer is not kept.
    if kept && answer.view.not_attempted == 0 && answer.is_kept() {
        return Ok(match store.commit(change, &call.context, answer).await? {
            Committed::Now(answer) => Committed::Now(answer.answer(shelf).await?),
            Committed::Before(answer) => Committed::Before(answer.answer(shelf).await?),
        });
    }
    store.commit(change, &Context { idempotency: None, ..call.context.clone() }, ()).await?;
    Ok(Committed::Now(answer.answer(shelf).await?))
}

/// An answer as it is kept for a repeat: with where its sheet lies. Addresses hold for minutes, and open to whoever has them.
#[derive(Serialize, Deserialize)]
struct Kept {
    view: ImportView,
    sheet: Option<String>,
}

impl Kept {
    fn is_kept(&self) -> bool {
        serde_json::to_string(self).is_ok_and(|json| json.len() <= KEPT_BYTES)
    }

    async fn answer<F: Shelf>(self, shelf: &F) -> Result<ImportView, Fault> {
        let error_sheet = match &self.sheet {
            Some(key) => {
                let url = shelf.link(key, "拟签约名单-未导入的行.xlsx", Format::Xlsx.into()).await?;
                Some(SheetLink { url, expires_in_s: ADDRESS_HOLDS_S })
            }
            None => None,
        };
        Ok(ImportView { error_sheet, ..self.view })
    }
}

/// An item of the table holds no more: hundreds of rows with many faults each are judged anew when they come again.
const KEPT_BYTES: usize = 256 * 1024;

type Read = Result<(Vec<String>, Vec<FileRow>), Reason>;

fn read(bytes: &[u8], schools: &[School]) -> Read {
    let sheet = spreadsheets::open(bytes, &LIMITS).map_err(crate::reason)?;
    let places = Places::of(&COLUMNS, sheet.header(), |column| column.required).ok_or(Reason::WrongHeader)?;
    let (mut rows, mut seen) = (Vec::new(), BTreeMap::new());
    for row in sheet.rows() {
        let spreadsheets::Row { number, cells } = row.map_err(crate::reason)?;
        if template::is_example(places.cell(NAME, &cells)) {
            continue;
        }
        let read = candidate(&places, &cells, schools).and_then(|row| first(row, number, &mut seen));
        rows.push(FileRow { number, cells, read });
    }
    Ok((sheet.header().to_vec(), rows))
}

fn candidate(places: &Places, cells: &[Cell], schools: &[School]) -> Result<CandidateRow, Vec<RowFault>> {
    let row = places.read(cells);
    let (school, year) =
        (row.required(SCHOOL, Kind::Words, |text| school(schools, text)), row.required(YEAR, Kind::Count, GraduationYear::parse));
    let name = row.required(NAME, Kind::Words, PersonName::parse);
    let resident_id = row.optional(RESIDENT_ID, Kind::Digits, ResidentId::parse).map(Identifier::ResidentId);
    let mobile = row.optional(MOBILE, Kind::Count, Mobile::parse).map(Identifier::Mobile);
    let (position, remark) = (row.optional(POSITION, Kind::Words, Text::parse), row.optional(REMARK, Kind::Words, Text::parse));
    let identifiers: Vec<Identifier> = resident_id.into_iter().chain(mobile).collect();
    if identifiers.is_empty() && !row.blames(&[RESIDENT_ID, MOBILE]) {
        row.blame::<()>(RESIDENT_ID, Invalid::Missing);
    }
    let complete = || Some(CandidateRow { school: school?, graduation_year: year?, name: name?, identifiers, position, remark });
    let complete = complete();
    row.finish(complete)
}

/// A school by its name or its code: both are known to everybody.
fn school(schools: &[School], text: &str) -> Result<SchoolId, Invalid> {
    let named = |school: &&School| school.name.as_str() == text || school.id.as_str() == text;
    schools.iter().find(named).map(|school| school.id.clone()).ok_or(Invalid::NotInCodeTable)
}

/// The row, unless an earlier one says the same four facts.
fn first(row: CandidateRow, number: u32, seen: &mut BTreeMap<String, u32>) -> Result<CandidateRow, Vec<RowFault>> {
    let facts = |identifier: &Identifier| {
        let number = match identifier {
            Identifier::ResidentId(number) => number.expose(),
            Identifier::Mobile(number) => number.expose(),
        };
        format!("{} {} {} {number}", row.school, row.graduation_year, row.name.as_str())
    };
    let keys: Vec<String> = row.identifiers.iter().map(facts).collect();
    let earlier = keys.iter().find_map(|key| seen.get(key).copied());
    for key in keys {
        seen.entry(key).or_insert(number);
    }
    match earlier {
        Some(earlier) => Err(vec![RowFault { column: None, wrong: Wrong::Cell(Invalid::RepeatedRow(earlier)) }]),
        None => Ok(row),
    }
}

struct Import<'a, T> {
    store: &'a Store<T>,
    vault: &'a Vault,
    call: &'a Call<Employer, ImportCandidates>,
    /// Found, and not on the list yet.
    listed: Vec<Candidate>,
}

impl<T: Table> Import<'_, T> {
    async fn attempt(&mut self, row: &FileRow) -> Result<ImportRow, Fault> {
        let failed = |faults: &[RowFault]| ImportRow { errors: faults.iter().map(FaultView::from).collect(), ..view(row.number, "failed") };
        let read = match &row.read {
            Ok(read) => read,
            Err(faults) => return Ok(failed(faults)),
        };
        let wrong = match self.list(row.number, read).await {
            Ok(view) => return Ok(view),
            Err(Error::NotFound) => Wrong::NobodyFound,
            Err(Error::Refused(Refusal::SearchesUsedUp { .. })) => Wrong::SearchesUsedUp,
            Err(Error::Refused(Refusal::SearchLocked { .. })) => Wrong::SearchLocked,
            Err(other) => return Err(other.into()),
        };
        Ok(failed(&[RowFault { column: None, wrong }]))
    }

    async fn list(&mut self, number: u32, row: &CandidateRow) -> Result<ImportRow, Error> {
        let employer = &self.call.caller.id;
        let hmac = |identifier| self.vault.four_fields(&row.school, row.graduation_year, &row.name, identifier);
        let hmacs: Vec<String> = row.identifiers.iter().map(hmac).collect();
        let target = self.vault.target(&row.school, row.graduation_year, &row.name);
        let four_fields = hmacs.first().map_or("", String::as_str);
        let search = Search { employer, school: &row.school, four_fields, target: &target, imported: true };
        let found = self.store.find(&search, hmacs.get(1).map(String::as_str), &self.call.context).await?;
        let student_ref = self.vault.student_ref(employer, &found.student);
        let (listed, student) = join(self.store.candidate(employer, &student_ref), self.store.student(&found.student)).await;
        let there = match listed {
            Ok(_) => true,
            Err(Error::Refused(Refusal::NotACandidate)) => self.listed.iter().any(|candidate| candidate.student_ref == student_ref),
            Err(other) => return Err(other),
        };
        if !there && !self.call.body.dry_run {
            let student = student?;
            let (position, remark) = (row.position.clone(), row.remark.clone());
            self.listed.push(Candidate::of(&student, student_ref.clone(), position, remark, self.call.now()));
        }
        let outcome = if there { "already_listed" } else { "added" };
        let (masked_name, college) = (Some(found.masked_name), Some(found.college_name.as_str().to_owned()));
        Ok(ImportRow { student_ref: Some(student_ref), masked_name, college, ..view(number, outcome) })
    }

    /// Puts on the list what was found. If another request has listed one of them meanwhile, each goes by itself.
    async fn flush(&mut self) -> Result<(), Error> {
        let listed = std::mem::take(&mut self.listed);
        let (employer, context) = (&self.call.caller.id, &self.call.context);
        match listed.as_slice() {
            [] => return Ok(()),
            all => match self.store.add_candidates(employer, all, context).await {
                Err(Error::AlreadyThere) => {}
                other => return other,
            },
        }
        for candidate in &listed {
            match self.store.add_candidates(employer, std::slice::from_ref(candidate), context).await {
                Ok(()) | Err(Error::AlreadyThere) => {}
                other => return other,
            }
        }
        Ok(())
    }
}

fn view(row: u32, outcome: &'static str) -> ImportRow {
    ImportRow { row, outcome: outcome.into(), student_ref: None, masked_name: None, college: None, errors: Vec::new() }
}

async fn error_sheet<F: Shelf>(
    shelf: &F,
    call: &Call<Employer, ImportCandidates>,
    header: &[String],
    failed: &[Unmended<'_>],
) -> Result<String, Fault> {
    let bytes = blame::sheet(&COLUMNS, header, failed).map_err(|error| Error::Broken(format!("{error:?}")))?;
    let key = sheet_key(&call.context.request_id);
    shelf.lay(&key, Format::Xlsx.media_type(), bytes).await?;
    Ok(key)
}
