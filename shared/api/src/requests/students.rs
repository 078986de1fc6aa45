//! Verifying, listing and correcting students.

use super::{Decode, DecodeError, Parts, Query, id, version};
use crate::fields::{read, whole_as};
use domain::values::{CollegeId, Email, GraduationYear, Mobile, PersonName, ResidentId, SchoolId, StudentId, Text};

/// 信息验证 (SR-44): what the graduate knows of the school's roster.
#[derive(Clone, Debug)]
pub struct VerifyStudent {
    /// 毕业学校.
    pub school: SchoolId,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 姓名.
    pub name: PersonName,
    /// 身份证号.
    pub resident_id: ResidentId,
    /// 手机.
    pub mobile: Mobile,
    /// 邮箱 to use from now on; the roster's if none.
    pub email: Option<Email>,
}

impl Decode for VerifyStudent {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let (school, graduation_year) = (fields.required("school"), fields.required("graduation_year"));
            let (name, resident_id) = (fields.required("name"), fields.required("resident_id"));
            let (mobile, email) = (fields.required("mobile"), fields.optional("email"));
            Some(Self {
                school: school?,
                graduation_year: graduation_year?,
                name: name?,
                resident_id: resident_id?,
                mobile: mobile?,
                email,
            })
        })?)
    }
}

/// 更正学生信息, on the version that the officer saw. What is absent stays as it is.
#[derive(Clone, Debug)]
pub struct CorrectStudent {
    /// The record.
    pub id: StudentId,
    /// The version that was seen.
    pub version: u64,
    /// Why.
    pub reason: Text<500>,
    /// 姓名.
    pub name: Option<PersonName>,
    /// 身份证号.
    pub resident_id: Option<ResidentId>,
    /// 手机.
    pub mobile: Option<Mobile>,
    /// 邮箱.
    pub email: Option<Email>,
    /// 所在院系.
    pub college: Option<CollegeId>,
    /// 所在专业.
    pub major: Option<Text<100>>,
    /// 所在班级.
    pub class: Option<Text<100>>,
    /// Certified terminations granted beyond the quota, in all.
    pub extra_terminations: Option<u32>,
    /// Takes the record away from its log-in.
    pub unbind_account: bool,
}

impl Decode for CorrectStudent {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<StudentId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, reason) = (fields.required_with("version", version()), fields.required("reason"));
            let correction = Self {
                id,
                version: version.unwrap_or_default(),
                name: fields.optional("name"),
                resident_id: fields.optional("resident_id"),
                mobile: fields.optional("mobile"),
                email: fields.optional("email"),
                college: fields.optional("college"),
                major: fields.optional("major"),
                class: fields.optional("class"),
                extra_terminations: fields.optional_with("extra_terminations", whole_as(0, 10)),
                unbind_account: fields.optional("unbind_account").unwrap_or(false),
                reason: reason?,
            };
            version.map(|_| correction)
        })?)
    }
}

/// A page of the roster of one graduation year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListStudents {
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// How the student number begins.
    pub student_number: Option<String>,
    /// At most this many rows, 1 to 100.
    pub limit: u32,
    /// `next` of an earlier page.
    pub after: Option<String>,
}

impl Decode for ListStudents {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let (graduation_year, student_number) = (query.required("graduation_year"), query.beginning("student_number", 32));
        let (limit, after) = (query.limit(), query.after());
        match graduation_year {
            Some(graduation_year) => query.done(Self { graduation_year, student_number, limit, after }),
            None => Err(query.refused()),
        }
    }
}
