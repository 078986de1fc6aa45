//! 学校规则: what a school sets governs what begins afterwards.

use crate::support::{World, days};
use serde_json::json;

/// Domain 3.3: what is not set has its default; what is set stands, and says its version.
#[tokio::test]
async fn a_school_sets_its_policy_on_the_version_that_it_saw() {
    let world = World::new().await;
    let office = world.school("99001");
    let fresh = office.get("/v1/policy").await.with(200);
    assert_eq!(
        (&fresh["version"], &fresh["response_days_default"], &fresh["certification_level"]),
        (&json!(0), &json!(5), &json!("either"))
    );
    office.sets(0, &json!({ "response_days_default": 7, "response_days_max": 15 })).await.with(200);
    office.sets(0, &json!({ "response_days_default": 8 })).await.is_problem(409, "version_moved");
    office.sets(1, &json!({ "certification_level": "college_then_school" })).await.with(200);
    let set = office.get("/v1/policy").await.with(200);
    assert_eq!(
        (&set["version"], &set["response_days_max"], &set["certification_level"]),
        (&json!(2), &json!(15), &json!("college_then_school"))
    );
    let wrong = json!({ "response_days_min": 8, "certification_level": "nobody", "open_graduation_years": [2027, 2027], "search_lock_after_failures": 0 });
    office.sets(2, &wrong).await.names_fields(&[
        ("/certification_level", "not_in_code_table"),
        ("/open_graduation_years", "duplicate"),
        ("/search_lock_after_failures", "out_of_range"),
    ]);
    office.sets(2, &json!({ "response_days_min": 8 })).await.names_fields(&[("/response_days_default", "out_of_order")]);
    assert_eq!(world.school("99002").get("/v1/policy").await.with(200)["version"], 0, "each school its own");
}

/// SR-30, domain 3.3: a later change alters no running clock.
#[tokio::test]
async fn letters_that_are_out_keep_the_period_that_they_were_sent_with() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    world.school("99001").sets(0, &json!({ "response_days_default": 2, "response_days_max": 3 })).await.with(200);
    let later = stars.invites(&li).await;
    assert_eq!(li.reads(&later).await.with(200)["response_days"], 2);
    let reference = stars.lists(&world.graduate("王思远").await).await;
    let row = stars.sends_with(&[&reference], &json!({ "response_days": 4 })).await.with(200)["rows"][0].clone();
    assert_eq!(row["problem"]["errors"][0]["pointer"], "/response_days");
    world.after(days(4));
    huang.signs(&letter).await;
}

/// A-10, SR-91, S-27: two levels are snapshotted at acceptance; the same person may not do both.
#[tokio::test]
async fn the_level_of_certification_is_that_of_the_day_the_graduate_agreed() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let letter = stars.invites(&huang).await;
    let before = huang.signs(&letter).await;
    office.sets(0, &json!({ "certification_level": "college_then_school" })).await.with(200);
    let letter = stars.invites(&li).await;
    let after = li.signs(&letter).await;
    teacher.passes(&before).await.with(200);
    assert_eq!(huang.get(&format!("/v1/agreements/{before}")).await.with(200)["stage"], "certified");
    let approved = teacher.passes(&after).await.with(200);
    assert_ne!(approved["stage_label"], "签约鉴证通过");
    let both = world.token(&json!({ "sub": sub(&teacher.token), "role": "school", "school": "99001" }));
    let body = json!({ "decision": "pass", "version": 2 });
    let path = format!("/v1/agreements/{after}/certification");
    world.request(&both, http::Method::POST, &path, None, Some(&body)).await.is_problem(409, "same_person");
    office.decides(&after, &body).await.with(200);
}

fn sub(token: &str) -> String {
    use base64::Engine as _;
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<serde_json::Value>(&claims).unwrap()["sub"].as_str().unwrap().to_owned()
}

/// which graduation years may be invited is the school's to say; letters that are out may still be accepted.
#[tokio::test]
async fn a_graduation_year_that_the_school_has_closed_gets_no_new_letters() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    world.school("99001").sets(0, &json!({ "open_graduation_years": [2026, 2028] })).await.with(200);
    let row = stars.tries_to_invite(&li).await;
    assert_eq!(row["problem"]["type"], "urn:wangqian:problem:graduation_year_closed");
    huang.signs(&letter).await;
    world.school("99001").sets(1, &json!({ "open_graduation_years": [2027] })).await.with(200);
    stars.invites(&li).await;
}

/// whether a graduate may withdraw is the school's to say, as it stood when the graduate agreed.
#[tokio::test]
async fn a_graduate_withdraws_before_certification_where_the_school_allows_it() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let office = world.school("99001");
    let letter = stars.invites(&huang).await;
    let bound = huang.signs(&letter).await;
    office.sets(0, &json!({ "allow_withdraw_before_certification": true })).await.with(200);
    huang.withdraws(&bound).await.is_problem(409, "not_allowed_by_policy");
    let letter = stars.invites(&li).await;
    let free = li.signs(&letter).await;
    let path = format!("/v1/agreements/{free}");
    assert_eq!(li.get(&path).await.with(200)["actions"], json!(["void-agreement"]));
    let withdrawn = li.withdraws(&free).await.with(200);
    assert_eq!((&withdrawn["stage"], &withdrawn["stage_label"]), (&json!("withdrawn"), &json!("已撤回")));
    assert_eq!(li.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    assert_eq!(stars.get(&path).await.with(200)["student"]["name"], "李*雨");
    assert_eq!(office.get("/v1/messages").await.column("kind"), ["agreement_withdrawn"]);
    let again = stars.invites(&li).await;
    li.signs(&again).await;
}
