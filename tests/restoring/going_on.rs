//! After a restore everybody goes on, over HTTP: what was torn and mended comes to its end.

use super::judge::{Fault, faults};
use super::tape::{all_of, torn};
use crate::support::{Employer, Graduate, World};
use ::http::Method;
use local::admin;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::Key;

/// What an operator says at the command line, and what it answers.
pub(super) async fn says(world: &World, line: &[&str]) -> String {
    let asked = admin::parse(line.iter().map(|word| (*word).to_owned()), Some("lin")).unwrap().unwrap();
    let context = admin::context(&asked.operator, world.now(), world.stack.clock().real()).unwrap();
    admin::run(world.stack.store(), &asked.work, &context).await.unwrap()
}

/// By the runbook: looked at, mended, looked at again. Nothing is left for a person, and the invariants hold.
async fn restored(world: &World) {
    let found = says(world, &["check-table"]).await;
    assert!(!found.contains(" 0 findings"), "{found}");
    let dry = says(world, &["repair-table"]).await;
    assert!(dry.contains("nothing was written"), "{dry}");
    let report = says(world, &["repair-table", "--go"]).await;
    assert!(report.ends_with("each with an audit record; 0 are left for a person\n"), "{report}");
    println!("{report}");
    nothing_is_torn(world).await;
    stands(world).await;
}

/// Whoever looks takes nothing for torn.
pub(crate) async fn nothing_is_torn(world: &World) {
    let found = says(world, &["check-table"]).await;
    assert!(found.contains(" 0 findings"), "{found}");
}

/// The invariants hold.
pub(super) async fn stands(world: &World) {
    let wrong: Vec<String> = faults(&all_of(world).await, world.now()).iter().map(Fault::told).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn is(sort_keys: &[&str]) -> impl Fn(&Key) -> bool {
    let sort_keys: BTreeSet<String> = sort_keys.iter().map(|sk| (*sk).to_owned()).collect();
    move |key| sort_keys.contains(&key.sk)
}

async fn pair(world: &World) -> (Employer<'_>, Graduate<'_>) {
    (world.employer("星光集团").await, world.graduate("黄河水9").await)
}

/// From a certified agreement to the paper that a stranger verifies.
async fn verifies(world: &World, graduate: &Graduate<'_>, agreement: &str) {
    world.settles().await;
    let paper = graduate.get(&format!("/v1/agreements/{agreement}/document?kind=final")).await.with(200);
    let read = graduate.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!(read["stage"], "certified");
    let told = stranger(world, &read).await;
    assert_eq!((&told["in_force"], &told["intact"]), (&json!(true), &json!(true)), "{told}");
    let listed = told["documents"].as_array().unwrap().iter().any(|it| it["sha256"] == paper["sha256"] && it["file"] == "intact");
    assert!(listed, "{told}");
    stands(world).await;
}

/// What a stranger learns by the number of an agreement.
async fn stranger(world: &World, read: &Value) -> Value {
    let number = read["certification"]["number"].as_str().unwrap();
    world.http.send(Method::GET, &format!("/v1/verify/{number}"), &[], "").await.with(200)
}

#[tokio::test]
async fn a_graduate_whose_agreement_is_gone_accepts_the_letter_again() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    // The letter is accepted and the slot taken; of the agreement nothing came back.
    let accepts = huang.accepts_as_shown(&letter, &shown, "first");
    torn(&world, accepts, is(&["INVITATION", "SLOT#2027", "ANSWER"])).await.with(201);
    restored(&world).await;
    assert_eq!(huang.reads(&letter).await.with(200)["stage"], "pending");
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
    // Under the key of the first time too: what was answered then has not happened.
    let again = huang.accepts_as_shown(&letter, &huang.is_shown(&letter).await, "first").await;
    let agreement = again.with(201)["agreement_id"].as_str().unwrap().to_owned();
    world.school("99001").passes(&agreement).await.with(200);
    verifies(&world, &huang, &agreement).await;
}

#[tokio::test]
async fn a_graduate_of_whose_acceptance_only_the_agreement_is_left_finds_the_letter_accepted() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let accepts = huang.accepts_as_shown(&letter, &shown, "first");
    let agreement = torn(&world, accepts, is(&["AGREEMENT"])).await.with(201)["agreement_id"].as_str().unwrap().to_owned();
    restored(&world).await;
    assert_eq!(huang.reads(&letter).await.with(200)["stage"], "accepted");
    let standing = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!(standing["stage"], "pending_certification");
    let other = world.employer("大桥公司").await;
    let letter = other.invites(&huang).await;
    assert_eq!(huang.reads(&letter).await.with(200)["actions"], json!([]), "the graduate has signed");
    let decision = json!({ "decision": "pass", "version": standing["version"] });
    world.school("99001").decides(&agreement, &decision).await.with(200);
    verifies(&world, &huang, &agreement).await;
}

#[tokio::test]
async fn an_agreement_of_whose_certification_nothing_else_is_left_gets_its_paper_and_its_place_in_the_plan() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    world.settles().await;
    let office = world.school("99001");
    torn(&world, office.passes(&agreement), is(&["AGREEMENT"])).await.with(200);
    restored(&world).await;
    verifies(&world, &huang, &agreement).await;
    assert_eq!(huang.get("/v1/plan-records").await.with(200)["items"][0]["stage"], "open");
}

#[tokio::test]
async fn an_agreement_whose_certification_is_gone_but_for_its_traces_is_certified_again() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    world.settles().await;
    let office = world.school("99001");
    torn(&world, office.passes(&agreement), |key| key.sk != "AGREEMENT").await.with(200);
    restored(&world).await;
    huang.get(&format!("/v1/agreements/{agreement}/document?kind=final")).await.is_problem(404, "not_found");
    assert_eq!(huang.get("/v1/plan-records").await.with(200)["items"], json!([]));
    let version = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["version"].clone();
    // Whoever saw the first certification decides on nothing that stands now.
    office.decides(&agreement, &json!({ "decision": "pass", "version": 2 })).await.is_problem(409, "version_moved");
    office.decides(&agreement, &json!({ "decision": "pass", "version": version })).await.with(200);
    verifies(&world, &huang, &agreement).await;
}

#[tokio::test]
async fn a_termination_of_whose_certification_the_request_is_left_has_ended_the_agreement() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let agreement = world.signed(&stars, &huang).await;
    let asked = huang.ends(&agreement).await;
    stars.consents(&asked).await.with(200);
    world.settles().await;
    let office = world.school("99001");
    torn(&world, office.dissolves(&asked), is(&["TERMINATION#0001"])).await.with(200);
    restored(&world).await;
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&read["stage"], &read["plan_record"]["closed_at"].is_string()), (&json!("terminated"), &true));
    world.settles().await;
    huang.get(&format!("/v1/terminations/{asked}/letter")).await.with(200);
    let told = stranger(&world, &read).await;
    assert_eq!((&told["in_force"], &told["documents"][1]["label"]), (&json!(false), &json!("解约函")), "{told}");
    // The one termination of this graduate is used up.
    assert_eq!(world.slot(&huang).await["terminations_by_student"], "1");
    let bridge = world.employer("大桥公司").await;
    let next = world.signed(&bridge, &huang).await;
    assert_eq!(huang.asks_to_end(&next).await["problem"]["type"], "urn:wangqian:problem:termination_quota_used");
    stands(&world).await;
}

#[tokio::test]
async fn a_termination_whose_certification_is_gone_is_certified_again_and_counts_once() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let agreement = world.signed(&stars, &huang).await;
    let asked = stars.ends(&agreement).await;
    huang.consents(&asked).await.with(200);
    world.settles().await;
    let office = world.school("99001");
    // The slot is free, and both it and the pair have counted.
    torn(&world, office.dissolves(&asked), is(&["SLOT#2027", "PAIR"])).await.with(200);
    restored(&world).await;
    let waiting = huang.reads_request(&asked).await.with(200);
    assert_eq!(
        (&waiting["stage"], &world.slot(&huang).await["terminations_by_employers"]),
        (&json!("pending_certification"), &"0".to_owned())
    );
    let version = waiting["version"].as_u64().unwrap();
    office.decides_end(&asked, version, "pass", None).await.with(200);
    assert_eq!(world.slot(&huang).await["terminations_by_employers"], "1");
    assert_eq!(huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["stage"], "terminated");
    stars.invites(&huang).await;
    world.settles().await;
    stands(&world).await;
}

#[tokio::test]
async fn a_request_to_terminate_that_is_gone_is_made_again() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    // The agreement says that it is asked for; the request did not come back.
    torn(&world, huang.ends(&agreement), is(&["AGREEMENT"])).await;
    restored(&world).await;
    let asked = huang.ends(&agreement).await;
    stars.consents(&asked).await.with(200);
    world.school("99001").dissolves(&asked).await.with(200);
    world.settles().await;
    huang.get(&format!("/v1/terminations/{asked}/letter")).await.with(200);
    stands(&world).await;
}

#[tokio::test]
async fn a_graduate_whose_verification_is_gone_verifies_again_and_signs() {
    for left in ["STUDENT", "ACCOUNT"] {
        let world = World::new().await;
        let (stars, chen) = (world.employer("星光集团").await, world.unverified_graduate("陈未验").await);
        let facts = chen.roster_facts();
        torn(&world, chen.verifies(&facts), is(&[left])).await.with(200);
        restored(&world).await;
        // Where the record stands as verified, its log-in has come back too.
        let verified = chen.get("/v1/invitations").await;
        if left == "STUDENT" {
            verified.with(200);
        } else {
            verified.is_problem(403, "student_unverified");
            chen.verifies(&facts).await.with(200);
        }
        let agreement = world.signed(&stars, &chen).await;
        verifies(&world, &chen, &agreement).await;
    }
}

#[tokio::test]
async fn a_stamped_scan_whose_return_is_gone_is_returned_again() {
    let world = World::new().await;
    let (huang, office) = (world.graduate("黄河水9").await, world.school("99001"));
    let agreement = huang.draws_up().await;
    office.reviews_text(&agreement, 1, "pass", None).await.with(200);
    let scan = huang.uploads("stamped_agreement").await;
    world.settles().await;
    torn(&world, huang.returns_these(&agreement, 2, &[&scan]), is(&["UPLOAD"])).await.with(200);
    restored(&world).await;
    let version = async || huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["version"].as_u64().unwrap();
    huang.returns_these(&agreement, version().await, &[&scan]).await.with(200);
    office.decides(&agreement, &json!({ "decision": "pass", "version": version().await })).await.with(200);
    verifies(&world, &huang, &agreement).await;
}

#[tokio::test]
async fn a_registration_that_is_gone_leaves_the_graduate_free_to_register_or_sign() {
    let world = World::new().await;
    let (stars, huang) = pair(&world).await;
    torn(&world, huang.registers("801"), is(&["SLOT#2027", "PLAN"])).await.with(201);
    restored(&world).await;
    huang.registers("801").await.with(201);
    let list = huang.get("/v1/employment-registrations").await.with(200);
    let (id, version) = (list["items"][0]["id"].as_str().unwrap().to_owned(), &list["items"][0]["version"]);
    let path = format!("/v1/employment-registrations/{id}/withdrawal");
    huang.post(&path, &world.new_key(), &json!({ "version": version, "reason": "改为就业" })).await.with(200);
    let agreement = world.signed(&stars, &huang).await;
    verifies(&world, &huang, &agreement).await;
}
