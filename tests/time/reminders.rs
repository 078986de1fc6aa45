//! 邀约即将到期: reminders, on the real adapters.

use crate::support::{Graduate, World, days};
use serde_json::json;

const HOUR: u64 = 60 * 60 * 1000;

async fn reminders(graduate: &Graduate<'_>) -> usize {
    graduate.get("/v1/messages").await.column("kind").iter().filter(|kind| *kind == "deadline_near").count()
}

/// Domain 3.3: a day before the deadline, if the school says nothing else, once; the message and the mail name the deadline.
#[tokio::test]
async fn a_graduate_is_reminded_once_a_day_before_the_deadline() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate_at("黄河水9", "huang@example.com").await);
    let letter = stars.invites(&huang).await;
    world.passes(days(4) - 60_000).await;
    assert_eq!(reminders(&huang).await, 0);
    world.passes(60_000).await;
    assert_eq!(reminders(&huang).await, 1);
    let message = huang.get("/v1/messages").await.with(200)["items"][0].clone();
    let expires_at = huang.reads(&letter).await.with(200)["expires_at"].clone();
    assert_eq!((&message["expires_at"], &message["title"]), (&expires_at, &json!("签约邀请即将到期")));
    world.passes(days(1) - 60_000).await;
    assert_eq!((reminders(&huang).await, world.mails_to("huang@example.com").len()), (1, 2));
    assert_eq!(huang.reads(&letter).await.text_of("effective_stage"), "pending");
    huang.signs(&letter).await;
}

/// Architecture 6: a period no longer than the lead has no reminder.
#[tokio::test]
async fn a_short_letter_is_not_reminded_of() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.lists(&huang).await;
    assert_eq!(stars.sends_with(&[&reference], &json!({ "response_days": 1 })).await.with(200)["sent"], 1);
    world.passes(days(2)).await;
    assert_eq!(huang.get("/v1/messages").await.column("kind"), ["invitation_expired", "invitation_received"]);
}

/// Domain 3.3: a school has as many reminders as it likes, up to three, or none; letters keep those that they were sent with.
#[tokio::test]
async fn a_school_says_how_often_and_when_its_graduates_are_reminded() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    office.sets(0, &json!({ "reminder_hours_before_expiry": [72, 24, 2] })).await.with(200);
    stars.invites(&huang).await;
    office.sets(1, &json!({ "reminder_hours_before_expiry": [] })).await.with(200);
    stars.invites(&li).await;
    for (passing, expected) in [(days(2), 1), (days(2), 2), (21 * HOUR, 2), (HOUR, 3), (days(1), 3)] {
        world.passes(passing).await;
        assert_eq!((reminders(&huang).await, reminders(&li).await), (expected, 0));
    }
    for (wrong, field, code) in [
        (json!([24, 24]), "/reminder_hours_before_expiry", "duplicate"),
        (json!([0]), "/reminder_hours_before_expiry", "out_of_range"),
        (json!([721]), "/reminder_hours_before_expiry", "out_of_range"),
        (json!([1, 2, 3, 4]), "/reminder_hours_before_expiry", "too_long"),
        (json!(24), "/reminder_hours_before_expiry", "wrong_type"),
    ] {
        office.sets(2, &json!({ "reminder_hours_before_expiry": wrong })).await.names_fields(&[(field, code)]);
    }
}

/// A letter that is lengthened is reminded of before its new deadline.
#[tokio::test]
async fn a_lengthened_letter_is_reminded_of_before_its_new_deadline() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    world.passes(days(3)).await;
    stars.extends(&letter, 9, 1).await.with(200);
    world.passes(days(5) - HOUR).await;
    assert_eq!(reminders(&huang).await, 0, "the earlier reminder has gone with the earlier deadline");
    world.passes(HOUR).await;
    assert_eq!(reminders(&huang).await, 1);
}

/// SR-49: nobody is reminded of a letter that can only be looked at, or has been answered.
#[tokio::test]
async fn who_has_signed_is_not_reminded() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    bridge.invites(&huang).await;
    huang.signs(&letter).await;
    let refused = stars.invites(&li).await;
    li.rejects(&refused, None).await.with(200);
    world.passes(days(4) + HOUR).await;
    assert_eq!((reminders(&huang).await, reminders(&li).await), (0, 0));
    world.passes(days(1)).await;
    assert_eq!(huang.get("/v1/messages").await.column("kind")[0], "invitation_expired", "the other letter ran out all the same (A-5)");
}
