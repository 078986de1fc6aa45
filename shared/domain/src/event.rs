//! What happened: one event for each accepted command, kept in the audit record.

mod told;

use crate::employer::Review;
use crate::job::{Halt, Progress};
use crate::party::Initiator;
use crate::plan::Selection;
use crate::policy::Policy;
use crate::school::College;
use crate::termination::AcceptedNotice;
use crate::transition::DocumentKind;
use crate::upload::{Attachment, Purpose, Reason};
use crate::values::{
    AgreementId, AgreementNumber, CreditCode, Destination, EmployerId, InvitationId, JobId, SchoolId, StudentId, TerminationId,
    TerminationReason, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// A fact of an aggregate's history. The tag is the name in the process record (签约过程记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// 发送签约邀请 (I1).
    InvitationSent {
        /// SHA-256 of the letter.
        letter_hash: String,
        /// The deadline.
        expires_at: Timestamp,
    },
    /// 同意 (I2).
    InvitationAccepted {
        /// The agreement that came of it.
        agreement: AgreementId,
    },
    /// 拒绝 (I3).
    InvitationRejected {
        /// Why, if the graduate says so.
        reason: Option<Text<500>>,
    },
    /// 邀约过期 (I4).
    InvitationExpired,
    /// 邀约即将到期: the graduate is reminded. Told in the inbox alone: nothing of the letter moves.
    DeadlineNear {
        /// The deadline.
        expires_at: Timestamp,
    },
    /// 撤回 (I5).
    InvitationWithdrawn,
    /// 延长 (I6).
    InvitationExtended {
        /// The new deadline.
        expires_at: Timestamp,
    },
    /// 签约意向: the agreement comes into being (O1).
    AgreementFormed {
        /// The letter accepted.
        invitation: InvitationId,
        /// SHA-256 of the letter.
        letter_hash: String,
        /// SHA-256 of the graduate's section, copied from the roster now.
        student_hash: String,
    },
    /// 签约鉴证通过 (O2).
    AgreementCertified {
        /// The number given.
        number: AgreementNumber,
        /// SHA-256 of the employer's section as certified: the officer may have completed or corrected it.
        employer_hash: String,
    },
    /// 签约鉴证不通过 (O3).
    CertificationRejected {
        /// Why.
        reason: Text<500>,
    },
    /// 学院通过 (O4).
    CollegeApproved,
    /// 退回学院 (O5).
    ReturnedToCollege {
        /// Why.
        reason: Text<500>,
    },
    /// 保存并生成协议书 (F2).
    AgreementDrawnUp {
        /// The number that the paper bears.
        number: AgreementNumber,
        /// SHA-256 of the text.
        text_hash: String,
    },
    /// 协议书审核通过 (F3).
    AgreementReviewPassed,
    /// 协议书审核不通过 (F4).
    AgreementReviewFailed {
        /// Why.
        reason: Text<500>,
    },
    /// 反馈协议书 (F5, F6).
    FeedbackReturned {
        /// SHA-256 of each file, in order.
        sha256: Vec<String>,
    },
    /// 作废 (F10).
    AgreementVoided {
        /// Why.
        reason: Text<500>,
    },
    /// A request to terminate is open: the agreement's part of it.
    TerminationOpened {
        /// The request.
        termination: TerminationId,
    },
    /// The request came to nothing: the agreement's part of it.
    TerminationClosed {
        /// The request.
        termination: TerminationId,
    },
    /// 解约申请 (T1).
    TerminationRequested {
        /// Who asks.
        initiator: Initiator,
        /// The 解约须知 agreed to.
        notice: AcceptedNotice,
        /// 解约原因, coded.
        reason_code: TerminationReason,
        /// 解约原因.
        reason: Text<500>,
        /// SHA-256 of each proof.
        proofs: Vec<String>,
    },
    /// 同意解约 (T2).
    TerminationConsented {
        /// The 解约须知 agreed to.
        notice: AcceptedNotice,
    },
    /// 不同意解约 (T3).
    TerminationRefused {
        /// Why.
        reason: Text<500>,
    },
    /// 撤回解约申请 (T4).
    TerminationWithdrawn,
    /// 解约鉴证通过 (T5).
    TerminationCertified,
    /// 解约鉴证不通过 (T6).
    TerminationRejected {
        /// Why.
        reason: Text<500>,
    },
    /// 暂存 (F1).
    OfflineDraftSaved,
    /// The draft's part of F2.
    OfflineDraftGenerated {
        /// The agreement.
        agreement: AgreementId,
    },
    /// 就业信息登记.
    EmploymentRegistered {
        /// 毕业去向类别.
        destination: Destination,
    },
    /// 撤回就业信息登记.
    RegistrationWithdrawn {
        /// Why.
        reason: Text<500>,
    },
    /// 解约 (O6).
    AgreementTerminated,
    /// 学生撤回 (O7).
    AgreementWithdrawn {
        /// Why.
        reason: Text<500>,
    },
    /// 撤销鉴证 (O8).
    CertificationRevoked {
        /// Why.
        reason: Text<500>,
    },
    /// 单位注册 (SR-10): an employer asks a school for its review.
    EmployerRegistered {
        /// The school asked.
        school: SchoolId,
        /// 单位名称, as told to the school.
        name: Text<100>,
        /// 统一社会信用代码(组织机构代码), as told to the school.
        credit_code: CreditCode,
        /// 营业执照, as handed in.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        licence: Vec<Attachment>,
    },
    /// 确认签约信息 (SR-11).
    EmployerConfirmed,
    /// 单位审核 (SR-92).
    EmployerReviewed {
        /// Whose decision.
        school: SchoolId,
        /// The decision.
        review: Review,
    },
    /// 停用单位.
    EmployerSuspended {
        /// Why.
        reason: Text<500>,
    },
    /// 恢复单位.
    EmployerReinstated {
        /// Why.
        reason: Text<500>,
    },
    /// 信息验证通过 (SR-44).
    StudentVerified,
    /// 更正学生信息.
    StudentCorrected {
        /// Which fields, by their names in requests. Values are personal and stand in the record alone.
        fields: Vec<String>,
        /// Why.
        reason: Text<500>,
    },
    /// A log-in is bound to a roster record.
    AccountBound {
        /// The record.
        student: StudentId,
    },
    /// A log-in is no longer bound to a roster record.
    AccountUnbound {
        /// The record.
        student: StudentId,
    },
    /// 停用账号.
    AccountDisabled {
        /// Why.
        reason: Text<500>,
    },
    /// 启用账号.
    AccountEnabled {
        /// Why.
        reason: Text<500>,
    },
    /// 设置学校规则.
    PolicySet {
        /// As it stands since.
        policy: Policy,
    },
    /// 设置学校.
    SchoolSetUp {
        /// Its name.
        name: Text<100>,
        /// Its colleges.
        colleges: Vec<College>,
    },
    /// 重算统计: the school's statistics were counted anew.
    StatisticsRebuilt {
        /// The generation of counters that is shown since.
        generation: u32,
        /// How many counters had another figure before.
        differing: u64,
    },
    /// A file is asked for.
    UploadRequested {
        /// What for.
        purpose: Purpose,
        /// How long it is said to be, in bytes.
        length: u64,
        /// The SHA-256 that it is said to have.
        sha256: String,
    },
    /// A file was checked, and is kept.
    UploadConfirmed {
        /// SHA-256 of what is kept.
        sha256: String,
    },
    /// A file was checked, and is not taken.
    UploadRefused {
        /// Why.
        reason: Reason,
    },
    /// A file was handed in.
    UploadAttached {
        /// SHA-256 of what is kept.
        sha256: String,
    },
    /// 搜索异常: an employer has missed one graduate too often (domain 5.1). Whom, nobody is told.
    SearchLocked {
        /// The employer.
        employer: EmployerId,
    },
    /// 导入学生名册: a row of this import made the record.
    StudentEnrolled {
        /// The import.
        job: JobId,
    },
    /// 导入学生名册: a row of this import changed it.
    StudentUpdated {
        /// The import.
        job: JobId,
        /// What it changed, by the fields' names in requests.
        fields: Vec<String>,
    },
    /// A long import or export was asked for.
    JobRequested {
        /// What it does.
        task: String,
        /// Which records an export is asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        selection: Option<Selection>,
    },
    /// A long import or export is done.
    JobDone {
        /// What came of it; of an export, how many rows.
        progress: Progress,
        /// SHA-256 of the file that it made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
    /// A long import or export cannot go on.
    JobFailed {
        /// Why.
        halt: Halt,
    },
    /// 异议: the graduate objects to a record of the plan.
    ObjectionRaised {
        /// What is wrong with it.
        text: Text<500>,
    },
    /// 答复异议.
    ObjectionAnswered {
        /// What the school says.
        text: Text<500>,
    },
    /// A document of the agreement was drawn, and is kept. Nothing else of the agreement moves.
    DocumentIssued {
        /// Which document.
        kind: DocumentKind,
        /// SHA-256 of the file.
        sha256: String,
        /// Length of the file, bytes.
        length: u64,
        /// Which wording of its fixed parts it was drawn with.
        template: String,
        /// SHA-256 of the code under which strangers verify it, if it bears one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code_sha256: Option<String>,
    },
    /// Kept long enough: what was personal is gone (domain 5.6).
    Anonymised,
    /// 数据恢复: the table was restored from a backup, which had torn a transaction apart, and an operator's command has mended it.
    Restored {
        /// What stood in the way.
        found: Vec<String>,
        /// What was done about it, or that a person has to.
        done: Vec<String>,
        /// Numbers of the records before this one whose effect the restore did not bring: they count as undone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        undone: Vec<u64>,
        /// What belonged to those before it, is gone, and nobody can write again: kept answers, by their place.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        given_up: Vec<String>,
    },
}
