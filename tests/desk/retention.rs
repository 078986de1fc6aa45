//! Domain 5.6: what has been kept long enough is forgotten, and nothing before.

use super::rosters::students;
use crate::restoring::going_on::nothing_is_torn;
use crate::support::{Employer, World, days};
use api::workers::Every;
use files::Shelf;
use serde_json::json;

async fn night(world: &World) {
    world.stack.strike(Every::Day).await.unwrap();
}

/// How many items hold this text anywhere.
async fn mentions(world: &World, text: &str) -> Vec<(String, String)> {
    let all = world.dump().await;
    all.into_iter().filter(|(_, item)| item.values().any(|value| value.contains(text))).map(|(key, _)| key).collect()
}

/// Whether each file that was drawn of an agreement lies in its place.
async fn documents(world: &World, agreement: &str) -> Vec<bool> {
    let (mut lie, id) = (Vec::new(), domain::values::AgreementId::parse(agreement).unwrap());
    for ((pk, sk), item) in world.dump().await {
        if pk.ends_with(&agreement[7..]) && sk.starts_with("DOCUMENT#") {
            let issued = serde_json::from_str(&item["issued"]).unwrap();
            let file = world.stack.deps().files.take(&files::document_key(&id, &issued), usize::MAX).await.unwrap();
            lie.push(file.is_some());
        }
    }
    lie
}

async fn listed(employer: &Employer<'_>, path: &str) -> usize {
    employer.get(path).await.with(200)["items"].as_array().unwrap().len()
}

/// Letters that came to nothing, drafts and send lists: until two years after graduation.
#[tokio::test]
async fn what_came_to_nothing_is_anonymous_after_the_job_seeking_period() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, zhou) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("周明").await);
    let refused = stars.invites(&huang).await;
    huang.rejects(&refused, Some("家在外地")).await.with(200);
    let withdrawn = stars.invites(&li).await;
    stars.withdraws(&withdrawn, 1).await.with(200);
    stars.lists(&zhou).await;
    li.saves(&crate::support::offline_text()).await.with(200);
    let before_the_end = days(949); // 2029-06-29
    world.after(before_the_end);
    night(&world).await;
    assert_eq!(listed(&stars, "/v1/invitations?status=rejected").await, 1, "until the end of June it is known");
    assert_eq!(listed(&stars, "/v1/candidates").await, 1);
    world.after(days(3));
    night(&world).await;
    for path in ["/v1/invitations?status=rejected", "/v1/invitations?status=withdrawn", "/v1/candidates"] {
        assert_eq!(listed(&stars, path).await, 0, "{path}");
    }
    let letters = |key: &(String, String)| key.1 == "INVITATION" || key.1.starts_with("OFFLINE_DRAFT");
    for personal in ["黄*9", "李*雨", "家在外地", "建筑设计师"] {
        let kept: Vec<_> = mentions(&world, personal).await.into_iter().filter(letters).collect();
        assert!(kept.is_empty(), "{personal} is in {kept:?}");
    }
    assert_eq!(huang.get("/v1/invitations?status=rejected").await.with(200)["items"], json!([]));
    assert_eq!(li.get("/v1/offline-draft").await.with(200)["missing"].as_array().unwrap().len(), 4);
    let after = world.dump().await;
    night(&world).await;
    assert_eq!(world.dump().await, after, "a night without anything due changes nothing");
    nothing_is_torn(&world).await;
}

/// What comes to its end after that is not overlooked: it goes the night after.
#[tokio::test]
async fn what_ends_after_the_job_seeking_period_goes_the_night_after() {
    let world = World::new().await;
    world.after(days(980));
    night(&world).await;
    let stars = world.employer("星光集团").await;
    let (huang, zhou) = (world.graduate("黄河水9").await, world.graduate("周明").await);
    let refused = stars.invites(&huang).await;
    huang.rejects(&refused, Some("家在外地")).await.with(200);
    stars.lists(&zhou).await;
    night(&world).await;
    assert_eq!((listed(&stars, "/v1/invitations?status=rejected").await, listed(&stars, "/v1/candidates").await), (1, 1));
    world.after(days(2));
    night(&world).await;
    assert_eq!((listed(&stars, "/v1/invitations?status=rejected").await, listed(&stars, "/v1/candidates").await), (0, 0));
}

/// Agreements, and requests to terminate them: ten years. What is under way is never touched.
#[tokio::test]
async fn agreements_are_anonymous_after_ten_years() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, zhou) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("周明").await);
    let teacher = world.college("99001", "c01");
    let certified = huang.signs(&stars.invites(&huang).await).await;
    teacher.passes(&certified).await.with(200);
    let ended = li.signs(&stars.invites(&li).await).await;
    teacher.passes(&ended).await.with(200);
    let termination = li.ends(&ended).await;
    stars.consents(&termination).await.with(200);
    world.school("99001").dissolves(&termination).await.with(200);
    let pending = zhou.signs(&stars.invites(&zhou).await).await;
    world.stack.settle(None).await.unwrap();
    let documents = async |agreement: &str| documents(&world, agreement).await;
    assert_eq!((documents(&certified).await, documents(&ended).await), (vec![true; 2], vec![true; 3]));
    let store = world.stack.store();
    // Nights of ten years, but for the last.
    store.mark_retention(&domain::retention::Day::parse("2036-11-20").unwrap()).await.unwrap();
    world.after(days(3652));
    night(&world).await;
    assert_eq!(teacher.get(&format!("/v1/agreements/{certified}")).await.status, 200);
    world.after(days(2));
    night(&world).await;
    for gone in [&certified, &ended] {
        teacher.get(&format!("/v1/agreements/{gone}")).await.is_problem(404, "not_found");
        huang.get(&format!("/v1/agreements/{gone}")).await.is_problem(404, "not_found");
    }
    assert_eq!(teacher.get(&format!("/v1/agreements/{pending}")).await.status, 200);
    let kept = (documents(&certified).await, documents(&ended).await, documents(&pending).await);
    assert_eq!(kept, (vec![false; 2], vec![false; 3], vec![true]), "what was drawn goes with the names");
    let of_agreements = |key: &(String, String)| key.1 == "AGREEMENT" || key.1.starts_with("TERMINATION");
    for personal in ["黄河水9", "李晓雨", huang.student.resident_id.cipher.as_str()] {
        let kept: Vec<_> = mentions(&world, personal).await.into_iter().filter(of_agreements).collect();
        assert!(kept.is_empty(), "{personal} is in {kept:?}");
    }
    huang.get("/v1/home").await.with(200);
    assert_eq!(teacher.get("/v1/agreements?status=certified").await.with(200)["items"], json!([]));
    nothing_is_torn(&world).await;
}

/// Exports and sheets of rows hold numbers in full: they go after a week, and what became of rows after a month.
#[tokio::test]
async fn files_of_jobs_go_after_a_week_and_their_rows_after_a_month() {
    let world = World::new().await;
    let (office, stars) = (world.school("99001"), world.employer("星光集团").await);
    let mut bad = super::rosters::student(901);
    "无此学院".clone_into(&mut bad[5]);
    let roster = super::rosters::with(students([900]), &bad).bytes();
    let kept = files::clean_key(&domain::upload::sha256(&roster));
    let (files, length) = (&world.stack.deps().files, roster.len());
    let job = office.imports(&roster).await;
    let (id, url) = (job["id"].as_str().unwrap().to_owned(), job["file"]["url"].as_str().unwrap().to_owned());
    let sheet = crate::support::Sheet::titled(&["毕业学校", "毕业届", "姓名"]).row(&["无此大学", "2027", "张三"]).bytes();
    let errors = stars.imports(&sheet, false).await.with(200)["error_sheet"]["url"].as_str().unwrap().to_owned();
    world.after(days(6));
    night(&world).await;
    assert_eq!((world.fetches(&url).await.status, world.fetches(&errors).await.status), (200, 200));
    assert!(files.take(&kept, length).await.unwrap().is_some());
    world.after(days(2));
    night(&world).await;
    assert_eq!((world.fetches(&url).await.status, world.fetches(&errors).await.status), (404, 404));
    assert_eq!(files.take(&kept, length).await.unwrap(), None, "a roster holds numbers in full");
    let job = office.job(&id).await;
    assert_eq!((&job["file"], job["rows"].as_array().unwrap().len()), (&json!(null), 2), "{job}");
    world.after(days(23));
    night(&world).await;
    assert_eq!(office.job(&id).await["rows"], json!([]));
    nothing_is_torn(&world).await;
}

/// A night that is cut short goes on where it was.
#[tokio::test]
async fn a_night_that_is_cut_short_is_made_up_for() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    for n in 0..5 {
        stars.lists(&world.graduate(&format!("学生{n}")).await).await;
    }
    world.after(days(952));
    world.stack.store().mark_retention(&domain::retention::Day::parse("2029-06-25").unwrap()).await.unwrap();
    let purge = local::routes::workers(world.stack.deps()).into_iter().find(|worker| worker.row().name == "purge-expired").unwrap();
    for left in [3, 1, 0] {
        let budget = lambda::Budget::Rows(std::sync::Arc::new(std::sync::atomic::AtomicU32::new(2)));
        purge.work(json!({}), lambda::Tick { request_id: format!("night-{left}"), at: world.now(), budget }).await.unwrap();
        assert_eq!(listed(&stars, "/v1/candidates").await, left);
    }
}

/// What one item has is in no other's way: it is put off, and tried each night.
#[tokio::test]
async fn what_cannot_be_read_is_put_off_and_stops_nothing() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    for graduate in [&huang, &li] {
        let letter = stars.invites(graduate).await;
        graduate.rejects(&letter, None).await.with(200);
    }
    let letters: Vec<_> = world.dump().await.into_keys().filter(|(_, sk)| sk == "INVITATION").collect();
    world.breaks(&letters[0], "data", "{}").await;
    world.after(days(952));
    world.stack.store().mark_retention(&domain::retention::Day::parse("2029-06-25").unwrap()).await.unwrap();
    for _ in 0..2 {
        night(&world).await;
        let left: Vec<_> =
            world.dump().await.into_iter().filter(|((_, sk), item)| sk == "INVITATION" && item.contains_key("due_list")).collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(left[0].0, letters[0]);
        world.after(days(1));
    }
}
