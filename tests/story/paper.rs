//! 线下签约: entered, previewed, generated, reviewed.

use crate::support::{World, offline_text};
use domain::policy::{CertificationLevel, Policy};
use domain::values::SchoolId;
use serde_json::{Value, json};
use store::roster::Entry;

/// SR-65, A-18: saved section by section, complete or not; what is given must be right as far as it goes.
#[tokio::test]
async fn a_draft_is_saved_incomplete_and_says_what_is_missing() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let empty = huang.get("/v1/offline-draft").await.with(200);
    assert_eq!((&empty["version"], &empty["actions"]), (&json!(0), &json!(["save-offline-draft"])));
    let saved = huang.saves(&json!({ "employer": { "name": "江城建筑设计院", "credit_code": "" } })).await.with(200);
    let missing: Vec<_> = saved["missing"].as_array().unwrap().iter().map(|pointer| pointer.as_str().unwrap()).collect();
    assert_eq!(missing, ["/employer/contact", "/employer/credit_code", "/file_receiving", "/household_receiving", "/signing"]);
    huang
        .saves(&json!({ "signing": { "position": "设计师", "pay": { "monthly_fen": -1 } } }))
        .await
        .names_fields(&[("/signing/pay/monthly_fen", "out_of_range")]);
    huang
        .saves(&json!({ "employer": { "credit_code": "911306007216356987" } }))
        .await
        .names_fields(&[("/employer/credit_code", "wrong_check_character")]);
    huang.saves(&json!({ "student": { "name": "他人" } })).await.names_fields(&[("/student", "unknown")]);
    huang.saves(&json!([])).await.names_fields(&[("", "wrong_type")]);
    let text = offline_text();
    assert_eq!(huang.saves(&json!({ "signing": text["signing"] })).await.with(200)["version"], 2);
    huang.saves(&json!({ "version": 1, "file_receiving": text["file_receiving"] })).await.is_problem(409, "version_moved");
    let draft = huang.get("/v1/offline-draft").await.with(200);
    assert_eq!((&draft["sections"]["employer"]["name"], &draft["sections"]["signing"]), (&json!("江城建筑设计院"), &text["signing"]));
    let saved = huang.saves(&text).await.with(200);
    assert_eq!(saved["missing"], json!([]));
    let actions = json!(["save-offline-draft", "preview-offline-agreement", "submit-offline-agreement"]);
    assert_eq!(huang.get("/v1/offline-draft").await.with(200)["actions"], actions);
}

/// SR-66: previewed, confirmed twice, generated; what is generated is what was read.
#[tokio::test]
async fn an_agreement_on_paper_is_generated_from_what_was_previewed_after_two_confirmations() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    huang.previews().await.is_problem(409, "no_draft");
    huang.saves(&json!({ "employer": offline_text()["employer"] })).await.with(200);
    huang.previews().await.names_fields(&[("/file_receiving", "missing"), ("/household_receiving", "missing"), ("/signing", "missing")]);
    huang.saves(&offline_text()).await.with(200);
    let preview = huang.previews().await.with(200);
    assert_eq!((&preview["student"]["name"], &preview["employer"]["name"]), (&json!("黄河水9"), &json!("江城建筑设计院")));
    let hash = preview["preview_sha256"].as_str().unwrap();
    let submit = |body: Value| {
        let (huang, world) = (&huang, &world);
        async move { huang.post("/v1/offline-draft/submission", &world.new_key(), &body).await }
    };
    for confirm in [json!([true]), json!([true, false]), json!([true, true, true])] {
        submit(json!({ "preview_sha256": hash, "confirm": confirm })).await.names_fields(&[("/confirm", "not_confirmed")]);
    }
    submit(json!({ "preview_sha256": "0".repeat(64), "confirm": [true, true] })).await.is_problem(409, "preview_stale");
    let mut changed = offline_text();
    changed["signing"]["position"] = "结构设计师".into();
    huang.saves(&changed).await.with(200);
    submit(json!({ "preview_sha256": hash, "confirm": [true, true] })).await.is_problem(409, "preview_stale");
    let hash = huang.previews().await.text_of("preview_sha256");
    let receipt = submit(json!({ "preview_sha256": hash, "confirm": [true, true] })).await.with(201);
    assert_eq!(
        (&receipt["stage"], &receipt["stage_label"], &receipt["actions"]),
        (&json!("agreement_review"), &json!("协议书审核"), &json!([]))
    );
    let read = huang.get(&format!("/v1/agreements/{}", receipt["id"].as_str().unwrap())).await.with(200);
    assert_eq!((&read["medium"], &read["text_sha256"]), (&json!("offline"), &json!(hash)));
    assert_eq!((&read["printed_number"], &read["certification"]), (&json!("99001-2027-000001"), &json!(null)));
    assert_eq!((&read["signing"]["position"], &read["employer"]["id"]), (&json!("结构设计师"), &json!(null)));
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status_label"], "线下签约办理中");
}

/// SR-87, SR-88, SR-67: the first of two reviews.
#[tokio::test]
async fn the_text_is_reviewed_first_and_then_awaits_the_stamped_scan() {
    let world = World::new().await;
    let (huang, teacher, office) = (world.graduate("黄河水9").await, world.college("99001", "c01"), world.school("99001"));
    let agreement = huang.draws_up().await;
    for officer in [&teacher, &office] {
        let row = officer.queue_of("offline_review").await[0].clone();
        assert_eq!(
            (&row["id"], &row["stage_label"], &row["actions"]),
            (&json!(agreement), &json!("协议书审核"), &json!(["review-agreement"]))
        );
        assert_eq!(officer.queue_of("signing").await.len() + officer.queue_of("offline_certification").await.len(), 0);
    }
    assert_eq!(teacher.get("/v1/home").await.with(200)["to_do"]["queues"]["offline_review"], 1);
    office.passes(&agreement).await.is_problem(409, "wrong_stage");
    let passed = teacher.reviews_text(&agreement, 1, "pass", None).await.with(200);
    assert_eq!(passed["stage_label"], "待反馈");
    assert_eq!(huang.get("/v1/messages").await.with(200)["items"][0]["title"], "协议书审核通过,请打印签字盖章后反馈");
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!(read["actions"], json!(["return-agreement", "void-agreement"]));
    office.reviews_text(&agreement, 2, "fail", Some("重复")).await.is_problem(409, "wrong_stage");
}

/// SR-67, A-6, A-19: not passed, the graduate may revise it or sign online.
#[tokio::test]
async fn after_a_failed_review_the_graduate_revises_the_draft_or_signs_online() {
    let world = World::new().await;
    let (stars, huang, teacher) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.college("99001", "c01"));
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let first = huang.draws_up().await;
    huang.accepts_as_shown(&letter, &shown, "a1").await.is_problem(409, "student_locked");
    huang.saves(&offline_text()).await.is_problem(409, "signing_under_way");
    teacher.reviews_text(&first, 1, "fail", None).await.names_fields(&[("/reason", "missing")]);
    let failed = teacher.reviews_text(&first, 1, "fail", Some("统一社会信用代码与单位名称不符")).await.with(200);
    assert_eq!(failed["stage_label"], "协议书审核不通过");
    assert_eq!(huang.get(&format!("/v1/agreements/{first}")).await.with(200)["reason"], "统一社会信用代码与单位名称不符");
    let draft = huang.get("/v1/offline-draft").await.with(200);
    assert_eq!((&draft["sections"]["employer"]["name"], &draft["agreement_id"]), (&json!("江城建筑设计院"), &json!(first)));
    let second = huang.draws_up().await;
    assert_ne!(first, second);
    teacher.reviews_text(&second, 1, "fail", Some("仍不符")).await.with(200);
    huang.signs(&letter).await;
}

/// S-37, SR-64, A-6: an online signing and a generated agreement exclude each other; a draft survives.
#[tokio::test]
async fn what_is_signed_online_is_not_entered_on_paper_and_a_draft_survives() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    huang.saves(&offline_text()).await.with(200);
    let hash = huang.previews().await.text_of("preview_sha256");
    let agreement = huang.signs(&letter).await;
    huang.submits(&hash).await.is_problem(409, "signing_under_way");
    huang.saves(&json!({ "file_receiving": { "accepts": "no" } })).await.is_problem(409, "signing_under_way");
    let draft = huang.get("/v1/offline-draft").await.with(200);
    assert_eq!((&draft["missing"], &draft["actions"]), (&json!([]), &json!([])));
    world.college("99001", "c01").fails(&agreement, "信息有误").await.with(200);
    huang.submits(&hash).await.with(201);
}

/// SR-66, A-36: what is refused or repeated draws no number; a closed graduation year is not signed on paper either.
#[tokio::test]
async fn numbers_are_drawn_by_what_is_generated_alone() {
    let world = World::new().await;
    let (huang, li, office) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.school("99001"));
    huang.saves(&offline_text()).await.with(200);
    let hash = huang.previews().await.text_of("preview_sha256");
    let body = json!({ "preview_sha256": hash, "confirm": [true, true] });
    let first = huang.post("/v1/offline-draft/submission", "s1", &body).await;
    assert_eq!(huang.post("/v1/offline-draft/submission", "s1", &body).await.text, first.text);
    huang.submits(&hash).await.is_problem(409, "signing_under_way");
    huang
        .post("/v1/offline-draft/submission", "s1", &json!({ "preview_sha256": "0".repeat(64), "confirm": [true, true] }))
        .await
        .is_problem(422, "idempotency_key_reused");
    office.sets(0, &json!({ "open_graduation_years": [2026] })).await.with(200);
    li.saves(&offline_text()).await.with(200);
    let preview = li.previews().await.text_of("preview_sha256");
    li.submits(&preview).await.is_problem(409, "graduation_year_closed");
    office.sets(1, &json!({ "open_graduation_years": [2026, 2027] })).await.with(200);
    let second = li.submits(&preview).await.with(201)["id"].as_str().unwrap().to_owned();
    let number = li.get(&format!("/v1/agreements/{second}")).await.with(200)["printed_number"].clone();
    assert_eq!(number, "99001-2027-000002");
    assert_eq!(li.get("/v1/agreements").await.with(200)["items"][0]["number"], number);
}

/// the employer never stamps; the graduate or the school voids it, and nothing is used up.
#[tokio::test]
async fn an_agreement_that_is_never_stamped_is_voided() {
    let world = World::new().await;
    let (huang, office, teacher) = (world.graduate("黄河水9").await, world.school("99001"), world.college("99001", "c01"));
    let first = huang.draws_up().await;
    huang.undoes(&first, 1).await.is_problem(409, "wrong_stage");
    office.reviews_text(&first, 1, "pass", None).await.with(200);
    teacher.undoes(&first, 2).await.is_problem(403, "wrong_role");
    assert_eq!(huang.undoes(&first, 2).await.with(200)["stage_label"], "已作废");
    assert_eq!(office.get("/v1/messages").await.with(200)["items"][0]["title"], "线下协议书已作废");
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    world.after(1_000);
    let second = huang.draws_up().await;
    office.reviews_text(&second, 1, "pass", None).await.with(200);
    office.undoes(&second, 2).await.with(200);
    assert_eq!(office.get("/v1/agreements?status=voided").await.column("id"), [second, first]);
}

/// levels and the right to void as they stood when the agreement was generated.
#[tokio::test]
async fn the_schools_rules_hold_as_they_stood_when_the_agreement_was_generated() {
    let world = World::new().await;
    let policy = Policy { offline_review_level: CertificationLevel::CollegeThenSchool, allow_offline_void: false, ..Policy::default() };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99001").unwrap(), policy)]).await;
    let (huang, office, teacher) = (world.graduate("黄河水9").await, world.school("99001"), world.college("99001", "c01"));
    let agreement = huang.draws_up().await;
    office.sets(1, &json!({ "offline_review_level": "either", "allow_offline_void": true })).await.with(200);
    office.reviews_text(&agreement, 1, "pass", None).await.is_problem(409, "college_first");
    assert_eq!(teacher.reviews_text(&agreement, 1, "pass", None).await.with(200)["stage_label"], "学院已通过,等待学校审核");
    office.reviews_text(&agreement, 2, "return", Some("请核对薪酬")).await.with(200);
    teacher.reviews_text(&agreement, 3, "pass", None).await.with(200);
    office.reviews_text(&agreement, 4, "pass", None).await.with(200);
    huang.undoes(&agreement, 5).await.is_problem(409, "not_allowed_by_policy");
}
