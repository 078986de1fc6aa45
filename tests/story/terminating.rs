//! 解约 of online signings: asked for, answered, certified.

use crate::support::{World, request_of};
use serde_json::json;

/// SR-38 to SR-41, SR-43, SR-59, SR-61, SR-63, SR-84, SR-85, A-1, A-8, A-9
#[tokio::test]
async fn a_termination_is_asked_for_consented_to_and_certified() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    let notice = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["termination_notice"].clone();
    assert_eq!(notice["version"], 1);
    assert!(notice["text"].as_str().unwrap().contains("解约需用人单位同意,学校鉴证通过方可生效"), "{notice}");
    let termination = huang.ends(&agreement).await;
    let asked = stars.reads_request(&termination).await.with(200);
    assert_eq!((&asked["stage_label"], &asked["initiator"]), (&json!("等待对方处理"), &json!("student")));
    assert_eq!((&asked["reason_code"]["name"], &asked["reason"]), (&json!("继续深造"), &json!("已被录取为硕士研究生")));
    assert_eq!(asked["accepted_notice"]["sha256"], notice["sha256"]);
    assert_eq!((&asked["termination_notice"], &asked["actions"]), (&notice, &json!(["answer-termination"])));

    // Consent alone ends nothing.
    assert_eq!(stars.consents(&termination).await.with(200)["stage_label"], "等待解约鉴证");
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&read["stage_label"], &read["terminations"][0]["stage"]), (&json!("签约鉴证通过"), &json!("pending_certification")));
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status_label"], "解约办理中");

    let certified = office.dissolves(&termination).await.with(200);
    assert_eq!((&certified["stage_label"], &certified["actions"]), (&json!("解约鉴证通过"), &json!([])));
    for answer in [huang.reads_request(&termination).await, stars.reads_request(&termination).await] {
        let read = answer.with(200);
        assert_eq!((&read["stage"], &read["consent"]["accepted_notice"]["version"]), (&json!("certified"), &json!(1)));
    }
    let read = stars.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&read["stage"], &read["stage_label"]), (&json!("terminated"), &json!("已解约")));
    let process: Vec<_> = read["process"].as_array().unwrap().iter().map(|entry| entry["label"].as_str().unwrap()).collect();
    assert_eq!(process[3..], ["签约鉴证通过", "解约申请", "同意解约", "解约鉴证通过", "解约"]);
}

/// S-36, SR-63, A-28: slot, pair and plan; 解约函 is ordered.
#[tokio::test]
async fn a_certified_termination_frees_the_graduate_at_once_and_closes_the_plan_record() {
    let world = World::new().await;
    let (stars, bridge, huang) = (world.employer("星光集团").await, world.employer("大桥公司").await, world.graduate("黄河水9").await);
    let waiting = bridge.invites(&huang).await;
    let agreement = world.signed(&stars, &huang).await;
    world.dissolved(&stars, &huang, &agreement).await;
    let record = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["plan_record"].clone();
    assert_eq!((&record["destination"]["name"], record["closed_at"].is_string()), (&json!("待就业"), true), "{record}");
    let orders = world.dump().await.into_keys().filter(|(_, sk)| sk.starts_with("DOCUMENT#")).count();
    assert_eq!(orders, 3, "an uncertified copy, a certified one, and a letter of termination");
    stars.invites(&huang).await;
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    huang.signs(&waiting).await;
}

/// S-33, SR-63, SR-86, A-2: nothing is used up by what is not certified.
#[tokio::test]
async fn a_termination_that_is_not_certified_leaves_the_signing_in_force_and_both_may_ask_again() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    let first = huang.ends(&agreement).await;
    stars.consents(&first).await.with(200);
    office.decides_end(&first, 2, "fail", None).await.names_fields(&[("/reason", "missing")]);
    let failed = office.decides_end(&first, 2, "fail", Some("请先协商违约责任")).await.with(200);
    assert_eq!(failed["stage_label"], "解约鉴证不通过");
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&read["stage"], &read["plan_record"]["closed_at"]), (&json!("certified"), &json!(null)));
    assert_eq!(read["terminations"][0]["settled_reason"], "请先协商违约责任");
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "signed");
    let second = stars.ends(&agreement).await;
    huang.refuses_to_end(&second, "我希望继续履行").await.with(200);
    let third = huang.ends(&agreement).await;
    stars.consents(&third).await.with(200);
    office.dissolves(&third).await.with(200);
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let stages: Vec<_> = read["terminations"].as_array().unwrap().iter().map(|one| one["stage"].as_str().unwrap()).collect();
    assert_eq!(stages, ["certified", "refused", "certification_rejected"], "the newest first");
}

/// S-34, A-2: each side has one certified termination: the graduate a year, the employer of a graduate.
#[tokio::test]
async fn a_second_termination_of_the_same_side_is_refused_and_the_other_side_may_still_ask() {
    let world = World::new().await;
    let (stars, bridge, huang) = (world.employer("星光集团").await, world.employer("大桥公司").await, world.graduate("黄河水9").await);
    let first = world.signed(&stars, &huang).await;
    world.dissolved(&stars, &huang, &first).await;
    let second = world.signed(&bridge, &huang).await;
    assert_eq!(huang.asks_to_end(&second).await["problem"]["type"], "urn:wangqian:problem:termination_quota_used");
    let own = huang.get(&format!("/v1/agreements/{second}")).await.with(200);
    assert_eq!((&own["termination_used_up"], &own["actions"], &own["termination_notice"]), (&json!(true), &json!([]), &json!(null)));
    let theirs = bridge.get(&format!("/v1/agreements/{second}")).await.with(200);
    assert_eq!((&theirs["termination_used_up"], &theirs["actions"]), (&json!(null), &json!(["request-termination"])));
    assert_eq!(theirs.get("plan_record"), Some(&json!(null)), "the plan is not the employer's business");
    let by_employer = bridge.ends(&second).await;
    huang.consents(&by_employer).await.with(200);
    let office = world.school("99001");
    office.dissolves(&by_employer).await.with(200);
    let third = world.signed(&bridge, &huang).await;
    assert_eq!(bridge.asks_to_end(&third).await["problem"]["type"], "urn:wangqian:problem:termination_quota_used");
    // An employer's default does not burn another's chance, and the school may grant one more.
    let version = office.get("/v1/students?graduation_year=2027").await.with(200)["items"][0]["version"].as_u64().unwrap();
    office.corrects(huang.student.id.as_str(), version, &json!({ "extra_terminations": 1 })).await.with(200);
    huang.ends(&third).await;
}

/// SR-80, A-27: however often it is asked and taken back, the agreement tells it all.
#[tokio::test]
async fn a_signing_that_somebody_asks_about_day_after_day_is_told_in_full() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    for _ in 0..105 {
        let asked = huang.ends(&agreement).await;
        huang.takes_back(&asked).await.with(200);
    }
    let open = huang.ends(&agreement).await;
    let read = stars.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let requests = read["terminations"].as_array().unwrap();
    assert_eq!((requests.len(), &requests[0]["id"], &requests[0]["actions"]), (106, &json!(open), &json!(["answer-termination"])));
    assert_eq!(read["process"].as_array().unwrap().len(), 4 + 2 * 105 + 1);
    let own = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!(own["plan_record"]["destination"]["code"], "10");
}

/// S-32, SR-39, SR-40, SR-59
#[tokio::test]
async fn nothing_is_asked_for_without_the_notice_and_a_reason() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    let with = |name: &str, value: serde_json::Value| {
        let mut body = request_of("student", &[&agreement]);
        body[name] = value;
        body
    };
    let cases = [
        (with("agreed", json!(false)), ("/agreed", "not_confirmed")),
        (with("agreed", json!(null)), ("/agreed", "missing")),
        (with("reason", json!("  ")), ("/reason", "missing")),
        (with("reason_code", json!("")), ("/reason_code", "missing")),
        (with("reason_code", json!("S99")), ("/reason_code", "not_in_code_table")),
        (with("notice_version", json!(null)), ("/notice_version", "missing")),
        (with("agreement_ids", json!([])), ("/agreement_ids", "missing")),
    ];
    for (body, fault) in cases {
        huang.post("/v1/terminations", &world.new_key(), &body).await.names_fields(&[fault]);
    }
    let stale = huang.post("/v1/terminations", &world.new_key(), &with("notice_version", json!(2))).await.with(200);
    assert_eq!(stale["rows"][0]["problem"]["type"], "urn:wangqian:problem:notice_stale");
    let other = huang.post("/v1/terminations", &world.new_key(), &with("reason_code", json!("E1"))).await.with(200);
    assert_eq!(other["rows"][0]["problem"]["errors"][0]["pointer"], "/reason_code");
    let proof = huang.post("/v1/terminations", &world.new_key(), &with("upload_ids", json!(["u00000000000000000001"]))).await.with(200);
    assert!(proof["rows"][0]["problem"]["errors"][0]["pointer"].as_str().unwrap().starts_with("/upload_ids"), "{proof}");
    assert_eq!(huang.get("/v1/terminations").await.column("id"), Vec::<String>::new());
}

/// the other party refuses with a reason, or the initiator takes the request back; nobody answers for the other.
#[tokio::test]
async fn a_request_is_refused_by_the_other_party_and_taken_back_by_its_own() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    let first = stars.ends(&agreement).await;
    stars.consents(&first).await.is_problem(409, "not_the_other_party");
    huang.takes_back(&first).await.is_problem(409, "not_the_initiator");
    huang.refuses_to_end(&first, "").await.names_fields(&[("/reason", "missing")]);
    assert_eq!(huang.refuses_to_end(&first, "我希望继续履行").await.with(200)["stage_label"], "对方不同意");
    assert_eq!(stars.reads_request(&first).await.with(200)["settled_reason"], "我希望继续履行");
    let second = huang.ends(&agreement).await;
    assert_ne!(first, second);
    assert_eq!(huang.takes_back(&second).await.with(200)["stage_label"], "已撤回");
    stars.consents(&second).await.is_problem(409, "version_moved");
    let late = json!({ "version": 2, "decision": "consent", "agreed": true, "notice_version": 1 });
    let answered = stars.post(&format!("/v1/terminations/{second}/answer"), &world.new_key(), &late).await;
    assert_eq!(answered.is_problem(409, "termination_settled")["current"]["stage"], "withdrawn");
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "signed");
}

/// A-26, O8: one open request at a time, and nothing else ends the agreement meanwhile.
#[tokio::test]
async fn while_a_request_is_open_neither_side_asks_again_and_the_school_does_not_revoke() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    let open = huang.ends(&agreement).await;
    for row in [stars.asks_to_end(&agreement).await, huang.asks_to_end(&agreement).await] {
        assert_eq!(row["problem"]["type"], "urn:wangqian:problem:termination_open");
        assert_eq!(row["open_termination_id"], open.as_str(), "it is told what to answer");
    }
    world.school("99001").undoes(&agreement, 3).await.is_problem(409, "termination_open");
}

/// SR-38, A-30: one reason for several; each row is answered for itself, and a repeat gets the same answers.
#[tokio::test]
async fn an_employer_asks_to_terminate_several_agreements_in_one_submission() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, wang) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await);
    let first = world.signed(&stars, &huang).await;
    let second = world.signed(&stars, &li).await;
    let letter = stars.invites(&wang).await;
    let pending = wang.signs(&letter).await;
    let body = request_of("employer", &[&first, &second, &pending, "99001-a00000000000000000000", "x"]);
    let answer = stars.post("/v1/terminations", "batch-1", &body).await;
    let batch = answer.with(200);
    assert_eq!((&batch["requested"], &batch["refused"], &batch["not_attempted"]), (&json!(2), &json!(3), &json!(0)));
    let problems: Vec<_> = batch["rows"].as_array().unwrap()[2..].iter().map(|row| row["problem"]["status"].as_u64().unwrap()).collect();
    assert_eq!(problems, [409, 404, 404]);
    for graduate in [&huang, &li] {
        let requests = graduate.get("/v1/terminations").await.with(200)["items"].clone();
        assert_eq!((&requests[0]["initiator"], requests.as_array().unwrap().len()), (&json!("employer"), 1));
    }
    let again = stars.post("/v1/terminations", "batch-1", &body).await.with(200);
    assert_eq!(again["rows"].as_array().unwrap()[..2], batch["rows"].as_array().unwrap()[..2]);
}
