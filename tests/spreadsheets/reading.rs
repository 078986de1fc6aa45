//! Ordinary sheets, as programs write them: each cell is read as it is shown, each number as it is written.

use super::make::{Book, Entry, end, joined, plain, relations, row, zip};
use super::{LIMITS, cells, number, read, text};
use spreadsheets::{Cell, Column, Limits, Line, Table, Unreadable, csv, open, unguard, xlsx};

fn date(day: &str) -> Cell {
    Cell::Date(day.into())
}

/// The first cell below the title of a sheet with this cell.
fn cell(xml: &str) -> Result<Cell, Unreadable> {
    let bytes = Book::new(&format!("{}<row><c><v>0</v></c>{xml}</row>", row(1, &["甲", "乙"]))).bytes();
    read(&bytes).map(|(_, rows)| rows[0].cells[1].clone())
}

/// A sheet of one column with shared texts.
fn shared(texts: &[&str]) -> Vec<Cell> {
    let list = joined(texts, |text| format!("<si>{text}</si>"));
    let rows = joined(0..texts.len(), |text| format!(r#"<row><c t="s"><v>{text}</v></c></row>"#));
    let bytes = Book::new(&[row(1, &["甲"]), rows].concat()).shared("", &list).bytes();
    cells(&bytes).into_iter().map(|mut row| row.remove(0)).collect()
}

#[test]
fn a_file_by_openpyxl_and_the_same_by_libreoffice() {
    // Typed as a number, 420199200401010025 is lost: neither program wrote its last digits. The second makes a formula of a truth.
    let files: [(&[u8], _, _); 2] = [
        (include_bytes!("files/openpyxl.xlsx"), "4.2019920040101e+17", Cell::Other),
        (include_bytes!("files/libreoffice.xlsx"), "4.2019920040101E+017", Cell::Formula),
    ];
    for (file, identity, truth) in files {
        let (header, rows) = read(file).unwrap();
        assert_eq!(header, ["毕业学校", "毕业届", "姓名", "身份证号", "手机号", "出生日期", "备注"]);
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4, 5]);
        let [school, year] = [text("武汉大学"), number("2026")];
        let first = [text("张三"), text("420199200401010017"), text("13800138000"), date("2004-01-01"), text("甲\n乙")];
        assert_eq!(rows[0].cells, [vec![school.clone(), year.clone()], first.to_vec()].concat());
        let second = [number(identity), number("13800138001"), date("2004-02-29"), Cell::Formula];
        assert_eq!(rows[1].cells[3..], second);
        assert_eq!(rows[2].cells[2..4], [text(" 王　五 "), text("42019920040101003x")]);
        assert_eq!(rows[2].cells[4..], [Cell::Empty, Cell::Empty, truth]);
    }
}

#[test]
fn shared_texts_are_what_excel_shows() {
    let given = [
        ("<t>张三</t>", "张三"),
        ("<t> 张三\n</t>", "张三"),
        (r#"<t xml:space="preserve"> 张三 </t>"#, " 张三 "),
        (r#"<r><rPr><b/></rPr><t xml:space="preserve">张 </t></r><r><t>三</t></r>"#, "张 三"),
        (r#"<t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/>"#, "東京"),
        ("<t>&#x5F20;&#19977; &lt;a&gt; &amp;amp; &quot;&apos;</t>", "张三 <a> &amp; \"'"),
        ("<t>a_x000D_b_x005F_x0041_ _x41_ _xD83D__xDE00_ _xD83D_</t>", "a\rb_x0041_ _x41_ 😀 _xD83D_"),
        ("<t><![CDATA[a<b]]>&#13;c\r\nd</t>", "a<b\rc\nd"),
        ("<t>a<!-- b -->c</t>", "ac"),
    ];
    assert_eq!(shared(&given.map(|(xml, _)| xml)), given.map(|(_, shown)| text(shown)));
}

#[test]
fn kinds_of_cells() {
    let given = [
        (r#"<c t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r></is></c>"#, text("张三")),
        (r#"<c t="str"><v>张三</v></c>"#, text("张三")),
        (r#"<c t="n"><v> 0012.50 </v></c>"#, number("0012.50")),
        ("<c><v>NaN</v></c>", Cell::Other),
        ("<c><v>inf</v></c>", Cell::Other),
        ("<c><v>1,5</v></c>", Cell::Other),
        (r#"<c t="b"><v>1</v></c>"#, Cell::Other),
        (r#"<c t="e"><v>#N/A</v></c>"#, Cell::Other),
        (r#"<c t="d"><v>2026-06-30T08:00:00</v></c>"#, date("2026-06-30")),
        (r#"<c t="d"><v>30 June 2026</v></c>"#, Cell::Other),
        (r#"<c t="inlineStr"><is><t></t></is></c>"#, Cell::Empty),
        ("<c/>", Cell::Empty),
        ("<x:c><x:v>1</x:v></x:c>", number("1")),
    ];
    for (xml, expected) in given {
        assert_eq!(cell(xml), Ok(expected), "{xml}");
    }
    assert_eq!(cell(r#"<c t="z"><v>1</v></c>"#), Err(Unreadable::BrokenXml));
}

#[test]
fn a_cell_may_be_as_long_as_the_caller_says_and_no_longer() {
    let long = |length: usize| cell(&format!(r#"<c t="inlineStr"><is><t>{}</t></is></c>"#, "_x957F_".repeat(length)));
    assert_eq!(long(1_000), Ok(text(&"长".repeat(1_000))));
    assert_eq!(long(1_001), Err(Unreadable::CellTooLong));
    // A long text that no cell shows harms nobody.
    let unused = [format!("<si><t>{}</t></si>", "长".repeat(5_000)), "<si><t>a</t></si>".into()].concat();
    let rows = format!(r#"{}<row><c t="s"><v>1</v></c></row>"#, row(1, &["甲"]));
    assert_eq!(cells(&Book::new(&rows).shared("", &unused).bytes()), [[text("a")]]);
}

/// A number in a format by its built-in number or by its code, in a workbook of a date system.
fn formatted(format: Result<u32, &str>, value: &str, since_1904: bool) -> Cell {
    let code = format.err().map_or_else(String::new, |code| code.replace('"', "&quot;"));
    let id = format.unwrap_or(164);
    let styles = format!(
        r#"<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellStyleXfs><xf/><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="{id}"/></cellXfs>"#
    );
    let rows = format!(r#"{}<row><c s="1"><v>{value}</v></c></row>"#, row(1, &["日期"]));
    let properties = format!(r#"<workbookPr date1904="{since_1904}"/><sheets>"#);
    let book = Book::new(&rows).styles(&styles);
    let workbook =
        book.parts().iter().find(|(name, _)| name == "xl/workbook.xml").map(|(_, part)| String::from_utf8(part.clone()).unwrap());
    let workbook = workbook.unwrap().replace("<sheets>", &properties);
    cells(&book.part("xl/workbook.xml", workbook).bytes())[0][0].clone()
}

#[test]
fn numbers_are_days_if_their_format_shows_a_day() {
    for days in [Ok(14), Ok(22), Ok(31), Ok(58), Err("yyyy\\-mm\\-dd"), Err("[$-804]yyyy\"年\"m\"月\";@"), Err("m\"月\""), Err("[Red]d")]
    {
        assert_eq!(formatted(days, "46203.75", false), date("2026-06-30"), "{days:?}");
    }
    for other in [Ok(0), Ok(20), Ok(49), Err("0.00E+00"), Err("General"), Err("[h]:mm"), Err("mm:ss"), Err("0\"day\""), Err("0;d")] {
        assert_eq!(formatted(other, "46203.75", false), number("46203.75"), "{other:?}");
    }
    let days = [("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("36585", "2000-02-29"), ("2958465.9", "9999-12-31")];
    for (value, day) in days {
        assert_eq!(formatted(Ok(14), value, false), date(day));
    }
    for none in ["0", "60", "-1", "2958466", "20260630", "1.1E+17"] {
        assert_eq!(formatted(Ok(14), none, false), number(none));
    }
    assert_eq!(formatted(Ok(14), "44741", true), date("2026-06-30"));
}

#[test]
fn the_first_visible_sheet_is_read_and_its_hidden_rows_too() {
    let workbook = r#"<workbook xmlns:z="r"><sheets><sheet name="a" z:id="rId1" state="hidden"/><sheet name="图" z:id="rId4"/><sheet name="b" z:id="rId2"/><sheet name="c" z:id="rId1"/></sheets></workbook>"#;
    let kinds = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId4", "chartsheet", "c.xml"), ("rId2", "worksheet", "../xl/./b.xml")];
    let sheet = r#"<worksheet><sheetData><row r="3"><c r="A3"><v>7</v></c></row><row r="5" hidden="1"><c r="A5"><v>8</v></c></row></sheetData></worksheet>"#;
    let book = plain().part("xl/workbook.xml", workbook).part("xl/_rels/workbook.xml.rels", relations(&kinds)).part("xl/b.xml", sheet);
    let (header, rows) = read(&book.bytes()).unwrap();
    assert_eq!((header, rows[0].number, &rows[0].cells), (vec!["7".to_owned()], 5, &vec![number("8")]));
}

#[test]
fn what_is_blank_is_left_out() {
    let rows = [row(2, &[" 姓名 ", "备注", " ", ""]), row(3, &["　", " "]), row(4, &["", "b", " "]), "<row/>".into(), row(9, &["a"])];
    let (header, rows) = read(&Book::new(&rows.concat()).bytes()).unwrap();
    assert_eq!(header, ["姓名", "备注"]);
    let read: Vec<_> = rows.into_iter().map(|row| (row.number, row.cells)).collect();
    assert_eq!(read, [(4, vec![Cell::Empty, text("b")]), (9, vec![text("a"), Cell::Empty])]);
}

#[test]
fn limits_are_met_exactly() {
    let bytes = Book::new(&[row(1, &["甲", "乙"]), row(2, &["a", "b"]), row(3, &["", ""]), row(4, &["a"])].concat()).bytes();
    let limits = Limits { max_bytes: bytes.len(), max_rows: 2, max_columns: 2, max_cell_chars: 1 };
    let outcome = |limits: Limits| open(&bytes, &limits).map(|sheet| sheet.rows().count());
    assert_eq!(outcome(limits), Ok(2));
    assert_eq!(outcome(Limits { max_rows: 1, ..limits }), Err(Unreadable::TooManyRows));
    assert_eq!(outcome(Limits { max_columns: 1, ..limits }), Err(Unreadable::TooManyColumns));
    assert_eq!(outcome(Limits { max_cell_chars: 0, ..limits }), Err(Unreadable::CellTooLong));
    assert_eq!(outcome(Limits { max_bytes: bytes.len() - 1, ..limits }), Err(Unreadable::TooLong));
}

#[test]
fn what_programs_do_differently_is_read_the_same() {
    let expected = read(&plain().bytes()).unwrap();
    let stored: Vec<Entry> = plain().parts().iter().map(|(name, content)| Entry::stored(name, content)).collect();
    assert_eq!(read(&zip(&stored)), Ok(expected.clone()));
    assert_eq!(read(&plain().with(Entry::stored("xl/worksheets/", b""))), Ok(expected.clone()), "an entry for a folder");
    let marked = plain().parts().iter().fold(plain(), |book, (name, content)| book.part(name, [b"\xEF\xBB\xBF", &**content].concat()));
    assert_eq!(read(&marked.bytes()), Ok(expected.clone()), "a mark of the encoding");
    let link = r#"<Relationships><Relationship Id="a" Type="a/hyperlink" Target="mailto:a@b.cn" TargetMode="External"/></Relationships>"#;
    let linked = plain().part("xl/worksheets/_rels/sheet1.xml.rels", link);
    assert_eq!(read(&linked.bytes()), Ok(expected.clone()), "a link in a cell");
    assert_eq!(read(&wide(&plain().entries())), Ok(expected), "numbers of 64 bits");
}

/// An archive whose directory keeps its numbers in fields of 64 bits, as Apache POI writes it for large sheets.
fn wide(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let mut central = entry.central(bytes.len());
        central[20..28].fill(0xFF);
        central[30..32].copy_from_slice(&28_u16.to_le_bytes());
        central[42..46].fill(0xFF);
        let numbers = [u64::from(entry.size), entry.packed.len() as u64, bytes.len() as u64];
        directory.extend([central, vec![1, 0, 24, 0], numbers.map(u64::to_le_bytes).concat()].concat());
        bytes.extend([entry.local(), entry.packed.clone()].concat());
    }
    let (count, length, offset, at) = (entries.len() as u64, directory.len() as u64, bytes.len() as u64, bytes.len() + directory.len());
    let numbers = [count, count, length, offset].map(u64::to_le_bytes).concat();
    let record = [b"PK\x06\x06", &44_u64.to_le_bytes()[..], &[45, 0, 45, 0], &[0; 8], &numbers].concat();
    let locator = [b"PK\x06\x07", &[0; 4][..], &(at as u64).to_le_bytes(), &[1, 0, 0, 0]].concat();
    let mut last = end(entries.len(), 0, 0);
    last[8..20].fill(0xFF);
    [bytes, directory, record, locator, last].concat()
}

#[test]
fn twenty_thousand_rows_are_read_in_their_order() {
    let texts = joined(0..20_000, |text| format!("<si><t>学生{text}</t></si>"));
    let one = |number: u32| format!(r#"<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="C{0}"><v>{1}</v></c></row>"#, number + 2, number);
    let rows = [row(1, &["姓名", "备注", "学号"]), (0..20_000).map(one).collect()].concat();
    let bytes = Book::new(&rows).shared(r#"uniqueCount="20000""#, &texts).bytes();
    let sheet = open(&bytes, &LIMITS).unwrap();
    let mut read = 0;
    for (row, expected) in sheet.rows().zip(0_u32..) {
        let row = row.unwrap();
        assert_eq!(row.number, expected + 2);
        assert_eq!(row.cells, [text(&format!("学生{expected}")), Cell::Empty, number(&expected.to_string())]);
        read += 1;
    }
    assert_eq!(read, 20_000);
}

#[test]
fn what_is_written_is_read_back() {
    let values = ["007", "420199200401010017", "=1+1", "'=1", "张 三 ", "a\tb\nc\rd", "_x000D_", "<&>\"'", "＝１", "张㛃𠅤", "-"];
    let column = |title| Column { title, width: 12.5, required: true, choices: &[], hint: None };
    let columns = values.map(column);
    let table = Table { name: "名单", columns: &columns, filter: true, example: None, explanation: &[] };
    let line = || Line { cells: values.map(str::to_owned).to_vec(), marked: true };
    let (header, rows) = read(&xlsx(&table, [line(), line()]).unwrap()).unwrap();
    assert_eq!(header, values.map(str::trim));
    let back = |cell: &Cell| if let Cell::Text(text) = cell { unguard(text).to_owned() } else { panic!("{cell:?}") };
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.cells.iter().map(back).eq(values)), "{rows:?}");
    assert_eq!(read(&csv(&["甲"], []).unwrap()), Err(Unreadable::NotAnArchive));
}
