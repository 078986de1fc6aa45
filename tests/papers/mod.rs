//! Papers: each kind of document says what the domain says, and no more than its reader may know.

mod agreements;
mod endings;
mod evidence;
mod letters;
mod scene;
mod story;

use crate::documents::reading::read;
use ::papers::Unissuable;

/// Everything that can be read in a document, without the ends of lines: its content, what is shown again, and what the file says of
/// itself.
fn said(document: Result<Vec<u8>, Unissuable>) -> String {
    let read = read(&document.unwrap());
    let lines: String = read.lines.iter().map(|line| line.text.as_str()).collect();
    lines + &read.metadata()
}

#[track_caller]
fn says(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "{one} in {text}");
    }
}

#[track_caller]
fn says_nothing_of(text: &str, all: &[&str]) {
    for one in all {
        assert!(!text.contains(one), "{one} in {text}");
    }
}
