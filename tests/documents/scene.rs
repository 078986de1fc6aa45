//! Documents as they come: usual ones, with names of rare characters; long ones; and bare ones, in which everything optional is empty.
//! `shared/documents/examples/weigh.rs` weighs and shows the same.

use documents::{
    Act, Agreement, Certification, Employer, Evidence, FileReceiving, Graduate, HouseholdReceiving, Invitation, Kept, Moment, Paper,
    School, Signing, Step, Termination, Terms,
};

/// When everything here is drawn.
pub(crate) const DRAWN_AT: Moment = Moment { year: 2026, month: 11, day: 24, hour: 15, minute: 40, second: 5 };
/// Names that few typefaces can show.
pub(crate) const RARE: &str = "张㛃𠅤䶮堃";
/// What the QR code says.
pub(crate) const ADDRESS: &str = "https://wq.example.edu.cn/verify/7Q3K9ZP1M5X8T2VB4N6DWHCRY0";

const NUMBER: &str = "99001-2027-000123";
const HASH: &str = "9f2c51ab77d0e4c20be19a3f5d8844c1b6f0a2e7d93c15486fbb01ea72c4d659";

#[expect(clippy::unnecessary_wraps, reason = "what stands in an optional field")]
fn some(text: &str) -> Option<String> {
    Some(text.into())
}

/// A text of so many characters, with everything that a line may not begin or end with.
pub(crate) fn long_text(length: usize) -> String {
    let sentence = "乙方报到时须携带毕业证书、学位证书（原件）及《就业协议书》；入职体检不合格的，本协议自动解除。\
        甲方提供住房补贴1,500元/月，试用期考核按《员工手册》第3.2条执行，联系邮箱hr@stars.example.com。";
    sentence.chars().cycle().take(length).collect()
}

fn employer() -> Employer {
    Employer {
        name: "星光智能装备（武汉）股份有限公司".into(),
        credit_code: "911306007216356986".into(),
        nature: some("其他企业"),
        industry: some("信息传输、软件和信息技术服务业"),
        region: some("湖北省武汉市洪山区"),
        address: some("湖北省武汉市洪山区珞喻路 1037 号光谷创新大厦 A 座 18 层"),
        postcode: some("430074"),
        supervisor: some("武汉市国有资产监督管理委员会"),
        contact: "李女士".into(),
        phone: "027-87654321".into(),
        email: some("hr@stars.example.com"),
    }
}

fn graduate() -> Graduate {
    Graduate {
        name: RARE.into(),
        gender: some("女"),
        ethnicity: some("土家族"),
        political_status: some("中共预备党员"),
        born_on: some("2004-01-01"),
        id_number: "42**************21".into(),
        school: "网签示范大学".into(),
        college: "计算机科学与技术学院".into(),
        major: "计算机应用技术".into(),
        class: some("软件3班"),
        degree: some("本科"),
        duration: some("4 年"),
        training: some("非定向"),
        origin: some("湖北省恩施土家族苗族自治州恩施市"),
        student_number: "20191009".into(),
        exam_number: some("23420101110001"),
        graduation_year: "2027 届".into(),
        mobile: "19900007919".into(),
        email: some("zhang@example.com"),
        address: some("湖北省恩施土家族苗族自治州恩施市舞阳坝街道航空大道 88 号 3 栋 2 单元 1502 室"),
    }
}

fn school() -> School {
    School {
        name: "网签示范大学".into(),
        college_opinion: None,
        school_opinion: None,
        officer: some("王老师"),
        phone: some("027-68750000"),
    }
}

fn files() -> FileReceiving {
    FileReceiving {
        accepts: true,
        kind: some("人才服务机构托管"),
        receiver: some("武汉市人才服务中心"),
        address: some("湖北省武汉市江汉区新华下路 15 号"),
        postcode: some("430015"),
        department: some("档案管理部"),
        contact: some("陈先生"),
        phone: some("027-85800000"),
    }
}

fn terms() -> Terms {
    Terms {
        position: "软件开发工程师".into(),
        job_category: "工程技术人员".into(),
        workplace: "湖北省武汉市洪山区".into(),
        employment_form: some("劳动合同"),
        term: some("36 个月"),
        probation: some("3 个月"),
        probation_pay: some("8,000.00 元/月"),
        pay: "10,000.00 元/月".into(),
        benefits: some("五险一金；住房补贴 1,500 元/月；年度体检"),
        report_on: some("2027-07-01"),
        report_to: some("湖北省武汉市洪山区珞喻路 1037 号光谷创新大厦 A 座一楼人力资源部"),
        liability: some("任何一方违约的，应向对方支付违约金人民币 3,000 元。"),
        automatic_end: some("乙方升学、参军、被录用为公务员或者未按期取得毕业证书的，本协议自动解除。"),
        disputes: some("双方协商解决；协商不成的，向甲方所在地人民法院起诉。"),
        remarks: some("乙方的网络安全竞赛成绩计入首年绩效考核。"),
    }
}

fn clauses() -> Vec<String> {
    [
        "甲方应如实介绍本单位的情况及拟聘职位，做好乙方的接收工作，不得以学习成绩以外的理由设置附加条件。",
        "乙方应如实介绍自己的情况，按约定的时间到甲方报到；遇有特殊情况不能按时报到的，应事先征得甲方同意。",
        "丙方应如实介绍乙方的情况，按时对本协议进行鉴证，并为乙方办理就业手续。",
        "乙方到甲方报到后，双方应依法订立劳动合同；劳动合同订立后，本协议自行终止。",
        "甲、乙双方协商一致可以解除本协议；解约经丙方鉴证通过后生效。",
        "本协议未尽事宜，由双方另行约定并写入备注。",
    ]
    .map(String::from)
    .to_vec()
}

pub(crate) fn agreement() -> Agreement {
    Agreement {
        employer: employer(),
        graduate: graduate(),
        school: school(),
        files: files(),
        household: HouseholdReceiving {
            accepts: true,
            kind: some("迁入单位集体户"),
            address: some("湖北省武汉市东湖新技术开发区关东街派出所"),
        },
        terms: terms(),
        clauses: clauses(),
        hash: HASH.into(),
    }
}

/// The same, once college and school have decided.
pub(crate) fn decided_agreement() -> Agreement {
    let usual = agreement();
    Agreement { school: School { college_opinion: some("同意"), school_opinion: some("同意"), ..usual.school }, ..usual }
}

/// An agreement with everything as long as the product lets it be.
pub(crate) fn long_agreement() -> Agreement {
    let usual = agreement();
    let name: String = "内蒙古自治区科尔沁左翼中旗星光集团矿产资源综合开发利用与生态环境修复工程技术研究中心（有限合伙）"
        .chars()
        .cycle()
        .take(100)
        .collect();
    Agreement {
        employer: Employer { name, address: some(&long_text(200)), ..usual.employer },
        graduate: Graduate {
            name: "阿卜杜热合曼·买买提·吐尔逊艾力·居马洪·如则买买提·图尔荪托合提·伊敏江阿不都热".into(),
            ..usual.graduate
        },
        terms: Terms {
            benefits: some(&long_text(500)),
            liability: some(&long_text(1_000)),
            automatic_end: some(&long_text(1_000)),
            disputes: some(&long_text(500)),
            remarks: some(&long_text(1_000)),
            ..usual.terms
        },
        ..usual
    }
}

/// An agreement in which everything optional is empty.
pub(crate) fn bare_agreement() -> Agreement {
    let Agreement { employer, graduate, school, terms, hash, .. } = agreement();
    Agreement {
        employer: Employer {
            name: employer.name,
            credit_code: employer.credit_code,
            contact: employer.contact,
            phone: employer.phone,
            ..Employer::default()
        },
        graduate: Graduate {
            name: "李明".into(),
            id_number: graduate.id_number,
            school: graduate.school,
            college: graduate.college,
            major: graduate.major,
            degree: graduate.degree,
            student_number: graduate.student_number,
            graduation_year: graduate.graduation_year,
            mobile: graduate.mobile,
            ..Graduate::default()
        },
        school: School { name: school.name, ..School::default() },
        terms: Terms {
            position: terms.position,
            job_category: terms.job_category,
            workplace: terms.workplace,
            pay: terms.pay,
            ..Terms::default()
        },
        hash,
        ..Agreement::default()
    }
}

pub(crate) fn signing() -> Signing {
    let act = |what: &str, who: &str, at: &str| Act { what: what.into(), who: who.into(), at: at.into() };
    Signing {
        employer: act("发送签约邀请", "李女士", "2026-11-23 09:02:11"), graduate: act("同意签约", RARE, "2026-11-23 10:15:32")
    }
}

pub(crate) fn certification() -> Certification {
    Certification {
        number: NUMBER.into(),
        certifier: "王老师（就业指导中心）".into(),
        at: "2026-11-24 15:40:05".into(),
        address: ADDRESS.into(),
    }
}

pub(crate) fn paper() -> Paper {
    Paper { number: NUMBER.into(), address: ADDRESS.into() }
}

pub(crate) fn letter() -> Invitation {
    Invitation {
        reference: "YQ-20261123-0007".into(),
        employer: employer(),
        graduate: RARE.into(),
        studies: some("网签示范大学　计算机科学与技术学院　计算机应用技术　2027 届"),
        terms: terms(),
        files: files(),
        household: HouseholdReceiving { accepts: false, ..HouseholdReceiving::default() },
        sent_at: "2026-11-23 09:02".into(),
        answer_until: "2026-11-28 09:02".into(),
        hash: HASH.into(),
    }
}

pub(crate) fn termination() -> Termination {
    Termination {
        number: NUMBER.into(),
        employer: employer().name,
        credit_code: employer().credit_code,
        graduate: RARE.into(),
        student_number: "20191009".into(),
        school: "网签示范大学".into(),
        college: "计算机科学与技术学院".into(),
        major: "计算机应用技术".into(),
        way: "线上签约".into(),
        signed_at: "2026-11-24 15:40:05".into(),
        initiator: "毕业生".into(),
        reason: "升学：已被录取为硕士研究生，经与单位协商一致解除就业协议。".into(),
        asked_at: "2027-04-02 08:30:00".into(),
        consented_at: some("2027-04-03 14:05:27"),
        proof: None,
        certifier: some("王老师（就业指导中心）"),
        certified_at: "2027-04-06 10:12:44".into(),
        address: ADDRESS.into(),
        hash: HASH.into(),
    }
}

/// The evidence of a signing with so many steps.
pub(crate) fn evidence(steps: usize) -> Evidence {
    let kinds = [
        ("发送签约邀请", "李女士（星光智能装备）", "单位账户登录，确认发送"),
        ("查看邀请函", RARE, "毕业生账户登录"),
        ("同意", RARE, "毕业生账户登录，逐步确认，现在签约"),
        ("学院已通过,等待学校鉴证", "赵老师", "学院账户登录"),
        ("签约鉴证通过", "王老师", "学校账户登录"),
    ];
    let hash = |number: usize| HASH.chars().cycle().skip(number % 64).take(64).collect::<String>();
    let step = |(number, (what, who, how)): (usize, &(&str, &str, &str))| Step {
        at: format!("2026-11-{:02} {:02}:{:02}:11", 23 + number / 60 % 7, 9 + number % 60 / 6, number % 6 * 10),
        what: (*what).into(),
        who: (*who).into(),
        how: (*how).into(),
        hash: hash(number),
    };
    let kept = |name: &str, at: &str, number| Kept { name: name.into(), at: at.into(), hash: hash(number) };
    Evidence {
        reference: "CZ-20261124-0031".into(),
        subject: "电子协议书".into(),
        number: some(NUMBER),
        employer: employer().name,
        graduate: RARE.into(),
        school: "网签示范大学".into(),
        stage: "签约鉴证通过".into(),
        documents: vec![
            kept("邀请函", "2026-11-23 09:02:11", 3),
            kept("电子协议书（待鉴证）", "2026-11-23 10:15:32", 7),
            kept("电子协议书", "2026-11-24 15:40:05", 11),
        ],
        steps: kinds.iter().cycle().take(steps).enumerate().map(step).collect(),
        chain_head: HASH.into(),
        sealed_root: some(&hash(17)),
        sealed_at: some("2026-11-24 16:00:00"),
        key: some("evidence-2026"),
        made_at: "2026-11-24 16:20:00".into(),
        address: some(ADDRESS),
    }
}
