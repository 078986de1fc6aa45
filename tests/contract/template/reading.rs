//! Templates as data.

use super::super::workspace::{names, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Read once: unoptimised, reading takes its time.
static STACKS: LazyLock<BTreeMap<String, Value>> =
    LazyLock::new(|| stacks().into_iter().map(|name| (name.clone(), template(&format!("infra/stacks/{name}.yaml")))).collect());
static RESOURCES: LazyLock<Vec<Resource>> = LazyLock::new(|| {
    let of = |(stack, template): (&String, &Value)| {
        let (stack, resources) = (stack.clone(), template["Resources"].as_object().unwrap().clone());
        resources.into_iter().map(move |(name, value)| Resource { stack: stack.clone(), name, value })
    };
    STACKS.iter().flat_map(of).collect()
});

/// A resource of one of the stacks.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) stack: String,
    pub(super) name: String,
    /// With `Type` and `Properties`.
    pub(super) value: Value,
}

impl Resource {
    pub(super) fn kind(&self) -> &str {
        self.value["Type"].as_str().unwrap()
    }

    pub(super) fn property(&self, pointer: &str) -> &Value {
        self.value.pointer(&format!("/Properties/{pointer}")).unwrap_or(&Value::Null)
    }
}

/// A template, which any reader of YAML understands.
pub(super) fn template(path: &str) -> Value {
    serde_saphyr::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of the nested stacks.
pub(super) fn stacks() -> Vec<String> {
    names("infra/stacks").iter().map(|file| file.strip_suffix(".yaml").unwrap().to_owned()).collect()
}

pub(super) fn stack(name: &str) -> &'static Value {
    &STACKS[name]
}

/// Every resource of every nested stack.
pub(super) fn resources() -> &'static [Resource] {
    assert!(RESOURCES.len() > 300, "{}", RESOURCES.len());
    &RESOURCES
}

pub(super) fn of_kind(kind: &str) -> Vec<&'static Resource> {
    resources().iter().filter(|resource| resource.kind() == kind).collect()
}

/// The resource of this name, wherever it stands.
#[track_caller]
pub(super) fn resource(name: &str) -> &'static Resource {
    let found: Vec<_> = resources().iter().filter(|resource| resource.name == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

/// A function's resource, and its name without the prefix.
pub(super) fn functions() -> Vec<(String, &'static Resource)> {
    let named = |function: &'static Resource| {
        let name = word(&function.property("FunctionName")["Fn::Sub"]);
        (name.strip_prefix("${Prefix}-").unwrap().to_owned(), function)
    };
    of_kind("AWS::Serverless::Function").into_iter().map(named).collect()
}

/// How long a function may take: its own time, or that of its stack.
pub(super) fn timeout(function: &Resource) -> u64 {
    let own = function.property("Timeout").as_u64();
    own.unwrap_or_else(|| stack(&function.stack)["Globals"]["Function"]["Timeout"].as_u64().unwrap())
}

/// `accept-invitation` as resources are named: `AcceptInvitation`.
pub(super) fn camel(name: &str) -> String {
    name.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

pub(super) fn word(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// What is one, or a list of them.
pub(super) fn each(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

/// Every map in it that has this key, with what stands under it.
pub(super) fn under<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    found.push(inner);
                }
                under(inner, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| under(item, key, found)),
        _ => {}
    }
}
