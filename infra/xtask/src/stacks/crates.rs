//! What a function's crate says of itself: its dependencies are its authority, and its `main.rs` reads its settings.

use crate::Failure;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A function's crate.
pub(crate) struct Crate {
    pub(crate) name: &'static str,
    dependencies: BTreeSet<String>,
    composition: String,
}

impl Crate {
    /// The crate of the function of this name.
    pub(crate) fn read(root: &Path, name: &'static str) -> Result<Self, Failure> {
        let text = |path: &str| {
            let path = root.join("functions").join(name).join(path);
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        Ok(Self { name, dependencies: dependencies(&text("Cargo.toml")?), composition: text("src/main.rs")? })
    }

    /// Whether it names this crate.
    pub(crate) fn leans_on(&self, dependency: &str) -> bool {
        self.dependencies.contains(dependency)
    }

    /// Whether its `main.rs` holds this.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.composition.contains(words)
    }
}

/// What stands in the section `[dependencies]`, in the one form in which manifests of this house name others.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let section = manifest.lines().skip_while(|line| line.trim() != "[dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    section.filter_map(|line| line.split_once(['.', ' ', '='])).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_those_of_their_section() {
        let manifest =
            "[package]\nname = \"x\"\n[dependencies]\napi.workspace = true\nfiles-s3 = { path = \"..\" }\n\n[lints]\nworkspace = true\n";
        assert_eq!(dependencies(manifest).into_iter().collect::<Vec<_>>(), ["api", "files-s3"]);
    }
}
