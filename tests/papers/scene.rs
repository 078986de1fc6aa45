//! A graduate, an employer and a letter as the domain holds them: usual ones; and bare ones, in which everything optional is empty.

use domain::agreement::OfflineText;
use domain::letter::Letter;
use domain::student::Student;
use domain::values::{Mobile, ResidentId, StudentId};
use serde_json::{Value, json};
use vault::{Keys, Vault};

pub(super) const NAME: &str = "张㛃𠅤䶮堃";
pub(super) const MASK: &str = "张*堃";
pub(super) const RESIDENT_ID: &str = "420199200301150013";
pub(super) const MOBILE: &str = "19900007919";
pub(super) const EMPLOYER: &str = "星光智能装备（武汉）股份有限公司";

pub(super) fn vault() -> Vault {
    let zeros = format!("{}=", "A".repeat(43));
    Vault::open(&Keys { sealing: zeros.clone(), lookup: zeros }).unwrap()
}

/// A graduate of whom the roster knows everything.
pub(super) fn student() -> Student {
    student_with(&json!({
        "name": NAME, "email": "zhang@example.com", "class": "软件3班", "education": "本科毕业",
        "particulars": {
            "sex": "女", "ethnicity": "土家族", "political_status": "中共预备党员", "schooling_years": 4, "training_mode": "非定向",
            "origin": "422801", "examinee_number": "23420101110001",
            "home_address": "湖北省恩施土家族苗族自治州恩施市舞阳坝街道航空大道 88 号 3 栋 2 单元 1502 室",
        },
    }))
}

/// A graduate of whom the roster knows no more than it must.
pub(super) fn bare_student() -> Student {
    student_with(&json!({ "name": "李明", "email": null, "class": null, "education": null }))
}

fn student_with(more: &Value) -> Student {
    let id = StudentId::parse("99001-s00000000000000000001").unwrap();
    let resident_id = vault().seal_resident_id(&id, &ResidentId::parse(RESIDENT_ID).unwrap());
    let mobile = vault().seal_mobile(&id, &Mobile::parse(MOBILE).unwrap());
    let mut student = json!({
        "id": id, "person": "p1", "school": "99001", "school_name": "网签示范大学", "college": "c01", "college_name": "计算机科学与技术学院",
        "graduation_year": 2027, "student_number": "20191009", "resident_id": resident_id, "mobile": mobile, "major": "计算机应用技术",
        "verified": null,
    });
    student.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(student).unwrap()
}

/// A letter with everything in it, but for 单位行业, which its employer left open.
pub(super) fn letter() -> Letter {
    let employer = json!({
        "name": EMPLOYER, "credit_code": "911306007216356986", "nature": "39", "industry": null, "region": "420111",
        "address": "湖北省武汉市洪山区珞喻路 1037 号光谷创新大厦 A 座 18 层", "postcode": "430074", "supervisor": "武汉市国有资产监督管理委员会",
        "contact": { "name": "李女士", "phone": "027-87654321", "email": "hr@stars.example.com" },
    });
    let signing = json!({
        "position": "软件开发工程师", "job_category": "13", "workplace": "湖北省武汉市洪山区", "employment_form": "劳动合同", "term_months": 36,
        "probation_months": 3, "pay": { "probation_monthly_fen": 800_000, "monthly_fen": 123_456_789 },
        "benefits": "五险一金；住房补贴\t1,500 元/月\n年度体检", "report_on": "2027-07-01", "report_to": "光谷创新大厦 A 座一楼人力资源部",
        "liability": "任何一方违约的，应向对方支付违约金人民币 3,000 元。", "automatic_end": "乙方升学、参军或者未按期取得毕业证书的，本协议自动解除。",
        "disputes": "双方协商解决；协商不成的，向甲方所在地人民法院起诉。", "remark": "乙方的网络安全竞赛成绩计入首年绩效考核。",
    });
    let files = json!({
        "accepts": "yes", "kind": "talent_service", "organisation": "武汉市人才服务中心", "address": "湖北省武汉市江汉区新华下路 15 号",
        "postcode": "430015", "department": "档案管理部", "contact": "陈先生", "phone": "027-85800000",
    });
    letter_of(&employer, &signing, &files, &json!({ "accepts": "yes", "kind": "迁入单位集体户", "address": "武汉市关东街派出所" }))
}

/// A letter that says no more than it must.
pub(super) fn bare_letter() -> Letter {
    let contact = json!({ "name": "赵敏", "phone": "027-87654321" });
    let employer = json!({ "name": "星光集团", "credit_code": "911306007216356986", "contact": contact });
    let signing =
        json!({ "position": "教师", "job_category": "24", "workplace": "武汉", "probation_months": 0, "pay": { "monthly_fen": 1 } });
    letter_of(&employer, &signing, &json!({ "accepts": "no" }), &json!({ "accepts": "no" }))
}

fn letter_of(employer: &Value, signing: &Value, files: &Value, household: &Value) -> Letter {
    let letter = json!({
        "employer_id": "e1", "employer": employer, "signing": signing, "file_receiving": files, "household_receiving": household,
    });
    serde_json::from_value(letter).unwrap()
}

/// What a graduate enters of an agreement on paper.
pub(super) fn offline_text(letter: Letter) -> OfflineText {
    let Letter { employer, signing, file_receiving, household_receiving, .. } = letter;
    OfflineText { employer, signing, file_receiving, household_receiving }
}
