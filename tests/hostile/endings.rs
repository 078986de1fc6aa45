//! What else is ours, and can be attacked: terminations, agreements on paper, registrations.

use super::request::Login;
use super::scene::Signing;
use crate::support::{Employer, World};
use serde_json::json;

/// A request to terminate, raised by its graduate, and consented to if it is to be certified.
pub(super) async fn requested(world: &World, employer: &Employer<'_>, name: &str, consented: bool, marks: &mut Vec<String>) -> Signing {
    let graduate = world.graduate(name).await;
    let agreement = world.signed(employer, &graduate).await;
    let id = graduate.ends(&agreement).await;
    if consented {
        employer.consents(&id).await.with(200);
    }
    marks.extend([name.to_owned(), agreement[7..].to_owned()]);
    Signing { graduate: Login::student(world, &graduate.account), id }
}

/// A termination that is certified.
pub(super) async fn ended(world: &World, employer: &Employer<'_>, name: &str, marks: &mut Vec<String>) -> Signing {
    let graduate = world.graduate(name).await;
    let agreement = world.signed(employer, &graduate).await;
    let id = world.dissolved(employer, &graduate, &agreement).await;
    marks.extend([name.to_owned(), agreement[7..].to_owned()]);
    Signing { graduate: Login::student(world, &graduate.account), id }
}

/// A graduate with a complete draft, and the hash of its preview.
pub(super) async fn drafter(world: &World, name: &str) -> (Login, String) {
    let graduate = world.graduate(name).await;
    graduate.saves(&crate::support::offline_text()).await.with(200);
    (Login::student(world, &graduate.account), graduate.previews().await.text_of("preview_sha256"))
}

/// An agreement on paper that waits for its review.
pub(super) async fn on_paper(world: &World, name: &str, marks: &mut Vec<String>) -> Signing {
    let graduate = world.graduate(name).await;
    let id = graduate.draws_up().await;
    marks.extend([name.to_owned(), id[7..].to_owned()]);
    Signing { graduate: Login::student(world, &graduate.account), id }
}

/// A registration of other employment.
pub(super) async fn registered(world: &World, name: &str, marks: &mut Vec<String>) -> Signing {
    let graduate = world.graduate(name).await;
    let id = graduate.registers("801").await.with(201)["id"].as_str().unwrap().to_owned();
    marks.extend([name.to_owned(), id[7..].to_owned()]);
    Signing { graduate: Login::student(world, &graduate.account), id }
}

/// 申请解约 as a graduate says it.
pub(super) fn termination(agreement: &str) -> serde_json::Value {
    let mut body = crate::support::request_of("student", &[agreement]);
    body["upload_ids"] = json!([]);
    body
}
