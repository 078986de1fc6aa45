//! 签约发送列表.

use crate::support::World;
use serde_json::{Value, json};

/// SR-17, SR-18, SR-20
#[tokio::test]
async fn a_found_graduate_joins_the_send_list_masked() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.reference(&huang).await;
    let body = json!({ "student_ref": reference, "position": "软件开发工程师", "remark": "校园招聘" });
    let added = stars.post("/v1/candidates", "k1", &body).await.with(201);
    assert_eq!(added["masked_name"], "黄*9");
    let list = stars.get("/v1/candidates").await;
    let entry = &list.with(200)["items"][0];
    assert_eq!((&entry["student_ref"], &entry["added_at"]), (&added["student_ref"], &added["added_at"]));
    assert_eq!((&entry["position"], &entry["remark"]), (&json!("软件开发工程师"), &json!("校园招聘")));
    for personal in ["黄河水9", huang.resident_id.expose(), huang.mobile.expose()] {
        assert!(!list.text.contains(personal), "{}", list.text);
    }
}

/// SR-20, domain 2.1: unique per employer and student.
#[tokio::test]
async fn adding_a_graduate_twice_leaves_the_entry_as_it_stands() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.reference(&huang).await;
    let first = stars.post("/v1/candidates", "k1", &json!({ "student_ref": reference, "position": "教师" })).await.with(201);
    let again = stars.post("/v1/candidates", "k2", &json!({ "student_ref": reference, "position": "会计" })).await.with(200);
    assert_eq!(first, again);
    assert_eq!(stars.get("/v1/candidates").await.with(200)["items"].as_array().map(Vec::len), Some(1));
}

/// SR-17: pages of the list, newest first, nothing lost or doubled.
#[tokio::test]
async fn the_send_list_is_read_page_by_page_newest_first() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut references = Vec::new();
    for name in ["王一", "王二", "王三", "王四", "王五"] {
        references.insert(0, stars.lists(&world.graduate(name).await).await);
        world.after(1_000);
    }
    let (mut seen, mut path) = (Vec::new(), "/v1/candidates?limit=2".to_owned());
    loop {
        let page = stars.get(&path).await.with(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(|item| item["student_ref"].as_str().unwrap().to_owned()));
        let Value::String(next) = &page["next"] else { break };
        path = format!("/v1/candidates?limit=2&after={next}");
    }
    assert_eq!(seen, references);
}

/// Domain 2.8, invariant 9: an employer's list is its own.
#[tokio::test]
async fn nobody_sees_another_employers_send_list() {
    let world = World::new().await;
    let (stars, bridge) = (world.employer("星光集团").await, world.employer("大桥公司").await);
    let huang = world.graduate("黄河水9").await;
    stars.lists(&huang).await;
    assert_eq!(bridge.get("/v1/candidates").await.with(200)["items"], json!([]));
    let reference = stars.reference(&huang).await;
    let row = bridge.sends(&[&reference]).await.with(200)["rows"][0].clone();
    assert_eq!(row["problem"]["type"], "urn:wangqian:problem:not_on_send_list");
}

/// A page's cursor belongs to its list; another text is refused and named.
#[tokio::test]
async fn a_cursor_that_no_page_gave_out_is_refused() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let empty_key = "eyJwayI6IiIsInNrIjoiIiwib3JkZXIiOiIifQ";
    for wrong in ["x", "e30", "AAAA", "%00", empty_key] {
        let answer = stars.get(&format!("/v1/candidates?after={wrong}")).await;
        let problem = answer.is_problem(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["parameter"], "after", "{problem}");
    }
    for wrong in ["0", "101", "-1", "ten", "5.5"] {
        let problem = stars.get(&format!("/v1/candidates?limit={wrong}")).await.is_problem(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["parameter"], "limit", "{problem}");
    }
}

/// SR-24, S-11
#[tokio::test]
async fn a_removed_graduate_leaves_the_list_and_a_letter_that_was_sent_is_untouched() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, wang) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await);
    let letter = stars.invites(&huang).await;
    let refs = [stars.lists(&huang).await, stars.lists(&li).await, stars.lists(&wang).await];
    let removed = stars.removes(&[&refs[0], &refs[1], "unknown"]).await.with(200);
    assert_eq!(removed, json!({ "removed": 2, "not_on_list": 1 }));
    assert_eq!(stars.get("/v1/candidates").await.column("student_ref"), [refs[2].clone()]);
    assert_eq!(huang.reads(&letter).await.with(200)["stage"], "pending");
    assert_eq!(stars.removes(&[&refs[0]]).await.with(200), json!({ "removed": 0, "not_on_list": 1 }));
    stars.post("/v1/candidates/removals", "k", &json!({ "student_refs": [] })).await.names_fields(&[("/student_refs", "missing")]);
}

/// SR-24: a whole page of two hundred at once.
#[tokio::test]
async fn two_hundred_graduates_are_removed_at_once() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut refs = Vec::new();
    for _ in 0..200 {
        refs.push(stars.lists(&world.graduate("王小明").await).await);
    }
    let all: Vec<&str> = refs.iter().map(String::as_str).collect();
    let body = json!({ "student_refs": all });
    let removed = stars.post("/v1/candidates/removals", "all", &body).await;
    assert_eq!(removed.with(200)["removed"], 200);
    assert_eq!(stars.get("/v1/candidates").await.column("student_ref"), Vec::<String>::new());
    for reference in &all[..95] {
        stars.post("/v1/candidates", &world.new_key(), &json!({ "student_ref": reference })).await.with(201);
    }
    let again = stars.post("/v1/candidates/removals", "all", &body).await;
    assert_eq!((again.replayed(), &again.text), (true, &removed.text), "a repeat removes nobody who was added since");
    let other = json!({ "student_refs": all[..95] });
    stars.post("/v1/candidates/removals", "all", &other).await.is_problem(422, "idempotency_key_reused");
    assert_eq!(stars.get("/v1/candidates?limit=100").await.column("student_ref").len(), 95);
}
