//! Writes a document as YAML that people can read: block style, keys of OpenAPI in their customary order, all others by name.

use serde_json::{Map, Value};

/// Keys that come first, in this order.
const FIRST: [&str; 60] = [
    "openapi",
    "jsonSchemaDialect",
    "info",
    "title",
    "version",
    "name",
    "in",
    "summary",
    "operationId",
    "tags",
    "description",
    "license",
    "identifier",
    "servers",
    "url",
    "security",
    "x-callers",
    "x-body-limit",
    "get",
    "post",
    "put",
    "$ref",
    "required",
    "type",
    "format",
    "const",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "uniqueItems",
    "default",
    "items",
    "additionalProperties",
    "properties",
    "oneOf",
    "anyOf",
    "allOf",
    "status",
    "title_en",
    "retryable",
    "schema",
    "example",
    "examples",
    "value",
    "parameters",
    "requestBody",
    "x-problems",
    "headers",
    "content",
    "links",
    "responses",
    "paths",
    "components",
    "schemas",
    "x-enumDescriptions",
];

/// Writes the document.
#[must_use]
pub fn yaml(document: &Value) -> String {
    let mut text = String::new();
    block(document, 0, &mut text);
    text
}

fn block(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(members) => mapping(members, depth, text),
        Value::Array(entries) => {
            for entry in entries {
                indent(depth, text);
                text.push('-');
                // The first key of an object stands beside the dash; what follows is indented as far.
                if is_block(entry) {
                    let mut inner = String::new();
                    block(entry, depth + 1, &mut inner);
                    text.push(' ');
                    text.push_str(inner.trim_start_matches(' '));
                } else {
                    after(entry, text);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => after(value, text),
    }
}

fn mapping(members: &Map<String, Value>, depth: usize, text: &mut String) {
    let place = |key: &str| FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len());
    // Below these, keys are names of our own, in the order of their letters.
    let mut keys: Vec<&String> = members.keys().collect();
    keys.sort_by_key(|key| (place(key), *key));
    for key in keys {
        let Some(member) = members.get(key) else { continue };
        indent(depth, text);
        text.push_str(&scalar(key));
        text.push(':');
        if is_block(member) {
            text.push('\n');
            block(member, depth + 1, text);
        } else {
            after(member, text);
        }
    }
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(entries) => !entries.is_empty() && !fits(entries),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether a list of plain values fits on a line.
fn fits(entries: &[Value]) -> bool {
    entries.iter().all(|entry| !entry.is_object() && !entry.is_array()) && line(entries).len() <= 120
}

fn line(entries: &[Value]) -> String {
    // A comma would end an entry.
    let entry = |entry: &Value| if entry.as_str().is_some_and(|text| text.contains(',')) { entry.to_string() } else { plain(entry) };
    entries.iter().map(entry).collect::<Vec<_>>().join(", ")
}

fn after(value: &Value, text: &mut String) {
    text.push(' ');
    match value {
        Value::Array(entries) => text.extend(["[", &line(entries), "]"]),
        Value::Object(_) => text.push_str("{}"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => text.push_str(&plain(value)),
    }
    text.push('\n');
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), scalar)
}

/// A text without quotes where nobody could take it for anything else; otherwise quoted as in JSON, which YAML reads alike.
fn scalar(text: &str) -> String {
    let letter =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '{' | '}') || ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let meant = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    let spaced =
        text.split(' ').all(|part| !part.is_empty() && part.chars().all(|c| letter(c) || matches!(c, ',' | ';' | '\'' | '(' | ')')));
    if word && spaced && !meant && !text.contains(['{', '}']) || text.starts_with('/') && text.chars().all(letter) {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

fn indent(depth: usize, text: &mut String) {
    text.extend(std::iter::repeat_n("  ", depth));
}
