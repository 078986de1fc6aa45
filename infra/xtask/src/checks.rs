//! What must pass, and what keeps it passing.

use crate::{authority, deny};
use std::path::Path;
use xtask::{Failure, package, run};

const TESTS: [&str; 2] = ["test", "--workspace"];
/// With the release binaries and the second engine at hand.
const EVERY_TEST: [&str; 4] = ["test", "--workspace", "--features", EVERYTHING];
const EVERYTHING: &str = "tests/binaries,tests/ministack";

/// Everything that must pass, quickest first; the first failure ends it. Always the whole workspace: with one package alone,
/// cargo would choose other features and build the SDK twice.
pub(crate) fn ci(root: &Path) -> Result<(), Failure> {
    run::step(root, "cargo", &["fmt", "--all", "--check"])?;
    run::step(root, "cargo", &["clippy", "--workspace", "--all-targets", "--features", EVERYTHING, "--", "-D", "warnings"])?;
    deny::check(root)?;
    package::here(root, &package::functions())?;
    run::step(root, "bash", &["infra/gates/ministack.sh"])?;
    let (setting, notes) = authority::notes(root)?;
    run::step_with(root, "cargo", &EVERY_TEST, &[(setting, &notes.to_string_lossy())])?;
    authority::compare(root, &notes)?;
    run::step(root, "bash", &["infra/gates/openapi.sh"])?;
    run::step(root, "bash", &["infra/gates/template.sh"])?;
    println!("\nAll passed.");
    Ok(())
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
