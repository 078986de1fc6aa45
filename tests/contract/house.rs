//! Rules of the house that no lint knows.

use super::workspace::{names, sources};

/// Longer files are two files.
const MOST_LINES: usize = 400;

/// Put together here, so that this file does not hold them.
fn unwanted() -> [String; 6] {
    [("#[", "allow("), ("#![", "allow("), ("#[", "ignore"), ("to", "do!("), ("TO", "DO"), ("FIX", "ME")].map(|(a, b)| format!("{a}{b}"))
}

#[test]
fn files_are_short() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{path} has {lines} lines: part it");
    }
}

#[test]
fn nothing_is_silenced_skipped_or_left_for_later() {
    let unwanted = unwanted();
    for (path, text) in sources() {
        for (i, line) in text.lines().enumerate() {
            for word in &unwanted {
                assert!(!line.contains(word.as_str()), "{path}:{}: {word}", i + 1);
            }
        }
    }
}

#[test]
fn every_file_begins_with_what_it_is_about() {
    for (path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.strip_prefix("//! ").is_some_and(|words| words.len() >= 10), "{path} begins with {first:?}");
    }
}

/// A test that waits for time to pass is slow when it passes and random when it fails.
#[test]
fn no_test_sleeps() {
    let waits = [("sle", "ep("), ("sleep", "_until(")].map(|(a, b)| format!("{a}{b}"));
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("tests/")) {
        assert!(waits.iter().all(|wait| !text.contains(wait.as_str())), "{path}");
    }
}

#[test]
fn the_top_of_the_house_holds_only_what_belongs_there() {
    let visible: Vec<_> = names(".").into_iter().filter(|name| !name.starts_with('.') && name != "target").collect();
    for name in &visible {
        let belongs = ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "functions", "infra", "samplesdata", "shared", "tests"];
        assert!(belongs.contains(&name.as_str()), "{name} does not belong at the top");
    }
    for name in ["Cargo.toml", "README.md", "functions", "infra", "samplesdata", "shared", "tests"] {
        assert!(visible.iter().any(|there| there == name), "{name} is missing at the top");
    }
}
