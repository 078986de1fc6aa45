//! 营业执照 of an employer: handed in with its registration, read by the schools that review it.

use crate::support::World;
use serde_json::{Value, json};

fn registration(school: &str, licence: &[&str]) -> Value {
    json!({ "name": "武汉渡桥云软件有限公司", "credit_code": "91420199MA9K100238", "school": school, "upload_ids": licence })
}

/// SR-10, SR-92: whoever reviews an employer reads what it hands in.
#[tokio::test]
async fn a_licence_is_handed_in_with_the_registration_and_read_by_whoever_reviews() {
    let world = World::new().await;
    let (newcomer, one, two) = (world.newcomer(), world.school("99001"), world.school("99002"));
    let licence = newcomer.uploads("licence").await;
    let path = format!("/v1/uploads/{licence}");
    one.get(&path).await.is_problem(404, "not_found");
    newcomer.post("/v1/employer", &world.new_key(), &registration("99001", &[&licence])).await.with(201);
    let waiting = one.get("/v1/employers?status=awaiting").await.with(200)["items"][0].clone();
    assert_eq!(waiting["licence"][0]["upload_id"], json!(licence));
    let fetched = one.get(&path).await.with(200)["url"].as_str().unwrap().to_owned();
    assert_eq!(world.fetches(&fetched).await.status, 200);
    world.college("99001", "c01").get(&path).await.is_problem(404, "not_found");
    one.reviews(newcomer.id.as_str(), "reject", Some("营业执照已过期")).await.with(200);

    // Another school is asked: with what was handed in before, or with another licence.
    newcomer
        .post("/v1/employer", &world.new_key(), &registration("99002", &[&licence]))
        .await
        .names_fields(&[("/upload_ids/0", "unusable_file")]);
    newcomer.post("/v1/employer", &world.new_key(), &registration("99002", &[])).await.with(201);
    assert_eq!(two.get("/v1/employers?status=awaiting").await.with(200)["items"][0]["licence"][0]["upload_id"], json!(licence));
    two.get(&path).await.with(200);
    two.reviews(newcomer.id.as_str(), "reject", Some("营业执照已过期")).await.with(200);
    let renewed = newcomer.uploads("licence").await;
    newcomer.post("/v1/employer", &world.new_key(), &registration("99001", &[&renewed])).await.with(201);
    let home = newcomer.get("/v1/home").await.with(200);
    assert_eq!(home["profile"]["licence"][0]["upload_id"], json!(renewed));
    two.get(&path).await.with(200);
}

/// Reliability 2.8, cases 26 and 27: a licence is its employer's own, and nothing else is one.
#[tokio::test]
async fn only_the_employers_own_licence_is_taken() {
    let world = World::new().await;
    let (one, other, huang) = (world.newcomer(), world.newcomer(), world.graduate("黄河水9").await);
    let (theirs, scan) = (other.uploads("licence").await, huang.uploads("stamped_agreement").await);
    for wrong in [theirs.as_str(), &scan, "u00000000000000000000"] {
        let answer = one.post("/v1/employer", &world.new_key(), &registration("99001", &[wrong])).await;
        answer.names_fields(&[("/upload_ids/0", "unusable_file")]);
    }
    assert_eq!(one.get("/v1/home").await.with(200)["missing"], json!(["registration"]));
}
