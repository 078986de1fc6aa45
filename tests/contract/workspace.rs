//! The workspace as cargo and the disk know it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A member of the workspace.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub(super) name: String,
    /// Where it is, from the root: `shared/domain`.
    pub(super) directory: String,
    /// What it depends on, in whatever way.
    pub(super) dependencies: Vec<Dependency>,
    pub(super) targets: Vec<Target>,
}

#[derive(Clone, Debug)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// Whether it is a member as well.
    pub(super) ours: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) kind: String,
    /// Whether `cargo test` builds it, or runs its documentation.
    pub(super) tested: bool,
}

impl Package {
    pub(super) fn is_function(&self) -> bool {
        self.directory.starts_with("functions/")
    }

    pub(super) fn depends_on(&self, name: &str) -> bool {
        self.dependencies.iter().any(|dependency| dependency.name == name)
    }

    /// The one target of this kind.
    #[track_caller]
    pub(super) fn target(&self, kind: &str) -> &Target {
        let of_kind: Vec<_> = self.targets.iter().filter(|target| target.kind == kind).collect();
        assert_eq!(of_kind.len(), 1, "{} has {of_kind:?}", self.name);
        of_kind[0]
    }
}

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

pub(super) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(super) fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of what a directory holds, sorted.
pub(super) fn names(directory: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(directory)).unwrap_or_else(|error| panic!("{directory}: {error}"));
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every member, as `cargo metadata` tells it.
pub(super) fn packages() -> Vec<Package> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages: Vec<Package> = metadata["packages"].as_array().unwrap().iter().map(package).collect();
    assert!(packages.len() > 10, "{packages:?}");
    packages
}

fn package(package: &Value) -> Package {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    let directory = manifest.parent().unwrap().strip_prefix(root()).unwrap();
    let of = |name: &str| package[name].as_array().unwrap().clone();
    let dependency = |dependency: &Value| Dependency { name: word(&dependency["name"]), ours: !dependency["path"].is_null() };
    let target = |target: &Value| Target {
        name: word(&target["name"]),
        kind: word(&target["kind"][0]),
        tested: target["test"] == true || target["doctest"] == true,
    };
    Package {
        name: word(&package["name"]),
        directory: directory.to_str().unwrap().to_owned(),
        dependencies: of("dependencies").iter().map(dependency).collect(),
        targets: of("targets").iter().map(target).collect(),
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Every Rust file of ours with its text, by its path from the root.
pub(crate) fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for top in ["functions", "infra", "shared", "tests"] {
        collect(top, &mut sources);
    }
    assert!(sources.len() > 100, "{}", sources.len());
    sources
}

fn collect(directory: &str, sources: &mut Vec<(String, String)>) {
    for name in names(directory) {
        let path = format!("{directory}/{name}");
        let extension = Path::new(&name).extension();
        if root().join(&path).is_dir() {
            // What tools make is not ours.
            if !name.starts_with('.') && !["target", "node_modules"].contains(&name.as_str()) {
                collect(&path, sources);
            }
        } else if extension.is_some_and(|extension| extension == "rs") {
            let text = text(&path);
            sources.push((path, text));
        }
    }
}
