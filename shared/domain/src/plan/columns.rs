//! 就业方案 in the ministry's columns (domain 4.2): which there are, in which order and from where, stands in a file, since it changes from
//! year to year. Everything is text; graduate columns come from the roster as it is, employer columns from what was certified.

use super::{PlanRecord, Source};
use crate::labels;
use crate::letter::{FileReceiving, HouseholdReceiving};
use crate::school::School;
use crate::student::{Particulars, Sex, Student};
use crate::values::{CodeTable, Education, Ethnicity, PoliticalStatus, ResidentId, Text, TrainingMode};

const FILE: &str = include_str!("../../reference/plan_columns.csv");

/// A column of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanColumn {
    /// Its customary id, from the title's pinyin.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Where it is from: `student.name` and the like.
    source: &'static str,
    /// Whether the ministry takes no row without it.
    pub required: bool,
}

/// All columns, in the order of the file.
pub fn columns() -> impl Iterator<Item = PlanColumn> {
    FILE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let (id, title, source) = (cells.next()?, cells.next()?, cells.next()?);
        Some(PlanColumn { id, title, source, required: cells.next() == Some("required") })
    })
}

/// Whom and what a row is about.
#[derive(Clone, Copy, Debug)]
pub struct PlanRow<'a> {
    /// 学校.
    pub school: &'a School,
    /// The roster record as it is now.
    pub student: &'a Student,
    /// Its identity number, opened.
    pub resident_id: &'a ResidentId,
    /// What stands in the plan.
    pub record: &'a PlanRecord,
}

impl PlanColumn {
    /// What a row says in this column; nothing where there is nothing to say.
    #[must_use]
    pub fn of(&self, row: &PlanRow<'_>) -> String {
        let (whose, what) = self.source.split_once('.').unwrap_or((self.source, ""));
        let text = match whose {
            "school" => of_school(row.school, what),
            "student" => of_student(row, what),
            "record" => of_record(row.record, what),
            "employer" => of_employer(row.record, what),
            "file" => of_file(row.record, what),
            "household" => of_household(row.record, what),
            _ => None,
        };
        text.unwrap_or_default()
    }
}

fn of_school(school: &School, what: &str) -> Option<String> {
    match what {
        "code" => Some(school.id.to_string()),
        "name" => Some(school.name.as_str().to_owned()),
        _ => None,
    }
}

fn of_student(row: &PlanRow<'_>, what: &str) -> Option<String> {
    let PlanRow { student, resident_id, .. } = row;
    let particulars = &student.particulars;
    match what {
        "student_number" => Some(student.student_number.as_str().to_owned()),
        "name" => Some(student.name.as_str().to_owned()),
        "resident_id" => Some(resident_id.expose().to_owned()),
        "born" => Some(resident_id.born().to_owned()),
        "major" => Some(student.major.as_str().to_owned()),
        "college" => Some(student.college_name.as_str().to_owned()),
        "class" => student.class.as_ref().map(|class| class.as_str().to_owned()),
        "education" => coded(Education::TABLE, student.education.as_ref().map(Text::as_str)),
        _ => of_particulars(particulars, what),
    }
}

fn of_particulars(particulars: &Particulars, what: &str) -> Option<String> {
    let coded_text = |table, text: Option<&str>| coded(table, text);
    match what {
        "sex" => particulars.sex.map(|sex| if sex == Sex::Male { "1" } else { "2" }.to_owned()),
        "ethnicity" => coded_text(Ethnicity::TABLE, particulars.ethnicity.as_ref().map(Text::as_str)),
        "political_status" => coded_text(PoliticalStatus::TABLE, particulars.political_status.as_ref().map(Text::as_str)),
        "training_mode" => coded_text(TrainingMode::TABLE, particulars.training_mode.as_ref().map(Text::as_str)),
        "schooling_years" => particulars.schooling_years.map(|years| years.to_string()),
        "origin" => particulars.origin.map(|region| region.as_str().to_owned()),
        "examinee_number" => particulars.examinee_number.as_ref().map(|text| text.as_str().to_owned()),
        "major_code" => particulars.major_code.as_ref().map(|text| text.as_str().to_owned()),
        "enrolled" => particulars.enrolled.as_ref().map(|text| text.as_str().to_owned()),
        "graduates" => particulars.graduates.as_ref().map(|text| text.as_str().to_owned()),
        "teacher_training" => particulars.teacher_training.as_ref().map(|text| text.as_str().to_owned()),
        "hardship" => particulars.hardship.as_ref().map(|text| text.as_str().to_owned()),
        _ => None,
    }
}

/// The code of what the roster says in words.
fn coded(table: CodeTable, text: Option<&str>) -> Option<String> {
    Some(table.named(text?)?.code.to_owned())
}

fn of_record(record: &PlanRecord, what: &str) -> Option<String> {
    match (what, &record.source) {
        ("destination", _) => Some(record.destination.as_str().to_owned()),
        ("number", Source::Agreement { number, .. }) => Some(number.as_str().to_owned()),
        ("remark", source) => {
            let said = if let Source::Registration { facts, .. } = source { facts.remark.as_ref().map(Text::as_str) } else { None };
            let ended =
                record.closed_at.map(|at| format!("{} {}", labels::ended_record(source), at.in_shanghai().get(..10).unwrap_or_default()));
            let all: Vec<&str> = ended.as_deref().into_iter().chain(said).collect();
            (!all.is_empty()).then(|| all.join("; "))
        }
        _ => None,
    }
}

fn of_employer(record: &PlanRecord, what: &str) -> Option<String> {
    let (employer, job_category) = match &record.source {
        Source::Agreement { employer, job_category, .. } => (employer, job_category),
        Source::Registration { facts, .. } => {
            return match what {
                "name" => facts.organisation.as_ref().map(|organisation| organisation.as_str().to_owned()),
                "region" => facts.region.map(|region| region.as_str().to_owned()),
                _ => None,
            };
        }
    };
    let phone = employer.contact.phone.as_str();
    let is_mobile = phone.len() == 11 && phone.starts_with('1');
    match what {
        "name" => Some(employer.name.as_str().to_owned()),
        "credit_code" => Some(employer.credit_code.as_str().to_owned()),
        "nature" => employer.nature.map(|nature| nature.as_str().to_owned()),
        "industry" => employer.industry.map(|industry| industry.as_str().to_owned()),
        "region" => employer.region.map(|region| region.as_str().to_owned()),
        "job_category" => Some(job_category.as_str().to_owned()),
        "contact" => Some(employer.contact.name.as_str().to_owned()),
        "mobile" if is_mobile => Some(phone.to_owned()),
        "landline" if !is_mobile => Some(phone.to_owned()),
        "email" => employer.contact.email.as_ref().map(|email| email.as_str().to_owned()),
        "address" => employer.address.as_ref().map(|address| address.as_str().to_owned()),
        "postcode" => employer.postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
        _ => None,
    }
}

fn of_file(record: &PlanRecord, what: &str) -> Option<String> {
    let Source::Agreement { file_receiving, .. } = &record.source else { return None };
    let FileReceiving::Yes { kind, organisation, address, postcode, contact, phone, .. } = file_receiving else { return None };
    match what {
        "kind" => Some(labels::file_receiving(*kind).to_owned()),
        "organisation" => Some(organisation.as_str().to_owned()),
        "address" => Some(address.as_str().to_owned()),
        "postcode" => postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
        "contact" => Some(contact.as_str().to_owned()),
        "phone" => Some(phone.as_str().to_owned()),
        _ => None,
    }
}

fn of_household(record: &PlanRecord, what: &str) -> Option<String> {
    let Source::Agreement { household_receiving, .. } = &record.source else { return None };
    let HouseholdReceiving::Yes { kind, address } = household_receiving else { return None };
    match what {
        "kind" => kind.as_ref().map(|kind| kind.as_str().to_owned()),
        "address" => Some(address.as_str().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Domain 4.2: every column of the union, each once, from something that a row can say or from nothing on purpose.
    #[test]
    fn the_file_names_each_column_once_and_every_source_is_known() {
        let all: Vec<PlanColumn> = columns().collect();
        let ids: BTreeSet<_> = all.iter().map(|column| column.id).collect();
        let titles: BTreeSet<_> = all.iter().map(|column| column.title).collect();
        assert_eq!((all.len(), ids.len(), titles.len()), (53, 53, 53));
        let whose = ["school", "student", "record", "employer", "file", "household", "none"];
        for column in &all {
            let (part, _) = column.source.split_once('.').unwrap_or((column.source, ""));
            assert!(whose.contains(&part), "{}", column.source);
        }
        // Abolished in 2023: exported empty, never asked.
        let empty: Vec<_> = all.iter().filter(|column| column.source == "none").map(|column| column.id).collect();
        assert_eq!(empty, ["fxmc", "sjjydwmc", "sjjydwszd", "zdbh", "bdzqflbdm", "bdzqwdwmc", "qwdwszddm", "bdzbh"]);
    }
}
