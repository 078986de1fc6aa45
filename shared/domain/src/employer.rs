//! Employers and their qualification (domain 2.7).

use crate::Refusal;
use crate::letter::{Contact, EmployerSection, FileReceiving, HouseholdReceiving};
use crate::values::{CreditCode, EmployerId, Industry, Postcode, Region, SchoolId, Text, Timestamp, UnitNature};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 用人单位.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Identifier.
    pub id: EmployerId,
    /// 单位名称, as at registration.
    pub name: Text<100>,
    /// 统一社会信用代码(组织机构代码).
    pub credit_code: CreditCode,
    /// Schools whose approval stands. One is enough for the whole platform (SR-10).
    pub approved_by: BTreeSet<SchoolId>,
    /// What is confirmed at first log-in (SR-11); none before.
    pub signing_information: Option<SigningInformation>,
    /// Since when the platform's operators have suspended it.
    pub suspended_at: Option<Timestamp>,
}

/// 签约信息 of the employer (SR-11): defaults of its letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// 已注册: no school has approved it.
    Registered,
    /// 审核通过: approved, first-log-in information not confirmed.
    Qualified,
    /// 信息已完善: may do everything.
    Active,
    /// 已停用: may finish what is in flight.
    Suspended,
}

impl Employer {
    /// Where the employer stands.
    #[must_use]
    pub fn qualification(&self) -> Qualification {
        match (self.suspended_at, self.approved_by.is_empty(), &self.signing_information) {
            (Some(_), _, _) => Qualification::Suspended,
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
            (Qualification::Registered, _) => Err(Refusal::EmployerNotQualified),
            (Qualification::Qualified, _) | (Qualification::Active, None) => Err(Refusal::EmployerInfoIncomplete),
            (Qualification::Active, Some(information)) => Ok(EmployerSection {
                id: self.id.clone(),
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
}
