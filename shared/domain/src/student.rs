//! Students: the roster record, and the signing status derived from the slot (domain 2.6).

mod enrolment;

pub use enrolment::{Enrolment, Lookups};

use crate::Refusal;
use crate::agreement::{Agreement, StageName};
use crate::event::Event;
use crate::school::College;
use crate::transition::{Effect, NoticeKind, Recipient, Transition};
use crate::values::{
    AccountId, AgreementId, CollegeId, Email, GraduationYear, PersonId, PersonName, Region, SchoolId, Sealed, StudentId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// One student of one school in one graduation year, as on the school's roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// Identifier.
    pub id: StudentId,
    /// The natural person behind it, the same over schools and years.
    pub person: PersonId,
    /// 学校.
    pub school: SchoolId,
    /// Its name.
    pub school_name: Text<100>,
    /// 所在院系.
    pub college: CollegeId,
    /// Its name.
    pub college_name: Text<100>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 学号.
    pub student_number: Text<32>,
    /// 姓名.
    pub name: PersonName,
    /// 身份证号, sealed.
    pub resident_id: Sealed,
    /// 手机, sealed.
    pub mobile: Sealed,
    /// 邮箱.
    pub email: Option<Email>,
    /// 所在专业.
    pub major: Text<100>,
    /// 所在班级.
    pub class: Option<Text<100>>,
    /// 学历.
    pub education: Option<Text<50>>,
    /// What agreements say besides.
    #[serde(default)]
    pub particulars: Particulars,
    /// Terminations that the school has granted beyond the quota, to the graduate and to employers of the graduate.
    #[serde(default)]
    pub extra_terminations: u32,
    /// The account that verified itself as this student (SR-44), and when.
    pub verified: Option<Verified>,
}

/// What an agreement says of its graduate besides name, numbers and studies (domain 4.1, party B), as far as the roster knows. The
/// birth date stands in the sealed identity number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Particulars {
    /// 性别.
    pub sex: Option<Sex>,
    /// 民族.
    pub ethnicity: Option<Text<20>>,
    /// 政治面貌.
    pub political_status: Option<Text<20>>,
    /// 学制, years.
    pub schooling_years: Option<u8>,
    /// 培养方式.
    pub training_mode: Option<Text<20>>,
    /// 生源地.
    pub origin: Option<Region>,
    /// 考生号.
    pub examinee_number: Option<Text<32>>,
    /// 家庭地址.
    pub home_address: Option<Text<200>>,
    /// 专业代码.
    pub major_code: Option<Text<20>>,
    /// 入学时间, yyyyMM or yyyyMMdd.
    pub enrolled: Option<Text<8>>,
    /// 毕业时间, yyyyMM or yyyyMMdd.
    pub graduates: Option<Text<8>>,
    /// 师范生类别代码.
    pub teacher_training: Option<Text<2>>,
    /// 困难生类别代码.
    pub hardship: Option<Text<2>>,
}

/// 性别, as the ministry codes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Sex {
    /// 男.
    #[serde(rename = "男")]
    Male,
    /// 女.
    #[serde(rename = "女")]
    Female,
}

/// The binding of an account to a roster record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// The account.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
}

/// What a school corrects on its roster; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// 姓名.
    pub name: Option<PersonName>,
    /// 身份证号, sealed.
    pub resident_id: Option<Sealed>,
    /// 手机, sealed.
    pub mobile: Option<Sealed>,
    /// 邮箱.
    pub email: Option<Email>,
    /// 所在院系, with its name.
    pub college: Option<College>,
    /// 所在专业.
    pub major: Option<Text<100>>,
    /// 所在班级.
    pub class: Option<Text<100>>,
    /// Terminations beyond the quota.
    pub extra_terminations: Option<u32>,
    /// Takes the record away from the log-in that it is bound to.
    pub unbind_account: bool,
}

impl Student {
    /// Whether this account has verified itself as this student.
    #[must_use]
    pub fn is(&self, account: &AccountId) -> bool {
        self.verified.as_ref().is_some_and(|verified| verified.account == *account)
    }

    /// 信息验证 (SR-44): the log-in has shown that it knows what the roster knows.
    ///
    /// # Errors
    /// [`Refusal::RecordBound`] if another log-in has done so before.
    pub fn verify(self, account: AccountId, email: Option<Email>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if self.verified.is_some() && !self.is(&account) {
            return Err(Refusal::RecordBound);
        }
        let next = Self { verified: Some(Verified { account, at }), email: email.or(self.email), ..self };
        Ok(Transition { next, event: Event::StudentVerified, effects: Vec::new() })
    }

    /// The school corrects the record. Letters and agreements keep what they were sent and signed with, and stay with the college
    /// that had them.
    ///
    /// # Errors
    /// [`Refusal::NothingToCorrect`] if everything is as it was.
    pub fn correct(self, correction: Correction, reason: Text<500>) -> Result<Transition<Self>, Refusal> {
        let before = self;
        let mut next = before.clone();
        next.name = correction.name.unwrap_or(next.name);
        next.resident_id = correction.resident_id.unwrap_or(next.resident_id);
        next.mobile = correction.mobile.unwrap_or(next.mobile);
        next.email = correction.email.or(next.email);
        if let Some(College { id, name }) = correction.college {
            (next.college, next.college_name) = (id, name);
        }
        next.major = correction.major.unwrap_or(next.major);
        next.class = correction.class.or(next.class);
        next.extra_terminations = correction.extra_terminations.unwrap_or(next.extra_terminations);
        next.verified = next.verified.filter(|_| !correction.unbind_account);
        let fields = before.differs_in(&next);
        if fields.is_empty() {
            return Err(Refusal::NothingToCorrect);
        }
        let effects = vec![Effect::Notify(Recipient::Student(next.person.clone()), NoticeKind::StudentCorrected)];
        Ok(Transition { next, event: Event::StudentCorrected { fields, reason }, effects })
    }

    /// The corrected fields, by their names in requests.
    pub(super) fn differs_in(&self, other: &Self) -> Vec<String> {
        let fields = [
            ("name", self.name != other.name),
            ("resident_id", self.resident_id != other.resident_id),
            ("mobile", self.mobile != other.mobile),
            ("email", self.email != other.email),
            ("college", self.college != other.college),
            ("major", self.major != other.major),
            ("class", self.class != other.class),
            ("extra_terminations", self.extra_terminations != other.extra_terminations),
            ("unbind_account", self.verified != other.verified),
        ];
        fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect()
    }

    /// The stage's name, as stored.
    #[must_use]
    pub fn stage_name(&self) -> &'static str {
        if self.verified.is_some() { "verified" } else { "unverified" }
    }
}

/// What holds a person's one slot of a graduation year (SR-49, SR-64, A-24).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// An online agreement, and the stage it is in.
    Online(AgreementId, StageName),
    /// An offline agreement under way.
    OfflineInProgress,
    /// A certified offline agreement.
    OfflineCertified,
    /// A registration of other employment.
    Registration,
}

impl Holder {
    /// What an agreement that holds the slot is there.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Self {
        match (agreement.is_offline(), agreement.stage_name()) {
            (false, stage) => Self::Online(agreement.id.clone(), stage),
            (true, StageName::Certified) => Self::OfflineCertified,
            (true, _) => Self::OfflineInProgress,
        }
    }
}

/// 当前就业情况 (SR-45): derived from the slot, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SigningStatus {
    /// 待信息验证.
    Unverified,
    /// 未签约.
    Unsigned,
    /// 等待签约鉴证.
    OnlinePending,
    /// 线下签约办理中.
    OfflineInProgress,
    /// 已签约.
    Signed,
    /// 解约办理中.
    Terminating,
    /// 已登记就业信息.
    RegisteredOther,
}

impl SigningStatus {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Unverified,
        Self::Unsigned,
        Self::OnlinePending,
        Self::OfflineInProgress,
        Self::Signed,
        Self::Terminating,
        Self::RegisteredOther,
    ];

    /// The name as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Unsigned => "unsigned",
            Self::OnlinePending => "online_pending",
            Self::OfflineInProgress => "offline_in_progress",
            Self::Signed => "signed",
            Self::Terminating => "terminating",
            Self::RegisteredOther => "registered_other",
        }
    }

    /// Derives the status (domain 2.6). `terminating`: an open termination request exists.
    #[must_use]
    pub fn derive(verified: bool, holder: Option<&Holder>, terminating: bool) -> Self {
        if !verified {
            return Self::Unverified;
        }
        match holder {
            None => Self::Unsigned,
            Some(Holder::Registration) => Self::RegisteredOther,
            Some(Holder::OfflineInProgress) => Self::OfflineInProgress,
            Some(Holder::Online(_, StageName::Certified) | Holder::OfflineCertified) if terminating => Self::Terminating,
            Some(Holder::Online(_, StageName::Certified) | Holder::OfflineCertified) => Self::Signed,
            Some(Holder::Online(..)) => Self::OnlinePending,
        }
    }

    /// Whether a letter may be answered or an offline agreement generated.
    #[must_use]
    pub fn may_sign(self) -> bool {
        self == Self::Unsigned
    }
}
