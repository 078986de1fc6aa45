//! Employers and their qualification (domain 2.7).

mod review;

pub use review::{Review, Standing};

use crate::Refusal;
use crate::event::Event;
use crate::letter::{Contact, EmployerSection, FileReceiving, HouseholdReceiving};
use crate::transition::{Effect, NoticeKind, Recipient, Transition};
use crate::upload::Attachment;
use crate::values::{CreditCode, EmployerId, Industry, Postcode, Region, SchoolId, Text, Timestamp, UnitNature};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// 用人单位.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Identifier.
    pub id: EmployerId,
    /// 单位名称, as at registration.
    pub name: Text<100>,
    /// 统一社会信用代码(组织机构代码).
    pub credit_code: CreditCode,
    /// The school that is asked to review it, until it decides.
    #[serde(default)]
    pub asked: Option<SchoolId>,
    /// Schools whose approval stands. One is enough for the whole platform (SR-10).
    pub approved_by: BTreeSet<SchoolId>,
    /// Schools that have refused it, and why.
    #[serde(default)]
    pub rejected_by: BTreeMap<SchoolId, Text<500>>,
    /// Whether any school has ever approved it: then a revocation makes it registered, not refused (domain 2.7).
    #[serde(default)]
    pub once_approved: bool,
    /// Schools that bar it from their own students, and why.
    #[serde(default)]
    pub blocked_by: BTreeMap<SchoolId, Text<500>>,
    /// 营业执照, as handed in with the last registration that had one.
    #[serde(default)]
    pub licence: Vec<Attachment>,
    /// What is confirmed at first log-in (SR-11); none before.
    pub signing_information: Option<SigningInformation>,
    /// Since when the platform's operators have suspended it.
    pub suspended_at: Option<Timestamp>,
}

/// 签约信息 of the employer (SR-11): defaults of its letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SigningInformation {
    /// 单位性质.
    pub nature: Option<UnitNature>,
    /// 单位行业.
    pub industry: Option<Industry>,
    /// 单位所在地.
    pub region: Option<Region>,
    /// 单位地址.
    pub address: Option<Text<200>>,
    /// 邮编.
    #[serde(default)]
    pub postcode: Option<Postcode>,
    /// 隶属/主管部门.
    #[serde(default)]
    pub supervisor: Option<Text<100>>,
    /// 联系人.
    pub contact: Contact,
    /// 默认拟聘职位.
    pub default_position: Option<Text<100>>,
    /// 档案接收信息.
    pub file_receiving: FileReceiving,
    /// 户口接收信息.
    pub household_receiving: HouseholdReceiving,
}

/// What an employer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// 已注册: no school has approved it.
    Registered,
    /// 审核不通过: every review so far was negative; it may ask again.
    ReviewRejected,
    /// 审核通过: approved, first-log-in information not confirmed.
    Qualified,
    /// 信息已完善: may do everything.
    Active,
    /// 已停用: may finish what is in flight.
    Suspended,
}

impl Qualification {
    /// All of them, in the order of the state graph.
    pub const ALL: [Self; 5] = [Self::Registered, Self::ReviewRejected, Self::Qualified, Self::Active, Self::Suspended];

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::ReviewRejected => "review_rejected",
            Self::Qualified => "qualified",
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }
}

/// What an employer says of itself when it asks a school for its review (SR-10).
#[derive(Clone, Debug)]
pub struct Registration {
    /// The employer that the log-in's token names (SR-9).
    pub id: EmployerId,
    /// 单位名称.
    pub name: Text<100>,
    /// 统一社会信用代码(组织机构代码).
    pub credit_code: CreditCode,
    /// The school asked.
    pub school: SchoolId,
    /// 营业执照; empty: as handed in before.
    pub licence: Vec<Attachment>,
}

impl Employer {
    /// Registers, or asks again after a refusal. While a school reviews, and once one has approved, name and code stand.
    ///
    /// # Errors
    /// [`Refusal::ReviewAwaited`], [`Refusal::EmployerAlreadyQualified`] or [`Refusal::EmployerSuspended`].
    pub fn register(standing: Option<Self>, registration: Registration, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        let Registration { id, name, credit_code, school, licence } = registration;
        let mut next = match standing {
            Some(employer) if employer.suspended_at.is_some() => return Err(Refusal::EmployerSuspended),
            Some(employer) if !employer.approved_by.is_empty() => return Err(Refusal::EmployerAlreadyQualified),
            Some(employer) if employer.asked.is_some() => return Err(Refusal::ReviewAwaited),
            Some(employer) => Self { name, credit_code, ..employer },
            None => Self {
                id,
                name,
                credit_code,
                asked: None,
                approved_by: BTreeSet::new(),
                rejected_by: BTreeMap::new(),
                once_approved: false,
                blocked_by: BTreeMap::new(),
                licence: Vec::new(),
                signing_information: None,
                suspended_at: None,
            },
        };
        if !licence.is_empty() {
            next.licence = licence;
        }
        next.rejected_by.remove(&school);
        next.asked = Some(school.clone());
        let effects =
            vec![next.place_with(&school, now), Effect::Notify(Recipient::School(school.clone()), NoticeKind::EmployerReviewAwaited)];
        let event = Event::EmployerRegistered {
            school,
            name: next.name.clone(),
            credit_code: next.credit_code.clone(),
            licence: next.licence.clone(),
        };
        Ok(Transition { next, event, effects })
    }

    /// Confirms the signing information (SR-11), the first time or again. Letters that are out keep what they say.
    ///
    /// # Errors
    /// [`Refusal::EmployerNotQualified`] before a school's approval, [`Refusal::EmployerSuspended`].
    pub fn confirm(self, information: SigningInformation) -> Result<Transition<Self>, Refusal> {
        match self.qualification() {
            Qualification::Suspended => Err(Refusal::EmployerSuspended),
            Qualification::Registered | Qualification::ReviewRejected => Err(Refusal::EmployerNotQualified),
            Qualification::Qualified | Qualification::Active => {
                let next = Self { signing_information: Some(information), ..self };
                Ok(Transition { next, event: Event::EmployerConfirmed, effects: Vec::new() })
            }
        }
    }

    /// The platform's operators suspend it: what is in flight goes on, nothing new begins.
    ///
    /// # Errors
    /// [`Refusal::EmployerSuspended`] if it is already.
    pub fn suspend(self, reason: Text<500>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if self.suspended_at.is_some() {
            return Err(Refusal::EmployerSuspended);
        }
        let effects = vec![self.notify(NoticeKind::EmployerSuspended)];
        let next = Self { suspended_at: Some(at), ..self };
        Ok(Transition { next, event: Event::EmployerSuspended { reason }, effects })
    }

    /// The platform's operators let it go on.
    ///
    /// # Errors
    /// [`Refusal::EmployerStanding`] unless it is suspended.
    pub fn reinstate(self, reason: Text<500>) -> Result<Transition<Self>, Refusal> {
        if self.suspended_at.is_none() {
            return Err(Refusal::EmployerStanding(self.qualification().as_str()));
        }
        let effects = vec![self.notify(NoticeKind::EmployerReinstated)];
        let next = Self { suspended_at: None, ..self };
        Ok(Transition { next, event: Event::EmployerReinstated { reason }, effects })
    }

    /// Where the employer stands.
    #[must_use]
    pub fn qualification(&self) -> Qualification {
        match (self.suspended_at, self.approved_by.is_empty(), &self.signing_information) {
            (Some(_), _, _) => Qualification::Suspended,
            (None, true, _) if self.asked.is_none() && !self.once_approved && !self.rejected_by.is_empty() => Qualification::ReviewRejected,
            (None, true, _) => Qualification::Registered,
            (None, false, None) => Qualification::Qualified,
            (None, false, Some(_)) => Qualification::Active,
        }
    }

    /// The employer's section of a letter, if it may search, list and invite at all (SR-10, SR-12).
    ///
    /// # Errors
    /// [`Refusal::EmployerNotQualified`], [`Refusal::EmployerInfoIncomplete`] or [`Refusal::EmployerSuspended`].
    pub fn active(&self) -> Result<EmployerSection, Refusal> {
        match (self.qualification(), &self.signing_information) {
            (Qualification::Suspended, _) => Err(Refusal::EmployerSuspended),
            (Qualification::Registered | Qualification::ReviewRejected, _) => Err(Refusal::EmployerNotQualified),
            (Qualification::Qualified, _) | (Qualification::Active, None) => Err(Refusal::EmployerInfoIncomplete),
            (Qualification::Active, Some(information)) => Ok(EmployerSection {
                name: self.name.clone(),
                credit_code: self.credit_code.clone(),
                nature: information.nature,
                industry: information.industry,
                region: information.region,
                address: information.address.clone(),
                postcode: information.postcode.clone(),
                supervisor: information.supervisor.clone(),
                contact: information.contact.clone(),
            }),
        }
    }

    /// Whether it may invite this school's students.
    ///
    /// # Errors
    /// [`Refusal::EmployerBlocked`].
    pub fn may_invite_students_of(&self, school: &SchoolId) -> Result<(), Refusal> {
        if self.blocked_by.contains_key(school) { Err(Refusal::EmployerBlocked) } else { Ok(()) }
    }

    fn notify(&self, kind: NoticeKind) -> Effect {
        Effect::Notify(Recipient::Employer(self.id.clone()), kind)
    }
}
