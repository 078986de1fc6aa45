//! 发送签约邀请.

use crate::support::{World, days, letter};
use domain::policy::Policy;
use domain::values::{ResponsePeriod, SchoolId};
use serde_json::{Value, json};
use store::roster::Entry;

fn slug(row: &Value) -> &str {
    row["problem"]["type"].as_str().and_then(|kind| kind.rsplit(':').next()).unwrap_or_default()
}

/// SR-25, SR-28
#[tokio::test]
async fn one_letter_goes_to_everybody_ticked_and_the_entries_leave_the_list() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let references = [stars.lists(&huang).await, stars.lists(&li).await];
    let sent = stars.sends(&[&references[0], &references[1]]).await.with(200);
    assert_eq!((&sent["sent"], &sent["refused"], &sent["not_attempted"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!(stars.get("/v1/candidates").await.with(200)["items"], json!([]));
    assert_eq!(stars.get("/v1/home").await.with(200)["to_do"]["signing"], 2);
}

/// SR-30, A-13, S-13
#[tokio::test]
async fn the_graduate_has_five_days_of_24_hours_unless_the_employer_says_otherwise() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let huang = world.graduate("黄河水9").await;
    let sent = stars.invites(&huang).await;
    let read = huang.reads(&sent).await.with(200);
    assert_eq!((&read["sent_at"], &read["expires_at"]), (&json!("2026-11-23T08:00:00.000Z"), &json!("2026-11-28T08:00:00.000Z")));
    assert_eq!((&read["response_days"], &read["expires_at_local"]), (&json!(5), &json!("2026-11-28 16:00")));
    let li = world.graduate("李晓雨").await;
    let reference = stars.lists(&li).await;
    let row = stars.sends_with(&[&reference], &json!({ "response_days": 30 })).await.with(200)["rows"][0].clone();
    let read = stars.get(&format!("/v1/invitations/{}", row["invitation_id"].as_str().unwrap())).await.with(200);
    assert_eq!(read["expires_at"], "2026-12-23T08:00:00.000Z");
}

/// SR-30, A-13, S-13
#[tokio::test]
async fn a_period_of_no_days_of_31_or_of_half_a_day_is_refused() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.lists(&huang).await;
    let before = world.dump().await;
    for (wrong, code) in [
        (json!(0), "out_of_range"),
        (json!(31), "out_of_range"),
        (json!(-5), "out_of_range"),
        (json!(5.5), "out_of_range"),
        (json!("5.5"), "wrong_type"),
        (json!("5"), "wrong_type"),
    ] {
        stars.sends_with(&[&reference], &json!({ "response_days": wrong })).await.names_fields(&[("/response_days", code)]);
    }
    assert_eq!(world.dump().await, before);
}

/// SR-34, SR-50, S-5
#[tokio::test]
async fn a_graduate_who_has_signed_may_still_be_invited() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let letter = bridge.invites(&huang).await;
    huang.signs(&letter).await;
    let row = stars.tries_to_invite(&huang).await;
    assert!(row["invitation_id"].is_string(), "{row}");
}

/// SR-35, SR-51, A-14, S-12
#[tokio::test]
async fn while_a_letter_is_open_the_same_employer_sends_no_second_one() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    stars.invites(&huang).await;
    let row = stars.tries_to_invite(&huang).await;
    assert_eq!((slug(&row), &row["problem"]["status"]), ("already_invited", &json!(409)));
}

/// SR-32, A-14, S-12
#[tokio::test]
async fn after_a_refusal_the_employer_may_invite_again() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let first = stars.invites(&huang).await;
    huang.rejects(&first, None).await.with(200);
    let second = stars.invites(&huang).await;
    assert_ne!(first.id, second.id);
    huang.signs(&second).await;
}

/// SR-33, A-13, A-14, S-12: the sweep comes later; the send itself expires what has lapsed, after the margin for an answer in flight.
#[tokio::test]
async fn after_a_letter_has_lapsed_the_employer_may_invite_again() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let first = stars.invites(&huang).await;
    world.after(days(5));
    let row = stars.tries_to_invite(&huang).await;
    assert_eq!((slug(&row), &row["problem"]["status"]), ("earlier_invitation_just_lapsed", &json!(409)));
    world.after(90_000);
    let second = stars.invites(&huang).await;
    assert_eq!(stars.reads(&first).await.with(200)["stage"], "expired");
    assert_eq!(huang.reads(&second).await.with(200)["stage"], "pending");
    huang.signs(&second).await;
}

/// the pair stays taken while the agreement that came of a letter is pending or certified, and is free when it is not certified.
#[tokio::test]
async fn while_an_agreement_is_pending_or_certified_the_same_employer_sends_no_letter() {
    let world = World::new().await;
    let (stars, teacher) = (world.employer("星光集团").await, world.college("99001", "c01"));
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    assert_eq!(slug(&stars.tries_to_invite(&huang).await), "already_signed_with_you");
    teacher.passes(&agreement).await.with(200);
    assert_eq!(slug(&stars.tries_to_invite(&huang).await), "already_signed_with_you");
    let letter = stars.invites(&li).await;
    let agreement = li.signs(&letter).await;
    teacher.fails(&agreement, "材料不全").await.with(200);
    let row = stars.tries_to_invite(&li).await;
    assert!(row["invitation_id"].is_string(), "{row}");
}

/// A-16, SR-25
#[tokio::test]
async fn a_batch_of_different_positions_is_refused_whole_and_the_rows_are_named() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut references = Vec::new();
    for (name, position) in [("王一", None), ("王二", Some("教师")), ("王三", Some("会计")), ("王四", Some("教师"))] {
        references.push(stars.lists_for(&world.graduate(name).await, position).await);
    }
    let all: Vec<&str> = references.iter().map(String::as_str).collect();
    let before = world.dump().await;
    stars.sends(&all).await.names_fields(&[("/student_refs/2", "mixed_positions")]);
    assert_eq!(world.dump().await, before);
    let sent = stars.sends(&[all[0], all[1], all[3]]).await.with(200);
    assert_eq!(sent["sent"], 3);
}

/// SR-28: the confirmation page, before 确认发送.
#[tokio::test]
async fn a_rehearsal_says_what_would_happen_and_writes_nothing() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    stars.invites(&li).await;
    let references = [stars.lists(&huang).await, stars.lists(&li).await];
    let before = world.dump().await;
    let rehearsed = stars.sends_with(&[&references[0], &references[1]], &json!({ "dry_run": true })).await.with(200);
    assert_eq!((&rehearsed["dry_run"], &rehearsed["sent"], &rehearsed["refused"]), (&json!(true), &json!(1), &json!(1)));
    assert_eq!(slug(&rehearsed["rows"][1]), "already_invited");
    assert_eq!(world.dump().await, before);
}

/// SR-25: at most 200, each once.
#[tokio::test]
async fn a_batch_holds_at_most_200_rows_each_once() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    stars.sends(&[]).await.names_fields(&[("/student_refs", "missing")]);
    stars.sends(&["a", "b", "a"]).await.names_fields(&[("/student_refs/2", "duplicate")]);
    let many: Vec<String> = (0..201).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    stars.sends(&many).await.names_fields(&[("/student_refs", "too_long")]);
}

/// SR-26, SR-27: what the letter must say, all faults at once.
#[tokio::test]
async fn an_incomplete_letter_is_refused_naming_every_field() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut draft = letter();
    draft["job_category"] = json!("99");
    draft["position"] = json!("  ");
    draft["pay"] = json!({ "monthly_fen": -1, "bonus": 3 });
    draft["probation_months"] = json!(7);
    draft["report_on"] = json!("2027-02-30");
    draft["file_receiving"] = json!({ "accepts": "yes", "kind": "employer", "phone": "12" });
    draft.as_object_mut().unwrap().remove("household_receiving");
    draft["stage"] = json!("accepted");
    stars.sends_with(&["a"], &json!({ "letter": draft })).await.names_fields(&[
        ("/letter/file_receiving/address", "missing"),
        ("/letter/file_receiving/contact", "missing"),
        ("/letter/file_receiving/organisation", "missing"),
        ("/letter/file_receiving/phone", "malformed"),
        ("/letter/household_receiving", "missing"),
        ("/letter/job_category", "not_in_code_table"),
        ("/letter/pay/bonus", "unknown"),
        ("/letter/pay/monthly_fen", "out_of_range"),
        ("/letter/position", "missing"),
        ("/letter/probation_months", "out_of_range"),
        ("/letter/report_on", "wrong_date"),
        ("/letter/stage", "unknown"),
    ]);
}

/// SR-27: a form whose 接收 is switched off may still hold what was typed; a word that says nothing is the only fault.
#[tokio::test]
async fn what_is_not_taken_on_needs_no_details_and_may_have_them() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.lists(&huang).await;
    let mut draft = letter();
    draft["file_receiving"] = json!({ "accepts": "maybe", "kind": "employer", "organisation": "人才中心" });
    stars
        .sends_with(&[&reference], &json!({ "letter": draft }))
        .await
        .names_fields(&[("/letter/file_receiving/accepts", "not_in_code_table")]);
    draft["file_receiving"] = json!({ "accepts": "no", "kind": "employer", "organisation": "人才中心" });
    assert_eq!(stars.sends_with(&[&reference], &json!({ "letter": draft })).await.with(200)["sent"], 1);
}

/// SR-30, domain 3.3: a school's default and bounds hold for the letters to its graduates.
#[tokio::test]
async fn a_letter_that_sets_no_period_has_the_schools_and_bounds_are_judged_row_by_row() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let slow = Policy { response_days_default: ResponsePeriod::from_days(10).unwrap(), response_days_min: 7, ..Policy::default() };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99002").unwrap(), slow)]).await;
    let (huang, zhou) = (world.graduate("黄河水9").await, world.graduate_of("99002", "c01", "周明").await);
    let references = [stars.lists(&huang).await, stars.lists(&zhou).await];
    let both = [references[0].as_str(), references[1].as_str()];
    let short = stars.sends_with(&both, &json!({ "response_days": 3, "dry_run": true })).await.with(200);
    assert_eq!((&short["sent"], slug(&short["rows"][1])), (&json!(1), "invalid_fields"));
    assert_eq!(short["rows"][1]["problem"]["errors"][0]["pointer"], "/response_days");
    let sent = stars.sends(&both).await.with(200);
    let of =
        async |row: usize| stars.get(&format!("/v1/invitations/{}", sent["rows"][row]["invitation_id"].as_str().unwrap())).await.with(200);
    assert_eq!((of(0).await["response_days"].clone(), of(1).await["response_days"].clone()), (json!(5), json!(10)));
}

/// SR-25: of 200 rows, whom does each speak of?
#[tokio::test]
async fn each_row_of_a_batch_says_whom_it_is_about() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.lists(&huang).await;
    let sent = stars.sends(&[&reference, "nobody"]).await.with(200);
    assert_eq!((&sent["rows"][0]["masked_name"], &sent["rows"][0]["college"]), (&json!("黄*9"), &json!("计算机科学与技术学院")));
    assert_eq!((&sent["rows"][1]["masked_name"], slug(&sent["rows"][1])), (&json!(null), "not_on_send_list"));
}
