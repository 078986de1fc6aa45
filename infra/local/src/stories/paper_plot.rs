//! Who signs on paper, and who registers something else: agreements in every stage of 线下签约, a draft, and registrations.

/// An agreement on paper, from its draft.
pub(super) struct PaperStory {
    /// The graduate's log-in.
    pub(super) by: &'static str,
    /// With whom.
    pub(super) employer: &'static PaperEmployer,
    /// When the draft was saved, days before the first start.
    pub(super) days_ago: i64,
    /// Whether nothing is missing.
    pub(super) complete: bool,
    /// What followed, each step days before the first start.
    pub(super) then: &'static [(i64, PaperStep)],
}

/// An employer that is not on the platform.
pub(super) struct PaperEmployer {
    pub(super) name: &'static str,
    pub(super) credit_code: &'static str,
    pub(super) nature: &'static str,
    pub(super) industry: &'static str,
    pub(super) region: &'static str,
    pub(super) position: &'static str,
    pub(super) job_category: &'static str,
    pub(super) monthly_fen: u64,
}

/// What somebody does; officers by their log-ins.
#[derive(Clone, Copy)]
pub(super) enum PaperStep {
    /// 保存并生成协议书.
    DrawUp,
    /// 协议书审核通过.
    Review(&'static str),
    /// 协议书审核不通过.
    Refuse(&'static str, &'static str),
    /// 反馈协议书.
    Return,
    /// 签约鉴证通过.
    Pass(&'static str),
    /// 签约鉴证不通过.
    Fail(&'static str, &'static str),
    /// 作废, by the graduate.
    Void(&'static str),
    /// 解约申请 with its proof, for a coded reason and in words.
    Ask(&'static str, &'static str),
    /// 解约鉴证通过.
    Dissolve(&'static str),
    /// 解约鉴证不通过.
    Keep(&'static str, &'static str),
}

/// 就业信息登记.
pub(super) struct Registered {
    /// The graduate's log-in.
    pub(super) of: &'static str,
    /// When, days before the first start.
    pub(super) days_ago: i64,
    /// 毕业去向类别.
    pub(super) destination: &'static str,
    /// Where to.
    pub(super) organisation: &'static str,
    /// When it was withdrawn, and why.
    pub(super) withdrawn: Option<(i64, &'static str)>,
}

use PaperStep::{Ask, Dissolve, DrawUp, Fail, Keep, Pass, Refuse, Return, Review, Void};

static INSTITUTE: PaperEmployer = PaperEmployer {
    name: "江城建筑设计院",
    credit_code: "91420199MA9K60022U",
    nature: "20",
    industry: "38",
    region: "420111",
    position: "建筑设计师",
    job_category: "13",
    monthly_fen: 900_000,
};

static SCHOOL: PaperEmployer = PaperEmployer {
    name: "江城市第七中学",
    credit_code: "12420199MA9K600335",
    nature: "22",
    industry: "42",
    region: "420106",
    position: "化学教师",
    job_category: "24",
    monthly_fen: 750_000,
};

static WORKS: PaperEmployer = PaperEmployer {
    name: "江城新材料有限公司",
    credit_code: "91420199MA9K60011P",
    nature: "31",
    industry: "22",
    region: "420113",
    position: "工艺工程师",
    job_category: "13",
    monthly_fen: 820_000,
};

const fn paper(by: &'static str, employer: &'static PaperEmployer, days_ago: i64, then: &'static [(i64, PaperStep)]) -> PaperStory {
    PaperStory { by, employer, days_ago, complete: true, then }
}

/// All at 99002: the first number of 99001 and 2027 is the first signing's.
pub(super) static ON_PAPER: [PaperStory; 10] = [
    // 暂存, not complete.
    PaperStory { by: "wang", employer: &INSTITUTE, days_ago: 1, complete: false, then: &[] },
    // 协议书审核, 协议书审核不通过, 待反馈.
    paper("s0006", &INSTITUTE, 2, &[(1, DrawUp)]),
    paper("s0046", &SCHOOL, 6, &[(5, DrawUp), (4, Refuse("teacher-99002-c03", "统一社会信用代码与单位名称不一致"))]),
    paper("s0136", &INSTITUTE, 7, &[(6, DrawUp), (5, Review("teacher-99002-c02"))]),
    // 等待签约鉴证, with a second scan; 签约鉴证通过; 签约鉴证不通过.
    paper(
        "s0176",
        &WORKS,
        12,
        &[
            (11, DrawUp),
            (10, Review("teacher-99002-c03")),
            (7, Return),
            (6, Fail("office-99002", "单位印章不清晰，请重新扫描")),
            (2, Return),
        ],
    ),
    paper("s0086", &INSTITUTE, 15, &[(14, DrawUp), (13, Review("office-99002")), (10, Return), (9, Pass("teacher-99002-c04"))]),
    paper(
        "s0216",
        &WORKS,
        9,
        &[(8, DrawUp), (7, Review("teacher-99002-c04")), (4, Return), (3, Fail("office-99002", "缺少毕业生本人签字"))],
    ),
    // 已作废; 已解约, after a proof that was not taken; 等待解约鉴证.
    paper("s0266", &INSTITUTE, 20, &[(19, DrawUp), (18, Review("teacher-99002-c02")), (6, Void("单位一直未盖章"))]),
    paper(
        "s0306",
        &SCHOOL,
        30,
        &[
            (29, DrawUp),
            (28, Review("teacher-99002-c03")),
            (25, Return),
            (24, Pass("office-99002")),
            (15, Ask("S1", "已被录取为硕士研究生")),
            (14, Keep("office-99002", "证明材料缺少单位公章")),
            (10, Ask("S1", "已被录取为硕士研究生，证明材料已重新盖章")),
            (9, Dissolve("office-99002")),
        ],
    ),
    paper(
        "zhou",
        &WORKS,
        18,
        &[(17, DrawUp), (16, Review("teacher-99002-c01")), (13, Return), (12, Pass("office-99002")), (2, Ask("S6", "已考取公务员"))],
    ),
];

/// Registrations that hold, and one that was withdrawn.
pub(super) static REGISTERED: [Registered; 3] = [
    Registered { of: "s0276", days_ago: 5, destination: "801", organisation: "武汉大学", withdrawn: None },
    Registered { of: "s0311", days_ago: 6, destination: "85", organisation: "曼彻斯特大学", withdrawn: None },
    Registered { of: "s0106", days_ago: 4, destination: "46", organisation: "江城市武装部", withdrawn: Some((2, "体检未通过")) },
];
