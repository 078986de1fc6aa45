//! 邀请函, as its parties read it.

use crate::support::{World, days};
use serde_json::json;

/// SR-26, SR-27, SR-47
#[tokio::test]
async fn the_graduate_reads_the_whole_letter() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let read = huang.reads(&letter).await.with(200);
    assert_eq!(read["employer"]["name"], "星光集团");
    assert_eq!(read["employer"]["region"], json!({ "code": "150521", "name": "内蒙古科尔沁左翼中旗" }));
    assert_eq!(read["signing"]["position"], "软件开发工程师");
    assert_eq!(read["signing"]["job_category"], json!({ "code": "13", "name": "工程技术人员" }));
    assert_eq!(read["signing"]["pay"]["monthly_fen"], 1_000_000);
    assert_eq!(read["household_receiving"]["address"], "武汉市洪山区珞喻路1号");
    assert_eq!(read["file_receiving"]["accepts"], "no");
    assert_eq!((&read["stage_label"], &read["view_only"]), (&json!("待应约"), &json!(false)));
    assert_eq!(read["actions"], json!(["accept-invitation", "reject-invitation"]));
    assert_eq!(read["letter_sha256"].as_str().map(str::len), Some(64));
    assert!(read["confirmation_token"].is_string());
    assert_eq!(read["student"]["name"], "黄河水9");
}

/// Domain 5.1: before acceptance the employer sees a mask, and never the graduate's confirmation.
#[tokio::test]
async fn the_employer_reads_its_letter_with_the_graduate_masked() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let answer = stars.reads(&letter).await;
    let read = answer.with(200);
    assert_eq!((&read["student"]["masked_name"], &read["actions"]), (&json!("黄*9"), &json!(["withdraw-invitation", "extend-invitation"])));
    assert!(read["confirmation_token"].is_null());
    for personal in ["黄河水9", huang.resident_id.expose(), huang.mobile.expose()] {
        assert!(!answer.text.contains(personal), "{}", answer.text);
    }
}

/// Domain 2.8, invariant 9; S-44: not yours and not there are alike to the byte.
#[tokio::test]
async fn anybody_elses_letter_looks_like_one_that_does_not_exist() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    let strange = format!("/v1/invitations/{}", letter.id);
    for (missing, theirs) in [
        (bridge.get("/v1/invitations/99001-i00000000000000000000").await, bridge.get(&strange).await),
        (bridge.get("/v1/invitations/no-such-form").await, bridge.get(&strange).await),
        (li.get("/v1/invitations/99001-i00000000000000000000").await, li.get(&strange).await),
        (li.get("/v1/invitations/../home").await, li.get(&strange).await),
    ] {
        missing.is_problem(404, "not_found");
        assert_eq!(missing.but_request_id(), theirs.but_request_id());
    }
}

/// SR-33, A-13: every reading shows the effective stage, swept or not.
#[tokio::test]
async fn a_letter_past_its_deadline_reads_as_expired() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    world.after(days(5) - 1);
    assert_eq!(huang.reads(&letter).await.with(200)["effective_stage"], "pending");
    assert_eq!(huang.get("/v1/home").await.with(200)["received"], 1);
    world.after(1);
    let read = huang.reads(&letter).await.with(200);
    assert_eq!((&read["stage"], &read["effective_stage"]), (&json!("pending"), &json!("expired")));
    assert_eq!((&read["effective_stage_label"], &read["actions"]), (&json!("邀约过期"), &json!([])));
    assert!(read["confirmation_token"].is_null());
    assert_eq!(huang.get("/v1/home").await.with(200)["received"], 0);
    assert_eq!(stars.get("/v1/home").await.with(200)["to_do"]["signing"], 0);
}

/// SR-27, architecture 4: the letter is frozen at sending.
#[tokio::test]
async fn a_later_change_of_the_employers_profile_leaves_the_letter_as_it_was_sent() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let before = huang.reads(&letter).await;
    let mut changed = world.stack.store().employer(&stars.id).await.unwrap().value;
    changed.name = domain::values::Text::parse("改名集团").unwrap();
    world.set_up(vec![store::roster::Entry::Employer(changed)]).await;
    assert_eq!(huang.reads(&letter).await.text, before.text);
}
