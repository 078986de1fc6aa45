//! Sheets that are written: nothing in them is taken for a number or a formula, and the same input makes the same bytes.

use super::{cells, read, text};
use flate2::read::DeflateDecoder;
use spreadsheets::{Column, Line, Table, Unwritable, csv, guard, unguard, xlsx};
use std::io::Read as _;

fn column(title: &str) -> Column<'_> {
    Column { title, width: 20.0, required: false, choices: &[], hint: None }
}

fn line(cells: &[&str]) -> Line {
    Line { cells: cells.iter().map(|&cell| cell.into()).collect(), marked: false }
}

fn table<'a>(columns: &'a [Column<'a>]) -> Table<'a> {
    Table { name: "名单", columns, filter: false, example: None, explanation: &[] }
}

/// A part of an archive as text, found by its headers; what is written here states all sizes in them.
fn part(bytes: &[u8], name: &str) -> String {
    let number = |at: usize, length: usize| bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte));
    let mut starts =
        (0..bytes.len() - 46).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(name.as_bytes()));
    let central = starts.next_back().unwrap_or_else(|| panic!("no {name}"));
    let (length, at) = (number(central + 20, 4), number(central + 42, 4));
    let data = at + 30 + number(at + 26, 2) + number(at + 28, 2);
    let mut content = String::new();
    DeflateDecoder::new(&bytes[data..data + length]).read_to_string(&mut content).unwrap();
    content
}

#[test]
fn every_cell_is_a_text_with_leading_zeros_and_eighteen_digits() {
    let columns = [column("学号"), column("身份证号")];
    let bytes = xlsx(&table(&columns), [line(&["0012", "420199200401010017"]), line(&["", "1E5"])]).unwrap();
    assert_eq!(cells(&bytes), [[text("0012"), text("420199200401010017")], [spreadsheets::Cell::Empty, text("1E5")]]);
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains(r#"numFmtId="49""#), "{styles}");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let style =
        sheet.split_once("<cols><col ").and_then(|(_, columns)| columns.split_once("style=\"")).unwrap().1.split('"').next().unwrap();
    let formats: Vec<&str> = styles.split_once("<cellXfs").unwrap().1.split("<xf ").skip(1).collect();
    assert!(formats[style.parse::<usize>().unwrap()].starts_with(r#"numFmtId="49""#), "{styles}");
    assert!(!sheet.contains("<v>1E5</v>") && !sheet.contains("<f>"), "{sheet}");
}

#[test]
fn the_guard_knows_every_prefix_and_is_taken_off_again() {
    for prefix in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
        let dangerous = format!("{prefix}cmd");
        assert_eq!(guard(&dangerous), format!("'{dangerous}"));
        assert_eq!(guard(&format!("'{dangerous}")), format!("''{dangerous}"));
    }
    for plain in ["", "张三", "a=b", "'", "'张三", " =1", "007"] {
        assert_eq!(guard(plain), plain);
        assert_eq!(unguard(plain), plain);
    }
    for any in ["=1", "'=1", "''＝1", "'", "''", "'a", "-", "\r\n"] {
        assert_eq!(unguard(&guard(any)), any);
    }
}

#[test]
fn cells_are_guarded_in_both_kinds_of_files_and_titles_are_not() {
    let columns = [column("+86")];
    assert_eq!(read(&xlsx(&table(&columns), [line(&["\u{1}=1"])]).unwrap()).unwrap().0, ["+86"]);
    assert_eq!(cells(&xlsx(&table(&columns), [line(&["\u{1}=1"])]).unwrap()), [[text("'=1")]]);
    assert_eq!(csv(&["+86"], [vec!["\u{1}=1".into()]]).unwrap(), b"\xEF\xBB\xBF+86\r\n'=1\r\n");
}

#[test]
fn commas_quotes_and_lines_are_quoted_in_csv() {
    let row = ["a,b", "a\"b", "a\r\nb", "007", "", " a "].map(String::from).to_vec();
    let expected = "\u{FEFF}甲,乙,丙,丁,戊,己\r\n\"a,b\",\"a\"\"b\",\"a\r\nb\",007,, a \r\n";
    assert_eq!(String::from_utf8(csv(&["甲", "乙", "丙", "丁", "戊", "己"], [row]).unwrap()).unwrap(), expected);
    assert_eq!(csv(&["甲"], [vec!["a".into(), "b".into()]]), Err(Unwritable::Layout));
}

#[test]
fn the_same_table_makes_the_same_bytes() {
    let choices: Vec<String> = (0..300).map(|number| format!("专业{number}")).collect();
    let columns = [Column { choices: &choices, hint: Some("从列表中选择"), ..column("专业") }];
    let make = || xlsx(&Table { explanation: &["第一行"], filter: true, ..table(&columns) }, [line(&["专业1"])]).unwrap();
    assert_eq!(make(), make());
    assert!(part(&make(), "docProps/core.xml").contains("2026-01-01T00:00:00Z"));
}

#[test]
fn short_lists_stand_in_the_rule_and_long_ones_on_a_hidden_sheet() {
    let short = ["男", "女"].map(String::from);
    let awkward = ["理学,工学", "a"].map(String::from);
    let long: Vec<String> = (0..300).map(|number| format!("专业{number}")).collect();
    let columns = [
        Column { choices: &short, ..column("性别") },
        Column { choices: &long, ..column("专业") },
        Column { choices: &awkward, hint: Some("学科门类"), ..column("学科") },
        Column { hint: Some("身份证上的号码"), ..column("身份证号") },
    ];
    let bytes = xlsx(&Table { explanation: &["第一行", "第二行"], ..table(&columns) }, []).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for rule in [r#""男,女""#, "选项!$A$1:$A$300", "选项!$B$1:$B$2", r#"sqref="A2:A1048576""#, r#"prompt="身份证上的号码""#] {
        assert!(sheet.contains(rule), "{rule} in {sheet}");
    }
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(
        workbook.contains(r#"name="填写说明" sheetId="2""#) && workbook.contains(r#"name="选项" sheetId="3" state="hidden""#),
        "{workbook}"
    );
    assert_eq!(read(&bytes).unwrap(), (["性别", "专业", "学科", "身份证号"].map(String::from).to_vec(), vec![]));
}

#[test]
fn titles_stay_in_view_and_rows_that_no_longer_count_are_struck_through() {
    let columns = [Column { required: true, ..column("姓名") }, column("备注")];
    let example = ["李明".to_owned(), "-".to_owned()];
    let gone = Line { marked: true, ..line(&["张三", "已解约"]) };
    let bytes = xlsx(&Table { filter: true, example: Some(&example), ..table(&columns) }, [gone, line(&["王五", ""])]).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"state="frozen""#) && sheet.contains(r#"<autoFilter ref="A1:B4"/>"#), "{sheet}");
    let style = |cell: &str| sheet.split_once(&format!(r#"<c r="{cell}" s=""#)).unwrap().1.split('"').next().unwrap();
    let styles = [style("A1"), style("B1"), style("A2"), style("A3"), style("A4")];
    assert!((0..5).all(|one| (0..one).all(|other| styles[one] != styles[other])), "{styles:?}");
    let formats = part(&bytes, "xl/styles.xml");
    assert!(["<strike/>", "<i/>", "<b/>", "FFFFE699"].iter().all(|format| formats.contains(format)), "{formats}");
    assert_eq!(cells(&bytes)[0], [text("李明"), text("-")], "an example stays as it is");
}

#[test]
fn what_excel_has_no_room_for_is_not_written() {
    let columns = [column("姓名")];
    assert_eq!(xlsx(&table(&columns), [line(&["a", "b"])]), Err(Unwritable::Layout));
    assert_eq!(xlsx(&Table { name: "a/b", ..table(&columns) }, []), Err(Unwritable::Layout));
    assert_eq!(xlsx(&table(&columns), [line(&["a".repeat(32_768).as_str()])]), Err(Unwritable::TextTooLong));
    let hint = "长".repeat(256);
    assert_eq!(xlsx(&table(&[Column { hint: Some(&hint), ..column("a") }]), []), Err(Unwritable::Layout));
}
