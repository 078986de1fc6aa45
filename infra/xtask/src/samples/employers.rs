//! Synthetic employers, the manual's own among them.

use super::persons::{CREDIT_CODE, ORGANISATION_CODE, name};
use serde_json::{Value, json};

/// How far an employer has come on the platform.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Asks 99001 for its review.
    Registered,
    /// 99002 has refused it.
    Rejected,
    Approved,
    Active,
    /// Active, but 99001 bars it from its own students.
    Blocked,
    Suspended,
}

/// Where an employer sits.
pub(super) struct Site {
    pub(super) region: &'static str,
    pub(super) address: &'static str,
    pub(super) postcode: &'static str,
    pub(super) dialling: &'static str,
}

pub(super) const fn site(region: &'static str, address: &'static str, postcode: &'static str, dialling: &'static str) -> Site {
    Site { region, address, postcode, dialling }
}

pub(super) static HONGSHAN: Site = site("420111", "湖北省武汉市洪山区示例路", "430070", "027");
pub(super) static JIANGXIA: Site = site("420115", "湖北省武汉市江夏区示例大道", "430200", "027");
pub(super) static ENSHI: Site = site("422801", "湖北省恩施市示例街", "445000", "0718");
pub(super) static YICHANG: Site = site("420502", "湖北省宜昌市西陵区示例路", "443000", "0717");
pub(super) static XIANGYANG: Site = site("420606", "湖北省襄阳市樊城区示例路", "441000", "0710");
pub(super) static HUANGGANG: Site = site("421102", "湖北省黄冈市黄州区示例大道", "438000", "0713");
pub(super) static JINGZHOU: Site = site("421002", "湖北省荆州市沙市区示例街", "434000", "0716");
/// 科尔沁左翼中旗, where the manual has 星光集团; its personnel office is in Wuhan.
pub(super) static BANNER: Site = site("150521", "湖北省武汉市洪山区示例路", "430070", "027");

pub(super) struct Firm {
    pub(super) name: &'static str,
    /// First two characters of the credit code.
    pub(super) registrar: &'static str,
    /// 单位性质.
    pub(super) nature: &'static str,
    /// 单位行业.
    pub(super) industry: Option<&'static str>,
    pub(super) site: &'static Site,
    /// 拟聘职位.
    pub(super) position: &'static str,
    pub(super) standing: Standing,
}

pub(super) const fn company(
    name: &'static str,
    nature: &'static str,
    industry: &'static str,
    site: &'static Site,
    position: &'static str,
) -> Firm {
    Firm { name, registrar: "91", nature, industry: Some(industry), site, position, standing: Standing::Active }
}

pub(super) const PUBLIC_INSTITUTION: &str = "12";

pub(super) static FIRMS: [Firm; 22] = [
    company(STARS, "21", "21", &BANNER, "软件开发工程师"),
    company("武汉渡桥云软件有限公司", "39", "34", &HONGSHAN, "后端开发工程师"),
    Firm { industry: None, ..company("湖北楚禾岭农业科技有限公司", "39", "11", &JIANGXIA, "农技推广员") },
    Firm { standing: Standing::Registered, ..company("武汉鹭澜渚餐饮管理有限公司", "39", "33", &HONGSHAN, "储备店长") },
    Firm { standing: Standing::Approved, ..company("恩施霁岭雾茶业有限公司", "39", "22", &ENSHI, "制茶工艺员") },
    Firm { standing: Standing::Suspended, ..company("武汉拓岸行物流有限公司", "39", "32", &JIANGXIA, "物流调度员") },
    company("湖北樟渡林建设工程有限公司", "31", "24", &JIANGXIA, "施工技术员"),
    Firm { registrar: PUBLIC_INSTITUTION, ..company("江城大学附属栖云中学", "22", "42", &HONGSHAN, "数学教师") },
    Firm { registrar: PUBLIC_INSTITUTION, ..company("恩施霁岭康复医院", "23", "43", &ENSHI, "护士") },
    company("武汉衡砚田会计服务有限公司", "39", "37", &HONGSHAN, "审计助理"),
    company("武汉澄渚湖环境治理有限公司", "39", "39", &JIANGXIA, "环境工程师"),
    company("宜昌峡澜渡电力工程有限公司", "31", "23", &YICHANG, "电气工程师"),
    company("湖北楚锻材新材料制造有限公司", "39", "22", &JIANGXIA, "材料工程师"),
    company("湖北禾汇川农村金融服务有限公司", "31", "35", &XIANGYANG, "客户经理"),
    company("武汉寻鹤汀文化传媒有限公司", "39", "44", &HONGSHAN, "新媒体编辑"),
    company("襄阳岘麓川汽车零部件有限公司", "32", "22", &XIANGYANG, "机械设计工程师"),
    Firm { registrar: PUBLIC_INSTITUTION, ..company("湖北量澜光电应用研究院", "20", "38", &HONGSHAN, "研究助理") },
    company("黄冈艾坡禾健康用品有限公司", "39", "31", &HUANGGANG, "区域销售代表"),
    company("荆州沙渚月旅游酒店有限公司", "39", "33", &JINGZHOU, "前厅管培生"),
    company("武汉楠庭屿物业服务有限公司", "39", "36", &HONGSHAN, "物业管理员"),
    Firm { standing: Standing::Rejected, ..company("武汉锦枫里教育咨询有限公司", "39", "42", &HONGSHAN, "课程顾问") },
    Firm { standing: Standing::Blocked, ..company("武汉汀舟启信息咨询有限公司", "39", "37", &JIANGXIA, "电话销售专员") },
];

/// Whose log-in is there before its employer is: it has to register.
pub(super) static NEWCOMER: Firm =
    Firm { standing: Standing::Registered, ..company("武汉初澜渡数据有限公司", "39", "34", &HONGSHAN, "数据分析师") };

/// The newcomer's row, behind all that there may be.
pub(super) const NEWCOMER_ROW: u16 = 900;

pub(super) const STARS: &str = "星光集团";

impl Firm {
    pub(super) fn record(&self, row: u16) -> Value {
        let confirmed = matches!(self.standing, Standing::Active | Standing::Blocked | Standing::Suspended);
        let by =
            |standing: Standing, school: &str, reason: &str| if self.standing == standing { json!({ school: reason }) } else { json!({}) };
        json!({
            "id": employer_id(row),
            "name": self.name,
            "credit_code": self.credit_code(row),
            "asked": (self.standing == Standing::Registered).then_some("99001"),
            "approved_by": self.approved_by(row),
            "rejected_by": by(Standing::Rejected, "99002", "营业执照与登记信息不一致，请核对后重新申请。"),
            "blocked_by": by(Standing::Blocked, "99001", "多名毕业生反映实际岗位与邀请函不符，核查期间限制签约。"),
            "suspended_at": (self.standing == Standing::Suspended).then_some("2026-10-01T08:00:00.000Z"),
            "signing_information": confirmed.then(|| self.signing_information(row)),
        })
    }

    pub(super) fn credit_code(&self, row: u16) -> String {
        if self.name == STARS {
            return "911306007216356986".to_owned();
        }
        let organisation = ORGANISATION_CODE.complete(format!("MA9K{:04}", 1000 + row));
        CREDIT_CODE.complete(format!("{}420199{organisation}", self.registrar))
    }

    pub(super) fn approved_by(&self, row: u16) -> &'static [&'static str] {
        match (self.standing, row % 4) {
            (Standing::Registered | Standing::Rejected, _) => &[],
            (Standing::Blocked, _) | (_, 3) => &["99002"],
            (_, 0) => &["99002", "99003"],
            (Standing::Approved | Standing::Active | Standing::Suspended, _) => &["99001"],
        }
    }

    pub(super) fn signing_information(&self, row: u16) -> Value {
        json!({
            "nature": self.nature,
            "industry": self.industry,
            "region": self.site.region,
            "address": (self.name != STARS).then(|| self.address(row)),
            "contact": {"name": contact(row), "phone": self.phone(row), "email": email(row)},
            "default_position": (row % 5 != 3).then_some(self.position),
            "file_receiving": self.file_receiving(row),
            "household_receiving": self.household_receiving(row),
        })
    }

    pub(super) fn address(&self, row: u16) -> String {
        format!("{}{row}号", self.site.address)
    }

    pub(super) fn phone(&self, row: u16) -> String {
        format!("{}-8765{:04}", self.site.dialling, 4320 + row)
    }

    pub(super) fn file_receiving(&self, row: u16) -> Value {
        let talent_service = || format!("{}人才服务中心（示例）", self.site.address.split("示例").next().unwrap_or_default());
        let (kind, organisation, department) = match row % 4 {
            0 => return json!({"accepts": "no"}),
            1 | 2 => ("employer", self.name.to_owned(), "人力资源部"),
            _ if row.is_multiple_of(3) => ("origin", talent_service(), "毕业生档案室"),
            _ => ("talent_service", talent_service(), "档案管理部"),
        };
        json!({
            "accepts": "yes",
            "kind": kind,
            "organisation": organisation,
            "address": self.address(row),
            "postcode": self.site.postcode,
            "department": department,
            "contact": contact(row),
            "phone": self.phone(row),
        })
    }

    pub(super) fn household_receiving(&self, row: u16) -> Value {
        match row % 4 {
            0 | 3 => json!({"accepts": "no"}),
            _ if row > 12 => json!({"accepts": "yes", "kind": null, "address": self.address(row)}),
            _ => json!({"accepts": "yes", "kind": "迁入单位集体户", "address": self.address(row)}),
        }
    }
}

pub(super) fn employer_id(row: u16) -> String {
    format!("e{row:03}")
}

pub(super) fn contact(row: u16) -> String {
    if row == 1 { "赵敏".to_owned() } else { name(400 + row) }
}

pub(super) fn email(row: u16) -> Option<String> {
    match row {
        1 => Some("hr@stars.example.com".to_owned()),
        2 => Some("hr@bridge.example.com".to_owned()),
        _ => (!row.is_multiple_of(7)).then(|| format!("hr@{}.example.com", employer_id(row))),
    }
}
