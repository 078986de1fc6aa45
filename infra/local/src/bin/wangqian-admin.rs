//! `cargo xtask admin`: operators' work, on this machine's data or on the table that the environment names.

use lambda::{MissingSettings, TableConfig};
use local::BoxError;
use local::admin::{self, Admin, HELP};
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let table = TableConfig::from_env();
    // On one machine nobody need say who they are; on a table that others work on, somebody must.
    let on_one_machine = matches!(table, Ok(None)).then(|| "local".to_owned());
    let outcome = match admin::parse(std::env::args().skip(1), user().or(on_one_machine).as_deref()) {
        Ok(None) => say(HELP),
        Ok(Some(admin)) => run(&admin, table),
        Err(wrong) => {
            eprint!("admin: {wrong}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("admin: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(admin: &Admin, table: Result<Option<TableConfig>, MissingSettings>) -> Result<(), BoxError> {
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
