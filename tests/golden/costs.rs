//! `costs.txt`: what each action asks of the table: the price and the latency that we control.

mod desk;
mod documents;
mod endings;

use crate::support::{World, check_golden, days, letter};
use serde_json::json;
use std::fmt::Write as _;

/// Most requests of a command, or of a row of a batch: three reads, one transaction, and what is named beside.
const MAX_READS: u32 = 3;
const MAX_ITEMS: u32 = 11;

struct Page<'w> {
    world: &'w World,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, action: &str) -> (u32, u32) {
        let usage = self.world.usage();
        let (reads, writes, items) = (usage.reads, usage.writes, usage.items_written);
        writeln!(self.text, "{action} | {reads} | {writes} | {items} | {} | {}", usage.read_units, usage.write_units).unwrap();
        (reads, items)
    }

    /// A search: employer, look-up, and two counts at once; a miss also reads the school's limit and counts twice in one write.
    fn search(&mut self, action: &str, reads: u32, items: u32) {
        assert_eq!(self.line(action), (reads, items), "{action}");
    }

    /// A row of a batch: beside its own, the batch's key is read and written.
    fn row(&mut self, action: &str) {
        let (reads, items) = self.line(action);
        assert!(reads <= MAX_READS + 2 && items <= MAX_ITEMS + 2, "{action}: {reads} reads, {items} items");
    }

    fn command(&mut self, action: &str) {
        let (reads, items) = self.line(action);
        assert!(reads <= MAX_READS && items <= MAX_ITEMS, "{action}: {reads} reads, {items} items");
    }
}

#[tokio::test]
async fn each_action_costs_what_the_golden_file_says() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let mut page = Page { world: &world, text: "# action | reads | writes | items written | read units | write units\n".to_owned() };
    world.usage();

    let reference = stars.reference(&huang).await;
    page.search("find-student, found", 1, 0);
    stars.searches(&json!({ "school": "99001", "graduation_year": 2027, "name": "查无此人", "id_or_mobile": "420199200301150013" })).await;
    page.search("find-student, missed", 2, 2);
    stars.post("/v1/candidates", "c1", &json!({ "student_ref": reference })).await.with(201);
    page.command("add-candidate");
    stars.get("/v1/candidates").await.with(200);
    page.command("list-candidates");
    let second = stars.lists(&li).await;
    world.usage();
    stars.sends_with(&[&reference], &json!({ "dry_run": true })).await.with(200);
    page.line("send-invitations, a rehearsal of one row");
    let sent = stars.sends(&[&reference]).await.with(200);
    page.line("send-invitations, one row");
    stars.sends(&[&second]).await.with(200);
    world.usage();
    ten_more(&world, &stars).await;
    let (reads, items) = page.line("send-invitations, ten more rows");
    assert!(reads <= 10 * MAX_READS + 2 && items <= 10 * MAX_ITEMS + 2);

    let path = format!("/v1/invitations/{}", sent["rows"][0]["invitation_id"].as_str().unwrap());
    stars.get(&path).await.with(200);
    page.command("get-invitation, employer");
    let shown = huang.get(&path).await.text_of("confirmation_token");
    page.command("get-invitation, student");
    let body = json!({ "confirmation_token": shown, "read": true, "sign_now": true });
    let accepted = huang.post(&format!("{path}/acceptance"), "a1", &body).await.with(201);
    page.command("accept-invitation");
    huang.post(&format!("{path}/acceptance"), "a1", &body).await.with(201);
    page.line("accept-invitation, repeated");
    let agreement = accepted["agreement_id"].as_str().unwrap();
    teacher.queue().await;
    page.command("list-reviews, college");
    office.queue().await;
    page.command("list-reviews, school");
    teacher.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    page.command("get-agreement, officer");
    huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    page.command("get-agreement, student");
    teacher.passes(agreement).await.with(200);
    page.command("certify-agreement, pass");
    huang.get("/v1/home").await.with(200);
    page.line("get-home, student who has signed");
    stars.get("/v1/home").await.with(200);
    page.line("get-home, employer");
    teacher.get("/v1/home").await.with(200);
    page.line("get-home, college");
    refusals(&world, &mut page).await;
    lists(&world, &mut page).await;
    newcomers(&world, &mut page).await;
    officers(&world, &mut page).await;
    desk::desk(&world, &mut page).await;
    endings::online(&world, &mut page).await;
    endings::on_paper(&world, &mut page).await;
    endings::registrations(&world, &mut page).await;
    documents::documents(&world, &mut page).await;
    desk::time(&world, &mut page).await;
    check_golden("costs.txt", &page.text);
}

async fn ten_more(world: &World, stars: &crate::support::Employer<'_>) {
    let mut references = Vec::new();
    for _ in 0..10 {
        references.push(stars.lists(&world.graduate("王小明").await).await);
    }
    world.usage();
    let body = json!({ "student_refs": references, "letter": letter() });
    assert_eq!(stars.post("/v1/invitations", "ten", &body).await.with(200)["sent"], 10);
}

/// Refusals, failures and lapses, on people of their own.
async fn refusals(world: &World, page: &mut Page<'_>) {
    let bridge = world.employer("大桥公司").await;
    let (wang, zhou) = (world.graduate("王思远").await, world.graduate("周明").await);
    let first = bridge.invites(&wang).await;
    world.usage();
    wang.rejects(&first, Some("已有其他意向")).await.with(200);
    page.command("reject-invitation");
    let second = bridge.invites(&wang).await;
    let agreement = wang.signs(&second).await;
    world.usage();
    world.college("99001", "c01").fails(&agreement, "材料不全").await.with(200);
    page.command("certify-agreement, fail");
    bridge.invites(&zhou).await;
    world.after(days(6));
    let reference = bridge.lists(&zhou).await;
    world.usage();
    assert_eq!(bridge.sends(&[&reference]).await.with(200)["sent"], 1);
    page.line("send-invitations, one row that expires a lapsed letter");
}

/// What employers and graduates do with what is out, on people of their own.
async fn lists(world: &World, page: &mut Page<'_>) {
    let (lake, wu) = (world.employer("东湖公司").await, world.graduate("吴思远").await);
    let reference = lake.lists(&wu).await;
    world.usage();
    lake.removes(&[&reference]).await.with(200);
    page.command("remove-candidates, one");
    let letter = lake.invites(&wu).await;
    world.usage();
    lake.get("/v1/invitations").await.with(200);
    page.command("list-invitations, employer");
    wu.get("/v1/invitations").await.with(200);
    page.command("list-invitations, student");
    wu.get("/v1/agreements").await.with(200);
    page.command("list-agreements, student");
    lake.get("/v1/agreements").await.with(200);
    page.command("list-agreements, employer");
    wu.get("/v1/messages").await.with(200);
    page.line("list-messages, student with one unread");
    let newest = wu.get("/v1/messages").await.column("id")[0].clone();
    world.usage();
    wu.post("/v1/messages/reading", "read", &json!({ "up_to": newest })).await.with(200);
    page.command("read-messages");
    lake.extends(&letter, 9, 1).await.with(200);
    page.command("extend-invitation");
    lake.withdraws(&letter, 2).await.with(200);
    page.command("withdraw-invitation");
}

/// First log-ins.
async fn newcomers(world: &World, page: &mut Page<'_>) {
    let chen = world.unverified_graduate("陈未验").await;
    let mut wrong = chen.roster_facts();
    wrong["name"] = "陈未".into();
    world.usage();
    chen.verifies(&wrong).await.is_problem(422, "verification_failed");
    page.line("verify-student, wrong");
    chen.verifies(&chen.roster_facts()).await.with(200);
    let (reads, items) = page.line("verify-student");
    assert!(reads <= 5 && items <= MAX_ITEMS);
    let fresh = world.employer_as("新单位", |employer| employer.approved_by.clear()).await;
    world.usage();
    fresh.registers("新单位", "91420199MA9K100238", "99001").await.with(201);
    page.command("register-employer, again");
    world.school("99001").reviews(fresh.id.as_str(), "approve", None).await.with(200);
    page.command("review-employer");
    world.http.send(http::Method::GET, "/v1/reference", &[], "").await.with(200);
    page.command("get-reference-data");
}

/// The school's desk.
async fn officers(world: &World, page: &mut Page<'_>) {
    let (office, sun) = (world.school("99001"), world.graduate("孙明").await);
    let lake = world.employer("湖畔公司").await;
    let letter = lake.invites(&sun).await;
    let agreement = sun.signs(&letter).await;
    world.usage();
    office.get("/v1/agreements").await.with(200);
    page.command("list-agreements, school");
    office.get("/v1/students?graduation_year=2027").await.with(200);
    page.command("list-students");
    office.get("/v1/employers?status=approved").await.with(200);
    page.command("list-employers");
    office.get("/v1/policy").await.with(200);
    page.command("get-policy");
    office.sets(0, &json!({ "response_days_default": 7 })).await.with(200);
    page.command("set-policy");
    let id = sun.student.id.as_str();
    office.corrects(id, 1, &json!({ "class": "软件2班" })).await.with(200);
    page.line("correct-student, a class");
    let number = crate::support::resident_id(900);
    office.corrects(id, 2, &json!({ "resident_id": number.expose(), "unbind_account": true })).await.with(200);
    page.line("correct-student, a number and the log-in");
    office.passes(&agreement).await.with(200);
    world.usage();
    office.revokes(&agreement, 2).await.with(200);
    page.command("void-agreement, by the school");
}
