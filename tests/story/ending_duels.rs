//! Two who want different things of one signing's end at the same moment: one of them has it, and the other is told the truth.

use super::duels::{rounds, winner};
use crate::support::{World, offline_text};
use serde_json::json;

/// S-30, A-26: both sides ask at once: one request is open, and the loser is told to answer the other's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_sides_that_ask_at_once_have_one_request_between_them() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let agreement = world.signed(&stars, &huang).await;
        let (by_huang, by_stars) = tokio::join!(huang.asks_to_end(&agreement), stars.asks_to_end(&agreement));
        let (won, lost) = if by_huang["termination_id"].is_string() { (&by_huang, &by_stars) } else { (&by_stars, &by_huang) };
        assert_eq!(lost["problem"]["type"], "urn:wangqian:problem:termination_open", "round {round}: {by_huang} {by_stars}");
        assert_eq!(lost["open_termination_id"], won["termination_id"]);
        assert_eq!(huang.get("/v1/terminations").await.column("id"), [won["termination_id"].as_str().unwrap()]);
    }
}

/// the other party answers while the initiator takes the request back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_a_withdrawal_at_once_leave_one_of_the_two() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let agreement = world.signed(&stars, &huang).await;
        let termination = huang.ends(&agreement).await;
        let consents = round % 2 == 0;
        let answer =
            async { if consents { stars.consents(&termination).await } else { stars.refuses_to_end(&termination, "请再考虑").await } };
        let (answered, withdrawn) = tokio::join!(answer, huang.takes_back(&termination));
        let stage = if consents { "pending_certification" } else { "refused" };
        let (won, lost) = winner((stage, &answered), ("withdrawn", &withdrawn));
        assert_eq!(lost.is_problem(409, "version_moved")["current"]["stage"], won, "round {round}");
        let status = huang.get("/v1/home").await.with(200)["signing_status"].clone();
        assert_eq!(status, if won == "pending_certification" { "terminating" } else { "signed" });
    }
}

/// O8, A-33: the school revokes its certification while the graduate asks to terminate.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_and_a_revocation_at_once_do_not_mix() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let agreement = world.signed(&stars, &huang).await;
        let (asked, revoked) = tokio::join!(huang.asks_to_end(&agreement), office.undoes(&agreement, 2));
        let stage = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["stage"].clone();
        let requests = huang.get("/v1/terminations").await.column("id").len();
        if asked["termination_id"].is_string() {
            revoked.is_problem(409, "version_moved");
            assert_eq!((stage, requests), (json!("certified"), 1), "round {round}");
        } else {
            revoked.with(200);
            assert_eq!(asked["problem"]["type"], "urn:wangqian:problem:wrong_stage", "{asked}");
            assert_eq!((stage, requests), (json!("certification_revoked"), 0), "round {round}");
        }
    }
}

/// SR-49, SR-64, A-6: a letter is accepted while an agreement on paper is generated: one slot, one holder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acceptance_and_a_submission_on_paper_at_once_leave_one_signing() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let letter = stars.invites(&huang).await;
        let shown = huang.is_shown(&letter).await;
        huang.saves(&offline_text()).await.with(200);
        let preview = huang.previews().await.text_of("preview_sha256");
        let key = format!("accept-{round}");
        let (accepted, submitted) = tokio::join!(huang.accepts_as_shown(&letter, &shown, &key), huang.submits(&preview));
        let (won, lost) = winner(("online_pending", &accepted), ("offline_in_progress", &submitted));
        lost.is_problem(409, if won == "online_pending" { "signing_under_way" } else { "student_locked" });
        assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], won, "round {round}");
        assert_eq!(huang.get("/v1/agreements").await.column("id").len(), 1);
        let stage = huang.reads(&letter).await.with(200)["stage"].clone();
        assert_eq!(stage, if won == "online_pending" { "accepted" } else { "pending" });
    }
}

/// consent is certified by one officer while another fails it: one decision, counted once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_officers_that_decide_a_termination_at_once_make_one_decision() {
    let world = World::new().await;
    let (stars, one, two) = (world.employer("星光集团").await, world.school("99001"), world.school("99001"));
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let agreement = world.signed(&stars, &huang).await;
        let termination = huang.ends(&agreement).await;
        stars.consents(&termination).await.with(200);
        let both_pass = round % 2 == 0;
        let second = if both_pass { ("pass", None) } else { ("fail", Some("材料不全")) };
        let (first, second) = tokio::join!(one.dissolves(&termination), two.decides_end(&termination, 2, second.0, second.1));
        let other = if both_pass { "certified" } else { "certification_rejected" };
        let (won, lost) = winner(("certified", &first), (other, &second));
        assert_eq!(lost.is_problem(409, "version_moved")["current"]["stage"], won);
        let slot = world.slot(&huang).await;
        let dissolved = won == "certified";
        assert_eq!(!slot.contains_key("holder"), dissolved, "round {round}: {slot:?}");
        assert_eq!(slot.get("terminations_by_student").map(String::as_str), dissolved.then_some("1"));
    }
}
