//! Imports on the model: killed at every step, and of the size that a school has.

use super::rosters::{TITLES, student, titled, with};
use crate::support::{Drawer, Mortal, Sheet};
use domain::job::{Format, Job, Outcome, Stage, Task};
use domain::party::Officer;
use domain::plan::Selection;
use domain::registration::{Facts, Registrar, Registration};
use domain::school::{College, School};
use domain::upload::{Attachment, MediaType, sha256};
use domain::values::{AccountId, CollegeId, GraduationYear, JobId, RegistrationId, SchoolId, Text, Timestamp, UploadId};
use domain::work::Queue;
use files::{Shelf, clean_key};
use lambda::{Budget, RealClock, Tick};
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::roster::Entry;
use store::{Change, Context, List, Store};
use vault::{Keys, Vault};

/// A school that has asked for an import, or for an export.
struct Office {
    table: Mortal,
    store: Store<Mortal>,
    shelf: Drawer,
    vault: Vault,
    job: JobId,
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(text).unwrap()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-23T08:00:00.000Z").unwrap()
}

impl Office {
    async fn asking(sheet: Vec<u8>, does_the_last: bool) -> Self {
        let table = Mortal::doing_the_last(does_the_last);
        table.lives_for(usize::MAX);
        let (store, shelf) = (Store::new(table.clone()), Drawer::beside(&table));
        let zeros = format!("{}=", "A".repeat(43));
        let vault = Vault::open(&Keys { sealing: zeros.clone(), lookup: zeros }).unwrap();
        let school = SchoolId::parse("99001").unwrap();
        let college = College { id: CollegeId::parse("c01").unwrap(), name: text("计算机科学与技术学院") };
        store.set_up(&[Entry::School(School { id: school.clone(), name: text("江城大学"), colleges: vec![college] })]).await.unwrap();
        let (length, hash) = (sheet.len() as u64, sha256(&sheet));
        shelf.lay(&clean_key(&hash), "", sheet).await.unwrap();
        let upload = UploadId::parse("u00000000000000000001").unwrap();
        let file = Attachment { upload, file_name: text("名册.xlsx"), media_type: MediaType::Xlsx, length, sha256: hash, pages: None };
        let job = JobId::new(&school, "00000000000000000001").unwrap();
        let office = Self { table, store, shelf, vault, job };
        office.asks(Task::ImportStudents { file }).await;
        office
    }

    async fn asks(&self, task: Task) {
        let account = AccountId::parse("office-1").unwrap();
        let officer = Officer { account, name: None, school: self.job.school(), college: None };
        let context = Context::of_system("ask", self.job.as_str(), now()).unwrap();
        let asked = Job::request(self.job.clone(), &officer, 0, task, now());
        self.store.commit(Change::new().creates(&context, &asked).unwrap(), &context, ()).await.unwrap();
    }

    /// Two of three students go on to study; the school asks for its plan.
    async fn asking_for_the_plan(does_the_last: bool) -> Self {
        let sheet = (900..903).fold(titled(), |sheet, n| with(sheet, &student(n))).bytes();
        let mut office = Self::asking(sheet, does_the_last).await;
        assert!(office.runs().await);
        let rows = office.store.results(&office.job, &List { limit: 10, after: None }).await.unwrap().rows;
        for (row, n) in rows.into_iter().flatten().take(2).zip(1..) {
            let Outcome::Created { student } = row.outcome else { panic!("{row:?}") };
            let student = office.store.student(&student).await.unwrap();
            let id = RegistrationId::new(&student.school, &format!("{n:020}")).unwrap();
            let destination = serde_json::from_value(serde_json::json!("801")).unwrap();
            let facts = Facts { destination, organisation: Some(text("江城大学")), region: None, remark: None };
            let context = Context::of_system("register-employment", id.as_str(), now()).unwrap();
            let registered = Registration::register(id, &student, facts, Registrar::School, now()).unwrap();
            office.store.commit(Change::new().creates(&context, &registered).unwrap(), &context, ()).await.unwrap();
        }
        office.job = JobId::new(&office.job.school(), "00000000000000000002").unwrap();
        let graduation_year = GraduationYear::parse("2027").unwrap();
        let selection = Selection { graduation_year, college: None, with_ended: false, columns: Vec::new(), format: Format::Csv };
        office.asks(Task::ExportPlan { selection }).await;
        office
    }

    fn result(&self) -> Vec<u8> {
        self.shelf.objects.lock().unwrap().get(&files::job_key(&self.job, files::RESULT)).cloned().unwrap_or_default()
    }

    /// An invocation of the worker; false if it dies.
    async fn runs(&self) -> bool {
        let key = store::Key { pk: format!("SCHOOL#99001#JOB#{}", &self.job.as_str()[7..]), sk: "JOB".to_owned() };
        let tick = Tick { request_id: "worker".to_owned(), at: now(), budget: Budget::lasting(Duration::from_mins(30)) };
        desk::run(&self.store, &self.vault, &self.shelf, &key, &tick).await.is_ok()
    }

    async fn stage(&self) -> Stage {
        self.store.job(&self.job).await.unwrap().value.stage
    }
}

/// Twenty students, one of them twice, one of no college.
fn small() -> Vec<u8> {
    let mut lost = student(950);
    "没有".clone_into(&mut lost[5]);
    let sheet = (900..920).fold(titled(), |sheet, n| with(sheet, &student(n)));
    with(with(sheet, &lost), &student(900)).bytes()
}

/// Architecture 12: whatever step the worker dies at, and whether that step was done or not, the next one comes to the same table to
/// the byte, audit chains included.
#[tokio::test]
async fn an_import_killed_at_any_step_comes_to_the_same_table() {
    let unharmed = Office::asking(small(), false).await;
    unharmed.table.steps.store(0, Ordering::Relaxed);
    assert!(unharmed.runs().await);
    let (steps, expected) = (unharmed.table.steps.load(Ordering::Relaxed), unharmed.table.holds().await);
    let Stage::Done(done) = unharmed.stage().await else { panic!("{:?}", unharmed.stage().await) };
    assert_eq!((done.progress.created, done.progress.failed), (20, 2));
    assert!(steps > 40, "{steps}");
    for does_the_last in [false, true] {
        for step in 1..=steps {
            let office = Office::asking(small(), does_the_last).await;
            office.table.lives_for(step);
            office.runs().await;
            office.table.lives_for(usize::MAX);
            assert!(office.runs().await, "step {step}");
            assert!(office.table.holds().await == expected, "killed at step {step} of {steps}, done: {does_the_last}");
            let owed = office.store.owed(Queue::Jobs, shard(&office.job), now().plus_days(1), 10).await.unwrap();
            assert_eq!(owed, [], "nothing is owed any more");
        }
    }
}

/// The same for an export: no step between laying its parts and being done leaves it without them, and none leaves a part that nobody
/// knows of.
#[tokio::test]
async fn an_export_killed_at_any_step_comes_to_the_same_file() {
    let unharmed = Office::asking_for_the_plan(false).await;
    unharmed.table.steps.store(0, Ordering::Relaxed);
    assert!(unharmed.runs().await);
    let (steps, expected) = (unharmed.table.steps.load(Ordering::Relaxed), unharmed.table.holds().await);
    assert_eq!(String::from_utf8(unharmed.result()).unwrap().lines().count(), 3);
    assert!(!unharmed.shelf.keys().iter().any(|key| key.contains("part-")), "{:?}", unharmed.shelf.keys());
    assert!(steps > 10, "{steps}");
    for does_the_last in [false, true] {
        for step in 1..=steps {
            let office = Office::asking_for_the_plan(does_the_last).await;
            office.table.lives_for(step);
            office.runs().await;
            office.table.lives_for(usize::MAX);
            assert!(office.runs().await, "step {step}");
            let told = format!("killed at step {step} of {steps}, done: {does_the_last}");
            assert!(office.table.holds().await == expected, "{told}");
            assert!(office.result() == unharmed.result(), "{told}");
            let parts = office.store.progress(&office.job).await.unwrap().parts;
            let known = |key: &String| parts.iter().any(|part| *key == files::job_key(&office.job, part));
            assert!(office.shelf.keys().iter().all(|key| !key.contains("part-") || known(key)), "{told}");
        }
    }
}

fn shard(job: &JobId) -> u8 {
    job.as_str().bytes().fold(0_u8, u8::wrapping_add) % store::OUTBOX_SHARDS
}

/// The size: 20,000 rows with 500 bad ones. Rows per second and requests per row are told, not asserted.
#[tokio::test]
async fn twenty_thousand_rows_with_five_hundred_bad_ones_are_imported_and_told_apart() {
    let rows = 20_000;
    let bad = rows / 40;
    let mut sheet = Sheet::titled(&TITLES);
    for n in 0..u32::try_from(rows).unwrap() {
        let mut row = student(1_000 + n);
        if n.is_multiple_of(40) {
            row[2].replace_range(17.., if row[2].ends_with('1') { "2" } else { "1" });
        }
        sheet = with(sheet, &row);
    }
    let bytes = sheet.bytes();
    let length = bytes.len();
    let office = Office::asking(bytes, false).await;
    office.table.steps.store(0, Ordering::Relaxed);
    office.table.commits.store(0, Ordering::Relaxed);
    let clock = RealClock::system();
    let begun = clock.now_ms();
    assert!(office.runs().await);
    let taken = clock.now_ms() - begun;
    let Stage::Done(done) = office.stage().await else { panic!("{:?}", office.stage().await) };
    let progress = done.progress;
    assert_eq!((progress.created as usize, progress.failed as usize, progress.done as usize), (rows - bad, bad, rows));
    let (steps, commits) = (office.table.steps.load(Ordering::Relaxed), office.table.commits.load(Ordering::Relaxed));
    println!("{rows} rows, {length} bytes: {taken} ms on the model, {steps} requests of which {commits} transactions");
    assert!(steps <= rows * 3, "{steps}: two reads and a part of a transaction a row");
    let file = done.file.unwrap();
    let errors = office.shelf.take(&files::job_key(&office.job, files::RESULT), usize::MAX).await.unwrap().unwrap();
    assert_eq!(sha256(&errors), file.sha256);
    let limits = spreadsheets::Limits { max_bytes: 10 << 20, max_rows: 20_000, max_columns: 60, max_cell_chars: 1_000 };
    let read = spreadsheets::open(&errors, &limits).unwrap();
    assert_eq!(read.rows().count(), bad);
    assert!(office.runs().await, "a message that comes again finds it done");
}
