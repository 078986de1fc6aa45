//! No choice is silent: whatever a repair has changed is named by a record of it, or is such a record.

use super::{Fault, event, text};
use crate::restoring::tape::Image;
use serde_json::Value;
use store::Key;

/// Items that differ between a torn table and the mended one, and that nothing tells of.
pub(crate) fn silent(torn: &Image, mended: &Image) -> Vec<Fault> {
    let differs = |key: &&Key| torn.get(*key) != mended.get(*key);
    let changed: Vec<&Key> = torn.keys().chain(mended.keys().filter(|key| !torn.contains_key(*key))).filter(differs).collect();
    let record = |key: &Key| {
        let record = serde_json::from_str::<Value>(text(mended.get(key)?, "bytes")).ok()?;
        (event(&record) == "restored").then_some(record)
    };
    let told: Vec<(&Key, Value)> = changed.iter().filter_map(|key| Some((*key, record(key)?))).collect();
    let words = |record: &Value| {
        let lists = ["found", "done", "given_up"].map(|name| record["what"][name].as_array().cloned().unwrap_or_default());
        lists.concat().iter().filter_map(|line| line.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let all: Vec<String> = told.iter().flat_map(|(_, record)| words(record)).collect();
    let mut faults = Vec::new();
    for (key, record) in &told {
        let says = |name: &str| record["what"][name].as_array().is_some_and(|lines| !lines.is_empty());
        if !says("found") || !says("done") {
            faults.push(Fault::of([key.told()], format!("{record} does not say what was found and done")));
        }
    }
    // Where the chain goes on by a record of the repair, the aggregate itself stands.
    let behind = |key: &Key| told.iter().any(|(at, _)| at.pk == key.pk && at.sk.starts_with(&format!("AUDIT#{}#", key.sk)));
    for key in changed.iter().filter(|key| !told.iter().any(|(at, _)| at == *key)) {
        let bytes = torn.get(*key).map(|item| text(item, "bytes")).filter(|bytes| !bytes.is_empty());
        let names = |line: &String| line.contains(&key.told()) || bytes == Some(line) || account(key).is_some_and(|id| line.contains(&id));
        if !behind(key) && !all.iter().any(names) {
            faults.push(Fault::of([key.told()], "it was changed, and nothing tells of it"));
        }
    }
    // A record that another takes the place of is kept in it.
    for (key, record) in &told {
        let bytes = torn.get(*key).map(|item| text(item, "bytes"));
        if bytes.is_some_and(|bytes| !words(record).iter().any(|line| line == bytes)) {
            faults.push(Fault::of([key.told()], "another record stands there, and nothing tells of the first"));
        }
    }
    faults
}

/// How records call a log-in.
fn account(key: &Key) -> Option<String> {
    (key.sk == "ACCOUNT").then(|| key.pk.replace("ACCOUNT#", "account/"))
}
