//! `cargo xtask verify`: checks a bundle of evidence, without any server.

use evidence::{Bundle, PublicKey, report};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

const HELP: &str = "\
Checks a bundle of evidence (证据包) offline, and whether a file is the document that it names.

usage: cargo xtask verify <bundle.json> [<file.pdf>] [--key <public.pem or .der>]...

The key is what you trust: take it from where its owner publishes it, not from whoever gave you the bundle.
Exit code: 0 it holds; 1 it does not; 2 it could not be tried; 3 nothing is wrong, but no trusted signature stands for it.
";

/// A whole chain has some hundred records of a few hundred bytes; a document drawn here is below 1 MB.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

type BoxError = Box<dyn std::error::Error>;

/// What to check, against what.
#[derive(Default)]
struct Asked {
    bundle: String,
    file: Option<String>,
    keys: Vec<String>,
}

fn main() -> ExitCode {
    let tried = match asked(std::env::args().skip(1)) {
        Ok(Some(asked)) => check(&asked),
        Ok(None) => say(HELP).map(|()| 0),
        Err(wrong) => Err(format!("{wrong}\n\n{HELP}").into()),
    };
    tried.map_or_else(
        |error| {
            eprintln!("verify: {error}");
            ExitCode::from(2)
        },
        ExitCode::from,
    )
}

/// Reads the arguments; none: the help is asked for.
fn asked(mut words: impl Iterator<Item = String>) -> Result<Option<Asked>, String> {
    let (mut paths, mut keys) = (Vec::new(), Vec::new());
    while let Some(word) = words.next() {
        match word.as_str() {
            "--help" | "-h" => return Ok(None),
            "--key" => keys.push(words.next().ok_or("--key wants a file")?),
            option if option.starts_with('-') => return Err(format!("no option {option}")),
            _ => paths.push(word),
        }
    }
    let mut paths = paths.into_iter();
    let Some(bundle) = paths.next() else { return Err("which bundle?".to_owned()) };
    let asked = Asked { bundle, file: paths.next(), keys };
    paths.next().map_or(Ok(Some(asked)), |path| Err(format!("what is {path} for?")))
}

fn check(asked: &Asked) -> Result<u8, BoxError> {
    let bundle = read(&asked.bundle)?;
    let file = asked.file.as_deref().map(read).transpose()?;
    let trusted = asked.keys.iter().map(|path| key(path)).collect::<Result<Vec<_>, _>>()?;
    let bundle = Bundle::read(&bundle).map(|bundle| match &file {
        Some(file) => bundle.for_file(file),
        None => bundle,
    });
    let told = report(&bundle.and_then(|bundle| bundle.verify(file.as_deref(), &trusted)));
    say(&told.text)?;
    Ok(told.code)
}

fn key(path: &str) -> Result<PublicKey, BoxError> {
    Ok(PublicKey::read(&read(path)?).map_err(|wrong| format!("{path}: {wrong}"))?)
}

fn read(path: &str) -> Result<Vec<u8>, BoxError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| format!("{path}: {error}"))?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("{path}: {error}"))?;
    if bytes.len() as u64 > MOST_BYTES { Err(format!("{path} is longer than {MOST_BYTES} bytes").into()) } else { Ok(bytes) }
}

fn say(text: &str) -> Result<(), BoxError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
