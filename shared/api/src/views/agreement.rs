//! 签约详情 and 签约管理.

use super::Receipt;
use super::documents::DocumentView;
use super::process::ProcessEntryView;
use super::sections::{AttachmentView, CodeView, EmployerView, TermsView};
use super::termination::{NoticeView, TerminationView};
use crate::actions::{CERTIFY_AGREEMENT, REQUEST_TERMINATION, RETURN_AGREEMENT, REVIEW_AGREEMENT, VOID_AGREEMENT};
use crate::schema::{Medium, OfAgreement, OfReview, ReceiptOf, ReviewQueue, Sha256};
use domain::agreement::{Agreement, Feedback, Opening, Origin, StudentSection};
use domain::decision::Awaited;
use domain::party::{Initiator, Officer};
use domain::plan::PlanRecord;
use domain::student::Particulars;
use domain::values::{AccountId, AgreementId, AgreementNumber, GraduationYear, InvitationId, TerminationId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// An agreement with all its sections (SR-78, SR-80), for parties and officers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AgreementView {
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfAgreement>")]
    agreement: Receipt,
    /// 线上签约 or 线下签约.
    #[schemars(with = "Medium")]
    medium: &'static str,
    student: StudentView,
    employer: EmployerView,
    #[serde(flatten)]
    terms: TermsView,
    /// Of an online signing: its letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation_id: Option<InvitationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Sha256>")]
    letter_sha256: Option<String>,
    /// Of an agreement on paper: the number that it was printed with, and what it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed_number: Option<AgreementNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Sha256>")]
    text_sha256: Option<String>,
    /// 反馈: every version of the stamped scan, the newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<Vec<FeedbackView>>,
    formed_at: Timestamp,
    /// Number, certifier and time, once certified.
    certification: Option<CertificationView>,
    /// Set while the school's decision is awaited; shown to officers.
    college_approval: Option<ApprovalView>,
    /// Why it ended, where a reason is given.
    reason: Option<String>,
    /// What stands in the employment plan: the graduate sees it exactly as it was written.
    plan_record: Option<PlanRecordView>,
    /// For a party to an agreement in force: its terminations are used up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    termination_used_up: bool,
    /// 解约须知 (SR-39), for a party that may ask to terminate.
    #[serde(skip_serializing_if = "Option::is_none")]
    termination_notice: Option<NoticeView>,
    /// Requests to terminate it, the newest first.
    terminations: Vec<TerminationView>,
    /// What was drawn of it or is being drawn, oldest first.
    documents: Vec<DocumentView>,
    /// 签约过程记录.
    process: Vec<ProcessEntryView>,
}

/// 学生信息. The identity number stays masked: in full it stands only on the agreement itself and in the ministry's export.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct StudentView {
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

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct CertificationView {
    number: AgreementNumber,
    certifier: Option<String>,
    at: Timestamp,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct ApprovalView {
    officer: Option<String>,
    at: Timestamp,
}

/// What an agreement has written to the employment plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct PlanRecordView {
    /// 毕业去向类别.
    destination: CodeView,
    opened_at: Timestamp,
    closed_at: Option<Timestamp>,
}

/// A version of the stamped scan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct FeedbackView {
    at: Timestamp,
    files: Vec<AttachmentView>,
}

impl From<&Feedback> for FeedbackView {
    fn from(feedback: &Feedback) -> Self {
        Self { at: feedback.at, files: feedback.files.iter().map(AttachmentView::from).collect() }
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
    /// What was drawn of it, as far as this reader may fetch it.
    pub documents: Vec<DocumentView>,
    /// What it has written to the plan.
    pub plan_record: Option<&'a PlanRecord>,
    /// Requests to terminate it, as this reader may see them, oldest first.
    pub terminations: Vec<TerminationView>,
    /// Whether the reader, a party, has used up its terminations.
    pub used_up: bool,
}

impl Reader<'_> {
    /// Which of the two parties it is.
    #[must_use]
    pub fn party(self) -> Option<Initiator> {
        match self {
            Self::Student => Some(Initiator::Student),
            Self::Employer => Some(Initiator::Employer),
            Self::Officer(_) => None,
        }
    }
}

impl AgreementView {
    /// The agreement with the graduate's mobile number: whoever reads an agreement is a party to it or certifies it. An employer whose
    /// signing ended before it came into force keeps no contact (domain 5.1).
    #[must_use]
    pub fn new(parts: AgreementParts<'_>, reader: Reader<'_>) -> Self {
        let AgreementParts { agreement, version, mobile, process, documents, plan_record, mut terminations, used_up } = parts;
        let (stage, approval) = (agreement.stage_name(), agreement.college_approval());
        let mut actions = agreement_actions(agreement, reader);
        actions.retain(|action| !(used_up && action == REQUEST_TERMINATION.name));
        let masked = stage.came_to_nothing() && matches!(reader, Reader::Employer);
        let may_terminate = actions.iter().any(|action| action == REQUEST_TERMINATION.name);
        terminations.reverse();
        let view = Self {
            agreement: Receipt::of_agreement(agreement, version, actions),
            medium: medium(agreement.is_offline()),
            student: if masked { StudentView::masked(&agreement.student) } else { StudentView::of(&agreement.student, mobile) },
            employer: EmployerView::new(agreement.employer_id(), &agreement.employer),
            terms: TermsView::of(&agreement.signing, &agreement.file_receiving, &agreement.household_receiving),
            invitation_id: None,
            letter_sha256: None,
            printed_number: None,
            text_sha256: None,
            feedback: None,
            formed_at: agreement.formed_at,
            certification: agreement.certification().map(|certified| CertificationView {
                number: certified.number.clone(),
                certifier: certified.by.name.clone(),
                at: certified.at,
            }),
            college_approval: approval
                .filter(|_| matches!(reader, Reader::Officer(_)))
                .map(|approval| ApprovalView { officer: approval.by.name.clone(), at: approval.at }),
            reason: agreement.stage.reason().map(|reason| reason.as_str().to_owned()),
            plan_record: plan_record.filter(|_| !matches!(reader, Reader::Employer)).map(|record| PlanRecordView {
                destination: record.destination.code().into(),
                opened_at: record.opened_at,
                closed_at: record.closed_at,
            }),
            termination_used_up: used_up,
            termination_notice: reader.party().filter(|_| may_terminate).map(NoticeView::to),
            terminations,
            documents,
            process,
        };
        view.come_about(&agreement.origin)
    }

    fn come_about(self, origin: &Origin) -> Self {
        match origin {
            Origin::Online { invitation, letter_hash, .. } => {
                Self { invitation_id: Some(invitation.clone()), letter_sha256: Some(letter_hash.clone()), ..self }
            }
            Origin::Offline { number, text_hash, feedback } => Self {
                printed_number: Some(number.clone()),
                text_sha256: Some(text_hash.clone()),
                feedback: Some(feedback.iter().rev().map(FeedbackView::from).collect()),
                ..self
            },
        }
    }
}

/// 线上签约 or 线下签约, in a word.
#[must_use]
pub fn medium(offline: bool) -> &'static str {
    if offline { "offline" } else { "online" }
}

impl StudentView {
    /// In full, with this for the mobile number.
    pub(super) fn of(student: &StudentSection, mobile: String) -> Self {
        let text = |text: &str| text.to_owned();
        Self {
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

    fn masked(student: &StudentSection) -> Self {
        Self {
            name: student.name.masked(),
            student_number: None,
            major: None,
            class: None,
            education: None,
            masked_resident_id: None,
            mobile: None,
            email: None,
            particulars: Particulars::default(),
            ..Self::of(student, String::new())
        }
    }
}

/// What this reader may do with the agreement now.
#[must_use]
pub fn agreement_actions(agreement: &Agreement, reader: Reader<'_>) -> Vec<String> {
    let approved_by = agreement.college_approval().map(|approval| &approval.by.account);
    reader.may(&agreement.openings(), agreement.awaits(), approved_by).into_iter().map(str::to_owned).collect()
}

impl Reader<'_> {
    /// Which actions these openings are to the reader. Whoever has approved for the college does not decide for the school.
    #[must_use]
    pub fn may(self, openings: &[Opening], awaited: Awaited, approved_by: Option<&AccountId>) -> Vec<&'static str> {
        let decides = matches!(self, Self::Officer(officer) if awaited.by_another(officer, approved_by));
        let of_school = matches!(self, Self::Officer(officer) if officer.college.is_none());
        let action = |opening: &Opening| match (self, opening) {
            (Self::Officer(_), Opening::Review) if decides => Some(REVIEW_AGREEMENT.name),
            (Self::Officer(_), Opening::Certification) if decides => Some(CERTIFY_AGREEMENT.name),
            (Self::Officer(_), Opening::UndoingBySchool) if of_school => Some(VOID_AGREEMENT.name),
            (Self::Student, Opening::Return) => Some(RETURN_AGREEMENT.name),
            (Self::Student, Opening::UndoingByStudent) => Some(VOID_AGREEMENT.name),
            (Self::Student | Self::Employer, Opening::Termination) => Some(REQUEST_TERMINATION.name),
            _ => None,
        };
        openings.iter().filter_map(action).collect()
    }
}

/// A row of a list of agreements, for parties and officers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AgreementRow {
    /// The agreement, with what the reader may do as far as the row tells; the agreement itself tells all.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfAgreement>")]
    pub agreement: Receipt,
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
    /// 线上签约 or 线下签约.
    #[schemars(with = "Medium")]
    pub medium: &'static str,
    /// 协议书编号, once it is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The open request to terminate it (SR-37, SR-60).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination: Option<OpenTerminationView>,
    /// When the graduate agreed.
    pub formed_at: Timestamp,
}

/// An open request to terminate, in a list of agreements.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OpenTerminationView {
    /// The request.
    pub id: TerminationId,
    /// Who raised it.
    pub initiator: Initiator,
}

/// A row of an officer's queue (SR-75, SR-76).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReviewRow {
    /// What waits: an agreement, or a request to terminate one.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfReview>")]
    pub subject: Receipt,
    /// The agreement that a request to terminate is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<AgreementId>")]
    pub agreement_id: Option<String>,
    /// Who raised a request to terminate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initiator: Option<Initiator>,
    /// Which queue.
    #[schemars(with = "ReviewQueue")]
    pub kind: &'static str,
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
    /// When the graduate agreed, handed the agreement in, or a termination was asked for.
    pub formed_at: Timestamp,
}
