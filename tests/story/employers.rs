//! 单位: registration, review by schools, first log-in.

use crate::support::{World, days};
use serde_json::{Value, json};

fn information() -> Value {
    json!({
        "nature": "39", "industry": "34", "region": "420111", "address": "湖北省武汉市洪山区示例路9号",
        "contact": { "name": "赵敏", "phone": "027-87654321", "email": "hr@new.example.com" },
        "default_position": "软件开发工程师",
        "file_receiving": { "accepts": "no" },
        "household_receiving": { "accepts": "yes", "address": "武汉市洪山区示例路9号" },
    })
}

const CODE: &str = "91420199MA9K100238";

/// SR-9, SR-10, SR-11, SR-12, SR-17, SR-92: from an account of the alliance to the first letter.
#[tokio::test]
async fn a_newcomer_registers_is_approved_confirms_its_information_and_invites() {
    let world = World::new().await;
    let (newcomer, office, huang) = (world.newcomer(), world.school("99001"), world.graduate("黄河水9").await);
    assert_eq!(newcomer.get("/v1/home").await.with(200)["missing"], json!(["registration"]));
    let registered = newcomer.registers("武汉渡桥云软件有限公司", CODE, "99001").await.with(201);
    assert_eq!((&registered["stage"], &registered["stage_label"]), (&json!("registered"), &json!("已注册")));
    assert_eq!(newcomer.get("/v1/home").await.with(200)["missing"], json!(["approval"]));
    newcomer.finds(&huang).await.is_problem(403, "employer_not_qualified");
    newcomer.put("/v1/employer", &information()).await.is_problem(403, "employer_not_qualified");

    assert_eq!(office.get("/v1/home").await.with(200)["to_do"]["employers"], 1);
    let waiting = office.get("/v1/employers?status=awaiting").await;
    assert_eq!((waiting.column("name"), waiting.column("credit_code")), (vec!["武汉渡桥云软件有限公司".to_owned()], vec![CODE.to_owned()]));
    let approved = office.reviews(newcomer.id.as_str(), "approve", None).await.with(200);
    assert_eq!((&approved["stage"], &approved["stage_label"]), (&json!("approved"), &json!("审核通过")));
    assert_eq!(office.get("/v1/employers?status=awaiting").await.column("id"), Vec::<String>::new());
    assert_eq!(office.get("/v1/employers?status=approved").await.column("id"), [newcomer.id.as_str()]);

    assert_eq!(newcomer.get("/v1/home").await.with(200)["missing"], json!(["signing_information"]));
    newcomer.finds(&huang).await.is_problem(403, "employer_info_incomplete");
    let confirmed = newcomer.put("/v1/employer", &information()).await.with(200);
    assert_eq!(confirmed["stage_label"], "信息已完善");
    let home = newcomer.get("/v1/home").await.with(200);
    assert_eq!((&home["missing"], &home["profile"]["signing_information"]["default_position"]), (&json!([]), &json!("软件开发工程师")));
    let letter = newcomer.invites(&huang).await;
    assert_eq!(huang.reads(&letter).await.with(200)["employer"]["industry"]["name"], "信息传输、软件和信息技术服务业");
}

/// SR-10, domain 2.7: a refusal is told with its reason; the employer may ask again, and another school may approve.
#[tokio::test]
async fn a_refused_employer_is_told_why_and_asks_another_school() {
    let world = World::new().await;
    let (newcomer, one, two) = (world.newcomer(), world.school("99001"), world.school("99002"));
    newcomer.registers("渡桥云", CODE, "99001").await.with(201);
    newcomer.registers("渡桥云", CODE, "99002").await.is_problem(409, "review_awaited");
    one.reviews(newcomer.id.as_str(), "reject", None).await.names_fields(&[("/reason", "missing")]);
    two.reviews(newcomer.id.as_str(), "reject", Some("未申请")).await.is_problem(409, "wrong_stage");
    one.reviews(newcomer.id.as_str(), "reject", Some("营业执照不清晰")).await.with(200);
    let home = newcomer.get("/v1/home").await.with(200);
    assert_eq!(
        (&home["profile"]["qualification_label"], &home["profile"]["rejected_by"]["99001"]),
        (&json!("审核不通过"), &json!("营业执照不清晰"))
    );
    let told = newcomer.get("/v1/messages").await.with(200);
    assert_eq!((&told["items"][0]["kind"], &told["items"][0]["reason"]), (&json!("employer_reviewed"), &json!("营业执照不清晰")));
    newcomer.registers("武汉渡桥云软件有限公司", CODE, "99002").await.with(201);
    two.reviews(newcomer.id.as_str(), "approve", None).await.with(200);
    newcomer.registers("又一个名字", CODE, "99001").await.is_problem(409, "employer_already_qualified");
    let profile = newcomer.get("/v1/home").await.with(200)["profile"].clone();
    assert_eq!((&profile["name"], &profile["approved_by"]), (&json!("武汉渡桥云软件有限公司"), &json!(["99002"])));
    assert_eq!(one.get("/v1/employers?status=rejected").await.column("reason"), ["营业执照不清晰"]);
    assert_eq!(one.get("/v1/employers").await.column("standing"), ["rejected"]);
    one.reviews(newcomer.id.as_str(), "block", Some("虚假单位")).await.with(200);
    one.reviews(newcomer.id.as_str(), "unblock", None).await.with(200);
    let row = one.get("/v1/employers?status=rejected").await;
    assert_eq!(row.column("reason"), ["营业执照不清晰"], "the reason of what stands, not of what happened last");
    two.reviews(newcomer.id.as_str(), "revoke", Some("误审")).await.with(200);
    assert_eq!(newcomer.get("/v1/home").await.with(200)["profile"]["qualification"], "registered");
}

/// SR-10, actions: one credit code is one employer's, whoever races whom.
#[tokio::test]
async fn a_credit_code_is_one_employers() {
    let world = World::new().await;
    let (one, two) = (world.newcomer(), world.newcomer());
    let (first, second) = tokio::join!(one.registers("甲", CODE, "99001"), two.registers("乙", CODE, "99001"));
    let lost = if first.status == 201 { second } else { first };
    lost.is_problem(409, "credit_code_taken");
    let office = world.school("99001");
    assert_eq!(office.get("/v1/employers?status=awaiting").await.column("id").len(), 1);
    world.newcomer().registers("丙", "91420199MA9K100239", "99001").await.names_fields(&[("/credit_code", "wrong_check_character")]);
    world.newcomer().registers("丙", "721635698", "55555").await.names_fields(&[("/school", "not_in_code_table")]);
}

/// under one label an 18-character code or a legacy one of 9, whose hyphen is optional: the same code.
#[tokio::test]
async fn a_legacy_organisation_code_is_taken_and_is_one_employers_too() {
    let world = World::new().await;
    world.newcomer().registers("甲", "72163569-8", "99001").await.with(201);
    world.newcomer().registers("乙", "721635698", "99001").await.is_problem(409, "credit_code_taken");
    assert_eq!(world.school("99001").get("/v1/employers?status=awaiting").await.column("credit_code"), ["721635698"]);
}

/// SR-10, domain 2.7: when the only approval is revoked the employer is registered again; what is in flight goes on.
#[tokio::test]
async fn a_revoked_approval_stops_what_is_new_and_not_what_is_in_flight() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let office = world.school("99001");
    let letter = stars.invites(&huang).await;
    world.school("99002").reviews(stars.id.as_str(), "approve", None).await.with(200);
    world.school("99002").reviews(stars.id.as_str(), "revoke", Some("误审")).await.with(200);
    office.reviews(stars.id.as_str(), "revoke", Some("单位已注销")).await.with(200);
    stars.finds(&li).await.is_problem(403, "employer_not_qualified");
    assert_eq!(stars.get("/v1/home").await.with(200)["profile"]["qualification"], "registered");
    let agreement = huang.signs(&letter).await;
    office.passes(&agreement).await.with(200);
}

/// a school blocks an employer for its own students; letters and agreements that exist go on.
#[tokio::test]
async fn a_blocked_employer_invites_no_student_of_that_school_and_those_of_others_as_before() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let (huang, li, zhou) =
        (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate_of("99002", "c01", "周明").await);
    let letter = stars.invites(&huang).await;
    let refs = [stars.lists(&li).await, stars.lists(&zhou).await];
    office.reviews(stars.id.as_str(), "block", Some("多次违约")).await.with(200);
    let sent = stars.sends(&refs.each_ref().map(String::as_str)).await.with(200);
    assert_eq!(sent["rows"][0]["problem"]["type"], "urn:wangqian:problem:employer_blocked");
    assert!(sent["rows"][1]["invitation_id"].is_string(), "{sent}");
    huang.signs(&letter).await;
    assert_eq!(stars.get("/v1/home").await.with(200)["profile"]["blocked_by"]["99001"], "多次违约");
    assert_eq!(office.get("/v1/employers?status=blocked").await.column("reason"), ["多次违约"]);
    office.reviews(stars.id.as_str(), "block", Some("再次")).await.is_problem(409, "wrong_stage");
    let back = office.reviews(stars.id.as_str(), "unblock", None).await.with(200);
    assert_eq!(back["stage"], "approved", "what stood before the block stands again");
    assert_eq!(stars.sends(&[&refs[0]]).await.with(200)["sent"], 1);
}

/// a batch that is under way when the block comes stops within ten rows.
#[tokio::test]
async fn a_block_is_seen_by_the_next_batch_whole_and_every_row_says_so() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let mut refs = Vec::new();
    for name in ["王一", "王二", "王三"] {
        refs.push(stars.lists(&world.graduate(name).await).await);
    }
    office.reviews(stars.id.as_str(), "block", Some("多次违约")).await.with(200);
    let before = world.dump().await.len();
    let refs: Vec<&str> = refs.iter().map(String::as_str).collect();
    let sent = stars.sends(&refs).await.with(200);
    assert_eq!((&sent["sent"], &sent["refused"]), (&json!(0), &json!(3)));
    assert_eq!(world.dump().await.len(), before + 1, "the batch's own fingerprint and no letter");
}

/// Domain 2.8, invariant 5: an officer who quotes what was seen is told when it is no more.
#[tokio::test]
async fn a_review_on_an_older_version_is_refused_if_the_version_is_quoted() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let row = office.get("/v1/employers?name=%E6%98%9F").await.with(200)["items"][0].clone();
    assert_eq!((&row["version"], &row["approvals"]), (&json!(1), &json!(1)));
    office.reviews(stars.id.as_str(), "revoke", Some("冒用执照")).await.with(200);
    let stale = json!({ "decision": "approve", "version": 1 });
    office.post(&format!("/v1/employers/{}/review", stars.id), &stale).await.is_problem(409, "version_moved");
}

/// SR-92: any school finds any employer by its name.
#[tokio::test]
async fn a_school_looks_for_an_employer_by_how_its_name_begins() {
    let world = World::new().await;
    for name in ["星光集团", "星海公司", "大桥公司"] {
        world.employer(name).await;
    }
    let other = world.school("99002");
    assert_eq!(other.get("/v1/employers").await.column("name").len(), 3);
    let found = other.get("/v1/employers?name=%E6%98%9F").await;
    assert_eq!(found.column("name"), ["星光集团", "星海公司"]);
    assert!(found.with(200)["items"][0]["standing"].is_null());
    let ours = world.school("99001").get("/v1/employers?name=%E6%98%9F%E5%85%89").await;
    assert_eq!(ours.column("standing"), ["approved"]);
}

/// SR-11: a later confirmation is for letters to come; two colleagues do not overwrite each other unseen.
#[tokio::test]
async fn confirming_again_changes_letters_to_come_and_minds_the_version_if_told() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    let version = stars.get("/v1/home").await.with(200)["profile"]["version"].as_u64().unwrap();
    let mut seen = information();
    seen["version"] = version.into();
    stars.put("/v1/employer", &seen).await.with(200);
    stars.put("/v1/employer", &seen).await.is_problem(409, "version_moved");
    assert_eq!(huang.reads(&letter).await.with(200)["employer"]["nature"]["code"], "21");
    let later = stars.invites(&li).await;
    assert_eq!(li.reads(&later).await.with(200)["employer"]["nature"]["code"], "39");
    let mut wrong = information();
    wrong["contact"]["phone"] = "123".into();
    wrong["nature"] = "99".into();
    stars.put("/v1/employer", &wrong).await.names_fields(&[("/contact/phone", "malformed"), ("/nature", "not_in_code_table")]);
}

/// A-31, domain 2.7: suspended by the platform's operators.
#[tokio::test]
async fn a_suspended_employer_finishes_what_is_in_flight_and_begins_nothing() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    let reason = || domain::values::Text::parse("冒用他人执照").unwrap();
    world.stack.store().suspend_employer(&stars.id, reason(), &world.operator()).await.unwrap();
    stars.finds(&li).await.is_problem(403, "employer_suspended");
    stars.put("/v1/employer", &information()).await.is_problem(403, "employer_suspended");
    stars.extends(&letter, 9, 1).await.with(200);
    world.after(days(6));
    huang.signs(&letter).await;
    world.stack.store().reinstate_employer(&stars.id, reason(), &world.operator()).await.unwrap();
    stars.invites(&li).await;
}
