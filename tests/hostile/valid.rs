//! One valid request for each action: what every hostile request differs from in one thing.

use super::endings::termination;
use super::request::{Login, Request};
use super::scene::{Scene, Signing};
use crate::support::{Handed, XLSX, letter, offline_text};
use api::actions::Takes;
use api::{Action, IdempotencyKey, actions};
use http::Method;
use serde_json::{Value, json};

/// Who says what, about which object.
struct Saying<'s> {
    by: Option<&'s Login>,
    id: Option<&'s str>,
    query: &'static str,
    body: Value,
}

fn asks(by: &Login) -> Saying<'_> {
    Saying { by: Some(by), id: None, query: "", body: Value::Null }
}

fn says(by: &Login, body: Value) -> Saying<'_> {
    Saying { body, ..asks(by) }
}

fn says_of<'s>(by: &'s Login, id: &'s str, body: Value) -> Saying<'s> {
    Saying { id: Some(id), ..says(by, body) }
}

/// A request of this action that does what it asks for, with every object and version that its body may have.
pub(crate) fn valid(scene: &Scene, action: &Action) -> Request {
    let Saying { by, id, query, body } = saying(scene, action);
    assert_eq!(id.is_some(), action.path.contains("{id}"), "{}", action.name);
    let path = action.path.replace("{id}", id.unwrap_or_default());
    let (media_type, body) = match (&action.method, action.takes) {
        (&Method::GET, _) => (None, Vec::new()),
        (_, Takes::Json) => (Some("application/json"), body.to_string().into()),
        (_, Takes::Xlsx) => (Some(XLSX), scene.sheet.clone()),
    };
    Request {
        by: by.cloned(),
        authorization: by.map(|login| format!("Bearer {}", login.token)),
        method: action.method.clone(),
        path: format!("{path}{query}"),
        id: id.map(str::to_owned),
        key: (action.idempotency != IdempotencyKey::Unused).then(|| scene.world.new_key()),
        media_type,
        body,
    }
}

fn saying<'s>(scene: &'s Scene, action: &Action) -> Saying<'s> {
    let Scene { stars, teacher, office, to_extend, to_accept, to_reject, to_withdraw, pending, certified, .. } = scene;
    let roster = |by: &'s Login| Saying { query: "?graduation_year=2027", ..asks(by) };
    match action.name {
        "get-home" | "list-messages" | "list-invitations" => asks(&to_extend.graduate),
        "read-messages" => says(&to_extend.graduate, json!({ "up_to": scene.message })),
        "get-reference-data" => Saying { by: None, ..asks(stars) },
        "register-employer" => says(&scene.newcomer, json!({ "name": "新来公司", "credit_code": "91420199MA9K1004XT", "school": "99001" })),
        "confirm-employer" => says(stars, information()),
        "find-student" => says(stars, scene.found.1.clone()),
        "list-candidates" | "get-candidate-template" | "import-candidates" => asks(stars),
        "add-candidate" => says(stars, json!({ "student_ref": scene.found.0, "position": "工程师", "remark": "面试" })),
        "remove-candidates" => says(stars, json!({ "student_refs": [scene.listed[1]] })),
        "send-invitations" => says(stars, json!({ "student_refs": [scene.listed[0]], "letter": letter(), "response_days": 5 })),
        "get-invitation" | "get-invitation-letter" => says_of(&to_extend.graduate, &to_extend.id, Value::Null),
        "withdraw-invitation" => says_of(stars, &to_withdraw.id, json!({ "version": 1 })),
        "extend-invitation" => says_of(stars, &to_extend.id, json!({ "version": 1, "response_days": 10 })),
        "verify-student" => says(&scene.unverified.0, scene.unverified.1.clone()),
        "accept-invitation" => {
            let body = json!({ "confirmation_token": to_accept.shown, "read": true, "sign_now": true });
            says_of(&to_accept.graduate, &to_accept.id, body)
        }
        "reject-invitation" => says_of(&to_reject.graduate, &to_reject.id, json!({ "reason": "已有去向" })),
        "list-agreements" => asks(&pending.graduate),
        "get-agreement" | "get-agreement-document" | "get-evidence-certificate" => says_of(&pending.graduate, &pending.id, Value::Null),
        "verify-document" => Saying { by: None, ..says_of(stars, "99001-2027-000001", Value::Null) },
        "void-agreement" => says_of(office, &certified.id, json!({ "version": 2, "reason": "信息有误" })),
        "get-offline-draft" => asks(&scene.drafter.0),
        "save-offline-draft" => {
            let mut sections = offline_text();
            sections["version"] = json!(1);
            says(&scene.drafter.0, sections)
        }
        "preview-offline-agreement" => says(&scene.drafter.0, json!({})),
        "submit-offline-agreement" => says(&scene.drafter.0, json!({ "preview_sha256": scene.drafter.1, "confirm": [true, true] })),
        "review-agreement" => says_of(teacher, &scene.on_paper[0].id, json!({ "decision": "pass", "version": 1, "reason": "完整" })),
        "return-agreement" => {
            let Signing { graduate, id } = &scene.on_paper[1];
            says_of(graduate, id, json!({ "version": 2, "upload_ids": [scene.scan] }))
        }
        "request-upload" => says(&scene.drafter.0, Handed::pixel("stamped_agreement").promise()),
        "confirm-upload" => says_of(&scene.to_confirm.graduate, &scene.to_confirm.id, json!({})),
        "get-upload" => says_of(&scene.handed_in.graduate, &scene.handed_in.id, Value::Null),
        "request-termination" => says(&scene.to_end.graduate, termination(&scene.to_end.id)),
        "list-terminations" => asks(&scene.asked[0].graduate),
        "get-termination-letter" => says_of(&scene.ended.graduate, &scene.ended.id, Value::Null),
        "get-termination" => says_of(&scene.asked[0].graduate, &scene.asked[0].id, Value::Null),
        "answer-termination" => {
            let consent = json!({ "version": 1, "decision": "consent", "agreed": true, "notice_version": 1 });
            says_of(stars, &scene.asked[0].id, consent)
        }
        "withdraw-termination" => says_of(&scene.asked[1].graduate, &scene.asked[1].id, json!({ "version": 1 })),
        "certify-termination" => says_of(office, &scene.asked[2].id, json!({ "decision": "pass", "version": 2, "reason": "协商一致" })),
        "register-employment" => {
            let student = json!({ "student_id": scene.free, "destination": "801", "organisation": "武汉大学" });
            says(office, student)
        }
        "list-registrations" => asks(&scene.registered.graduate),
        "withdraw-registration" => says_of(&scene.registered.graduate, &scene.registered.id, json!({ "version": 1, "reason": "改为就业" })),
        "list-reviews" | "list-objections" => asks(teacher),
        "certify-agreement" => {
            let starred = json!({ "nature": "21", "industry": "34", "region": "150521" });
            says_of(teacher, &pending.id, json!({ "decision": "pass", "version": 1, "employer": starred }))
        }
        "list-students" | "list-plan-records" | "get-statistics" => roster(teacher),
        "correct-student" => says_of(office, &scene.found.2, json!({ "version": 1, "reason": "转班", "class": "软件4班" })),
        "list-employers" => Saying { query: "?status=approved", ..asks(office) },
        "review-employer" => says_of(office, &scene.asking, json!({ "decision": "approve", "version": 1 })),
        "import-students" => says(office, json!({ "upload_id": scene.roster })),
        "get-job" => says_of(office, &scene.job, Value::Null),
        "export-employment-plan" => says(office, json!({ "graduation_year": 2027, "college": "c01", "columns": ["xm"], "format": "csv" })),
        "object-to-record" => says_of(&scene.to_end.graduate, &scene.to_end.id, json!({ "text": "单位名称有误" })),
        "answer-objection" => says_of(office, &certified.id, json!({ "version": 1, "text": "已核对" })),
        "get-policy" | "get-roster-template" => asks(office),
        "set-policy" => says(office, json!({ "version": 0, "search_lock_after_failures": 6 })),
        name => panic!("say here how to call {name}"),
    }
}

fn information() -> Value {
    json!({
        "version": 1,
        "nature": "21",
        "industry": "21",
        "region": "150521",
        "contact": { "name": "赵敏", "phone": "027-87654321" },
        "file_receiving": { "accepts": "no" },
        "household_receiving": { "accepts": "yes", "address": "武汉市洪山区珞喻路1号" },
    })
}

/// What every hostile request starts from does what it asks for, each in turn.
#[tokio::test]
async fn every_action_has_a_request_that_succeeds() {
    let scene = Scene::new().await;
    for action in actions::ALL {
        let answer = scene.sends(&valid(&scene, action)).await;
        assert_eq!(answer.status, action.success, "{}: {}", action.name, answer.text);
    }
}
