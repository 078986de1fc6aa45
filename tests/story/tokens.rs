//! Tokens: whoever comes without one that holds is told to log in, and nothing more.

use crate::support::{Answer, World};
use http::Method;
use lambda::{Authenticator, Issuer, KeySource, RealClock, Says};
use serde_json::{Value, json};
use store::Trust;

async fn with(world: &World, authorization: &[&str]) -> Answer {
    let headers: Vec<_> = authorization.iter().map(|value| ("authorization", *value)).collect();
    world.http.send(Method::GET, "/v1/home", &headers, "").await
}

fn header(world: &World, changes: &Value) -> Value {
    merged(world.stack.issuer().header(), changes)
}

/// A student's claims, changed; null takes one away.
fn claims(world: &World, changes: &Value) -> Value {
    let now = world.stack.clock().real().millis() / 1000;
    let usual = json!({ "iss": world.stack.url(), "aud": "wangqian", "sub": "student-x", "role": "student", "exp": now + 900, "iat": now, "nbf": now });
    merged(usual, changes)
}

fn merged(mut object: Value, changes: &Value) -> Value {
    let members = object.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    object
}

/// S-43, reliability 2.7
#[tokio::test]
async fn a_token_that_does_not_hold_is_refused_alike_whatever_is_wrong_with_it() {
    let world = World::new().await;
    let now = world.stack.clock().real().millis() / 1000;
    let sign =
        |head: &Value, body: &Value| format!("Bearer {}", world.stack.issuer().sign(&header(&world, head), &claims(&world, body)).unwrap());
    let none = json!({});
    let good = sign(&none, &none);
    with(&world, &[&good]).await.with(200);
    let first = with(&world, &[]).await;
    first.is_problem(401, "unauthenticated");
    assert_eq!(first.headers["www-authenticate"], "Bearer");
    let altered = format!("{}A", &good[..good.len() - 1]);
    let mut refused = vec![
        "Bearer".to_owned(),
        "Bearer x.y.z".to_owned(),
        good.replace("Bearer", "Basic"),
        if altered == good { format!("{}B", &good[..good.len() - 1]) } else { altered },
        format!("Bearer {}", "x".repeat(9_000)),
    ];
    for head in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "RS256" }),
        json!({ "kid": "unknown" }),
        json!({ "kid": null }),
        json!({ "crit": ["b64"], "b64": false }),
    ] {
        refused.push(sign(&head, &none));
    }
    for body in [
        json!({ "exp": now - 31 }),
        json!({ "exp": null }),
        json!({ "exp": "soon" }),
        json!({ "nbf": now + 60 }),
        json!({ "nbf": "later" }),
        json!({ "iat": now + 60 }),
        json!({ "iss": "http://127.0.0.1:1" }),
        json!({ "iss": null }),
        json!({ "aud": "another" }),
        json!({ "aud": null }),
        json!({ "sub": null }),
        json!({ "sub": "two words" }),
        json!({ "role": "operator" }),
        json!({ "role": ["student", "school"] }),
        json!({ "role": "employer" }),
        json!({ "role": "college", "school": "99001" }),
        json!({ "role": "school", "school": "x" }),
    ] {
        refused.push(sign(&none, &body));
    }
    for token in &refused {
        let answer = with(&world, &[token]).await;
        assert_eq!((answer.status, answer.but_request_id()), (401, first.but_request_id()), "{token}");
    }
    assert_eq!(with(&world, &[&good, &good]).await.status, 401, "two tokens are none");
}

/// Architecture 8: 30 s of leeway, on the real clock: business time that is moved makes no token old.
#[tokio::test]
async fn tokens_live_by_real_time_with_thirty_seconds_of_leeway() {
    let world = World::new().await;
    let now = world.stack.clock().real().millis() / 1000;
    let just_over = world.token(&json!({ "sub": "s", "role": "student", "exp": now - 20 }));
    world.after(crate::support::days(400));
    with(&world, &[&format!("Bearer {just_over}")]).await.with(200);
}

/// Architecture 8: keys come over https, or plain on loopback only; what is no key set leaves everybody outside.
#[tokio::test]
async fn keys_are_fetched_from_the_issuer_and_nothing_else_is_taken_for_keys() {
    let world = World::new().await;
    let token = format!("Bearer {}", world.token(&json!({ "sub": "s", "role": "student" })));
    let trusting = |address: String| {
        let (url, audience) = (world.stack.url().to_owned(), "wangqian".to_owned());
        let keys = KeySource::Url { url: address, trust: Trust::Amazon };
        let issuer = Issuer { url, audience, keys, says: Says::default() };
        Authenticator::new(issuer, RealClock::system())
    };
    let jwks = format!("{}/.well-known/jwks.json", world.stack.url());
    assert_eq!(trusting(jwks).identify(Some(&token)).await.unwrap().account.as_str(), "s");
    for wrong in ["/v1/home", "/.well-known/openid-configuration", "/dev/people"] {
        assert!(trusting(format!("{}{wrong}", world.stack.url())).identify(Some(&token)).await.is_err(), "{wrong}");
    }
    for wrong in ["http://localhost:1/jwks.json", "http://192.0.2.1/jwks.json", "file:///etc/passwd", "nonsense"] {
        assert!(trusting(wrong.to_owned()).identify(Some(&token)).await.is_err(), "{wrong}");
    }
}
