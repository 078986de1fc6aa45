//! The example bodies of `samplesdata/requests/`: each is what its action takes.

use super::workspace::{json, names};
use api::actions::Takes;
use api::requests::{
    AcceptInvitation, AddCandidate, AnswerObjection, AnswerTermination, Certify, CertifyTermination, ConfirmEmployer, ConfirmUpload,
    CorrectStudent, ExportEmploymentPlan, ExtendInvitation, FindStudent, ImportStudents, Nothing, ObjectToRecord, ReadMessages,
    RegisterEmployer, RegisterEmployment, RejectInvitation, RemoveCandidates, RequestTermination, RequestUpload, ReturnAgreement,
    ReviewAgreement, ReviewEmployer, SaveOfflineDraft, SendInvitations, SetPolicy, SubmitOfflineAgreement, VerifyStudent, VoidAgreement,
    WithdrawInvitation, WithdrawRegistration, WithdrawTermination,
};
use api::{Action, Decode, DecodeError, Parts, actions};
use http::Method;
use serde_json::Value;

type Taken = fn(&Action, &str, Value) -> Result<(), DecodeError>;

fn decodes<R: Decode>(action: &Action, path: &str, body: Value) -> Result<(), DecodeError> {
    R::decode(&Parts { path: action.parameters(path).unwrap(), query: Vec::new(), body, file: bytes::Bytes::new(), notes: None }).map(drop)
}

/// What an action takes, and an id for its path.
fn taken_by(action: &Action) -> (Taken, &'static str) {
    const LETTER: &str = "99001-iabcdefghij0123456789";
    const AGREEMENT: &str = "99001-aabcdefghij0123456789";
    const STUDENT: &str = "99001-sabcdefghij0123456789";
    const TERMINATION: &str = "99001-tabcdefghij0123456789-1";
    const REGISTRATION: &str = "99001-rabcdefghij0123456789";
    match action.name {
        "accept-invitation" => (decodes::<AcceptInvitation>, LETTER),
        "add-candidate" => (decodes::<AddCandidate>, ""),
        "answer-objection" => (decodes::<AnswerObjection>, AGREEMENT),
        "export-employment-plan" => (decodes::<ExportEmploymentPlan>, ""),
        "import-students" => (decodes::<ImportStudents>, ""),
        "object-to-record" => (decodes::<ObjectToRecord>, AGREEMENT),
        "answer-termination" => (decodes::<AnswerTermination>, TERMINATION),
        "certify-agreement" => (decodes::<Certify>, AGREEMENT),
        "certify-termination" => (decodes::<CertifyTermination>, TERMINATION),
        "confirm-employer" => (decodes::<ConfirmEmployer>, ""),
        "correct-student" => (decodes::<CorrectStudent>, STUDENT),
        "extend-invitation" => (decodes::<ExtendInvitation>, LETTER),
        "find-student" => (decodes::<FindStudent>, ""),
        "preview-offline-agreement" => (decodes::<Nothing>, ""),
        "read-messages" => (decodes::<ReadMessages>, ""),
        "register-employer" => (decodes::<RegisterEmployer>, ""),
        "register-employment" => (decodes::<RegisterEmployment>, ""),
        "reject-invitation" => (decodes::<RejectInvitation>, LETTER),
        "remove-candidates" => (decodes::<RemoveCandidates>, ""),
        "confirm-upload" => (decodes::<ConfirmUpload>, "u00000000000000000001"),
        "request-upload" => (decodes::<RequestUpload>, ""),
        "request-termination" => (decodes::<RequestTermination>, ""),
        "return-agreement" => (decodes::<ReturnAgreement>, AGREEMENT),
        "review-agreement" => (decodes::<ReviewAgreement>, AGREEMENT),
        "review-employer" => (decodes::<ReviewEmployer>, "e001"),
        "save-offline-draft" => (decodes::<SaveOfflineDraft>, ""),
        "send-invitations" => (decodes::<SendInvitations>, ""),
        "set-policy" => (decodes::<SetPolicy>, ""),
        "submit-offline-agreement" => (decodes::<SubmitOfflineAgreement>, ""),
        "verify-student" => (decodes::<VerifyStudent>, ""),
        "void-agreement" => (decodes::<VoidAgreement>, AGREEMENT),
        "withdraw-invitation" => (decodes::<WithdrawInvitation>, LETTER),
        "withdraw-registration" => (decodes::<WithdrawRegistration>, REGISTRATION),
        "withdraw-termination" => (decodes::<WithdrawTermination>, TERMINATION),
        name => panic!("say here what {name} takes"),
    }
}

/// Texts that stand for what an earlier answer gave.
fn fill(value: &mut Value) {
    match value {
        Value::String(text) if text == "{preview_sha256}" => *text = "0".repeat(64),
        Value::String(text) if text == "{upload_id}" => "u00000000000000000001".clone_into(text),
        Value::String(text) if text.starts_with('{') && text.ends_with('}') => "what-was-given".clone_into(text),
        Value::Array(list) => list.iter_mut().for_each(fill),
        Value::Object(fields) => fields.values_mut().for_each(fill),
        _ => {}
    }
}

pub(super) fn with_a_body() -> impl Iterator<Item = &'static Action> {
    actions::ALL.into_iter().filter(|action| action.method != Method::GET && action.takes == Takes::Json)
}

pub(super) fn example(action: &Action) -> Value {
    let mut body = json(&format!("samplesdata/requests/{}.json", action.name));
    fill(&mut body);
    body
}

/// Whether the action's reader takes this body.
pub(super) fn taken(action: &Action, body: Value) -> Result<(), DecodeError> {
    let (decode, id) = taken_by(action);
    decode(action, &action.path.replace("{id}", id), body)
}

#[test]
fn every_action_with_a_body_has_an_example_and_every_example_an_action() {
    let mut expected: Vec<_> = with_a_body().map(|action| format!("{}.json", action.name)).collect();
    expected.sort();
    assert_eq!(names("samplesdata/requests"), expected);
}

#[test]
fn every_example_is_taken() {
    for action in with_a_body() {
        assert_eq!(taken(action, example(action)), Ok(()), "{}", action.name);
    }
}

/// An example shows all fields that there are; none is one that the action does not know.
#[test]
fn an_example_with_a_field_too_many_is_not_taken() {
    for action in with_a_body() {
        let mut body = example(action);
        body["stage"] = "certified".into();
        let taken = taken(action, body);
        assert!(matches!(taken, Err(DecodeError::Fields(_))), "{}: {taken:?}", action.name);
    }
}
