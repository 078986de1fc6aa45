//! What must pass, and what keeps it passing.

use crate::{Failure, authority, deny, run};
use std::path::Path;

const TESTS: [&str; 2] = ["test", "--workspace"];
/// With the release binaries at hand.
const EVERY_TEST: [&str; 4] = ["test", "--workspace", "--features", "tests/binaries"];

/// Everything that must pass, quickest first; the first failure ends it. Always the whole workspace: with one package alone,
/// cargo would choose other features and build the SDK twice.
pub(crate) fn ci(root: &Path) -> Result<(), Failure> {
    run::step(root, "cargo", &["fmt", "--all", "--check"])?;
    run::step(root, "cargo", &["clippy", "--workspace", "--all-targets", "--features", "tests/binaries", "--", "-D", "warnings"])?;
    deny::check(root)?;
    release(root)?;
    let (setting, notes) = authority::notes(root)?;
    run::step_with(root, "cargo", &EVERY_TEST, &[(setting, &notes.to_string_lossy())])?;
    authority::compare(root, &notes)?;
    println!("\nAll passed.");
    Ok(())
}

/// The binaries that are deployed, all of one build.
pub(crate) fn release(root: &Path) -> Result<(), Failure> {
    let functions = std::fs::read_dir(root.join("functions")).map_err(|error| format!("functions: {error}"))?;
    let mut names: Vec<String> = functions.flatten().map(|function| function.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let packages = names.iter().flat_map(|name| ["-p", name.as_str()]);
    run::step(root, "cargo", &["build", "--release"].into_iter().chain(packages).collect::<Vec<_>>())
}

/// The tests, with as many repeats as a proof wants.
pub(crate) fn proof(root: &Path) -> Result<(), Failure> {
    run::step_with(root, "cargo", &TESTS, &[("WANGQIAN_PROOF", "1")])
}

/// The tests, which write their golden files instead of comparing them; and what roles grant, by what they saw.
pub(crate) fn golden(root: &Path) -> Result<(), Failure> {
    let (setting, notes) = authority::notes(root)?;
    let settings = [("UPDATE_GOLDEN", "1"), (setting, &*notes.to_string_lossy())];
    run::step_with(root, "cargo", &[&TESTS[..], &["--no-fail-fast"]].concat(), &settings)?;
    authority::write(root, &notes)
}
