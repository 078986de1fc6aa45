//! Running other programs, with what they say shown as they say it.

use crate::Failure;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Runs a program in the repository, after a heading that names it.
///
/// # Errors
/// If it does not start, or does not end well.
pub fn step(root: &Path, program: &str, arguments: &[&str]) -> Result<(), Failure> {
    step_with(root, program, arguments, &[])
}

/// Runs a program with more in its environment.
///
/// # Errors
/// If it does not start, or does not end well.
pub fn step_with(root: &Path, program: impl AsRef<OsStr>, arguments: &[&str], settings: &[(&str, &str)]) -> Result<(), Failure> {
    let name = Path::new(&program).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let settings_said = settings.iter().map(|(key, value)| format!("{key}={value}"));
    let said = settings_said.chain([name]).chain(arguments.iter().map(|argument| (*argument).to_owned())).collect::<Vec<_>>().join(" ");
    println!("\n=== {said}");
    let status = Command::new(&program).args(arguments).envs(settings.iter().copied()).current_dir(root).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{said}` ended with {status}")),
        Err(error) => Err(format!("`{said}` did not start: {error}")),
    }
}

/// What a program says in the repository, which nobody else sees.
///
/// # Errors
/// If it does not start, or does not end well.
pub fn output(root: &Path, program: &str, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new(program).args(arguments).current_dir(root).output();
    let output = output.map_err(|error| format!("{program} did not start: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("`{program} {}` ended with {}: {}", arguments.join(" "), output.status, String::from_utf8_lossy(&output.stderr)))
}

/// A path as a program's argument.
///
/// # Errors
/// If it is no text.
pub fn text(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| format!("the name of {} is no text", path.display()))
}

/// Runs a program in a folder in the place of this one: what it says and how it ends is all there is.
///
/// # Errors
/// If it does not start.
pub fn instead(folder: &Path, program: &str, arguments: &[&str], more: &[&str]) -> Result<ExitCode, Failure> {
    let status = Command::new(program).args(arguments).args(more).current_dir(folder).status();
    let status = status.map_err(|error| format!("{program} did not start: {error}"))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
