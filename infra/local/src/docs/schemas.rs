//! Schemas as tables: what a value is in a few words, and what an object holds field by field.

use super::{list, marked, members, text};
use maud::{Markup, html};
use serde_json::Value;

/// More words than these are told at the schema's own place.
const MOST_WORDS: usize = 12;

/// A named schema with all that it says.
pub(super) fn component(name: &str, schema: &Value) -> Markup {
    html! {
        details.schema id={ "schema-" (name) } open[is_object(schema)] {
            summary { code { (name) } " " small { (marked(text(schema, "description"))) } }
            @if is_object(schema) { (field_rows(schema)) } @else { p { (kind(schema)) } (words(schema)) }
        }
    }
}

fn is_object(schema: &Value) -> bool {
    schema.get("properties").is_some() || variants(schema).iter().any(|variant| variant.get("properties").is_some())
}

fn variants(schema: &Value) -> &[Value] {
    let one = list(schema, "oneOf");
    if one.is_empty() { list(schema, "anyOf") } else { one }
}

/// The words of an enumeration, each with what it means.
fn words(schema: &Value) -> Markup {
    let meanings = schema.get("x-enumDescriptions");
    html! {
        @if let Some(meanings) = meanings {
            p.words { @for word in list(schema, "enum").iter().filter_map(Value::as_str) { span { code { (word) } " " (text(meanings, word)) } " " } }
        }
    }
}

/// The fields of an object, variant by variant.
pub(super) fn field_rows(schema: &Value) -> Markup {
    let several = variants(schema);
    html! {
        @if several.is_empty() { (table(schema)) }
        @for (i, variant) in several.iter().enumerate() {
            @if i > 0 { p.or { "或 or" } }
            @if variant.get("properties").is_some() { (table(variant)) } @else { p { (kind(variant)) } }
        }
    }
}

fn table(schema: &Value) -> Markup {
    let required = list(schema, "required");
    let is_required = |name: &str| required.iter().any(|known| known == name);
    let says_something = |field: &Value| field.as_object().is_some_and(|field| field.keys().any(|keyword| keyword != "description"));
    let (mut fields, unread): (Vec<(&String, &Value)>, Vec<_>) =
        members(schema, "properties").partition(|(_, field)| says_something(field));
    // What must be there comes first, in the order in which it is read.
    fields.sort_by_key(|(name, _)| required.iter().position(|known| known == name.as_str()).unwrap_or(required.len()));
    html! {
        @if fields.is_empty() { p { small { "{} 空 nothing" } } }
        table { tbody {
            @for (name, field) in fields {
                tr {
                    th { code { (name) } @if is_required(name) { span.must title="必有 always there" { "*" } } }
                    td { (kind(field)) @if !text(field, "description").is_empty() { br; (marked(text(field, "description"))) } }
                }
            }
            @if !unread.is_empty() {
                tr { th { small { "可带 may come along" } } td { @for (name, _) in unread { code { (name) } " " } } }
            }
        } }
    }
}

/// What a value is, in a few words.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|pointer| pointer.rsplit('/').next()) {
        return html! { a.kind href={ "#schema-" (name) } { (name) } };
    }
    let several = variants(schema);
    if !several.is_empty() {
        return html! { @for (i, variant) in several.iter().enumerate() { @if i > 0 { " | " } (kind(variant)) } };
    }
    if let Some(word) = schema.get("const") {
        return html! { span.kind { (word) } };
    }
    let all = list(schema, "enum");
    if !all.is_empty() {
        let shown = all.iter().take(MOST_WORDS).map(|word| word.to_string().trim_matches('"').to_owned()).collect::<Vec<_>>().join(" | ");
        return html! { span.kind { (shown) @if all.len() > MOST_WORDS { " | …" } } };
    }
    if let Some(items) = schema.get("items") {
        return html! { span.kind { "[" } (kind(items)) span.kind { "]" } (limits(schema)) };
    }
    let joined = |several: &Vec<Value>| several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ");
    let types = schema.get("type").map(|types| types.as_array().map_or_else(|| types.as_str().unwrap_or_default().to_owned(), joined));
    html! { span.kind { (types.unwrap_or_else(|| "任意 anything".to_owned())) } (limits(schema)) }
}

/// Format and bounds.
fn limits(schema: &Value) -> Markup {
    let bounds = [("minimum", "≥ "), ("maximum", "≤ "), ("maxLength", "≤ "), ("maxItems", "≤ ")];
    let shown = bounds.into_iter().filter_map(|(keyword, sign)| Some(format!("{sign}{}", schema.get(keyword)?)));
    let told: Vec<String> = Some(text(schema, "format").to_owned()).into_iter().filter(|format| !format.is_empty()).chain(shown).collect();
    html! { @if !told.is_empty() { " " small { (told.join(", ")) } } }
}

/// A value as JSON, folded away.
pub(super) fn example(title: &str, value: &Value) -> Markup {
    html! { details.example { summary { (title) } pre { (serde_json::to_string_pretty(value).unwrap_or_default()) } } }
}
