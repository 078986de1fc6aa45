//! Weighs an inspection: reads a file, inspects it as a type (`pdf`, `jpeg` or `png`), and tells the verdict, the time that it took the
//! processor, and the most memory that was ever held, the file included.

use domain::upload::MediaType;
use std::error::Error;
use std::fs;
use std::io::{Write as _, stdout};

/// What an upload may have.
const LIMITS: inspection::Limits = inspection::Limits { max_bytes: 10 << 20 };

/// Linux tells in hundredths of a second how long a process ran.
const TICK: u64 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(kind)) = (arguments.next(), arguments.next()) else { return Err("which file, and which type?".into()) };
    let declared = match kind.as_str() {
        "pdf" => MediaType::Pdf,
        "jpeg" => MediaType::Jpeg,
        "png" => MediaType::Png,
        _ => return Err("pdf, jpeg or png".into()),
    };
    let bytes = fs::read(path)?;
    let before = milliseconds()?;
    let verdict = inspection::inspect(&bytes, declared, &LIMITS).map(|cleaned| (cleaned.bytes.len(), cleaned.pages));
    let spent = milliseconds()? - before;
    let status = fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    writeln!(stdout(), "{} bytes: {verdict:?} {spent} ms {most}", bytes.len())?;
    Ok(())
}

/// What the process took so far, for itself and through the system: the fourteenth and fifteenth field.
fn milliseconds() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = status.rsplit_once(')').ok_or("no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Ok(ticks.sum::<Result<u64, _>>()? * TICK)
}
