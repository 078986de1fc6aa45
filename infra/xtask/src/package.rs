//! Functions as Lambda takes them: an archive with one program, `bootstrap`. The same program makes the same archive, byte for byte, so
//! that only what has changed is deployed.

use crate::{Failure, run};
use api::{actions, workers};
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The C library of `provided.al2023`: what wants a newer one does not start there.
const GLIBC: u32 = 34;

const CARGO_LAMBDA: &str = "cargo-lambda builds for another processor or an older C library: `pip install cargo-lambda ziglang` and \
                            `rustup target add aarch64-unknown-linux-gnu` (or x86_64-unknown-linux-gnu)";

/// For which processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Processor {
    Arm64,
    X86,
}

impl Processor {
    fn flag(self) -> &'static str {
        match self {
            Self::Arm64 => "--arm64",
            Self::X86 => "--x86-64",
        }
    }

    fn is_this_machines(self) -> bool {
        let name = match self {
            Self::Arm64 => "aarch64",
            Self::X86 => "x86_64",
        };
        std::env::consts::ARCH == name && std::env::consts::OS == "linux"
    }
}

/// Builds functions, and lays their archives where the template looks for them.
///
/// # Errors
/// Unknown words, or what the tools say.
pub fn package(root: &Path, words: &[&str]) -> Result<(), Failure> {
    let (processor, functions) = asked(words)?;
    let built = build(root, processor, &functions)?;
    let mut all = 0;
    for function in &functions {
        let program = built.join(function).join("bootstrap");
        let program = if program.is_file() { program } else { built.join(function) };
        let bytes = fs::read(&program).map_err(|error| format!("{}: {error}", program.display()))?;
        fits(function, &bytes)?;
        let archive = archive(&bytes)?;
        // Where the template says, wherever cargo builds.
        let place = root.join("target/lambda").join(function);
        let written = fs::create_dir_all(&place).and_then(|()| fs::write(place.join("bootstrap.zip"), &archive));
        written.map_err(|error| format!("{}: {error}", place.display()))?;
        println!("{function:<28} {:>6} KB", archive.len().div_ceil(1024));
        all += archive.len();
    }
    println!("{} functions, {} MB", functions.len(), all.div_ceil(1024 * 1024));
    Ok(())
}

/// For which processor, and which functions: for arm64 and all of them unless told otherwise, as the template has it.
fn asked(words: &[&str]) -> Result<(Processor, Vec<&'static str>), Failure> {
    let known = functions();
    let (mut processor, mut functions) = (Processor::Arm64, Vec::new());
    for word in words {
        match *word {
            "--arm64" => processor = Processor::Arm64,
            "--x86-64" | "--x86_64" => processor = Processor::X86,
            name => functions.push(*known.iter().find(|known| **known == name).ok_or_else(|| format!("{name} is no function"))?),
        }
    }
    Ok((processor, if functions.is_empty() { known } else { functions }))
}

/// Every function.
#[must_use]
pub fn functions() -> Vec<&'static str> {
    actions::ALL.iter().map(|action| action.name).chain(workers::ALL.iter().map(|worker| worker.name)).collect()
}

/// Builds functions for this machine: one build for all of them, so that what they share is built once. Where the programs lie.
///
/// # Errors
/// What cargo says.
pub fn here(root: &Path, functions: &[&str]) -> Result<PathBuf, Failure> {
    compile(root, functions, &[], &[])?;
    Ok(target(root)?.join("release"))
}

/// One release build of functions by plain cargo, with more options and more in its environment.
///
/// # Errors
/// What cargo says.
pub fn compile(root: &Path, functions: &[&str], options: &[&str], settings: &[(&str, &str)]) -> Result<(), Failure> {
    let packages = functions.iter().flat_map(|function| ["--package", function]);
    let arguments: Vec<&str> = ["build", "--release", "--locked"].into_iter().chain(options.iter().copied()).chain(packages).collect();
    run::step_with(root, "cargo", &arguments, settings)
}

/// Builds functions for a processor. Where the programs lie.
fn build(root: &Path, processor: Processor, functions: &[&str]) -> Result<PathBuf, Failure> {
    if processor.is_this_machines() {
        return here(root, functions);
    }
    let lambda = target(root)?.join("lambda-programs");
    let place = run::text(&lambda)?;
    // The profile is the workspace's own (`panic = "unwind"`), not the tool's.
    let options = ["lambda", "build", "--release", "--locked", "--disable-optimizations", processor.flag(), "--lambda-dir", place];
    let packages = functions.iter().flat_map(|function| ["--package", function]);
    let arguments: Vec<&str> = options.into_iter().chain(packages).collect();
    run::step(root, "cargo", &arguments).map_err(|failure| format!("{failure}\n{CARGO_LAMBDA}"))?;
    Ok(lambda)
}

/// Where cargo builds.
///
/// # Errors
/// What cargo says.
pub fn target(root: &Path) -> Result<PathBuf, Failure> {
    let said = run::output(root, "cargo", &["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: Value = serde_json::from_str(&said).map_err(|error| format!("cargo metadata: {error}"))?;
    let target = metadata.get("target_directory").and_then(Value::as_str).ok_or("cargo metadata names no target folder")?;
    Ok(PathBuf::from(target))
}

/// Whether a program starts on Lambda.
fn fits(function: &str, program: &[u8]) -> Result<(), Failure> {
    match newest_glibc(program) {
        Some(minor) if minor > GLIBC => Err(format!(
            "{function} wants version 2.{minor} of the C library, Lambda has 2.{GLIBC}: this machine's is too new\n{CARGO_LAMBDA}"
        )),
        _ => Ok(()),
    }
}

/// The newest version of the C library that a program names: `GLIBC_2.34`.
#[must_use]
pub fn newest_glibc(program: &[u8]) -> Option<u32> {
    const NAME: &[u8] = b"GLIBC_2.";
    let named = program.windows(NAME.len() + 2).filter(|window| window.starts_with(NAME));
    let minor = |window: &[u8]| {
        let digits = window.get(NAME.len()..)?.iter().take_while(|byte| byte.is_ascii_digit());
        digits.map(|byte| u32::from(byte - b'0')).reduce(|number, digit| number * 10 + digit)
    };
    named.filter_map(minor).max()
}

/// An archive that depends on the program and on nothing else: no time, no machine.
///
/// # Errors
/// As the archive's library.
pub fn archive(program: &[u8]) -> Result<Vec<u8>, Failure> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o755);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("bootstrap", options).map_err(|error| error.to_string())?;
    archive.write_all(program).map_err(|error| error.to_string())?;
    archive.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_functions_are_packaged_unless_some_are_named() {
        assert_eq!(asked(&[]).map(|(processor, functions)| (processor, functions.len())), Ok((Processor::Arm64, 75)));
        assert_eq!(asked(&["--x86_64", "get-home"]), Ok((Processor::X86, vec!["get-home"])));
        assert_eq!(asked(&["get-homes"]), Err("get-homes is no function".to_owned()));
    }

    #[test]
    fn a_program_for_a_newer_machine_is_not_packaged() {
        assert_eq!(newest_glibc(b"\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0"), Some(34));
        assert_eq!(newest_glibc(b"no such thing"), None);
        assert!(fits("f", b"GLIBC_2.34\0").is_ok() && fits("f", b"GLIBC_2.39\0").is_err());
    }
}
