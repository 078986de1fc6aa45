//! Methods and headers: what no action has, and keys for repeats that are none.

use super::request::Request;
use super::scene::Scene;
use super::valid::valid;
use api::{IdempotencyKey, actions};
use http::Method;
use std::collections::BTreeSet;

/// Reliability 2.6: a path answers the methods that it has, and names them to whoever asks with another.
#[tokio::test]
async fn a_path_answers_no_method_but_its_own() {
    let scene = Scene::new().await;
    let all = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, Method::TRACE];
    for action in actions::ALL {
        let same_path = actions::ALL.into_iter().filter(|other| other.path == action.path);
        let own: BTreeSet<_> = same_path.map(|other| other.method.as_str()).collect();
        let request = valid(&scene, action);
        let others = all.iter().filter(|method| !own.contains(method.as_str()));
        let cases: Vec<_> = others.map(|method| (method.to_string(), Request { method: method.clone(), ..request.clone() })).collect();
        scene
            .refuses(action, &cases, |case, answer| {
                assert_eq!(answer.status, 405, "{case}: {}", answer.text);
                let allowed: BTreeSet<_> = answer.headers["allow"].to_str().unwrap().split(", ").collect();
                assert_eq!(allowed, own, "{case}");
                if !case.ends_with("HEAD") {
                    answer.is_problem(405, "method_not_allowed");
                }
            })
            .await;
    }
}

/// Architecture 5: without a key nothing is created.
#[tokio::test]
async fn what_creates_needs_a_key() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| action.idempotency == IdempotencyKey::Required) {
        let cases = [("no key".to_owned(), Request { key: None, ..valid(&scene, action) })];
        scene
            .refuses(action, &cases, |case, answer| {
                assert_eq!(answer.status, 400, "{case}: {}", answer.text);
                answer.is_problem(400, "idempotency_key_required");
            })
            .await;
    }
}

/// Architecture 5: 1 to 100 visible characters of ASCII, wherever a key is taken.
#[tokio::test]
async fn what_is_no_key_is_refused_wherever_a_key_is_taken() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| action.idempotency != IdempotencyKey::Unused) {
        let request = valid(&scene, action);
        let keys = [String::new(), "two words".to_owned(), "x".repeat(101), "键".to_owned(), "tab\tbed".to_owned()];
        let cases: Vec<_> = keys.into_iter().map(|key| (key.clone(), Request { key: Some(key), ..request.clone() })).collect();
        scene
            .refuses(action, &cases, |case, answer| {
                assert_eq!(answer.status, 400, "{case}: {}", answer.text);
                answer.is_problem(400, "idempotency_key_malformed");
            })
            .await;
    }
}
