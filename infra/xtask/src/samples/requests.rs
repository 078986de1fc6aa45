//! Example bodies, one for each action that takes one.

use super::Student;
use super::employers::{FIRMS, Firm, NEWCOMER, NEWCOMER_ROW};
use serde_json::{Value, json};

/// One valid body per action. What stands in braces is filled in by whoever sends it.
pub(super) fn requests(students: &[Student]) -> Vec<(&'static str, Value)> {
    let letter = FIRMS.first().map(letter);
    let certification = json!({"nature": "21", "industry": "21", "region": "150521"});
    let mut requests = vec![
        ("add-candidate", json!({"student_ref": "{student_ref}", "position": "软件开发工程师", "remark": "校园招聘"})),
        ("send-invitations", json!({"student_refs": ["{student_ref}"], "response_days": 5, "letter": letter})),
        ("accept-invitation", json!({"confirmation_token": "{confirmation_token}", "read": true, "sign_now": true})),
        ("reject-invitation", json!({"reason": "已有其他意向"})),
        ("certify-agreement", json!({"decision": "pass", "version": 1, "employer": certification})),
        ("remove-candidates", json!({"student_refs": ["{student_ref}"]})),
        ("withdraw-invitation", json!({"version": 1})),
        ("extend-invitation", json!({"version": 1, "response_days": 10})),
        ("void-agreement", json!({"version": 2, "reason": "鉴证有误"})),
        ("read-messages", json!({"up_to": "2026-11-23T08:00:00.000Z#99001-iabcdefghij0123456789@1"})),
        ("review-employer", json!({"decision": "approve"})),
        ("correct-student", json!({"version": 1, "reason": "学籍信息有误", "mobile": "19900000000", "class": "软件2班"})),
        ("set-policy", policy()),
        ("save-offline-draft", on_paper()),
        ("preview-offline-agreement", json!({})),
        ("submit-offline-agreement", json!({"preview_sha256": "{preview_sha256}", "confirm": [true, true]})),
        ("review-agreement", json!({"decision": "pass", "version": 1, "reason": "信息完整"})),
        ("return-agreement", json!({"version": 2, "upload_ids": ["{upload_id}"]})),
        ("request-upload", upload()),
        ("confirm-upload", json!({})),
        ("request-termination", termination()),
        ("answer-termination", json!({"version": 1, "decision": "consent", "agreed": true, "notice_version": 1})),
        ("withdraw-termination", json!({"version": 1})),
        ("certify-termination", json!({"decision": "pass", "version": 2, "reason": "双方已协商一致"})),
        ("import-students", json!({"upload_id": "{upload_id}"})),
        ("export-employment-plan", export()),
        ("object-to-record", json!({"text": "单位所在地应为湖北省武汉市"})),
        ("answer-objection", json!({"version": 1, "text": "已核对协议书,所载无误"})),
        ("register-employment", json!({"destination": "801", "organisation": "武汉大学", "region": "420100", "remark": "推免"})),
        ("withdraw-registration", json!({"version": 1, "reason": "改为就业"})),
    ];
    requests.extend(FIRMS.first().map(|firm| ("confirm-employer", firm.signing_information(1))));
    let code = NEWCOMER.credit_code(NEWCOMER_ROW);
    requests.push(("register-employer", json!({"name": NEWCOMER.name, "credit_code": code, "school": "99001"})));
    // 陈未验 has not verified herself yet.
    requests.extend(students.get(4).map(|student| ("verify-student", verification(student))));
    requests.extend(students.first().map(|student| ("find-student", four_items(student))));
    requests
}

/// 录入协议书: all sections of an agreement on paper.
fn on_paper() -> Value {
    json!({
        "employer": {
            "name": "江城建筑设计院",
            "credit_code": "91420199MA9K60022U",
            "nature": "20",
            "industry": "38",
            "region": "420100",
            "address": "湖北省武汉市洪山区珞喻路1号",
            "postcode": "430070",
            "contact": {"name": "孙工", "phone": "027-87651234", "email": "hr@example.com"},
        },
        "signing": {
            "position": "建筑设计师",
            "job_category": "13",
            "workplace": "湖北省武汉市",
            "probation_months": 3,
            "pay": {"probation_monthly_fen": 720_000, "monthly_fen": 900_000},
        },
        "file_receiving": {"accepts": "no"},
        "household_receiving": {"accepts": "no"},
    })
}

/// 上传: a stamped agreement.
fn upload() -> Value {
    json!({
        "purpose": "stamped_agreement",
        "file_name": "盖章协议书.pdf",
        "content_type": "application/pdf",
        "length": 182_044,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    })
}

/// 申请解约, by a graduate; proofs are asked for of an agreement on paper only.
fn termination() -> Value {
    json!({
        "agreement_ids": ["{agreement_id}"],
        "notice_version": 1,
        "agreed": true,
        "reason_code": "S1",
        "reason": "已被录取为硕士研究生",
    })
}

/// 导出就业方案: of one college, what has ended marked, a few columns.
fn export() -> Value {
    json!({
        "graduation_year": 2027,
        "college": "c01",
        "with_ended": true,
        "columns": ["xsh", "xm", "sfzh", "byqxdm", "xybh", "dwmc", "bz"],
        "format": "xlsx",
    })
}

fn policy() -> Value {
    json!({
        "version": 0,
        "response_days_default": 7,
        "response_days_min": 3,
        "response_days_max": 15,
        "certification_level": "college_then_school",
        "offline_review_level": "either",
        "offline_certification_level": "either",
        "termination_certification_level": "school_only",
        "termination_quota": 1,
        "quota_counting": "per_initiator",
        "allow_offline_void": true,
        "allow_withdraw_before_certification": true,
        "open_graduation_years": [2026, 2027],
        "search_lock_after_failures": 5,
        "upload_max_mib": 10,
        "upload_types": ["pdf", "jpeg", "png"],
    })
}

/// 信息验证: what the roster says of the graduate.
fn verification(student: &Student) -> Value {
    json!({
        "school": student.place.0.id,
        "graduation_year": student.graduation_year,
        "name": student.person.name,
        "resident_id": student.person.resident_id(),
        "mobile": student.person.mobile(),
        "email": "chen@example.com",
    })
}

fn four_items(student: &Student) -> Value {
    json!({
        "school": student.place.0.id,
        "graduation_year": student.graduation_year,
        "name": student.person.name,
        "id_or_mobile": student.person.mobile(),
    })
}

fn letter(firm: &Firm) -> Value {
    json!({
        "position": firm.position,
        "job_category": "13",
        "workplace": "湖北省武汉市洪山区",
        "employment_form": "全日制劳动合同",
        "term_months": 36,
        "probation_months": 3,
        "pay": {"probation_monthly_fen": 800_000, "monthly_fen": 1_000_000},
        "benefits": "五险一金,提供住房",
        "report_on": "2027-07-01",
        "report_to": "星光集团人力资源部",
        "liability": "任何一方违约，应向对方支付违约金人民币5000元，并赔偿由此造成的直接损失。",
        "automatic_end": "升学、参军、录取公务员、未按期毕业、体检不合格",
        "disputes": "双方协商解决；协商不成的，向用人单位所在地人民法院提起诉讼。",
        "remark": "报到时须携带毕业证书、学位证书和报到通知；其他事项由劳动合同约定。",
        "file_receiving": firm.file_receiving(1),
        "household_receiving": firm.household_receiving(1),
    })
}
