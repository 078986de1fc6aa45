//! The central directory: where it lies, and what it states. Numbers of 64 bits are read too, since some writers of large sheets always
//! use them.

use super::fields::{Fields, slice};
use crate::Unreadable;

/// How the last record of the file begins.
const END: u32 = 0x0605_4b50;
const END_LENGTH: u64 = 22;
/// How the record begins that tells where the wide last record lies.
const LOCATOR: u32 = 0x0706_4b50;
const LOCATOR_LENGTH: u64 = 20;
/// How the wide last record begins.
const WIDE_END: u32 = 0x0606_4b50;
const WIDE_END_LENGTH: u64 = 56;
/// How an entry of the directory begins.
const ENTRY: u32 = 0x0201_4b50;
/// The extra field that holds what 32 bits cannot.
const WIDE: u16 = 1;
/// Says that a number is in the extra field.
const ELSEWHERE: u32 = u32::MAX;

/// What the directory states of an entry.
pub(super) struct Stated<'a> {
    pub(super) name: &'a str,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) offset: u64,
}

/// Where the directory lies.
struct End {
    entries: u64,
    length: u64,
    offset: u64,
}

/// The entries as the directory states them, and where it begins. They are all looked for, not as many as it says.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<(Vec<Stated<'_>>, u64), Unreadable> {
    let (end, behind) = find(bytes).ok_or(Unreadable::NotAnArchive)?;
    if end.offset.checked_add(end.length) != Some(behind) {
        return Err(Unreadable::BrokenArchive);
    }
    let mut fields = Fields::new(slice(bytes, end.offset, end.length).ok_or(Unreadable::BrokenArchive)?);
    let mut entries = Vec::new();
    while !fields.is_empty() {
        if entries.len() == most {
            return Err(Unreadable::TooManyParts);
        }
        entries.push(entry(&mut fields)?);
    }
    let told = u64::try_from(entries.len()).is_ok_and(|found| found == end.entries);
    if told { Ok((entries, end.offset)) } else { Err(Unreadable::BrokenArchive) }
}

/// The last record of the file, and where the directory has to end. It is the last in the strict sense: no comment follows it.
fn find(bytes: &[u8]) -> Option<(End, u64)> {
    let length = u64::try_from(bytes.len()).ok()?;
    let at = length.checked_sub(END_LENGTH)?;
    let mut fields = Fields::new(slice(bytes, at, END_LENGTH)?);
    let (signature, disk, first_disk) = (fields.u32()?, fields.u16()?, fields.u16()?);
    let (here, entries, length, offset) = (fields.u16()?, fields.u16()?, fields.u32()?, fields.u32()?);
    if signature != END || fields.u16()? != 0 {
        return None;
    }
    let in_one = disk == first_disk && (disk == 0 || disk == u16::MAX) && here == entries;
    let narrow = entries < u16::MAX && length < ELSEWHERE && offset < ELSEWHERE;
    let end = End { entries: entries.into(), length: length.into(), offset: offset.into() };
    if !in_one {
        return None;
    }
    if let Some((wide, behind)) = find_wide(bytes, at) {
        let agrees = narrow && wide.entries == end.entries && wide.length == end.length && wide.offset == end.offset;
        return (agrees || !narrow).then_some((wide, behind));
    }
    narrow.then_some((end, at))
}

fn find_wide(bytes: &[u8], end: u64) -> Option<(End, u64)> {
    let at = end.checked_sub(LOCATOR_LENGTH)?;
    let mut fields = Fields::new(slice(bytes, at, LOCATOR_LENGTH)?);
    if fields.u32()? != LOCATOR {
        return None;
    }
    fields.skip(4)?;
    let wide_at = fields.u64()?;
    let mut fields = Fields::new(slice(bytes, wide_at, WIDE_END_LENGTH)?);
    if fields.u32()? != WIDE_END || wide_at.checked_add(WIDE_END_LENGTH)? != at {
        return None;
    }
    fields.skip(20)?;
    let (here, entries, length, offset) = (fields.u64()?, fields.u64()?, fields.u64()?, fields.u64()?);
    (here == entries).then_some((End { entries, length, offset }, wide_at))
}

fn entry<'a>(fields: &mut Fields<'a>) -> Result<Stated<'a>, Unreadable> {
    let (stated, name) = parse(fields).ok_or(Unreadable::BrokenArchive)?;
    let name = str::from_utf8(name).map_err(|_| Unreadable::UnsafeName)?;
    Ok(Stated { name, ..stated })
}

fn parse<'a>(fields: &mut Fields<'a>) -> Option<(Stated<'static>, &'a [u8])> {
    let signature = fields.u32()?;
    fields.skip(4)?;
    let (flags, method) = (fields.u16()?, fields.u16()?);
    fields.skip(4)?;
    let (crc, packed, size) = (fields.u32()?, fields.u32()?, fields.u32()?);
    let (name_length, extra_length, comment_length) = (fields.u16()?, fields.u16()?, fields.u16()?);
    fields.skip(8)?;
    let offset = fields.u32()?;
    let name = fields.take(name_length.into())?;
    let mut wide = wide_numbers(fields.take(extra_length.into())?);
    fields.skip(comment_length.into())?;
    let mut number = |stated: u32| if stated == ELSEWHERE { wide.u64() } else { Some(stated.into()) };
    let (size, packed, offset) = (number(size)?, number(packed)?, number(offset)?);
    // An offset of more than a file can have would overflow what is added to it.
    let sensible = signature == ENTRY && offset < u64::from(u32::MAX) && packed < u64::from(u32::MAX);
    sensible.then_some((Stated { name: "", flags, method, crc, packed, size, offset }, name))
}

/// The numbers of 64 bits out of an extra field; none if they are not there.
fn wide_numbers(extra: &[u8]) -> Fields<'_> {
    let mut fields = Fields::new(extra);
    while let (Some(kind), Some(length)) = (fields.u16(), fields.u16()) {
        match fields.take(length.into()) {
            Some(content) if kind == WIDE => return Fields::new(content),
            Some(_) => {}
            None => break,
        }
    }
    Fields::new(&[])
}
