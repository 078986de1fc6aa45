//! 签约详情 and 签约管理.

use super::sections::{CodeView, EmployerView, TermsView};
use crate::actions::{CERTIFY_AGREEMENT, VOID_AGREEMENT};
use domain::agreement::{Agreement, StageName};
use domain::event::Event;
use domain::labels;
use domain::party::{Actor, Officer};
use domain::plan::PlanRecord;
use domain::student::Particulars;
use domain::values::{AgreementNumber, GraduationYear, InvitationId, Timestamp};
use serde::Serialize;

/// An agreement with all its sections (SR-78, SR-80), for parties and officers.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementView {
    id: String,
    version: u64,
    stage: &'static str,
    stage_label: &'static str,
    effective_stage: &'static str,
    actions: Vec<String>,
    student: StudentView,
    employer: EmployerView,
    #[serde(flatten)]
    terms: TermsView,
    invitation_id: InvitationId,
    letter_sha256: String,
    formed_at: Timestamp,
    /// Number, certifier and time, once certified.
    certification: Option<CertificationView>,
    /// Set while the school's decision is awaited; shown to officers.
    college_approval: Option<ApprovalView>,
    /// Why it ended, where a reason is given.
    reason: Option<String>,
    /// What stands in the employment plan: the graduate sees it exactly as it was written.
    plan_record: Option<PlanRecordView>,
    /// 签约过程记录.
    process: Vec<ProcessEntryView>,
}

/// 学生信息. The identity number stays masked: in full it stands only on the agreement itself and in the ministry's export.
#[derive(Clone, Debug, Serialize)]
struct StudentView {
    name: String,
    student_number: Option<String>,
    school: String,
    college: String,
    major: Option<String>,
    class: Option<String>,
    education: Option<String>,
    graduation_year: GraduationYear,
    masked_resident_id: Option<String>,
    mobile: Option<String>,
    email: Option<String>,
    /// 性别, 民族, 政治面貌, 学制, 培养方式, 生源地 (a division code), 考生号, 家庭地址, as far as the roster knows.
    #[serde(flatten)]
    particulars: Particulars,
}

#[derive(Clone, Debug, Serialize)]
struct CertificationView {
    number: AgreementNumber,
    certifier: Option<String>,
    at: Timestamp,
}

#[derive(Clone, Debug, Serialize)]
struct ApprovalView {
    officer: Option<String>,
    at: Timestamp,
}

/// What an agreement has written to the employment plan.
#[derive(Clone, Debug, Serialize)]
struct PlanRecordView {
    /// 毕业去向类别.
    destination: CodeView,
    opened_at: Timestamp,
    closed_at: Option<Timestamp>,
}

/// A line of 签约过程记录.
#[derive(Clone, Debug, Serialize)]
pub struct ProcessEntryView {
    /// When.
    pub at: Timestamp,
    /// Which party: student, employer, college, school, operator or system.
    pub by: &'static str,
    /// What happened.
    pub event: &'static str,
    /// In Chinese.
    pub label: &'static str,
    /// Why, where a reason is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl ProcessEntryView {
    /// A line from an audit record. What the school tells the college when it returns a signing is between the two.
    #[must_use]
    pub fn new(at: Timestamp, actor: &Actor, event: &Event, for_officer: bool) -> Self {
        let by = match actor {
            Actor::Student { .. } => "student",
            Actor::Employer { .. } => "employer",
            Actor::College { .. } => "college",
            Actor::School { .. } => "school",
            Actor::Operator { .. } => "operator",
            Actor::System => "system",
        };
        let private = matches!(event, Event::ReturnedToCollege { .. }) && !for_officer;
        let reason = event.reason().filter(|_| !private).map(|reason| reason.as_str().to_owned());
        Self { at, by, event: event.name(), label: labels::event(event), reason }
    }
}

/// Who reads the agreement.
#[derive(Clone, Copy, Debug)]
pub enum Reader<'a> {
    /// The graduate.
    Student,
    /// The employer.
    Employer,
    /// An officer who may decide on it.
    Officer(&'a Officer),
}

/// The agreement as the store knows it, with what belongs to it.
#[derive(Debug)]
pub struct AgreementParts<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// Its version.
    pub version: u64,
    /// The graduate's mobile number, opened.
    pub mobile: String,
    /// How it came about.
    pub process: Vec<ProcessEntryView>,
    /// What it has written to the plan.
    pub plan_record: Option<&'a PlanRecord>,
}

impl AgreementView {
    /// The agreement with the graduate's mobile number: whoever reads an agreement is a party to it or certifies it. An employer whose
    /// signing ended before it came into force keeps no contact (domain 5.1).
    #[must_use]
    pub fn new(parts: AgreementParts<'_>, reader: Reader<'_>) -> Self {
        let AgreementParts { agreement, version, mobile, process, plan_record } = parts;
        let stage = agreement.stage_name();
        let approval = agreement.college_approval();
        let (officer, actions) = match reader {
            Reader::Officer(officer) => (true, agreement_actions(agreement, officer)),
            Reader::Student => (false, own_actions(agreement)),
            Reader::Employer => (false, Vec::new()),
        };
        let masked = stage.came_to_nothing() && matches!(reader, Reader::Employer);
        Self {
            id: agreement.id.to_string(),
            version,
            stage: stage.as_str(),
            stage_label: labels::agreement_stage(stage, approval.is_some()),
            effective_stage: stage.as_str(),
            actions,
            student: if masked { masked_student(agreement) } else { student(agreement, mobile) },
            employer: EmployerView::from(&agreement.employer),
            terms: TermsView::of(&agreement.signing, &agreement.file_receiving, &agreement.household_receiving),
            invitation_id: agreement.invitation.clone(),
            letter_sha256: agreement.letter_hash.clone(),
            formed_at: agreement.formed_at,
            certification: agreement.certification().map(|certified| CertificationView {
                number: certified.number.clone(),
                certifier: certified.by.name.clone(),
                at: certified.at,
            }),
            college_approval: approval
                .filter(|_| officer)
                .map(|approval| ApprovalView { officer: approval.by.name.clone(), at: approval.at }),
            reason: agreement.reason().map(|reason| reason.as_str().to_owned()),
            plan_record: plan_record.map(|record| PlanRecordView {
                destination: record.destination.code().into(),
                opened_at: record.opened_at,
                closed_at: record.closed_at,
            }),
            process,
        }
    }
}

fn masked_student(agreement: &Agreement) -> StudentView {
    let student = &agreement.student;
    StudentView {
        name: student.name.masked(),
        student_number: None,
        major: None,
        class: None,
        education: None,
        masked_resident_id: None,
        mobile: None,
        email: None,
        particulars: Particulars::default(),
        ..self::student(agreement, String::new())
    }
}

fn student(agreement: &Agreement, mobile: String) -> StudentView {
    let student = &agreement.student;
    let text = |text: &str| text.to_owned();
    StudentView {
        name: text(student.name.as_str()),
        student_number: Some(text(student.student_number.as_str())),
        school: text(student.school_name.as_str()),
        college: text(student.college_name.as_str()),
        major: Some(text(student.major.as_str())),
        class: student.class.as_ref().map(|class| text(class.as_str())),
        education: student.education.as_ref().map(|education| text(education.as_str())),
        graduation_year: student.graduation_year,
        masked_resident_id: Some(student.resident_id.mask.clone()),
        mobile: Some(mobile),
        email: student.email.as_ref().map(|email| text(email.as_str())),
        particulars: student.particulars.clone(),
    }
}

/// What this officer may do with the agreement now.
#[must_use]
pub fn agreement_actions(agreement: &Agreement, officer: &Officer) -> Vec<String> {
    let awaited = agreement.awaits();
    let own_approval = agreement.college_approval().is_some_and(|approval| approval.by.account == officer.account);
    let mine = if officer.college.is_some() { awaited.college } else { awaited.school && !own_approval };
    let revocable = officer.college.is_none() && agreement.stage_name() == StageName::Certified;
    [(CERTIFY_AGREEMENT.name, mine), (VOID_AGREEMENT.name, revocable)]
        .into_iter()
        .filter(|(_, open)| *open)
        .map(|(action, _)| action.to_owned())
        .collect()
}

/// What its graduate may do with the agreement now.
#[must_use]
pub fn own_actions(agreement: &Agreement) -> Vec<String> {
    let withdrawable = agreement.withdrawable && agreement.stage_name() == StageName::PendingCertification;
    if withdrawable { vec![VOID_AGREEMENT.name.to_owned()] } else { Vec::new() }
}

/// A row of a list of agreements, for parties and officers.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementRow {
    /// Id of the agreement.
    pub id: String,
    /// What a decision quotes.
    pub version: u64,
    /// Stage.
    pub stage: String,
    /// 签约鉴证状态.
    pub stage_label: &'static str,
    /// Stage as shown.
    pub effective_stage: String,
    /// What the reader may do, as far as the row tells; the agreement itself tells all.
    pub actions: Vec<&'static str>,
    /// 姓名; the mask for an employer whose signing came to nothing (domain 5.1).
    pub student_name: String,
    /// 学号, for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_number: Option<String>,
    /// 学校.
    pub school: String,
    /// 所在院系.
    pub college: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 单位名称.
    pub employer: String,
    /// 拟聘职位.
    pub position: String,
    /// When the graduate agreed.
    pub formed_at: Timestamp,
}

/// A row of an officer's queue (SR-75, SR-76).
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRow {
    /// Id of the agreement.
    pub id: String,
    /// What a decision quotes.
    pub version: u64,
    /// Which queue.
    pub kind: &'static str,
    /// Stage.
    pub stage: String,
    /// 签约鉴证状态.
    pub stage_label: &'static str,
    /// Stage as shown.
    pub effective_stage: String,
    /// What the officer may do.
    pub actions: Vec<&'static str>,
    /// 姓名.
    pub student_name: String,
    /// 学号.
    pub student_number: Option<String>,
    /// 所在院系.
    pub college: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 单位名称.
    pub employer: String,
    /// 拟聘职位.
    pub position: String,
    /// When the graduate agreed.
    pub formed_at: Timestamp,
}
