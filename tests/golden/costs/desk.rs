//! What the desk asks of the table.

use super::Page;
use crate::desk::{student, students, with};
use crate::support::{Sheet, World, days};
use serde_json::json;

/// Imports, exports, the plan and objections to it.
pub(super) async fn desk(world: &World, page: &mut Page<'_>) {
    candidates(world, page).await;
    rosters(world, page).await;
    plan(world, page).await;
}

async fn candidates(world: &World, page: &mut Page<'_>) {
    let stars = world.employer("湖心公司").await;
    let mut sheet = Sheet::titled(&["毕业学校", "毕业届", "姓名", "身份证号"]);
    for name in ["赵一一", "赵二二", "赵三三", "赵四四", "赵五五"] {
        let graduate = world.graduate(name).await;
        sheet = sheet.row(&["江城大学", "2027", name, graduate.resident_id.expose()]);
    }
    let sheet = sheet.bytes();
    world.usage();
    stars.get("/v1/candidates/template").await;
    page.command("get-candidate-template");
    assert_eq!(stars.imports(&sheet, false).await.with(200)["added"], 5);
    page.line("import-candidates, five rows");
    assert_eq!(stars.imports(&sheet, false).await.with(200)["already_listed"], 5);
    page.line("import-candidates, five rows that are there");
}

async fn rosters(world: &World, page: &mut Page<'_>) {
    let office = world.school("99001");
    office.get("/v1/students/template").await;
    world.usage();
    world.settles().await;
    world.usage();
    let id = office.asks_to_import(&students(3000..3015).bytes()).await;
    page.line("request-upload, confirm-upload and import-students");
    world.settles().await;
    page.line("run-job, fifteen new students");
    office.get(&format!("/v1/jobs/{id}")).await.with(200);
    page.command("get-job");
    let id = office.asks_to_import(&students(3000..3015).bytes()).await;
    world.usage();
    world.settles().await;
    page.line("run-job, fifteen students as they are");
    office.get(&format!("/v1/jobs/{id}")).await.with(200);
    let mut changed = student(3001);
    "网络工程".clone_into(&mut changed[6]);
    office.asks_to_import(&with(students([]), &changed).bytes()).await;
    world.usage();
    world.settles().await;
    page.line("run-job, one student with another major");
    idle(world, page).await;
}

/// What the clock starts each minute, when nothing is due.
async fn idle(world: &World, page: &mut Page<'_>) {
    world.minute_strikes().await;
    world.usage();
    world.minute_strikes().await;
    page.line("sweep-deadlines and sweep-outbox, a minute in which nothing is due");
}

/// What happens by itself: mails, reminders, expiry.
pub(super) async fn time(world: &World, page: &mut Page<'_>) {
    let (stars, sun) = (world.employer_at("湖心公司", "hr@lake.example.com").await, world.graduate_at("孙思远", "sun@example.com").await);
    world.minute_strikes().await;
    stars.invites(&sun).await;
    world.usage();
    world.settles().await;
    page.line("deliver-notification and record-mail-event, one mail");
    after_others(world, days(4)).await;
    world.minute_strikes().await;
    page.line("sweep-deadlines and remind-student, one reminder, and its mail");
    after_others(world, days(1) + 90_000).await;
    world.minute_strikes().await;
    page.line("sweep-deadlines and expire-invitation, one letter, and two mails");
}

/// The next minute is one of many: those before it have struck.
async fn after_others(world: &World, millis: u64) {
    world.after(millis - 60_000);
    world.minute_strikes().await;
    world.after(60_000);
    world.usage();
}

async fn plan(world: &World, page: &mut Page<'_>) {
    let (office, qian) = (world.school("99001"), world.graduate("钱明明").await);
    let agreement = qian.signs(&world.employer("湖边公司").await.invites(&qian).await).await;
    office.passes(&agreement).await.with(200);
    world.usage();
    qian.get("/v1/plan-records").await.with(200);
    page.line("list-plan-records, student");
    office.get("/v1/plan-records?graduation_year=2027").await.with(200);
    page.command("list-plan-records, school");
    let path = format!("/v1/plan-records/{agreement}/objection");
    qian.post(&path, "o1", &json!({ "text": "单位名称有误" })).await.with(201);
    page.command("object-to-record");
    office.get("/v1/objections").await.with(200);
    page.command("list-objections");
    office.post(&format!("{path}/answer"), &json!({ "version": 1, "text": "已核对" })).await.with(200);
    page.command("answer-objection");
    world.settles().await;
    world.usage();
    let asked = office.posts("/v1/employment-plan/exports", "e1", &json!({ "graduation_year": 2027, "with_ended": true })).await.with(202);
    page.command("export-employment-plan");
    world.settles().await;
    let job = office.job(asked["id"].as_str().unwrap()).await;
    let rows = job["progress"]["done"].as_u64().unwrap();
    page.line(&format!("run-job, an export of {rows} records"));
    office.get("/v1/statistics?graduation_year=2027&weeks=12").await.with(200);
    page.line("get-statistics, with weeks");
}
