//! One operation: an action as OpenAPI tells it.

use crate::links::links;
use crate::problems::{problems, row_problems};
use crate::rows::Row;
use crate::schemas::{Named, Of, kind_schema, reference, with};
use crate::words;
use api::actions::{Action, IdempotencyKey, Role, Takes};
use api::describe::{Described, Parameter, PathId};
use api::problems::ProblemKind;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Answers that several operations give.
#[derive(Debug, Default)]
pub(crate) struct NamedResponses {
    pub(crate) responses: Map<String, Value>,
    /// The problems in them.
    pub(crate) kinds: BTreeSet<ProblemKind>,
}

/// The operation of a row.
pub(crate) fn operation(row: &Row, generator: &mut SchemaGenerator, named: &mut Named, shared: &mut NamedResponses) -> Value {
    let (action, described) = (row.action, (row.describe)());
    let (zh, en) = action.summary.split_once(": ").unwrap_or((action.summary, ""));
    let mut operation = json!({
        "operationId": words::camel(action.name),
        "tags": [words::topic(action)],
        "summary": zh,
        "description": format!("{}.", words::capital(en)),
        "x-callers": action.callers.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "security": if action.callers.is_empty() { json!([]) } else { json!([{ "bearer": [] }]) },
        "responses": responses(row, &described, generator, shared),
    });
    let parameters = parameters(action, &described);
    let body = request_body(row, &described, named);
    if let Some(members) = operation.as_object_mut() {
        if !parameters.is_empty() {
            members.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(body) = body {
            members.insert("requestBody".to_owned(), body);
            members.insert("x-body-limit".to_owned(), action.body_limit.into());
        }
    }
    operation
}

fn parameters(action: &Action, described: &Described) -> Vec<Value> {
    let key = match action.idempotency {
        IdempotencyKey::Required => Some("IdempotencyKey"),
        IdempotencyKey::Optional => Some("OptionalIdempotencyKey"),
        IdempotencyKey::Unused => None,
    };
    let key = key.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }));
    described.path.iter().map(in_path).chain(described.query.iter().map(in_query)).chain(key).collect()
}

fn in_path(id: &PathId) -> Value {
    let schema = match id.values {
        [value] => reference(value),
        values => json!({ "anyOf": values.iter().map(|value| reference(value)).collect::<Vec<_>>() }),
    };
    json!({ "name": "id", "in": "path", "required": true, "schema": schema, "example": id.example, "description": words::id(id) })
}

fn in_query(parameter: &Parameter) -> Value {
    let mut schema = kind_schema(&parameter.kind);
    if let (Some(members), Some(default)) = (schema.as_object_mut(), parameter.default) {
        members.insert("default".to_owned(), default.into());
    }
    json!({
        "name": parameter.name, "in": "query", "required": parameter.required, "schema": schema,
        "description": words::field(parameter.name),
    })
}

fn request_body(row: &Row, described: &Described, named: &mut Named) -> Option<Value> {
    let action = row.action;
    if action.takes == Takes::Xlsx {
        let content = json!({ action.takes.media_type(): { "schema": file(action.takes.media_type()) } });
        return Some(json!({ "required": true, "description": "The spreadsheet.", "content": content }));
    }
    let body = described.body.as_ref()?;
    let pascal = words::pascal(action.name);
    let schema = named.object(&body.shape, Of { action: &pascal, in_part: body.in_part });
    let name = format!("{pascal}Request");
    let says = format!("What {} takes.", words::camel(action.name));
    named.schemas.insert(name.clone(), with(schema, &[("description", says.into())]));
    let mut content = json!({ "schema": reference(&name) });
    let example = row.example.and_then(|text| serde_json::from_str::<Value>(text).ok());
    if let (Some(members), Some(mut example)) = (content.as_object_mut(), example) {
        fill(&mut example);
        members.insert("example".to_owned(), example);
    }
    Some(json!({ "required": !body.may_be_absent, "content": { action.takes.media_type(): content } }))
}

/// In the samples, texts in braces stand for what an earlier answer gave.
fn fill(value: &mut Value) {
    match value {
        Value::String(text) if text == "{preview_sha256}" => *text = "0".repeat(64),
        Value::String(text) if text == "{upload_id}" => "u00000000000000000001".clone_into(text),
        Value::String(text) if text.starts_with('{') && text.ends_with('}') => {
            *text = text.trim_matches(['{', '}']).replace('_', "-");
        }
        Value::Array(entries) => entries.iter_mut().for_each(fill),
        Value::Object(members) => members.values_mut().for_each(fill),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn file(media_type: &str) -> Value {
    json!({ "type": "string", "format": "binary", "contentMediaType": media_type })
}

fn responses(row: &Row, described: &Described, generator: &mut SchemaGenerator, shared: &mut NamedResponses) -> Map<String, Value> {
    let success = success(row, generator);
    let mut responses = Map::new();
    // Who is on the list already is told so by another status.
    if row.action.name == "add-candidate" {
        responses.insert("200".to_owned(), with(success.clone(), &[("description", "已在列表中: on the list already.".into())]));
    }
    responses.insert(row.action.success.to_string(), success);
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for kind in problems(row.action, described) {
        by_status.entry(kind.status()).or_default().push(kind);
    }
    for (status, kinds) in by_status {
        responses.insert(status.to_string(), shared.of(status, &kinds));
    }
    responses
}

fn success(row: &Row, generator: &mut SchemaGenerator) -> Value {
    let action = row.action;
    let mut headers = Map::new();
    let mut header = |name: &str, component: &str| {
        headers.insert(name.to_owned(), json!({ "$ref": format!("#/components/headers/{component}") }));
    };
    header("Cache-Control", "CacheControl");
    if action.idempotency != IdempotencyKey::Unused {
        header("Idempotency-Replayed", "IdempotencyReplayed");
    }
    let content = if row.answers_a_file() {
        header("Content-Disposition", "ContentDisposition");
        json!({ Takes::Xlsx.media_type(): { "schema": file(Takes::Xlsx.media_type()) } })
    } else {
        json!({ Takes::Json.media_type(): { "schema": (row.schema)(generator) } })
    };
    let says = match action.success {
        201 => "已创建: it is made.",
        202 => "已受理: it is under way.",
        _ => "成功: it is done, or here it is.",
    };
    let mut response = json!({ "description": says, "headers": headers, "content": content });
    let (links, of_rows) = (links(action.name), row_problems(action));
    if let Some(members) = response.as_object_mut() {
        if !links.is_empty() {
            members.insert("links".to_owned(), links.into());
        }
        if !of_rows.is_empty() {
            members.insert("x-row-problems".to_owned(), of_rows.iter().map(|kind| kind.slug()).collect::<Vec<_>>().into());
        }
    }
    response
}

impl NamedResponses {
    /// The answer with one of these problems, under the name of all of them.
    fn of(&mut self, status: u16, kinds: &[ProblemKind]) -> Value {
        let name = kinds.iter().map(|kind| words::pascal(&kind.slug().replace('_', "-"))).collect::<Vec<_>>().join("Or");
        self.kinds.extend(kinds);
        self.responses.entry(&name).or_insert_with(|| problem_response(status, kinds));
        json!({ "$ref": format!("#/components/responses/{name}") })
    }
}

fn problem_response(status: u16, kinds: &[ProblemKind]) -> Value {
    let told = kinds.iter().map(|kind| format!("`{}`: {} ({})", kind.slug(), kind.zh(), kind.en()));
    let types: Vec<String> = kinds.iter().map(|kind| kind.urn()).collect();
    let examples: Map<String, Value> =
        kinds.iter().map(|kind| (kind.slug().to_owned(), json!({ "$ref": format!("#/components/examples/{}", kind.slug()) }))).collect();
    let schema = json!({ "allOf": [
        reference("Problem"),
        { "type": "object", "properties": { "type": { "enum": types }, "status": { "const": status } } },
    ] });
    let mut headers = Map::new();
    if kinds.iter().any(|kind| kind.retryable()) {
        headers.insert("Retry-After".to_owned(), json!({ "$ref": "#/components/headers/RetryAfter" }));
    }
    if status == 401 {
        headers.insert("WWW-Authenticate".to_owned(), json!({ "$ref": "#/components/headers/WwwAuthenticate" }));
    }
    let mut response = json!({
        "description": told.collect::<Vec<_>>().join("\n\n"),
        "x-problems": kinds.iter().map(|kind| kind.slug()).collect::<Vec<_>>(),
        "content": { "application/problem+json": { "schema": schema, "examples": examples } },
    });
    if let Some(members) = response.as_object_mut().filter(|_| !headers.is_empty()) {
        members.insert("headers".to_owned(), headers.into());
    }
    response
}

/// Whether a role may call an action, as a word for people.
#[must_use]
pub fn caller_label(role: &str) -> &'static str {
    match Role::ALL.into_iter().find(|known| known.as_str() == role) {
        Some(Role::Student) => "毕业生",
        Some(Role::Employer) => "用人单位",
        Some(Role::College) => "学院",
        Some(Role::School) => "学校",
        None => "",
    }
}
