//! What a school sets for itself (domain 3.3).

use super::{Decode, DecodeError, Parts};
use crate::fields::{one_of, read, whole};
use domain::policy::{CertificationLevel, PolicyChange, QuotaCounting};
use domain::upload::MediaType;
use domain::values::{Email, GraduationYear, Invalid, ResponsePeriod};
use std::collections::BTreeSet;

/// Most graduation years that a school keeps open at once.
const MAX_YEARS: usize = 20;

/// Most reminders of one letter.
const MAX_REMINDERS: usize = 3;
/// The longest lead of a reminder: the longest period of a letter.
const MAX_HOURS_BEFORE: i64 = ResponsePeriod::BOUNDS.1 * 24;

/// 设置学校规则, on the version that was seen: 0 where nothing was ever set.
#[derive(Clone, Debug)]
pub struct SetPolicy {
    /// The version that was seen.
    pub version: u64,
    /// What changes; what is absent stays as it is.
    pub change: PolicyChange,
}

const LEVELS: &[(&str, CertificationLevel)] = &[
    ("either", CertificationLevel::Either),
    ("school_only", CertificationLevel::SchoolOnly),
    ("college_then_school", CertificationLevel::CollegeThenSchool),
];

const COUNTINGS: &[(&str, QuotaCounting)] =
    &[("per_initiator", QuotaCounting::PerInitiator), ("any_initiator", QuotaCounting::AnyInitiator)];

const TYPES: &[(&str, MediaType)] = &[("pdf", MediaType::Pdf), ("jpeg", MediaType::Jpeg), ("png", MediaType::Png)];

impl Decode for SetPolicy {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let (min, max) = ResponsePeriod::BOUNDS;
        Ok(read(&parts.body, |fields| {
            let version = fields.required_with("version", whole(0, i64::MAX)).and_then(|version| u64::try_from(version).ok());
            let change = PolicyChange {
                response_days_default: fields
                    .optional_with("response_days_default", |value| ResponsePeriod::from_days(whole(min, max)(value)?)),
                response_days_min: fields.optional_with("response_days_min", whole(min, max)),
                response_days_max: fields.optional_with("response_days_max", whole(min, max)),
                certification_level: fields.optional_with("certification_level", one_of(LEVELS)),
                offline_review_level: fields.optional_with("offline_review_level", one_of(LEVELS)),
                offline_certification_level: fields.optional_with("offline_certification_level", one_of(LEVELS)),
                termination_certification_level: fields.optional_with("termination_certification_level", one_of(LEVELS)),
                termination_quota: fields.optional_with("termination_quota", whole(0, 10)).and_then(|quota| u32::try_from(quota).ok()),
                quota_counting: fields.optional_with("quota_counting", one_of(COUNTINGS)),
                allow_offline_void: fields.optional("allow_offline_void"),
                allow_withdraw_before_certification: fields.optional("allow_withdraw_before_certification"),
                open_graduation_years: fields.optional_with("open_graduation_years", years),
                search_lock_after_failures: fields.optional_with("search_lock_after_failures", whole(3, 20)),
                upload_max_mib: fields.optional_with("upload_max_mib", whole(1, 20)),
                upload_types: fields.optional_with("upload_types", types),
                reminder_hours_before_expiry: fields.optional_with("reminder_hours_before_expiry", reminder_hours),
                email_students: fields.optional("email_students"),
                email_employers: fields.optional("email_employers"),
                office_email: fields.optional_with("office_email", address_or_none),
            };
            Some(Self { version: version?, change })
        })?)
    }
}

fn reminder_hours(value: &serde_json::Value) -> Result<BTreeSet<u16>, Invalid> {
    let hours = value.as_array().ok_or(Invalid::WrongType)?;
    if hours.len() > MAX_REMINDERS {
        return Err(Invalid::TooLong(MAX_REMINDERS));
    }
    let hour = |value| whole(1, MAX_HOURS_BEFORE)(value).map(|hours| u16::try_from(hours).unwrap_or_default());
    let set = hours.iter().map(hour).collect::<Result<BTreeSet<_>, _>>()?;
    if set.len() == hours.len() { Ok(set) } else { Err(Invalid::Duplicate) }
}

/// An address, or an empty text for none.
fn address_or_none(value: &serde_json::Value) -> Result<Option<Email>, Invalid> {
    use crate::fields::Field as _;
    if value.as_str() == Some("") { Ok(None) } else { Email::read(value).map(Some) }
}

fn types(value: &serde_json::Value) -> Result<BTreeSet<MediaType>, Invalid> {
    let types = value.as_array().ok_or(Invalid::WrongType)?;
    let set = types.iter().map(one_of(TYPES)).collect::<Result<BTreeSet<_>, _>>()?;
    match (set.is_empty(), set.len() == types.len()) {
        (true, _) => Err(Invalid::Missing),
        (_, false) => Err(Invalid::Duplicate),
        (false, true) => Ok(set),
    }
}

fn years(value: &serde_json::Value) -> Result<BTreeSet<GraduationYear>, Invalid> {
    use crate::fields::Field as _;
    let years = value.as_array().ok_or(Invalid::WrongType)?;
    if years.len() > MAX_YEARS {
        return Err(Invalid::TooLong(MAX_YEARS));
    }
    let set = years.iter().map(GraduationYear::read).collect::<Result<BTreeSet<_>, _>>()?;
    if set.len() == years.len() { Ok(set) } else { Err(Invalid::Duplicate) }
}
