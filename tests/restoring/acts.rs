//! What random walkers never do, done once: of each kind of transaction some are cut.

use crate::support::{Employer, Graduate, Handed, Sheet, World, days, mobile, resident_id};
use api::workers::Every;
use domain::retention::Day;
use domain::values::SchoolId;
use local::admin::{self, Work};
use serde_json::{Value, json};

/// What happens before the walkers come.
pub(super) async fn first(world: &World) {
    let policy = json!({
        // More than once, so that walks go on after a termination.
        "termination_quota": 3,
        "quota_counting": "any_initiator",
        "allow_withdraw_before_certification": true,
    });
    world.school("99001").sets(0, &policy).await.with(200);
    Box::pin(employers(world)).await;
    Box::pin(rosters(world)).await;
    Box::pin(plan(world)).await;
    Box::pin(two_levels(world)).await;
    Box::pin(letters(world)).await;
    Box::pin(endings(world)).await;
    Box::pin(operators(world)).await;
    world.settles().await;
}

/// What happens when everybody has gone: the years pass, and names are forgotten.
pub(super) async fn last(world: &World) {
    // After the job-seeking period.
    let nearly = async |day: &str| world.stack.store().mark_retention(&Day::parse(day).unwrap()).await.unwrap();
    // Nights without anything due are passed over.
    nearly("2029-06-20").await;
    world.after(days(960));
    world.stack.strike(Every::Day).await.unwrap();
    nearly("2036-11-20").await;
    world.after(days(2_760));
    world.stack.strike(Every::Day).await.unwrap();
    world.settles().await;
}

async fn employers(world: &World) {
    let (newcomer, one, two) = (world.newcomer(), world.school("99001"), world.school("99002"));
    let licence = newcomer.uploads("licence").await;
    let asks = |school: &str| json!({ "name": "武汉渡桥云软件有限公司", "credit_code": "91420199MA9K100238", "school": school, "upload_ids": [licence] });
    newcomer.post("/v1/employer", &world.new_key(), &asks("99001")).await.with(201);
    one.reviews(newcomer.id.as_str(), "reject", Some("营业执照不清晰")).await.with(200);
    newcomer.registers("武汉渡桥云软件有限公司", "91420199MA9K100238", "99002").await.with(201);
    for (decision, reason) in [("approve", None), ("block", Some("虚假单位")), ("unblock", None)] {
        two.reviews(newcomer.id.as_str(), decision, reason).await.with(200);
    }
    let information = json!({
        "nature": "39", "industry": "34", "region": "420111",
        "contact": { "name": "赵敏", "phone": "027-87654321" },
        "file_receiving": { "accepts": "no" }, "household_receiving": { "accepts": "no" },
    });
    newcomer.put("/v1/employer", &information).await.with(200);
    two.reviews(newcomer.id.as_str(), "revoke", Some("误审")).await.with(200);
    // What is no picture is not taken.
    let broken = Handed { bytes: b"no picture".to_vec(), ..Handed::pixel("licence") };
    let (_, refused) = newcomer.hands_in(&broken).await;
    assert!(refused.status < 500, "{refused:?}");
}

fn sheet(numbers: std::ops::Range<u32>, major: &str) -> Vec<u8> {
    let titles = ["学号", "姓名", "身份证号", "手机", "毕业届", "所在院系", "所在专业"];
    let row = |sheet: Sheet, n: u32| {
        let (number, name, resident_id, mobile) = (format!("2023{n:05}"), format!("学生{n}"), resident_id(n), mobile(n));
        sheet.row(&[&number, &name, resident_id.expose(), mobile.expose(), "2027", "计算机科学与技术学院", major])
    };
    numbers.fold(Sheet::titled(&titles), row).bytes()
}

async fn rosters(world: &World) {
    let (office, mia, li) = (world.school("99001"), world.unverified_graduate("周明").await, world.unverified_graduate("吴桐").await);
    for graduate in [&mia, &li] {
        graduate.verifies(&graduate.roster_facts()).await.with(200);
    }
    world.second_record(&mia, "99002").await;
    let id = mia.student.id.as_str();
    let version = async || office.get("/v1/students?graduation_year=2027").await.with(200)["items"].clone();
    let version_of =
        |rows: &Value| rows.as_array().unwrap().iter().find(|row| row["id"] == id).map(|row| row["version"].as_u64().unwrap()).unwrap();
    let number = resident_id(world.next());
    for change in
        [json!({ "college": "c02", "major": "英语" }), json!({ "resident_id": number.expose() }), json!({ "unbind_account": true })]
    {
        let seen = version_of(&version().await);
        office.corrects(id, seen, &change).await.with(200);
    }
    let corrected = json!({ "resident_id": number.expose() });
    let mut facts = mia.roster_facts();
    facts.as_object_mut().unwrap().extend(corrected.as_object().unwrap().clone());
    mia.verifies(&facts).await.with(200);
    office.imports(&sheet(900..906, "软件工程")).await;
    office.imports(&sheet(903..908, "网络工程")).await;
}

/// An agreement in force.
async fn in_force(world: &World, employer: &Employer<'_>, graduate: &Graduate<'_>) -> String {
    let agreement = world.signed(employer, graduate).await;
    world.settles().await;
    agreement
}

async fn plan(world: &World) {
    let (stars, huang, office) = (world.employer("北斗公司").await, world.graduate("何川").await, world.school("99001"));
    let agreement = in_force(world, &stars, &huang).await;
    let path = format!("/v1/plan-records/{agreement}/objection");
    huang.post(&path, &world.new_key(), &json!({ "text": "单位所在地应为武汉市" })).await.with(201);
    office.post(&format!("{path}/answer"), &json!({ "version": 1, "text": "已核对" })).await.with(200);
    huang.post(&path, &world.new_key(), &json!({ "text": "仍有误" })).await.with(201);
    office.posts("/v1/employment-plan/exports", &world.new_key(), &json!({ "graduation_year": 2027 })).await.with(202);
    world.settles().await;
    office.revokes(&agreement, 2).await.with(200);
}

/// Where a college approves and the school decides.
async fn two_levels(world: &World) {
    let (office, teacher) = (world.school("99002"), world.college("99002", "c01"));
    let levels = json!({
        "certification_level": "college_then_school",
        "offline_review_level": "college_then_school",
        "termination_certification_level": "college_then_school",
    });
    office.sets(0, &levels).await.with(200);
    let stars = world.employer("南山公司").await;
    office.reviews(stars.id.as_str(), "approve", None).await.with(200);
    let huang = world.graduate_of("99002", "c01", "方圆").await;
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    teacher.passes(&agreement).await.with(200);
    office.decides(&agreement, &json!({ "decision": "return", "version": 2, "reason": "该单位疑似虚假" })).await.with(200);
    teacher.decides(&agreement, &json!({ "decision": "pass", "version": 3 })).await.with(200);
    office.decides(&agreement, &json!({ "decision": "pass", "version": 4 })).await.with(200);
    for pass in [false, true] {
        let asked = stars.ends(&agreement).await;
        huang.consents(&asked).await.with(200);
        teacher.decides_end(&asked, 2, "pass", None).await.with(200);
        let (decision, reason) = if pass { ("pass", None) } else { ("fail", Some("材料不全")) };
        office.decides_end(&asked, 3, decision, reason).await.with(200);
    }
    let drawn_up = huang.draws_up().await;
    teacher.reviews_text(&drawn_up, 1, "pass", None).await.with(200);
    office.reviews_text(&drawn_up, 2, "pass", None).await.with(200);
}

/// One letter of each end, and the clock's part in it.
async fn letters(world: &World) {
    let stars = world.employer("银河公司").await;
    let (one, two, three) = (world.graduate("孙一").await, world.graduate("孙二").await, world.graduate("孙三").await);
    let withdrawn = stars.invites(&one).await;
    stars.withdraws(&withdrawn, 1).await.with(200);
    let rejected = stars.invites(&two).await;
    two.rejects(&rejected, Some("家在外地")).await.with(200);
    stars.invites(&one).await;
    let extended = stars.invites(&three).await;
    stars.extends(&extended, 9, 1).await.with(200);
    world.passes(days(6)).await;
    // In the longer time, and behind the letter that has lapsed.
    three.signs(&extended).await;
    stars.invites(&one).await;
}

/// One of each end of what was signed, and of what was asked for.
async fn endings(world: &World) {
    let (stars, office) = (world.employer("太行公司").await, world.school("99001"));
    let (one, two, three) = (world.graduate("周一").await, world.graduate("周二").await, world.graduate("周三").await);
    let agreement = in_force(world, &stars, &one).await;
    let refused = one.ends(&agreement).await;
    stars.refuses_to_end(&refused, "请再考虑").await.with(200);
    let withdrawn = stars.ends(&agreement).await;
    stars.takes_back(&withdrawn).await.with(200);
    let withdrawn = two.signs(&stars.invites(&two).await).await;
    two.undoes(&withdrawn, 1).await.with(200);
    let registered = two.registers("801").await.with(201)["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/employment-registrations/{registered}/withdrawal");
    two.post(&path, &world.new_key(), &json!({ "version": 1, "reason": "改为就业" })).await.with(200);
    let drawn_up = three.draws_up().await;
    office.reviews_text(&drawn_up, 1, "pass", None).await.with(200);
    three.undoes(&drawn_up, 2).await.with(200);
    let drawn_up = three.draws_up().await;
    office.reviews_text(&drawn_up, 1, "pass", None).await.with(200);
    three.returns(&drawn_up, 2).await.with(200);
    office.decides(&drawn_up, &json!({ "decision": "pass", "version": 3 })).await.with(200);
    let proof = three.uploads("termination_proof").await;
    let asked = three.asks_to_end_on_paper(&drawn_up, &[&proof]).await["termination_id"].as_str().unwrap().to_owned();
    office.decides_end(&asked, 1, "pass", None).await.with(200);
}

async fn operators(world: &World) {
    let stars = world.employer("东风公司").await;
    let graduate = world.graduate("钱塘").await;
    let reason = || domain::values::Text::parse("待查").unwrap();
    let account = domain::values::AccountId::parse(&graduate.account).unwrap();
    let all = [
        Work::SuspendEmployer(stars.id.clone(), reason()),
        Work::ReinstateEmployer(stars.id.clone(), reason()),
        Work::DisableAccount(account.clone(), reason()),
        Work::EnableAccount(account, reason()),
        Work::SetSchool {
            id: SchoolId::parse("99009").unwrap(),
            name: domain::values::Text::parse("汉江学院").unwrap(),
            colleges: Vec::new(),
        },
        Work::RebuildStatistics(SchoolId::parse("99001").unwrap()),
    ];
    for work in all {
        admin::run(world.stack.store(), &work, &world.operator()).await.unwrap();
    }
}
