//! Costs of terminations, of agreements on paper, of registrations and of files.

use super::Page;
use crate::support::{Handed, World, offline_text, put};
use serde_json::json;

/// Between the parties of an online signing.
pub(super) async fn online(world: &World, page: &mut Page<'_>) {
    let (hill, ma) = (world.employer("山前公司").await, world.graduate("马思远").await);
    let office = world.school("99001");
    let agreement = world.signed(&hill, &ma).await;
    world.usage();
    let first = ma.ends(&agreement).await;
    page.row("request-termination, one row");
    ma.takes_back(&first).await.with(200);
    page.command("withdraw-termination");
    let second = hill.ends(&agreement).await;
    world.usage();
    ma.reads_request(&second).await.with(200);
    page.command("get-termination, student");
    hill.reads_request(&second).await.with(200);
    page.command("get-termination, employer");
    ma.consents(&second).await.with(200);
    page.command("answer-termination");
    hill.get("/v1/terminations").await.with(200);
    page.command("list-terminations, employer");
    ma.get("/v1/terminations").await.with(200);
    page.command("list-terminations, student");
    office.queue_of("termination").await;
    page.command("list-reviews, terminations");
    office.dissolves(&second).await.with(200);
    page.command("certify-termination, pass");
    hill.get("/v1/agreements?asked_by_student=false").await.with(200);
    page.command("list-agreements, employer, signed and not asked about");
}

/// On paper, from the draft to the proof.
pub(super) async fn on_paper(world: &World, page: &mut Page<'_>) {
    let (he, office) = (world.graduate("何思远").await, world.school("99001"));
    world.usage();
    he.saves(&offline_text()).await.with(200);
    page.command("save-offline-draft");
    he.get("/v1/offline-draft").await.with(200);
    page.command("get-offline-draft");
    let preview = he.previews().await.text_of("preview_sha256");
    page.command("preview-offline-agreement");
    let submitted = he.submits(&preview).await.with(201);
    // Log-in, draft, record, policy, and the slot, before a number is drawn.
    let (reads, items) = page.line("submit-offline-agreement");
    assert!(reads <= 5 && items <= 11, "{reads} reads, {items} items");
    let agreement = submitted["id"].as_str().unwrap();
    office.reviews_text(agreement, 1, "pass", None).await.with(200);
    page.command("review-agreement, pass");
    let scan = hands_in(world, page, &he).await;
    he.returns_these(agreement, 2, &[&scan]).await.with(200);
    page.command("return-agreement, one file");
    office.decides(agreement, &json!({ "decision": "pass", "version": 3 })).await.with(200);
    page.command("certify-agreement, pass on paper");
    office.get(&format!("/v1/uploads/{scan}")).await.with(200);
    page.command("get-upload, school");
    let proof = he.uploads("termination_proof").await;
    world.usage();
    he.asks_to_end_on_paper(agreement, &[&proof]).await;
    page.row("request-termination, one row on paper");
}

async fn hands_in(world: &World, page: &mut Page<'_>, graduate: &crate::support::Graduate<'_>) -> String {
    let file = Handed::pixel("stamped_agreement");
    let place = graduate.asks_to_upload(&file).await.with(201);
    let (reads, items) = page.line("request-upload");
    assert!(reads <= 4 && items <= 11, "{reads} reads, {items} items");
    put(world, &place, &file.bytes).await;
    let id = place["id"].as_str().unwrap().to_owned();
    graduate.confirms(&id).await.with(200);
    page.command("confirm-upload");
    id
}

/// 就业信息登记.
pub(super) async fn registrations(world: &World, page: &mut Page<'_>) {
    let (gao, office) = (world.graduate("高思远").await, world.school("99001"));
    world.usage();
    let registered = gao.registers("801").await.with(201);
    page.command("register-employment");
    gao.get("/v1/employment-registrations").await.with(200);
    page.command("list-registrations, student");
    office.get("/v1/employment-registrations").await.with(200);
    page.command("list-registrations, school");
    let path = format!("/v1/employment-registrations/{}/withdrawal", registered["id"].as_str().unwrap());
    gao.post(&path, "w1", &json!({ "version": 1, "reason": "改为就业" })).await.with(200);
    page.command("withdraw-registration");
}
