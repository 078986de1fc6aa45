//! The habits of the house (CONTRIBUTING): `cargo xtask help` lists them.

mod samples;

fn main() -> std::process::ExitCode {
    match samples::write(std::path::Path::new("samplesdata")) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) => std::process::ExitCode::FAILURE,
    }
}
