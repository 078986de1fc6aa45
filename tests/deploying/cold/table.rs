//! The table as it is written.

use super::subject::{Sample, Subject};
use std::fmt::Write as _;

const HEAD: &str = "\
# Cold starts

`cargo xtask bench cold` writes this page: every function as it is deployed, started STARTS times in turn with all others on one machine, at
its first event over TLS (the engines of `cargo run` behind a certificate; five roots of Amazon and the test's own are read). Medians.
Milliseconds are this machine's and of no use elsewhere; ratios and instructions are. **init** is from the start of the process to its
first question for an event, **first** from the event to its answer; CPU is of the function's process alone, so that the engine does not count.
`x` is the ratio to the least function (hello-world, `lambda_http` without default features, same profile, as cargo links it). Instructions are counted by valgrind
(cachegrind), once. **MB** is the peak, until the first event and with the answer, most of it pages of the binary and of libc that the kernel maps around those that are
touched; **own MB** is what the process has written. An action's event is a valid request: done at its first start, repeated or refused at the others; the row
`accept-invitation, done` accepts another letter at each start, and Node asks the same of AWS (token by the issuer's keys, three strong reads
in two requests, a transaction of eleven items), by its own runtime's smallest loop.

| function | binary MB | zip MB | init ms | x | init CPU ms | x | init M instr. | x | init MB | x | MB | x | own MB | first ms | first CPU ms | init + first CPU, x | init + first M instr. | x |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
";

/// All rows, the first of which is the measure of all others.
pub(super) fn text(rows: &[(Subject, Vec<Sample>)]) -> String {
    let mut text = HEAD.replace("STARTS", &super::STARTS.to_string());
    let of = |samples: &[Sample], pick: fn(&Sample) -> f64| median(samples.iter().map(pick).collect());
    let Some((least, base)) = rows.first() else { return text };
    let whole = |samples: &[Sample]| of(samples, |sample| sample.init_cpu_ms + sample.first_cpu_ms);
    for (subject, samples) in rows {
        let (bytes, zipped) = sizes(&subject.command);
        let against = |pick: fn(&Sample) -> f64| of(samples, pick) / of(base, pick);
        let instructions = |of: fn(&Subject) -> f64| match of(subject) {
            0.0 => "- | -".to_owned(),
            count => format!("{count:.2} | {:.1}", count / of(least)),
        };
        writeln!(
            text,
            "| {} | {bytes} | {zipped} | {:.1} | {:.1} | {:.1} | {:.1} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {} |",
            subject.name,
            of(samples, |sample| sample.init_ms),
            against(|sample| sample.init_ms),
            of(samples, |sample| sample.init_cpu_ms),
            against(|sample| sample.init_cpu_ms),
            instructions(|subject| subject.instructions.0),
            of(samples, |sample| sample.init_mb),
            against(|sample| sample.init_mb),
            of(samples, |sample| sample.mb),
            against(|sample| sample.mb),
            of(samples, |sample| sample.own_mb),
            of(samples, |sample| sample.first_ms),
            of(samples, |sample| sample.first_cpu_ms),
            whole(samples) / whole(base),
            instructions(|subject| subject.instructions.1),
        )
        .unwrap();
    }
    text
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Of the binary, and of the same deflated as a package is, in MB.
fn sizes(command: &[String]) -> (String, String) {
    use flate2::{Compression, write::DeflateEncoder};
    let Ok(bytes) = std::fs::read(command.last().unwrap()) else { return ("-".to_owned(), "-".to_owned()) };
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut encoder, &bytes).unwrap();
    // In hundredths.
    let mb = |length: usize| format!("{}.{:02}", length / 1_000_000, length % 1_000_000 / 10_000);
    (mb(bytes.len()), mb(encoder.finish().unwrap().len()))
}
