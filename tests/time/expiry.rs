//! 邀约过期: on the real adapters, through the workers that the clock starts.

use crate::support::{World, days, proof};
use domain::invitation::SWEEP_MARGIN_MS;
use domain::values::Timestamp;
use lambda::Arrival;
use serde_json::{Value, json};

const MARGIN: u64 = SWEEP_MARGIN_MS.unsigned_abs();

/// SR-33, I4: past its period a letter ends by itself, both sides are told once, and the employer may invite again.
#[tokio::test]
async fn a_letter_that_nobody_answers_expires_by_itself_and_both_sides_are_told_once() {
    let world = World::new().await;
    let stars = world.employer_at("星光集团", "hr@stars.example.com").await;
    let huang = world.graduate_at("黄河水9", "huang@example.com").await;
    let letter = stars.invites(&huang).await;
    world.passes(days(5)).await;
    world.passes(MARGIN).await;
    for seen in [stars.reads(&letter).await.with(200), huang.reads(&letter).await.with(200)] {
        assert_eq!((&seen["stage"], &seen["version"]), (&json!("expired"), &json!(2)), "{seen}");
    }
    world.passes(days(1)).await;
    assert_eq!(huang.get("/v1/messages").await.column("kind"), ["invitation_expired", "deadline_near", "invitation_received"]);
    assert_eq!(stars.get("/v1/messages").await.column("kind"), ["invitation_expired"]);
    let to_huang = world.mails_to("huang@example.com");
    assert_eq!(to_huang.len(), 3, "{to_huang:?}");
    assert!(
        to_huang[0].contains("您收到一份签约邀请") && to_huang[1].contains("即将到期") && to_huang[2].contains("已过期"),
        "{to_huang:?}"
    );
    assert_eq!(world.mails_to("hr@stars.example.com").len(), 1);
    stars.invites(&huang).await;
}

/// S-15, A-13: at the deadline the letter reads and acts as expired at once; the sweep marks it 90 s later, not a millisecond before.
#[tokio::test]
async fn the_sweep_leaves_a_letter_alone_until_its_margin_has_passed() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    world.passes(days(5)).await;
    let stored = |seen: &Value| (seen["stage"].clone(), seen["effective_stage"].clone());
    assert_eq!(stored(&stars.reads(&letter).await.with(200)), (json!("pending"), json!("expired")));
    huang.accepts_as_shown(&letter, &shown, "late").await.is_problem(410, "invitation_expired");
    world.after(MARGIN - 1);
    world.minute_strikes().await;
    assert_eq!(stored(&stars.reads(&letter).await.with(200)).0, json!("pending"));
    world.after(1);
    world.minute_strikes().await;
    assert_eq!(stored(&stars.reads(&letter).await.with(200)).0, json!("expired"));
}

/// Domain 2.2: a letter that was answered, taken back or lengthened in time does not expire.
#[tokio::test]
async fn a_letter_that_was_answered_in_time_does_not_expire() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, wang, chen) =
        (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await, world.graduate("陈明").await);
    let (accepted, rejected) = (stars.invites(&huang).await, stars.invites(&li).await);
    let (withdrawn, extended) = (stars.invites(&wang).await, stars.invites(&chen).await);
    huang.signs(&accepted).await;
    li.rejects(&rejected, None).await.with(200);
    stars.withdraws(&withdrawn, 1).await.with(200);
    stars.extends(&extended, 9, 1).await.with(200);
    world.passes(days(6)).await;
    for (letter, stage) in [(&accepted, "accepted"), (&rejected, "rejected"), (&withdrawn, "withdrawn"), (&extended, "pending")] {
        assert_eq!(stars.reads(letter).await.text_of("stage"), stage);
    }
    world.passes(days(4)).await;
    assert_eq!(stars.reads(&extended).await.text_of("stage"), "expired");
}

/// Architecture 6: a day without schedule is made up for by the next run.
#[tokio::test]
async fn a_day_without_sweeps_is_made_up_for() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut letters = Vec::new();
    for name in ["黄河水9", "李晓雨", "王思远"] {
        letters.push(stars.invites(&world.graduate(name).await).await);
        world.after(3 * 60 * 60 * 1000);
    }
    world.minute_strikes().await;
    world.after(days(6));
    let handed = world.minute_strikes().await;
    assert_eq!(handed, 3, "three letters; their reminders would come too late");
    for letter in &letters {
        assert_eq!(stars.reads(letter).await.text_of("stage"), "expired");
    }
    assert_eq!(stars.get("/v1/messages").await.column("kind"), vec!["invitation_expired"; 3]);
    assert_eq!(world.minute_strikes().await, 0, "and nothing twice");
}

/// I6, architecture 6: an answer that came at the last millisecond and is still on its way when the sweep begins: one of the two wins, and
/// an answer that won is never undone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_of_the_last_millisecond_and_the_sweep_at_once_leave_one_of_the_two() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let accept = world.endpoint(&api::actions::ACCEPT_INVITATION);
    let mut won = [0, 0];
    for round in 0..proof(12, 200) {
        let huang = world.graduate("黄河水9").await;
        let letter = stars.invites(&huang).await;
        let deadline = Timestamp::parse(&stars.reads(&letter).await.text_of("expires_at")).unwrap();
        let body = json!({ "confirmation_token": huang.is_shown(&letter).await, "read": true, "sign_now": true });
        let request = http::Request::post(format!("/v1/invitations/{}/acceptance", letter.id))
            .header("authorization", format!("Bearer {}", huang.token))
            .header("content-type", "application/json")
            .header("idempotency-key", format!("last-{round}"))
            .body(bytes::Bytes::from(body.to_string()))
            .unwrap();
        let arrival = Arrival { request_id: format!("last-{round}"), at: deadline.plus_millis(-1), source: String::new() };
        world.after(days(5) + MARGIN);
        let (answer, swept) = tokio::join!(accept.answer(request, arrival), world.stack.strike(api::workers::Every::Minute));
        swept.unwrap();
        let (stage, agreements) = (stars.reads(&letter).await.text_of("stage"), huang.get("/v1/agreements").await.column("id").len());
        match (answer.status().as_u16(), stage.as_str()) {
            (201, "accepted") => won[0] += 1,
            (410, "expired") => won[1] += 1,
            other => panic!("round {round}: {other:?}"),
        }
        assert_eq!(agreements, usize::from(stage == "accepted"), "round {round}");
    }
    println!("the answer won {} times, the sweep {} times", won[0], won[1]);
}
