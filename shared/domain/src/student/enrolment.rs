//! How students come onto the roster: by a row of a school's import.

use super::{Particulars, Student};
use crate::event::Event;
use crate::school::College;
use crate::transition::{Effect, NoticeKind, Recipient, Transition};
use crate::values::{Email, GraduationYear, JobId, PersonId, PersonName, SchoolId, Sealed, StudentId, Text};

/// What a row of a roster says of a student. What is absent says nothing: the record keeps what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 学号.
    pub student_number: Text<32>,
    /// 姓名.
    pub name: PersonName,
    /// 身份证号, sealed.
    pub resident_id: Sealed,
    /// 手机, sealed.
    pub mobile: Sealed,
    /// 邮箱.
    pub email: Option<Email>,
    /// 所在院系.
    pub college: College,
    /// 所在专业.
    pub major: Text<100>,
    /// 所在班级.
    pub class: Option<Text<100>>,
    /// 学历.
    pub education: Option<Text<50>>,
    /// What agreements and the plan say besides.
    pub particulars: Particulars,
}

/// The keyed hashes under which a student is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookups {
    /// Of school, year, name and document number; and of the same with the mobile instead.
    pub four_fields: Vec<String>,
    /// Of the document: the alias of the person.
    pub document: String,
}

impl Student {
    /// A student who was not on the roster.
    #[must_use]
    pub fn enrol(
        id: StudentId,
        person: PersonId,
        school: SchoolId,
        school_name: Text<100>,
        row: Enrolment,
        job: JobId,
    ) -> Transition<Self> {
        let next = Self {
            id,
            person,
            school,
            school_name,
            college: row.college.id,
            college_name: row.college.name,
            graduation_year: row.graduation_year,
            student_number: row.student_number,
            name: row.name,
            resident_id: row.resident_id,
            mobile: row.mobile,
            email: row.email,
            major: row.major,
            class: row.class,
            education: row.education,
            particulars: row.particulars,
            extra_terminations: 0,
            verified: None,
        };
        Transition { next, event: Event::StudentEnrolled { job }, effects: Vec::new() }
    }

    /// The record as the row says; none if it says so already. The e-mail that a graduate has confirmed is the graduate's: no row
    /// changes it. Open letters and agreements keep what they were sent and signed with.
    #[must_use]
    pub fn update(self, row: Enrolment, job: JobId) -> Option<Transition<Self>> {
        let before = self;
        let mut next = before.clone();
        next.graduation_year = row.graduation_year;
        next.name = row.name;
        next.resident_id = row.resident_id;
        next.mobile = row.mobile;
        if before.verified.is_none() || before.email.is_none() {
            next.email = row.email.or(next.email);
        }
        (next.college, next.college_name) = (row.college.id, row.college.name);
        next.major = row.major;
        next.class = row.class.or(next.class);
        next.education = row.education.or(next.education);
        next.particulars = next.particulars.with(row.particulars);
        let mut fields = before.differs_in(&next);
        let more = [
            ("graduation_year", before.graduation_year != next.graduation_year),
            ("education", before.education != next.education),
            ("particulars", before.particulars != next.particulars),
        ];
        fields.extend(more.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()));
        if fields.is_empty() {
            return None;
        }
        let theirs = ["name", "resident_id", "mobile", "college", "graduation_year"];
        let told = before.verified.is_some() && fields.iter().any(|field| theirs.contains(&field.as_str()));
        let notice = told.then(|| Effect::Notify(Recipient::Student(next.person.clone()), NoticeKind::StudentCorrected));
        Some(Transition { next, event: Event::StudentUpdated { job, fields }, effects: notice.into_iter().collect() })
    }

    /// Whether the row says of whom a signing is, and of which year, something else than the record.
    #[must_use]
    pub fn is_identified_otherwise(&self, row: &Enrolment) -> bool {
        self.name != row.name || self.resident_id != row.resident_id || self.graduation_year != row.graduation_year
    }
}

impl Particulars {
    /// What is known now, with what a row adds.
    fn with(self, row: Self) -> Self {
        Self {
            sex: row.sex.or(self.sex),
            ethnicity: row.ethnicity.or(self.ethnicity),
            political_status: row.political_status.or(self.political_status),
            schooling_years: row.schooling_years.or(self.schooling_years),
            training_mode: row.training_mode.or(self.training_mode),
            origin: row.origin.or(self.origin),
            examinee_number: row.examinee_number.or(self.examinee_number),
            home_address: row.home_address.or(self.home_address),
            major_code: row.major_code.or(self.major_code),
            enrolled: row.enrolled.or(self.enrolled),
            graduates: row.graduates.or(self.graduates),
            teacher_training: row.teacher_training.or(self.teacher_training),
            hardship: row.hardship.or(self.hardship),
        }
    }
}
