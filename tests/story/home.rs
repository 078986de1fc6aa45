//! 用户中心.

use crate::support::World;
use serde_json::json;

/// SR-13 to SR-16
#[tokio::test]
async fn an_employer_sees_itself_and_what_waits() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    stars.invites(&huang).await;
    let home = stars.get("/v1/home").await.with(200);
    assert_eq!(home["profile"]["name"], "星光集团");
    assert_eq!((&home["profile"]["qualification"], &home["profile"]["qualification_label"]), (&json!("active"), &json!("信息已完善")));
    assert_eq!(
        (&home["to_do"], &home["missing"]),
        (&json!({ "signing": 1, "termination_awaiting_other": 0, "termination_awaiting_me": 0 }), &json!([]))
    );
    assert!(home["logged_in_at"].is_string());
}

/// SR-10, SR-11, SR-12: what stands between an employer and its user centre.
#[tokio::test]
async fn an_employer_is_told_what_is_missing() {
    let world = World::new().await;
    let unapproved = world.employer_as("新单位", |employer| employer.approved_by.clear()).await;
    let unconfirmed = world.employer_as("新单位", |employer| employer.signing_information = None).await;
    assert_eq!(unapproved.get("/v1/home").await.with(200)["missing"], json!(["approval"]));
    assert_eq!(unconfirmed.get("/v1/home").await.with(200)["missing"], json!(["signing_information"]));
}

/// SR-45: to themselves, numbers masked.
#[tokio::test]
async fn a_graduate_sees_themselves_with_numbers_masked() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let answer = huang.get("/v1/home").await;
    let home = answer.with(200);
    assert_eq!((&home["profile"]["name"], &home["signing_status_label"]), (&json!("黄河水9"), &json!("未签约")));
    assert_eq!(home["profile"]["masked_mobile"], huang.mobile.masked());
    assert!(!answer.text.contains(huang.mobile.expose()) && !answer.text.contains(huang.resident_id.expose()));
}

/// SR-75: an officer sees where they are.
#[tokio::test]
async fn an_officer_sees_school_and_college() {
    let world = World::new().await;
    let teacher = world.college("99001", "c02").get("/v1/home").await.with(200);
    assert_eq!((&teacher["role"], &teacher["profile"]["college"]), (&json!("college"), &json!("外国语学院")));
    let office = world.school("99001").get("/v1/home").await.with(200);
    assert_eq!((&office["profile"]["school"], &office["profile"]["college"]), (&json!("江城大学"), &json!(null)));
    let queues = json!({ "signing": 0, "offline_review": 0, "offline_certification": 0, "termination": 0 });
    assert_eq!(office["to_do"], json!({ "reviews": 0, "queues": queues, "employers": 0, "objections": 0 }));
}
