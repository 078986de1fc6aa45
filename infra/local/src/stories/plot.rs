//! Who does what and how long ago: letters and agreements in every stage. 黄河水9 stays unsigned, for the first signing.

/// A letter, and what has come of it.
pub(super) struct Story {
    /// The employer's log-in.
    pub(super) by: &'static str,
    /// The graduate's log-in.
    pub(super) to: &'static str,
    /// When the letter was sent, days before the first start.
    pub(super) days_ago: i64,
    /// How many days the graduate had.
    pub(super) period: i64,
    /// What followed, each step days before the first start.
    pub(super) then: &'static [(i64, Step)],
}

/// What somebody does; officers by their log-ins.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// 同意.
    Accept,
    /// 拒绝.
    Reject(&'static str),
    /// 撤回, by the employer.
    Withdraw,
    /// 延长反馈期限 to so many days.
    Extend(i64),
    /// 邀约过期, by the sweep.
    Expire,
    /// 签约鉴证通过; where two levels certify, the college's approval first.
    Pass(&'static str),
    /// 签约鉴证不通过.
    Fail(&'static str, &'static str),
    /// 撤回签约, by the graduate.
    TakeBack(&'static str),
    /// 撤销鉴证.
    Revoke(&'static str, &'static str),
    /// What is asked, answered and decided about a termination.
    End(Ending),
}

/// What happens to a request to terminate.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    /// 申请解约, by this side, for a coded reason and in words.
    Ask(Initiator, &'static str, &'static str),
    /// 同意解约.
    Consent,
    /// 不同意解约.
    Refuse(&'static str),
    /// 撤回解约申请.
    TakeBack,
    /// 解约鉴证通过.
    Pass(&'static str),
    /// 解约鉴证不通过.
    Fail(&'static str, &'static str),
}

use Step::{Accept, End, Expire, Extend, Fail, Pass, Reject, Revoke, TakeBack, Withdraw};
use domain::party::Initiator;

const fn story(by: &'static str, to: &'static str, days_ago: i64, period: i64, then: &'static [(i64, Step)]) -> Story {
    Story { by, to, days_ago, period, then }
}

const fn stars(to: &'static str, days_ago: i64, period: i64, then: &'static [(i64, Step)]) -> Story {
    story("stars-hr", to, days_ago, period, then)
}

const fn bridge(to: &'static str, days_ago: i64, period: i64, then: &'static [(i64, Step)]) -> Story {
    story("bridge-hr", to, days_ago, period, then)
}

/// 99003 certifies at two levels and lets graduates withdraw; 99001 and 99002 certify at either. Certified agreements of 99001 are of
/// graduation year 2026: the first of 2027 is the first signing's.
pub(super) static STORIES: [Story; 32] = [
    // 待应约, one of them with more time, and one past its deadline that nobody has swept.
    stars("s0056", 1, 20, &[]),
    stars("s0026", 3, 10, &[(1, Extend(25))]),
    stars("s0146", 6, 5, &[]),
    // 邀约过期, 已拒绝, 已撤回.
    stars("s0276", 14, 5, &[(8, Expire)]),
    stars("s0106", 5, 7, &[(4, Reject("已决定继续深造"))]),
    stars("s0236", 4, 7, &[(3, Withdraw)]),
    // 已应约, and where the agreement stands.
    stars("s0156", 4, 7, &[(2, Accept)]),
    stars("s0247", 20, 10, &[(18, Accept), (16, Pass("teacher-99001-c01"))]),
    stars("s0286", 9, 7, &[(8, Accept), (7, Fail("teacher-99001-c01", "工作地点与邀请函所附材料不一致，请与单位核实"))]),
    stars("s0126", 6, 7, &[(5, Accept), (3, Pass("teacher-99003-c01"))]),
    stars("s0036", 8, 7, &[(7, Accept), (6, TakeBack("家庭原因，需回原籍就业"))]),
    stars(
        "s0076",
        25,
        10,
        &[
            (23, Accept),
            (21, Pass("teacher-99003-c03")),
            (20, Pass("office-99003")),
            (12, Revoke("office-99003", "鉴证时误将专升本学生按应届毕业生处理")),
        ],
    ),
    // 已解约; after a refusal and a request that was taken back.
    stars(
        "s0206",
        29,
        10,
        &[
            (28, Accept),
            (26, Pass("teacher-99003-c03")),
            (25, Pass("office-99003")),
            (22, End(Ending::Ask(Initiator::Student, "S2", "家人希望我回本地工作"))),
            (21, End(Ending::Refuse("项目已为该岗位预留名额，请再考虑"))),
            (19, End(Ending::Ask(Initiator::Employer, "E1", "岗位编制调整"))),
            (18, End(Ending::TakeBack)),
            (14, End(Ending::Ask(Initiator::Student, "S1", "已被录取为硕士研究生"))),
            (13, End(Ending::Consent)),
            (10, End(Ending::Pass("office-99003"))),
        ],
    ),
    // 等待对方处理: the graduate has asked.
    stars(
        "s0246",
        12,
        10,
        &[
            (11, Accept),
            (9, Pass("teacher-99003-c04")),
            (8, Pass("office-99003")),
            (2, End(Ending::Ask(Initiator::Student, "S9", "希望从事专业对口的工作"))),
        ],
    ),
    bridge("huang", 1, 15, &[]),
    bridge("s0286", 5, 20, &[]),
    // Signed elsewhere: this letter is view only.
    bridge("s0156", 2, 20, &[]),
    bridge("s0196", 6, 7, &[(5, Reject("希望从事会计工作"))]),
    bridge("s0016", 4, 7, &[(3, Withdraw)]),
    bridge("s0186", 13, 5, &[(7, Expire)]),
    bridge("s0066", 3, 7, &[(2, Accept)]),
    // 等待解约鉴证: the employer has asked, the graduate consents.
    bridge(
        "s0027",
        17,
        10,
        &[
            (15, Accept),
            (14, Pass("office-99001")),
            (4, End(Ending::Ask(Initiator::Employer, "E1", "公司业务调整，该岗位取消"))),
            (3, End(Ending::Consent)),
        ],
    ),
    bridge("s0166", 4, 7, &[(3, Accept)]),
    bridge("s0256", 9, 7, &[(8, Accept), (6, Pass("teacher-99003-c01")), (5, Fail("office-99003", "薪酬低于当地最低工资标准"))]),
    story("hr-e003", "s0226", 5, 10, &[(4, Accept)]),
    story("hr-e008", "s0296", 7, 10, &[(5, Accept)]),
    // 解约鉴证不通过: the signing stays.
    story(
        "hr-e009",
        "s0116",
        11,
        10,
        &[
            (10, Accept),
            (8, Pass("teacher-99003-c04")),
            (7, Pass("office-99003")),
            (6, End(Ending::Ask(Initiator::Student, "S6", "已考取公务员"))),
            (5, End(Ending::Consent)),
            (4, End(Ending::Fail("office-99003", "请先与单位就违约责任达成书面一致"))),
        ],
    ),
    // The employer asks, the graduate has not answered.
    stars(
        "s0256",
        4,
        7,
        &[
            (3, Accept),
            (3, Pass("teacher-99003-c01")),
            (2, Pass("office-99003")),
            (1, End(Ending::Ask(Initiator::Employer, "E1", "招聘计划缩减"))),
        ],
    ),
    story("hr-e010", "s0196", 4, 7, &[(3, Accept)]),
    story("hr-e012", "s0096", 10, 10, &[(9, Accept), (7, Pass("office-99002"))]),
    story("hr-e013", "li", 2, 20, &[]),
    story("hr-e016", "s0016", 2, 20, &[]),
];

/// Who is on whose send list, and not invited yet.
pub(super) static LISTED: [(&str, &str); 2] = [("stars-hr", "s0016"), ("bridge-hr", "s0236")];

/// 工作职位类别 of what each employer offers.
pub(super) fn job_category(employer: &str) -> &'static str {
    match employer {
        "e001" | "e002" | "e012" | "e013" | "e016" => "13",
        "e003" => "17",
        "e008" => "24",
        "e009" => "19",
        "e010" => "21",
        _ => "90",
    }
}
