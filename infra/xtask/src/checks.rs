//! What must pass, and what keeps it passing.

use crate::{Failure, deny, run};
use std::path::Path;

const TESTS: [&str; 2] = ["test", "--workspace"];

/// Everything that must pass, quickest first; the first failure ends it. Always the whole workspace: with one package alone,
/// cargo would choose other features and build the SDK twice.
pub(crate) fn ci(root: &Path) -> Result<(), Failure> {
    run::step(root, "cargo", &["fmt", "--all", "--check"])?;
    run::step(root, "cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    deny::check(root)?;
    run::step(root, "cargo", &TESTS)?;
    println!("\nAll passed.");
    Ok(())
}

/// The tests, with as many repeats as a proof wants.
pub(crate) fn proof(root: &Path) -> Result<(), Failure> {
    run::step_with(root, "cargo", &TESTS, &[("WANGQIAN_PROOF", "1")])
}

/// The tests, which write their golden files instead of comparing them.
pub(crate) fn golden(root: &Path) -> Result<(), Failure> {
    run::step_with(root, "cargo", &[&TESTS[..], &["--no-fail-fast"]].concat(), &[("UPDATE_GOLDEN", "1")])
}
