//! Chinese labels, in one place: the manual's own words where it has them (domain 1.4).

use crate::employer::Qualification;
use crate::event::Event;
use crate::student::SigningStatus;
use crate::{agreement, invitation};

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
        agreement::StageName::PendingCertification if college_approved => "学院已通过,等待学校鉴证",
        agreement::StageName::PendingCertification => "等待签约鉴证",
        agreement::StageName::Certified => "签约鉴证通过",
        agreement::StageName::CertificationRejected => "签约鉴证不通过",
        agreement::StageName::Terminated => "已解约",
        agreement::StageName::Withdrawn => "已撤回",
        agreement::StageName::CertificationRevoked => "鉴证已撤销",
    }
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

/// Label of an employer's qualification.
#[must_use]
pub fn qualification(qualification: Qualification) -> &'static str {
    match qualification {
        Qualification::Registered => "已注册",
        Qualification::Qualified => "审核通过",
        Qualification::Active => "信息已完善",
        Qualification::Suspended => "已停用",
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
        Event::InvitationWithdrawn => "撤回邀约",
        Event::InvitationExtended { .. } => "延长反馈期限",
        Event::AgreementFormed { .. } => "达成签约意向",
        Event::AgreementCertified { .. } => "签约鉴证通过",
        Event::CertificationRejected { .. } => "签约鉴证不通过",
        Event::CollegeApproved => "学院通过",
        Event::ReturnedToCollege { .. } => "退回学院",
        Event::AgreementTerminated => "解约",
        Event::AgreementWithdrawn { .. } => "学生撤回",
        Event::CertificationRevoked { .. } => "撤销鉴证",
    }
}
