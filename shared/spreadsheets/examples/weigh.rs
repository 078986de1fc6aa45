//! Weighs the reading or the writing of a sheet, and tells the verdict, the time that it took the processor, and the most memory that was
//! ever held. `read FILE` checks and reads a file; `write ROWS COLUMNS [FILE]` writes a sheet of eighteen-digit cells; `csv` does likewise.

use spreadsheets::{Column, Limits, Line, Table};
use std::error::Error;
use std::fs;
use std::io::{Write as _, stdout};

/// What a roster may have.
const LIMITS: Limits = Limits { max_bytes: 50 << 20, max_rows: 20_000, max_columns: 64, max_cell_chars: 1_000 };

/// Linux tells in hundredths of a second how long a process ran.
const TICK: u64 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (verdict, spent) = match *arguments.as_slice() {
        ["read", path] => {
            let bytes = fs::read(path)?;
            timed(|| read(&bytes))?
        }
        ["write" | "csv", rows, columns, ref path @ ..] => {
            let (rows, columns) = (rows.parse()?, columns.parse()?);
            let as_csv = arguments.first() == Some(&"csv");
            let (bytes, spent) = timed(|| if as_csv { csv(rows, columns) } else { write(rows, columns) })?;
            let bytes = bytes?;
            path.first().map_or(Ok(()), |path| fs::write(path, &bytes))?;
            (format!("{} bytes", bytes.len()), spent)
        }
        _ => return Err("read FILE, write ROWS COLUMNS [FILE], or csv ROWS COLUMNS [FILE]".into()),
    };
    let status = fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    writeln!(stdout(), "{verdict} {spent} ms {most}")?;
    Ok(())
}

fn read(bytes: &[u8]) -> String {
    let rows = spreadsheets::open(bytes, &LIMITS)
        .and_then(|sheet| sheet.rows().try_fold((0, 0), |(rows, cells), row| row.map(|row| (rows + 1, cells + row.cells.len()))));
    format!("{rows:?}")
}

fn write(rows: usize, columns: usize) -> Result<Vec<u8>, spreadsheets::Unwritable> {
    let titles: Vec<String> = (0..columns).map(|column| format!("标题{column}")).collect();
    let column = |title| Column { title, width: 20.0, required: false, choices: &[], hint: None };
    let columns_of: Vec<Column<'_>> = titles.iter().map(|title| column(title)).collect();
    let table = Table { name: "名单", columns: &columns_of, filter: true, example: None, explanation: &[] };
    spreadsheets::xlsx(&table, (0..rows).map(|row| Line { cells: cells(row, columns), marked: row % 50 == 0 }))
}

fn csv(rows: usize, columns: usize) -> Result<Vec<u8>, spreadsheets::Unwritable> {
    let titles: Vec<String> = (0..columns).map(|column| format!("标题{column}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    spreadsheets::csv(&titles, (0..rows).map(|row| cells(row, columns)))
}

fn cells(row: usize, columns: usize) -> Vec<String> {
    (0..columns).map(|column| format!("{:018}", row * 1_000 + column)).collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> Result<(T, u64), Box<dyn Error>> {
    let before = milliseconds()?;
    let result = work();
    Ok((result, milliseconds()? - before))
}

/// What the process took so far, for itself and through the system: the fourteenth and fifteenth field.
fn milliseconds() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = status.rsplit_once(')').ok_or("no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Ok(ticks.sum::<Result<u64, _>>()? * TICK)
}
