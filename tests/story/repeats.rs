//! Repeats: a key, its first answer, and nothing twice.

use crate::support::{World, days};
use futures_util::future::join_all;
use http::Method;
use lambda::{Arrival, Budget, Endpoint};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// SR-53, reliability 2.4: one effect, equal answers.
#[tokio::test]
async fn fifty_acceptances_at_once_with_one_key_have_one_effect_and_equal_answers() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let before = world.dump().await;
    let answers = join_all((0..50).map(|_| huang.accepts_as_shown(&letter, &shown, "one-key"))).await;
    assert!(answers.iter().all(|answer| (answer.status, &answer.text) == (201, &answers[0].text)), "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| !answer.replayed()).count(), 1);
    let new: Vec<_> = world.dump().await.into_keys().filter(|key| !before.contains_key(key)).map(|(pk, sk)| format!("{pk} {sk}")).collect();
    assert_eq!(new.len(), 8, "agreement, two audit records, slot, two notices, document order, kept answer: {new:#?}");
}

/// I8: the same key gets the same answer, whatever has happened since.
#[tokio::test]
async fn a_repeat_gets_its_first_answer_even_after_the_deadline_and_after_certification() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let first = huang.accepts_as_shown(&letter, &shown, "k").await;
    let agreement = first.with(201)["agreement_id"].as_str().unwrap().to_owned();
    world.college("99001", "c01").passes(&agreement).await.with(200);
    world.after(days(6));
    let again = huang.accepts_as_shown(&letter, &shown, "k").await;
    assert_eq!((again.status, &again.text, again.replayed()), (201, &first.text, true));
}

/// Architecture 5: kept for 7 days; after that the natural key still protects.
#[tokio::test]
async fn after_eight_days_a_key_is_forgotten_and_nothing_happens_twice() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    huang.accepts_as_shown(&letter, &shown, "k").await.with(201);
    world.after(days(8));
    let before = world.dump().await;
    huang.accepts_as_shown(&letter, &shown, "k").await.is_problem(409, "invitation_ended");
    assert_eq!(world.dump().await, before);
}

/// Architecture 5: the same key with another body is 422, and a key is its caller's own.
#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_caller() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letters = [stars.invites(&huang).await, stars.invites(&li).await];
    let shown = [huang.is_shown(&letters[0]).await, li.is_shown(&letters[1]).await];
    huang.accepts_as_shown(&letters[0], &shown[0], "k").await.with(201);
    huang.accepts_as_shown(&letters[0], "another", "k").await.is_problem(422, "idempotency_key_reused");
    let other = li.accepts_as_shown(&letters[1], &shown[1], "k").await;
    assert_eq!((other.status, other.replayed()), (201, false));
}

/// Architecture 5: without a key nothing is created.
#[tokio::test]
async fn a_creating_post_without_its_key_is_refused() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let before = world.dump().await;
    for (token, path) in [
        (&stars.token, "/v1/candidates".to_owned()),
        (&stars.token, "/v1/invitations".to_owned()),
        (&huang.token, format!("/v1/invitations/{}/acceptance", letter.id)),
    ] {
        world.request(token, Method::POST, &path, None, Some(&json!({}))).await.is_problem(400, "idempotency_key_required");
        for malformed in ["", "two words", &"x".repeat(101)] {
            let answer = world.request(token, Method::POST, &path, Some(malformed), Some(&json!({}))).await;
            answer.is_problem(400, "idempotency_key_malformed");
        }
    }
    assert_eq!(world.dump().await, before);
}

/// S-10: 200 rows of which 3 are refused; the repeat sends none twice.
#[tokio::test]
async fn of_200_rows_three_are_invited_already_and_a_repeat_sends_none_twice() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut references = Vec::new();
    for n in 0..200 {
        let graduate = world.graduate("王小明").await;
        if n % 80 == 7 {
            stars.invites(&graduate).await;
        }
        references.push(stars.lists(&graduate).await);
    }
    let body = json!({ "student_refs": references, "letter": crate::support::letter() });
    let first = batch(&world, &stars.token, &body, Budget::Rows(Arc::new(AtomicU32::new(1000)))).await;
    assert_eq!((&first["sent"], &first["refused"], &first["not_attempted"]), (&json!(197), &json!(3), &json!(0)));
    let refused: Vec<_> = first["rows"].as_array().unwrap().iter().filter_map(|row| row["problem"]["type"].as_str()).collect();
    assert_eq!(refused, ["urn:wangqian:problem:already_invited"; 3]);
    let before = world.dump().await;
    let again = batch(&world, &stars.token, &body, Budget::Rows(Arc::new(AtomicU32::new(1000)))).await;
    assert_eq!(again, first);
    assert_eq!(world.dump().await, before);
}

/// Architecture 5: rows not reached in time are said so, and the same key goes on where it stopped.
#[tokio::test]
async fn a_batch_that_runs_out_of_time_is_resumed_by_its_key() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut references = Vec::new();
    for name in ["王一", "王二", "王三", "王四", "王五"] {
        references.push(stars.lists(&world.graduate(name).await).await);
    }
    let body = json!({ "student_refs": references, "letter": crate::support::letter() });
    let first = batch(&world, &stars.token, &body, Budget::Rows(Arc::new(AtomicU32::new(2)))).await;
    assert_eq!((&first["sent"], &first["not_attempted"]), (&json!(2), &json!(3)));
    let unreached = &first["rows"][2];
    assert_eq!((&unreached["student_ref"], &unreached["not_attempted"]), (&json!(references[2]), &json!(true)));
    let resumed = batch(&world, &stars.token, &body, Budget::Rows(Arc::new(AtomicU32::new(100)))).await;
    assert_eq!((&resumed["sent"], &resumed["not_attempted"]), (&json!(5), &json!(0)));
    assert_eq!(resumed["rows"][0], first["rows"][0]);
    assert_eq!(stars.get("/v1/home").await.with(200)["to_do"]["signing"], 5);
}

/// Reliability 2.4: repeats of a batch at once tell nobody that a letter was refused which has gone out.
#[tokio::test]
async fn fifty_batches_at_once_with_one_key_send_each_letter_once_and_answer_alike() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut references = Vec::new();
    for name in ["王一", "王二", "王三", "王四", "王五", "王六"] {
        references.push(stars.lists(&world.graduate(name).await).await);
    }
    let body = json!({ "student_refs": references, "letter": crate::support::letter() });
    // With a budget of rows: on a busy machine fifty debug requests take longer than a function's eight seconds.
    let budget = || Budget::Rows(Arc::new(AtomicU32::new(100)));
    let answers = join_all((0..50).map(|_| batch(&world, &stars.token, &body, budget()))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!((&answers[0]["sent"], &stars.get("/v1/home").await.json()["to_do"]["signing"]), (&json!(6), &json!(6)));
}

/// send-invitations under the key "batch", with a budget of its own.
async fn batch(world: &World, token: &str, body: &Value, budget: Budget) -> Value {
    let endpoint = world.endpoint(&api::actions::SEND_INVITATIONS).with_batch_budget(budget);
    answered(world, &endpoint, token, body).await
}

async fn answered(world: &World, endpoint: &Endpoint, token: &str, body: &Value) -> Value {
    let request = http::Request::post("/v1/invitations").header("authorization", format!("Bearer {token}"));
    let request = request.header("idempotency-key", "batch").header("content-type", "application/json");
    let arrival = Arrival { request_id: format!("request-{}", world.next()), at: world.now(), source: String::new() };
    let response = endpoint.answer(request.body(body.to_string().into()).unwrap(), arrival).await;
    assert_eq!(response.status(), 200, "{response:?}");
    serde_json::from_slice(response.body()).unwrap()
}

/// Reliability 3.2: a revoked token never gets a replay.
#[tokio::test]
async fn a_revoked_token_writes_nothing_and_replays_nothing() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let li = world.graduate("李晓雨").await;
    let letters = [stars.invites(&huang).await, stars.invites(&li).await];
    let shown = [huang.is_shown(&letters[0]).await, li.is_shown(&letters[1]).await];
    huang.accepts_as_shown(&letters[0], &shown[0], "k").await.with(201);
    for graduate in [&huang, &li] {
        world.disables(&graduate.account).await;
    }
    let before = world.dump().await;
    huang.accepts_as_shown(&letters[0], &shown[0], "k").await.is_problem(401, "token_revoked");
    li.accepts_as_shown(&letters[1], &shown[1], "k").await.is_problem(401, "token_revoked");
    assert_eq!(world.dump().await, before);
}
