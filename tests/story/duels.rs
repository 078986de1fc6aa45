//! Two who want different things at the same moment, on the real adapter: one decision, and nobody is told a lie.

use crate::support::{Answer, World, proof};
use serde_json::{Value, json};

pub(super) fn rounds() -> usize {
    proof(12, 200)
}

/// The stage that everybody sees afterwards.
async fn stage_of(answer: impl Future<Output = Answer>) -> String {
    answer.await.with(200)["stage"].as_str().unwrap().to_owned()
}

/// Which of two won; exactly one must have, and the other is told what stands there now.
#[track_caller]
pub(super) fn winner<'a>(one: (&'a str, &'a Answer), two: (&'a str, &'a Answer)) -> (&'a str, &'a Answer) {
    let won = |answer: &Answer| matches!(answer.status, 200 | 201);
    assert!(won(one.1) != won(two.1), "one wins: {one:?} {two:?}");
    if won(one.1) { (one.0, two.1) } else { (two.0, one.1) }
}

/// S-18: never both an agreement and a withdrawn letter; the loser is told the winner's state.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_and_an_acceptance_at_once_leave_one_of_the_two() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let letter = stars.invites(&huang).await;
        let shown = huang.is_shown(&letter).await;
        let key = format!("accept-{round}");
        let (accepted, withdrawn) = tokio::join!(huang.accepts_as_shown(&letter, &shown, &key), stars.withdraws(&letter, 1));
        let (won, lost) = winner(("accepted", &accepted), ("withdrawn", &withdrawn));
        assert_eq!(lost.with(409)["current"]["stage"], won, "round {round}");
        assert_eq!(stage_of(stars.reads(&letter)).await, won);
        let agreements = huang.get("/v1/agreements").await.column("id").len();
        assert_eq!(agreements, usize::from(won == "accepted"));
        let status = huang.get("/v1/home").await.with(200)["signing_status"].clone();
        assert_eq!(status, if won == "accepted" { "online_pending" } else { "unsigned" });
    }
}

/// S-19, S-25: an extension that comes first makes the confirmation stale; an acceptance that comes first ends the letter.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_extension_and_an_acceptance_at_once_do_not_mix() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let letter = stars.invites(&huang).await;
        let shown = huang.is_shown(&letter).await;
        let key = format!("accept-{round}");
        let (accepted, extended) = tokio::join!(huang.accepts_as_shown(&letter, &shown, &key), stars.extends(&letter, 9, 1));
        match winner(("accepted", &accepted), ("extended", &extended)) {
            ("accepted", lost) => assert_eq!(lost.is_problem(409, "version_moved")["current"]["stage"], "accepted"),
            (_, lost) => {
                lost.is_problem(409, "confirmation_stale");
                assert_eq!(stage_of(huang.reads(&letter)).await, "pending");
                huang.signs(&letter).await;
            }
        }
        assert_eq!(stage_of(huang.reads(&letter)).await, "accepted");
    }
}

/// S-25, domain 2.8: a pass and a failure, and two officers who pass: one decision, one number at most in force, the record says it once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_officers_at_once_make_one_decision() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    for round in 0..rounds() {
        let huang = world.graduate("黄河水9").await;
        let letter = stars.invites(&huang).await;
        let agreement = huang.signs(&letter).await;
        let both_pass = round % 2 == 0;
        let second = json!({ "decision": if both_pass { "pass" } else { "fail" }, "version": 1, "reason": "材料不全" });
        let (one, two) = tokio::join!(teacher.passes(&agreement), office.decides(&agreement, &second));
        let other = if both_pass { "certified" } else { "certification_rejected" };
        let (won, lost) = winner(("certified", &one), (other, &two));
        let problem = lost.is_problem(409, "version_moved");
        assert_eq!((&problem["current"]["stage"], &problem["current"]["version"]), (&json!(won), &json!(2)));
        let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
        assert_eq!(read["stage"], won);
        let decisions = |entry: &&Value| matches!(entry["event"].as_str(), Some("agreement_certified" | "certification_rejected"));
        assert_eq!(read["process"].as_array().unwrap().iter().filter(decisions).count(), 1, "round {round}");
        assert_eq!(read["plan_record"].is_null(), won != "certified");
    }
}

/// a letter that is answered as sent is there, one that is refused is not; and whoever sends after the block was answered is
/// refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_and_a_send_at_once_are_both_told_the_truth() {
    let world = World::new().await;
    let office = world.school("99001");
    for round in 0..rounds() {
        let stars = world.employer(&format!("第{round}公司")).await;
        let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
        let (reference, later) = (stars.lists(&huang).await, stars.lists(&li).await);
        let refs = [reference.as_str()];
        let (sent, blocked) = tokio::join!(stars.sends(&refs), office.reviews(stars.id.as_str(), "block", Some("多次违约")));
        blocked.with(200);
        let row = sent.with(200)["rows"][0].clone();
        let letters = huang.get("/v1/invitations").await.column("id");
        if let Some(id) = row["invitation_id"].as_str() {
            assert_eq!(letters, [id], "round {round}");
        } else {
            assert_eq!(row["problem"]["type"], "urn:wangqian:problem:employer_blocked", "{row}");
            assert_eq!(letters, Vec::<String>::new(), "round {round}");
        }
        let after = stars.sends(&[&later]).await.with(200)["rows"][0].clone();
        assert_eq!(after["problem"]["type"], "urn:wangqian:problem:employer_blocked", "{after}");
    }
}

/// SR-10: two schools that decide on one employer at once both have their say.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_schools_that_decide_at_once_both_have_their_say() {
    let world = World::new().await;
    let (one, two) = (world.school("99001"), world.school("99002"));
    for round in 0..rounds() {
        let stars = world.employer_as(&format!("第{round}公司"), |employer| employer.approved_by.clear()).await;
        let id = stars.id.as_str();
        let (first, second) = tokio::join!(one.reviews(id, "approve", None), two.reviews(id, "block", Some("多次违约")));
        first.with(200);
        second.with(200);
        let profile = stars.get("/v1/home").await.with(200)["profile"].clone();
        assert_eq!((&profile["approved_by"], &profile["blocked_by"]["99002"]), (&json!(["99001"]), &json!("多次违约")));
    }
}

/// SR-44: two log-ins that verify themselves as one graduate at once: one is, the other is not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_two_log_ins_claim_at_once_is_one_ones() {
    let world = World::new().await;
    for _ in 0..rounds() {
        let (chen, other) = (world.unverified_graduate("陈未验").await, world.unverified_graduate("陈又验").await);
        let facts = chen.roster_facts();
        let (first, second) = tokio::join!(chen.verifies(&facts), other.verifies(&facts));
        let (won, lost) = winner(("chen", &first), ("other", &second));
        lost.is_problem(409, "record_bound");
        let (theirs, not) = if won == "chen" { (&chen, &other) } else { (&other, &chen) };
        theirs.get("/v1/invitations").await.with(200);
        not.get("/v1/invitations").await.is_problem(403, "student_unverified");
    }
}

/// a batch that is under way when its employer is suspended stops within ten rows, and goes on for nobody after that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_under_way_stops_when_its_employer_is_suspended() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let first = world.graduate("黄河水9").await;
    let mut refs = vec![stars.lists(&first).await];
    for _ in 0..59 {
        refs.push(stars.lists(&world.graduate("王小明").await).await);
    }
    let refs: Vec<&str> = refs.iter().map(String::as_str).collect();
    let suspends_after_the_first_letter = async {
        while first.get("/v1/invitations").await.column("id").is_empty() {}
        let reason = domain::values::Text::parse("冒用他人执照").unwrap();
        world.stack.store().suspend_employer(&stars.id, reason, &world.operator()).await.unwrap();
    };
    let (sent, ()) = tokio::join!(stars.sends(&refs), suspends_after_the_first_letter);
    let rows = sent.with(200)["rows"].as_array().unwrap().clone();
    let went = rows.iter().take_while(|row| row["invitation_id"].is_string()).count();
    assert!((1..60).contains(&went), "{went} of 60 went out");
    for row in &rows[went..] {
        assert_eq!(row["problem"]["type"], "urn:wangqian:problem:employer_suspended", "{row}");
    }
}
