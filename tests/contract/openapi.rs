//! `infra/openapi.yaml`: the same as the table of actions, the requests' readers and the answers' types, both ways.

use super::requests::{example, taken, with_a_body};
use super::table::local_endpoints;
use super::workspace::text;
use crate::support::check_written;
use crate::support::contract::{DOCUMENT, operation, resolved, validator};
use api::actions::{self, Action, IdempotencyKey, Takes};
use api::{ProblemKind, Role};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

fn camel(name: &str) -> String {
    let words = name.split('-').enumerate();
    words.map(|(i, word)| if i == 0 { word.to_owned() } else { format!("{}{}", word[..1].to_uppercase(), &word[1..]) }).collect()
}

fn has_parameter(action: &Action, name: &str) -> Option<bool> {
    let parameters = operation(action)["parameters"].as_array().into_iter().flatten().map(resolved);
    parameters.filter(|parameter| parameter["name"] == name).map(|parameter| parameter["required"] == true).next()
}

#[test]
fn the_committed_document_is_the_one_that_the_code_writes() {
    check_written("../infra/openapi.yaml", &openapi::yaml(&DOCUMENT));
}

#[test]
fn every_action_is_an_operation_and_every_operation_an_action() {
    let mut written: Vec<_> = operations()
        .map(|(path, method, operation)| (path, method.to_uppercase(), operation["operationId"].as_str().unwrap().to_owned()))
        .collect();
    let mut table: Vec<_> = actions::ALL.iter().map(|action| (action.path, action.method.to_string(), camel(action.name))).collect();
    written.sort();
    table.sort();
    assert_eq!(written, table);
}

#[test]
fn an_operation_says_what_the_table_says() {
    for action in actions::ALL {
        let (name, operation) = (action.name, operation(action));
        let callers: Vec<_> = action.callers.iter().map(|role| role.as_str()).collect();
        assert_eq!(operation["x-callers"], json!(callers), "{name}");
        assert_eq!(operation["security"], if callers.is_empty() { json!([]) } else { json!([{ "bearer": [] }]) }, "{name}");
        assert!(operation["responses"][action.success.to_string()].is_object(), "{name}");
        let key = match action.idempotency {
            IdempotencyKey::Required => Some(true),
            IdempotencyKey::Optional => Some(false),
            IdempotencyKey::Unused => None,
        };
        assert_eq!(has_parameter(action, "Idempotency-Key"), key, "{name}");
        assert_eq!(has_parameter(action, "id"), action.path.contains("{id}").then_some(true), "{name}");
        assert_eq!(operation["requestBody"].is_object(), action.body_limit > 0, "{name}");
        let topics = DOCUMENT["tags"].as_array().unwrap();
        assert!(topics.iter().any(|topic| topic["name"] == operation["tags"][0]), "{name} has no topic");
        let (zh, en) = (operation["summary"].as_str().unwrap(), operation["description"].as_str().unwrap());
        assert!(!zh.is_ascii() && en.is_ascii() && en.ends_with('.') && en.len() > 10, "{name}: {zh}, {en}");
    }
    assert_eq!(Role::ALL.len(), 4);
}

#[test]
fn an_operation_describes_the_types_that_its_handler_has() {
    // The bundle describes itself in words, and is described in another type; answers are held to that.
    let plain = |name: &str| name.replace("evidence::bundle::Bundle", "_").replace("openapi::bundle::BundleView", "_");
    let mut rows: Vec<_> = openapi::ROWS.iter().map(|row| (row.action.name, plain((row.request)()), plain((row.answer)()))).collect();
    let endpoints = local_endpoints();
    let mut handlers: Vec<_> =
        endpoints.iter().map(|endpoint| (endpoint.action().name, plain(endpoint.types().0), plain(endpoint.types().1))).collect();
    rows.sort();
    handlers.sort();
    assert_eq!(rows, handlers);
}

#[test]
fn every_problem_is_some_operations_and_told_as_in_the_catalogue() {
    let examples = DOCUMENT["components"]["examples"].as_object().unwrap();
    let mut named = BTreeSet::new();
    for (_, response) in DOCUMENT["components"]["responses"].as_object().unwrap() {
        named.extend(response["x-problems"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()));
    }
    for (.., operation) in operations() {
        let success = operation["responses"].as_object().unwrap().values();
        named.extend(
            success.flat_map(|response| response["x-row-problems"].as_array().into_iter().flatten()).map(|name| name.as_str().unwrap()),
        );
    }
    // The answer to what is no operation, and what only workers are told.
    let of_none = [ProblemKind::MethodNotAllowed, ProblemKind::JobEnded, ProblemKind::NotYetDue];
    let catalogue = DOCUMENT["x-problem-catalogue"].as_array().unwrap();
    assert_eq!(catalogue.len(), ProblemKind::ALL.len());
    for kind in ProblemKind::ALL {
        assert_eq!(named.contains(kind.slug()), !of_none.contains(kind), "{}", kind.slug());
        let entry = catalogue.iter().find(|entry| entry["slug"] == kind.slug()).unwrap();
        assert_eq!((&entry["status"], &entry["title"], &entry["title_en"]), (&json!(kind.status()), &json!(kind.zh()), &json!(kind.en())));
        let Some(example) = examples.get(kind.slug()) else { continue };
        assert_eq!(example["value"]["type"], kind.urn());
        assert_eq!((&example["value"]["title"], &example["value"]["title_en"]), (&json!(kind.zh()), &json!(kind.en())));
        assert_eq!(example["value"]["retryable"], kind.retryable());
    }
}

#[test]
fn whatever_is_referred_to_is_there_and_whatever_is_named_is_referred_to() {
    let mut referred = BTreeSet::new();
    collect(&DOCUMENT, &mut referred);
    for pointer in &referred {
        assert!(DOCUMENT.pointer(pointer.trim_start_matches('#')).is_some(), "{pointer} refers to nothing");
    }
    for kind in ["schemas", "responses", "parameters", "headers", "examples"] {
        for (name, _) in DOCUMENT["components"][kind].as_object().unwrap() {
            assert!(referred.contains(&format!("#/components/{kind}/{name}")), "nobody refers to {kind}/{name}");
            assert!(!name.ends_with(|c: char| c.is_ascii_digit()) || name == "Sha256", "{kind}/{name}: two types of one name?");
        }
    }
}

fn collect(value: &Value, referred: &mut BTreeSet<String>) {
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| collect(entry, referred)),
        Value::Object(members) => {
            referred.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, referred));
        }
        _ => {}
    }
}

#[test]
fn every_link_leads_to_an_operation_that_takes_what_it_brings() {
    let mut links = 0;
    for (_, _, from) in operations() {
        for (_, response) in from["responses"].as_object().unwrap() {
            for (name, link) in response["links"].as_object().into_iter().flatten() {
                let to = operations().map(|(.., operation)| operation).find(|operation| operation["operationId"] == link["operationId"]);
                let to = to.unwrap_or_else(|| panic!("{name} leads nowhere"));
                let answer = &response["content"]["application/json"]["schema"];
                for (_, expression) in link["parameters"].as_object().into_iter().flatten() {
                    gives(answer, expression.as_str().unwrap(), name);
                }
                let takes = resolved(&to["requestBody"]["content"]["application/json"]["schema"]);
                for (field, brought) in link["requestBody"].as_object().into_iter().flatten() {
                    assert!(fields(takes).contains(field.as_str()), "{name}: {field}");
                    let brought = brought.as_str().or_else(|| brought[0].as_str()).unwrap();
                    gives(answer, brought, name);
                }
                links += 1;
            }
        }
    }
    assert!(links > 30, "{links}");
}

/// The answer has such a field.
fn gives(answer: &'static Value, expression: &str, link: &str) {
    let mut schema = resolved(answer);
    for step in expression.strip_prefix("$response.body#/").unwrap().split('/') {
        let next = if step.parse::<usize>().is_ok() { &schema["items"] } else { &schema["properties"][step] };
        assert!(next.is_object(), "{link}: no {step} of {expression}");
        schema = resolved(next);
    }
}

/// Every field of an object, in whichever variant.
fn fields(schema: &Value) -> BTreeSet<&str> {
    let variants = schema["oneOf"].as_array().map_or_else(|| vec![schema], |variants| variants.iter().collect());
    variants
        .into_iter()
        .flat_map(|variant| variant["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()))
        .collect()
}

#[test]
fn every_field_and_parameter_is_described() {
    for (path, method, operation) in operations() {
        for parameter in operation["parameters"].as_array().into_iter().flatten().map(resolved) {
            assert!(parameter["description"].as_str().is_some_and(|text| text.len() > 5), "{method} {path}: {parameter}");
        }
    }
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        let ours = name.ends_with("Request") || name.ends_with("Input");
        let variants = schema["oneOf"].as_array().map_or_else(|| vec![schema], |variants| variants.iter().collect());
        for (field, schema) in variants.iter().filter(|_| ours).flat_map(|variant| variant["properties"].as_object().into_iter().flatten())
        {
            assert!(schema["description"].as_str().is_some_and(|text| text.len() > 5), "{name}.{field}");
        }
    }
}

fn request_schema(action: &Action) -> &'static Value {
    &operation(action)["requestBody"]["content"]["application/json"]["schema"]
}

#[test]
fn every_example_is_what_its_schema_says_and_what_the_document_shows() {
    for action in with_a_body() {
        let validator = validator(request_schema(action));
        let faults: Vec<_> = validator.iter_errors(&example(action)).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", action.name);
        let shown = &operation(action)["requestBody"]["content"]["application/json"]["example"];
        assert!(validator.is_valid(shown), "{}: {shown}", action.name);
    }
}

/// Schema and reader are one: whatever is taken away that one of them wants, the other wants too.
#[test]
fn what_an_example_cannot_do_without_neither_schema_nor_reader_does() {
    let mut needed = 0;
    for action in with_a_body() {
        let validator = validator(request_schema(action));
        let whole = example(action);
        for pointer in pointers(&whole) {
            let mut without = whole.clone();
            take_away(&mut without, &pointer);
            let (by_schema, by_reader) = (validator.is_valid(&without), taken(action, without.clone()).is_ok());
            assert_eq!(by_schema, by_reader, "{} without {pointer}: {without}", action.name);
            needed += usize::from(!by_schema);
        }
    }
    assert!(needed > 80, "{needed}");
}

/// Whatever one of them refuses of these, the other refuses: a wrong type, nothing, an unknown word, a field too many.
#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let mut tried = 0;
    for action in with_a_body() {
        let validator = validator(request_schema(action));
        let whole = example(action);
        for pointer in pointers(&whole) {
            for wrong in [
                json!(null),
                json!(""),
                json!(" "),
                json!("×"),
                json!(-1),
                json!(1.5),
                json!(true),
                json!(false),
                json!([]),
                json!({}),
                json!({ "no": 1 }),
            ] {
                let mut other = whole.clone();
                *other.pointer_mut(&pointer).unwrap() = wrong.clone();
                let (by_schema, by_reader) = (validator.is_valid(&other), taken(action, other.clone()).is_ok());
                assert!(by_schema || !by_reader, "{}: the schema refuses {wrong} at {pointer}, the reader does not", action.name);
                // What no schema can know: check characters, dates, what the typeface can print.
                assert!(
                    !by_schema || by_reader || wrong == "×",
                    "{}: the reader refuses {wrong} at {pointer}, the schema does not",
                    action.name
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 1000, "{tried}");
}

fn pointers(value: &Value) -> Vec<String> {
    let Some(members) = value.as_object() else { return Vec::new() };
    let inner = members.iter().flat_map(|(name, member)| {
        let below = pointers(member).into_iter().map(move |pointer| format!("/{name}{pointer}"));
        std::iter::once(format!("/{name}")).chain(below)
    });
    inner.collect()
}

fn take_away(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).and_then(Value::as_object_mut).and_then(|members: &mut Map<String, Value>| members.remove(name)).unwrap();
}

#[test]
fn a_spreadsheet_is_taken_as_what_it_is() {
    for action in actions::ALL.into_iter().filter(|action| action.takes == Takes::Xlsx) {
        assert!(operation(action)["requestBody"]["content"][Takes::Xlsx.media_type()].is_object(), "{}", action.name);
    }
    assert!(text("README.md").contains("infra/openapi.yaml"));
}
