//! Where an agreement stands: each stage holds only what is true in it.

use crate::party::Officer;
use crate::values::{AgreementNumber, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// Where an agreement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 等待签约鉴证.
    PendingCertification(PendingCertification),
    /// 签约鉴证通过.
    Certified(Certified),
    /// 签约鉴证不通过.
    CertificationRejected(Ended),
    /// 已解约.
    Terminated(Terminated),
    /// 已撤回.
    Withdrawn(Ended),
    /// 鉴证已撤销.
    CertificationRevoked(Revoked),
}

/// Waiting for college or school.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingCertification {
    /// Set once the college has approved, where two levels certify.
    pub college_approval: Option<CollegeApproval>,
}

/// 学院已通过,等待学校鉴证.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollegeApproval {
    /// Who approved.
    pub by: Officer,
    /// When.
    pub at: Timestamp,
}

/// In force: numbered and certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certified {
    /// The agreement number.
    pub number: AgreementNumber,
    /// Who certified.
    pub by: Officer,
    /// When.
    pub at: Timestamp,
}

/// Over before it came into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Text<500>,
}

/// Dissolved by a certified termination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminated {
    /// What was in force.
    pub certified: Certified,
    /// When it ended.
    pub at: Timestamp,
}

/// Certified in error, and revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// What was in force.
    pub certified: Certified,
    /// When it ended.
    pub at: Timestamp,
    /// Why.
    pub reason: Text<500>,
}

/// The stages by name, as stored, listed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at its struct")]
pub enum StageName {
    PendingCertification,
    Certified,
    CertificationRejected,
    Terminated,
    Withdrawn,
    CertificationRevoked,
}

impl StageName {
    /// All stages, in the order of the state graph.
    pub const ALL: [Self; 6] = [
        Self::PendingCertification,
        Self::Certified,
        Self::CertificationRejected,
        Self::Terminated,
        Self::Withdrawn,
        Self::CertificationRevoked,
    ];

    /// Over before it came into force: the employer keeps no contact of the graduate (domain 5.1).
    #[must_use]
    pub fn came_to_nothing(self) -> bool {
        matches!(self, Self::CertificationRejected | Self::Withdrawn)
    }

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PendingCertification => "pending_certification",
            Self::Certified => "certified",
            Self::CertificationRejected => "certification_rejected",
            Self::Terminated => "terminated",
            Self::Withdrawn => "withdrawn",
            Self::CertificationRevoked => "certification_revoked",
        }
    }
}
