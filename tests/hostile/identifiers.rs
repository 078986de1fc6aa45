//! Objects that are not there, and objects that are somebody else's: told apart by nobody.

use super::request::Request;
use super::scene::Scene;
use super::valid::valid;
use crate::support::Answer;
use api::{Action, actions};
use http::Method;

/// Objects that are nobody's in particular: every school may decide on every employer.
const OF_EVERYBODY: [&str; 1] = ["review-employer"];

/// Lists that say nothing of a graduate, an employer or a signing.
const OF_NOBODY: [&str; 4] = ["get-candidate-template", "get-policy", "get-roster-template", "get-statistics"];

/// Anybody may ask, and who asks for what is not there is counted: it has stories of its own.
const OF_STRANGERS: [&str; 1] = ["verify-document"];

fn with_id() -> impl Iterator<Item = &'static Action> {
    let ours = |action: &&'static Action| action.path.contains("{id}") && !OF_STRANGERS.contains(&action.name);
    actions::ALL.into_iter().filter(ours)
}

/// S-26, S-44, domain 2.8, invariant 9: not yours and not there are alike to the byte, for reading and for deciding.
#[tokio::test]
async fn what_is_somebody_elses_is_not_there() {
    let scene = Scene::new().await;
    for action in with_id().filter(|action| !OF_EVERYBODY.contains(&action.name)) {
        let request = valid(&scene, action);
        let id = request.id.clone().unwrap();
        let mut cases = Vec::new();
        for stranger in action.callers.iter().flat_map(|role| scene.strangers(*role)) {
            let theirs = request.by(stranger);
            cases.push((format!("{} by {}", id, stranger.account), theirs.clone()));
            cases.push((format!("nothing by {}", stranger.account), theirs.about(action.path, &unknown(&id))));
        }
        let nothing = scene.sends(&request.about(action.path, &unknown(&id))).await;
        scene.refuses(action, &cases, |case, answer| not_there(case, answer, &nothing)).await;
    }
}

/// S-44: ids that nothing has, in whatever form.
#[tokio::test]
async fn what_is_no_id_of_anything_is_not_there() {
    let scene = Scene::new().await;
    for action in with_id() {
        let request = valid(&scene, action);
        let id = request.id.clone().unwrap();
        let nothing = scene.sends(&request.about(action.path, &unknown(&id))).await;
        let cases: Vec<_> = no_ids(&id).into_iter().map(|id| (id.chars().take(60).collect(), request.about(action.path, &id))).collect();
        scene.refuses(action, &cases, |case, answer| not_there(case, answer, &nothing)).await;
    }
}

/// S-26, S-44: whoever lists sees what is theirs.
#[tokio::test]
async fn a_strangers_lists_hold_nothing_of_ours() {
    let scene = Scene::new().await;
    let lists = actions::ALL.into_iter().filter(|action| action.method == Method::GET && !action.path.contains("{id}"));
    for action in lists.filter(|action| !action.callers.is_empty()) {
        let request = valid(&scene, action);
        let holds = |answer: &Answer| scene.marks.iter().find(|mark| answer.text.contains(mark.as_str())).cloned();
        let mut ours = None;
        for role in action.callers {
            for owner in scene.ours(*role) {
                ours = ours.or(holds(&scene.sends(&request.by(owner)).await));
            }
            for stranger in scene.strangers(*role) {
                let answer = scene.sends(&request.by(stranger)).await;
                assert_eq!((answer.status, holds(&answer)), (200, None), "{} by {}: {}", action.name, stranger.account, answer.text);
            }
        }
        assert_eq!(ours.is_none(), OF_NOBODY.contains(&action.name), "{} is asked for something of ours", action.name);
    }
}

/// The other parts of a stranger's view: stages, queues and pages by name.
#[tokio::test]
async fn no_way_of_asking_a_list_shows_a_stranger_ours() {
    let scene = Scene::new().await;
    let stages = ["pending", "accepted", "rejected", "expired", "withdrawn"].map(|stage| format!("/v1/invitations?status={stage}"));
    let signings = ["pending_certification", "certified", "certification_rejected", "withdrawn", "revoked"];
    let mut paths: Vec<_> = stages.into_iter().chain(signings.map(|stage| format!("/v1/agreements?status={stage}"))).collect();
    let standings = ["awaiting", "approved", "rejected", "blocked"].map(|standing| format!("/v1/employers?status={standing}"));
    paths.extend(standings);
    paths.extend(["signing", "offline_review", "offline_certification", "termination"].map(|kind| format!("/v1/reviews?kind={kind}")));
    paths.extend(["agreement_review", "awaiting_feedback", "voided"].map(|stage| format!("/v1/agreements?status={stage}")));
    paths.extend(domain::termination::StageName::ALL.map(|stage| format!("/v1/terminations?status={}", stage.as_str())));
    paths.extend(["registered", "withdrawn"].map(|stage| format!("/v1/employment-registrations?status={stage}")));
    paths.extend(
        ["/v1/students?graduation_year=2027&student_number=2019", "/v1/agreements?status=certified&asked_by_student=false"]
            .map(str::to_owned),
    );
    for path in paths {
        let (bare, _) = path.split_once('?').unwrap();
        let action = actions::ALL.into_iter().find(|action| action.method == Method::GET && action.path == bare).unwrap();
        for stranger in action.callers.iter().flat_map(|role| scene.strangers(*role)) {
            let request = Request { path: path.clone(), ..valid(&scene, action).by(stranger) };
            let answer = scene.sends(&request).await;
            assert!(answer.status == 200 || answer.status == 422, "{path}: {}", answer.text);
            let found = scene.marks.iter().find(|mark| answer.text.contains(mark.as_str()));
            assert_eq!(found, None, "{path} by {}: {}", stranger.account, answer.text);
        }
    }
}

#[track_caller]
fn not_there(case: &str, answer: &Answer, nothing: &Answer) {
    assert_eq!(answer.status, 404, "{case}: {}", answer.text);
    answer.is_problem(404, "not_found");
    assert_eq!(answer.but_request_id(), nothing.but_request_id(), "{case}");
}

/// An id of the same form that nothing has.
fn unknown(id: &str) -> String {
    let mut id = id.to_owned();
    let last = if id.pop() == Some('a') { 'b' } else { 'a' };
    id.push(last);
    id
}

/// What stands where an id belongs and is none: forms of other things, other tenants, and what path handling might trip over.
fn no_ids(id: &str) -> Vec<String> {
    let mut ids = ["garbage", "0", "-1", "null", "*", "%00", "..", "../", "..%2f", "%2e%2e%2f%2e%2e", "%F0%28", "'%20or%20'1'='1"]
        .map(str::to_owned)
        .to_vec();
    ids.extend(["i", "a", "s", "x"].into_iter().filter(|kind| id.get(6..7) != Some(*kind)).map(|kind| format!("99001-{kind}{:a>20}", "")));
    ids.extend([
        "x".repeat(1_000),
        format!("{id}%00"),
        format!("{id}%20"),
        format!("{id}/"),
        format!("{id}#x").replace('#', "%23"),
        format!("%20{id}"),
        format!("../{id}"),
        id.to_uppercase(),
        id.replace("99001", "99002"),
        String::new(),
    ]);
    ids.retain(|other| other != id);
    ids
}
