//! 就业方案 (A-28, domain 4.2): exported in the ministry's columns, shown to its graduate, and objected to.

use super::rosters::{TITLES, with};
use crate::support::{Graduate, Officer, Sheet, World};
use domain::plan::columns;
use serde_json::{Value, json};
use spreadsheets::Cell;
use std::collections::BTreeMap;

const LIMITS: spreadsheets::Limits = spreadsheets::Limits { max_bytes: 10 << 20, max_rows: 20_000, max_columns: 64, max_cell_chars: 2_000 };

impl Officer<'_> {
    /// 导出就业方案, to its end: the job.
    async fn exports(&self, body: &Value) -> Value {
        let asked = self.posts("/v1/employment-plan/exports", &self.world.new_key(), body).await.with(202);
        self.world.settles().await;
        self.job(asked["id"].as_str().unwrap()).await
    }

    /// The rows of an export, by the titles of its columns.
    async fn exported(&self, body: &Value) -> Vec<BTreeMap<String, String>> {
        let job = self.exports(body).await;
        let file = self.world.fetches(job["file"]["url"].as_str().unwrap_or_else(|| panic!("{job}"))).await;
        let sheet = spreadsheets::open(&file.bytes, &LIMITS).unwrap();
        let titles = sheet.header().to_vec();
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Empty => String::new(),
            other => panic!("{other:?} is no text cell"),
        };
        sheet.rows().map(|row| titles.iter().cloned().zip(row.unwrap().cells.iter().map(text)).collect()).collect()
    }
}

/// An agreement in force.
async fn in_force(world: &World, graduate: &Graduate<'_>, employer: &str) -> String {
    let agreement = graduate.signs(&world.employer(employer).await.invites(graduate).await).await;
    world.college("99001", "c01").passes(&agreement).await.with(200);
    agreement
}

/// S-50.
#[tokio::test]
async fn an_export_keeps_every_digit_marks_what_has_ended_and_is_audited() {
    let world = World::new().await;
    let (office, huang, li) = (world.school("99001"), world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    in_force(&world, &huang, "=星光集团").await;
    let ended = in_force(&world, &li, "月亮集团").await;
    office.revokes(&ended, 2).await.with(200);
    let rows = office.exported(&json!({ "graduation_year": 2027, "with_ended": true })).await;
    assert_eq!(rows.len(), 2);
    let row = &rows[0];
    let expected = [
        ("院校代码", "99001"),
        ("学号", huang.student.student_number.as_str()),
        ("身份证号", huang.resident_id.expose()),
        ("考生号", "23420100150001"),
        ("性别代码", "1"),
        ("学历代码", "31"),
        ("毕业去向类别代码", "10"),
        ("协议书编号", "99001-2027-000001"),
        ("单位名称", "'=星光集团"),
        ("单位性质代码", "21"),
        ("单位所在地代码", "150521"),
        ("工作职位类别代码", "13"),
        ("联系电话", "027-87654321"),
        ("联系手机", ""),
        ("户口迁移地址", "武汉市洪山区珞喻路1号"),
        ("报到证编号", ""),
        ("备注", ""),
    ];
    for (title, value) in expected {
        assert_eq!(row[title], value, "{title}");
    }
    assert_eq!((rows[1]["毕业去向类别代码"].as_str(), rows[1]["备注"].as_str()), ("70", "已解约 2026-11-23"));
    assert_eq!(row.len(), columns().count());
    let open = office.exported(&json!({ "graduation_year": 2027 })).await;
    assert_eq!(open.len(), 1, "what has ended is in it only if it is asked for");
    let audited: Vec<Value> = audits(&world).await;
    let first = audited.iter().find(|record| record["what"]["event"] == "job_requested").unwrap();
    assert_eq!((&first["actor"]["role"], &first["what"]["selection"]["graduation_year"]), (&json!("school"), &json!(2027)));
    let done =
        audited.iter().filter(|record| record["what"]["event"] == "job_done").map(|record| record["what"]["progress"]["done"].as_u64());
    let mut done: Vec<_> = done.flatten().collect();
    done.sort_unstable();
    assert_eq!(done, [1, 2]);
}

/// What the jobs' audit records say.
async fn audits(world: &World) -> Vec<Value> {
    let all = world.dump().await;
    let jobs = all.iter().filter(|((pk, sk), _)| pk.contains("#JOB#") && sk.starts_with("AUDIT#"));
    jobs.map(|(_, item)| serde_json::from_str(&item["bytes"]).unwrap()).collect()
}

#[tokio::test]
async fn an_export_is_filtered_by_college_columns_and_format() {
    let world = World::new().await;
    let (office, huang) = (world.school("99001"), world.graduate("黄河水9").await);
    in_force(&world, &huang, "星光集团").await;
    let other = world.graduate_of("99001", "c02", "李晓雨").await;
    let agreement = other.signs(&world.employer("月亮集团").await.invites(&other).await).await;
    world.college("99001", "c02").passes(&agreement).await.with(200);
    let rows = office.exported(&json!({ "graduation_year": 2027, "college": "c02", "columns": ["xm", "xsh"] })).await;
    let only: BTreeMap<String, String> =
        [("学号", other.student.student_number.as_str()), ("姓名", "李晓雨")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    assert_eq!(rows, [only], "the ministry's order, whatever was asked first");
    let job = office.exports(&json!({ "graduation_year": 2027, "format": "csv", "columns": ["xsh", "xm", "dwmc"] })).await;
    assert_eq!((&job["file"]["format"], &job["progress"]["done"]), (&json!("csv"), &json!(2)));
    let file = world.fetches(job["file"]["url"].as_str().unwrap()).await;
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let number = |graduate: &Graduate<'_>| graduate.student.student_number.as_str().to_owned();
    let expected = format!("\u{feff}学号,姓名,单位名称\r\n{},黄河水9,星光集团\r\n{},李晓雨,月亮集团\r\n", number(&huang), number(&other));
    assert_eq!(file.text, expected);
    assert_eq!(job["file"]["sha256"], domain::upload::sha256(&file.bytes));
    let bad = json!({ "graduation_year": 2027, "columns": ["nothing"], "format": "pdf" });
    let refused = office.posts("/v1/employment-plan/exports", "k1", &bad).await;
    refused.names_fields(&[("/columns", "not_in_code_table"), ("/format", "not_in_code_table")]);
    let college = json!({ "graduation_year": 2027, "college": "c09" });
    office.posts("/v1/employment-plan/exports", "k2", &college).await.names_fields(&[("/college", "not_in_code_table")]);
    world.college("99001", "c01").posts("/v1/employment-plan/exports", "k3", &college).await.is_problem(403, "wrong_role");
    assert_eq!(world.school("99002").exported(&json!({ "graduation_year": 2027 })).await.len(), 0);
}

/// Architecture 12: an export that is stopped after each page comes to the same bytes.
#[tokio::test]
async fn an_export_stopped_after_each_page_comes_to_the_same_bytes() {
    let world = World::new().await;
    let (office, huang) = (world.school("99001"), world.graduate("黄河水9").await);
    let agreement = in_force(&world, &huang, "星光集团").await;
    world.stack.multiply(&agreement[7..], "PLAN", 249).unwrap();
    let mut hashes = Vec::new();
    for steps in [None, Some(1)] {
        let asked = office.posts("/v1/employment-plan/exports", &world.new_key(), &json!({ "graduation_year": 2027 })).await.with(202);
        world.stack.settle(steps).await.unwrap();
        let job = office.job(asked["id"].as_str().unwrap()).await;
        assert_eq!(
            (&job["stage"], &job["progress"]["done"], &job["progress"]["total"]),
            (&json!("done"), &json!(250), &json!(250)),
            "{job}"
        );
        hashes.push(job["file"]["sha256"].clone());
    }
    assert_eq!(hashes[0], hashes[1]);
}

/// Domain 4.2: what the ministry would refuse is told beside the rows, and mended on the roster.
#[tokio::test]
async fn rows_with_gaps_are_told_of_and_mended_by_the_roster() {
    let world = World::new().await;
    let (office, huang) = (world.school("99001"), world.graduate("黄河水9").await);
    in_force(&world, &huang, "星光集团").await;
    let job = office.exports(&json!({ "graduation_year": 2027 })).await;
    assert_eq!((&job["progress"]["done"], &job["progress"]["failed"]), (&json!(1), &json!(1)));
    let more = ["民族", "政治面貌", "专业代码", "学制", "培养方式", "生源所在地", "入学时间", "毕业时间"];
    let titles: Vec<&str> = TITLES[..7].iter().copied().chain(more).collect();
    let own =
        [huang.student.student_number.as_str(), "黄河水9", huang.resident_id.expose(), huang.mobile.expose(), "2027", "c01", "软件工程"];
    let own = own.into_iter().chain(["汉族", "03", "080902", "4", "非定向", "420100", "202309", "2027-06"]).map(str::to_owned);
    let wrong = with(Sheet::titled(&titles), &own.clone().collect::<Vec<_>>());
    let wrong = office.imports(&wrong.bytes()).await;
    assert_eq!(wrong["rows"][0]["errors"][0]["column"], "毕业时间", "{wrong}");
    let right: Vec<String> = own.map(|text| if text == "2027-06" { "202706".to_owned() } else { text }).collect();
    assert_eq!(office.imports(&with(Sheet::titled(&titles), &right).bytes()).await["progress"]["updated"], 1);
    let job = office.exports(&json!({ "graduation_year": 2027 })).await;
    assert_eq!(job["progress"]["failed"], 0, "{job}");
    let row = office.exported(&json!({ "graduation_year": 2027 })).await.remove(0);
    for (title, value) in
        [("民族代码", "01"), ("政治面貌代码", "03"), ("专业代码", "080902"), ("生源所在地代码", "420100"), ("毕业时间", "202706")]
    {
        assert_eq!(row[title], value, "{title}");
    }
    assert_eq!(row["专业名称"], "软件工程", "graduate columns are the roster's");
}

/// Domain 5.5: the graduate sees exactly what is exported, and nobody else's.
#[tokio::test]
async fn the_graduate_sees_what_was_written_to_the_letter() {
    let world = World::new().await;
    let (office, huang, li) = (world.school("99001"), world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let agreement = in_force(&world, &huang, "星光集团").await;
    let own = huang.get("/v1/plan-records").await.with(200);
    let record = &own["items"][0];
    assert_eq!((&record["id"], &record["stage"], &record["destination"]["code"]), (&json!(agreement), &json!("open"), &json!("10")));
    let exported = office.exported(&json!({ "graduation_year": 2027 })).await.remove(0);
    for column in record["columns"].as_array().unwrap() {
        let (title, value) = (column["title"].as_str().unwrap(), column["value"].as_str().unwrap());
        let expected = if title == "身份证号" { huang.resident_id.masked() } else { exported[title].clone() };
        assert_eq!(value, expected, "{title}");
    }
    assert_eq!(record["columns"].as_array().unwrap().len(), exported.values().filter(|value| !value.is_empty()).count());
    assert_eq!(li.get("/v1/plan-records").await.with(200)["items"], json!([]));
    let teacher = world.college("99001", "c01").get("/v1/plan-records?graduation_year=2027").await.with(200);
    assert_eq!((&teacher["items"][0]["student_name"], &teacher["items"][0]["organisation"]), (&json!("黄河水9"), &json!("星光集团")));
    assert!(teacher["items"][0].get("columns").is_none());
    assert_eq!(world.college("99001", "c02").get("/v1/plan-records?graduation_year=2027").await.with(200)["items"], json!([]));
    office.get("/v1/plan-records").await.is_problem(422, "invalid_fields");
}

/// Domain 5.5: an objection waits for its answer, is answered once, and may be raised anew.
#[tokio::test]
async fn a_graduate_objects_and_the_school_answers() {
    let world = World::new().await;
    let (office, huang, li) = (world.school("99001"), world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let agreement = in_force(&world, &huang, "星光集团").await;
    let path = format!("/v1/plan-records/{agreement}/objection");
    let wrong = json!({ "text": "单位所在地应为武汉市" });
    li.post(&path, "k0", &wrong).await.is_problem(404, "not_found");
    let raised = huang.post(&path, "k1", &wrong).await.with(201);
    assert_eq!((&raised["stage"], &raised["version"], &raised["actions"]), (&json!("open"), &json!(1), &json!([])));
    assert!(huang.post(&path, "k1", &wrong).await.replayed());
    huang.post(&path, "k2", &wrong).await.is_problem(409, "objection_settled");
    let waiting = office.get("/v1/objections").await.with(200)["items"][0].clone();
    assert_eq!(
        (&waiting["student_name"], &waiting["text"], &waiting["actions"]),
        (&json!("黄河水9"), &wrong["text"], &json!(["answer-objection"]))
    );
    assert_eq!(office.get("/v1/home").await.with(200)["to_do"]["objections"], 1);
    assert_eq!(world.college("99001", "c01").get("/v1/objections").await.with(200)["items"][0]["actions"], json!([]));
    assert_eq!(world.college("99001", "c02").get("/v1/objections").await.with(200)["items"], json!([]));
    assert!(office.get("/v1/messages").await.column("kind").contains(&"objection_raised".to_owned()));
    let answer = format!("{path}/answer");
    world.school("99002").post(&answer, &json!({ "version": 1, "text": "已核对" })).await.is_problem(404, "not_found");
    office.post(&answer, &json!({ "version": 2, "text": "已核对" })).await.is_problem(409, "version_moved");
    office.post(&answer, &json!({ "version": 1, "text": "已核对,协议书所载无误" })).await.with(200);
    office.post(&answer, &json!({ "version": 2, "text": "再答" })).await.is_problem(409, "objection_settled");
    assert!(huang.get("/v1/messages").await.column("kind").contains(&"objection_answered".to_owned()));
    let own = huang.get("/v1/plan-records").await.with(200)["items"][0].clone();
    assert_eq!((&own["objection"]["answer"], &own["actions"]), (&json!("已核对,协议书所载无误"), &json!(["object-to-record"])));
    assert_eq!(office.get("/v1/objections?status=answered").await.with(200)["items"].as_array().unwrap().len(), 1);
    assert_eq!(huang.post(&path, "k3", &json!({ "text": "仍有误" })).await.with(201)["version"], 3);
    let process = office.get(&format!("/v1/agreements/{agreement}")).await.text;
    assert!(!process.contains("仍有误"), "it is between the graduate and the school");
    office.revokes(&agreement, 2).await.with(200);
    let ended = huang.get("/v1/plan-records").await.with(200)["items"][0].clone();
    assert_eq!((&ended["stage"], &ended["objection"]["text"]), (&json!("closed"), &json!("仍有误")), "it outlives the record's end");
}
