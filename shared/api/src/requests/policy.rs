//! What a school sets for itself (domain 3.3).

use super::{Decode, DecodeError, Parts};
use crate::describe::Kind;
use crate::fields::{Field as _, Reader, one_of, read, set_of, value, whole, whole_as};
use domain::policy::{CertificationLevel, PolicyChange, QuotaCounting};
use domain::upload::MediaType;
use domain::values::{Email, Invalid, ResponsePeriod};

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
        Ok(read(parts, |fields| {
            let version = fields.required_with("version", whole_as(0, i64::MAX));
            let change = PolicyChange {
                response_days_default: fields.optional_with("response_days_default", value()),
                response_days_min: fields.optional_with("response_days_min", whole(min, max)),
                response_days_max: fields.optional_with("response_days_max", whole(min, max)),
                certification_level: fields.optional_with("certification_level", one_of(LEVELS)),
                offline_review_level: fields.optional_with("offline_review_level", one_of(LEVELS)),
                offline_certification_level: fields.optional_with("offline_certification_level", one_of(LEVELS)),
                termination_certification_level: fields.optional_with("termination_certification_level", one_of(LEVELS)),
                termination_quota: fields.optional_with("termination_quota", whole_as(0, 10)),
                quota_counting: fields.optional_with("quota_counting", one_of(COUNTINGS)),
                allow_offline_void: fields.optional("allow_offline_void"),
                allow_withdraw_before_certification: fields.optional("allow_withdraw_before_certification"),
                open_graduation_years: fields.optional_with("open_graduation_years", set_of(value(), 0, Some(MAX_YEARS))),
                search_lock_after_failures: fields.optional_with("search_lock_after_failures", whole(3, 20)),
                upload_max_mib: fields.optional_with("upload_max_mib", whole(1, 20)),
                upload_types: fields.optional_with("upload_types", set_of(one_of(TYPES), 1, None)),
                reminder_hours_before_expiry: fields
                    .optional_with("reminder_hours_before_expiry", set_of(whole_as(1, MAX_HOURS_BEFORE), 0, Some(MAX_REMINDERS))),
                email_students: fields.optional("email_students"),
                email_employers: fields.optional("email_employers"),
                office_email: fields.optional_with("office_email", Reader(|| Kind::OrEmpty(Box::new(Email::kind())), address_or_none)),
            };
            Some(Self { version: version?, change })
        })?)
    }
}

/// An address, or an empty text for none.
fn address_or_none(value: &serde_json::Value) -> Result<Option<Email>, Invalid> {
    if value.as_str() == Some("") { Ok(None) } else { Email::read(value).map(Some) }
}
