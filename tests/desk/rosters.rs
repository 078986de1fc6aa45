//! 导入学生名册: upsert by school and student number, never a deletion, each row answered, resumed wherever it was stopped.

use crate::support::{Handed, Officer, Sheet, World, cell, number};
use lambda::Budget;
use serde_json::{Value, json};

pub(crate) const TITLES: [&str; 9] = ["学号", "姓名", "身份证号", "手机", "毕业届", "所在院系", "所在专业", "所在班级", "邮箱"];

pub(crate) fn titled() -> Sheet {
    Sheet::titled(&TITLES)
}

/// The cells of the n-th synthetic student.
pub(crate) fn student(n: u32) -> [String; 7] {
    let (resident_id, mobile) = (crate::support::resident_id(n), crate::support::mobile(n));
    [
        format!("2023{n:05}"),
        format!("学生{n}"),
        resident_id.expose().to_owned(),
        mobile.expose().to_owned(),
        "2027".to_owned(),
        "计算机科学与技术学院".to_owned(),
        "软件工程".to_owned(),
    ]
}

pub(crate) fn with(sheet: Sheet, row: &[String]) -> Sheet {
    sheet.row(&row.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(crate) fn students(numbers: impl IntoIterator<Item = u32>) -> Sheet {
    numbers.into_iter().fold(titled(), |sheet, n| with(sheet, &student(n)))
}

/// Row number, outcome, and what is wrong with which column.
fn outcomes(job: &Value) -> Vec<(u64, String, String)> {
    let wrong = |row: &Value| {
        let errors = row["errors"].as_array().into_iter().flatten();
        errors.map(|error| format!("{} {}", error["column"].as_str().unwrap_or("row"), error["code"].as_str().unwrap())).collect::<Vec<_>>()
    };
    let rows = job["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["row"].as_u64().unwrap(), row["outcome"].as_str().unwrap().to_owned(), wrong(row).join(", "))).collect()
}

fn counts(job: &Value) -> [u64; 4] {
    ["created", "updated", "unchanged", "failed"].map(|name| job["progress"][name].as_u64().unwrap())
}

async fn roster(office: &Officer<'_>) -> Vec<Value> {
    office.get("/v1/students?graduation_year=2027&limit=100").await.with(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_roster_makes_students_whom_employers_find_and_who_verify_themselves() {
    let world = World::new().await;
    let (office, stars) = (world.school("99001"), world.employer("星光集团").await);
    let job = office.imports(&students(900..920).bytes()).await;
    assert_eq!((&job["stage"], counts(&job)), (&json!("done"), [20, 0, 0, 0]), "{job}");
    assert_eq!((&job["progress"]["total"], &job["file"]), (&json!(20), &json!(null)));
    let rows = roster(&office).await;
    assert_eq!((rows.len(), &rows[0]["name"], &rows[0]["stage"]), (20, &json!("学生900"), &json!("unverified")));
    let [_, name, resident_id, mobile, ..] = student(905);
    for number in [&resident_id, &mobile] {
        let facts = json!({ "school": "99001", "graduation_year": 2027, "name": name, "id_or_mobile": number });
        stars.searches(&facts).await.with(200);
    }
    let token = world.token(&json!({ "sub": "newly-enrolled", "role": "student" }));
    let facts = json!({ "school": "99001", "graduation_year": 2027, "name": name, "resident_id": resident_id, "mobile": mobile });
    world.request(&token, http::Method::POST, "/v1/student/verification", Some("v1"), Some(&facts)).await.with(200);
    assert!(office.get("/v1/messages").await.column("kind").contains(&"job_ended".to_owned()));
    world.school("99002").get(&format!("/v1/jobs/{}", job["id"].as_str().unwrap())).await.is_problem(404, "not_found");
}

#[tokio::test]
async fn a_second_import_updates_what_differs_and_takes_nobody_away() {
    let world = World::new().await;
    let office = world.school("99001");
    office.imports(&students(900..906).bytes()).await;
    let mut changed = student(901);
    changed[6] = "网络工程".to_owned();
    let mut sheet = with(with(titled(), &student(900)), &changed);
    sheet = with(sheet, &[&student(902)[..], &["软件3班".to_owned(), "s902@example.com".to_owned()]].concat());
    let job = office.imports(&with(sheet, &student(950)).bytes()).await;
    assert_eq!(counts(&job), [1, 2, 1, 0], "{job}");
    assert_eq!(job["rows"][1]["fields"], json!(["major"]));
    assert_eq!(job["rows"][2]["fields"], json!(["email", "class"]));
    let rows = roster(&office).await;
    assert_eq!(rows.len(), 7, "nobody is taken off");
    let of = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap().clone();
    assert_eq!((&of("学生901")["major"], &of("学生902")["class"]), (&json!("网络工程"), &json!("软件3班")));
    let blank = office.imports(&with(titled(), &student(902)).bytes()).await;
    assert_eq!(counts(&blank), [0, 0, 1, 0], "an empty cell says nothing");
}

#[tokio::test]
async fn every_bad_row_is_named_with_its_columns_and_comes_back_to_be_mended() {
    let world = World::new().await;
    let office = world.school("99001");
    let mut cases = Vec::new();
    let mut bad = |n: u32, column: usize, text: &str| {
        let mut row = student(n);
        text.clone_into(&mut row[column]);
        cases.push(row);
    };
    bad(900, 2, "42019920040101001");
    bad(901, 2, "440524188001010014");
    bad(902, 3, "123");
    bad(903, 4, "27");
    bad(904, 5, "无此学院");
    bad(905, 0, "");
    bad(906, 1, "=cmd|' /C calc'!A0");
    let sheet = cases.iter().fold(titled(), |sheet, row| with(sheet, row));
    let float: Vec<String> = student(907).iter().map(|text| cell(text)).collect();
    let float = [&[number("2.02300907E+9")], &float[1..2], &[number("420199200401010017")], &float[3..]].concat();
    let job = office.imports(&with(with(sheet.raw(&float), &student(908)), &student(908)).bytes()).await;
    let wrong: Vec<_> = outcomes(&job).into_iter().map(|(row, _, wrong)| (row, wrong)).collect();
    let expected = [
        (2, "身份证号 malformed"),
        (3, "身份证号 wrong_date"),
        (4, "手机 malformed"),
        (5, "毕业届 malformed"),
        (6, "所在院系 not_in_code_table"),
        (7, "学号 missing"),
        (8, "姓名 forbidden_character"),
        (9, "学号 number_cell, 身份证号 number_cell"),
        (10, ""),
        (11, "学号 repeated_row, 身份证号 repeated_row, 手机 repeated_row"),
    ];
    assert_eq!(wrong, expected.map(|(row, wrong)| (row, wrong.to_owned())));
    assert_eq!((counts(&job), roster(&office).await.len()), ([1, 0, 0, 9], 1));
    let errors = world.fetches(job["file"]["url"].as_str().unwrap()).await;
    let limits = spreadsheets::Limits { max_bytes: 1 << 20, max_rows: 500, max_columns: 60, max_cell_chars: 1000 };
    let read = spreadsheets::open(&errors.bytes, &limits).unwrap();
    assert_eq!((read.rows().count(), read.header()[0].as_str()), (9, "未导入原因"));
    let again = office.imports(&errors.bytes).await;
    assert_eq!(counts(&again), [0, 0, 1, 8], "it is read as a roster: {again}");
    assert_eq!(outcomes(&again)[7].2, "学号 missing, 身份证号 missing", "what was a number is typed anew");
}

/// A number is one natural person's, and one student of a name and year is one student.
#[tokio::test]
async fn a_row_with_another_persons_number_is_refused_and_the_rest_goes_on() {
    let world = World::new().await;
    let office = world.school("99001");
    office.imports(&students([900, 901]).bytes()).await;
    let mut taken = student(900);
    taken[2] = student(901)[2].clone();
    let mut twin = student(901);
    "2023999".clone_into(&mut twin[0]);
    let job = office.imports(&with(with(with(titled(), &taken), &twin), &student(902)).bytes()).await;
    let expected = [(2, "failed", "row number_taken"), (3, "failed", "row number_taken"), (4, "created", "")];
    assert_eq!(outcomes(&job), expected.map(|(row, outcome, wrong)| (row, outcome.to_owned(), wrong.to_owned())), "{job}");
    let mut other_school = student(900);
    "机械学院".clone_into(&mut other_school[5]);
    let job = world.school("99002").imports(&with(titled(), &other_school).bytes()).await;
    assert_eq!(counts(&job), [1, 0, 0, 0], "the same person studies at two schools");
}

/// Whoever signs is not made somebody else on the way.
#[tokio::test]
async fn identity_is_not_changed_by_an_import_while_a_signing_is_open() {
    let world = World::new().await;
    let (office, stars, huang) = (world.school("99001"), world.employer("星光集团").await, world.graduate("黄河水9").await);
    let own = |name: &str, year: &str, major: &str| {
        let fields = [huang.student.student_number.as_str(), name, huang.resident_id.expose(), huang.mobile.expose(), year];
        let fields = fields.into_iter().chain(["计算机科学与技术学院", major]);
        fields.map(str::to_owned).collect::<Vec<_>>()
    };
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    world.settles().await;
    let before = office.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    for row in [own("黄河", "2027", "软件工程"), own("黄河水9", "2028", "软件工程")] {
        let job = office.imports(&with(titled(), &row).bytes()).await;
        assert_eq!(outcomes(&job), [(2, "failed".to_owned(), "row signed_meanwhile".to_owned())]);
    }
    let job = office.imports(&with(titled(), &own("黄河水9", "2027", "软件工程")).bytes()).await;
    assert_eq!((counts(&job), &job["rows"][0]["fields"]), ([0, 1, 0, 0], &json!(["major"])), "{job}");
    assert_eq!(office.get(&format!("/v1/agreements/{agreement}")).await.with(200), before, "what is signed says what it said");
    world.college("99001", "c01").fails(&agreement, "信息有误").await.with(200);
    let job = office.imports(&with(titled(), &own("黄河", "2028", "软件工程")).bytes()).await;
    assert_eq!(job["rows"][0]["fields"], json!(["name", "graduation_year"]), "{job}");
    assert!(huang.get("/v1/messages").await.column("kind").contains(&"student_corrected".to_owned()));
    assert_eq!(huang.get("/v1/home").await.with(200)["profile"]["graduation_year"], 2028, "the log-in knows the year that the record has");
}

/// The e-mail that a graduate has confirmed is the graduate's.
#[tokio::test]
async fn a_verified_graduates_email_is_not_overwritten() {
    let world = World::new().await;
    let (office, mia) = (world.school("99001"), world.unverified_graduate("米雅").await);
    let mut facts = mia.roster_facts();
    facts["email"] = json!("mia@example.com");
    mia.verifies(&facts).await.with(200);
    let row = [
        mia.student.student_number.as_str(),
        "米雅",
        mia.resident_id.expose(),
        mia.mobile.expose(),
        "2027",
        "c01",
        "计算机应用技术",
        "软件3班",
    ];
    let row: Vec<String> = row.into_iter().chain(["school@example.com"]).map(str::to_owned).collect();
    let job = office.imports(&with(titled(), &row).bytes()).await;
    assert_eq!(counts(&job), [0, 0, 1, 0], "{job}");
}

/// Architecture 12: a job that is stopped after any chunk goes on where it was, and comes to the same.
#[tokio::test]
async fn an_import_stopped_after_each_chunk_comes_to_the_same_result() {
    let sheet = || {
        let mut sheet = students(900..940);
        for n in [941, 942] {
            let mut row = student(n);
            "没有".clone_into(&mut row[5]);
            sheet = with(sheet, &row);
        }
        with(students_after(sheet, 950..960), &student(900)).bytes()
    };
    let mut told = Vec::new();
    for steps in [None, Some(1)] {
        let world = World::new().await;
        let office = world.school("99001");
        let id = office.asks_to_import(&sheet()).await;
        world.stack.settle(steps).await.unwrap();
        let job = office.job(&id).await;
        assert_eq!(job["stage"], "done", "{job}");
        told.push((outcomes(&job), counts(&job), roster(&office).await.len()));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!((told[0].1, told[0].2), ([50, 0, 0, 3], 50));
}

fn students_after(sheet: Sheet, numbers: std::ops::Range<u32>) -> Sheet {
    numbers.fold(sheet, |sheet, n| with(sheet, &student(n)))
}

/// Two imports of one roster at once, and one message that comes twice: each student is there once.
#[tokio::test]
async fn two_imports_at_once_make_each_student_once() {
    let world = World::new().await;
    let office = world.school("99001");
    let sheet = students(900..960).bytes();
    let (one, other) = (office.asks_to_import(&sheet).await, office.asks_to_import(&students(900..970).bytes()).await);
    let run = async |id: &str| {
        let key = store::Key { pk: format!("SCHOOL#99001#JOB#{}", &id[7..]), sk: "JOB".to_owned() };
        let tick = lambda::Tick { request_id: id.to_owned(), at: world.now(), budget: Budget::lasting(std::time::Duration::from_mins(5)) };
        let deps = world.stack.deps();
        let done = desk::run(&deps.store, &deps.vault, &deps.files, &key, &tick).await;
        done.unwrap_or_else(|fault| panic!("{fault:?}"))
    };
    futures_util::future::join_all(vec![run(&one), run(&other), run(&one), run(&other)]).await;
    world.settles().await;
    world.stack.strike(api::workers::Every::Minute).await.unwrap();
    let (one, other) = (office.job(&one).await, office.job(&other).await);
    let [of_one, of_other] = [&one, &other].map(counts);
    assert_eq!((&one["stage"], &other["stage"]), (&json!("done"), &json!("done")), "{one} {other}");
    assert_eq!(of_one[0] + of_other[0], 70, "{of_one:?} {of_other:?}");
    assert_eq!((of_one[3], of_other[3], roster(&office).await.len()), (0, 0, 70));
}

/// Whoever is shut out stops importing.
#[tokio::test]
async fn a_job_stops_when_its_log_in_is_shut() {
    let world = World::new().await;
    let office = world.school("99001");
    let id = office.asks_to_import(&students(900..903).bytes()).await;
    let account =
        world.dump().await.values().find_map(|item| item.get("data").filter(|data| data.contains("import_students")).cloned()).unwrap();
    let account: Value = serde_json::from_str(&account).unwrap();
    world.disables(account["by"].as_str().unwrap()).await;
    world.settles().await;
    let job = world.school("99001").job(&id).await;
    assert_eq!((&job["stage"], &job["halt"]["code"], counts(&job)), (&json!("failed"), &json!("revoked"), [0; 4]));
    assert_eq!(roster(&world.school("99001")).await.len(), 0);
}

/// Reliability 2.8: a roster is weighed when it is handed in, and read in a function of its own.
#[tokio::test]
async fn a_file_that_is_no_roster_is_refused_or_halts_without_harm() {
    let world = World::new().await;
    let office = world.school("99001");
    let bomb = crate::spreadsheets::make::Book::new("<row><c t=\"s\"><v>0</v></c></row>").shared("uniqueCount=\"1000000000000\"", "");
    let too_many = (0..20_001).fold(titled(), |sheet, _| sheet.row(&["1"])).bytes();
    let (_, refused) = office.hands_in(&Handed::roster(b"PK nothing".to_vec())).await;
    assert_eq!(refused.is_problem(422, "upload_refused")["reason"]["code"], "wrong_kind");
    for (file, halt) in [(Sheet::titled(&["学号", "姓名"]).bytes(), "wrong_header"), (bomb.bytes(), "corrupt"), (too_many, "too_many_rows")]
    {
        let (upload, confirmed) = office.hands_in(&Handed::roster(file)).await;
        if confirmed.status == 422 {
            continue;
        }
        let asked = office.posts("/v1/students/imports", &world.new_key(), &json!({ "upload_id": upload })).await.with(202);
        world.settles().await;
        let job = office.job(asked["id"].as_str().unwrap()).await;
        assert_eq!((&job["stage"], &job["halt"]["reason"]), (&json!("failed"), &json!(halt)));
    }
    let other = office.posts("/v1/students/imports", "k", &json!({ "upload_id": "u00000000000000000001" })).await;
    other.names_fields(&[("/upload_id", "unusable_file")]);
    let scan = Handed { purpose: "roster", ..Handed::pixel("roster") };
    office.posts("/v1/uploads", "k2", &scan.promise()).await.names_fields(&[("/content_type", "not_in_code_table")]);
}

#[tokio::test]
async fn the_roster_template_names_the_schools_colleges_and_its_example_is_nobody() {
    let world = World::new().await;
    let office = world.school("99001");
    let template = office.get("/v1/students/template").await;
    assert_eq!(template.status, 200);
    let job = office.imports(&template.bytes).await;
    assert_eq!((&job["stage"], &job["progress"]["total"]), (&json!("done"), &json!(0)), "{job}");
}

/// A job that is begun again and again and never gets on is given up, and its school is told.
#[tokio::test]
async fn a_job_that_never_gets_on_is_given_up() {
    let world = World::new().await;
    let office = world.school("99001");
    let id = office.asks_to_import(&students([900]).bytes()).await;
    let key = store::Key { pk: format!("SCHOOL#99001#JOB#{}", &id[7..]), sk: "JOB".to_owned() };
    let deps = world.stack.deps();
    let begins = async |rows: u32| {
        let budget = Budget::Rows(std::sync::Arc::new(std::sync::atomic::AtomicU32::new(rows)));
        let tick = lambda::Tick { request_id: world.new_key(), at: world.now(), budget };
        desk::run(&deps.store, &deps.vault, &deps.files, &key, &tick).await.unwrap_or_else(|fault| panic!("{fault:?}"));
        office.job(&id).await
    };
    for _ in 0..20 {
        assert_eq!(begins(0).await["stage"], "running");
    }
    let job = begins(100).await;
    assert_eq!((&job["stage"], &job["halt"]["code"]), (&json!("failed"), &json!("stuck")));
    assert!(office.get("/v1/messages").await.column("kind").contains(&"job_ended".to_owned()));
}
