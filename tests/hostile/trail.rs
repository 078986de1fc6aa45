//! What a success leaves behind: one audit record for each aggregate that moved, and nothing more when it is repeated. Whoever is shut
//! out leaves nothing.

use super::scene::Scene;
use super::valid::valid;
use api::actions;
use std::collections::{BTreeMap, BTreeSet};

/// What changes no aggregate: entries of an employer's own send list, which is a note without stages (domain 2.1), and up to where a
/// log-in has read.
const WITHOUT_AGGREGATE: [&str; 4] = ["add-candidate", "import-candidates", "remove-candidates", "read-messages"];

type Dump = BTreeMap<(String, String), BTreeMap<String, String>>;

/// Reliability 2.6: no change without its record.
#[tokio::test]
async fn every_change_of_an_aggregate_leaves_one_audit_record() {
    let scene = Scene::new().await;
    for action in actions::ALL {
        let before = state(scene.world.dump().await);
        let answer = scene.sends(&valid(&scene, action)).await;
        assert_eq!(answer.status, action.success, "{}: {}", action.name, answer.text);
        let after = state(scene.world.dump().await);
        let (moved, recorded) = (moved(&before, &after), recorded(&before, &after));
        assert_eq!(moved, recorded, "{} moved {moved:?} and recorded {recorded:?}", action.name);
        let expected = action.changes_state && !WITHOUT_AGGREGATE.contains(&action.name);
        assert_eq!(!moved.is_empty(), expected, "{} moved {moved:?}", action.name);
        assert_eq!(before != after, action.changes_state, "{} changes the table", action.name);
        let kept: Vec<_> = before.keys().filter(|(_, sk)| sk.starts_with("AUDIT#")).filter(|key| before[key] != after[key]).collect();
        assert!(kept.is_empty(), "{} touched {kept:?}", action.name);
    }
}

/// Reliability 2.4: the same request with the same key.
#[tokio::test]
async fn a_repeat_is_answered_alike_and_writes_nothing() {
    let scene = Scene::new().await;
    for action in actions::ALL.into_iter().filter(|action| action.changes_state) {
        let request = valid(&scene, action);
        let first = scene.sends(&request).await;
        assert_eq!(first.status, action.success, "{}: {}", action.name, first.text);
        let before = but_numbers_drawn(scene.world.dump().await);
        let again = scene.sends(&request).await;
        assert_eq!((again.status, &again.text), (first.status, &first.text), "{}", action.name);
        assert!(but_numbers_drawn(scene.world.dump().await) == before, "the repeat of {} wrote something", action.name);
    }
}

/// Reliability 3.2: a token that was revoked is refused inside the transaction, whatever it asks for.
#[tokio::test]
async fn a_log_in_that_is_shut_changes_nothing() {
    let scene = Scene::new().await;
    let mut shut = BTreeSet::new();
    for action in actions::ALL.into_iter().filter(|action| action.changes_state) {
        let request = valid(&scene, action);
        let account = request.by.clone().unwrap().account;
        if shut.insert(account.clone()) {
            scene.world.disables(&account).await;
        }
        let before = but_numbers_drawn(scene.world.dump().await);
        let answer = scene.sends(&request).await;
        assert_eq!(answer.status, 401, "{}: {}", action.name, answer.text);
        answer.is_problem(401, "token_revoked");
        assert!(but_numbers_drawn(scene.world.dump().await) == before, "{} by {account} wrote something", action.name);
    }
}

/// Without notes that are no state: what was drawn for a reader and goes in a few days, how often a stranger asked.
fn state(mut dump: Dump) -> Dump {
    dump.retain(|(pk, _), _| !pk.starts_with("LAID#") && !pk.starts_with("VERIFYING#"));
    dump
}

/// The number of an agreement is drawn before the transaction that refuses: a gap, of which there may be some (architecture 5).
fn but_numbers_drawn(mut dump: Dump) -> Dump {
    dump.retain(|(pk, sk), _| sk != "COUNTER" || !pk.contains("#COUNTER#AGREEMENT_NUMBER#"));
    dump
}

/// Aggregates that are new or have another version.
fn moved(before: &Dump, after: &Dump) -> Vec<String> {
    let aggregates = after.iter().filter(|(_, item)| item.contains_key("version") && item.contains_key("head"));
    let moved = aggregates.filter(|(key, item)| before.get(*key).and_then(|item| item.get("version")) != item.get("version"));
    moved.map(|((pk, sk), _)| format!("{pk} {sk}")).collect()
}

/// Aggregates of the new audit records: each has its own.
fn recorded(before: &Dump, after: &Dump) -> Vec<String> {
    let new = after.keys().filter(|key| !before.contains_key(*key));
    let of = |(pk, sk): &(String, String)| Some(format!("{pk} {}", sk.strip_prefix("AUDIT#")?.rsplit_once('#')?.0));
    new.filter_map(of).collect()
}
