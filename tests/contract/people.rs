//! The sample data: enough of it, well-formed, whole, and nobody's.

use super::workspace::json;
use domain::values::{CreditCode, Mobile, ResidentId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A division that is not assigned: no number in it is a real person's or organisation's.
const NOWHERE: &str = "420199";
/// The manual's own employer, as printed there.
const STARS: (&str, &str) = ("星光集团", "911306007216356986");

/// The one log-in whose employer has yet to register.
const NEWCOMER: &str = "newcomer-hr";

fn rows(name: &str) -> Vec<Value> {
    json(&format!("samplesdata/{name}.json")).as_array().unwrap().clone()
}

fn texts(rows: &[Value], field: &str) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row[field].as_str()).map(str::to_owned).collect()
}

#[test]
fn there_is_enough_to_try_everything_with() {
    let schools = rows("schools");
    let colleges: usize = schools.iter().map(|school| school["colleges"].as_array().unwrap().len()).sum();
    let (students, employers) = (rows("students").len(), rows("employers").len());
    assert!(schools.len() >= 3, "{} schools", schools.len());
    assert!(colleges >= 12, "{colleges} colleges");
    assert!(students >= 300, "{students} students");
    assert!(employers >= 20, "{employers} employers");
}

#[test]
fn every_identity_number_is_well_formed_and_nobodys() {
    for student in rows("students") {
        let number = student["resident_id"].as_str().unwrap();
        let parsed = ResidentId::parse(number).unwrap_or_else(|wrong| panic!("{student}: {wrong}"));
        assert_eq!((parsed.expose(), &number[..6]), (number, NOWHERE), "{student}");
        let mobile = student["mobile"].as_str().unwrap();
        assert!(Mobile::parse(mobile).is_ok_and(|parsed| parsed.expose() == mobile), "{student}");
    }
}

/// A number is one person's, and a person has one number, over schools and years.
#[test]
fn an_identity_number_is_one_persons() {
    let (mut numbers, mut persons) = (BTreeMap::new(), BTreeMap::new());
    for student in rows("students") {
        let [number, person] = ["resident_id", "person"].map(|field| student[field].as_str().unwrap().to_owned());
        assert_eq!(*numbers.entry(number.clone()).or_insert(person.clone()), person, "{student}");
        assert_eq!(*persons.entry(person).or_insert(number.clone()), number, "{student}");
    }
    let students = rows("students");
    assert_eq!(texts(&students, "id").len(), students.len(), "each record has an id of its own");
}

#[test]
fn every_credit_code_is_well_formed_and_nobodys() {
    let employers = rows("employers");
    for employer in &employers {
        let code = employer["credit_code"].as_str().unwrap();
        let parsed = CreditCode::parse(code).unwrap_or_else(|wrong| panic!("{employer}: {wrong}"));
        assert_eq!(parsed.as_str(), code);
        assert!(code == STARS.1 || &code[2..8] == NOWHERE, "{employer}");
    }
    for field in ["id", "name", "credit_code"] {
        assert_eq!(texts(&employers, field).len(), employers.len(), "{field}");
    }
}

#[test]
fn the_manuals_own_graduate_and_employer_are_there() {
    let students = rows("students");
    let graduate = students.iter().find(|student| student["name"] == "黄河水9").expect("黄河水9");
    assert_eq!(graduate["student_number"], "20191009");
    assert!(graduate["account"].is_string(), "verified, to accept a letter");
    let employers = rows("employers");
    let employer = employers.iter().find(|employer| employer["name"] == STARS.0).expect("星光集团");
    assert_eq!(employer["credit_code"], STARS.1);
    assert!(employer["signing_information"].is_object() && employer["suspended_at"].is_null(), "ready to invite");
}

#[test]
fn everything_that_a_sample_names_is_there() {
    let (schools, students, employers) = (rows("schools"), rows("students"), rows("employers"));
    let colleges = |school: &Value| texts(school["colleges"].as_array().unwrap(), "id");
    let colleges: BTreeMap<String, _> =
        schools.iter().map(|school| (school["id"].as_str().unwrap().to_owned(), colleges(school))).collect();
    let (student_ids, employer_ids) = (texts(&students, "id"), texts(&employers, "id"));
    for row in students.iter().chain(&rows("people")) {
        if let Some(school) = row["school"].as_str() {
            let of_school = colleges.get(school).unwrap_or_else(|| panic!("no school for {row}"));
            assert!(row["college"].as_str().is_none_or(|college| of_school.contains(college)), "no college for {row}");
        }
        let registered = row["employer"].as_str().is_none_or(|employer| employer_ids.contains(employer));
        assert_eq!(registered, row["id"] != NEWCOMER, "no employer for {row}, or one for the newcomer");
        assert!(row["student"].as_str().is_none_or(|student| student_ids.contains(student)), "no student for {row}");
    }
    for student in &students {
        assert_eq!(student["id"].as_str().unwrap()[..5], *student["school"].as_str().unwrap(), "an id names its school: {student}");
    }
}

#[test]
fn every_role_can_log_in() {
    let people = rows("people");
    let roles: BTreeSet<String> = api::Role::ALL.iter().map(|role| role.as_str().to_owned()).collect();
    assert_eq!(texts(&people, "role"), roles);
    for field in ["id", "account"] {
        assert_eq!(texts(&people, field).len(), people.len(), "{field}");
    }
}
