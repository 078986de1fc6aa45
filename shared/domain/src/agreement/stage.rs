//! Where an agreement stands: each stage holds only what is true in it.

use crate::decision::CollegeApproval;
use crate::party::{Initiator, Officer};
use crate::values::{AgreementNumber, TerminationId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// Where an agreement stands. Online signings (domain 2.3) begin with [`Stage::PendingCertification`], agreements on paper (2.4) with
/// [`Stage::AgreementReview`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 协议书审核 (SR-87), on paper only.
    AgreementReview(Pending),
    /// 协议书审核不通过, on paper only.
    AgreementRejected(Ended),
    /// 待反馈 (SR-88), on paper only.
    AwaitingFeedback(AwaitingFeedback),
    /// 等待签约鉴证.
    PendingCertification(Pending),
    /// 签约鉴证通过.
    Certified(InForce),
    /// 签约鉴证不通过: the end of an online signing.
    CertificationRejected(Ended),
    /// 签约鉴证不通过, on paper: the stamped scan may be returned again (SR-70, A-21).
    FeedbackRejected(Ended),
    /// 已解约.
    Terminated(Terminated),
    /// 已撤回, online only.
    Withdrawn(Ended),
    /// 鉴证已撤销, online only.
    CertificationRevoked(Revoked),
    /// 已作废, on paper only.
    Voided(Ended),
}

/// Waiting for college or school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Since when.
    pub since: Timestamp,
    /// 学院已通过, where two levels decide.
    pub college_approval: Option<CollegeApproval>,
}

/// Reviewed: to be printed, signed, stamped and returned as a scan (SR-68).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitingFeedback {
    /// Since when.
    pub since: Timestamp,
}

/// Numbered and certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certified {
    /// The agreement number.
    pub number: AgreementNumber,
    /// Who certified.
    pub by: Officer,
    /// When.
    pub at: Timestamp,
}

/// In force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// What was certified.
    pub certified: Certified,
    /// The one open request to terminate it, if there is one.
    pub termination: Option<OpenTermination>,
}

/// A request to terminate that is not settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTermination {
    /// The request.
    pub id: TerminationId,
    /// Who raised it.
    pub initiator: Initiator,
}

/// Over, or over for now, without having come into force.
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
    /// By which request.
    pub termination: TerminationId,
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
#[expect(missing_docs, reason = "each is documented at the stage")]
pub enum StageName {
    AgreementReview,
    AgreementRejected,
    AwaitingFeedback,
    PendingCertification,
    Certified,
    CertificationRejected,
    Terminated,
    Withdrawn,
    CertificationRevoked,
    Voided,
}

impl Stage {
    /// Its name. A scan that was not certified and a signing that was not certified are called alike.
    #[must_use]
    pub fn name(&self) -> StageName {
        match self {
            Self::AgreementReview(_) => StageName::AgreementReview,
            Self::AgreementRejected(_) => StageName::AgreementRejected,
            Self::AwaitingFeedback(_) => StageName::AwaitingFeedback,
            Self::PendingCertification(_) => StageName::PendingCertification,
            Self::Certified(_) => StageName::Certified,
            Self::CertificationRejected(_) | Self::FeedbackRejected(_) => StageName::CertificationRejected,
            Self::Terminated(_) => StageName::Terminated,
            Self::Withdrawn(_) => StageName::Withdrawn,
            Self::CertificationRevoked(_) => StageName::CertificationRevoked,
            Self::Voided(_) => StageName::Voided,
        }
    }

    /// Since when it stands there.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        match self {
            Self::AgreementReview(pending) | Self::PendingCertification(pending) => pending.since,
            Self::AwaitingFeedback(awaiting) => awaiting.since,
            Self::Certified(in_force) => in_force.certified.at,
            Self::AgreementRejected(ended)
            | Self::CertificationRejected(ended)
            | Self::FeedbackRejected(ended)
            | Self::Withdrawn(ended)
            | Self::Voided(ended) => ended.at,
            Self::Terminated(terminated) => terminated.at,
            Self::CertificationRevoked(revoked) => revoked.at,
        }
    }

    /// Why, where the stage has a reason.
    #[must_use]
    pub fn reason(&self) -> Option<&Text<500>> {
        match self {
            Self::AgreementRejected(ended)
            | Self::CertificationRejected(ended)
            | Self::FeedbackRejected(ended)
            | Self::Withdrawn(ended)
            | Self::Voided(ended) => Some(&ended.reason),
            Self::CertificationRevoked(revoked) => Some(&revoked.reason),
            Self::AgreementReview(_)
            | Self::AwaitingFeedback(_)
            | Self::PendingCertification(_)
            | Self::Certified(_)
            | Self::Terminated(_) => None,
        }
    }

    /// What is, or was, in force: number, certifier and time.
    #[must_use]
    pub fn certified(&self) -> Option<&Certified> {
        match self {
            Self::Certified(in_force) => Some(&in_force.certified),
            Self::Terminated(terminated) => Some(&terminated.certified),
            Self::CertificationRevoked(revoked) => Some(&revoked.certified),
            Self::AgreementReview(_)
            | Self::AgreementRejected(_)
            | Self::AwaitingFeedback(_)
            | Self::PendingCertification(_)
            | Self::CertificationRejected(_)
            | Self::FeedbackRejected(_)
            | Self::Withdrawn(_)
            | Self::Voided(_) => None,
        }
    }

    /// What officers decide on now, if they do.
    #[must_use]
    pub fn pending(&self) -> Option<&Pending> {
        match self {
            Self::AgreementReview(pending) | Self::PendingCertification(pending) => Some(pending),
            Self::AgreementRejected(_)
            | Self::AwaitingFeedback(_)
            | Self::Certified(_)
            | Self::CertificationRejected(_)
            | Self::FeedbackRejected(_)
            | Self::Terminated(_)
            | Self::Withdrawn(_)
            | Self::CertificationRevoked(_)
            | Self::Voided(_) => None,
        }
    }
}

impl StageName {
    /// All stages, in the order of the state graphs.
    pub const ALL: [Self; 10] = [
        Self::AgreementReview,
        Self::AgreementRejected,
        Self::AwaitingFeedback,
        Self::PendingCertification,
        Self::Certified,
        Self::CertificationRejected,
        Self::Terminated,
        Self::Withdrawn,
        Self::CertificationRevoked,
        Self::Voided,
    ];

    /// Over before it came into force: the employer keeps no contact of the graduate (domain 5.1).
    #[must_use]
    pub fn came_to_nothing(self) -> bool {
        matches!(self, Self::CertificationRejected | Self::Withdrawn)
    }

    /// Whether agreements on paper, or those signed online, can come to it.
    #[must_use]
    pub fn is_of(self, offline: bool) -> bool {
        match self {
            Self::AgreementReview | Self::AgreementRejected | Self::AwaitingFeedback | Self::Voided => offline,
            Self::Withdrawn | Self::CertificationRevoked => !offline,
            Self::PendingCertification | Self::Certified | Self::CertificationRejected | Self::Terminated => true,
        }
    }

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgreementReview => "agreement_review",
            Self::AgreementRejected => "agreement_rejected",
            Self::AwaitingFeedback => "awaiting_feedback",
            Self::PendingCertification => "pending_certification",
            Self::Certified => "certified",
            Self::CertificationRejected => "certification_rejected",
            Self::Terminated => "terminated",
            Self::Withdrawn => "withdrawn",
            Self::CertificationRevoked => "certification_revoked",
            Self::Voided => "voided",
        }
    }
}
