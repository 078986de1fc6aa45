//! The habits of the house (`.github/CONTRIBUTING.md`): `cargo xtask` lists them.
#![expect(clippy::print_stdout, reason = "a command-line tool talks to whoever runs it")]

mod authority;
mod bench;
mod checks;
mod deny;
mod new_action;
mod samples;
mod startup;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::{Failure, package, run, stacks};

const HELP: &str = "\
The habits of the house.

  cargo xtask ci            everything that must pass: format, lints, dependencies, tests
  cargo xtask proof         the tests with their long proofs: more races, more random transactions
  cargo xtask bench cold    what cold starts cost, of every function: infra/benchmarks/cold.md (needs valgrind and Node)
  cargo xtask startup       see anew what runs at a cold start, for the linker: after a new compiler or SDK (needs valgrind)
  cargo xtask golden        run the tests and write the golden files anew; read the difference
  cargo xtask samples       write samplesdata/ anew
  cargo xtask stacks        write the stacks of functions anew (infra/stacks): after a change of a table, a manifest or infra/authority.txt
  cargo xtask package [--arm64|--x86-64] [<function> ...]
                            build functions for Lambda, all of them if none is named: target/lambda/<function>/bootstrap.zip
  cargo xtask admin ...     operators' work: schools, suspended employers, disabled log-ins; alone it lists its commands
  cargo xtask redrive ...   what lies in the dead-letter queues, and with --go back to its worker
  cargo xtask verify <bundle.json> [<file.pdf>] [--key <public.pem>]
                            whether evidence holds, without any server; alone it says more
  cargo xtask new-action <verb-noun> --method GET|POST|PUT --path /v1/... --role <role>[,<role>] --summary \"...\"
                            add an action; roles: student, employer, college, school;
                            [--kind asks|decides|creates|settles] says what a POST does (decides)
";

/// Built as `cargo run` is, with the same features.
const ADMIN: [&str; 5] = ["run", "--quiet", "--bin", "wangqian-admin", "--"];

/// Built by itself: who only wants to verify need not build the product.
const VERIFY: [&str; 5] = ["run", "--quiet", "--package", "evidence", "--"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        // Its refusals and its exit codes are its own.
        ["admin", words @ ..] => root().and_then(|root| run::instead(&root, "cargo", &ADMIN, words)),
        ["redrive", ..] => root().and_then(|root| run::instead(&root, "cargo", &ADMIN, &arguments)),
        // Where it was called: the files that it names are found from there.
        ["verify", words @ ..] => root().and_then(|_| run::instead(Path::new("."), "cargo", &VERIFY, words)),
        others => command(others).map(|()| ExitCode::SUCCESS),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[&str]) -> Result<(), Failure> {
    let root = &root()?;
    match arguments {
        ["ci"] => checks::ci(root),
        ["proof"] => checks::proof(root),
        ["bench", "cold"] => bench::cold(root),
        ["startup"] => startup::startup(root),
        ["golden"] => checks::golden(root),
        ["stacks"] => write_stacks(root),
        ["package", words @ ..] => package::package(root, words),
        ["samples"] => samples::write(&root.join("samplesdata")).map_err(|error| format!("samplesdata: {error}")),
        ["new-action", options @ ..] => new_action::add(root, options),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        unknown => Err(format!("no command {:?}\n\n{HELP}", unknown.join(" "))),
    }
}

fn write_stacks(root: &Path) -> Result<(), Failure> {
    let changed = stacks::write(root)?;
    for path in &changed {
        println!("wrote {path}");
    }
    if changed.is_empty() {
        println!("The stacks are as they should be.");
    }
    Ok(())
}

/// The repository, wherever in it the command was given.
fn root() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().map_err(|error| format!("no current folder: {error}"))?;
    let root = here.ancestors().find(|folder| folder.join("infra/xtask/Cargo.toml").is_file());
    root.map(Path::to_owned).ok_or_else(|| format!("{} is not in the repository", here.display()))
}
