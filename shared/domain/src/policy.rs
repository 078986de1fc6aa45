//! What a school may set for itself (domain 3.3). Platform bounds win; a value is copied onto what it governs.

use crate::Refusal;
use crate::values::ResponsePeriod;
use serde::{Deserialize, Serialize};

/// A school's policy. Fields are added as the stages that they govern are built; what is absent has its default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Response period of a letter that sets none (SR-30).
    pub response_days_default: ResponsePeriod,
    /// Shortest response period.
    pub response_days_min: i64,
    /// Longest response period.
    pub response_days_max: i64,
    /// How many levels certify a signing.
    pub certification_level: CertificationLevel,
    /// Whether a graduate may withdraw after agreeing, before certification.
    pub allow_withdraw_before_certification: bool,
}

impl Default for Policy {
    fn default() -> Self {
        let (min, max) = ResponsePeriod::BOUNDS;
        Self {
            response_days_default: ResponsePeriod::DEFAULT,
            response_days_min: min,
            response_days_max: max,
            certification_level: CertificationLevel::Either,
            allow_withdraw_before_certification: false,
        }
    }
}

impl Policy {
    /// The period of a letter: the one asked for, or the school's default.
    ///
    /// # Errors
    /// [`Refusal::ResponsePeriodOutsidePolicy`] with the school's bounds.
    pub fn period(&self, asked: Option<ResponsePeriod>) -> Result<ResponsePeriod, Refusal> {
        let (min, max) = (self.response_days_min, self.response_days_max);
        let period = asked.unwrap_or(self.response_days_default);
        if (min..=max).contains(&period.days()) { Ok(period) } else { Err(Refusal::ResponsePeriodOutsidePolicy { min, max }) }
    }
}

/// Who certifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificationLevel {
    /// The college or the school; one decision.
    #[default]
    Either,
    /// The school only.
    SchoolOnly,
    /// The college approves, then the school decides.
    CollegeThenSchool,
}
