//! 线下签约, once its text is reviewed: the stamped scan, its certification, and its termination with proof.

use crate::support::{Employer, Graduate, Handed, Officer, World, request_of};
use serde_json::{Value, json};

/// A graduate with an agreement on paper that awaits its scan.
async fn to_be_stamped(graduate: &Graduate<'_>, office: &Officer<'_>) -> String {
    let agreement = graduate.draws_up().await;
    office.reviews_text(&agreement, 1, "pass", None).await.with(200);
    agreement
}

/// An agreement on paper in force, on version 4.
async fn in_force(graduate: &Graduate<'_>, office: &Officer<'_>) -> String {
    let agreement = to_be_stamped(graduate, office).await;
    graduate.returns(&agreement, 2).await.with(200);
    office.decides(&agreement, &json!({ "decision": "pass", "version": 3 })).await.with(200);
    agreement
}

async fn read(graduate: &Graduate<'_>, agreement: &str) -> Value {
    graduate.get(&format!("/v1/agreements/{agreement}")).await.with(200)
}

/// SR-68, SR-69, SR-70, SR-89, A-37: returned, certified, and written to the employment plan.
#[tokio::test]
async fn the_stamped_scan_comes_back_and_is_certified() {
    let world = World::new().await;
    let (huang, office, teacher) = (world.graduate("黄河水9").await, world.school("99001"), world.college("99001", "c01"));
    let agreement = to_be_stamped(&huang, &office).await;
    let returned = huang.returns(&agreement, 2).await.with(200);
    assert_eq!((&returned["stage"], &returned["stage_label"]), (&json!("pending_certification"), &json!("等待签约鉴证")));
    for officer in [&teacher, &office] {
        let row = officer.queue_of("offline_certification").await[0].clone();
        assert_eq!(
            (&row["id"], &row["stage_label"], &row["actions"]),
            (&json!(agreement), &json!("等待签约鉴证"), &json!(["certify-agreement"]))
        );
        assert_eq!(officer.queue_of("offline_review").await.len() + officer.queue_of("signing").await.len(), 0);
        let scan = officer.get(&format!("/v1/agreements/{agreement}")).await.with(200)["feedback"][0]["files"][0].clone();
        assert_eq!((&scan["file_name"], &scan["content_type"]), (&json!("扫描件.png"), &json!("image/png")));
        officer.get(&format!("/v1/uploads/{}", scan["upload_id"].as_str().unwrap())).await.with(200);
    }
    assert_eq!(teacher.get("/v1/home").await.with(200)["to_do"]["queues"]["offline_certification"], 1);
    huang.undoes(&agreement, 3).await.is_problem(409, "wrong_stage");
    let certified = teacher.decides(&agreement, &json!({ "decision": "pass", "version": 3 })).await.with(200);
    assert_eq!(certified["stage_label"], "签约鉴证通过");
    assert_eq!(huang.get("/v1/messages").await.with(200)["items"][0]["title"], "签约鉴证通过");
    let read = read(&huang, &agreement).await;
    assert_eq!(read["certification"]["number"], read["printed_number"], "the number that was printed is the number");
    assert_eq!(read["plan_record"]["destination"], json!({ "code": "10", "name": "签就业协议形式就业" }));
    assert_eq!(read["actions"], json!(["request-termination"]));
    let process: Vec<_> = read["process"].as_array().unwrap().iter().map(|entry| entry["label"].as_str().unwrap()).collect();
    assert_eq!(process, ["生成协议书", "协议书审核通过", "反馈协议书", "签约鉴证通过"]);
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "signed");
}

/// S-40, SR-70, A-21: not certified, other scans are handed in; every version is kept, and the text stays as it was reviewed.
#[tokio::test]
async fn a_scan_that_is_not_certified_is_replaced_and_every_version_is_kept() {
    let world = World::new().await;
    let (huang, office) = (world.graduate("黄河水9").await, world.school("99001"));
    let agreement = to_be_stamped(&huang, &office).await;
    let (first, second) = (huang.uploads("stamped_agreement").await, huang.uploads("stamped_agreement").await);
    huang.returns_these(&agreement, 2, &[&first]).await.with(200);
    office.decides(&agreement, &json!({ "decision": "fail", "version": 3 })).await.names_fields(&[("/reason", "missing")]);
    let failed = office.decides(&agreement, &json!({ "decision": "fail", "version": 3, "reason": "印章不清晰" })).await.with(200);
    assert_eq!(failed["stage_label"], "签约鉴证不通过");
    let rejected = read(&huang, &agreement).await;
    assert_eq!((&rejected["reason"], &rejected["actions"]), (&json!("印章不清晰"), &json!(["return-agreement", "void-agreement"])));
    let mut other = crate::support::offline_text();
    other["signing"]["position"] = "结构设计师".into();
    huang.saves(&other).await.is_problem(409, "signing_under_way");
    assert_eq!(huang.returns_these(&agreement, 4, &[&second]).await.with(200)["stage_label"], "等待签约鉴证");
    let seen = office.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let versions: Vec<_> = seen["feedback"].as_array().unwrap().iter().map(|version| &version["files"][0]["upload_id"]).collect();
    assert_eq!(versions, [&json!(second), &json!(first)], "the newest first");
    assert_eq!((&seen["text_sha256"], &seen["signing"]["position"]), (&rejected["text_sha256"], &json!("建筑设计师")));
    for version in [&first, &second] {
        office.get(&format!("/v1/uploads/{version}")).await.with(200);
    }
    office.decides(&agreement, &json!({ "decision": "pass", "version": 5 })).await.with(200);
}

/// S-39: what is refused moves nothing: neither file nor agreement.
#[tokio::test]
async fn a_scan_that_is_refused_leaves_the_agreement_where_it_was() {
    let world = World::new().await;
    let (huang, office) = (world.graduate("黄河水9").await, world.school("99001"));
    let agreement = to_be_stamped(&huang, &office).await;
    let page = Handed { bytes: b"<!doctype html><script>alert(1)</script>".to_vec(), ..Handed::pixel("stamped_agreement") };
    let program = Handed { bytes: b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec(), ..Handed::pixel("stamped_agreement") };
    for file in [page, program] {
        let (id, refused) = huang.hands_in(&file).await;
        refused.is_problem(422, "upload_refused");
        huang.returns_these(&agreement, 2, &[&id]).await.names_fields(&[("/upload_ids/0", "unusable_file")]);
    }
    let standing = read(&huang, &agreement).await;
    assert_eq!((&standing["stage_label"], &standing["version"], &standing["feedback"]), (&json!("待反馈"), &json!(2), &json!([])));
}

/// SR-71 to SR-74, SR-90, S-42, A-27: no counter-party; the stamped proof, and the school's certification.
#[tokio::test]
async fn an_agreement_on_paper_is_terminated_with_a_stamped_proof() {
    let world = World::new().await;
    let (huang, office, stars) = (world.graduate("黄河水9").await, world.school("99001"), world.employer("星光集团").await);
    let agreement = in_force(&huang, &office).await;
    let row = huang.asks_to_end(&agreement).await;
    assert_eq!((&row["problem"]["status"], &row["problem"]["errors"][0]["pointer"]), (&json!(422), &json!("/upload_ids")), "{row}");
    let scan = huang.uploads("stamped_agreement").await;
    let row = huang.asks_to_end_on_paper(&agreement, &[&scan]).await;
    assert_eq!(row["problem"]["errors"][0]["code"], "unusable_file", "a scan is no proof: {row}");
    let row = stars.asks_to_end(&agreement).await;
    assert_eq!(row["problem"]["status"], 404, "no employer is on the platform: {row}");

    let proof = huang.uploads("termination_proof").await;
    let first = huang.asks_to_end_on_paper(&agreement, &[&proof]).await["termination_id"].as_str().unwrap().to_owned();
    let asked = office.get(&format!("/v1/terminations/{first}")).await.with(200);
    assert_eq!((&asked["stage_label"], &asked["consent"]), (&json!("等待解约鉴证"), &json!(null)));
    assert_eq!(asked["proofs"][0]["upload_id"], json!(proof));
    office.get(&format!("/v1/uploads/{proof}")).await.with(200);
    assert_eq!(office.queue_of("termination").await[0]["id"], json!(first));
    let failed = office.decides_end(&first, 1, "fail", Some("证明材料未盖章")).await.with(200);
    assert_eq!(failed["stage_label"], "解约鉴证不通过");
    assert_eq!((&read(&huang, &agreement).await["stage"], status(&huang).await), (&json!("certified"), json!("signed")));

    let proof = huang.uploads("termination_proof").await;
    let second = huang.asks_to_end_on_paper(&agreement, &[&proof]).await["termination_id"].as_str().unwrap().to_owned();
    office.decides_end(&second, 1, "pass", None).await.with(200);
    let ended = read(&huang, &agreement).await;
    assert_eq!((&ended["stage_label"], ended["plan_record"]["closed_at"].is_string()), (&json!("已解约"), true));
    assert_eq!(status(&huang).await, "unsigned");
    let letter = stars.invites(&huang).await;
    huang.signs(&letter).await;
}

async fn status(graduate: &Graduate<'_>) -> Value {
    graduate.get("/v1/home").await.with(200)["signing_status"].clone()
}

/// a year holds one certified termination of the graduate's, whichever way it was signed.
#[tokio::test]
async fn signings_online_and_on_paper_count_against_one_quota() {
    let world = World::new().await;
    let (huang, office, stars) = (world.graduate("黄河水9").await, world.school("99001"), world.employer("星光集团").await);
    let agreement = in_force(&huang, &office).await;
    let proof = huang.uploads("termination_proof").await;
    let ended = huang.asks_to_end_on_paper(&agreement, &[&proof]).await["termination_id"].as_str().unwrap().to_owned();
    office.decides_end(&ended, 1, "pass", None).await.with(200);
    let online = world.signed(&stars, &huang).await;
    assert_eq!(huang.asks_to_end(&online).await["problem"]["type"], "urn:wangqian:problem:termination_quota_used");
    stars.ends(&online).await;
}

/// SR-41, A-25: online, consent is what is asked for: no proof is taken.
#[tokio::test]
async fn a_termination_of_an_online_signing_takes_no_proof() {
    let world = World::new().await;
    let (huang, stars) = (world.graduate("黄河水9").await, world.employer("星光集团").await);
    let agreement = world.signed(&stars, &huang).await;
    let proof = huang.uploads("termination_proof").await;
    let row = huang.asks_to_end_on_paper(&agreement, &[&proof]).await;
    assert_eq!(row["problem"]["errors"][0]["pointer"], "/upload_ids", "{row}");
    let licence = stars.uploads("licence").await;
    let mut body = request_of("employer", &[&agreement]);
    body["upload_ids"] = json!([licence]);
    let row = raised(&stars, &body).await;
    assert_eq!(row["problem"]["errors"][0]["pointer"], "/upload_ids", "{row}");
}

async fn raised(employer: &Employer<'_>, body: &Value) -> Value {
    employer.post("/v1/terminations", &employer.world.new_key(), body).await.with(200)["rows"][0].clone()
}
