//! Files made by hand: archives entry by entry, so that they can lie, and workbooks part by part.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write as _;

/// What a plain workbook says of itself, its relations and its sheet.
const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An entry of an archive, and what its headers say of it.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// The name in front of the data, if it is another one.
    pub(crate) local_name: Option<String>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) crc: u32,
    pub(crate) size: u32,
    pub(crate) packed: Vec<u8>,
}

impl Entry {
    pub(crate) fn new(name: &str, content: &[u8]) -> Self {
        let (size, packed) = (content.len().try_into().unwrap(), deflated(content));
        Self { name: name.into(), local_name: None, flags: 0, method: 8, crc: crc(content), size, packed }
    }

    pub(crate) fn stored(name: &str, content: &[u8]) -> Self {
        Self { method: 0, packed: content.to_vec(), ..Self::new(name, content) }
    }

    fn common(&self, name: &str) -> Vec<u8> {
        let mut bytes = vec![20, 0];
        for field in [self.flags, self.method, 0, 0x21] {
            bytes.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.packed.len().try_into().unwrap(), self.size] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        bytes.extend(0_u16.to_le_bytes());
        bytes
    }

    /// What stands in front of the data.
    pub(crate) fn local(&self) -> Vec<u8> {
        let name = self.local_name.as_ref().unwrap_or(&self.name);
        [b"PK\x03\x04", &*self.common(name), name.as_bytes()].concat()
    }

    /// What stands in the directory.
    pub(crate) fn central(&self, offset: usize) -> Vec<u8> {
        let offset = u32::try_from(offset).unwrap().to_le_bytes();
        [b"PK\x01\x02\x14\0", &*self.common(&self.name), &[0; 10], &offset, self.name.as_bytes()].concat()
    }
}

pub(crate) fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn crc(content: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(content);
    crc.sum()
}

/// The last record of an archive.
pub(crate) fn end(entries: usize, length: usize, offset: usize) -> Vec<u8> {
    let entries = u16::try_from(entries).unwrap().to_le_bytes();
    let [length, offset] = [length, offset].map(|number| u32::try_from(number).unwrap().to_le_bytes());
    [b"PK\x05\x06\0\0\0\0", &entries[..], &entries, &length, &offset, &[0, 0]].concat()
}

/// An archive of entries.
pub(crate) fn zip(entries: &[Entry]) -> Vec<u8> {
    zip_behind(b"", entries)
}

/// An archive that knows of the bytes in front of it.
pub(crate) fn zip_behind(front: &[u8], entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (front.to_vec(), Vec::new());
    for entry in entries {
        directory.extend(entry.central(bytes.len()));
        bytes.extend(entry.local());
        bytes.extend(&entry.packed);
    }
    let last = end(entries.len(), directory.len(), bytes.len());
    [bytes, directory, last].concat()
}

/// An archive in which each entry packs the header of the next as it is, and shares what follows with it: David Fifield's bomb.
pub(crate) fn overlapping(entries: usize, size: usize) -> Vec<u8> {
    let mut content = vec![0; size];
    let mut entry = Entry::new("xl/media/0.bin", &content);
    let (mut bytes, mut made) = ([entry.local(), entry.packed.clone()].concat(), vec![]);
    for number in 1..entries {
        let header = entry.local();
        let length = u16::try_from(header.len()).unwrap();
        made.push((entry, bytes.len()));
        let quote = [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), &*bytes].concat();
        content = [header, content].concat();
        entry = Entry { packed: quote, ..Entry::stored(&format!("xl/media/{number}.bin"), &content) };
        entry.method = 8;
        bytes = [entry.local(), entry.packed.clone()].concat();
    }
    made.push((entry, bytes.len()));
    let directory: Vec<u8> = made.iter().flat_map(|(entry, from_end)| entry.central(bytes.len() - from_end)).collect();
    let last = end(entries, directory.len(), bytes.len());
    [bytes, directory, last].concat()
}

/// A workbook with one sheet.
#[derive(Clone)]
pub(crate) struct Book {
    parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// With this between the tags of its list of rows.
    pub(crate) fn new(rows: &str) -> Self {
        Self::sheet(&format!("<sheetData>{rows}</sheetData>"))
    }

    /// With this between the tags of its sheet.
    pub(crate) fn sheet(content: &str) -> Self {
        let sheet = format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{content}</worksheet>"#);
        Self { parts: Vec::new() }
            .part("[Content_Types].xml", TYPES)
            .part("_rels/.rels", relations(&[("rId1", "officeDocument", "xl/workbook.xml")]))
            .part("xl/workbook.xml", WORKBOOK)
            .part("xl/_rels/workbook.xml.rels", relations(&[("rId1", "worksheet", "worksheets/sheet1.xml")]))
            .part("xl/worksheets/sheet1.xml", sheet)
    }

    /// With this between the tags of its list of shared texts.
    pub(crate) fn shared(self, attributes: &str, texts: &str) -> Self {
        let parts = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "/xl/sharedStrings.xml")];
        let shared = format!("<sst {attributes}>{texts}</sst>");
        self.part("xl/_rels/workbook.xml.rels", relations(&parts)).part("xl/sharedStrings.xml", shared)
    }

    /// With this between the tags of its styles.
    pub(crate) fn styles(self, styles: &str) -> Self {
        let parts = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId3", "styles", "styles.xml")];
        let styles = format!("<styleSheet>{styles}</styleSheet>");
        self.part("xl/_rels/workbook.xml.rels", relations(&parts)).part("xl/styles.xml", styles)
    }

    /// With a part, in place of the one with that name.
    pub(crate) fn part(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.into(), content.as_ref().into()));
        self
    }

    /// With one more kind of part.
    pub(crate) fn kind(self, kind: &str) -> Self {
        let more = format!(r#"<Default Extension="bin" ContentType="application/{kind}"/></Types>"#);
        self.part("[Content_Types].xml", TYPES.replace("</Types>", &more))
    }

    /// As another kind of document.
    pub(crate) fn main(self, kind: &str) -> Self {
        let plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        self.part("[Content_Types].xml", TYPES.replace(plain, kind))
    }

    pub(crate) fn parts(&self) -> &[(String, Vec<u8>)] {
        &self.parts
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.parts.iter().map(|(name, content)| Entry::new(name, content)).collect()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        zip(&self.entries())
    }

    /// Its archive with one more entry.
    pub(crate) fn with(&self, entry: Entry) -> Vec<u8> {
        zip(&[self.entries(), vec![entry]].concat())
    }
}

/// What is made of each item, one behind the other.
pub(crate) fn joined<T>(items: impl IntoIterator<Item = T>, made: impl Fn(T) -> String) -> String {
    items.into_iter().map(made).collect()
}

/// Letters that take half a byte each however they are packed: beside them, what is dense does not show.
pub(crate) fn noise(letters: usize) -> String {
    let step = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(1), step)
        .take(letters)
        .map(|state: u64| char::from(b"abcdefghijklmnop"[usize::try_from(state >> 60).unwrap()]))
        .collect()
}

/// The relations of a part: identifier, kind and target of each.
pub(crate) fn relations(relations: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(_, _, _)| format!(r#"<Relationship Id="{id}" Type="{KIND}/{kind}" Target="{target}"/>"#);
    let all = joined(relations, one);
    format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#)
}

/// A row of cells that carry their texts in themselves.
pub(crate) fn row(number: u32, texts: &[&str]) -> String {
    let one = |text: &&str| format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#);
    let cells = joined(texts, one);
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// A workbook with two columns and one row.
pub(crate) fn plain() -> Book {
    Book::new(&[row(1, &["姓名", "身份证号"]), row(2, &["张三", "420199200401010017"])].concat())
}
