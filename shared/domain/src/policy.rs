//! What a school may set for itself (domain 3.3). Platform bounds win; a value is copied onto what it governs.

use crate::Refusal;
use crate::delivery::{Mailing, mailing};
use crate::event::Event;
use crate::invitation::Terms;
use crate::transition::{NoticeKind, Recipient, Transition};
use crate::upload::MediaType;
use crate::values::{Email, GraduationYear, ResponsePeriod, SchoolId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A school's policy. Fields are added as the stages that they govern are built; what is absent has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question that a school answers by yes or no")]
pub struct Policy {
    /// Response period of a letter that sets none (SR-30).
    pub response_days_default: ResponsePeriod,
    /// Shortest response period.
    pub response_days_min: i64,
    /// Longest response period.
    pub response_days_max: i64,
    /// How many levels certify a signing.
    pub certification_level: CertificationLevel,
    /// How many levels review the text of an agreement on paper (SR-87).
    pub offline_review_level: CertificationLevel,
    /// How many levels certify an agreement on paper.
    pub offline_certification_level: CertificationLevel,
    /// Who certifies terminations.
    pub termination_certification_level: CertificationLevel,
    /// How many certified terminations an initiator has.
    pub termination_quota: u32,
    /// Whose terminations count.
    pub quota_counting: QuotaCounting,
    /// Whether a graduate may void an agreement on paper.
    pub allow_offline_void: bool,
    /// Whether a graduate may withdraw after agreeing, before certification.
    pub allow_withdraw_before_certification: bool,
    /// 毕业届 that may be invited; every year if none is named.
    pub open_graduation_years: BTreeSet<GraduationYear>,
    /// After how many searches that miss one graduate an employer has to wait (domain 5.1).
    pub search_lock_after_failures: i64,
    /// The longest file that a graduate may hand in, in MiB.
    pub upload_max_mib: i64,
    /// What kinds of files are taken.
    pub upload_types: BTreeSet<MediaType>,
    /// How many hours before its deadline a graduate is reminded of a letter; none, if no hour is named.
    pub reminder_hours_before_expiry: BTreeSet<u16>,
    /// Whether graduates are mailed about what is not an invitation: that is always mailed (SR-29).
    pub email_students: bool,
    /// Whether employers are mailed about the school's graduates.
    pub email_employers: bool,
    /// Where the school's office is mailed about what it does not come across in its queues.
    pub office_email: Option<Email>,
}

/// A school with its policy: what is stored, changed and audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolPolicy {
    /// The school.
    pub school: SchoolId,
    /// What it has set.
    pub policy: Policy,
}

/// What a school sets anew; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is documented at the policy's field")]
pub struct PolicyChange {
    pub response_days_default: Option<ResponsePeriod>,
    pub response_days_min: Option<i64>,
    pub response_days_max: Option<i64>,
    pub certification_level: Option<CertificationLevel>,
    pub offline_review_level: Option<CertificationLevel>,
    pub offline_certification_level: Option<CertificationLevel>,
    pub termination_certification_level: Option<CertificationLevel>,
    pub termination_quota: Option<u32>,
    pub quota_counting: Option<QuotaCounting>,
    pub allow_offline_void: Option<bool>,
    pub allow_withdraw_before_certification: Option<bool>,
    pub open_graduation_years: Option<BTreeSet<GraduationYear>>,
    pub search_lock_after_failures: Option<i64>,
    pub upload_max_mib: Option<i64>,
    pub upload_types: Option<BTreeSet<MediaType>>,
    pub reminder_hours_before_expiry: Option<BTreeSet<u16>>,
    pub email_students: Option<bool>,
    pub email_employers: Option<bool>,
    /// None in it takes the address away.
    pub office_email: Option<Option<Email>>,
}

impl Default for Policy {
    fn default() -> Self {
        let (min, max) = ResponsePeriod::BOUNDS;
        Self {
            response_days_default: ResponsePeriod::DEFAULT,
            response_days_min: min,
            response_days_max: max,
            certification_level: CertificationLevel::Either,
            offline_review_level: CertificationLevel::Either,
            offline_certification_level: CertificationLevel::Either,
            termination_certification_level: CertificationLevel::SchoolOnly,
            termination_quota: 1,
            quota_counting: QuotaCounting::PerInitiator,
            allow_offline_void: true,
            allow_withdraw_before_certification: false,
            open_graduation_years: BTreeSet::new(),
            search_lock_after_failures: 5,
            upload_max_mib: 10,
            upload_types: MediaType::SCANS.into(),
            reminder_hours_before_expiry: BTreeSet::from([24]),
            email_students: true,
            email_employers: true,
            office_email: None,
        }
    }
}

impl SchoolPolicy {
    /// Sets the policy. What was sent and signed before keeps the policy that it was sent and signed under.
    ///
    /// # Errors
    /// [`Refusal::ResponseDaysOutOfOrder`] unless shortest <= default <= longest.
    pub fn set(self, change: PolicyChange) -> Result<Transition<Self>, Refusal> {
        let Self { school, policy: old } = self;
        let policy = Policy {
            response_days_default: change.response_days_default.unwrap_or(old.response_days_default),
            response_days_min: change.response_days_min.unwrap_or(old.response_days_min),
            response_days_max: change.response_days_max.unwrap_or(old.response_days_max),
            certification_level: change.certification_level.unwrap_or(old.certification_level),
            offline_review_level: change.offline_review_level.unwrap_or(old.offline_review_level),
            offline_certification_level: change.offline_certification_level.unwrap_or(old.offline_certification_level),
            termination_certification_level: change.termination_certification_level.unwrap_or(old.termination_certification_level),
            termination_quota: change.termination_quota.unwrap_or(old.termination_quota),
            quota_counting: change.quota_counting.unwrap_or(old.quota_counting),
            allow_offline_void: change.allow_offline_void.unwrap_or(old.allow_offline_void),
            allow_withdraw_before_certification: change
                .allow_withdraw_before_certification
                .unwrap_or(old.allow_withdraw_before_certification),
            open_graduation_years: change.open_graduation_years.unwrap_or(old.open_graduation_years),
            search_lock_after_failures: change.search_lock_after_failures.unwrap_or(old.search_lock_after_failures),
            upload_max_mib: change.upload_max_mib.unwrap_or(old.upload_max_mib),
            upload_types: change.upload_types.unwrap_or(old.upload_types),
            reminder_hours_before_expiry: change.reminder_hours_before_expiry.unwrap_or(old.reminder_hours_before_expiry),
            email_students: change.email_students.unwrap_or(old.email_students),
            email_employers: change.email_employers.unwrap_or(old.email_employers),
            office_email: change.office_email.unwrap_or(old.office_email),
        };
        if !(policy.response_days_min..=policy.response_days_max).contains(&policy.response_days_default.days()) {
            return Err(Refusal::ResponseDaysOutOfOrder);
        }
        let event = Event::PolicySet { policy: policy.clone() };
        Ok(Transition { next: Self { school, policy }, event, effects: Vec::new() })
    }
}

impl Policy {
    /// The terms of a letter, with the period asked for, or the school's default.
    ///
    /// # Errors
    /// [`Refusal::ResponsePeriodOutsidePolicy`] with the school's bounds.
    pub fn terms(&self, asked: Option<ResponsePeriod>) -> Result<Terms, Refusal> {
        let (min, max) = (self.response_days_min, self.response_days_max);
        let period = asked.unwrap_or(self.response_days_default);
        if (min..=max).contains(&period.days()) {
            Ok(Terms { period, longest_days: max, reminder_hours: self.reminder_hours_before_expiry.clone() })
        } else {
            Err(Refusal::ResponsePeriodOutsidePolicy { min, max })
        }
    }

    /// Whether this recipient is mailed about this, besides finding it in the inbox.
    #[must_use]
    pub fn mails(&self, kind: NoticeKind, recipient: &Recipient) -> bool {
        match (mailing(kind, recipient), recipient) {
            (Mailing::Always, _) => true,
            (Mailing::Never, _) => false,
            (Mailing::ByPolicy, Recipient::Student(_)) => self.email_students,
            (Mailing::ByPolicy, Recipient::Employer(_)) => self.email_employers,
            (Mailing::ByPolicy, Recipient::School(_) | Recipient::College(..)) => self.office_email.is_some(),
        }
    }

    /// Whether graduates of this year may sign.
    ///
    /// # Errors
    /// [`Refusal::GraduationYearClosed`].
    pub fn signs(&self, year: GraduationYear) -> Result<(), Refusal> {
        let open = self.open_graduation_years.is_empty() || self.open_graduation_years.contains(&year);
        if open { Ok(()) } else { Err(Refusal::GraduationYearClosed) }
    }
}

/// Who certifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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

/// Whose certified terminations count against the quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuotaCounting {
    /// Each side's own: an employer's default does not burn the graduate's chance.
    #[default]
    PerInitiator,
    /// Anybody's of this graduate in this year.
    AnyInitiator,
}
