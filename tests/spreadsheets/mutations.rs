//! An ordinary file that is cut off or damaged: whatever comes of it, reading ends with rows or with a reason.

use super::make::{Book, joined, row};
use super::read;
use crate::support::Random;
use spreadsheets::Unreadable;
use std::collections::BTreeSet;

/// Of the archive, and of the parts inside it.
const MUTATIONS: usize = 300;

fn damage(random: &mut Random, bytes: &mut [u8]) {
    let at = random.below(bytes.len());
    // Bytes that mean something to XML do more than others.
    let bytes_of_xml = b"<>&;/\"'=! \0A19";
    bytes[at] = if random.below(2) == 0 { *random.one_of(bytes_of_xml) } else { bytes[at] ^ 1 << random.below(8) };
}

/// Every kind of cell, in some rows.
fn good() -> Book {
    let cells = r#"<c t="s" s="1"><v>0</v></c><c s="1"><v>46000.5</v></c><c><f>1</f><v>1</v></c><c t="b"><v>1</v></c>"#;
    let rows = joined(2..40, |number| format!(r#"<row r="{number}">{cells}</row>"#));
    let content = [row(1, &["甲", "乙", "丙", "丁"]), rows].concat();
    let merged = r#"<mergeCells><mergeCell ref="A3:B3"/></mergeCells>"#;
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>"#;
    let book = Book::sheet(&format!("<sheetData>{content}</sheetData>{merged}")).styles(styles);
    let relations = String::from_utf8(book.parts().iter().find(|(name, _)| name.ends_with("book.xml.rels")).unwrap().1.clone()).unwrap();
    let both = relations.replace("</Rel", r#"<Relationship Id="rId2" Type="a/sharedStrings" Target="sharedStrings.xml"/></Rel"#);
    let shared = r#"<si><r><t>张&amp;_x0041_</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si>"#;
    book.shared(r#"uniqueCount="1""#, shared).part("xl/_rels/workbook.xml.rels", both)
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_ends() {
    let bytes = good().bytes();
    assert_eq!(read(&bytes).unwrap().1.len(), 38);
    for length in (0..bytes.len()).step_by(97) {
        assert_eq!(read(&bytes[..length]), Err(Unreadable::NotAnArchive), "{length}");
    }
}

#[test]
fn a_damaged_archive_is_read_or_refused() {
    let (bytes, mut random) = (good().bytes(), Random::new(0x5eed_0f41_f1e5));
    let mut reasons = BTreeSet::new();
    for _ in 0..MUTATIONS {
        let mut damaged = bytes.clone();
        damage(&mut random, &mut damaged);
        reasons.extend(read(&damaged).err());
    }
    assert!(reasons.len() > 3, "{reasons:?}");
}

#[test]
fn damaged_parts_in_a_sound_archive_are_read_or_refused() {
    let (book, mut random) = (good(), Random::new(0x0dd_ba11));
    let (mut taken, mut reasons) = (0, BTreeSet::new());
    for _ in 0..10 * MUTATIONS {
        let (name, mut content) = book.parts()[random.below(book.parts().len())].clone();
        damage(&mut random, &mut content);
        match read(&book.clone().part(&name, content).bytes()) {
            Ok((header, rows)) => {
                assert!(rows.iter().all(|row| row.cells.len() == header.len()));
                taken += 1;
            }
            Err(reason) => drop(reasons.insert(reason)),
        }
    }
    assert!(taken > 500 && reasons.len() > 4, "{taken} {reasons:?}");
}
