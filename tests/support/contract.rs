//! The published document, and whether an answer is what it says: every answer that a test gets is held to it.

use ::http::{HeaderMap, Method};
use api::{Action, Routed, route};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

/// The document as it is generated; that the committed one is the same, a test of the contract says.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);

/// The schemas, shut: an answer with a field that its schema does not name is refused here. Clients must bear new fields; we must name them.
static SHUT: LazyLock<Value> = LazyLock::new(|| {
    let mut components = DOCUMENT["components"].clone();
    shut(&mut components["schemas"]);
    components
});

type Compiled = HashMap<(&'static str, u16), Arc<Validator>>;
static COMPILED: LazyLock<Mutex<Compiled>> = LazyLock::new(Mutex::default);

fn shut(schema: &mut Value) {
    match schema {
        Value::Array(entries) => entries.iter_mut().for_each(shut),
        Value::Object(members) => {
            if members.contains_key("properties") && members.get("type") == Some(&json!("object")) {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(shut);
        }
        _ => {}
    }
}

/// The operation of an action.
pub(crate) fn operation(action: &Action) -> &'static Value {
    &DOCUMENT["paths"][action.path][action.method.as_str().to_ascii_lowercase()]
}

/// What a reference refers to, or the value itself.
pub(crate) fn resolved(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(pointer) => DOCUMENT.pointer(pointer.trim_start_matches('#')).unwrap_or_else(|| panic!("{pointer} refers to nothing")),
        None => value,
    }
}

/// A validator of this schema of the document.
pub(crate) fn validator(schema: &Value) -> Validator {
    let mut schema = schema.clone();
    schema["components"]["schemas"] = needed(&schema).into();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap_or_else(|error| panic!("{error} in the schema {schema}"))
}

/// The named schemas that this one refers to, by whatever way: the whole document would take a tenth of a second to compile each time.
fn needed(schema: &Value) -> Map<String, Value> {
    let (mut needed, mut open) = (Map::new(), vec![schema]);
    while let Some(value) = open.pop() {
        match value {
            Value::Array(entries) => open.extend(entries),
            Value::Object(members) => {
                let name = members.get("$ref").and_then(Value::as_str).and_then(|pointer| pointer.rsplit('/').next());
                if let Some(name) = name.filter(|name| !needed.contains_key(*name)) {
                    needed.insert(name.to_owned(), SHUT["schemas"][name].clone());
                    open.push(&SHUT["schemas"][name]);
                }
                open.extend(members.values());
            }
            _ => {}
        }
    }
    needed
}

/// The answer must be one that its operation names: status, media type, headers, and what its schema says.
pub(crate) fn check(method: &Method, target: &str, status: u16, headers: &HeaderMap, bytes: &[u8]) {
    let Routed::Found(action) = route(method, path(target)) else { return };
    let said = format!("{} answered {status}: {}", action.name, String::from_utf8_lossy(bytes));
    let response = &operation(action)["responses"][status.to_string()];
    assert!(response.is_object(), "the document names no such answer: {said}");
    let response = resolved(response);
    let media_type = headers["content-type"].to_str().unwrap();
    let content = &response["content"][media_type];
    assert!(content.is_object(), "the document names no {media_type}: {said}");
    if let Some(named) = response["x-problems"].as_array() {
        let problem: Value = serde_json::from_slice(bytes).unwrap();
        let slug = problem["type"].as_str().and_then(|urn| urn.rsplit(':').next()).unwrap_or_default();
        assert!(named.iter().any(|name| name == slug), "the document does not name the problem {slug}: {said}");
    }
    if let Some(named) = response["x-row-problems"].as_array() {
        let body: Value = serde_json::from_slice(bytes).unwrap();
        for row in body["rows"].as_array().into_iter().flatten() {
            let slug = row["problem"]["type"].as_str().and_then(|urn| urn.rsplit(':').next());
            assert!(slug.is_none_or(|slug| named.iter().any(|name| name == slug)), "the document does not name a row's problem: {said}");
        }
    }
    for (name, _) in response["headers"].as_object().into_iter().flatten() {
        let sometimes = ["Idempotency-Replayed", "Retry-After"].contains(&name.as_str());
        assert!(sometimes || headers.contains_key(name.as_str()), "no header {name}: {said}");
    }
    let announced = |name: &str| response["headers"].get(name).is_some();
    assert!(!headers.contains_key("idempotency-replayed") || announced("Idempotency-Replayed"), "{said}");
    assert!(!headers.contains_key("retry-after") || announced("Retry-After"), "{said}");
    if media_type.ends_with("json") {
        let body: Value = serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{error}: {said}"));
        let faults = faults(&compiled(action.name, status, &content["schema"]), &body);
        assert!(faults.is_empty(), "not as the document says: {faults}\n{said}");
    }
}

/// Compiled once for all tests of this process; the request's as of status 0.
fn compiled(action: &'static str, status: u16, schema: &Value) -> Arc<Validator> {
    let known = COMPILED.lock().unwrap().get(&(action, status)).cloned();
    known.unwrap_or_else(|| {
        let fresh = Arc::new(validator(schema));
        COMPILED.lock().unwrap().insert((action, status), fresh.clone());
        fresh
    })
}

/// What people type into a search is forgiven more than the document promises: full width, a country code, 届 behind a year.
const FORGIVING: [&str; 1] = ["find-student"];

/// A body that was taken must be one that the document takes.
pub(crate) fn check_taken(method: &Method, target: &str, sent: &[u8], status: u16) {
    let Routed::Found(action) = route(method, path(target)) else { return };
    let schema = &operation(action)["requestBody"]["content"]["application/json"]["schema"];
    let strict = !FORGIVING.contains(&action.name);
    if strict && (200..300).contains(&status) && !sent.is_empty() && !schema.is_null() {
        let body: Value = serde_json::from_slice(sent).unwrap();
        let faults = faults(&compiled(action.name, 0, schema), &body);
        assert!(faults.is_empty(), "{} takes what the document does not: {faults}\n{body}", action.name);
    }
}

fn path(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

fn faults(validator: &Validator, body: &Value) -> String {
    validator.iter_errors(body).map(|fault| format!("{fault} at {}", fault.instance_path())).collect::<Vec<_>>().join("; ")
}
