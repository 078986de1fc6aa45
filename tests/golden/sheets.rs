//! `samplesdata/spreadsheets/`: a roster and a list of candidates as people hand them in, for the walk-through of the README.

use crate::support::{mobile, resident_id};
use spreadsheets::{Column, Line, Table, xlsx};
use std::path::Path;

fn written(name: &str, titles: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let columns: Vec<Column<'_>> =
        titles.iter().map(|title| Column { title, width: 20.0, required: false, choices: &[], hint: None }).collect();
    let table = Table { name, columns: &columns, filter: false, example: None, explanation: &[] };
    xlsx(&table, rows.iter().map(|cells| Line { cells: cells.clone(), marked: false })).unwrap()
}

/// Students of 2028 whom no sample has; the last is of a college that the school does not have.
fn roster() -> Vec<u8> {
    let student = |n: u32, name: &str, college: &str| {
        let more = ["2028", college, "软件工程", "软件1班", "本科", "汉族", "共青团员"];
        let own = [format!("2024{n}"), name.to_owned(), resident_id(n).expose().to_owned(), mobile(90_000 + n).expose().to_owned()];
        own.into_iter().chain(more.map(str::to_owned)).collect()
    };
    let titles = ["学号", "姓名", "身份证号", "手机", "毕业届", "所在院系", "所在专业", "所在班级", "学历", "民族", "政治面貌"];
    let rows =
        [student(9801, "秦名册", "计算机科学与技术学院"), student(9802, "尤名册", "外国语学院"), student(9803, "许名册", "天文学院")];
    written("学生名册", &titles, &rows)
}

/// Two sample graduates by the right facts, and one whose number has a slip.
fn candidates() -> Vec<u8> {
    let titles = ["毕业学校", "毕业届", "姓名", "身份证号", "手机号", "拟聘职位", "备注"];
    let row = |cells: [&str; 7]| cells.map(str::to_owned).to_vec();
    let rows = [
        row(["江城大学", "2027", "黄河水9", "420199200406121016", "", "软件开发工程师", "校园招聘"]),
        row(["99001", "2027届", "陈未验", "", "19900039595", "软件开发工程师", ""]),
        row(["江城大学", "2027", "黄河水9", "420199200406121017", "", "软件开发工程师", ""]),
    ];
    written("拟签约名单", &titles, &rows)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "golden files are written when the environment asks for it")]
fn the_sample_spreadsheets_are_as_our_own_writer_writes_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samplesdata/spreadsheets");
    for (name, bytes) in [("roster.xlsx", roster()), ("candidates.xlsx", candidates())] {
        let path = folder.join(name);
        if std::env::var("UPDATE_GOLDEN").is_ok() {
            std::fs::write(&path, &bytes).unwrap();
        }
        assert!(std::fs::read(&path).unwrap() == bytes, "{name}: write it anew with `cargo xtask golden`");
    }
}
