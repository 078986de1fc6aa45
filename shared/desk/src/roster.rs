//! 学生名册: its columns, and a row of it as it is read.

use crate::columns::{Column, Kind, Places};
use crate::template;
use domain::job::RowFault;
use domain::school::{College, School};
use domain::student::{Particulars, Sex};
use domain::values::{CodeTable, Education, Ethnicity, PoliticalStatus, TrainingMode};
use domain::values::{Email, GraduationYear, Invalid, Mobile, PersonName, Region, ResidentId, Text, Timestamp};
use spreadsheets::{Cell, Unwritable};

pub(crate) const NUMBER: &str = "学号";
pub(crate) const NAME: &str = "姓名";
pub(crate) const RESIDENT_ID: &str = "身份证号";
pub(crate) const MOBILE: &str = "手机";
const YEAR: &str = "毕业届";
const COLLEGE: &str = "所在院系";
const MAJOR: &str = "所在专业";
const CLASS: &str = "所在班级";
const EDUCATION: &str = "学历";
const EMAIL: &str = "邮箱";
const SEX: &str = "性别";
const ETHNICITY: &str = "民族";
const POLITICAL: &str = "政治面貌";
const SCHOOLING: &str = "学制";
const TRAINING: &str = "培养方式";
const ORIGIN: &str = "生源所在地";
const EXAMINEE: &str = "考生号";
const ADDRESS: &str = "家庭地址";
const MAJOR_CODE: &str = "专业代码";
const ENROLLED: &str = "入学时间";
const GRADUATES: &str = "毕业时间";
const TEACHER: &str = "师范生类别";
const HARDSHIP: &str = "困难生类别";

/// The columns, in the order of the template.
pub(crate) const COLUMNS: [Column; 23] = [
    Column::required(NUMBER, 14, "文本格式,保留开头的零;同一学号视为同一学生"),
    Column::required(NAME, 12, "与学籍一致"),
    Column::required(RESIDENT_ID, 22, "18 位,文本格式"),
    Column::required(MOBILE, 14, "11 位手机号"),
    Column::required(YEAR, 10, "如 2027"),
    Column::required(COLLEGE, 24, "院系名称或代码,须为本校已设院系"),
    Column::required(MAJOR, 20, ""),
    Column::optional(CLASS, 14, ""),
    Column::optional(EDUCATION, 10, "如 本科"),
    Column::optional(EMAIL, 26, "学生本人验证后以本人填写的为准"),
    Column::optional(SEX, 8, "男 或 女"),
    Column::optional(ETHNICITY, 10, "如 汉族"),
    Column::optional(POLITICAL, 12, "如 共青团员"),
    Column::optional(SCHOOLING, 8, "年数,如 4"),
    Column::optional(TRAINING, 10, "如 非定向"),
    Column::optional(ORIGIN, 12, "6 位行政区划代码"),
    Column::optional(EXAMINEE, 18, "文本格式"),
    Column::optional(ADDRESS, 30, ""),
    Column::optional(MAJOR_CODE, 12, ""),
    Column::optional(ENROLLED, 12, "如 202309"),
    Column::optional(GRADUATES, 12, "如 202706"),
    Column::optional(TEACHER, 12, "代码"),
    Column::optional(HARDSHIP, 12, "代码"),
];

/// Between these ages a student graduates (domain 4.5), both ends allowed.
const AGES: (i64, i64) = (14, 80);

/// A row of a roster, with its numbers as they are.
#[derive(Clone, Debug)]
pub(crate) struct RosterRow {
    pub(crate) student_number: Text<32>,
    pub(crate) name: PersonName,
    pub(crate) resident_id: ResidentId,
    pub(crate) mobile: Mobile,
    pub(crate) graduation_year: GraduationYear,
    pub(crate) college: College,
    pub(crate) major: Text<100>,
    pub(crate) class: Option<Text<100>>,
    pub(crate) education: Option<Text<50>>,
    pub(crate) email: Option<Email>,
    pub(crate) particulars: Particulars,
}

/// Where the columns are; none if the sheet is no roster.
pub(crate) fn places(header: &[String]) -> Option<Places> {
    Places::of(&COLUMNS, header, |column| column.required)
}

/// Reads a row.
///
/// # Errors
/// All that is wrong with it.
pub(crate) fn read(places: &Places, cells: &[Cell], school: &School, now: Timestamp) -> Result<RosterRow, Vec<RowFault>> {
    let row = places.read(cells);
    let (number, name) = (row.required(NUMBER, Kind::Digits, Text::parse), row.required(NAME, Kind::Words, PersonName::parse));
    let resident_id = row.required(RESIDENT_ID, Kind::Digits, |text| of_age(ResidentId::parse(text)?, now));
    let (mobile, year) = (row.required(MOBILE, Kind::Count, Mobile::parse), row.required(YEAR, Kind::Count, GraduationYear::parse));
    let college = row.required(COLLEGE, Kind::Words, |text| college(school, text));
    let (major, class) = (row.required(MAJOR, Kind::Words, Text::parse), row.optional(CLASS, Kind::Words, Text::parse));
    let (education, email) =
        (row.optional(EDUCATION, Kind::Words, |text| named(Education::TABLE, text)), row.optional(EMAIL, Kind::Words, Email::parse));
    let particulars = Particulars {
        sex: row.optional(SEX, Kind::Words, sex),
        ethnicity: row.optional(ETHNICITY, Kind::Words, |text| named(Ethnicity::TABLE, text)),
        political_status: row.optional(POLITICAL, Kind::Words, |text| named(PoliticalStatus::TABLE, text)),
        schooling_years: row.optional(SCHOOLING, Kind::Count, years),
        training_mode: row.optional(TRAINING, Kind::Words, |text| named(TrainingMode::TABLE, text)),
        origin: row.optional(ORIGIN, Kind::Count, Region::parse),
        examinee_number: row.optional(EXAMINEE, Kind::Digits, Text::parse),
        home_address: row.optional(ADDRESS, Kind::Words, Text::parse),
        major_code: row.optional(MAJOR_CODE, Kind::Digits, Text::parse),
        enrolled: row.optional(ENROLLED, Kind::Day, day),
        graduates: row.optional(GRADUATES, Kind::Day, day),
        teacher_training: row.optional(TEACHER, Kind::Count, Text::parse),
        hardship: row.optional(HARDSHIP, Kind::Count, Text::parse),
    };
    let complete = || {
        Some(RosterRow {
            student_number: number?,
            name: name?,
            resident_id: resident_id?,
            mobile: mobile?,
            graduation_year: year?,
            college: college?,
            major: major?,
            class,
            education,
            email,
            particulars,
        })
    };
    let complete = complete();
    row.finish(complete)
}

/// A college by its name or its code.
fn college(school: &School, text: &str) -> Result<College, Invalid> {
    let named = |college: &&College| college.name.as_str() == text || college.id.as_str() == text;
    school.colleges.iter().find(named).cloned().ok_or(Invalid::NotInCodeTable)
}

/// An entry of a code table by its name or its code; the record keeps the name.
fn named<const MAX: usize>(table: CodeTable, text: &str) -> Result<Text<MAX>, Invalid> {
    Text::parse(table.named(text).ok_or(Invalid::NotInCodeTable)?.name)
}

fn sex(text: &str) -> Result<Sex, Invalid> {
    match text {
        "男" | "1" => Ok(Sex::Male),
        "女" | "2" => Ok(Sex::Female),
        _ => Err(Invalid::NotInCodeTable),
    }
}

fn years(text: &str) -> Result<u8, Invalid> {
    let years = text.strip_suffix('年').unwrap_or(text).parse().map_err(|_| Invalid::Malformed)?;
    if (1..=10).contains(&years) { Ok(years) } else { Err(Invalid::OutOfRange(1, 10)) }
}

/// yyyyMM or yyyyMMdd.
fn day(text: &str) -> Result<Text<8>, Invalid> {
    let digits = matches!(text.len(), 6 | 8) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let there = digits && matches!(number(4, 6), Some(1..=12)) && (text.len() == 6 || matches!(number(6, 8), Some(1..=31)));
    if there { Text::parse(text) } else { Err(Invalid::WrongDate) }
}

/// Whoever graduates is neither a child nor ninety.
fn of_age(number: ResidentId, now: Timestamp) -> Result<ResidentId, Invalid> {
    let today: i64 = now.in_shanghai().chars().filter(char::is_ascii_digit).take(8).collect::<String>().parse().unwrap_or_default();
    let born: i64 = number.born().parse().map_err(|_| Invalid::WrongDate)?;
    // Days and months only tell whether the birthday of this year has come.
    let age = (today - born) / 10_000;
    if (AGES.0..=AGES.1).contains(&age) && today > born { Ok(number) } else { Err(Invalid::WrongDate) }
}

/// The template: titles, hints, colleges to choose from, and one row as an example that nobody takes for a student.
///
/// # Errors
/// If it cannot be written.
pub fn roster_template(school: &School) -> Result<Vec<u8>, Unwritable> {
    let colleges: Vec<String> = school.colleges.iter().map(|college| college.name.as_str().to_owned()).collect();
    let choices = |title: &str| match title {
        COLLEGE => colleges.clone(),
        SEX => vec!["男".to_owned(), "女".to_owned()],
        EDUCATION => names(Education::TABLE),
        ETHNICITY => names(Ethnicity::TABLE),
        POLITICAL => names(PoliticalStatus::TABLE),
        TRAINING => names(TrainingMode::TABLE),
        _ => Vec::new(),
    };
    let notes =
        ["红色标题为必填列。", "同一学号再次导入时更新该生信息;空白单元格保持原值;导入从不删除学生。", "示例行不会被导入,可保留或删除。"];
    template::template("学生名册", &COLUMNS, choices, &EXAMPLE, &notes)
}

fn names(table: CodeTable) -> Vec<String> {
    table.entries().map(|entry| entry.name.to_owned()).collect()
}

/// What the example row says. Its number has a wrong check character on purpose: it is nobody's.
const EXAMPLE: [&str; 23] = [
    "20230001",
    template::EXAMPLE_NAME,
    "420199200501010000",
    "13800000000",
    "2027",
    "",
    "计算机科学与技术",
    "软件3班",
    "本科",
    "",
    "男",
    "汉族",
    "共青团员",
    "4",
    "非定向",
    "420100",
    "",
    "",
    "080901",
    "202309",
    "202706",
    "",
    "",
];
