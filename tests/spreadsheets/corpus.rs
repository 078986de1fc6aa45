//! The hostile sheets, by their number in the corpus. Each is refused, and says why; what is only odd is read as it is.

use super::make::{Book, Entry, deflated, joined, noise, overlapping, plain, relations, row, zip, zip_behind};
use super::{LIMITS, cells, number, read, text};
use spreadsheets::Unreadable::{
    self, BrokenArchive, BrokenXml, CellTooLong, Dtd, EmbeddedFile, Encrypted, ExternalLinks, LyingCounts, Macros, MergedHeader, NoHeader,
    NotAnArchive, NotXlsx, Overlapping, RepeatedHeader, RepeatedName, TooLong, TooManyColumns, TooManyParts, TooManyRows, UnpacksTooLarge,
    UnsafeName,
};
use spreadsheets::{Cell, Limits, check, guard, open};
use std::collections::BTreeSet;

/// Its number, or 0 for one that the corpus does not number; what it is; the file; the reason.
type Case = (u8, &'static str, Vec<u8>, Unreadable);

/// Rows of one number each.
fn numbers(rows: u32) -> String {
    joined(1..=rows, |row| format!(r#"<row r="{row}"><c r="A{row}"><v>{}</v></c></row>"#, row % 7))
}

fn packed() -> Vec<Case> {
    let zeros = vec![b' '; 64 << 20];
    let large = joined(0..80_000, |number| format!("{number:60}"));
    let part = Entry::new("", large.as_bytes());
    let many = (0..12).map(|number| Entry { name: format!("xl/{number}.xml"), ..part.clone() });
    let crumb = Entry::new("", &vec![b' '; 64 << 10]);
    let crumbs = (0..600).map(|number| Entry { name: format!("xl/{number}.xml"), ..crumb.clone() });
    let string = format!("<si><t>{}</t></si>", "A".repeat(64 << 20));
    let lie = Entry { size: 1_000, ..Entry::new("xl/a.xml", &zeros) };
    let boast = Entry { size: u32::MAX - 1, ..Entry::new("xl/a.xml", b"<a/>") };
    let nested = plain().bytes();
    vec![
        (46, "zip bomb", plain().part("xl/media/a.png", &zeros).bytes(), UnpacksTooLarge),
        (
            46,
            "zip bomb beside noise",
            plain().part("xl/a.png", noise(1 << 20)).part("xl/b.png", &zeros[..32 << 20]).bytes(),
            UnpacksTooLarge,
        ),
        (46, "zip bomb that states little", plain().with(lie), UnpacksTooLarge),
        (46, "zip bomb that states 4 GB", plain().with(boast), UnpacksTooLarge),
        (46, "one shared text of 64 MB", plain().shared("", &string).bytes(), UnpacksTooLarge),
        (46, "many parts that are large together", zip(&[plain().entries(), many.collect()].concat()), UnpacksTooLarge),
        (46, "many parts that are small and dense", zip(&[plain().entries(), crumbs.collect()].concat()), UnpacksTooLarge),
        (47, "zip as a part", plain().part("xl/media/image1.png", &nested).bytes(), EmbeddedFile),
        (47, "zip in a zip", zip(&[Entry::stored("a.zip", &nested)]), EmbeddedFile),
        (47, "workbook in a workbook", plain().part("xl/embeddings/a.bin", "x").bytes(), EmbeddedFile),
        (48, "quoted overlap bomb", overlapping(200, 1 << 18), Overlapping),
        (63, "../", plain().part("../../etc/cron.d/a", "x").bytes(), UnsafeName),
        (63, "root", plain().part("/etc/passwd", "x").bytes(), UnsafeName),
        (63, "backslash", plain().part("xl\\..\\..\\a.dll", "x").bytes(), UnsafeName),
        (63, "drive", plain().part("C:/a.dll", "x").bytes(), UnsafeName),
        (63, "nul", plain().part("xl/a.xml\0.png", "x").bytes(), UnsafeName),
        (64, "two entries of one name", plain().with(Entry::new("xl/workbook.xml", b"<a/>")), RepeatedName),
        (64, "two entries of one name in capitals", plain().with(Entry::new("XL/Workbook.xml", b"<a/>")), RepeatedName),
    ]
}

fn counted() -> Vec<Case> {
    let claiming = |count: &str| plain().shared(&format!(r#"count="1" uniqueCount="{count}""#), "<si><t>a</t></si>").bytes();
    let sparse = |last: &str| {
        let digits = last.trim_start_matches(|character: char| character.is_alphabetic());
        let rows = format!(r#"{}<row r="{digits}"><c r="{last}"><v>1</v></c></row>"#, row(1, &["姓名"]));
        Book::sheet(&format!(r#"<dimension ref="A1:{last}"/><sheetData>{rows}</sheetData>"#)).bytes()
    };
    let million = Book::new(&numbers(1_000_000)).bytes();
    vec![
        (49, "uniqueCount 1e12", claiming("1000000000000"), LyingCounts),
        (49, "uniqueCount 3e17", claiming("300000000000000000"), LyingCounts),
        (50, "uniqueCount 1e19", claiming("9999999999999999999"), LyingCounts),
        (50, "uniqueCount 1e20", claiming("99999999999999999999"), LyingCounts),
        (51, "A1 and XFD1048576", sparse("XFD1048576"), TooManyColumns),
        (51, "A1 and BXD100000", sparse("BXD100000"), TooManyColumns),
        (51, "A1 and B1048576", sparse("B1048576"), NoHeader),
        (54, "a million rows", million, TooManyRows),
        (54, "one row too many", Book::new(&numbers(20_002)).bytes(), TooManyRows),
    ]
}

fn declaring() -> Vec<Case> {
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><sst><si><t>&c;</t></si></sst>"#;
    let outside = |uri: &str| format!(r#"<!DOCTYPE a [<!ENTITY a SYSTEM "{uri}">]><worksheet><sheetData/></worksheet>"#);
    let sheet = |content: &str| plain().part("xl/worksheets/sheet1.xml", content).bytes();
    let wide = |text: &str| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let after = format!("<a>{}</a>{laughs}", "<b/>".repeat(20_000));
    vec![
        (52, "billion laughs", plain().shared("", "").part("xl/sharedStrings.xml", laughs).bytes(), Dtd),
        (52, "billion laughs in a part that nobody reads", plain().part("docProps/custom.xml", laughs).bytes(), Dtd),
        (52, "billion laughs far down", plain().part("docProps/custom.xml", after).bytes(), Dtd),
        (52, "billion laughs in utf-16", plain().part("xl/sharedStrings.xml", wide(laughs)).bytes(), BrokenXml),
        (52, "entity without a declaration", sheet("<worksheet><sheetData>&a;</sheetData></worksheet>"), BrokenXml),
        (53, "file of the system", sheet(&outside("file:///etc/passwd")), Dtd),
        (53, "http", sheet(&outside("http://169.254.169.254/")), Dtd),
        (53, "declaration without entities", sheet(r#"<!DOCTYPE a SYSTEM "http://a/"><worksheet/>"#), Dtd),
    ]
}

fn renamed() -> Vec<Case> {
    let old =
        |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), name.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let ods = [Entry::stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), Entry::new("content.xml", b"<a/>")];
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let template = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml";
    let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    let link = |kind: &str| {
        let text = relations(&[("rId1", kind, "file:///c:/a.xlsx")]).replace("/>", r#" TargetMode="External"/>"#);
        plain().part("xl/worksheets/_rels/sheet1.xml.rels", text).bytes()
    };
    vec![
        (55, "xls", old("Workbook"), NotXlsx),
        (55, "xlsx under a password", old("EncryptedPackage"), Encrypted),
        (55, "xlsb", plain().main("application/vnd.ms-excel.sheet.binary.macroEnabled.main").bytes(), NotXlsx),
        (55, "ods", zip(&ods), NotXlsx),
        (55, "docx", plain().main(docx).bytes(), NotXlsx),
        (55, "template", plain().main(template).bytes(), NotXlsx),
        (55, "csv", "姓名,身份证号\r\n张三,420199200401010017\r\n".into(), NotAnArchive),
        (55, "html", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), NotAnArchive),
        (56, "xlsm", plain().main(macros).bytes(), Macros),
        (56, "macros under a plain kind", plain().part("xl/vbaProject.bin", "x").bytes(), Macros),
        (56, "macros under a plain name", plain().kind("vnd.ms-office.vbaProject").part("xl/a.bin", "x").bytes(), Macros),
        (56, "macros under a plain name and kind", plain().part("xl/a.bin", old("VBA")).bytes(), EmbeddedFile),
        (56, "macro sheet", plain().part("xl/macrosheets/sheet1.xml", "<a/>").bytes(), Macros),
        (57, "external link", plain().part("xl/externalLinks/externalLink1.xml", "<a/>").bytes(), ExternalLinks),
        (57, "link to a workbook", link("externalLinkPath"), ExternalLinks),
        (57, "picture from a server", link("image"), ExternalLinks),
        (57, "connection", plain().part("xl/connections.xml", "<connections/>").bytes(), ExternalLinks),
    ]
}

fn titled() -> Vec<Case> {
    let headed = |titles: &[&str]| Book::new(&[row(1, titles), row(2, &["a", "b", "c"])].concat()).bytes();
    let merged = |area: &str, rows: &[String]| {
        let merge = format!(r#"<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>"#);
        Book::sheet(&format!("<sheetData>{}</sheetData>{merge}", rows.concat())).bytes()
    };
    let pair = [row(1, &["姓名", "备注"]), row(2, &["a", "b"])];
    vec![
        (60, "two columns of one title", headed(&["姓名", " 姓名 ", "备注"]), RepeatedHeader),
        (60, "merged titles", merged("B1:C1", &pair), MergedHeader),
        (60, "title merged with the row below", merged("A1:A2", &pair), MergedHeader),
        (60, "merged line above the titles", merged("A1:C1", &[row(1, &["2026届名单"]), row(2, &["姓名", "备注", "班级"])]), NoHeader),
        (0, "no title in the middle", headed(&["姓名", " ", "备注"]), NoHeader),
        (0, "no title at the end", headed(&["姓名", "备注"]), NoHeader),
        (0, "no rows", Book::new("").bytes(), NoHeader),
        (0, "only hidden sheets", plain().part("xl/workbook.xml", HIDDEN).bytes(), NoHeader),
        (0, "long cell", Book::new(&row(1, &["长".repeat(1_001).as_str()])).bytes(), CellTooLong),
    ]
}

const HIDDEN: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1" state="veryHidden"/></sheets></workbook>"#;

fn broken() -> Vec<Case> {
    let plain_bytes = plain().bytes();
    let entry = || Entry::new("xl/a.xml", b"<a/>");
    let rows = |rows: &str| Book::new(&[row(1, &["姓名"]).as_str(), rows].concat()).bytes();
    let trailing = Entry { packed: [deflated(b"<a/>"), b"hidden".to_vec()].concat(), ..entry() };
    let flood = joined(0..100, |number| format!(r#" a{number}="""#));
    vec![
        (0, "nothing", vec![], NotAnArchive),
        (0, "empty archive", zip(&[]), NotXlsx),
        (0, "long", vec![0; LIMITS.max_bytes + 1], TooLong),
        (0, "bytes before", [b"MZ", &*plain_bytes].concat(), BrokenArchive),
        (0, "program before", zip_behind(b"MZ", &plain().entries()), NotAnArchive),
        (0, "bytes after", [&*plain_bytes, b"x"].concat(), NotAnArchive),
        (0, "2,001 parts", zip(&(0..2_001).map(|number| Entry { name: number.to_string(), ..entry() }).collect::<Vec<_>>()), TooManyParts),
        (0, "part under a password", plain().with(Entry { flags: 1, ..entry() }), Encrypted),
        (0, "wrong checksum", plain().with(Entry { crc: 1, ..entry() }), BrokenArchive),
        (0, "wrong size", plain().with(Entry { size: 3, ..entry() }), BrokenArchive),
        (0, "another way to pack", plain().with(Entry { method: 14, ..entry() }), BrokenArchive),
        (0, "two names", plain().with(Entry { local_name: Some("xl/b.xml".into()), ..entry() }), BrokenArchive),
        (0, "bytes behind the packed ones", plain().with(trailing), BrokenArchive),
        (0, "deep elements", rows(&["<a>".repeat(100), "</a>".repeat(100)].concat()), BrokenXml),
        (0, "flood of empty elements", rows(&format!("<row><!--{}-->{}</row>", noise(600_000), "<a/>".repeat(5_000_000))), UnpacksTooLarge),
        (0, "flood of attributes", rows(&format!("<row{flood}></row>")), BrokenXml),
        (0, "rows that go back", rows(&row(1, &["a"])), BrokenXml),
        (0, "cells that go back", rows(r#"<row r="2"><c r="B2"/><c r="A2"/></row>"#), BrokenXml),
        (0, "cell of another row", rows(r#"<row r="2"><c r="A3"/></row>"#), BrokenXml),
        (0, "column after the last", rows(r#"<row r="2"><c r="XFE2"/></row>"#), BrokenXml),
        (0, "shared text that is not there", rows(r#"<row><c t="s"><v>7</v></c></row>"#), BrokenXml),
        (0, "sheet that ends early", Book::sheet("<sheetData>").bytes(), BrokenXml),
        (0, "two lists of rows", Book::sheet("<sheetData/><sheetData/>").bytes(), BrokenXml),
    ]
}

fn corpus() -> Vec<Case> {
    [packed(), counted(), declaring(), renamed(), titled(), broken()].concat()
}

#[test]
fn every_hostile_sheet_is_refused_for_its_reason() {
    let (mut numbers, mut reasons) = (BTreeSet::new(), BTreeSet::new());
    for (number, name, bytes, reason) in corpus() {
        assert_eq!(read(&bytes).err().map(Unreadable::as_str), Some(reason.as_str()), "{number} {name}");
        numbers.insert(number);
        reasons.insert(reason);
    }
    // 58, 59, 61 and 62 are read, each in a test of its own.
    assert_eq!(numbers, [0].into_iter().chain(46..=57).chain([60, 63, 64]).collect());
    assert_eq!(reasons, Unreadable::ALL.into_iter().collect(), "every reason has its case");
}

#[test]
fn the_archive_is_refused_before_any_cell_is_read() {
    for (_, name, bytes, reason) in [packed(), renamed()].concat() {
        assert_eq!(check(&bytes, &LIMITS), Err(reason), "{name}");
    }
    assert_eq!(check(&plain().bytes(), &LIMITS), Ok(()));
}

#[test]
fn slugs_are_unique() {
    assert_eq!(Unreadable::ALL.iter().map(|reason| reason.as_str()).collect::<BTreeSet<_>>().len(), Unreadable::ALL.len());
}

#[test]
fn case_58_a_formula_is_no_value_whatever_it_says_it_is() {
    let cell = |inside: &str| format!("<c>{inside}</c>");
    let rows = [
        row(1, &["甲", "乙", "丙", "丁"]),
        format!("<row>{}{}</row>", cell("<f>1+1</f><v>2</v>"), r#"<c t="str"><f>HYPERLINK("http://a")</f><v>张三</v></c>"#),
        r#"<row><c r="A3"><f t="shared" si="0"/><v>2</v></c><c r="B3" t="str"><v>typed</v></c></row>"#.into(),
        r#"<row><c r="A4"><f t="array" ref="A4:B5">C1</f><v>1</v></c><c r="B4"><v>1</v></c><c r="C4"><v>1</v></c></row>"#.into(),
        r#"<row><c r="A5"/><c r="B5"><v>1</v></c></row><row><c r="B6"><v>1</v></c></row>"#.into(),
    ];
    let (typed, formula, empty, one) = (text("typed"), Cell::Formula, Cell::Empty, number("1"));
    let expected = [
        [&formula, &formula, &empty, &empty],
        [&formula, &typed, &empty, &empty],
        [&formula, &formula, &one, &empty],
        [&empty, &formula, &empty, &empty],
        [&empty, &one, &empty, &empty],
    ];
    assert_eq!(cells(&Book::new(&rows.concat()).bytes()), expected.map(|row| row.map(Clone::clone).to_vec()));
}

#[test]
fn case_59_a_name_that_begins_like_a_formula_is_a_text_and_is_guarded_on_its_way_out() {
    let names = ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "＝1"];
    let sheet = Book::new(&[row(1, &["姓名"]), names.iter().zip(2..).map(|(name, number)| row(number, &[name])).collect()].concat());
    let read = cells(&sheet.bytes());
    assert_eq!(read, names.map(|name| vec![text(name)]));
    assert!(names.iter().all(|name| guard(name) == format!("'{name}")));
}

#[test]
fn case_61_a_number_stays_as_it_is_written() {
    let digits = ["1.10101199003E+17", "1.1e17", "20191009", "-0.10", "110101199003070000"];
    let cells_of = |number: &&str| format!("<row><c><v>{number}</v></c></row>");
    let sheet = Book::new(&[row(1, &["身份证号"]), digits.iter().map(cells_of).collect()].concat()).bytes();
    assert_eq!(cells(&sheet), digits.map(|digits| vec![number(digits)]));
}

#[test]
fn case_62_full_width_digits_and_a_small_x_come_as_they_are() {
    let given = ["４２０１９９２００４０１０１００１７", "42019920040101003x", "王　五", "张㛃𠅤"];
    let sheet = Book::new(&[row(1, &["甲", "乙", "丙", "丁"]), row(2, &given)].concat()).bytes();
    assert_eq!(cells(&sheet), [given.map(text).to_vec()]);
}

#[test]
fn cells_far_apart_cost_nothing() {
    let far = format!(r#"{}<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576" s="0"/></row>"#, row(1, &["姓名"]));
    let bytes = Book::new(&far).bytes();
    let limits = Limits { max_bytes: 5_000, max_rows: 1, ..LIMITS };
    let sheet = open(&bytes, &limits).unwrap();
    assert_eq!(sheet.rows().map(|row| row.unwrap().number).collect::<Vec<_>>(), [1_048_576]);
}
