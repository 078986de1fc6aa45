//! Who acts. The lambda crate makes these from a verified token; the domain decides what each may do.

use crate::values::{AccountId, CollegeId, EmployerId, SchoolId};
use serde::{Deserialize, Serialize};

/// A college's or a school's officer (老师, 管理员; SR-91).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Whose log-in.
    pub account: AccountId,
    /// The officer's name, printed with the decision.
    pub name: Option<String>,
    /// The school.
    pub school: SchoolId,
    /// The college for a college's officer; none for a school's.
    pub college: Option<CollegeId>,
}

impl Officer {
    /// Whether something of this school and college is the officer's to see and decide (A-11, domain 2.8 invariant 9).
    #[must_use]
    pub fn covers(&self, school: &SchoolId, college: &CollegeId) -> bool {
        self.school == *school && self.college.as_ref().is_none_or(|own| own == college)
    }
}

/// The two sides of a signing: whoever raises a request to terminate it, or answers one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Initiator {
    /// 毕业生.
    Student,
    /// 用人单位.
    Employer,
}

impl Initiator {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Student, Self::Employer];

    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Student => Self::Employer,
            Self::Employer => Self::Student,
        }
    }

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Employer => "employer",
        }
    }
}

/// Who caused an event, as the audit record keeps it. No names, no personal numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Actor {
    /// A graduate.
    Student {
        /// The log-in.
        account: AccountId,
    },
    /// An employer's staff.
    Employer {
        /// The log-in.
        account: AccountId,
        /// The employer.
        employer: EmployerId,
    },
    /// A college's officer.
    College {
        /// The log-in.
        account: AccountId,
        /// The school.
        school: SchoolId,
        /// The college.
        college: CollegeId,
    },
    /// A school's officer.
    School {
        /// The log-in.
        account: AccountId,
        /// The school.
        school: SchoolId,
    },
    /// The platform's operator.
    Operator {
        /// Who.
        account: AccountId,
    },
    /// A deadline that passed.
    System,
}

impl From<&Officer> for Actor {
    fn from(officer: &Officer) -> Self {
        let (account, school) = (officer.account.clone(), officer.school.clone());
        match officer.college.clone() {
            Some(college) => Self::College { account, school, college },
            None => Self::School { account, school },
        }
    }
}
