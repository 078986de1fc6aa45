//! 就业信息登记: other destinations than an agreement.

use super::lists::Query;
use super::{Decode, DecodeError, ListPage, Parts, id, version};
use crate::fields::read;
use domain::registration::{Facts, StageName};
use domain::values::{RegistrationId, StudentId, Text};

/// 登记就业信息: a graduate's own, or the school's for one of its students.
#[derive(Clone, Debug)]
pub struct RegisterEmployment {
    /// The roster record, where a school registers; a graduate's own is known.
    pub student_id: Option<StudentId>,
    /// Where to.
    pub facts: Facts,
}

impl Decode for RegisterEmployment {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let student_id = fields.optional("student_id");
            let (destination, organisation) = (fields.required("destination"), fields.optional("organisation"));
            let (region, remark) = (fields.optional("region"), fields.optional("remark"));
            Some(Self { student_id, facts: Facts { destination: destination?, organisation, region, remark } })
        })?)
    }
}

/// 撤回就业信息登记, on the version that was seen.
#[derive(Clone, Debug)]
pub struct WithdrawRegistration {
    /// The registration.
    pub id: RegistrationId,
    /// The version that was seen.
    pub version: u64,
    /// Why.
    pub reason: Text<500>,
}

impl Decode for WithdrawRegistration {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<RegistrationId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, reason) = (fields.required_with("version", version()), fields.required("reason"));
            Some(Self { id, version: version?, reason: reason? })
        })?)
    }
}

/// A page of registrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRegistrations {
    /// The stage. If none is asked for: a graduate sees all, an officer those that hold.
    pub stage: Option<StageName>,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListRegistrations {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let stage = query.one_of("status", &StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { stage, page })
    }
}
