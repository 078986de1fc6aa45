//! Benchmarks: commands that measure and write a page, never tests with a limit of time.

use std::path::Path;
use xtask::{Failure, package, run};

const NODE: &str = "infra/benchmarks/node";

/// Cold starts of the release binaries.
pub(crate) fn cold(root: &Path) -> Result<(), Failure> {
    package::here(root, &package::functions())?;
    run::step(root, "cargo", &["build", "--release", "-p", "emulator", "--example", "hello"])?;
    run::step(&root.join(NODE), "npm", &["ci", "--no-audit", "--no-fund"])?;
    run::step(&root.join(NODE), "npm", &["run", "build"])?;
    measure(root, "deploying::cold::cold_starts", &[])
}

/// One of the measurements that lie beside the tests.
pub(crate) fn measure(root: &Path, which: &str, settings: &[(&str, &str)]) -> Result<(), Failure> {
    let measured = ["test", "--workspace", "--features", "tests/bench", "--test", "wangqian", "--", which, "--nocapture"];
    run::step_with(root, "cargo", &measured, settings)
}
