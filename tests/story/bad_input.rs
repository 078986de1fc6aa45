//! Bad input gets a problem document that says what is wrong, in Chinese and English; nothing is written.

use crate::support::World;
use http::Method;
use serde_json::json;

/// The fields of the search, all faults at once.
#[tokio::test]
async fn a_search_with_wrong_fields_names_each_of_them() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    stars.searches(&json!({})).await.names_fields(&[
        ("/graduation_year", "missing"),
        ("/id_or_mobile", "missing"),
        ("/name", "missing"),
        ("/school", "missing"),
    ]);
    let wrong = json!({ "school": 99001, "graduation_year": "27", "name": "=HYPERLINK(1)", "id_or_mobile": "420199200301150010", "role": "school" });
    stars.searches(&wrong).await.names_fields(&[
        ("/graduation_year", "malformed"),
        ("/id_or_mobile", "wrong_check_character"),
        ("/name", "forbidden_character"),
        ("/role", "unknown"),
        ("/school", "wrong_type"),
    ]);
}

/// What no JSON is, is said so; so is another media type, and an array where an object belongs.
#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let bearer = format!("Bearer {}", stars.token);
    let send = async |media_type: &str, body: Vec<u8>| {
        world.http.send(Method::POST, "/v1/students/find", &[("authorization", &bearer), ("content-type", media_type)], body).await
    };
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    for broken in [b"{".to_vec(), b"{\"name\": \"\xff\"}".to_vec(), deep.into_bytes(), b"{\"a\":1e999}".to_vec(), b"\"\\ud800\"".to_vec()] {
        send("application/json", broken).await.is_problem(400, "malformed_json");
    }
    for other in [b"[]".to_vec(), b"\"text\"".to_vec(), b"7".to_vec()] {
        send("application/json; charset=utf-8", other).await.names_fields(&[("", "wrong_type")]);
    }
    send("text/plain", b"{}".to_vec()).await.is_problem(415, "unsupported_media_type");
    send("application/json", vec![b' '; 256 * 1024 + 1]).await.is_problem(413, "body_too_large");
}

/// An answer stays smaller than what a gateway passes on, however many faults a body has.
#[tokio::test]
async fn no_more_than_a_hundred_faults_are_named() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let many: serde_json::Map<_, _> = (0..5_000).map(|n| (format!("field-{n}"), json!(n))).collect();
    let problem = stars.searches(&many.into()).await.is_problem(422, "invalid_fields");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(100));
}

/// Paths and methods that nothing has.
#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_problems_too() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    stars.get("/v1/nothing").await.is_problem(404, "not_found");
    let answer = world.request(&stars.token, Method::DELETE, "/v1/candidates", None, None).await;
    answer.is_problem(405, "method_not_allowed");
    assert_eq!(answer.headers["allow"], "GET, POST");
}

/// Queues that no stage fills yet are not there to be listed.
#[tokio::test]
async fn a_queue_of_an_unknown_kind_is_refused() {
    let world = World::new().await;
    let problem = world.school("99001").get("/v1/reviews?kind=everything").await.is_problem(422, "invalid_fields");
    assert_eq!(problem["errors"][0]["parameter"], "kind");
}

/// A decision says what it is about.
#[tokio::test]
async fn a_decision_with_wrong_fields_names_each_of_them() {
    let world = World::new().await;
    let teacher = world.college("99001", "c01");
    let wrong = json!({ "decision": "maybe", "version": 0, "employer": { "nature": "7", "name": "别名" }, "stage": "certified" });
    teacher.decides("99001-a00000000000000000000", &wrong).await.names_fields(&[
        ("/decision", "not_in_code_table"),
        ("/employer/name", "unknown"),
        ("/employer/nature", "not_in_code_table"),
        ("/stage", "unknown"),
        ("/version", "out_of_range"),
    ]);
}
