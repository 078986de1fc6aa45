//! At the door: without a token that holds nobody gets in, with another role's nobody gets through, and all are told the same.

use super::request::{Login, Request};
use super::scene::Scene;
use super::valid::valid;
use api::{Role, actions};
use serde_json::{Value, json};

/// S-43, reliability 2.6: the caller's own log-in, with a token that does not hold.
#[tokio::test]
async fn no_action_is_open_to_a_token_that_does_not_hold() {
    let scene = Scene::new().await;
    let mut first = None;
    for action in actions::ALL.into_iter().filter(|action| !action.callers.is_empty()) {
        let request = valid(&scene, action);
        let login = request.by.clone().unwrap();
        let mut cases = vec![("no token".to_owned(), Request { authorization: None, ..request.clone() })];
        cases.extend(broken(&scene, &login).into_iter().map(|(case, token)| (case, request.authorized(&token))));
        let first = match &first {
            Some(first) => first,
            None => first.insert(scene.sends(&cases[0].1).await.but_request_id()),
        };
        let judge = |case: &str, answer: &crate::support::Answer| {
            assert_eq!((answer.status, &answer.but_request_id()), (401, first), "{case}");
        };
        scene.refuses(action, &cases, judge).await;
    }
    assert!(first.is_some_and(|text| text.contains("unauthenticated")));
}

/// S-45, reliability 2.6: a token of another role than the action's.
#[tokio::test]
async fn no_action_is_open_to_another_role() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| !action.callers.is_empty()) {
        let request = valid(&scene, action);
        let others = Role::ALL.into_iter().filter(|role| !action.callers.contains(role));
        let cases: Vec<_> = others.map(|role| (role.as_str().to_owned(), request.by(scene.ours(role)[0]))).collect();
        scene
            .refuses(action, &cases, |case, answer| {
                assert_eq!(answer.status, 403, "{case}: {}", answer.text);
                answer.is_problem(403, "wrong_role");
            })
            .await;
    }
}

/// A public action looks at no token: one that does not hold changes nothing of its answer.
#[tokio::test]
async fn public_actions_answer_everybody_alike() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| action.callers.is_empty()) {
        let request = valid(&scene, action);
        let plain = scene.sends(&request).await;
        plain.with(action.success);
        for (case, token) in broken(&scene, &scene.stars) {
            let answer = scene.sends(&request.authorized(&token)).await;
            assert_eq!((answer.status, &answer.text), (plain.status, &plain.text), "{} with {case}", action.name);
        }
    }
}

/// Tokens of this log-in that do not hold, each for one reason.
fn broken(scene: &Scene, login: &Login) -> Vec<(String, String)> {
    let world = &scene.world;
    let now = world.stack.clock().real().millis() / 1000;
    let mut cases = vec![
        ("garbage".to_owned(), "Bearer x.y.z".to_owned()),
        ("another scheme".to_owned(), format!("Basic {}", login.token)),
        ("a broken signature".to_owned(), format!("Bearer {}", altered(&login.token))),
    ];
    for change in [json!({ "exp": now - 31 }), json!({ "iss": "http://127.0.0.1:1" }), json!({ "aud": "another" })] {
        let mut claims = login.claims.clone();
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        cases.push((change.to_string(), format!("Bearer {}", world.token(&claims))));
    }
    for algorithm in ["none", "HS256", "RS256"] {
        let mut header = world.stack.issuer().header();
        header["alg"] = algorithm.into();
        let mut claims: Value =
            json!({ "iss": world.stack.issuer().url(), "aud": "wangqian", "exp": now + 900, "iat": now, "nbf": now, "auth_time": now });
        claims.as_object_mut().unwrap().extend(login.claims.as_object().unwrap().clone());
        cases.push((format!("algorithm {algorithm}"), format!("Bearer {}", world.stack.issuer().sign(&header, &claims).unwrap())));
    }
    cases
}

/// The token with one character of its signature changed: not the last, which holds spare bits.
fn altered(token: &str) -> String {
    let place = token.rfind('.').unwrap() + 1;
    let other = if token[place..].starts_with('A') { "B" } else { "A" };
    format!("{}{other}{}", &token[..place], &token[place + 1..])
}
