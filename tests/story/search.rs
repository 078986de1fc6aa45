//! 签约搜索.

use crate::support::World;
use domain::values::Timestamp;
use serde_json::json;

/// SR-10, SR-17, SR-19, S-1
#[tokio::test]
async fn an_employer_approved_by_one_school_finds_the_graduates_of_every_school() {
    let world = World::new().await;
    let (stars, zhou) = (world.employer("星光集团").await, world.graduate_of("99002", "c01", "周明").await);
    let found = stars.finds(&zhou).await.with(200);
    assert_eq!((found["masked_name"].as_str(), found["school"].as_str()), (Some("周*"), Some("东湖学院")));
}

/// SR-19: identity number or mobile, in the forms that people type.
#[tokio::test]
async fn a_graduate_is_found_by_identity_number_or_mobile_however_they_are_typed() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.reference(&huang).await;
    let facts =
        |year: &str, name: &str, number: &str| json!({ "school": "99001", "graduation_year": year, "name": name, "id_or_mobile": number });
    let (id, mobile) = (huang.resident_id.expose(), huang.mobile.expose());
    for (year, name, number) in [
        ("2027", "黄河水9", id),
        ("2027届", " 黄河水９ ", id),
        ("2027", "黄河水9", mobile),
        ("2027", "黄河水9", &format!("+86 {mobile}")),
        ("2027", "黄河水9", &id.to_lowercase()),
    ] {
        let found = stars.searches(&facts(year, name, number)).await;
        assert_eq!(found.with(200)["student_ref"], reference, "{year} {name}");
    }
}

/// SR-19, A-15, S-4
#[tokio::test]
async fn whichever_fact_is_wrong_the_answer_is_that_of_a_graduate_who_does_not_exist() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let nobody = json!({ "school": "99001", "graduation_year": 2027, "name": "查无此人", "id_or_mobile": "420199200301150013" });
    let nobody = stars.searches(&nobody).await;
    nobody.is_problem(404, "not_found");
    for (field, wrong) in [
        ("school", json!("99002")),
        ("school", json!("55555")),
        ("graduation_year", json!(2026)),
        ("name", json!("黄河水")),
        ("id_or_mobile", json!(li.resident_id.expose())),
        ("id_or_mobile", json!(li.mobile.expose())),
    ] {
        let mut facts = huang.facts();
        facts[field] = wrong;
        let missed = stars.searches(&facts).await;
        assert_eq!((missed.status, missed.but_request_id()), (404, nobody.but_request_id()), "{field}");
    }
}

/// SR-34, SR-50, A-15, S-5
#[tokio::test]
async fn a_search_never_tells_whether_the_graduate_has_signed() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let before = stars.finds(&huang).await;
    let letter = bridge.invites(&huang).await;
    huang.signs(&letter).await;
    let after = stars.finds(&huang).await;
    assert_eq!((before.status, before.text), (200, after.text));
}

/// SR-19, domain 5.1: what an employer calls a student is its own, and says nothing.
#[tokio::test]
async fn the_reference_is_opaque_the_same_at_every_search_and_another_for_every_employer() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    let (first, again, theirs) = (stars.reference(&huang).await, stars.reference(&huang).await, bridge.reference(&huang).await);
    assert_eq!(first, again);
    assert_ne!(first, theirs);
    assert!(!first.contains(huang.student.id.as_str()));
    let stolen = bridge.post("/v1/candidates", "steal", &json!({ "student_ref": first })).await;
    stolen.is_problem(404, "not_found");
}

/// SR-10, S-2
#[tokio::test]
async fn an_employer_that_no_school_has_approved_neither_searches_nor_sends_and_nothing_is_written() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let fresh = world.employer_as("新单位", |employer| employer.approved_by.clear()).await;
    let before = world.dump().await;
    fresh.finds(&huang).await.is_problem(403, "employer_not_qualified");
    fresh.sends(&["anything"]).await.is_problem(403, "employer_not_qualified");
    fresh.post("/v1/candidates", "k", &json!({ "student_ref": "anything" })).await.is_problem(403, "employer_not_qualified");
    assert_eq!(world.dump().await, before);
}

/// SR-11, SR-12, S-3
#[tokio::test]
async fn an_employer_that_has_not_confirmed_its_information_neither_searches_nor_sends() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let fresh = world.employer_as("新单位", |employer| employer.signing_information = None).await;
    fresh.finds(&huang).await.is_problem(403, "employer_info_incomplete");
    fresh.sends(&["anything"]).await.is_problem(403, "employer_info_incomplete");
}

/// suspended by the platform.
#[tokio::test]
async fn a_suspended_employer_neither_searches_nor_sends() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let suspended = world.employer_as("停用单位", |employer| employer.suspended_at = Some(Timestamp::from_millis(0))).await;
    suspended.finds(&huang).await.is_problem(403, "employer_suspended");
    suspended.sends(&["anything"]).await.is_problem(403, "employer_suspended");
}

/// S-6, domain 5.1: five misses of one graduate lock that graduate for this employer; the school is told once, and nobody of whom.
#[tokio::test]
async fn five_misses_of_one_graduate_make_the_employer_wait_and_tell_the_school() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let (huang, li, office) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.school("99001"));
    let mut guess = huang.facts();
    for n in 0..5 {
        guess["id_or_mobile"] = crate::support::resident_id(500 + n).expose().into();
        stars.searches(&guess).await.is_problem(404, "not_found");
    }
    let locked = stars.finds(&huang).await;
    locked.is_problem(429, "search_locked");
    assert_eq!(locked.headers["retry-after"], "3600");
    stars.finds(&li).await.with(200);
    bridge.finds(&huang).await.with(200);
    let alerts = office.get("/v1/messages").await;
    assert_eq!(alerts.column("kind"), ["search_locked"]);
    assert!(!alerts.text.contains("黄"), "{}", alerts.text);
    world.after(3_600_000);
    stars.finds(&huang).await.with(200);
}

/// S-6: a name that nobody has locks alike, so that a lock tells nothing.
#[tokio::test]
async fn a_graduate_who_does_not_exist_locks_alike() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let nobody = json!({ "school": "99001", "graduation_year": 2027, "name": "查无此人", "id_or_mobile": "420199200301150013" });
    for _ in 0..5 {
        stars.searches(&nobody).await.is_problem(404, "not_found");
    }
    stars.searches(&nobody).await.is_problem(429, "search_locked");
}

/// Domain 5.1: twenty misses a day and log-in; a new day begins at midnight in Shanghai. Hits are not counted.
#[tokio::test]
async fn twenty_misses_use_up_the_searches_of_a_day() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    for n in 0..20 {
        let name = format!("查无此人{n}");
        let nobody = json!({ "school": "99001", "graduation_year": 2027, "name": name, "id_or_mobile": "420199200301150013" });
        stars.searches(&nobody).await.is_problem(404, "not_found");
        stars.finds(&huang).await;
    }
    let used_up = stars.finds(&huang).await;
    used_up.is_problem(429, "searches_used_up");
    assert_eq!(used_up.headers["retry-after"], (8 * 3600).to_string(), "it is 16:00 in Shanghai");
    world.after(8 * 3_600_000);
    stars.finds(&huang).await.with(200);
}

/// Domain 5.1, reliability 2.13: guesses at once are all counted, and the fifth locks.
#[tokio::test]
async fn misses_at_once_are_all_counted() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let guesses: Vec<_> = (0..12)
        .map(|n| {
            let mut facts = huang.facts();
            facts["id_or_mobile"] = crate::support::resident_id(500 + n).expose().into();
            facts
        })
        .collect();
    let answers = futures_util::future::join_all(guesses.iter().map(|facts| stars.searches(facts))).await;
    assert!(answers.iter().all(|answer| matches!(answer.status, 404 | 429 | 503)), "{answers:?}");
    stars.finds(&huang).await.is_problem(429, "search_locked");
    assert_eq!(world.school("99001").get("/v1/messages").await.column("kind"), ["search_locked"], "the school is told once");
}
