//! Draws a document and tells its bytes, the time that it took the processor, and the most memory that was ever held. `KIND [FILE]`; the
//! documents are those of the tests. `KIND*N` draws it N times and tells the mean of the time.

#[path = "../../../tests/documents/scene.rs"]
mod scene;

use documents::Undrawable;
use scene::{
    DRAWN_AT, agreement, bare_agreement, certification, decided_agreement, evidence, letter, long_agreement, paper, signing, termination,
};
use std::error::Error;
use std::fs;
use std::io::{Write as _, stdout};

/// Linux tells in hundredths of a second how long a process ran.
const TICK: u64 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().ok_or("which kind?")?;
    let (kind, times) = kind.split_once('*').unwrap_or((kind.as_str(), "1"));
    let times: u64 = times.parse()?;
    let before = milliseconds()?;
    let mut bytes = Vec::new();
    for _ in 0..times {
        bytes = draw(kind).ok_or("no such kind")??;
    }
    let spent = (milliseconds()? - before) / times;
    if let Some(path) = arguments.next() {
        fs::write(path, &bytes)?;
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    writeln!(stdout(), "{kind}: {} bytes {spent} ms {most}", bytes.len())?;
    Ok(())
}

fn draw(kind: &str) -> Option<Result<Vec<u8>, Undrawable>> {
    let document = match kind {
        "invitation" => documents::invitation(&letter(), DRAWN_AT),
        "uncertified" => documents::uncertified_agreement(&agreement(), &signing(), DRAWN_AT),
        "certified" => documents::certified_agreement(&decided_agreement(), Some(&signing()), &certification(), DRAWN_AT),
        "paper" => documents::paper_agreement(&agreement(), &paper(), DRAWN_AT),
        "bare" => documents::paper_agreement(&bare_agreement(), &paper(), DRAWN_AT),
        "long" => documents::uncertified_agreement(&long_agreement(), &signing(), DRAWN_AT),
        "termination" => documents::termination_letter(&termination(), DRAWN_AT),
        "evidence" => documents::evidence_certificate(&evidence(5), DRAWN_AT),
        "long-evidence" => documents::evidence_certificate(&evidence(90), DRAWN_AT),
        _ => return None,
    };
    Some(document)
}

/// What the process took so far, for itself and through the system: the fourteenth and fifteenth field.
fn milliseconds() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = status.rsplit_once(')').ok_or("no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Ok(ticks.sum::<Result<u64, _>>()? * TICK)
}
