//! What happened: one event for each accepted command, kept in the audit record.

use crate::values::{AgreementId, AgreementNumber, InvitationId, Text, Timestamp};
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
}

impl Event {
    /// Why it happened, where whoever did it said so.
    #[must_use]
    pub fn reason(&self) -> Option<&Text<500>> {
        match self {
            Self::InvitationRejected { reason } => reason.as_ref(),
            Self::CertificationRejected { reason }
            | Self::ReturnedToCollege { reason }
            | Self::AgreementWithdrawn { reason }
            | Self::CertificationRevoked { reason } => Some(reason),
            Self::InvitationSent { .. }
            | Self::InvitationAccepted { .. }
            | Self::InvitationExpired
            | Self::InvitationWithdrawn
            | Self::InvitationExtended { .. }
            | Self::AgreementFormed { .. }
            | Self::AgreementCertified { .. }
            | Self::CollegeApproved
            | Self::AgreementTerminated => None,
        }
    }

    /// The tag.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvitationSent { .. } => "invitation_sent",
            Self::InvitationAccepted { .. } => "invitation_accepted",
            Self::InvitationRejected { .. } => "invitation_rejected",
            Self::InvitationExpired => "invitation_expired",
            Self::InvitationWithdrawn => "invitation_withdrawn",
            Self::InvitationExtended { .. } => "invitation_extended",
            Self::AgreementFormed { .. } => "agreement_formed",
            Self::AgreementCertified { .. } => "agreement_certified",
            Self::CertificationRejected { .. } => "certification_rejected",
            Self::CollegeApproved => "college_approved",
            Self::ReturnedToCollege { .. } => "returned_to_college",
            Self::AgreementTerminated => "agreement_terminated",
            Self::AgreementWithdrawn { .. } => "agreement_withdrawn",
            Self::CertificationRevoked { .. } => "certification_revoked",
        }
    }
}
