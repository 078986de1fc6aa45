//! What of a program runs at a start, for the linker, so that it lies together (ADR 0035): `shared/lambda/linking/startup.ld`. Functions are
//! run under callgrind, and the sections of what they called are listed, by names without their hashes, which a new compiler changes.

use crate::bench;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use xtask::{Failure, package, run};

const SCRIPT: &str = "shared/lambda/linking/startup.ld";
const HEAD: &str = "\
/* Written by `cargo xtask startup`: what functions run until their first event lies together at the front of a program (ADR 0035). */
SECTIONS {
  .text.startup_order : {
    *(
";
const FOOT: &str = "    )\n  }\n} INSERT BEFORE .text;\n";

/// How a compiler names the section of a function: plainly, or apart because it is rarely called.
const SECTIONS: [&str; 3] = [".text.", ".text.unlikely.", ".text.startup."];

/// Builds every function with its names, sees what runs, and writes the linker's script anew.
pub(crate) fn startup(root: &Path) -> Result<(), Failure> {
    let target = package::target(root)?;
    let named = target.join("startup");
    let folder = run::text(&named)?;
    let functions = package::functions();
    package::compile(root, &functions, &["--target-dir", folder], &[("CARGO_PROFILE_RELEASE_STRIP", "none")])?;
    let release = named.join("release");
    bench::measure(root, "deploying::cold::calls_at_a_start", &[("WANGQIAN_BINARIES", run::text(&release)?)])?;
    let sections = sections(root, &release.join("deps"))?;
    let mut patterns = BTreeSet::new();
    for function in functions {
        let called = called(&target.join("tmp/calls").join(function))?;
        for name in with_aliases(root, &release.join(function), &called)? {
            patterns.extend(sections_of(&name, &sections).iter().map(|section| without_hash(section)));
        }
    }
    let lines: Vec<String> = patterns.iter().map(|pattern| format!("      {pattern}\n")).collect();
    fs::write(root.join(SCRIPT), format!("{HEAD}{}{FOOT}", lines.concat())).map_err(|error| format!("{SCRIPT}: {error}"))?;
    println!("{} sections of functions in {SCRIPT}", patterns.len());
    Ok(())
}

/// The sections that there are of this name; where there is none the program's own crate has it, whose objects are gone.
fn sections_of(name: &str, sections: &BTreeSet<String>) -> Vec<String> {
    let there: Vec<String> =
        SECTIONS.map(|kind| format!("{kind}{name}")).into_iter().filter(|section| sections.contains(section)).collect();
    let rust = name.starts_with("_ZN") || name.starts_with("_R");
    if there.is_empty() && rust { vec![format!(".text.{name}")] } else { there }
}

/// A pattern for a section whatever compiler names it: without a function's hash, without those of crates, without aws-lc's version.
fn without_hash(section: &str) -> String {
    if let Some((before, rest)) = section.split_once("aws_lc_0_") {
        let name = rest.trim_start_matches(|character: char| character.is_ascii_digit() || character == '_');
        return format!("{before}aws_lc_*_{name}");
    }
    if let Some((name, _)) = section.rsplit_once("17h") {
        return format!("{name}17h*");
    }
    let mut parts = section.split("Cs");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |pattern, part| match part.split_once('_') {
        Some((hash, rest)) if hash.chars().all(|character| character.is_ascii_alphanumeric()) => format!("{pattern}Cs*_{rest}"),
        _ => format!("{pattern}Cs{part}"),
    })
}

/// The functions that callgrind saw called.
fn called(noted: &Path) -> Result<BTreeSet<String>, Failure> {
    let text = fs::read_to_string(noted).map_err(|error| format!("{}: {error}", noted.display()))?;
    let names = text.lines().filter_map(|line| line.strip_prefix("fn="));
    // `'2` behind a name counts how often it called itself.
    Ok(names.filter_map(|name| name.split('\'').next()).map(str::to_owned).collect())
}

/// Whatever else lies where these lie: equal functions are one, under several names, of which a section has any.
fn with_aliases(root: &Path, program: &Path, called: &BTreeSet<String>) -> Result<BTreeSet<String>, Failure> {
    let said = run::output(root, "nm", &[run::text(program)?])?;
    let mut at: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in said.lines() {
        if let [address, _, name] = line.split_whitespace().collect::<Vec<_>>()[..] {
            at.entry(address).or_default().push(name);
        }
    }
    let groups = at.values().filter(|names| names.iter().any(|name| called.contains(*name)));
    Ok(groups.flatten().map(|name| (*name).to_owned()).collect())
}

/// Every section of code in what programs are linked from.
fn sections(root: &Path, deps: &Path) -> Result<BTreeSet<String>, Failure> {
    let sysroot = run::output(root, "rustc", &["--print", "target-libdir"])?;
    let mut found = BTreeSet::new();
    for folder in [deps, Path::new(sysroot.trim())] {
        let files = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let archives: Vec<PathBuf> =
            files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "rlib")).collect();
        for archive in archives {
            let said = run::output(root, "readelf", &["--section-headers", "--wide", run::text(&archive)?])?;
            found.extend(said.split_whitespace().filter(|word| word.starts_with(".text.")).map(str::to_owned));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_whatever_compiler_named_a_function() {
        assert_eq!(without_hash(".text._ZN4core3fmt9Formatter3pad17h0a1b2c3d4e5f6071E.llvm.12"), ".text._ZN4core3fmt9Formatter3pad17h*");
        let of_std = ".text.unlikely._RNvMs4_NtCslNYArtu3iFV_5alloc7raw_vecNtB5_11RawVecInner11finish_growCsjrHSEGnQ3l9_3std";
        assert_eq!(without_hash(of_std), ".text.unlikely._RNvMs4_NtCs*_5alloc7raw_vecNtB5_11RawVecInner11finish_growCs*_3std");
        assert_eq!(without_hash(".text.aws_lc_0_47_0_SHA256_Init"), ".text.aws_lc_*_SHA256_Init");
        assert_eq!(without_hash(".text.SHA256_Init"), ".text.SHA256_Init");
    }

    #[test]
    fn a_section_is_listed_under_the_name_that_it_has() {
        let sections = BTreeSet::from([".text.a".to_owned(), ".text.unlikely.b".to_owned()]);
        assert_eq!(sections_of("a", &sections), [".text.a"]);
        assert_eq!(sections_of("b", &sections), [".text.unlikely.b"]);
        assert_eq!(sections_of("_ZN1cE", &sections), [".text._ZN1cE"], "of the program's own crate");
        assert!(sections_of("printf", &sections).is_empty(), "of the C library");
    }
}
