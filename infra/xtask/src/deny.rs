//! cargo-deny: which licences, crates and sources the dependency tree may have (`.deny.toml`).

use crate::{Failure, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that `.deny.toml` is written for.
const VERSION: &str = "0.20.2";

/// Checks the tree. Advisories are left out: they need the network and change from day to day.
pub(crate) fn check(root: &Path) -> Result<(), Failure> {
    let program = installed(root)?;
    run::step_with(root, program, &["check", "--hide-inclusion-graph", "licenses", "bans", "sources"], &[])
}

/// The tool of the machine if it is of our version, else our own, installed under `target/` at the first use.
fn installed(root: &Path) -> Result<PathBuf, Failure> {
    let ours = root.join("target/tools/bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    for program in [PathBuf::from("cargo-deny"), ours.clone()] {
        if is_ours(&program) {
            return Ok(program);
        }
    }
    // Unoptimised: it is built in half the time and checks this tree in two seconds all the same.
    run::step(root, "cargo", &["install", "cargo-deny", "--version", VERSION, "--locked", "--debug", "--force", "--root", "target/tools"])?;
    Ok(ours)
}

fn is_ours(program: &Path) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == format!("cargo-deny {VERSION}"))
}
