//! 学校规则: a policy as its school reads it.

use super::Receipt;
use domain::policy::{Policy, SchoolPolicy};
use domain::values::SchoolId;
use schemars::JsonSchema;
use serde::Serialize;

/// A school's policy with what stands for what it has not set.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PolicyView {
    /// The school.
    pub school: SchoolId,
    /// What set-policy quotes; 0 where nothing was ever set.
    pub version: u64,
    /// All fields.
    #[serde(flatten)]
    pub policy: Policy,
}

impl Receipt {
    /// A policy after it was set.
    #[must_use]
    pub fn of_policy(policy: &SchoolPolicy, version: u64) -> Self {
        Self::new(&policy.school, version, "active", "已生效")
    }
}
