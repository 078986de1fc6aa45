//! What a school decides on an employer (SR-10, SR-92, A-31): approval counts for the whole platform, a block for the school alone.

use super::Employer;
use crate::Refusal;
use crate::event::Event;
use crate::transition::{Effect, NoticeKind, Transition};
use crate::values::{SchoolId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// A school's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", content = "reason", rename_all = "snake_case")]
pub enum Review {
    /// 审核通过. An employer that asked another school may be approved too: approvals stand for themselves.
    Approve,
    /// 审核不通过, by the school that was asked.
    Reject(Text<500>),
    /// The school's approval falls away.
    Revoke(Text<500>),
    /// 本校限制: no new letters to this school's students.
    Block(Text<500>),
    /// The block ends.
    Unblock,
}

/// How an employer stands with one school: the school's lists of employers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Asks for this school's review.
    Awaiting,
    /// This school's approval stands.
    Approved,
    /// This school has refused it.
    Rejected,
    /// This school bars it from its own students.
    Blocked,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Awaiting, Self::Approved, Self::Rejected, Self::Blocked];

    /// Of all that hold, the one that counts: a block outweighs the rest, an open question the answer to an earlier one.
    pub fn first(holds: impl Fn(Self) -> bool) -> Option<Self> {
        [Self::Blocked, Self::Awaiting, Self::Approved, Self::Rejected].into_iter().find(|standing| holds(*standing))
    }

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Awaiting => "awaiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Blocked => "blocked",
        }
    }
}

impl Review {
    /// The decision's word.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject(_) => "reject",
            Self::Revoke(_) => "revoke",
            Self::Block(_) => "block",
            Self::Unblock => "unblock",
        }
    }

    /// Why, where a reason is needed.
    #[must_use]
    pub fn reason(&self) -> Option<&Text<500>> {
        match self {
            Self::Reject(reason) | Self::Revoke(reason) | Self::Block(reason) => Some(reason),
            Self::Approve | Self::Unblock => None,
        }
    }
}

impl Employer {
    /// How it stands with this school; none if the two have nothing to do with each other. A block outweighs the rest.
    #[must_use]
    pub fn standing_with(&self, school: &SchoolId) -> Option<Standing> {
        Standing::first(|standing| match standing {
            Standing::Blocked => self.blocked_by.contains_key(school),
            Standing::Awaiting => self.asked.as_ref() == Some(school),
            Standing::Approved => self.approved_by.contains(school),
            Standing::Rejected => self.rejected_by.contains_key(school),
        })
    }

    /// Why it stands so with this school, where the standing has a reason.
    #[must_use]
    pub fn reason_with(&self, school: &SchoolId) -> Option<&Text<500>> {
        match self.standing_with(school)? {
            Standing::Blocked => self.blocked_by.get(school),
            Standing::Rejected => self.rejected_by.get(school),
            Standing::Awaiting | Standing::Approved => None,
        }
    }

    /// The decisions that this school may take now.
    fn open_to(&self, school: &SchoolId) -> Vec<&'static str> {
        let approved = self.approved_by.contains(school);
        let blocked = self.blocked_by.contains_key(school);
        let asked = self.asked.as_ref() == Some(school);
        [("approve", !approved), ("reject", asked), ("revoke", approved), ("block", !blocked), ("unblock", blocked)]
            .into_iter()
            .filter(|(_, open)| *open)
            .map(|(decision, _)| decision)
            .collect()
    }

    /// A school decides. Agreements and letters that exist are unaffected.
    ///
    /// # Errors
    /// [`Refusal::EmployerStanding`] with how it stands, if that leaves nothing to decide.
    pub fn review(self, school: &SchoolId, review: Review, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if !self.open_to(school).contains(&review.as_str()) {
            return Err(Refusal::EmployerStanding(self.standing_with(school).map_or("none", Standing::as_str)));
        }
        let mut next = self;
        match &review {
            Review::Approve => {
                next.settle(school);
                next.approved_by.insert(school.clone());
                next.once_approved = true;
            }
            Review::Reject(reason) => {
                next.settle(school);
                next.rejected_by.insert(school.clone(), reason.clone());
            }
            Review::Revoke(_) => {
                next.approved_by.remove(school);
            }
            Review::Block(reason) => {
                next.blocked_by.insert(school.clone(), reason.clone());
            }
            Review::Unblock => {
                next.blocked_by.remove(school);
            }
        }
        let effects = vec![next.place_with(school, at), next.notify(NoticeKind::EmployerReviewed)];
        Ok(Transition { next, event: Event::EmployerReviewed { school: school.clone(), review }, effects })
    }

    /// The question to this school is answered.
    fn settle(&mut self, school: &SchoolId) {
        self.asked = self.asked.take().filter(|asked| asked != school);
        self.rejected_by.remove(school);
    }

    pub(super) fn place_with(&self, school: &SchoolId, at: Timestamp) -> Effect {
        let reason = self.reason_with(school).cloned();
        Effect::PlaceWith { school: school.clone(), standing: self.standing_with(school), at, reason }
    }
}
