//! Who is party to an agreement and what they agree on (domain 4.1), as text that is ready to be read.

use crate::form::{Entry, Form, choice, pair, shown, wide};

/// 甲方, 用人单位.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Employer {
    /// 单位名称.
    pub name: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// 单位性质.
    pub nature: Option<String>,
    /// 单位行业.
    pub industry: Option<String>,
    /// 单位所在地.
    pub region: Option<String>,
    /// 单位地址.
    pub address: Option<String>,
    /// 邮编.
    pub postcode: Option<String>,
    /// 主管部门.
    pub supervisor: Option<String>,
    /// 联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// 电子邮箱.
    pub email: Option<String>,
}

/// 乙方, 毕业生.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graduate {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub gender: Option<String>,
    /// 民族.
    pub ethnicity: Option<String>,
    /// 政治面貌.
    pub political_status: Option<String>,
    /// 出生日期.
    pub born_on: Option<String>,
    /// 身份证号: as much of it as whoever reads the document may see.
    pub id_number: String,
    /// 毕业学校.
    pub school: String,
    /// 院系.
    pub college: String,
    /// 专业.
    pub major: String,
    /// 班级.
    pub class: Option<String>,
    /// 学历.
    pub degree: Option<String>,
    /// 学制.
    pub duration: Option<String>,
    /// 培养方式.
    pub training: Option<String>,
    /// 生源地.
    pub origin: Option<String>,
    /// 学号.
    pub student_number: String,
    /// 考生号.
    pub exam_number: Option<String>,
    /// 毕业届.
    pub graduation_year: String,
    /// 手机.
    pub mobile: String,
    /// 电子邮箱.
    pub email: Option<String>,
    /// 家庭地址.
    pub address: Option<String>,
}

/// 丙方, 学校.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct School {
    /// 学校名称.
    pub name: String,
    /// 院系意见.
    pub college_opinion: Option<String>,
    /// 学校就业部门意见.
    pub school_opinion: Option<String>,
    /// 经办人.
    pub officer: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
}

/// 档案转递.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReceiving {
    /// 是否接收档案.
    pub accepts: bool,
    /// 接收类型.
    pub kind: Option<String>,
    /// 档案转递单位.
    pub receiver: Option<String>,
    /// 详细地址.
    pub address: Option<String>,
    /// 邮编.
    pub postcode: Option<String>,
    /// 接收部门.
    pub department: Option<String>,
    /// 联系人.
    pub contact: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
}

/// 户口迁移.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdReceiving {
    /// 是否接收户口.
    pub accepts: bool,
    /// 户口迁移类型.
    pub kind: Option<String>,
    /// 户口迁移地址.
    pub address: Option<String>,
}

/// 签约信息 and 约定条款.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// 拟聘职位.
    pub position: String,
    /// 工作职位类别.
    pub job_category: String,
    /// 工作地点.
    pub workplace: String,
    /// 用工形式.
    pub employment_form: Option<String>,
    /// 聘用期限.
    pub term: Option<String>,
    /// 试用期.
    pub probation: Option<String>,
    /// 试用期月薪.
    pub probation_pay: Option<String>,
    /// 转正月薪.
    pub pay: String,
    /// 福利.
    pub benefits: Option<String>,
    /// 报到时间.
    pub report_on: Option<String>,
    /// 报到地点.
    pub report_to: Option<String>,
    /// 违约责任.
    pub liability: Option<String>,
    /// 协议自动解除情形.
    pub automatic_end: Option<String>,
    /// 争议解决.
    pub disputes: Option<String>,
    /// 备注, at least a thousand characters of it.
    pub remarks: Option<String>,
}

impl Employer {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        vec![
            wide("单位名称", &self.name),
            pair("统一社会\n信用代码", &self.credit_code, "单位性质", shown(self.nature.as_ref())),
            pair("单位行业", shown(self.industry.as_ref()), "单位所在地", shown(self.region.as_ref())),
            wide("单位地址", shown(self.address.as_ref())),
            pair("邮编", shown(self.postcode.as_ref()), "主管部门", shown(self.supervisor.as_ref())),
            pair("联系人", &self.contact, "联系电话", &self.phone),
            wide("电子邮箱", shown(self.email.as_ref())),
        ]
    }
}

impl Graduate {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        vec![
            pair("姓名", &self.name, "身份证号", &self.id_number),
            pair("性别", shown(self.gender.as_ref()), "民族", shown(self.ethnicity.as_ref())),
            pair("出生日期", shown(self.born_on.as_ref()), "政治面貌", shown(self.political_status.as_ref())),
            pair("毕业学校", &self.school, "院系", &self.college),
            pair("专业", &self.major, "班级", shown(self.class.as_ref())),
            pair("学历", shown(self.degree.as_ref()), "学制", shown(self.duration.as_ref())),
            pair("培养方式", shown(self.training.as_ref()), "生源地", shown(self.origin.as_ref())),
            pair("学号", &self.student_number, "考生号", shown(self.exam_number.as_ref())),
            pair("毕业届", &self.graduation_year, "手机", &self.mobile),
            wide("电子邮箱", shown(self.email.as_ref())),
            wide("家庭地址", shown(self.address.as_ref())),
        ]
    }
}

impl School {
    pub(crate) fn entries(&self, certified_at: &str) -> Vec<Entry> {
        vec![
            pair("学校名称", &self.name, "鉴证时间", certified_at),
            pair("院系意见", shown(self.college_opinion.as_ref()), "学校就业\n部门意见", shown(self.school_opinion.as_ref())),
            pair("经办人", shown(self.officer.as_ref()), "联系电话", shown(self.phone.as_ref())),
        ]
    }
}

impl FileReceiving {
    /// Whether there is nothing to say but that files are not received.
    fn is_refused(&self) -> bool {
        *self == Self::default()
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = vec![pair("是否接收", choice(self.accepts), "接收类型", shown(self.kind.as_ref()))];
        entries.push(wide("档案转递单位", shown(self.receiver.as_ref())));
        entries.push(wide("详细地址", shown(self.address.as_ref())));
        entries.push(pair("邮编", shown(self.postcode.as_ref()), "接收部门", shown(self.department.as_ref())));
        entries.push(pair("联系人", shown(self.contact.as_ref()), "联系电话", shown(self.phone.as_ref())));
        entries
    }
}

impl HouseholdReceiving {
    /// Whether there is nothing to say but that the household is not received.
    fn is_refused(&self) -> bool {
        *self == Self::default()
    }

    fn entries(&self) -> Vec<Entry> {
        vec![
            pair("是否接收", choice(self.accepts), "迁移类型", shown(self.kind.as_ref())),
            wide("户口迁移地址", shown(self.address.as_ref())),
        ]
    }
}

impl Terms {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        vec![
            pair("拟聘职位", &self.position, "工作职位类别", &self.job_category),
            wide("工作地点", &self.workplace),
            pair("用工形式", shown(self.employment_form.as_ref()), "聘用期限", shown(self.term.as_ref())),
            pair("试用期", shown(self.probation.as_ref()), "试用期月薪", shown(self.probation_pay.as_ref())),
            pair("转正月薪", &self.pay, "报到时间", shown(self.report_on.as_ref())),
            wide("报到地点", shown(self.report_to.as_ref())),
            wide("福利", shown(self.benefits.as_ref())),
            wide("违约责任", shown(self.liability.as_ref())),
            wide("协议自动\n解除情形", shown(self.automatic_end.as_ref())),
            wide("争议解决", shown(self.disputes.as_ref())),
        ]
    }
}

impl Form {
    /// 档案 and 户口, the first under the name that the document has for it. Who does not receive them needs no more than a line.
    pub(crate) fn receiving(self, name: &str, files: &FileReceiving, household: &HouseholdReceiving) -> Self {
        let form = if files.is_refused() { self.alone(name, choice(false)) } else { self.section(name, "", files.entries()) };
        if household.is_refused() { form.alone("户口", choice(false)) } else { form.section("户口", "", household.entries()) }
    }
}
