//! Golden files: compared, and written anew with `cargo xtask golden`.

use std::path::Path;

/// Compares the text with `tests/golden/<name>`.
pub(crate) fn check_golden(name: &str, text: &str) {
    check_written(&format!("golden/{name}"), text);
}

/// Compares the text with a file, by its path from `tests/`.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment to write golden files")]
pub(crate) fn check_written(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept != text {
        let differs = kept.lines().zip(text.lines()).enumerate().find(|(_, (was, is))| was != is);
        panic!("{name} differs, first at {differs:?}; if that is meant, run `cargo xtask golden` and read the difference");
    }
}
