//! 撤回邀约, 延长反馈期限: what an employer may still do with a letter that is out.

use crate::support::{World, days};
use serde_json::json;

/// SR-35
#[tokio::test]
async fn a_withdrawn_letter_cannot_be_accepted_and_the_employer_may_invite_again() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let withdrawn = stars.withdraws(&letter, 1).await.with(200);
    assert_eq!((&withdrawn["stage"], &withdrawn["stage_label"], &withdrawn["version"]), (&json!("withdrawn"), &json!("已撤回"), &json!(2)));
    let refused = huang.accepts_as_shown(&letter, &shown, "k").await.is_problem(409, "invitation_ended");
    assert_eq!(refused["current"]["stage"], "withdrawn");
    assert_eq!(huang.get("/v1/messages").await.column("kind"), ["invitation_withdrawn", "invitation_received"]);
    let again = stars.invites(&huang).await;
    huang.signs(&again).await;
}

/// what has been answered or has lapsed is not the employer's to take back.
#[tokio::test]
async fn an_answered_or_lapsed_letter_is_not_withdrawn() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, wang) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await);
    let (accepted, rejected, lapsed) = (stars.invites(&huang).await, stars.invites(&li).await, stars.invites(&wang).await);
    huang.signs(&accepted).await;
    li.rejects(&rejected, None).await.with(200);
    let before = world.dump().await;
    for letter in [&accepted, &rejected] {
        stars.withdraws(letter, 1).await.is_problem(409, "version_moved");
        stars.withdraws(letter, 2).await.is_problem(409, "invitation_ended");
    }
    world.after(days(5));
    stars.withdraws(&lapsed, 1).await.is_problem(410, "invitation_expired");
    stars.extends(&lapsed, 9, 1).await.is_problem(410, "invitation_expired");
    assert_eq!(world.dump().await, before);
}

/// I6, A-13, SR-30: counted from sending, only longer, within what the school allowed when the letter was sent.
#[tokio::test]
async fn an_extended_letter_can_be_accepted_until_its_new_deadline() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    world.school("99001").sets(0, &json!({ "response_days_max": 10 })).await.with(200);
    let letter = stars.invites(&huang).await;
    world.school("99001").sets(1, &json!({ "response_days_max": 6 })).await.with(200);
    stars.extends(&letter, 5, 1).await.is_problem(409, "not_longer");
    stars.extends(&letter, 11, 1).await.names_fields(&[("/response_days", "out_of_range")]);
    let sent_at = world.now();
    let extended = stars.extends(&letter, 10, 1).await.with(200);
    assert_eq!((&extended["stage"], &extended["version"]), (&json!("pending"), &json!(2)));
    let read = huang.reads(&letter).await.with(200);
    assert_eq!((&read["expires_at"], &read["response_days"]), (&json!(sent_at.plus_days(10)), &json!(10)));
    assert_eq!(huang.get("/v1/messages").await.column("kind")[0], "invitation_extended");
    world.after(days(10) - 1);
    huang.signs(&letter).await;
}

/// S-19: the confirmation of a letter that was extended meanwhile, or of another one, is none.
#[tokio::test]
async fn a_confirmation_from_before_an_extension_locks_nobody() {
    let world = World::new().await;
    let (stars, bridge, huang) = (world.employer("星光集团").await, world.employer("大桥公司").await, world.graduate("黄河水9").await);
    let (letter, other) = (stars.invites(&huang).await, bridge.invites(&huang).await);
    let (shown, theirs) = (huang.is_shown(&letter).await, huang.is_shown(&other).await);
    stars.extends(&letter, 9, 1).await.with(200);
    for stale in [&shown, &theirs] {
        huang.accepts_as_shown(&letter, stale, &world.new_key()).await.is_problem(409, "confirmation_stale");
    }
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    huang.signs(&letter).await;
}

/// Domain 2.8, invariant 5: an employer that saw an older letter is told so.
#[tokio::test]
async fn a_withdrawal_on_an_older_version_is_refused() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    stars.extends(&letter, 9, 1).await.with(200);
    let stale = stars.withdraws(&letter, 1).await.is_problem(409, "version_moved");
    assert_eq!(stale["current"], json!({ "stage": "pending", "version": 2 }));
    stars.withdraws(&letter, 2).await.with(200);
}
