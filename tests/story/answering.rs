//! 同意 and 拒绝.

use crate::support::{World, days};
use serde_json::json;

/// SR-52, SR-53, SR-54, A-4
#[tokio::test]
async fn accepting_forms_the_agreement_and_locks_the_graduate_at_once() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let receipt = huang.accepts(&letter).await.with(201);
    assert_eq!((&receipt["stage"], &receipt["stage_label"]), (&json!("pending_certification"), &json!("等待签约鉴证")));
    let home = huang.get("/v1/home").await.with(200);
    assert_eq!((&home["signing_status"], &home["signing_status_label"]), (&json!("online_pending"), &json!("等待签约鉴证")));
    let agreement = huang.get(&format!("/v1/agreements/{}", receipt["agreement_id"].as_str().unwrap())).await.with(200);
    assert_eq!((&agreement["student"]["name"], &agreement["employer"]["name"]), (&json!("黄河水9"), &json!("星光集团")));
    assert_eq!(stars.reads(&letter).await.with(200)["agreement_id"], receipt["agreement_id"]);
}

/// SR-53: several confirmations.
#[tokio::test]
async fn accepting_needs_every_confirmation() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let path = format!("/v1/invitations/{}/acceptance", letter.id);
    let token = huang.is_shown(&letter).await;
    let before = world.dump().await;
    let unticked = json!({ "confirmation_token": token, "read": true, "sign_now": false });
    huang.post(&path, "k", &unticked).await.names_fields(&[("/sign_now", "not_confirmed")]);
    huang.post(&path, "k", &json!({})).await.names_fields(&[
        ("/confirmation_token", "missing"),
        ("/read", "missing"),
        ("/sign_now", "missing"),
    ]);
    assert_eq!(world.dump().await, before);
    huang.signs(&letter).await;
}

/// A-13, S-15
#[tokio::test]
async fn one_millisecond_before_the_deadline_is_in_time_and_the_deadline_itself_is_too_late() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letters = [stars.invites(&huang).await, stars.invites(&li).await];
    let shown = [huang.is_shown(&letters[0]).await, li.is_shown(&letters[1]).await];
    world.after(days(5) - 1);
    huang.accepts_as_shown(&letters[0], &shown[0], "in-time").await.with(201);
    world.after(1);
    let before = world.dump().await;
    li.accepts_as_shown(&letters[1], &shown[1], "late").await.is_problem(410, "invitation_expired");
    li.rejects(&letters[1], None).await.is_problem(410, "invitation_expired");
    assert_eq!(world.dump().await, before);
}

/// SR-49, A-5, S-20
#[tokio::test]
async fn a_graduate_who_has_signed_can_only_view_other_letters() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let (first, other) = (stars.invites(&huang).await, bridge.invites(&huang).await);
    let shown = huang.is_shown(&other).await;
    huang.signs(&first).await;
    let read = huang.reads(&other).await.with(200);
    assert_eq!((&read["effective_stage"], &read["view_only"], &read["actions"]), (&json!("pending"), &json!(true), &json!([])));
    let before = world.dump().await;
    huang.accepts_as_shown(&other, &shown, "second").await.is_problem(409, "student_locked");
    huang.rejects(&other, None).await.is_problem(409, "student_locked");
    assert_eq!(world.dump().await, before);
}

/// SR-45, SR-46, A-22
#[tokio::test]
async fn received_counts_view_only_letters_and_the_to_do_does_not() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let (first, _) = (stars.invites(&huang).await, bridge.invites(&huang).await);
    let home = huang.get("/v1/home").await.with(200);
    assert_eq!((&home["received"], &home["to_do"]["signing"]), (&json!(2), &json!(2)));
    huang.signs(&first).await;
    let home = huang.get("/v1/home").await.with(200);
    assert_eq!((&home["received"], &home["to_do"]["signing"]), (&json!(1), &json!(0)));
}

/// SR-57, A-5: the clock of other letters runs on, and they can be answered again once the lock is released.
#[tokio::test]
async fn other_letters_become_actionable_again_when_the_signing_is_not_certified() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let (first, other) = (stars.invites(&huang).await, bridge.invites(&huang).await);
    let agreement = huang.signs(&first).await;
    world.college("99001", "c01").fails(&agreement, "信息有误").await.with(200);
    let read = huang.reads(&other).await.with(200);
    assert_eq!((&read["view_only"], &read["actions"]), (&json!(false), &json!(["accept-invitation", "reject-invitation"])));
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    huang.signs(&other).await;
}

/// S-19: the proof of what was shown fits no other letter.
#[tokio::test]
async fn the_confirmation_of_one_letter_is_refused_for_another_and_locks_nobody() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let (one, other) = (stars.invites(&huang).await, bridge.invites(&huang).await);
    let shown = huang.is_shown(&one).await;
    huang.accepts_as_shown(&other, &shown, "swapped").await.is_problem(409, "confirmation_stale");
    huang.accepts_as_shown(&other, "made-up", "made-up").await.is_problem(409, "confirmation_stale");
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
}

/// SR-55, SR-32
#[tokio::test]
async fn refusing_ends_the_letter_with_the_reason_if_one_is_given() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let receipt = huang.rejects(&letter, Some(" 已有其他意向 ")).await.with(200);
    assert_eq!((&receipt["stage_label"], &receipt["version"]), (&json!("已拒绝"), &json!(2)));
    assert_eq!(stars.reads(&letter).await.with(200)["reason"], "已有其他意向");
    let again = huang.rejects(&letter, None).await.is_problem(409, "invitation_ended");
    assert_eq!(again["current"]["stage"], "rejected");
    huang.accepts_as_shown(&letter, "whatever", "late").await.is_problem(409, "invitation_ended");
}

/// S-17
#[tokio::test]
async fn of_two_letters_accepted_at_once_one_wins_and_the_other_stays_pending_and_view_only() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let letters = [stars.invites(&huang).await, bridge.invites(&huang).await];
    let shown = [huang.is_shown(&letters[0]).await, huang.is_shown(&letters[1]).await];
    let (one, two) = tokio::join!(huang.accepts_as_shown(&letters[0], &shown[0], "a"), huang.accepts_as_shown(&letters[1], &shown[1], "b"));
    let (lost, lost_letter) = if one.status == 201 { (two, &letters[1]) } else { (one, &letters[0]) };
    lost.is_problem(409, "student_locked");
    let read = huang.reads(lost_letter).await.with(200);
    assert_eq!((&read["stage"], &read["view_only"]), (&json!("pending"), &json!(true)));
}

/// SR-44 as guard, S-22
#[tokio::test]
async fn before_the_information_verification_nothing_but_the_user_centre_is_open() {
    let world = World::new().await;
    let (stars, chen) = (world.employer("星光集团").await, world.unverified_graduate("陈未验").await);
    let letter = stars.invites(&chen).await;
    let before = world.dump().await;
    for path in [format!("/v1/invitations/{}", letter.id), "/v1/invitations/99001-i00000000000000000000".to_owned()] {
        chen.get(&path).await.is_problem(403, "student_unverified");
    }
    chen.get("/v1/agreements/99001-a00000000000000000000").await.is_problem(403, "student_unverified");
    chen.accepts_as_shown(&letter, "x", "k").await.is_problem(403, "student_unverified");
    chen.rejects(&letter, None).await.is_problem(403, "student_unverified");
    assert_eq!(world.dump().await, before);
    let home = chen.get("/v1/home").await.with(200);
    assert_eq!((&home["signing_status"], &home["missing"]), (&json!("unverified"), &json!(["verification"])));
}

/// Domain 2.8, invariant 9
#[tokio::test]
async fn nobody_answers_another_graduates_letter() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let before = world.dump().await;
    li.accepts_as_shown(&letter, &shown, "k").await.is_problem(404, "not_found");
    li.rejects(&letter, None).await.is_problem(404, "not_found");
    assert_eq!(world.dump().await, before);
}
