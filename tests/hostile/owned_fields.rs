//! What is the server's to say, said by a caller: each such field is refused by its name, in every object of every body.

use super::scene::Scene;
use super::valid::valid;
use api::actions::{self, Takes};
use serde_json::{Value, json};

/// Names under which the server keeps, or answers, what no caller decides. A body that truly has such a field says so by having it.
const OWNED: [&str; 39] = [
    "account",
    "actions",
    "actor",
    "approved_by",
    "asked",
    "at",
    "audit_head",
    "blocked_by",
    "certification",
    "certified_by",
    "certifier",
    "college_approval",
    "college_id",
    "confirmation_hash",
    "created_at",
    "credit_code_checked",
    "employer_id",
    "expires_at",
    "head",
    "id",
    "number",
    "person",
    "pk",
    "role",
    "school_id",
    "schema",
    "sent_at",
    "seq",
    "sk",
    "stage",
    "stage_label",
    "status",
    "student_id",
    "suspended_at",
    "tenant",
    "updated_at",
    "verified",
    "version",
    "withdrawable",
];

/// Reliability 2.6: mass assignment.
#[tokio::test]
async fn no_field_of_the_servers_can_be_set_by_a_caller() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| action.body_limit > 0 && action.takes == Takes::Json) {
        let request = valid(&scene, action);
        let body = request.json();
        let mut cases = Vec::new();
        for place in objects(&body, "") {
            let object = body.pointer(&place).unwrap();
            for name in OWNED.into_iter().filter(|name| object.get(name).is_none()) {
                let mut body = body.clone();
                body.pointer_mut(&place).unwrap()[name] = json!("99001");
                cases.push((format!("{place}/{name}"), request.saying(body.to_string())));
            }
        }
        assert!(cases.len() > 30, "{}: {cases:?}", action.name);
        scene
            .refuses(action, &cases, |case, answer| {
                let (_, pointer) = case.split_once(" with ").unwrap();
                assert_eq!(answer.status, 422, "{case}: {}", answer.text);
                answer.names_fields(&[(pointer, "unknown")]);
            })
            .await;
    }
}

/// Pointers to every object, the body itself first.
fn objects(value: &Value, pointer: &str) -> Vec<String> {
    let Some(object) = value.as_object() else { return Vec::new() };
    let inner = object.iter().flat_map(|(name, value)| objects(value, &format!("{pointer}/{name}")));
    std::iter::once(pointer.to_owned()).chain(inner).collect()
}
