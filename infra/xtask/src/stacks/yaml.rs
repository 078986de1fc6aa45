//! YAML, as much of it as a template needs: maps in the order in which they are told, lists, text, numbers. Intrinsic functions are
//! written out (`Fn::Sub:`), so that any reader takes them for what they are: maps.

use std::fmt::Write as _;

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Text(String),
    Number(u64),
    Flag(bool),
    List(Vec<Node>),
    Map(Map),
}

/// Entries in their order.
pub(crate) type Map = Vec<(String, Node)>;

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Node {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Vec<Node>> for Node {
    fn from(list: Vec<Node>) -> Self {
        Self::List(list)
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

/// One entry of a map.
pub(crate) fn entry(key: &str, value: impl Into<Node>) -> (String, Node) {
    (key.to_owned(), value.into())
}

/// A map.
pub(crate) fn map<const N: usize>(entries: [(&str, Node); N]) -> Node {
    Node::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A list.
pub(crate) fn list(items: impl IntoIterator<Item = impl Into<Node>>) -> Node {
    Node::List(items.into_iter().map(Into::into).collect())
}

/// What a parameter holds, or what a resource is called.
pub(crate) fn reference(name: &str) -> Node {
    map([("Ref", name.into())])
}

/// A property of a resource.
pub(crate) fn attribute(resource: &str, property: &str) -> Node {
    map([("Fn::GetAtt", list([resource, property]))])
}

/// Text with `${names}` in it.
pub(crate) fn filled(text: &str) -> Node {
    map([("Fn::Sub", text.into())])
}

/// This if the condition holds, else nothing at all.
pub(crate) fn only_if(condition: &str, value: Node) -> Node {
    map([("Fn::If", Node::List(vec![condition.into(), value, reference("AWS::NoValue")]))])
}

/// The whole as text.
pub(crate) fn written(map: &Map) -> String {
    let mut text = String::new();
    write_map(&mut text, map, 0);
    text
}

fn write_map(text: &mut String, map: &Map, indent: usize) {
    for (key, value) in map {
        let _ = write!(text, "{:indent$}{}:", "", scalar(key));
        write_value(text, value, indent);
    }
}

/// What follows a key's colon.
fn write_value(text: &mut String, value: &Node, indent: usize) {
    match value {
        Node::Map(map) if map.is_empty() => text.push_str(" {}\n"),
        Node::List(items) if items.is_empty() => text.push_str(" []\n"),
        Node::Map(map) => {
            text.push('\n');
            write_map(text, map, indent + 2);
        }
        Node::List(items) => {
            text.push('\n');
            write_list(text, items, indent + 2);
        }
        Node::Text(_) | Node::Number(_) | Node::Flag(_) => {
            let _ = writeln!(text, " {}", plain(value));
        }
    }
}

fn write_list(text: &mut String, items: &[Node], indent: usize) {
    for item in items {
        let mut inner = String::new();
        match item {
            Node::Map(map) if !map.is_empty() => write_map(&mut inner, map, indent + 2),
            Node::List(items) if !items.is_empty() => write_list(&mut inner, items, indent + 2),
            Node::Map(_) => inner.push_str("{}\n"),
            Node::List(_) => inner.push_str("[]\n"),
            Node::Text(_) | Node::Number(_) | Node::Flag(_) => {
                let _ = writeln!(inner, "{}", plain(item));
            }
        }
        // The first line of the item stands behind its dash.
        let _ = write!(text, "{:indent$}- {}", "", inner.trim_start());
    }
}

fn plain(value: &Node) -> String {
    match value {
        Node::Text(text) => scalar(text),
        Node::Number(number) => number.to_string(),
        Node::Flag(flag) => flag.to_string(),
        Node::List(_) | Node::Map(_) => String::new(),
    }
}

/// Text as it may stand alone, else in quotes.
fn scalar(text: &str) -> String {
    const WORDS_OF_YAML: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "null", "y"];
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '$');
    let simple = text.chars().all(|c| c.is_ascii_alphanumeric() || "_.:/${}-+ (),;'".contains(c));
    let ambiguous = text.contains(": ") || text.ends_with([':', ' ']) || WORDS_OF_YAML.contains(&text.to_ascii_lowercase().as_str());
    if begins && simple && !ambiguous { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// Every name that the piece refers to: by `Ref`, in the text of `Fn::Sub`, as a condition.
pub(crate) fn names_in(node: &Node, found: &mut Vec<String>) {
    match node {
        Node::Map(map) => {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("Ref" | "Condition", Node::Text(name)) => found.push(name.clone()),
                    ("Fn::Sub", Node::Text(text)) => found.extend(filled_names(text)),
                    ("Fn::If", Node::List(items)) => found.extend(items.first().map(plain)),
                    _ => {}
                }
                names_in(value, found);
            }
        }
        Node::List(items) => items.iter().for_each(|item| names_in(item, found)),
        Node::Text(_) | Node::Number(_) | Node::Flag(_) => {}
    }
}

fn filled_names(text: &str) -> impl Iterator<Item = String> {
    text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_means_something_else_is_quoted() {
        for (text, written) in [
            ("accept-invitation", "accept-invitation"),
            ("${TableArn}/index/*", "'${TableArn}/index/*'"),
            ("arn:${AWS::Partition}:s3:::${FilesBucket}", "arn:${AWS::Partition}:s3:::${FilesBucket}"),
            ("2.0", "'2.0'"),
            ("true", "'true'"),
            ("", "''"),
            ("it's", "it's"),
            ("'s", "'''s'"),
            ("统计: each change", "'统计: each change'"),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    #[test]
    fn lists_of_maps_stand_behind_their_dashes() {
        let node = vec![entry("A", list([map([("B", 1_u64.into()), ("C", list(["x", "w"]))]), "z".into()]))];
        assert_eq!(written(&node), "A:\n  - B: 1\n    C:\n      - x\n      - w\n  - z\n");
    }

    #[test]
    fn names_are_found_wherever_they_are_used() {
        let node = map([("X", only_if("HasSmtp", filled("${A}-${B}"))), ("Y", reference("C"))]);
        let mut found = Vec::new();
        names_in(&node, &mut found);
        assert_eq!(found, ["HasSmtp", "A", "B", "AWS::NoValue", "C"]);
    }
}
