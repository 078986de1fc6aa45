//! Values of the domain for tests on the store itself: graduates and a letter.

use domain::letter::{Contact, EmployerSection, FileReceiving, HouseholdReceiving, Letter, Pay, SigningSection};
use domain::student::{Student, Verified};
use domain::values::{
    AccountId, CollegeId, CreditCode, EmployerId, GraduationYear, JobCategory, PersonId, PersonName, Phone, SchoolId, Sealed, StudentId,
    Timestamp,
};

use super::world::text;

/// A verified graduate; each number is another person.
pub(crate) fn student(n: u32) -> Student {
    let sealed = |mask: &str| Sealed { cipher: "sealed".to_owned(), mask: mask.to_owned() };
    let school = SchoolId::parse("99001").unwrap();
    Student {
        id: StudentId::new(&school, &format!("{n:020}")).unwrap(),
        person: PersonId::parse(&format!("p{n}")).unwrap(),
        school,
        school_name: text("江城大学"),
        college: CollegeId::parse("c01").unwrap(),
        college_name: text("计算机科学与技术学院"),
        graduation_year: GraduationYear::parse("2027").unwrap(),
        student_number: text(&(20_191_008 + n).to_string()),
        name: PersonName::parse("黄河水9").unwrap(),
        resident_id: sealed("42**************16"),
        mobile: sealed("199******19"),
        email: None,
        major: text("计算机应用技术"),
        class: None,
        education: None,
        particulars: domain::student::Particulars::default(),
        extra_terminations: 0,
        verified: Some(Verified { account: AccountId::parse(&format!("student-{n}")).unwrap(), at: Timestamp::from_millis(0) }),
    }
}

/// An employer's id.
pub(crate) fn employer() -> EmployerId {
    EmployerId::parse("e1").unwrap()
}

/// Its letter.
pub(crate) fn letter() -> Letter {
    Letter {
        employer_id: employer(),
        employer: EmployerSection {
            name: text("星光集团"),
            credit_code: CreditCode::parse("911306007216356986").unwrap(),
            nature: None,
            industry: None,
            region: None,
            address: None,
            postcode: None,
            supervisor: None,
            contact: Contact { name: text("赵敏"), phone: Phone::parse("027-87654321").unwrap(), email: None },
        },
        signing: SigningSection {
            position: text("软件开发工程师"),
            job_category: JobCategory::parse("13").unwrap(),
            workplace: text("湖北省武汉市"),
            employment_form: None,
            term_months: None,
            probation_months: 3,
            pay: Pay { probation_monthly_fen: None, monthly_fen: 1_000_000 },
            benefits: None,
            report_on: None,
            report_to: None,
            liability: None,
            automatic_end: None,
            disputes: None,
            remark: None,
        },
        file_receiving: FileReceiving::No,
        household_receiving: HouseholdReceiving::No,
    }
}
