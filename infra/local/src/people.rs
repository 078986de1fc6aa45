//! The people who can log in here, as `/dev/people` shows them.

use api::Role;
use serde::{Serialize, Serializer};

/// Someone with an account.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// What `/dev/token` names them by.
    pub id: String,
    /// What they are.
    #[serde(serialize_with = "role_name")]
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Their school's code.
    pub school: Option<String>,
    /// Their college within the school.
    pub college: Option<String>,
    /// The employer that they work for.
    pub employer: Option<String>,
    /// Where they or their employer stood at set-up: `unverified` or `verified`; `unregistered`, `registered`, `review_rejected`,
    /// `qualified`, `active` or `suspended`; officers have no stages.
    pub stage: Option<String>,
    /// The subject of their tokens.
    pub account: String,
    /// Why they are interesting.
    pub note: String,
    /// What a graduate's own roster record says, for a search by hand.
    #[serde(flatten)]
    pub record: Option<RosterFacts>,
}

/// What finds a graduate, besides school and name.
#[derive(Clone, Debug, Serialize)]
pub struct RosterFacts {
    /// 毕业届.
    pub graduation_year: u16,
    /// 身份证号, synthetic as everything in the samples.
    pub id_number: String,
    /// 手机号.
    pub mobile: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn role_name<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(role.as_str())
}
