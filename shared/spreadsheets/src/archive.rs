//! The directory of a zip archive, read strictly: what it says of its entries is compared with the bytes before anything is unpacked.

mod directory;
mod fields;
mod part;

use crate::Unreadable;
use directory::Stated;
use fields::{Fields, slice};
use part::Weight;
use std::collections::BTreeSet;

pub(crate) use part::{COMPOUND, Part};

/// Entries of an archive.
const MAX_ENTRIES: usize = 2_000;
/// Bytes of a name.
const MAX_NAME: usize = 255;
/// How a local header begins.
const LOCAL: u32 = 0x0403_4b50;
/// Length of a local header without name and extra field.
const LOCAL_LENGTH: u64 = 30;
/// Flags of an entry that stands under a password, plainly or with its directory masked.
const SEALED: u16 = 1 | 1 << 6 | 1 << 13;

/// An entry whose bytes were found.
#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    name: &'a str,
    deflated: bool,
    crc: u32,
    /// Unpacked, as the directory states; true once the archive was weighed.
    size: u64,
    packed: &'a [u8],
}

/// An archive: names, and the packed bytes behind each.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    entries: Vec<Entry<'a>>,
}

impl<'a> Archive<'a> {
    /// Reads the directory and finds each entry.
    ///
    /// # Errors
    /// What is wrong with the archive as such.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let (stated, end) = directory::read(bytes, MAX_ENTRIES)?;
        let mut names = BTreeSet::new();
        let mut spans = Vec::new();
        let mut entries = Vec::new();
        for entry in &stated {
            check_name(entry.name)?;
            if !names.insert(entry.name.to_lowercase()) {
                return Err(Unreadable::RepeatedName);
            }
            let (found, span) = locate(bytes, entry)?;
            spans.push(span);
            if entry.name.ends_with('/') && entry.size > 0 {
                return Err(Unreadable::UnsafeName);
            }
            if !entry.name.ends_with('/') {
                entries.push(found);
            }
        }
        apart(spans, end)?;
        Ok(Self { entries })
    }

    /// Unpacks every entry to nowhere: counts, compares checksums, and looks for what no part of a spreadsheet may have.
    ///
    /// # Errors
    /// What is wrong with the content.
    pub(crate) fn weigh(&self) -> Result<(), Unreadable> {
        let mut weight = Weight::default();
        self.entries.iter().try_for_each(|entry| weight.add(entry))
    }

    /// The names of the entries that are files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().map(|entry| entry.name)
    }

    /// A part by its name, which is the same in capitals and in small letters.
    pub(crate) fn part(&self, name: &str) -> Option<Part<'a>> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)).map(Part::of)
    }
}

fn check_name(name: &str) -> Result<(), Unreadable> {
    let stays = |segment: &str| !matches!(segment, "" | "." | "..");
    let path = name.strip_suffix('/').unwrap_or(name);
    let odd = |character: char| character.is_control() || matches!(character, '\\' | ':');
    let safe = name.len() <= MAX_NAME && path.split('/').all(stays) && !name.contains(odd);
    if safe { Ok(()) } else { Err(Unreadable::UnsafeName) }
}

/// The packed bytes of an entry, and the bytes from the start of its header to the end of its data.
fn locate<'a>(bytes: &'a [u8], stated: &Stated<'a>) -> Result<(Entry<'a>, (u64, u64)), Unreadable> {
    let broken = Unreadable::BrokenArchive;
    let mut header = Fields::new(slice(bytes, stated.offset, LOCAL_LENGTH).ok_or(broken)?);
    let signature = header.u32().ok_or(broken)?;
    let (_version, flags, method) = (header.u16(), header.u16().ok_or(broken)?, header.u16().ok_or(broken)?);
    header.skip(16).ok_or(broken)?;
    let (name_length, extra_length) = (header.u16().ok_or(broken)?, header.u16().ok_or(broken)?);
    if signature != LOCAL || method != stated.method {
        return Err(broken);
    }
    if (flags | stated.flags) & SEALED != 0 {
        return Err(Unreadable::Encrypted);
    }
    let name_at = stated.offset + LOCAL_LENGTH;
    if slice(bytes, name_at, name_length.into()) != Some(stated.name.as_bytes()) {
        return Err(broken);
    }
    let data_at = name_at + u64::from(name_length) + u64::from(extra_length);
    let packed = slice(bytes, data_at, stated.packed).ok_or(broken)?;
    let deflated = match stated.method {
        0 => false,
        8 => true,
        _ => return Err(broken),
    };
    let entry = Entry { name: stated.name, deflated, crc: stated.crc, size: stated.size, packed };
    Ok((entry, (stated.offset, data_at + stated.packed)))
}

/// The entries begin with the file, lie one after the other, and end before the directory: a byte that counts for two entries, or that
/// counts for none and stands in front, is how one file is made to be two.
fn apart(mut spans: Vec<(u64, u64)>, directory: u64) -> Result<(), Unreadable> {
    spans.sort_unstable();
    let mut free = 0;
    for (start, end) in spans {
        if start < free {
            return Err(Unreadable::Overlapping);
        }
        if free == 0 && start > 0 {
            return Err(Unreadable::NotAnArchive);
        }
        free = end;
    }
    if free > directory { Err(Unreadable::Overlapping) } else { Ok(()) }
}
