//! Words for what is wrong with a field, in Chinese and English.

use crate::fields::{FieldError, Place};
use domain::values::Invalid;
use schemars::JsonSchema;
use serde::Serialize;

/// One entry of `errors[]`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct FieldErrorView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'static str>,
    code: &'static str,
    detail: String,
    detail_en: String,
}

impl From<&FieldError> for FieldErrorView {
    fn from(error: &FieldError) -> Self {
        let (code, detail, detail_en) = words(error.invalid);
        let (pointer, parameter) = match &error.place {
            Place::Body(pointer) => (Some(pointer.clone()), None),
            Place::Query(parameter) => (None, Some(*parameter)),
        };
        Self { pointer, parameter, code, detail, detail_en }
    }
}

/// Code, and what is wrong in Chinese and English: of a field of a body, or of a cell of a spreadsheet.
#[must_use]
pub fn words(invalid: Invalid) -> (&'static str, String, String) {
    let (code, zh, en) = match invalid {
        Invalid::TooLong(max) => return ("too_long", format!("最多 {max} 个字或项"), format!("at most {max} characters or entries")),
        Invalid::TooShort(min) => return ("too_short", format!("至少 {min} 个字或项"), format!("at least {min} characters or entries")),
        Invalid::OutOfRange(min, max) => {
            return ("out_of_range", format!("须为 {min} 至 {max} 的整数"), format!("must be a whole number from {min} to {max}"));
        }
        Invalid::Unprintable(character) => {
            let (zh, en) = (format!("字库没有「{character}」,无法打印"), format!("has {character}, which no document can show"));
            return ("unprintable", zh, en);
        }
        Invalid::RepeatedRow(row) => {
            return ("repeated_row", format!("与第 {row} 行重复"), format!("is the same as in row {row}"));
        }
        Invalid::NumberCell => (
            "number_cell",
            "单元格为数字格式,可能丢失开头的零或末尾数字,请设为文本后重新填写",
            "is a number cell, which may have lost leading zeros or last digits: make it text and type it anew",
        ),
        Invalid::FormulaCell => ("formula_cell", "单元格含有公式,请填写文本", "holds a formula: type the text itself"),
        Invalid::Missing => ("missing", "请填写信息", "is required"),
        Invalid::WrongType => ("wrong_type", "类型不正确", "has the wrong type"),
        Invalid::Unknown => ("unknown", "没有此字段,或不可由您填写", "does not exist, or is not yours to set"),
        Invalid::Malformed => ("malformed", "格式不正确", "has the wrong form"),
        Invalid::WrongCheckCharacter => ("wrong_check_character", "校验码不正确", "has a wrong check character"),
        Invalid::WrongDate => ("wrong_date", "日期不存在", "is no date that exists"),
        Invalid::UnknownProvince => ("unknown_province", "地区码不存在", "begins with no province"),
        Invalid::NotInCodeTable => ("not_in_code_table", "不在可选范围内", "is not one of the choices"),
        Invalid::Duplicate => ("duplicate", "重复", "is there twice"),
        Invalid::ForbiddenCharacter => ("forbidden_character", "含有不允许的字符", "has a character that is not allowed"),
        Invalid::NotConfirmed => ("not_confirmed", "请确认", "must be confirmed"),
        Invalid::OutOfOrder => ("out_of_order", "须介于最短与最长之间", "must lie between the shortest and the longest"),
        Invalid::UnusableFile => (
            "unusable_file",
            "文件不可用:未通过检查、用途不符或已提交",
            "is no file that can be handed in here: not checked, for something else, or handed in before",
        ),
        Invalid::MixedPositions => {
            ("mixed_positions", "同一批次的拟聘职位须相同", "has another intended position than the rest of the batch")
        }
    };
    (code, zh.to_owned(), en.to_owned())
}
