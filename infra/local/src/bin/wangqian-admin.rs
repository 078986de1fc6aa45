//! `cargo xtask admin`: operators' work, on this machine's data or on the table that the environment names.

use lambda::TableConfig;
use local::BoxError;
use local::admin::{self, Admin, HELP};
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "who is at the keyboard is no setting")]
    let user = std::env::var("USER").ok();
    let outcome = match admin::parse(std::env::args().skip(1), user.as_deref()) {
        Ok(None) => say(HELP),
        Ok(Some(admin)) => run(&admin),
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
async fn run(admin: &Admin) -> Result<(), BoxError> {
    let table = TableConfig::from_env()?;
    say(&admin::on_this_machine(admin, table.as_ref()).await?)
}

fn say(text: &str) -> Result<(), BoxError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
