//! The sample data: schools, roster, employers, log-ins and example bodies, the same at every run.
//!
//! Nobody in it exists. Resident numbers and credit codes pass their checks but stand in division 420199, which is not
//! assigned; mobiles and addresses of mail lead nowhere. Only 星光集团 and 黄河水9 are the manual's own, and the credit code
//! printed there for 星光集团 does not pass: by GB 32100 it would end in E.

mod employers;
mod persons;
mod requests;

use employers::{FIRMS, Firm, NEWCOMER, NEWCOMER_ROW, Standing, contact, employer_id};
use persons::{Person, SURNAMES, letters, pick};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;

/// Writes all sample files into `folder`, over what stands there.
///
/// # Errors
/// When the folder or a file cannot be written.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    let students = students();
    fs::create_dir_all(folder.join("requests"))?;
    save(&folder.join("schools.json"), &schools())?;
    fs::write(folder.join("students.json"), lines(students.iter().map(Student::record)))?;
    save(&folder.join("employers.json"), &(1..).zip(&FIRMS).map(|(row, firm)| firm.record(row)).collect())?;
    save(&folder.join("people.json"), &people(&students))?;
    for (action, body) in requests::requests(&students) {
        save(&folder.join("requests").join(action).with_extension("json"), &body)?;
    }
    Ok(())
}

fn save(path: &Path, value: &Value) -> io::Result<()> {
    fs::write(path, serde_json::to_string_pretty(value)? + "\n")
}

/// A JSON array with one record per line.
fn lines(records: impl Iterator<Item = Value>) -> String {
    let records: Vec<String> = records.map(|record| format!("  {record}")).collect();
    format!("[\n{}\n]\n", records.join(",\n"))
}

// Schools

struct School {
    id: &'static str,
    name: &'static str,
    colleges: &'static [College],
}

struct College {
    id: &'static str,
    name: &'static str,
    /// Two majors, each with what its classes are called.
    majors: [(&'static str, &'static str); 2],
}

const fn college(id: &'static str, name: &'static str, majors: [(&'static str, &'static str); 2]) -> College {
    College { id, name, majors }
}

static SCHOOLS: [School; 3] = [
    School {
        id: "99001",
        name: "江城大学",
        colleges: &[
            college("c01", "计算机科学与技术学院", [("计算机应用技术", "软件"), ("人工智能", "智能")]),
            college("c02", "经济与管理学院", [("会计学", "会计"), ("市场营销", "营销")]),
            college("c03", "外国语学院", [("英语", "英语"), ("日语", "日语")]),
            college("c04", "机械工程学院", [("机械设计制造及其自动化", "机制"), ("车辆工程", "车辆")]),
            college("c05", "法学院", [("法学", "法学"), ("社会工作", "社工")]),
        ],
    },
    School {
        id: "99002",
        name: "荆楚云梦理工学院",
        colleges: &[
            college("c01", "信息工程学院", [("软件工程", "软工"), ("通信工程", "通信")]),
            college("c02", "土木与建筑学院", [("土木工程", "土木"), ("建筑学", "建筑")]),
            college("c03", "材料与化工学院", [("材料科学与工程", "材料"), ("应用化学", "应化")]),
            college("c04", "艺术设计学院", [("视觉传达设计", "视传"), ("环境设计", "环设")]),
        ],
    },
    School {
        id: "99003",
        name: "清江师范学院",
        colleges: &[
            college("c01", "教育科学学院", [("学前教育", "学前"), ("小学教育", "小教")]),
            college("c02", "文学与传媒学院", [("汉语言文学", "中文"), ("新闻学", "新闻")]),
            college("c03", "数学与统计学院", [("数学与应用数学", "数学"), ("统计学", "统计")]),
            college("c04", "体育与健康学院", [("体育教育", "体教"), ("护理学", "护理")]),
        ],
    },
];

fn schools() -> Value {
    let college = |college: &College| json!({"id": college.id, "name": college.name});
    let colleges = |school: &School| school.colleges.iter().map(college).collect::<Value>();
    SCHOOLS.iter().map(|school| json!({"id": school.id, "name": school.name, "colleges": colleges(school)})).collect()
}

/// A college with its school.
type Place = (&'static School, &'static College);

fn places() -> impl Iterator<Item = Place> {
    SCHOOLS.iter().flat_map(|school| school.colleges.iter().map(move |college| (school, college)))
}

// Students

/// One line of a school's roster.
struct Student {
    row: u16,
    person: Person,
    place: Place,
    graduation_year: u16,
    number: String,
    class: String,
}

/// Those with a part in the stories: name, log-in, and the running number of their college over all schools.
const NAMED: [(&str, &str, u16); 5] =
    [("黄河水9", "huang", 0), ("李晓雨", "li", 0), ("王思远", "wang", 1), ("周明", "zhou", 5), ("陈未验", "chen", 0)];

/// The person who is on two rosters.
const TWICE: u16 = 311;

fn students() -> Vec<Student> {
    let named = (1..).zip(NAMED).filter_map(|(row, (name, nick, place))| enrol(row, Person::named(row, name, nick), place, 2027));
    let others = (6..TWICE).filter_map(|row| enrol(row, Person::graduate(row), row, graduation_year(row)));
    let both = || Person { verified: true, ..Person::graduate(TWICE) };
    let twice = [enrol(TWICE, both(), 6, 2026), enrol(TWICE + 1, both(), 10, 2027)].into_iter().flatten();
    named.chain(others).chain(twice).map(as_in_the_manual).collect()
}

fn graduation_year(row: u16) -> u16 {
    match row % 20 {
        7 => 2026,
        13 => 2028,
        _ => 2027,
    }
}

fn enrol(row: u16, person: Person, place: u16, graduation_year: u16) -> Option<Student> {
    let place = places().nth(usize::from(place) % places().count())?;
    let college = place.1.id.trim_start_matches("c0");
    let number = format!("{}{college}{row:03}", graduation_year - 4);
    let (_, classes) = major(place.1, row);
    Some(Student { row, person, place, graduation_year, number, class: format!("{classes}{}班", 1 + row % 3) })
}

fn major(college: &College, row: u16) -> (&'static str, &'static str) {
    let [first, second] = college.majors;
    if row % 4 < 2 { first } else { second }
}

/// Number and class of 黄河水9 are printed in the manual.
fn as_in_the_manual(student: Student) -> Student {
    match student.row {
        1 => Student { number: "20191009".to_owned(), class: "软件3班".to_owned(), ..student },
        _ => student,
    }
}

impl Student {
    fn id(&self) -> String {
        format!("{}-s{}", self.place.0.id, letters(1000 + u64::from(self.row), 20))
    }

    /// What agreements say besides: sex as the identity number has it, an examinee number of the usual form.
    fn particulars(&self) -> Value {
        let odd = self.person.resident_id().chars().rev().nth(1).and_then(|digit| digit.to_digit(10)).is_some_and(|digit| digit % 2 == 1);
        let year = self.graduation_year % 100 - 4;
        json!({
            "sex": if odd { "男" } else { "女" },
            "ethnicity": if self.person.name.contains('·') { "维吾尔族" } else { "汉族" },
            "political_status": if self.row.is_multiple_of(3) { "中共党员" } else { "共青团员" },
            "schooling_years": 4,
            "training_mode": "非定向",
            "origin": if self.row.is_multiple_of(2) { "420100" } else { "422800" },
            "examinee_number": format!("{year}4201{:08}", self.row),
            "home_address": null,
        })
    }

    fn record(&self) -> Value {
        let (school, college) = self.place;
        json!({
            "id": self.id(),
            "person": self.person.id(),
            "school": school.id,
            "college": college.id,
            "graduation_year": self.graduation_year,
            "student_number": self.number,
            "name": self.person.name,
            "resident_id": self.person.resident_id(),
            "mobile": self.person.mobile(),
            "email": self.person.email(),
            "major": major(college, self.row).0,
            "class": self.class,
            "education": "本科",
            "particulars": self.particulars(),
            "account": self.person.account(),
        })
    }
}

// Log-ins

/// Somebody whom the local stack lets in.
#[derive(Default)]
struct Login {
    id: String,
    account: String,
    role: &'static str,
    name: String,
    school: Option<&'static str>,
    college: Option<&'static str>,
    employer: Option<String>,
    student: Option<String>,
    note: &'static str,
}

impl Login {
    fn record(self) -> Value {
        json!({
            "id": self.id,
            "account": self.account,
            "role": self.role,
            "name": self.name,
            "school": self.school,
            "college": self.college,
            "employer": self.employer,
            "student": self.student,
            "note": self.note,
        })
    }
}

fn people(students: &[Student]) -> Value {
    // Who is on two rosters logs in as the later record.
    let once = students.iter().filter(|student| student.row != TWICE);
    let students = once.filter_map(student_login);
    let employers = (1..).zip(&FIRMS).chain([(NEWCOMER_ROW, &NEWCOMER)]).map(|(row, firm)| employer_login(row, firm));
    let colleges = (0..).zip(places()).map(|(n, place)| college_login(n, place));
    let offices = [("99001", ""), ("99001", "-b"), ("99002", ""), ("99003", "")];
    let offices = (13..).zip(offices).map(|(n, (school, suffix))| office_login(n, school, suffix));
    students.chain(employers).chain(colleges).chain(offices).map(Login::record).collect()
}

fn student_login(student: &Student) -> Option<Login> {
    let (school, college) = student.place;
    let named = NAMED.get(usize::from(student.row) - 1).map(|(_, nick, _)| (*nick).to_owned());
    if named.is_none() && !student.person.verified {
        return None;
    }
    Some(Login {
        id: named.unwrap_or_else(|| format!("s{:04}", student.person.seed)),
        account: student.person.login.clone(),
        role: "student",
        name: student.person.name.clone(),
        school: Some(school.id),
        college: Some(college.id),
        student: student.person.verified.then(|| student.id()),
        note: match student.row {
            1 => "the manual's own graduate",
            5 => "has not verified herself yet",
            row if row > TWICE => "the same person as a record of 99002, graduation year 2026",
            _ => "verified graduate",
        },
        ..Login::default()
    })
}

fn employer_login(row: u16, firm: &Firm) -> Login {
    let id = employer_id(row);
    Login {
        id: match row {
            1 => "stars-hr".to_owned(),
            2 => "bridge-hr".to_owned(),
            NEWCOMER_ROW => "newcomer-hr".to_owned(),
            _ => format!("hr-{id}"),
        },
        account: format!("hr-{id}"),
        role: "employer",
        name: contact(row),
        employer: Some(id),
        note: match (firm.standing, firm.industry) {
            (Standing::Registered, _) if row == NEWCOMER_ROW => "not registered yet: register-employer",
            (Standing::Registered, _) => "registered, waits for the review of 99001",
            (Standing::Rejected, _) => "99002 has refused it; it may ask again",
            (Standing::Approved, _) => "approved, first log-in not yet confirmed",
            (Standing::Blocked, _) => "active, barred from the students of 99001",
            (Standing::Suspended, _) => "suspended",
            (Standing::Active, None) => "active; whoever certifies must fill in the industry",
            (Standing::Active, Some(_)) => "active",
        },
        ..Login::default()
    }
}

fn college_login(n: u16, (school, college): Place) -> Login {
    let id = format!("teacher-{}-{}", school.id, college.id);
    Login {
        account: id.clone(),
        id,
        role: "college",
        name: format!("{}老师", pick(SURNAMES, n)),
        school: Some(school.id),
        college: Some(college.id),
        note: "college officer",
        ..Login::default()
    }
}

fn office_login(n: u16, school: &'static str, suffix: &str) -> Login {
    let id = format!("office-{school}{suffix}");
    Login {
        account: id.clone(),
        id,
        role: "school",
        name: format!("{}老师", pick(SURNAMES, n)),
        school: Some(school),
        note: "officer of the school's employment office",
        ..Login::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samplesdata_is_what_this_writes() {
        let written = std::env::temp_dir().join(format!("wangqian-samplesdata-{}", std::process::id()));
        write(&written).unwrap();
        let (written_files, kept_files) = (files(&written), files(&crate::root().unwrap().join("samplesdata")));
        fs::remove_dir_all(&written).unwrap();
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&written_files), names(&kept_files));
        for ((name, written), (_, kept)) in written_files.iter().zip(&kept_files) {
            assert!(written == kept, "{name} differs: run `cargo xtask samples` and read the difference");
        }
    }

    fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let paths = [folder.to_owned(), folder.join("requests")].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
        let paths = paths.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let mut files: Vec<_> =
            paths.map(|path| (path.strip_prefix(folder).unwrap().display().to_string(), fs::read(path).unwrap())).collect();
        files.sort();
        files
    }
}
