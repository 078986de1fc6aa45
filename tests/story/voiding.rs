//! 撤销鉴证, and the employment plan: what certifying writes there, and what undoing it leaves.

use crate::support::World;
use serde_json::json;

/// A-28, SR-57: certifying writes one record, code 10; the graduate sees what was written.
#[tokio::test]
async fn certifying_opens_the_plan_record_that_the_graduate_sees() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let path = format!("/v1/agreements/{agreement}");
    assert!(huang.get(&path).await.with(200)["plan_record"].is_null());
    office.passes(&agreement).await.with(200);
    let record = huang.get(&path).await.with(200)["plan_record"].clone();
    assert_eq!(record["destination"], json!({ "code": "10", "name": "签就业协议形式就业" }));
    assert_eq!((&record["opened_at"], &record["closed_at"]), (&json!(world.now()), &json!(null)));
    let plans = world.dump().await.into_keys().filter(|(_, sk)| sk == "PLAN").count();
    assert_eq!(plans, 1);
}

/// the school revokes a certification made in error; the record is closed and kept, the graduate is free.
#[tokio::test]
async fn a_revoked_certification_frees_the_graduate_and_closes_the_plan_record() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let teacher = world.college("99001", "c01");
    teacher.passes(&agreement).await.with(200);
    let path = format!("/v1/agreements/{agreement}");
    assert_eq!(office.get(&path).await.with(200)["actions"], json!(["void-agreement"]));
    assert_eq!(teacher.revokes(&agreement, 2).await.status, 403);
    world.school("99002").revokes(&agreement, 2).await.is_problem(404, "not_found");
    office.revokes(&agreement, 1).await.is_problem(409, "version_moved");
    huang.post(&format!("{path}/voiding"), "k", &json!({ "version": 2, "reason": "反悔" })).await.is_problem(409, "wrong_stage");
    let revoked = office.revokes(&agreement, 2).await.with(200);
    assert_eq!((&revoked["stage"], &revoked["stage_label"]), (&json!("certification_revoked"), &json!("鉴证已撤销")));
    let read = huang.get(&path).await.with(200);
    assert_eq!((&read["reason"], &read["plan_record"]["destination"]["code"]), (&json!("鉴证有误"), &json!("70")));
    assert_eq!(read["plan_record"]["closed_at"], json!(world.now()));
    for inbox in [huang.get("/v1/messages").await, stars.get("/v1/messages").await] {
        assert!(inbox.column("kind").contains(&"certification_revoked".to_owned()));
    }
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    let again = stars.invites(&huang).await;
    let second = huang.signs(&again).await;
    office.passes(&second).await.with(200);
    let number = huang.get(&format!("/v1/agreements/{second}")).await.with(200)["certification"]["number"].clone();
    assert_eq!(number, "99001-2027-000002", "a number is never given twice");
}
