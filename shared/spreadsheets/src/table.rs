//! Tables as .xlsx: every cell is a text, so that eighteen digits and leading zeros stay, whoever types or opens them.

use crate::Unwritable;
use crate::guard::{harmless, printable};
use rust_xlsxwriter::utility::worksheet_range_absolute;
use rust_xlsxwriter::{Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet};

/// The built-in format of a text, `@`.
const TEXT: u8 = 49;
/// The last row of a sheet, from 0.
const LAST_ROW: u32 = 1_048_575;
/// What a list of choices may take if it stands in the rule itself, in UTF-16 units with its commas.
const MAX_LIST: usize = 255;
/// The sheet of the explanation.
const EXPLANATION: &str = "填写说明";
/// The hidden sheet of long lists.
const CHOICES: &str = "选项";
/// How wide the lines of the explanation are, in characters.
const EXPLANATION_WIDTH: f64 = 100.0;

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Title, written as it is.
    pub title: &'a str,
    /// Width, in characters of the standard font; a Chinese one takes two.
    pub width: f64,
    /// Whether it has to be filled in: its title stands out.
    pub required: bool,
    /// What can be chosen; anything can be typed if it is empty.
    pub choices: &'a [String],
    /// What is shown while a cell is being filled in: at most 255 UTF-16 units.
    pub hint: Option<&'a str>,
}

/// What a sheet is made of, besides its lines.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Name of the sheet: 1 to 31 characters, none of `[]:*?/\`.
    pub name: &'a str,
    /// Columns.
    pub columns: &'a [Column<'a>],
    /// Whether the titles carry buttons to filter by.
    pub filter: bool,
    /// A line below the titles that shows how to fill them in, in grey italics, written as it is.
    pub example: Option<&'a [String]>,
    /// Lines of a second sheet, 填写说明; there is none without lines.
    pub explanation: &'a [&'a str],
}

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Cells, as many as there are columns or fewer.
    pub cells: Vec<String>,
    /// Whether it no longer counts: grey and struck through.
    pub marked: bool,
}

/// An .xlsx file: titles that stay in view, then the lines, with the formula guard on each of their cells and without characters that XML
/// forbids. The same table makes the same bytes.
///
/// # Errors
/// What Excel has no room for.
pub fn xlsx(table: &Table<'_>, lines: impl IntoIterator<Item = Line>) -> Result<Vec<u8>, Unwritable> {
    let mut workbook = Workbook::new();
    // Otherwise it is the time of writing, and no two files are the same.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?));
    // Lines go through a file that has no name on the disk: twenty thousand of sixty cells would take 360 MB of memory, and so take 10.
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(table.name)?;
    let mut lists = Worksheet::new();
    lists.set_name(CHOICES)?.set_hidden(true);
    let mut lists_used = 0;
    for (position, column) in (0..).zip(table.columns) {
        lists_used += prepare(&mut sheet, &mut lists, position, lists_used, column)?;
    }
    let last = fill(&mut sheet, table, lines)?;
    sheet.set_freeze_panes(1, 0)?;
    if let Some(right) = u16::try_from(table.columns.len()).ok().and_then(|columns| columns.checked_sub(1)).filter(|_| table.filter) {
        sheet.autofilter(0, 0, last, right)?;
    }
    workbook.push_worksheet(sheet);
    if !table.explanation.is_empty() {
        workbook.push_worksheet(explanation(table.explanation)?);
    }
    if lists_used > 0 {
        workbook.push_worksheet(lists);
    }
    Ok(workbook.save_to_buffer()?)
}

/// The title of a column, the format of all its cells, and the rule that they are filled in by. Tells how many lists it needed.
fn prepare(sheet: &mut Worksheet, lists: &mut Worksheet, position: u16, list: u16, column: &Column<'_>) -> Result<u16, Unwritable> {
    let title = text().set_bold().set_background_color(Color::RGB(if column.required { 0x00FF_E699 } else { 0x00E7_E6E6 }));
    let title = if column.required { title.set_font_color(Color::RGB(0x00C0_0000)) } else { title };
    sheet.set_column_width(position, column.width)?;
    sheet.set_column_format(position, &text())?;
    sheet.write_string_with_format(0, position, printable(column.title), &title)?;
    let mut used = 0;
    let rule = DataValidation::new();
    let rule = if column.choices.is_empty() {
        rule.allow_any_value()
    } else if fits(column.choices) {
        rule.allow_list_strings(column.choices)?
    } else {
        used = 1;
        rule.allow_list_formula(Formula::new(list_of(lists, list, column.choices)?))
    };
    let rule = column.hint.map_or(Ok(rule.clone()), |hint| rule.set_input_message(printable(hint)))?;
    if !column.choices.is_empty() || column.hint.is_some() {
        sheet.add_data_validation(1, position, LAST_ROW, position, &rule)?;
    }
    Ok(used)
}

/// Whether choices can stand in the rule. There a comma separates, and spaces around a choice are lost.
fn fits(choices: &[String]) -> bool {
    let plain = |choice: &String| !choice.contains([',', '"']) && choice.trim() == choice && !choice.is_empty();
    let length: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
    length <= MAX_LIST && choices.iter().all(plain)
}

/// Writes choices into a column of the hidden sheet, and says where they stand.
fn list_of(lists: &mut Worksheet, column: u16, choices: &[String]) -> Result<String, Unwritable> {
    let (mut last, format) = (0, text());
    for (row, choice) in (0..).zip(choices) {
        lists.write_string_with_format(row, column, printable(choice), &format)?;
        last = row;
    }
    Ok(format!("={}", worksheet_range_absolute(CHOICES, 0, column, last, column)))
}

/// Writes the example and the lines, and tells the last row, from 0.
fn fill(sheet: &mut Worksheet, table: &Table<'_>, lines: impl IntoIterator<Item = Line>) -> Result<u32, Unwritable> {
    let grey = Color::RGB(0x0080_8080);
    let plain = text();
    let marked = text().set_font_color(grey).set_font_strikethrough();
    let example = text().set_font_color(grey).set_italic();
    let mut row = 0;
    if let Some(cells) = table.example {
        row += 1;
        write(sheet, row, cells.iter().map(|cell| printable(cell).into_owned()), &example, table)?;
    }
    for line in lines {
        row += 1;
        let format = if line.marked { &marked } else { &plain };
        write(sheet, row, line.cells.iter().map(|cell| harmless(cell)), format, table)?;
    }
    Ok(row)
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl ExactSizeIterator<Item = String>,
    format: &Format,
    table: &Table<'_>,
) -> Result<(), Unwritable> {
    if cells.len() > table.columns.len() {
        return Err(Unwritable::Layout);
    }
    for (column, cell) in (0..).zip(cells) {
        // An empty cell has the format of its column.
        if !cell.is_empty() {
            sheet.write_string_with_format(row, column, cell, format)?;
        }
    }
    Ok(())
}

fn explanation(lines: &[&str]) -> Result<Worksheet, Unwritable> {
    let mut sheet = Worksheet::new();
    let format = text().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(EXPLANATION)?.set_column_width(0, EXPLANATION_WIDTH)?;
    for (row, line) in (0..).zip(lines) {
        sheet.write_string_with_format(row, 0, printable(line), &format)?;
    }
    Ok(sheet)
}

fn text() -> Format {
    Format::new().set_num_format_index(TEXT)
}
