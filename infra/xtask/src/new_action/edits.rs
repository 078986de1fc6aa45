//! Insertions into files that list all actions. Each finds its place by what stands there, or says what it did not find.

use super::options::{Kind, NewAction};
use crate::Failure;

/// The row in the action table, behind the last, and its entry in `ALL`.
pub(super) fn add_row(text: &str, action: &NewAction) -> Result<String, Failure> {
    const ALL: &str = "pub static ALL: [&Action; ";
    if let Some(row) = rows(text).find(|row| row.method() == action.method() && alike(row.path, &action.path)) {
        return Err(format!("{} {} is {}'s route", action.method(), action.path, row.name));
    }
    let (before, list) = text.split_once(ALL).ok_or_else(|| missing(ALL))?;
    let (length, list) = list.split_once(']').ok_or_else(|| missing("the length of ALL"))?;
    let length: usize = length.parse().map_err(|_| missing("the length of ALL"))?;
    let (entries, after) = list.split_once("\n];").ok_or_else(|| missing("the end of ALL"))?;
    // The documentation of ALL stays with it.
    let documented = before.rfind("\n\n").ok_or_else(|| missing("a blank line before ALL"))?;
    let (statics, documentation) = before.split_at(documented);
    let (constant, row) = (action.constant(), row(action));
    Ok(format!("{statics}\n{row}{documentation}{ALL}{}]{entries}\n    &{constant},\n];{after}", length + 1))
}

fn row(action: &NewAction) -> String {
    let NewAction { name, path, summary, callers, .. } = action;
    let (constant, roles) = (action.constant(), callers.roles);
    let row = match action.kind {
        Kind::Reads => format!("read({name:?}, {path:?}, {roles}, \"{summary}\")"),
        Kind::Asks => format!("asks({name:?}, {path:?}, {roles}, \"{summary}\")"),
        Kind::Decides => format!("decides({name:?}, {path:?}, {roles}, \"{summary}\")"),
        Kind::Creates => format!("creates({name:?}, {path:?}, {roles}, 201, \"{summary}\")"),
        Kind::Settles => format!("settles({name:?}, {path:?}, {roles}, \"{summary}\")"),
        Kind::Sets => format!("puts({name:?}, {path:?}, {roles}, \"{summary}\")"),
    };
    format!("/// {summary}.\npub static {constant}: Action = {row};")
}

/// What is known of a row that is there.
struct Row<'a> {
    constructor: &'a str,
    name: &'a str,
    path: &'a str,
}

impl Row<'_> {
    fn method(&self) -> &'static str {
        match self.constructor {
            "read" => "GET",
            "puts" => "PUT",
            _ => "POST",
        }
    }
}

fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.split("pub static ").filter_map(|row| {
        let (constructor, arguments) = row.split_once("Action =")?.1.split_once('(')?;
        let mut quoted = arguments.split('"').skip(1).step_by(2);
        Some(Row { constructor: constructor.trim(), name: quoted.next()?, path: quoted.next()? })
    })
}

/// Whether two paths match the same requests, whatever their parameters are called.
fn alike(one: &str, other: &str) -> bool {
    let segments = |path: &str| {
        path.split('/').map(|segment| if segment.starts_with('{') { "{}".to_owned() } else { segment.to_owned() }).collect::<Vec<_>>()
    };
    segments(one) == segments(other)
}

/// The dependency of the local stack on the function.
pub(super) fn add_dependency(text: &str, action: &NewAction) -> Result<String, Failure> {
    let name = &action.name;
    let dependency = |there: &str| there.contains("= { path = \"../../functions/");
    insert_sorted(text, dependency, &format!("{name} = {{ path = \"../../functions/{name}\" }}"))
}

/// The endpoint in the local stack.
pub(super) fn add_endpoint(text: &str, action: &NewAction) -> Result<String, Failure> {
    let (constant, function) = (action.constant(), action.snake());
    let endpoint = |there: &str| there.starts_with("        endpoint!(&actions::");
    insert_sorted(text, endpoint, &format!("        endpoint!(&actions::{constant}, auth(), {function}::{function}, store),"))
}

/// The row of the contract: what it takes and answers, nothing yet.
pub(super) fn add_contract(text: &str, action: &NewAction) -> Result<String, Failure> {
    const END: &str = "\n}\n\nimpl Row";
    let (rows, after) = text.split_once(END).ok_or_else(|| missing("the end of the rows"))?;
    Ok(format!("{rows}\n    {}(()) -> ();{END}{after}", action.constant()))
}

/// The module of the story.
pub(super) fn add_story(text: &str, action: &NewAction) -> String {
    let line = format!("mod {};", action.snake());
    insert_sorted(text, |there| there.starts_with("mod "), &line).unwrap_or_else(|_| format!("{text}\n{line}\n"))
}

/// The example body, which `cargo xtask samples` writes.
pub(super) fn add_example(text: &str, action: &NewAction) -> Result<String, Failure> {
    const START: &str = "let mut requests = vec![";
    let (before, list) = text.split_once(START).ok_or_else(|| missing(START))?;
    let (entries, after) = list.split_once("\n    ];").ok_or_else(|| missing("the end of the list of requests"))?;
    Ok(format!("{before}{START}{entries}\n        (\"{}\", json!({{}})),\n    ];{after}", action.name))
}

/// Inserts a line among those of its kind, before the first that is greater.
fn insert_sorted(text: &str, is_of_its_kind: impl Fn(&str) -> bool, line: &str) -> Result<String, Failure> {
    let lines: Vec<&str> = text.lines().collect();
    let mut kind = lines.iter().enumerate().filter(|(_, there)| is_of_its_kind(there));
    let last = lines.iter().rposition(|there| is_of_its_kind(there)).ok_or_else(|| missing(line))?;
    let place = kind.find(|(_, there)| **there > line).map_or(last + 1, |(place, _)| place);
    let (before, after) = lines.split_at(place);
    Ok([before, &[line], after].concat().join("\n") + "\n")
}

fn missing(what: &str) -> Failure {
    format!("no place for {what:?}: the file has changed its form; add the action by hand, and mend infra/xtask/src/new_action/edits.rs")
}
