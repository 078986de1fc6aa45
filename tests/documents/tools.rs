//! What tools of others say of the documents. Who does not have them is told so, and sees the tests in pure Rust pass all the same.

use super::every_kind;
use super::scene::{ADDRESS, RARE};
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs a tool; nothing, if it is not there.
fn run(tool: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(tool).args(arguments).output();
    if output.is_err() {
        println!("{tool} is not installed (Debian: poppler-utils, qpdf, zbar-tools): not checked");
    }
    output.ok()
}

/// A file in a folder of its own.
fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("wangqian-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn other_readers_find_no_fault_and_read_the_same() {
    for (name, bytes) in every_kind() {
        let path = written(&format!("{name}.pdf"), &bytes);
        let path_text = path.to_str().unwrap();
        if let Some(checked) = run("qpdf", &["--check", path_text]) {
            assert!(checked.status.success(), "{name}: {checked:?}");
        }
        if let Some(text) = run("pdftotext", &["-raw", path_text, "-"]) {
            let text = String::from_utf8(text.stdout).unwrap();
            assert!(["bare", "long"].contains(&name) || text.contains(RARE), "{name}: {text}");
        }
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}

#[test]
fn a_scanner_reads_the_code_from_the_printed_page() {
    let (_, bytes) = every_kind().into_iter().find(|(name, _)| *name == "certified").unwrap();
    let path = written("scanned.pdf", &bytes);
    let picture = path.with_extension("");
    let drawn = run("pdftoppm", &["-r", "150", "-f", "1", "-singlefile", "-png", path.to_str().unwrap(), picture.to_str().unwrap()]);
    let picture = path.with_extension("png");
    if let Some(scanned) = drawn.and_then(|_| run("zbarimg", &["-q", "--raw", picture.to_str().unwrap()])) {
        assert_eq!(String::from_utf8(scanned.stdout).unwrap().trim(), ADDRESS);
    }
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}
