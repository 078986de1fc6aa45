//! The published document, and whether an answer is what it says: every answer that a test gets is held to it.

use ::http::{HeaderMap, Method};
use api::{Action, Routed, route};
use jsonschema::Validator;
use serde_json::{Value, json};
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
    schema["components"] = SHUT.clone();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap_or_else(|error| panic!("{error} in the schema {schema}"))
}

/// The answer must be one that its operation names: status, media type, headers, and what its schema says.
pub(crate) fn check(method: &Method, target: &str, status: u16, headers: &HeaderMap, bytes: &[u8]) {
    let path = target.split('?').next().unwrap_or_default();
    let Routed::Found(action) = route(method, path) else { return };
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
        let validator = compiled(action.name, status, &content["schema"]);
        let faults: Vec<_> = validator.iter_errors(&body).map(|fault| format!("{} at {}", fault, fault.instance_path())).collect();
        assert!(faults.is_empty(), "not as the document says: {}\n{said}", faults.join("; "));
    }
}

/// Compiled once for all tests of this process.
fn compiled(action: &'static str, status: u16, schema: &Value) -> Arc<Validator> {
    let known = COMPILED.lock().unwrap().get(&(action, status)).cloned();
    known.unwrap_or_else(|| {
        let fresh = Arc::new(validator(schema));
        COMPILED.lock().unwrap().insert((action, status), fresh.clone());
        fresh
    })
}

/// A body that was taken is one that the schema takes.
pub(crate) fn check_request(method: &Method, target: &str, status: u16, sent: &[u8]) {
    let path = target.split('?').next().unwrap_or_default();
    let Routed::Found(action) = route(method, path) else { return };
    let schema = &operation(action)["requestBody"]["content"]["application/json"]["schema"];
    if status >= 300 || sent.is_empty() || schema.is_null() {
        return;
    }
    let body: Value = serde_json::from_slice(sent).unwrap();
    let validator = compiled(action.name, 0, schema);
    let faults: Vec<_> = validator.iter_errors(&body).map(|fault| format!("{} at {}", fault, fault.instance_path())).collect();
    if !faults.is_empty() {
        use std::io::Write as _;
        let mut log = std::fs::OpenOptions::new().create(true).append(true).open("/tmp/request_deviations").unwrap();
        log.write_all(format!("{}: {}\n{body}\n---\n", action.name, faults.join("; ")).as_bytes()).unwrap();
    }
}
