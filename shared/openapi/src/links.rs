//! Links between operations: what an answer gives that another request takes. Whoever follows them walks the product's stories.

use crate::words::camel;
use serde_json::{Map, Value, json};

/// A link from the answer of an action to the request of another.
struct Link {
    from: &'static str,
    to: &'static str,
    /// Where in the answer the id of the other's path stands.
    id: Option<&'static str>,
    /// Fields of the other's body, and where in the answer they stand.
    body: &'static [(&'static str, &'static str)],
    says: &'static str,
}

const LINKS: [Link; 41] = [
    link("find-student", "add-candidate", None, &[("student_ref", "student_ref")], "Put whom was found on the send list."),
    link("add-candidate", "send-invitations", None, &[("student_refs/0", "student_ref")], "Send a letter to the new entry."),
    link("add-candidate", "remove-candidates", None, &[("student_refs/0", "student_ref")], "Take the new entry off the list."),
    link("list-candidates", "send-invitations", None, &[("student_refs/0", "items/0/student_ref")], "Send a letter to the first entry."),
    link("send-invitations", "get-invitation", Some("rows/0/invitation_id"), &[], "Read the first letter that went out."),
    link("list-invitations", "get-invitation", Some("items/0/id"), &[], "Read the first letter of the page."),
    link(
        "get-invitation",
        "accept-invitation",
        Some("id"),
        &[("confirmation_token", "confirmation_token")],
        "Accept the letter that was read.",
    ),
    link("get-invitation", "reject-invitation", Some("id"), &[], "Refuse the letter that was read."),
    link("get-invitation", "withdraw-invitation", Some("id"), &[("version", "version")], "Take the letter back, on this version."),
    link("get-invitation", "extend-invitation", Some("id"), &[("version", "version")], "Give the graduate more time, on this version."),
    link("get-invitation", "get-invitation-letter", Some("id"), &[], "The letter as a document."),
    link("accept-invitation", "get-agreement", Some("agreement_id"), &[], "Read the agreement that came of it."),
    link("accept-invitation", "certify-agreement", Some("agreement_id"), &[("version", "version")], "Decide on it, as an officer."),
    link("accept-invitation", "void-agreement", Some("agreement_id"), &[("version", "version")], "Withdraw from it."),
    link("list-agreements", "get-agreement", Some("items/0/id"), &[], "Read the first agreement of the page."),
    link("get-agreement", "certify-agreement", Some("id"), &[("version", "version")], "Decide on it, on this version."),
    link("get-agreement", "review-agreement", Some("id"), &[("version", "version")], "Review its text, on this version."),
    link("get-agreement", "void-agreement", Some("id"), &[("version", "version")], "Undo it, on this version."),
    link(
        "get-agreement",
        "request-termination",
        None,
        &[("agreement_ids/0", "id"), ("notice_version", "termination_notice/version")],
        "Ask to terminate it, under the notice that was shown.",
    ),
    link("get-agreement", "get-agreement-document", Some("id"), &[], "Its newest document."),
    link("get-agreement", "get-evidence-certificate", Some("id"), &[], "The certificate of its evidence."),
    link("certify-agreement", "get-agreement", Some("id"), &[], "Read what became of it."),
    link("certify-agreement", "request-termination", None, &[("agreement_ids/0", "id")], "Ask to terminate it, as a party."),
    link("list-reviews", "get-agreement", Some("items/0/id"), &[], "Read what waits longest."),
    link("request-termination", "get-termination", Some("rows/0/termination_id"), &[], "Read the first request."),
    link("list-terminations", "get-termination", Some("items/0/id"), &[], "Read the first request of the page."),
    link("get-termination", "answer-termination", Some("id"), &[("version", "version")], "Answer it, as the other party."),
    link("get-termination", "withdraw-termination", Some("id"), &[("version", "version")], "Take it back, as who raised it."),
    link("get-termination", "certify-termination", Some("id"), &[("version", "version")], "Decide on it, as an officer."),
    link("answer-termination", "certify-termination", Some("id"), &[("version", "version")], "Decide on it, as an officer."),
    link("certify-termination", "get-termination-letter", Some("id"), &[], "The letter that a certified termination leaves."),
    link("request-upload", "confirm-upload", Some("id"), &[], "Confirm the file, once it is put where it was said."),
    link("confirm-upload", "get-upload", Some("id"), &[], "Fetch the file as it is kept."),
    link("confirm-upload", "return-agreement", None, &[("upload_ids/0", "id")], "Hand it in as the stamped agreement."),
    link("confirm-upload", "import-students", None, &[("upload_id", "id")], "Import it as a roster."),
    link("preview-offline-agreement", "submit-offline-agreement", None, &[("preview_sha256", "preview_sha256")], "Hand in what was read."),
    link("submit-offline-agreement", "review-agreement", Some("id"), &[("version", "version")], "Review its text, as an officer."),
    link("review-agreement", "return-agreement", Some("id"), &[("version", "version")], "Hand in the stamped scan, as the graduate."),
    link("import-students", "get-job", Some("id"), &[], "How far the import is."),
    link("export-employment-plan", "get-job", Some("id"), &[], "How far the export is, and its file."),
    link("register-employment", "withdraw-registration", Some("id"), &[("version", "version")], "Withdraw it."),
];

const fn link(
    from: &'static str,
    to: &'static str,
    id: Option<&'static str>,
    body: &'static [(&'static str, &'static str)],
    says: &'static str,
) -> Link {
    Link { from, to, id, body, says }
}

/// The links of an action's answer, by their names.
pub(crate) fn links(action: &str) -> Map<String, Value> {
    LINKS.iter().filter(|link| link.from == action).map(|link| (camel(link.to), link.written())).collect()
}

impl Link {
    fn written(&self) -> Value {
        let mut written = Map::new();
        written.insert("operationId".to_owned(), camel(self.to).into());
        written.insert("description".to_owned(), self.says.into());
        if let Some(id) = self.id {
            written.insert("parameters".to_owned(), json!({ "id": answered(id) }));
        }
        if !self.body.is_empty() {
            let fields = self.body.iter().map(|(name, place)| match name.strip_suffix("/0") {
                Some(list) => (list.to_owned(), json!([answered(place)])),
                None => ((*name).to_owned(), json!(answered(place))),
            });
            written.insert("requestBody".to_owned(), Value::Object(fields.collect()));
        }
        written.into()
    }
}

fn answered(place: &str) -> String {
    format!("$response.body#/{place}")
}
