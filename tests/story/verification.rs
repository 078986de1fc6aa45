//! 信息验证: a graduate's first log-in.

use crate::support::World;
use domain::values::AccountId;
use serde_json::json;

/// SR-44, SR-45
#[tokio::test]
async fn before_verification_nothing_can_be_used_and_after_it_everything() {
    let world = World::new().await;
    let (stars, chen) = (world.employer("星光集团").await, world.unverified_graduate("陈未验").await);
    let letter = stars.invites(&chen).await;
    assert_eq!(chen.get("/v1/home").await.with(200)["missing"], json!(["verification"]));
    for path in ["/v1/invitations", "/v1/agreements", "/v1/messages", &format!("/v1/invitations/{}", letter.id)] {
        chen.get(path).await.is_problem(403, "student_unverified");
    }
    let verified = chen.verifies(&chen.roster_facts()).await.with(200);
    assert_eq!((&verified["stage"], &verified["stage_label"]), (&json!("verified"), &json!("已验证")));
    let home = chen.get("/v1/home").await.with(200);
    assert_eq!((&home["missing"], &home["signing_status_label"], &home["received"]), (&json!([]), &json!("未签约"), &json!(1)));
    assert_eq!(chen.get("/v1/messages").await.column("kind"), ["invitation_received"], "what came before is there");
    chen.signs(&letter).await;
}

/// SR-44, S-22: whichever fact is wrong, the answer is the same; five wrong in a row lock for an hour.
#[tokio::test]
async fn five_wrong_verifications_lock_for_an_hour_and_none_says_what_was_wrong() {
    let world = World::new().await;
    let (chen, li) = (world.unverified_graduate("陈未验").await, world.graduate("李晓雨").await);
    let letter = world.employer("星光集团").await.invites(&chen).await;
    let body = json!({ "confirmation_token": "x", "read": true, "sign_now": true });
    chen.post(&format!("/v1/invitations/{}/acceptance", letter.id), "k", &body).await.is_problem(403, "student_unverified");
    let mut answers = Vec::new();
    for (field, wrong) in [
        ("resident_id", json!(li.resident_id.expose())),
        ("mobile", json!(li.mobile.expose())),
        ("name", json!("陈未")),
        ("graduation_year", json!(2026)),
        ("school", json!("99002")),
    ] {
        let mut facts = chen.roster_facts();
        facts[field] = wrong;
        answers.push(chen.verifies(&facts).await);
    }
    for answer in &answers {
        answer.is_problem(422, "verification_failed");
        assert_eq!(answer.but_request_id(), answers[0].but_request_id());
    }
    let locked = chen.verifies(&chen.roster_facts()).await;
    locked.is_problem(429, "verification_locked");
    assert_eq!(locked.headers["retry-after"], "3600");
    world.after(3_599_000);
    assert_eq!(chen.verifies(&chen.roster_facts()).await.headers["retry-after"], "1");
    world.after(1_000);
    chen.verifies(&chen.roster_facts()).await.with(200);
}

/// SR-44: of two namesakes, the number of one and the mobile of the other are nobody's.
#[tokio::test]
async fn the_facts_of_two_namesakes_do_not_mix() {
    let world = World::new().await;
    let (one, other) = (world.unverified_graduate("王小明").await, world.unverified_graduate("王小明").await);
    let mut facts = one.roster_facts();
    facts["mobile"] = other.mobile.expose().into();
    one.verifies(&facts).await.is_problem(422, "verification_failed");
    one.verifies(&one.roster_facts()).await.with(200);
}

/// SR-44: twenty wrong tries at once are no more than five.
#[tokio::test]
async fn wrong_verifications_at_once_are_all_counted() {
    let world = World::new().await;
    let chen = world.unverified_graduate("陈未验").await;
    let mut facts = chen.roster_facts();
    facts["name"] = "陈未".into();
    let answers = futures_util::future::join_all((0..20).map(|_| chen.verifies(&facts))).await;
    assert!(answers.iter().all(|answer| matches!(answer.status, 422 | 429 | 503)), "{answers:?}");
    chen.verifies(&chen.roster_facts()).await.is_problem(429, "verification_locked");
}

/// SR-44: one log-in, one record a year; one record, one log-in. Asked again, it answers as before.
#[tokio::test]
async fn a_record_is_one_log_ins_and_a_log_in_has_one_record_a_year() {
    let world = World::new().await;
    let (chen, other) = (world.unverified_graduate("陈未验").await, world.unverified_graduate("陈又验").await);
    chen.verifies(&chen.roster_facts()).await.with(200);
    let again = chen.verifies(&chen.roster_facts()).await.with(200);
    assert_eq!(again["version"], 2, "nothing moved");
    other.verifies(&chen.roster_facts()).await.is_problem(409, "record_bound");
    chen.verifies(&other.roster_facts()).await.is_problem(409, "account_bound");
    let account = world.stack.store().account(&AccountId::parse(&chen.account).unwrap()).await.unwrap().unwrap();
    assert_eq!(account.value.binding.unwrap().records.len(), 1);
    let audits = world.dump().await.into_keys().filter(|(_, sk)| sk.starts_with("AUDIT#")).count();
    assert_eq!(audits, 2, "one of the record, one of the log-in");
}

/// SR-44: the school takes a record away from a wrong log-in; the right one can have it then.
#[tokio::test]
async fn a_record_that_the_school_has_unbound_can_be_verified_by_another_log_in() {
    let world = World::new().await;
    let (huang, right) = (world.graduate("黄河水9").await, world.unverified_graduate("黄河水").await);
    let id = huang.student.id.as_str();
    let unbound = world.school("99001").corrects(id, 1, &json!({ "unbind_account": true })).await.with(200);
    assert_eq!(unbound["stage"], "unverified");
    huang.get("/v1/invitations").await.is_problem(403, "student_unverified");
    right.verifies(&huang.roster_facts()).await.with(200);
    assert_eq!(right.get("/v1/home").await.with(200)["profile"]["name"], "黄河水9");
}

/// SR-44, A-29: the e-mail to use is the graduate's to say.
#[tokio::test]
async fn the_graduate_says_which_address_to_use() {
    let world = World::new().await;
    let chen = world.unverified_graduate("陈未验").await;
    let mut facts = chen.roster_facts();
    facts["email"] = "chen@".into();
    chen.verifies(&facts).await.names_fields(&[("/email", "malformed")]);
    facts["email"] = "chen@example.com".into();
    chen.verifies(&facts).await.with(200);
    let record = world.stack.store().student(&chen.student.id).await.unwrap();
    assert_eq!(record.email.unwrap().as_str(), "chen@example.com");
}
