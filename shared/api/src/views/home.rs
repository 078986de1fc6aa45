//! 用户中心 (SR-13 to SR-16, SR-45).

use super::AttachmentView;
use crate::schema::RoleName;
use domain::employer::{Employer, Qualification, SigningInformation};
use domain::labels;
use domain::student::SigningStatus;
use domain::values::{CreditCode, GraduationYear, SchoolId, Text, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The first page of every role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HomeView {
    /// student, employer, college or school.
    #[schemars(with = "RoleName")]
    pub role: &'static str,
    /// Who I am, masked.
    pub profile: Profile,
    /// When I logged in (当前登录情况).
    pub logged_in_at: Timestamp,
    /// What waits.
    pub to_do: ToDo,
    /// 已收邀约: unexpired letters, view-only ones included. Students only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<u32>,
    /// 当前就业情况. Students only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_status: Option<SigningStatus>,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_status_label: Option<&'static str>,
    /// What must be done before the rest may be used.
    pub missing: Vec<Missing>,
}

/// Counts stop at 100: shown as 99+.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ToDo {
    /// 签约待办: letters to answer, or letters waiting for their answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing: Option<u32>,
    /// 解约待办 (SR-16, A-25): requests to terminate that I have raised and the other party has not answered. Parties only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination_awaiting_other: Option<u32>,
    /// 解约待办: requests of the other party that wait for my answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination_awaiting_me: Option<u32>,
    /// 待反馈: an agreement on paper whose stamped scan I have still to hand in, or to hand in anew. Graduates only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<u32>,
    /// What waits for my decision, all queues together. Officers only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews: Option<u32>,
    /// The same, queue by queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queues: Option<Queues>,
    /// Employers to review. Schools only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employers: Option<u32>,
    /// Objections to answer. Schools only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objections: Option<u32>,
}

/// What waits for an officer, by kind.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Queues {
    /// 签约鉴证.
    pub signing: u32,
    /// 协议书审核.
    pub offline_review: u32,
    /// 签约鉴证 of agreements on paper.
    pub offline_certification: u32,
    /// 解约鉴证.
    pub termination: u32,
}

/// What stands between the caller and the user centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// 信息验证 (SR-44).
    Verification,
    /// 单位注册 (SR-10).
    Registration,
    /// A school's approval (SR-10).
    Approval,
    /// 签约信息 (SR-11).
    SigningInformation,
}

/// Who I am.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Profile {
    /// A graduate; none before verification.
    Student(Option<StudentProfile>),
    /// An employer; none if the log-in's employer is not on the platform.
    Employer(Option<Box<EmployerProfile>>),
    /// An officer.
    Officer(OfficerProfile),
}

/// A graduate, to themselves.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StudentProfile {
    /// 姓名.
    pub name: String,
    /// 学号.
    pub student_number: String,
    /// 学校.
    pub school: String,
    /// 院系.
    pub college: String,
    /// 专业.
    pub major: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 身份证号, masked.
    pub masked_resident_id: String,
    /// 手机, masked.
    pub masked_mobile: String,
}

/// 单位基本信息.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerProfile {
    /// Version of the profile, for whoever confirms it.
    pub version: u64,
    /// 单位名称.
    pub name: String,
    /// 统一社会信用代码(组织机构代码).
    #[schemars(with = "CreditCode")]
    pub credit_code: String,
    /// Where it stands.
    pub qualification: Qualification,
    /// In Chinese.
    pub qualification_label: &'static str,
    /// The school that is reviewing.
    pub asked: Option<SchoolId>,
    /// Schools that have approved.
    pub approved_by: BTreeSet<SchoolId>,
    /// Schools that have refused, and why.
    pub rejected_by: BTreeMap<SchoolId, Text<500>>,
    /// 营业执照, as handed in.
    pub licence: Vec<AttachmentView>,
    /// Schools that bar their students, and why.
    pub blocked_by: BTreeMap<SchoolId, Text<500>>,
    /// 签约信息 as confirmed (SR-11).
    pub signing_information: Option<SigningInformation>,
}

impl EmployerProfile {
    /// The employer, to its own staff.
    #[must_use]
    pub fn new(employer: &Employer, version: u64) -> Self {
        let qualification = employer.qualification();
        Self {
            version,
            name: employer.name.as_str().to_owned(),
            credit_code: employer.credit_code.as_str().to_owned(),
            qualification,
            qualification_label: labels::qualification(qualification),
            asked: employer.asked.clone(),
            approved_by: employer.approved_by.clone(),
            rejected_by: employer.rejected_by.clone(),
            licence: employer.licence.iter().map(AttachmentView::from).collect(),
            blocked_by: employer.blocked_by.clone(),
            signing_information: employer.signing_information.clone(),
        }
    }
}

/// An officer of a college or school.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OfficerProfile {
    /// The officer's name.
    pub name: Option<String>,
    /// 学校.
    pub school: String,
    /// 院系, for a college's officer.
    pub college: Option<String>,
}
