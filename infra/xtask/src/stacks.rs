//! The stacks of functions, made from the tables of actions and workers, the crates' manifests and the list of authority: a function that
//! is added there is deployed, with its route, its settings and its rights.

mod authority;
mod crates;
mod environment;
mod function;
mod parameters;
mod routes;
mod sources;
mod yaml;

use crate::{Failure, package};
use api::workers::Worker;
use api::{Action, actions, workers};
use authority::Authority;
use crates::Crate;
use std::fs;
use std::path::Path;
use yaml::{Map, entry, map, names_in};

/// A file as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// From the root.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Which actions share a stack, by where their paths begin, and what it is about: no stack grows beyond what `CloudFormation` takes, and
/// what changes together is deployed together.
const TOPICS: [(&str, &str, &[&str]); 7] = [
    ("account", "who I am, what waits for me, what I hand in", &["home", "messages", "reference", "student", "uploads", "verify"]),
    ("agreements", "agreements, on paper and online, and their review", &["agreements", "offline-draft", "reviews"]),
    ("employers", "employers and whom they mean to invite", &["candidates", "employer", "employers"]),
    ("invitations", "letters", &["invitations"]),
    (
        "plan",
        "other destinations, the employment plan, statistics",
        &["employment-plan", "employment-registrations", "objections", "plan-records", "statistics"],
    ),
    ("school", "the roster, the school's rules, its jobs", &["jobs", "policy", "students"]),
    ("terminations", "the end of agreements", &["terminations"]),
];

/// Every generated file.
///
/// # Errors
/// What is missing or makes no sense.
pub fn made(root: &Path) -> Result<Vec<Made>, Failure> {
    let list = root.join("infra/authority.txt");
    let list = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let authority = Authority::parse(&list)?;
    let known = package::functions();
    if let Some(stranger) = authority.functions().find(|name| !known.contains(name)) {
        return Err(format!("infra/authority.txt: {stranger} is no function"));
    }
    let mut made = Vec::new();
    for (topic, about, beginnings) in TOPICS {
        let here = actions::ALL.into_iter().filter(|action| beginnings.contains(&beginning(action))).collect::<Vec<_>>();
        made.push(of_actions(root, topic, about, &here, &authority)?);
    }
    if let Some(left) = actions::ALL.into_iter().find(|action| TOPICS.iter().all(|(.., here)| !here.contains(&beginning(action)))) {
        return Err(format!("{} is in no stack: give its path a place in infra/xtask/src/stacks.rs", left.name));
    }
    made.push(of_workers(root, &authority)?);
    Ok(made)
}

/// Writes them, and tells which changed.
///
/// # Errors
/// As [`made`]'s, or of the disk.
pub fn write(root: &Path) -> Result<Vec<String>, Failure> {
    let mut changed = Vec::new();
    for Made { path, text } in made(root)? {
        let place = root.join(&path);
        if fs::read_to_string(&place).is_ok_and(|there| there == text) {
            continue;
        }
        fs::write(&place, text).map_err(|error| format!("{}: {error}", place.display()))?;
        changed.push(path);
    }
    Ok(changed)
}

/// `invitations` of `/v1/invitations/{id}/acceptance`.
fn beginning(action: &Action) -> &'static str {
    action.path.split('/').nth(2).unwrap_or_default()
}

fn of_actions(root: &Path, topic: &str, about: &str, actions: &[&'static Action], authority: &Authority) -> Result<Made, Failure> {
    let mut resources = Map::new();
    for action in actions {
        let function = Crate::read(root, action.name)?;
        resources.extend(function::of_action(action, &function, authority));
        resources.extend(routes::of_action(action));
    }
    Ok(stack(topic, &format!("Wangqian: {about}"), false, resources))
}

fn of_workers(root: &Path, authority: &Authority) -> Result<Made, Failure> {
    let workers: [&'static Worker; 12] = workers::ALL;
    let mut resources = vec![entry(sources::CLOCK_ROLE, sources::clock_role(&workers))];
    for worker in workers {
        let function = Crate::read(root, worker.name)?;
        resources.extend(function::of_worker(worker, &function, authority));
        resources.extend(sources::of_worker(worker));
    }
    Ok(stack("workers", "Wangqian: what runs without being asked over HTTP", true, resources))
}

/// The whole of a stack's file.
fn stack(name: &str, description: &str, of_workers: bool, resources: Map) -> Made {
    let globals = function::globals(function::usual_timeout(of_workers));
    let body = map([("Globals", globals.clone()), ("Resources", resources.clone().into())]);
    let mut used = Vec::new();
    names_in(&body, &mut used);
    let conditions = parameters::conditions(&used);
    used.extend(parameters::looked_at(&used));
    let mut whole = vec![
        entry("AWSTemplateFormatVersion", "2010-09-09"),
        entry("Transform", "AWS::Serverless-2016-10-31"),
        entry("Description", description),
        entry("Parameters", parameters::parameters(&used)),
    ];
    if !conditions.is_empty() {
        whole.push(entry("Conditions", conditions));
    }
    whole.extend([entry("Globals", globals), entry("Resources", resources)]);
    Made { path: format!("infra/stacks/{name}.yaml"), text: format!("{HEADER}{}", spaced(&yaml::written(&whole))) }
}

const HEADER: &str = "\
# Made by `cargo xtask stacks` from the tables of actions and workers, the crates' manifests and infra/authority.txt.
# Do not change it by hand: a test compares.
";

/// An empty line before each section, and before each resource.
fn spaced(text: &str) -> String {
    let (mut spaced, mut among_resources, mut first) = (String::new(), false, false);
    for line in text.lines() {
        let section = !line.starts_with(' ');
        let resource = among_resources && line.starts_with("  ") && !line.starts_with("   ");
        if section && line != "AWSTemplateFormatVersion: '2010-09-09'" && line.ends_with(':') || resource && !first {
            spaced.push('\n');
        }
        first = section;
        among_resources = if section { line == "Resources:" } else { among_resources };
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}
