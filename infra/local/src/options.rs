//! The command line.

use crate::clock::span;
use std::path::PathBuf;

/// What `--help` prints.
pub const HELP: &str = "\
网签 Wangqian: the whole product on this machine.

usage: cargo run -- [options]      (or: wangqian [options])

  --port <port>           where to listen on 127.0.0.1 (8080; 0 for any free port)
  --data-dir <folder>     where data is kept between runs (.data)
  --fresh                 forget the data of earlier runs and set up the samples anew
  --no-portal             serve the API only, as it is for now
  --clock-offset <span>   put business time ahead of real time, as in 5d, 36h, 15m or 90s
  --help                  print this
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Serve.
    Serve(Serve),
    /// Print the help.
    Help,
}

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub struct Serve {
    /// `--port`.
    pub port: u16,
    /// `--data-dir`.
    pub data_dir: PathBuf,
    /// `--fresh`.
    pub fresh: bool,
    /// `--clock-offset`.
    pub clock_offset_ms: Option<i64>,
}

/// Reads the arguments behind the program's name. Values stand behind a space or `=`.
///
/// # Errors
/// Says what is wrong with them.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut serve = Serve { port: 8080, data_dir: PathBuf::from(".data"), fresh: false, clock_offset_ms: None };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let mut value = || inline.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
        match name {
            "--port" => serve.port = value()?.parse().map_err(|_| "--port is a number from 0 to 65535")?,
            "--data-dir" => serve.data_dir = value()?.into(),
            "--clock-offset" => {
                let offset = span(&value()?).and_then(|millis| i64::try_from(millis).ok());
                serve.clock_offset_ms = Some(offset.ok_or("--clock-offset is a whole number and d, h, m or s, as in 5d")?);
            }
            "--fresh" if inline.is_none() => serve.fresh = true,
            // There is no portal yet: what scripts already say holds of itself.
            "--no-portal" if inline.is_none() => {}
            "--help" | "-h" => return Ok(Command::Help),
            _ => return Err(format!("unknown option {argument}")),
        }
    }
    Ok(Command::Serve(serve))
}
