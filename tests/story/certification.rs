//! 签约鉴证.

use crate::support::World;
use domain::policy::{CertificationLevel, Policy};
use domain::values::SchoolId;
use serde_json::json;
use store::roster::Entry;

/// SR-75, SR-76, SR-78, SR-31
#[tokio::test]
async fn a_signing_waits_in_the_queue_of_its_college_and_its_school_oldest_first() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let mut ids = Vec::new();
    for name in ["黄河水9", "李晓雨", "王思远"] {
        let graduate = world.graduate(name).await;
        let letter = stars.invites(&graduate).await;
        ids.push(graduate.signs(&letter).await);
        world.after(1_000);
    }
    for queue in [teacher.queue().await, office.queue().await] {
        let seen: Vec<_> = queue.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(seen, ids);
        assert_eq!((&queue[0]["stage_label"], &queue[0]["student_name"]), (&json!("等待签约鉴证"), &json!("黄河水9")));
        assert_eq!(queue[0]["actions"], json!(["certify-agreement"]));
    }
    assert_eq!(office.get("/v1/home").await.with(200)["to_do"]["reviews"], 3);
    teacher.passes(&ids[0]).await.with(200);
    assert_eq!(teacher.queue().await.len(), 2);
    assert_eq!(office.queue().await.len(), 2);
}

/// SR-77, SR-78, SR-80, A-39: a row of the queue leads to its detail.
#[tokio::test]
async fn the_detail_shows_every_section_and_the_process_record() {
    let world = World::new().await;
    let (stars, huang, teacher) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.college("99001", "c01"));
    let letter = stars.invites(&huang).await;
    world.after(60_000);
    let agreement = huang.signs(&letter).await;
    assert_eq!(teacher.queue().await[0]["id"], agreement);
    let detail = teacher.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let student = &detail["student"];
    assert_eq!((&student["name"], &student["major"], &student["class"]), (&json!("黄河水9"), &json!("计算机应用技术"), &json!("软件3班")));
    assert_eq!((&student["college"], &student["mobile"]), (&json!("计算机科学与技术学院"), &json!(huang.mobile.expose())));
    assert_eq!(student["masked_resident_id"], huang.resident_id.masked());
    assert_eq!((&student["sex"], &student["examinee_number"]), (&json!("男"), &json!("23420100150001")));
    let employer = &detail["employer"];
    assert_eq!((&employer["name"], &employer["credit_code"]), (&json!("星光集团"), &json!("911306007216356986")));
    assert_eq!((&employer["nature"]["name"], &employer["industry"]["name"]), (&json!("高等教育单位"), &json!("采矿业")));
    assert_eq!((&employer["region"]["name"], &employer["address"]), (&json!("内蒙古科尔沁左翼中旗"), &json!(null)));
    assert!(detail["signing"].is_object() && detail["file_receiving"].is_object() && detail["household_receiving"].is_object());
    let process: Vec<_> = detail["process"].as_array().unwrap().iter().map(|entry| entry["label"].as_str().unwrap()).collect();
    assert_eq!(process, ["发送签约邀请", "同意签约", "达成签约意向"]);
    assert_eq!(detail["actions"], json!(["certify-agreement"]));
}

/// SR-31, SR-57, SR-79, SR-81
#[tokio::test]
async fn a_certified_signing_takes_effect_with_a_number_and_its_certifier() {
    let world = World::new().await;
    let (stars, huang, teacher) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.college("99001", "c01"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let receipt = teacher.passes(&agreement).await.with(200);
    assert_eq!((&receipt["stage_label"], &receipt["version"]), (&json!("签约鉴证通过"), &json!(2)));
    for answer in [huang.get(&format!("/v1/agreements/{agreement}")).await, stars.get(&format!("/v1/agreements/{agreement}")).await] {
        let read = answer.with(200);
        assert_eq!((&read["stage"], &read["certification"]["number"]), (&json!("certified"), &json!("99001-2027-000001")));
        assert_eq!(read["certification"]["certifier"], "刘老师");
    }
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "signed");
}

/// Architecture 5: numbers are unique; they need no gaplessness.
#[tokio::test]
async fn no_two_agreements_have_the_same_number() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let mut numbers = Vec::new();
    for name in ["黄河水9", "李晓雨", "王思远"] {
        let graduate = world.graduate(name).await;
        let letter = stars.invites(&graduate).await;
        let agreement = graduate.signs(&letter).await;
        office.passes(&agreement).await.with(200);
        let read = office.get(&format!("/v1/agreements/{agreement}")).await.with(200);
        numbers.push(read["certification"]["number"].as_str().unwrap().to_owned());
    }
    numbers.dedup();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
}

/// SR-57, SR-79, SR-82, SR-83
#[tokio::test]
async fn a_signing_that_is_not_certified_ends_with_the_reason_and_frees_the_graduate() {
    let world = World::new().await;
    let (stars, huang, teacher) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.college("99001", "c01"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let receipt = teacher.fails(&agreement, "单位信息有误").await.with(200);
    assert_eq!(receipt["stage_label"], "签约鉴证不通过");
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&read["reason"], &read["certification"]), (&json!("单位信息有误"), &json!(null)));
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    assert_eq!(huang.reads(&letter).await.with(200)["stage"], "accepted");
}

/// Domain 5.1: an employer whose signing came to nothing keeps no contact of the graduate; the graduate reads on.
#[tokio::test]
async fn after_a_failed_certification_the_employer_sees_the_graduate_masked() {
    let world = World::new().await;
    let (stars, huang, teacher) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.college("99001", "c01"));
    let letter = stars.invites(&huang).await;
    let path = format!("/v1/agreements/{}", huang.signs(&letter).await);
    assert_eq!(stars.get(&path).await.with(200)["student"]["mobile"], huang.mobile.expose());
    teacher.fails(path.rsplit('/').next().unwrap(), "单位信息有误").await.with(200);
    let answer = stars.get(&path).await;
    assert_eq!(answer.with(200)["student"]["name"], "黄*9");
    assert!(!answer.text.contains(huang.mobile.expose()), "{}", answer.text);
    assert_eq!(huang.get(&path).await.with(200)["student"]["name"], "黄河水9");
}

/// two levels; what the school tells the college stays between them.
#[tokio::test]
async fn where_two_levels_certify_the_college_approves_and_the_school_decides() {
    let world = World::new().await;
    let levels = Policy { certification_level: CertificationLevel::CollegeThenSchool, ..Policy::default() };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99001").unwrap(), levels)]).await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    office.passes(&agreement).await.is_problem(409, "college_first");
    let approved = teacher.passes(&agreement).await.with(200);
    assert_eq!((&approved["stage"], &approved["stage_label"]), (&json!("pending_certification"), &json!("学院已通过,等待学校鉴证")));
    assert_eq!((teacher.queue().await.len(), office.queue().await.len()), (0, 1));
    let back = json!({ "decision": "return", "version": 2, "reason": "该单位疑似虚假" });
    office.decides(&agreement, &back).await.with(200);
    let path = format!("/v1/agreements/{agreement}");
    assert!(teacher.get(&path).await.text.contains("疑似虚假"));
    for party in [stars.get(&path).await, huang.get(&path).await] {
        assert!(!party.text.contains("疑似虚假") && party.with(200)["college_approval"].is_null(), "{}", party.text);
    }
    teacher.decides(&agreement, &json!({ "decision": "pass", "version": 3 })).await.with(200);
    let done = office.decides(&agreement, &json!({ "decision": "pass", "version": 4 })).await.with(200);
    assert_eq!(done["stage"], "certified");
}

/// SR-78, A-11, S-23
#[tokio::test]
async fn passing_needs_the_starred_fields_and_rejecting_does_not() {
    let world = World::new().await;
    let incomplete = world.employer_as("缺行业公司", |employer| employer.signing_information.as_mut().unwrap().industry = None).await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let teacher = world.college("99001", "c01");
    let letter = incomplete.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let before = world.dump().await;
    teacher.passes(&agreement).await.names_fields(&[("/employer/industry", "missing")]);
    assert_eq!(world.dump().await, before);
    let letter = incomplete.invites(&li).await;
    let other = li.signs(&letter).await;
    teacher.fails(&other, "行业不明").await.with(200);
    let completed = json!({ "decision": "pass", "version": 1, "employer": { "industry": "34" } });
    teacher.decides(&agreement, &completed).await.with(200);
    let read = teacher.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!(read["employer"]["industry"]["name"], "信息传输、软件和信息技术服务业");
    let profile = world.stack.store().employer(&incomplete.id).await.unwrap();
    assert_eq!(profile.value.signing_information.unwrap().industry, None, "the profile is never written back to silently");
}

/// SR-82, S-24
#[tokio::test]
async fn a_rejection_needs_a_reason_that_says_something() {
    let world = World::new().await;
    let (stars, huang, teacher) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.college("99001", "c01"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let before = world.dump().await;
    for body in [json!({ "decision": "fail", "version": 1 }), json!({ "decision": "fail", "version": 1, "reason": " \u{3000}\t" })] {
        teacher.decides(&agreement, &body).await.names_fields(&[("/reason", "missing")]);
    }
    assert_eq!(world.dump().await, before);
}

/// Domain 2.8, invariant 5; S-25
#[tokio::test]
async fn the_second_of_two_officers_is_told_that_the_first_has_decided() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let (one, two) = tokio::join!(teacher.passes(&agreement), office.fails(&agreement, "材料不全"));
    let lost = if one.status == 200 { two } else { one };
    let problem = lost.is_problem(409, "version_moved");
    assert_eq!(problem["current"]["version"], 2);
    let decisions = world.dump().await.into_keys().filter(|(_, sk)| sk.starts_with("AUDIT#AGREEMENT#")).count();
    assert_eq!(decisions, 2, "formed, and one decision");
}

/// Domain 2.8, invariant 9; S-26
#[tokio::test]
async fn officers_see_and_decide_only_what_is_in_their_scope() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let before = world.dump().await;
    for stranger in [world.college("99001", "c02"), world.college("99002", "c01"), world.school("99002")] {
        assert_eq!(stranger.queue().await, Vec::<serde_json::Value>::new());
        let missing = stranger.get("/v1/agreements/99001-a00000000000000000000").await;
        let theirs = stranger.get(&format!("/v1/agreements/{agreement}")).await;
        theirs.is_problem(404, "not_found");
        assert_eq!(theirs.but_request_id(), missing.but_request_id());
        stranger.passes(&agreement).await.is_problem(404, "not_found");
        stranger.decides(&agreement, &json!({ "decision": "pass", "version": 7 })).await.is_problem(404, "not_found");
    }
    assert_eq!(world.dump().await, before);
}

/// with one level there is nothing to return; an ended signing takes no decision.
#[tokio::test]
async fn a_decision_that_the_stage_does_not_allow_is_refused() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let back = json!({ "decision": "return", "version": 1, "reason": "请学院重审" });
    office.decides(&agreement, &back).await.is_problem(409, "nothing_to_return");
    office.passes(&agreement).await.with(200);
    let late = office.decides(&agreement, &json!({ "decision": "fail", "version": 2, "reason": "反悔" })).await;
    assert_eq!(late.is_problem(409, "wrong_stage")["current"]["stage"], "certified");
}

/// Domain 2.8, invariant 9: parties and nobody else.
#[tokio::test]
async fn an_agreement_is_read_by_its_parties_only() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    let path = format!("/v1/agreements/{}", huang.signs(&letter).await);
    for stranger in [bridge.get(&path).await, li.get(&path).await] {
        stranger.is_problem(404, "not_found");
    }
    for party in [stars.get(&path).await, huang.get(&path).await] {
        party.with(200);
    }
}
