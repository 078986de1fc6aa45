//! `cargo xtask admin` and `cargo xtask redrive`: operators' work, on this machine's data or on what the environment names.

use lambda::{TableConfig, WorkerConfig};
use local::BoxError;
use local::admin::{self, Admin, HELP};
use local::redrive::{self, Redrive};
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "redrive").is_some() {
        return match redrive::parse(arguments) {
            Ok(None) => told("redrive", say(redrive::HELP)),
            Ok(Some(redrive)) => told("redrive", move_dead(&redrive)),
            Err(wrong) => misunderstood("redrive", &wrong, redrive::HELP),
        };
    }
    let table = TableConfig::from_env();
    // On one machine nobody need say who they are; on a table that others work on, somebody must.
    let on_one_machine = matches!(table, Ok(None)).then(|| "local".to_owned());
    match admin::parse(arguments, user().or(on_one_machine).as_deref()) {
        Ok(None) => told("admin", say(HELP)),
        Ok(Some(admin)) => told("admin", run(&admin, table)),
        Err(wrong) => misunderstood("admin", &wrong, HELP),
    }
}

fn told(command: &str, outcome: Result<(), BoxError>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{command}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn misunderstood(command: &str, wrong: &str, help: &str) -> ExitCode {
    eprint!("{command}: {wrong}\n\n{help}");
    ExitCode::from(2)
}

/// The queues that the environment names, where it names a table; or else a running stack's.
#[tokio::main(flavor = "current_thread")]
async fn move_dead(redrive: &Redrive) -> Result<(), BoxError> {
    let aws = TableConfig::from_env()?.map(|_| WorkerConfig::from_env()).transpose()?;
    say(&redrive::on_this_machine(redrive, aws.as_ref()).await?)
}

#[tokio::main(flavor = "current_thread")]
async fn run(admin: &Admin, table: Result<Option<TableConfig>, BoxError>) -> Result<(), BoxError> {
    say(&admin::on_this_machine(admin, table?.as_ref()).await?)
}

#[expect(clippy::disallowed_methods, reason = "who is at the keyboard is no setting")]
fn user() -> Option<String> {
    std::env::var("USER").ok().filter(|user| !user.is_empty())
}

fn say(text: &str) -> Result<(), BoxError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
