//! What may be done with an agreement as it stands.

use super::{Agreement, StageName};
use serde::{Deserialize, Serialize};

/// Something that stage and rules leave open. Lists keep it, so that a row offers what the agreement itself does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    /// 协议书审核, by whose decision is awaited.
    Review,
    /// 签约鉴证, by whose decision is awaited.
    Certification,
    /// 反馈协议书 (SR-68, SR-70).
    Return,
    /// 撤回签约, 作废, by the graduate.
    UndoingByStudent,
    /// 撤销鉴证, 作废, by the school.
    UndoingBySchool,
    /// 申请解约: in force, and nobody has asked yet.
    Termination,
}

impl Agreement {
    /// What is open now.
    #[must_use]
    pub fn openings(&self) -> Vec<Opening> {
        let stage = self.stage_name();
        let returnable = self.is_offline() && matches!(stage, StageName::AwaitingFeedback | StageName::CertificationRejected);
        let terminable = stage == StageName::Certified && self.open_termination().is_none();
        let withdrawable = self.rules.withdrawable && !self.is_offline() && stage == StageName::PendingCertification;
        let open = [
            (Opening::Review, stage == StageName::AgreementReview),
            (Opening::Certification, stage == StageName::PendingCertification),
            (Opening::Return, returnable),
            (Opening::UndoingByStudent, withdrawable || (returnable && self.rules.voidable)),
            (Opening::UndoingBySchool, if self.is_offline() { returnable } else { terminable }),
            (Opening::Termination, terminable),
        ];
        open.into_iter().filter(|(_, open)| *open).map(|(opening, _)| opening).collect()
    }
}
