//! The letter of invitation (邀请函, SR-26, SR-27): what an employer offers, frozen at sending.

use crate::values::{CreditCode, Date, Email, EmployerId, Industry, JobCategory, Phone, Postcode, Region, Text, UnitNature};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Everything the graduate reads before answering. A later change of the employer's profile does not touch it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Who sends it.
    pub employer_id: EmployerId,
    /// Party A (用人单位) as confirmed at sending.
    pub employer: EmployerSection,
    /// 签约信息.
    pub signing: SigningSection,
    /// 档案接收信息.
    pub file_receiving: FileReceiving,
    /// 户口接收信息.
    pub household_receiving: HouseholdReceiving,
}

impl Letter {
    /// SHA-256 of the letter's stored form, in lower-case hex: what was shown is what is accepted.
    #[must_use]
    pub fn hash(&self) -> String {
        section_hash(self)
    }
}

/// SHA-256 of a section's stored form (its JSON), lower-case hex: anybody who holds the JSON can compute it again.
pub(crate) fn section_hash<S: Serialize>(section: &S) -> String {
    // Sections are plain data: text, numbers and options. Writing them to memory cannot fail.
    sha256_hex(&serde_json::to_vec(section).unwrap_or_default())
}

/// SHA-256 of a text as it is shown, lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 over length-prefixed parts, lower-case hex.
pub(crate) fn hex_sha256(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|nibble| char::from_digit(u32::from(nibble), 16)).collect()
}

/// The employer's part of a letter and of an agreement (domain 4.1, party A).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerSection {
    /// 单位名称.
    pub name: Text<100>,
    /// 统一社会信用代码(组织机构代码).
    pub credit_code: CreditCode,
    /// 单位性质; required only to pass certification.
    pub nature: Option<UnitNature>,
    /// 单位行业; required only to pass certification.
    pub industry: Option<Industry>,
    /// 单位所在地; required only to pass certification.
    pub region: Option<Region>,
    /// 单位地址.
    pub address: Option<Text<200>>,
    /// 邮编.
    #[serde(default)]
    pub postcode: Option<Postcode>,
    /// 隶属/主管部门.
    #[serde(default)]
    pub supervisor: Option<Text<100>>,
    /// Who answers for the signing.
    pub contact: Contact,
}

impl EmployerSection {
    /// The name as strangers see it: its first and last characters, two of each at most, and never more than half of it.
    #[must_use]
    pub fn masked_name(&self) -> String {
        let shown = (self.name.as_str().chars().count() / 4).min(2);
        crate::values::mask(self.name.as_str(), shown, shown)
    }
}

/// 联系人.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Contact {
    /// Name.
    pub name: Text<50>,
    /// Telephone.
    pub phone: Phone,
    /// E-mail.
    pub email: Option<Email>,
}

/// 签约信息 and 约定条款.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SigningSection {
    /// 拟聘职位.
    pub position: Text<100>,
    /// 工作职位类别.
    pub job_category: JobCategory,
    /// 工作地点.
    pub workplace: Text<200>,
    /// 用工形式.
    pub employment_form: Option<Text<50>>,
    /// 聘用期限, months.
    pub term_months: Option<u16>,
    /// 试用期, months, 0 to 6.
    pub probation_months: u8,
    /// 薪酬.
    pub pay: Pay,
    /// 福利.
    pub benefits: Option<Text<500>>,
    /// 报到时间.
    pub report_on: Option<Date>,
    /// 报到地点.
    pub report_to: Option<Text<200>>,
    /// 违约责任与违约金.
    pub liability: Option<Text<1000>>,
    /// 协议自动解除情形.
    pub automatic_end: Option<Text<1000>>,
    /// 争议解决.
    pub disputes: Option<Text<500>>,
    /// 备注 and other agreed terms.
    pub remark: Option<Text<2000>>,
}

/// Monthly pay in fen (0.01 yuan).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Pay {
    /// 试用期月薪.
    pub probation_monthly_fen: Option<u64>,
    /// 转正月薪.
    pub monthly_fen: u64,
}

/// 档案接收信息.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "accepts", rename_all = "snake_case")]
pub enum FileReceiving {
    /// 不接收档案.
    No,
    /// 接收档案.
    Yes {
        /// 接收类型.
        kind: FileReceivingKind,
        /// 档案接收单位名称.
        organisation: Text<100>,
        /// 详细地址.
        address: Text<200>,
        /// 邮编.
        postcode: Option<Postcode>,
        /// 接收部门.
        department: Option<Text<100>>,
        /// 联系人.
        contact: Text<50>,
        /// 电话.
        phone: Phone,
    },
}

/// Who keeps the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileReceivingKind {
    /// 单位接收.
    Employer,
    /// 人才服务机构托管.
    TalentService,
    /// 生源地.
    Origin,
}

/// 户口接收信息.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "accepts", rename_all = "snake_case")]
pub enum HouseholdReceiving {
    /// 不接收户口.
    No,
    /// 接收户口.
    Yes {
        /// 户口迁移类型.
        kind: Option<Text<50>>,
        /// 户口迁移地址.
        address: Text<200>,
    },
}
