//! Reliability 2.4: everything that was handed to a worker in a full story comes three more times, in any order: nothing changes.

use crate::support::{Random, World, days};
use serde_json::json;

/// Architecture 6, 7: messages and changes of the table are hints.
#[tokio::test]
async fn everything_delivered_three_more_times_in_any_order_changes_nothing() {
    let world = World::keeping_delivered().await;
    story(&world).await;
    world.settles().await;
    let (state, mails) = (world.dump().await, world.stack.mails().len());
    assert!(mails > 5, "{mails}");
    let delivered = world.stack.delivered();
    let workers: std::collections::BTreeSet<_> = delivered.iter().map(|(worker, _)| *worker).collect();
    assert_eq!(workers.len(), api::workers::ALL.len(), "the story reaches every worker: {workers:?}");
    // The clock is no message: what it starts is told elsewhere.
    let messages: Vec<_> = delivered.into_iter().filter(|(_, event)| event.get("Records").is_some()).collect();
    let mut again: Vec<_> = (0..3).flat_map(|_| messages.clone()).collect();
    let mut random = Random::new(20_261_127);
    for i in (1..again.len()).rev() {
        again.swap(i, random.below(i + 1));
    }
    // At once, when claims have lapsed, and when everything was put off.
    let some = again.len().div_ceil(3);
    for (messages, later) in again.chunks(some).zip([0, 6 * 60_000, days(1)]) {
        world.after(later);
        for message in messages {
            world.stack.deliver(message.clone()).await.unwrap();
        }
        world.settles().await;
    }
    assert_eq!(world.stack.mails().len(), mails, "no second mail");
    let now = world.dump().await;
    for (key, item) in &state {
        assert_eq!(now.get(key), Some(item), "{key:?}");
    }
    assert_eq!(now.len(), state.len(), "nothing new");
}

/// Every kind of work once: letters of all ends, an agreement with its end, an import, mails that come back.
async fn story(world: &World) {
    let stars = world.employer_at("星光集团", "hr@stars.example.com").await;
    let (office, huang) = (world.school("99001"), world.graduate_at("黄河水9", "huang@example.com").await);
    let li = world.graduate_at("李晓雨", "bounce@example.com").await;
    let signed = stars.invites(&huang).await;
    let lapsing = stars.invites(&li).await;
    office.asks_to_import(&crate::desk::rosters::students(700..705).bytes()).await;
    let agreement = huang.signs(&signed).await;
    office.passes(&agreement).await.with(200);
    world.passes(days(1)).await;
    let notice = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["termination_notice"].clone();
    let asked = json!({ "agreement_ids": [agreement], "notice_version": notice["version"], "agreed": true, "reason_code": "S1", "reason": "另有安排" });
    huang.post("/v1/terminations", "end", &asked).await.with(200);
    world.passes(days(5)).await;
    assert_eq!(stars.reads(&lapsing).await.text_of("stage"), "expired");
}
