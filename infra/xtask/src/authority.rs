//! What each function may ask of AWS: what the tests saw it ask, and nothing else. `infra/authority.txt` is what roles grant.

use crate::Failure;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const GRANTED: &str = "infra/authority.txt";
const HEAD: &str = "# function | action of AWS | what it is done to";

/// Where a run of the tests notes what functions ask, and the setting that tells it so. What an earlier run noted is gone.
pub(crate) fn notes(root: &Path) -> Result<(&'static str, PathBuf), Failure> {
    let path = root.join("target/authority.txt");
    std::fs::create_dir_all(root.join("target")).map_err(|error| format!("target: {error}"))?;
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", path.display())),
        _ => Ok(("WANGQIAN_AUTHORITY", path)),
    }
}

/// What was asked is what is granted, both ways.
pub(crate) fn compare(root: &Path, notes: &Path) -> Result<(), Failure> {
    let (asked, granted) = (lines(notes)?, lines(&root.join(GRANTED))?);
    let refused: Vec<&str> = asked.difference(&granted).map(String::as_str).collect();
    let unused: Vec<&str> = granted.difference(&asked).map(String::as_str).collect();
    if refused.is_empty() && unused.is_empty() {
        println!("\n=== {GRANTED}: {} grants, each used", granted.len());
        return Ok(());
    }
    let listed = |lines: Vec<&str>| lines.join("\n  ");
    Err(format!(
        "{GRANTED} is not what the tests saw (`cargo xtask golden` writes it anew)\nnot granted:\n  {}\nnever used:\n  {}",
        listed(refused),
        listed(unused)
    ))
}

/// Grants what was asked.
pub(crate) fn write(root: &Path, notes: &Path) -> Result<(), Failure> {
    let lines: Vec<String> = lines(notes)?.into_iter().collect();
    std::fs::write(root.join(GRANTED), format!("{HEAD}\n{}\n", lines.join("\n"))).map_err(|error| format!("{GRANTED}: {error}"))
}

fn lines(path: &Path) -> Result<BTreeSet<String>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}
