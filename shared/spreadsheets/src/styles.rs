//! Which styles of cells are dates, and which day a number with such a style is.

use crate::Unreadable;
use crate::archive::Part;
use crate::xml::{Node, Xml};
use std::collections::BTreeMap;

/// The days between 30 December 1899 and 1 January 1970.
const EPOCH: i64 = 25_569;
/// The days that a workbook from an old Macintosh counts less.
const SINCE_1904: i64 = 1_462;
/// 28 February 1900.
const BEFORE_LEAP: i64 = 59;
/// 1 March 1900: between the two, Excel believes in a 29 February 1900.
const AFTER_LEAP: i64 = 61;
/// 31 December 9999.
const LAST_DAY: i64 = 2_958_465;

/// The styles of the cells of a workbook, by their numbers: whether each is a date.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    dates: Vec<bool>,
    since_1904: bool,
}

impl Styles {
    /// Reads them.
    pub(crate) fn read(part: Part<'_>, since_1904: bool) -> Result<Self, Unreadable> {
        let (mut custom, mut formats) = (BTreeMap::new(), Vec::new());
        let (mut xml, mut cells) = (Xml::of(part), None);
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "numFmt" => {
                        if let [Some(id), Some(code)] = tag.attributes(["numFmtId", "formatCode"])? {
                            custom.insert(id.parse::<u32>().unwrap_or_default(), is_date(&code));
                        }
                    }
                    "cellXfs" => cells = Some(depth + 1),
                    "xf" if cells == Some(depth) => {
                        let [id] = tag.attributes(["numFmtId"])?;
                        formats.push(id.and_then(|id| id.parse::<u32>().ok()).unwrap_or_default());
                    }
                    _ => {}
                },
                Node::Close if cells == Some(depth) => cells = None,
                Node::Close | Node::Text(_) => {}
                Node::End => break,
            }
        }
        let date = |id: u32| custom.get(&id).copied().unwrap_or_else(|| is_built_in_date(id));
        Ok(Self { dates: formats.into_iter().map(date).collect(), since_1904 })
    }

    /// The day, as `yyyy-mm-dd`, if a style is that of a date and the number is one.
    pub(crate) fn day(&self, style: usize, number: f64) -> Option<String> {
        if !*self.dates.get(style)? || !number.is_finite() {
            return None;
        }
        let whole: i64 = format!("{:.0}", number.floor()).parse().ok()?;
        let serial = if self.since_1904 { whole.checked_add(SINCE_1904)? } else { whole };
        let (year, month, day) = match serial {
            // Day 60 is the one that never was.
            1..=BEFORE_LEAP => civil(serial + 1 - EPOCH),
            AFTER_LEAP..=LAST_DAY => civil(serial - EPOCH),
            _ => return None,
        };
        Some(format!("{year:04}-{month:02}-{day:02}"))
    }
}

/// The formats that Excel has without declaring them, those of Chinese, Japanese and Korean among them, unless they show only a time.
fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format shows a day or a month. What is quoted, escaped or in brackets is no part of the pattern.
fn is_date(code: &str) -> bool {
    let (mut days, mut months, mut times) = (false, false, false);
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character.to_ascii_lowercase() {
            '"' => drop(characters.by_ref().find(|next| *next == '"')),
            // A time that goes on beyond 24 hours or 60 minutes is in brackets, as are colours and languages.
            '[' => times |= is_time(characters.by_ref().take_while(|next| *next != ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            ';' => break,
            'y' | 'd' => days = true,
            'm' => months = true,
            'h' | 's' => times = true,
            _ => {}
        }
    }
    days || (months && !times)
}

fn is_time(mut bracketed: impl Iterator<Item = char>) -> bool {
    bracketed.all(|character| matches!(character.to_ascii_lowercase(), 'h' | 'm' | 's'))
}

/// Year, month and day of a day since 1 January 1970, by the rule of 400 years of 146,097 days that begin in March.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}
