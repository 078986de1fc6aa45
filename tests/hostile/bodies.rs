//! Bodies that are no form of ours: each is refused for what is wrong with it, none of them breaks anything, nothing is written.

use super::request::Request;
use super::scene::Scene;
use super::valid::valid;
use crate::support::Answer;
use api::actions::Takes;
use api::{Action, actions};
use serde_json::{Value, json};

/// References and ids that nobody gave out are no fault of a list: rows stand for themselves (domain 2.1), and 200 says so of each.
const ROWS: [&str; 2] = ["/student_refs", "/agreement_ids"];

fn is_row(pointer: &str) -> bool {
    ROWS.iter().any(|rows| pointer.starts_with(rows))
}

/// A draft may be incomplete: what is blank once it is cleaned is missing, and kept as missing.
const BLANKS: [&str; 1] = ["save-offline-draft"];

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_control)
}

fn with_body() -> impl Iterator<Item = &'static Action> {
    with_any_body().filter(|action| action.takes == Takes::Json)
}

/// Spreadsheets too: their corpus is `spreadsheets/`.
fn with_any_body() -> impl Iterator<Item = &'static Action> {
    actions::ALL.into_iter().filter(|action| action.body_limit > 0)
}

/// Reliability 2.6: what is no JSON.
#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let scene = Scene::new().await;
    for action in with_body() {
        let request = valid(&scene, action);
        let text = String::from_utf8(request.body.clone()).unwrap();
        let mut broken: Vec<Vec<u8>> = [
            "{",
            "{'a': 1}",
            "{\"a\": 1,}",
            "nul",
            "\u{feff}{}",
            "{\"a\": \"\\ud800\"}",
            "{\"\\udc00\": 1}",
            "{\"a\": 1e999}",
            "{\"a\": NaN}",
            "\0",
        ]
        .map(|text| text.as_bytes().to_vec())
        .to_vec();
        broken.extend([
            b"{\"a\": \"\xff\"}".to_vec(),
            b"{\"a\": \"\xed\xa0\x80\"}".to_vec(),
            format!("{text}{text}").into(),
            text[1..].into(),
        ]);
        broken.extend([("[", "]"), ("{\"a\":", "}")].map(|(open, shut)| format!("{}1{}", open.repeat(5_000), shut.repeat(5_000)).into()));
        let cases: Vec<_> = broken.into_iter().map(|body| (shown(&body), request.saying(body))).collect();
        scene.refuses(action, &cases, |case, answer| is(case, answer, 400, "malformed_json")).await;
    }
}

/// Reliability 2.6: JSON, but no object.
#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let scene = Scene::new().await;
    for action in with_body() {
        let request = valid(&scene, action);
        let bodies = ["[]", "[{}]", "\"text\"", "7", "-0.5", "true"];
        let cases: Vec<_> = bodies.into_iter().map(|body| (body.to_owned(), request.saying(body))).collect();
        scene
            .refuses(action, &cases, |case, answer| {
                is(case, answer, 422, "invalid_fields");
                answer.names_fields(&[("", "wrong_type")]);
            })
            .await;
    }
}

/// Reliability 2.6: too large, and of another media type.
#[tokio::test]
async fn a_body_that_is_too_large_or_of_another_media_type_is_refused() {
    let scene = Scene::new().await;
    for action in with_any_body() {
        let request = valid(&scene, action);
        let mut large = request.body.clone();
        large.resize(action.body_limit + 1, b' ');
        let cases = [("a byte too much".to_owned(), request.saying(large))];
        scene.refuses(action, &cases, |case, answer| is(case, answer, 413, "body_too_large")).await;
        let types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""];
        let mut cases: Vec<_> = types
            .into_iter()
            .map(|media_type| (media_type.to_owned(), Request { media_type: Some(media_type), ..request.clone() }))
            .collect();
        cases.push(("no media type".to_owned(), Request { media_type: None, ..request.clone() }));
        scene.refuses(action, &cases, |case, answer| is(case, answer, 415, "unsupported_media_type")).await;
    }
}

/// A question has no body: what comes along is refused, whatever it is.
#[tokio::test]
async fn what_takes_no_body_refuses_one() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| action.body_limit == 0) {
        let request = Request { media_type: Some("application/json"), ..valid(&scene, action) };
        let cases = [("an object".to_owned(), request.saying("{}"))];
        scene.refuses(action, &cases, |case, answer| is(case, answer, 413, "body_too_large")).await;
    }
}

/// Reliability 2.6: every value of the form in turn is made something that it cannot be.
#[tokio::test]
async fn values_that_no_field_can_have_are_refused_and_break_nothing() {
    let scene = Scene::new().await;
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    for action in with_body() {
        let request = valid(&scene, action);
        let body = request.json();
        let mut cases = Vec::new();
        for pointer in leaves(&body, "").into_iter().filter(|pointer| !is_row(pointer)) {
            let odd = [
                json!("\u{0}\u{7}"),
                json!({ "$ne": null }),
                json!([[]]),
                deep.clone(),
                json!(-1e300),
                json!("x".repeat(100_000)),
                json!("\u{202e}\u{7f}"),
            ];
            for value in odd {
                if BLANKS.contains(&action.name) && value.as_str().is_some_and(is_blank) {
                    continue;
                }
                let case = format!("{pointer} {}", shown(value.to_string().as_bytes()));
                cases.push((case, request.saying(replaced(&body, &pointer, value).to_string())));
            }
        }
        let judge = |case: &str, answer: &Answer| assert!((400..500).contains(&answer.status), "{case}: {} {}", answer.status, answer.text);
        scene.refuses(action, &cases, judge).await;
    }
}

/// Domain 4.1: control characters are stripped from what people write. Nothing else takes them, nothing breaks, none is kept.
#[tokio::test]
async fn no_nul_is_ever_kept() {
    let scene = Scene::new().await;
    for action in with_body() {
        let request = valid(&scene, action);
        let body = request.json();
        for pointer in leaves(&body, "") {
            let Some(text) = body.pointer(&pointer).and_then(Value::as_str) else { continue };
            let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
            let body = replaced(&body, &pointer, json!(format!("{first}\u{0}{rest}")));
            let key = request.key.as_ref().map(|_| scene.world.new_key());
            let answer = scene.sends(&Request { key, ..request.saying(body.to_string()) }).await;
            assert!(answer.status < 500, "{} {pointer}: {} {}", action.name, answer.status, answer.text);
            assert!(!answer.text.contains("\\u0000") || answer.status == 200 && is_row(&pointer), "{}", answer.text);
        }
    }
    let kept = |text: &String| text.contains('\u{0}') || text.contains("\\u0000");
    for (key, item) in scene.world.dump().await {
        // The answer to a batch of unknown references says each of them, as it was asked.
        let ours = !key.0.starts_with("IDEMPOTENCY#");
        assert!(!ours || !item.values().any(kept), "{key:?} holds {item:?}");
    }
}

/// A field that is there twice counts as it is said last, as everybody reads JSON here; the first does not hide what is wrong with it.
#[tokio::test]
async fn a_field_that_is_said_twice_is_judged_by_the_last() {
    let scene = Scene::new().await;
    for action in with_body() {
        let request = valid(&scene, action);
        let text = String::from_utf8(request.body.clone()).unwrap();
        let body = request.json();
        let names = body.as_object().unwrap().keys();
        let comma = if text == "{}" { "" } else { "," };
        let twice = |name: &str| format!("{}{comma}\"{name}\":[[]]}}", &text[..text.len() - 1]);
        let mut cases: Vec<_> = names.map(|name| (format!("{name} twice"), request.saying(twice(name)))).collect();
        cases.push(("an unknown field twice".to_owned(), request.saying(twice("other\":1,\"other"))));
        scene.refuses(action, &cases, |case, answer| is(case, answer, 422, "invalid_fields")).await;
    }
}

/// References are opaque: what nobody gave out is not on the list, and the answer says so of each row.
#[tokio::test]
async fn references_that_nobody_gave_out_name_no_one() {
    let scene = Scene::new().await;
    for action in with_body() {
        let request = valid(&scene, action);
        let body = request.json();
        let Some(rows) = ROWS.into_iter().find(|rows| body.pointer(rows).is_some()) else { continue };
        for odd in ["a\u{0}b", "..", "EMPLOYER#e1", "\u{202e}", scene.pending.id.as_str()] {
            let body = replaced(&body, &format!("{rows}/0"), json!(odd));
            let answer = scene.sends(&Request { key: Some(scene.world.new_key()), ..request.saying(body.to_string()) }).await.with(200);
            assert!(["sent", "removed", "requested"].iter().any(|done| answer[done] == 0), "{} of {odd:?}: {answer}", action.name);
        }
    }
}

#[track_caller]
fn is(case: &str, answer: &Answer, status: u16, slug: &str) {
    assert_eq!(answer.status, status, "{case}: {}", answer.text);
    answer.is_problem(status, slug);
}

fn shown(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(40).collect()
}

/// Pointers to everything that is no object and no list.
fn leaves(value: &Value, pointer: &str) -> Vec<String> {
    match value {
        Value::Object(object) => object.iter().flat_map(|(name, value)| leaves(value, &format!("{pointer}/{name}"))).collect(),
        Value::Array(list) => list.iter().enumerate().flat_map(|(i, value)| leaves(value, &format!("{pointer}/{i}"))).collect(),
        _ => vec![pointer.to_owned()],
    }
}

fn replaced(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}
