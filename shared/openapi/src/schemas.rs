//! JSON Schema of what requests' readers have told, and the last touches to what the answers' types say.

use crate::words;
use api::describe::{FieldShape, Holds, Kind, List, Need, Shape};
use serde_json::{Map, Value, json};

/// Where named schemas stand.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// Named schemas of a body, while it is described.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub(crate) schemas: Map<String, Value>,
}

/// Which body an object is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Of<'a> {
    /// The action, as `AcceptInvitation`.
    pub(crate) action: &'a str,
    /// Whether anything of it may be missing.
    pub(crate) in_part: bool,
}

/// A reference to a named schema.
pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{SCHEMAS}{name}") })
}

impl Named {
    /// Names a schema after its field. One of the same name that says something else keeps the name; this one gets a longer one.
    fn name(&mut self, field: &str, of: Of<'_>, schema: Value) -> Value {
        let inner = words::pascal(field);
        let name = if of.in_part { format!("Draft{inner}Input") } else { format!("{inner}Input") };
        let known = self.schemas.get(&name).is_none_or(|known| *known == schema);
        let name = if known { name } else { format!("{}{inner}Input", of.action) };
        let refers = reference(&name);
        self.schemas.insert(name, schema);
        refers
    }

    /// The schema of an object. Objects in it have names of their own.
    pub(crate) fn object(&mut self, shape: &Shape, of: Of<'_>) -> Value {
        let mut variants: Vec<Value> = shape.variants.iter().map(|fields| self.fields(fields, of)).collect();
        match variants.len() {
            0 => json!({ "type": "object", "additionalProperties": false }),
            1 => variants.remove(0),
            // Where anything may be missing, the word that decides may be too, and two variants may fit.
            _ if of.in_part => json!({ "type": "object", "anyOf": variants }),
            _ => json!({ "type": "object", "oneOf": variants }),
        }
    }

    fn fields(&mut self, fields: &[FieldShape], of: Of<'_>) -> Value {
        let properties: Map<String, Value> = fields.iter().map(|field| (field.name.to_owned(), self.field(field, of))).collect();
        let required: Vec<&str> = fields.iter().filter(|field| field.need == Need::Required).map(|field| field.name).collect();
        let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
        if let Some(members) = object.as_object_mut().filter(|_| !required.is_empty()) {
            members.insert("required".to_owned(), json!(required));
        }
        object
    }

    fn field(&mut self, field: &FieldShape, of: Of<'_>) -> Value {
        let schema = match &field.holds {
            Holds::One(kind) => kind_schema(kind),
            Holds::Object(shape) => {
                let schema = self.object(shape, of);
                let described = with(schema, &[("description", words::field(field.name).into())]);
                self.name(field.name, of, described)
            }
        };
        let schema = match field.need {
            Need::Required => schema,
            Need::Optional => or_null(schema),
            Need::Blank => json!({ "anyOf": [schema, reference("Blank")] }),
            Need::Ignored => json!({}),
        };
        let says = if field.need == Need::Ignored { words::IGNORED } else { words::field(field.name) };
        with(schema, &[("description", says.into())])
    }
}

/// Nothing: null, or a text of blanks.
pub(crate) fn blank() -> Value {
    json!({ "type": ["string", "null"], "pattern": "^\\s*$", "description": "空: null or blank says nothing, as if the field were absent." })
}

/// The schema with more keywords. One that is nothing but a reference keeps what it refers to.
pub(crate) fn with(mut schema: Value, keywords: &[(&str, Value)]) -> Value {
    if let Some(members) = schema.as_object_mut() {
        for (keyword, value) in keywords.iter().filter(|(_, value)| *value != "") {
            members.insert((*keyword).to_owned(), value.clone());
        }
    }
    schema
}

fn or_null(schema: Value) -> Value {
    if schema == json!({ "type": "null" }) {
        return schema;
    }
    match schema.get("type").and_then(Value::as_str).filter(|_| schema.get("enum").is_none() && schema.get("const").is_none()) {
        Some(kind) => {
            let kinds = json!([kind, "null"]);
            with(schema, &[("type", kinds)])
        }
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// The schema of a value.
pub(crate) fn kind_schema(kind: &Kind) -> Value {
    match kind {
        Kind::Value(name) => reference(name),
        Kind::Text(max) => json!({ "type": "string", "minLength": 1, "maxLength": max, "pattern": "\\S" }),
        Kind::Words(words) => match words.as_slice() {
            [word] => json!({ "type": "string", "const": word }),
            words => json!({ "type": "string", "enum": words }),
        },
        Kind::Whole(min, max) if *max == i64::MAX => json!({ "type": "integer", "format": "int64", "minimum": min }),
        Kind::Whole(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Ticked => json!({ "type": "boolean", "const": true }),
        Kind::Form(pattern, max) => match *pattern {
            "^.*$" => json!({ "type": "string", "maxLength": max }),
            "^.+$" => json!({ "type": "string", "minLength": 1, "maxLength": max }),
            pattern => json!({ "type": "string", "pattern": pattern, "maxLength": max }),
        },
        Kind::List(list) => list_schema(list),
        Kind::OrEmpty(kind) => json!({ "anyOf": [kind_schema(kind), { "type": "string", "const": "" }] }),
        Kind::Null => json!({ "type": "null" }),
    }
}

fn list_schema(list: &List) -> Value {
    let mut schema = json!({ "type": "array", "items": kind_schema(&list.of) });
    if let Some(members) = schema.as_object_mut() {
        if list.min > 0 {
            members.insert("minItems".to_owned(), list.min.into());
        }
        if let Some(max) = list.max {
            members.insert("maxItems".to_owned(), max.into());
        }
        if list.distinct {
            members.insert("uniqueItems".to_owned(), true.into());
        }
    }
    schema
}

/// A field of an answer that may be absent is absent where another would be null: never both.
pub(crate) fn absent_or_there(schema: &mut Value) {
    if let Value::Array(entries) = schema {
        entries.iter_mut().for_each(absent_or_there);
    }
    let Some(members) = schema.as_object_mut() else { return };
    members.values_mut().for_each(absent_or_there);
    let required = members.get("required").cloned().unwrap_or_default();
    let always = |name: &str| required.as_array().is_some_and(|required| required.iter().any(|known| known == name));
    let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !always(name)) {
        never_null(property);
    }
}

fn never_null(property: &mut Value) {
    let Some(members) = property.as_object_mut() else { return };
    if let Some(kind) = members.get("type").and_then(Value::as_array).and_then(|kinds| kinds.iter().find(|kind| *kind != "null")).cloned() {
        members.insert("type".to_owned(), kind);
    }
    let something = |variant: &&Value| **variant != json!({ "type": "null" });
    let variants = members.get("anyOf").and_then(Value::as_array).map(|any| any.iter().filter(something).cloned().collect::<Vec<_>>());
    if let Some([Value::Object(only)]) = variants.as_deref() {
        let only = only.clone();
        members.remove("anyOf");
        members.extend(only);
    }
}

/// What types say of themselves, in the words of OpenAPI: formats that nobody else knows go, sets of words are enumerations, and nothing
/// is required twice. A line of a comment ends where the file's lines end.
pub(crate) fn polish(schema: &mut Value) {
    match schema {
        Value::Array(entries) => entries.iter_mut().for_each(polish),
        Value::Object(members) => {
            members.values_mut().for_each(polish);
            let ours = |format: &Value| format.as_str().is_some_and(|format| format.starts_with("uint"));
            if members.get("format").is_some_and(ours) {
                members.remove("format");
            }
            if let Some(Value::Array(required)) = members.get_mut("required") {
                let mut seen = std::collections::BTreeSet::new();
                required.retain(|name| name.as_str().is_none_or(|name| seen.insert(name.to_owned())));
            }
            if let Some(Value::String(text)) = members.get_mut("description") {
                *text = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n");
            }
            enumerate(members);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `oneOf` constants, each with its description, as one enumeration.
fn enumerate(members: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = members.get("oneOf") else { return };
    let word = |variant: &Value| variant.get("const").and_then(Value::as_str).map(str::to_owned);
    let Some(words) = variants.iter().map(word).collect::<Option<Vec<_>>>() else { return };
    let said = |variant: &Value| variant.get("description").cloned();
    let described: Map<String, Value> =
        words.iter().zip(variants).filter_map(|(word, variant)| Some((word.clone(), said(variant)?))).collect();
    members.remove("oneOf");
    members.insert("type".to_owned(), "string".into());
    members.insert("enum".to_owned(), json!(words));
    if !described.is_empty() {
        members.insert("x-enumDescriptions".to_owned(), described.into());
    }
}
