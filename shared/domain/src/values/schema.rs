//! What values are in JSON Schema: the canonical form, which is shown. What is read may come with spaces, in full width or in small letters.

use schemars::Schema;
use serde_json::{Value, json};

/// A text of this form.
pub(crate) fn text(description: &str, pattern: &str) -> Schema {
    of(json!({ "type": "string", "description": description.trim(), "pattern": pattern }))
}

/// One of the codes of a table, each with its name.
pub(crate) fn code(description: &str, codes: impl Iterator<Item = (&'static str, &'static str)>) -> Schema {
    let names: serde_json::Map<String, Value> = codes.map(|(code, name)| (code.to_owned(), name.into())).collect();
    let codes: Vec<&String> = names.keys().collect();
    of(json!({ "type": "string", "description": description.trim(), "enum": codes, "x-enumDescriptions": names }))
}

/// Whatever these keywords say.
pub(crate) fn of(keywords: Value) -> Schema {
    Schema::try_from(keywords).unwrap_or_default()
}

/// Implements `JsonSchema` by these keywords, or by the pattern of a text.
macro_rules! schema {
    ($name:ty, $called:expr, $keywords:expr) => {
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $called.into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $keywords
            }
        }
    };
}
pub(crate) use schema;
