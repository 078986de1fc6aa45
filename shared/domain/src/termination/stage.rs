//! Where a request to terminate stands.

use crate::decision::CollegeApproval;
use crate::values::{Text, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 等待对方处理.
    PendingCounterparty,
    /// 等待解约鉴证.
    PendingCertification(PendingCertification),
    /// 解约鉴证通过.
    Certified(Settled),
    /// 解约鉴证不通过.
    CertificationRejected(Settled),
    /// 对方不同意.
    Refused(Settled),
    /// 已撤回.
    Withdrawn(Settled),
}

/// 解约意向: waiting for college or school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingCertification {
    /// Since when.
    pub since: Timestamp,
    /// 学院已通过, where two levels decide.
    pub college_approval: Option<CollegeApproval>,
}

/// Closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// When.
    pub at: Timestamp,
    /// Why, where a reason is given.
    pub reason: Option<Text<500>>,
}

/// The stages by name, as stored, listed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the stage")]
pub enum StageName {
    PendingCounterparty,
    PendingCertification,
    Certified,
    CertificationRejected,
    Refused,
    Withdrawn,
}

impl Stage {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> StageName {
        match self {
            Self::PendingCounterparty => StageName::PendingCounterparty,
            Self::PendingCertification(_) => StageName::PendingCertification,
            Self::Certified(_) => StageName::Certified,
            Self::CertificationRejected(_) => StageName::CertificationRejected,
            Self::Refused(_) => StageName::Refused,
            Self::Withdrawn(_) => StageName::Withdrawn,
        }
    }

    /// Since when it stands there; the first stage, since it was requested.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::PendingCounterparty => None,
            Self::PendingCertification(pending) => Some(pending.since),
            Self::Certified(settled) | Self::CertificationRejected(settled) | Self::Refused(settled) | Self::Withdrawn(settled) => {
                Some(settled.at)
            }
        }
    }

    /// How it was settled.
    #[must_use]
    pub fn settled(&self) -> Option<&Settled> {
        match self {
            Self::Certified(settled) | Self::CertificationRejected(settled) | Self::Refused(settled) | Self::Withdrawn(settled) => {
                Some(settled)
            }
            Self::PendingCounterparty | Self::PendingCertification(_) => None,
        }
    }

    /// Why it was settled so, where a reason is given.
    #[must_use]
    pub fn reason(&self) -> Option<&Text<500>> {
        self.settled()?.reason.as_ref()
    }
}

impl StageName {
    /// Whether it is still to be answered or decided: then its agreement names it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::PendingCounterparty | Self::PendingCertification)
    }

    /// All stages, in the order of the state graph.
    pub const ALL: [Self; 6] = [
        Self::PendingCounterparty,
        Self::PendingCertification,
        Self::Certified,
        Self::CertificationRejected,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PendingCounterparty => "pending_counterparty",
            Self::PendingCertification => "pending_certification",
            Self::Certified => "certified",
            Self::CertificationRejected => "certification_rejected",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}
