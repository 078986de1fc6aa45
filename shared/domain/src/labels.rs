//! Chinese labels, in one place: the manual's own words where it has them (domain 1.4).

mod documents;
mod statistics;

pub use documents::{EVIDENCE_STATEMENT, document};
pub use statistics::{destination_group, rate, rate_definition};

use crate::employer::{Qualification, Review, Standing};
use crate::event::Event;
use crate::offline_draft::OfflineDraft;
use crate::party::Initiator;
use crate::student::SigningStatus;
use crate::transition::NoticeKind;
use crate::upload::Reason;
use crate::{agreement, delivery, invitation, job, letter, objection, plan, registration, termination, upload};

/// Label of a letter's stage.
#[must_use]
pub fn invitation_stage(stage: invitation::StageName) -> &'static str {
    match stage {
        invitation::StageName::Pending => "待应约",
        invitation::StageName::Accepted => "已应约",
        invitation::StageName::Rejected => "已拒绝",
        invitation::StageName::Expired => "邀约过期",
        invitation::StageName::Withdrawn => "已撤回",
    }
}

/// Label of an agreement's stage (签约鉴证状态).
#[must_use]
pub fn agreement_stage(stage: agreement::StageName, college_approved: bool) -> &'static str {
    match stage {
        agreement::StageName::AgreementReview if college_approved => "学院已通过,等待学校审核",
        agreement::StageName::AgreementReview => "协议书审核",
        agreement::StageName::AgreementRejected => "协议书审核不通过",
        agreement::StageName::AwaitingFeedback => "待反馈",
        agreement::StageName::Voided => "已作废",
        agreement::StageName::PendingCertification if college_approved => "学院已通过,等待学校鉴证",
        agreement::StageName::PendingCertification => "等待签约鉴证",
        agreement::StageName::Certified => "签约鉴证通过",
        agreement::StageName::CertificationRejected => "签约鉴证不通过",
        agreement::StageName::Terminated => "已解约",
        agreement::StageName::Withdrawn => "已撤回",
        agreement::StageName::CertificationRevoked => "鉴证已撤销",
    }
}

/// Label of a termination's stage (解约鉴证状态). Certification of a termination is called by its own name.
#[must_use]
pub fn termination_stage(stage: termination::StageName, college_approved: bool) -> &'static str {
    match stage {
        termination::StageName::PendingCounterparty => "等待对方处理",
        termination::StageName::PendingCertification if college_approved => "学院已通过,等待学校解约鉴证",
        termination::StageName::PendingCertification => "等待解约鉴证",
        termination::StageName::Certified => "解约鉴证通过",
        termination::StageName::CertificationRejected => "解约鉴证不通过",
        termination::StageName::Refused => "对方不同意",
        termination::StageName::Withdrawn => "已撤回",
    }
}

/// Label of a registration's stage (就业信息登记).
#[must_use]
pub fn registration_stage(stage: registration::StageName) -> &'static str {
    match stage {
        registration::StageName::Registered => "已登记",
        registration::StageName::Withdrawn => "已撤回",
    }
}

/// Label of an upload's stage.
#[must_use]
pub fn upload_stage(stage: &upload::Stage) -> &'static str {
    match stage {
        upload::Stage::Requested => "待上传",
        upload::Stage::Clean(_) => "检查通过",
        upload::Stage::Attached(_) => "已提交",
        upload::Stage::Refused(_) => "检查未通过",
    }
}

/// Label of what a file is handed in for.
#[must_use]
pub fn upload_purpose(purpose: upload::Purpose) -> &'static str {
    match purpose {
        upload::Purpose::Licence => "营业执照",
        upload::Purpose::StampedAgreement => "盖章协议书",
        upload::Purpose::TerminationProof => "解约证明材料",
        upload::Purpose::Roster => "学生名册",
    }
}

/// Label of a draft's stage (暂存).
#[must_use]
pub fn draft_stage(draft: &OfflineDraft) -> &'static str {
    if draft.generated.is_some() { "已生成协议书" } else { "暂存" }
}

/// Label of a graduate's signing status (当前就业情况).
#[must_use]
pub fn signing_status(status: SigningStatus) -> &'static str {
    match status {
        SigningStatus::Unverified => "待信息验证",
        SigningStatus::Unsigned => "未签约",
        SigningStatus::OnlinePending => "等待签约鉴证",
        SigningStatus::OfflineInProgress => "线下签约办理中",
        SigningStatus::Signed => "已签约",
        SigningStatus::Terminating => "解约办理中",
        SigningStatus::RegisteredOther => "已登记就业信息",
    }
}

/// Why an uploaded file is not taken, in Chinese and English. Each says what the uploader can do, or see, about it.
#[must_use]
pub fn upload_reason(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::Empty => ("文件是空的", "The file is empty"),
        Reason::TooLarge => ("文件过大", "The file is too large"),
        Reason::SizeMismatch => {
            ("文件大小与上传时声明的不一致,请重新上传", "The file's size is not the one declared; please upload it again")
        }
        Reason::ChecksumMismatch => ("文件在上传过程中损坏,请重新上传", "The file was damaged on its way; please upload it again"),
        Reason::WrongKind => ("文件内容与所选类型不符", "The content is not of the declared type"),
        Reason::TrailingData => ("文件末尾带有其他数据", "Other data follows the end of the file"),
        Reason::Truncated => ("文件不完整", "The file is incomplete"),
        Reason::Corrupt => ("文件已损坏,无法读取", "The file is damaged and cannot be read"),
        Reason::TooManyPixels => ("图片像素过多", "The picture has too many pixels"),
        Reason::Animated => ("不支持动态图片", "Animated pictures are not taken"),
        Reason::UnsupportedColours => ("不支持该图片的色彩模式(CMYK 或 16 位)", "The picture's colours (CMYK or 16-bit) are not taken"),
        Reason::PdfHeader => ("PDF 文件头不正确", "The PDF does not begin with its header"),
        Reason::Encrypted => ("文件已加密,请先取消密码", "The file is encrypted; please remove its password"),
        Reason::Script => ("文件含有脚本或宏", "The file holds a script or a macro"),
        Reason::Action => ("PDF 含有自动执行的动作", "The PDF holds actions"),
        Reason::EmbeddedFile => ("文件内嵌有其他文件", "The file holds another file"),
        Reason::FormXfa => ("PDF 含有 XFA 表单", "The PDF holds an XFA form"),
        Reason::ExternalReference => ("文件引用了外部内容", "The file refers to something outside it"),
        Reason::TooComplex => ("文件结构过于复杂", "The file's structure is too complex"),
        Reason::InflatesTooMuch => ("文件解压后过大", "The file unpacks to too much"),
        Reason::TooManyPages => ("PDF 页数过多", "The PDF has too many pages"),
        Reason::Infected => ("文件含有恶意程序", "The file holds malware"),
        Reason::TooManyRows => ("表格行数过多", "The spreadsheet has too many rows"),
        Reason::TooManyColumns => ("表格列数过多", "The spreadsheet has too many columns"),
        Reason::CellTooLong => ("表格中有单元格内容过长", "A cell of the spreadsheet is too long"),
        Reason::UnclearHeader => ("表头缺失、重复或含合并单元格", "The titles are missing, there twice, or merged"),
        Reason::WrongHeader => ("表头与模板不一致,请使用下载的模板", "The titles are not those of the template; please use the template"),
    }
}

/// 档案转递类型.
#[must_use]
pub fn file_receiving(kind: letter::FileReceivingKind) -> &'static str {
    match kind {
        letter::FileReceivingKind::Employer => "单位接收",
        letter::FileReceivingKind::TalentService => "人才服务机构托管",
        letter::FileReceivingKind::Origin => "生源地",
    }
}

/// How a record of the plan has ended.
#[must_use]
pub fn ended_record(source: &plan::Source) -> &'static str {
    match source {
        plan::Source::Agreement { .. } => "已解约",
        plan::Source::Registration { .. } => "登记已撤回",
    }
}

/// Label of an objection's stage.
#[must_use]
pub fn objection_stage(stage: objection::StageName) -> &'static str {
    match stage {
        objection::StageName::Open => "待答复",
        objection::StageName::Answered => "已答复",
    }
}

/// Label of a job's stage.
#[must_use]
pub fn job_stage(stage: &job::Stage) -> &'static str {
    match stage {
        job::Stage::Running => "进行中",
        job::Stage::Done(_) => "已完成",
        job::Stage::Failed(_) => "未完成",
    }
}

/// Why a job does not go on, in Chinese and English.
#[must_use]
pub fn halt(halt: job::Halt) -> (&'static str, &'static str) {
    match halt {
        job::Halt::FileGone => ("文件已不存在,请重新上传", "The file is no longer there; please upload it again"),
        job::Halt::Unreadable(reason) => upload_reason(reason),
        job::Halt::Stuck => ("任务多次未能继续,请联系平台", "The job could not go on; please tell the platform"),
        job::Halt::Revoked => ("提交任务的账号已停用或登录已失效", "The log-in that asked for it was shut"),
    }
}

/// Label of an employer's qualification.
#[must_use]
pub fn qualification(qualification: Qualification) -> &'static str {
    match qualification {
        Qualification::Registered => "已注册",
        Qualification::ReviewRejected => "审核不通过",
        Qualification::Qualified => "审核通过",
        Qualification::Active => "信息已完善",
        Qualification::Suspended => "已停用",
    }
}

/// Label of how an employer stands with a school.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Awaiting => "待审核",
        Standing::Approved => "审核通过",
        Standing::Rejected => "审核不通过",
        Standing::Blocked => "本校限制",
    }
}

/// Title of a notice, in Chinese and English.
#[must_use]
pub fn notice(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::InvitationReceived => ("您收到一份签约邀请", "You have received an invitation to sign"),
        NoticeKind::InvitationAccepted => ("毕业生已同意签约", "The graduate has accepted the invitation"),
        NoticeKind::InvitationRejected => ("毕业生已拒绝签约邀请", "The graduate has refused the invitation"),
        NoticeKind::InvitationExpired => ("签约邀请已过期", "The invitation has expired"),
        NoticeKind::DeadlineNear => ("签约邀请即将到期", "The invitation expires soon"),
        NoticeKind::InvitationWithdrawn => ("单位已撤回签约邀请", "The employer has withdrawn the invitation"),
        NoticeKind::InvitationExtended => ("单位已延长反馈期限", "The employer has lengthened the response period"),
        NoticeKind::CertificationAwaited => ("有一份签约等待鉴证", "A signing waits for certification"),
        NoticeKind::ReturnedToCollege => ("学校已退回学院", "The school has returned a case to the college"),
        NoticeKind::AgreementCertified => ("签约鉴证通过", "The signing is certified"),
        NoticeKind::CertificationRejected => ("签约鉴证不通过", "The signing is not certified"),
        NoticeKind::AgreementReviewAwaited => ("有一份线下协议书等待审核", "An agreement on paper waits for review"),
        NoticeKind::AgreementReviewPassed => (
            "协议书审核通过,请打印签字盖章后反馈",
            "The agreement has passed its review: print it, have it signed and stamped, and return it",
        ),
        NoticeKind::AgreementReviewFailed => ("协议书审核不通过", "The agreement has not passed its review"),
        NoticeKind::AgreementVoided => ("线下协议书已作废", "The agreement on paper is void"),
        NoticeKind::TerminationRequested => ("解约通知", "The other party asks to terminate"),
        NoticeKind::TerminationConsented => ("对方同意解约", "The other party consents to the termination"),
        NoticeKind::TerminationRefused => ("对方不同意解约", "The other party does not consent to the termination"),
        NoticeKind::TerminationWithdrawn => ("对方已撤回解约申请", "The other party has withdrawn its request to terminate"),
        NoticeKind::TerminationAwaited => ("有一份解约等待鉴证", "A termination waits for certification"),
        NoticeKind::TerminationRejected => ("解约鉴证不通过", "The termination is not certified"),
        NoticeKind::EmploymentRegistered => ("已登记就业信息", "Employment is registered"),
        NoticeKind::RegistrationWithdrawn => ("就业信息登记已撤回", "The registration of employment is withdrawn"),
        NoticeKind::AgreementTerminated => ("签约已解除", "The signing is dissolved"),
        NoticeKind::AgreementWithdrawn => ("毕业生已撤回签约", "The graduate has withdrawn from the signing"),
        NoticeKind::CertificationRevoked => ("学校已撤销鉴证", "The school has revoked its certification"),
        NoticeKind::EmployerReviewAwaited => ("有单位申请审核", "An employer asks for review"),
        NoticeKind::EmployerReviewed => ("学校已处理单位审核", "A school has decided on your company"),
        NoticeKind::EmployerSuspended => ("单位已被停用", "The employer has been suspended"),
        NoticeKind::EmployerReinstated => ("单位已恢复使用", "The employer may go on"),
        NoticeKind::StudentCorrected => ("学校已更正您的信息", "The school has corrected your record"),
        NoticeKind::SearchLocked => ("签约搜索异常提醒", "Unusual searches by an employer"),
        NoticeKind::JobEnded => ("导入或导出已结束", "An import or export has ended"),
        NoticeKind::ObjectionRaised => ("毕业生对就业方案提出异议", "A graduate objects to a record of the plan"),
        NoticeKind::ObjectionAnswered => ("学校已答复异议", "The school has answered your objection"),
    }
}

/// Label of how far a notice's mail is, in Chinese and English.
#[must_use]
pub fn delivery(stage: &delivery::Stage) -> (&'static str, &'static str) {
    match stage {
        delivery::Stage::Owed { .. } => ("邮件待发送", "To be e-mailed"),
        delivery::Stage::Sending { .. } => ("邮件发送中", "Being e-mailed"),
        delivery::Stage::Sent { .. } => ("邮件已发送", "E-mailed"),
        delivery::Stage::Delivered { .. } => ("邮件已送达", "E-mail delivered"),
        delivery::Stage::Bounced { .. } => ("邮件被退回", "The e-mail came back"),
        delivery::Stage::Complained { .. } => ("收件人拒收邮件", "The recipient wants no e-mail"),
        delivery::Stage::Spared { .. } => ("未发送邮件,仅站内消息", "Not e-mailed; in the inbox only"),
        delivery::Stage::Failed { .. } => ("邮件发送失败,仅站内消息", "E-mailing failed; in the inbox only"),
    }
}

/// Label of an event in the process record (签约过程记录).
#[must_use]
pub fn event(event: &Event) -> &'static str {
    match event {
        Event::InvitationSent { .. } => "发送签约邀请",
        Event::InvitationAccepted { .. } => "同意签约",
        Event::InvitationRejected { .. } => "拒绝签约",
        Event::InvitationExpired => "邀约过期",
        Event::DeadlineNear { .. } => "邀约即将到期",
        Event::InvitationWithdrawn => "撤回邀约",
        Event::InvitationExtended { .. } => "延长反馈期限",
        Event::AgreementFormed { .. } => "达成签约意向",
        Event::AgreementCertified { .. } => "签约鉴证通过",
        Event::CertificationRejected { .. } => "签约鉴证不通过",
        Event::CollegeApproved => "学院通过",
        Event::ReturnedToCollege { .. } => "退回学院",
        Event::AgreementDrawnUp { .. } => "生成协议书",
        Event::AgreementReviewPassed => "协议书审核通过",
        Event::AgreementReviewFailed { .. } => "协议书审核不通过",
        Event::FeedbackReturned { .. } => "反馈协议书",
        Event::AgreementVoided { .. } => "作废",
        Event::TerminationOpened { .. } => "解约办理中",
        Event::TerminationClosed { .. } => "解约未成立",
        Event::TerminationRequested { initiator: Initiator::Student, .. } => "解约申请",
        Event::TerminationRequested { initiator: Initiator::Employer, .. } => "申请解约",
        Event::TerminationConsented { .. } => "同意解约",
        Event::TerminationRefused { .. } => "不同意解约",
        Event::TerminationWithdrawn => "撤回解约申请",
        Event::TerminationCertified => "解约鉴证通过",
        Event::TerminationRejected { .. } => "解约鉴证不通过",
        Event::OfflineDraftSaved => "暂存",
        Event::OfflineDraftGenerated { .. } => "保存并生成协议书",
        Event::EmploymentRegistered { .. } => "登记就业信息",
        Event::RegistrationWithdrawn { .. } => "撤回就业信息登记",
        Event::AgreementTerminated => "解约",
        Event::AgreementWithdrawn { .. } => "学生撤回",
        Event::CertificationRevoked { .. } => "撤销鉴证",
        Event::EmployerRegistered { .. } => "申请单位审核",
        Event::EmployerConfirmed => "确认签约信息",
        Event::EmployerReviewed { review, .. } => employer_review(review),
        Event::EmployerSuspended { .. } => "停用单位",
        Event::EmployerReinstated { .. } => "恢复单位",
        Event::StudentVerified => "信息验证通过",
        Event::StudentCorrected { .. } => "更正学生信息",
        Event::AccountBound { .. } => "绑定账号",
        Event::AccountUnbound { .. } => "解除账号绑定",
        Event::AccountDisabled { .. } => "停用账号",
        Event::AccountEnabled { .. } => "启用账号",
        Event::PolicySet { .. } => "设置学校规则",
        Event::SchoolSetUp { .. } => "设置学校",
        Event::StatisticsRebuilt { .. } => "重算统计",
        Event::UploadRequested { .. } => "申请上传",
        Event::UploadConfirmed { .. } => "上传检查通过",
        Event::UploadRefused { .. } => "上传检查未通过",
        Event::UploadAttached { .. } => "提交文件",
        Event::SearchLocked { .. } => "签约搜索异常",
        Event::StudentEnrolled { .. } => "导入学生名册",
        Event::StudentUpdated { .. } => "导入更新学生信息",
        Event::JobRequested { .. } => "提交任务",
        Event::JobDone { .. } => "任务完成",
        Event::JobFailed { .. } => "任务未完成",
        Event::ObjectionRaised { .. } => "提出异议",
        Event::ObjectionAnswered { .. } => "答复异议",
        Event::DocumentIssued { .. } => "生成文书",
        Event::Anonymised => "期满去标识",
        Event::Restored { .. } => "数据恢复",
    }
}

fn employer_review(review: &Review) -> &'static str {
    match review {
        Review::Approve => "单位审核通过",
        Review::Reject(_) => "单位审核不通过",
        Review::Revoke(_) => "撤销单位审核",
        Review::Block(_) => "限制单位",
        Review::Unblock => "解除限制",
    }
}
