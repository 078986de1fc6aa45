//! What officers decide, and whose turn it is: the same for signings, agreements on paper and terminations.

use crate::Refusal;
use crate::party::Officer;
use crate::policy::CertificationLevel;
use crate::values::{AccountId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// An officer's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 通过.
    Pass,
    /// 不通过.
    Fail {
        /// Why (SR-82).
        reason: Option<Text<500>>,
    },
    /// 退回学院.
    Return {
        /// Why.
        reason: Option<Text<500>>,
    },
}

/// 学院已通过, while the school's decision is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollegeApproval {
    /// Who approved.
    pub by: Officer,
    /// When.
    pub at: Timestamp,
}

/// What a decision comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// The college approves; the school has the last word.
    CollegeApproves(CollegeApproval),
    /// It passes.
    Passes,
    /// It fails, for this reason.
    Fails(Text<500>),
    /// It goes back to the college, for this reason.
    Returns(Text<500>),
}

/// Whose decision is awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// The college's officers may decide.
    pub college: bool,
    /// The school's officers may decide.
    pub school: bool,
}

impl Awaited {
    /// Nobody's.
    pub const NOBODY: Self = Self { college: false, school: false };

    /// Whether it is nobody's.
    #[must_use]
    pub fn is_nobodys(&self) -> bool {
        *self == Self::NOBODY
    }

    /// Whether this officer may decide, as far as the level goes.
    #[must_use]
    pub fn by(self, officer: &Officer) -> bool {
        if officer.college.is_some() { self.college } else { self.school }
    }

    /// Whether this officer may decide after this one of the college has approved: nobody decides at both levels.
    #[must_use]
    pub fn by_another(self, officer: &Officer, approved_by: Option<&AccountId>) -> bool {
        self.by(officer) && !(officer.college.is_none() && approved_by == Some(&officer.account))
    }
}

impl CertificationLevel {
    /// Whose decision is awaited at this level.
    #[must_use]
    pub fn awaits(self, approval: Option<&CollegeApproval>) -> Awaited {
        let (college, school) = match self {
            Self::Either => (true, true),
            Self::SchoolOnly => (false, true),
            Self::CollegeThenSchool => (approval.is_none(), approval.is_some()),
        };
        Awaited { college, school }
    }

    /// Judges a verdict. The scope (own school, own college) is the repository's to check.
    ///
    /// # Errors
    /// Who may decide when, by the policy of A-10; a missing reason (SR-82).
    pub(crate) fn rule(self, by: &Officer, approval: Option<&CollegeApproval>, verdict: Verdict, at: Timestamp) -> Result<Ruling, Refusal> {
        let last_word = self.has_last_word(by, approval)?;
        match verdict {
            Verdict::Pass if last_word => Ok(Ruling::Passes),
            Verdict::Pass => Ok(Ruling::CollegeApproves(CollegeApproval { by: by.clone(), at })),
            Verdict::Fail { reason } => Ok(Ruling::Fails(required(reason)?)),
            Verdict::Return { .. } if approval.is_none() => Err(Refusal::NothingToReturn),
            Verdict::Return { reason } => Ok(Ruling::Returns(required(reason)?)),
        }
    }

    /// Whether a pass of this officer is final; refuses whoever may not decide now.
    fn has_last_word(self, by: &Officer, approval: Option<&CollegeApproval>) -> Result<bool, Refusal> {
        match (self, by.college.is_some(), approval) {
            (Self::SchoolOnly, true, _) => Err(Refusal::SchoolDecides),
            (Self::CollegeThenSchool, true, None) => Ok(false),
            (Self::CollegeThenSchool, true, Some(_)) => Err(Refusal::CollegeHasApproved),
            (Self::CollegeThenSchool, false, None) => Err(Refusal::CollegeFirst),
            (Self::CollegeThenSchool, false, Some(approval)) if approval.by.account == by.account => Err(Refusal::SamePerson),
            (Self::Either, _, _) | (Self::SchoolOnly | Self::CollegeThenSchool, false, _) => Ok(true),
        }
    }
}

fn required(reason: Option<Text<500>>) -> Result<Text<500>, Refusal> {
    reason.ok_or(Refusal::ReasonRequired)
}
