//! `Store::commit` when the table does its worst: a command has its whole effect once, or none; and the answer says which.

mod keys;
mod moved;

use super::data::{attributes, delete, put, set};
use super::faulty::Mishap;
use super::scene::{Command, Scene};
use domain::Refusal;
use std::collections::BTreeMap;
use std::iter::repeat_n;
use store::{Attributes, Condition, Context, Error, Key};

/// How often a transaction is tried.
const TRIES: usize = 5;
/// How many answers may get lost before a read settles it.
const LOST: usize = 2;

/// What a command answers, and what stands in the table then, where nothing goes wrong.
async fn undisturbed(command: Command) -> (String, BTreeMap<Key, Attributes>) {
    let scene = Scene::before(command).await;
    let answer = scene.run(command).await.unwrap();
    (answer, scene.store.table().holds().await)
}

/// The command answers as if nothing had gone wrong, and leaves the same table.
async fn has_its_effect_once(scene: &Scene, command: Command, script: Vec<Mishap>) {
    let what = format!("{command:?} after {script:?}");
    let (answer, table) = undisturbed(command).await;
    scene.store.table().expect(script);
    let found = scene.run(command).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
    assert_eq!(found, answer, "{what}");
    assert_eq!(scene.store.table().holds().await, table, "{what}");
}

#[tokio::test]
async fn meeting_others_a_few_times_costs_only_time() {
    for command in Command::ALL {
        for times in 1..TRIES {
            let scene = Scene::before(command).await;
            has_its_effect_once(&scene, command, vec![Mishap::Contended; times]).await;
            let times = u32::try_from(times).unwrap();
            assert_eq!(scene.store.table().tries_and_pauses(), (times + 1, times), "it waits after each meeting");
        }
    }
}

#[tokio::test]
async fn meeting_others_at_every_try_is_unavailable_and_writes_nothing() {
    for command in Command::ALL {
        let scene = Scene::before(command).await;
        let before = scene.store.table().holds().await;
        scene.store.table().expect(repeat_n(Mishap::Contended, TRIES));
        let answer = scene.run(command).await;
        assert!(matches!(answer, Err(Error::Unavailable(_))), "{command:?}: {answer:?}");
        assert_eq!(scene.store.table().holds().await, before, "{command:?}");
        has_its_effect_once(&scene, command, Vec::new()).await;
    }
}

#[tokio::test]
async fn an_answer_lost_after_the_commit_is_success() {
    for command in Command::ALL {
        for times in 1..TRIES {
            has_its_effect_once(&Scene::before(command).await, command, vec![Mishap::AnswerLost; times]).await;
        }
    }
}

/// The second try meets what the first has written, and is refused by its own conditions: that is no 409.
#[tokio::test]
async fn a_command_that_meets_its_own_effect_is_success() {
    for command in Command::ALL {
        has_its_effect_once(&Scene::forgetful_before(command).await, command, vec![Mishap::AnswerLost]).await;
        has_its_effect_once(&Scene::forgetful_before(command).await, command, vec![Mishap::Contended, Mishap::AnswerLost]).await;
        has_its_effect_once(&Scene::forgetful_before(command).await, command, vec![Mishap::RequestLost, Mishap::AnswerLost]).await;
    }
}

/// An officer's decision may come without a key for repeats: then only its audit record tells that it was ours.
#[tokio::test]
async fn a_command_without_a_key_that_meets_its_own_effect_is_success() {
    for command in [Command::Send, Command::SendAgain, Command::Accept, Command::Bind] {
        let scene = Scene::forgetful_before(command).await;
        let prepared = scene.prepare(command).await;
        let keyless = Context { idempotency: None, ..scene.context(command) };
        scene.store.table().expect([Mishap::AnswerLost]);
        let answer = scene.commit(&prepared, &keyless).await;
        assert!(answer.is_ok(), "{command:?}: {answer:?}");
        assert_eq!(scene.store.table().tries_and_pauses(), (2, 1), "{command:?}");
        let strangers = Context { request_id: "request-2".to_owned(), ..keyless };
        let answer = scene.commit(&prepared, &strangers).await;
        assert!(answer.is_err(), "{command:?}: another request is no repeat: {answer:?}");
    }
}

/// No try got an answer, and one of them committed. After two lost answers nobody waits for a third.
fn silent_scripts() -> impl Iterator<Item = Vec<Mishap>> {
    let once = (0..LOST).map(|at| (0..LOST).map(|i| if i == at { Mishap::AnswerLost } else { Mishap::RequestLost }).collect());
    once.chain([vec![Mishap::AnswerLost; LOST]])
}

#[tokio::test]
async fn a_commit_that_never_got_an_answer_is_settled_by_reading() {
    for command in Command::ALL {
        for script in silent_scripts() {
            has_its_effect_once(&Scene::before(command).await, command, script).await;
        }
    }
}

#[tokio::test]
async fn a_request_lost_a_few_times_is_sent_again() {
    for command in Command::ALL {
        for times in 1..LOST {
            has_its_effect_once(&Scene::before(command).await, command, vec![Mishap::RequestLost; times]).await;
        }
    }
}

#[tokio::test]
async fn a_request_lost_at_every_try_is_indeterminate_and_writes_nothing() {
    for command in Command::ALL {
        let scene = Scene::before(command).await;
        let before = scene.store.table().holds().await;
        scene.store.table().expect(repeat_n(Mishap::RequestLost, TRIES));
        let answer = scene.run(command).await;
        assert!(matches!(answer, Err(Error::Indeterminate(_))), "{command:?}: {answer:?}");
        assert_eq!(scene.store.table().holds().await, before, "{command:?}");
        has_its_effect_once(&scene, command, Vec::new()).await;
    }
}

/// Whoever asks again after a 503 with the same key, in a new request, gets the one effect and its answer.
#[tokio::test]
async fn a_repeat_after_an_indeterminate_answer_finds_what_was_done() {
    for command in Command::ALL {
        let scene = Scene::before(command).await;
        let prepared = scene.prepare(command).await;
        let first = scene.context(command);
        let answer = scene.commit(&prepared, &first).await.unwrap();
        let done = scene.store.table().holds().await;
        let again = Context { request_id: "request-2".to_owned(), ..first };
        assert_eq!(scene.commit(&prepared, &again).await.unwrap(), answer, "{command:?}: the first answer, unchanged");
        assert_eq!(scene.store.table().holds().await, done, "{command:?}");
    }
}

#[tokio::test]
async fn a_slot_taken_meanwhile_locks_the_graduate() {
    let scene = Scene::before(Command::Accept).await;
    let slot = Key { pk: "PERSON#p1".to_owned(), sk: "SLOT#2027".to_owned() };
    scene.store.table().writes(&[set(&slot, [("holder", "99001-a00000000000000000009".into())], Vec::new())]).await;
    let before = scene.store.table().holds().await;
    let answer = scene.run(Command::Accept).await;
    assert!(matches!(answer, Err(Error::Refused(Refusal::StudentLocked))), "{answer:?}");
    assert_eq!(scene.store.table().holds().await, before);
}

#[tokio::test]
async fn a_pair_taken_meanwhile_is_told_by_its_holder() {
    let pair = Key { pk: "EMPLOYER#e1#PERSON#p1".to_owned(), sk: "PAIR".to_owned() };
    // A letter holds the pair until a deadline, an agreement without one.
    let by_letter = attributes([("holder", "99001-i00000000000000000009".into()), ("deadline", i64::MAX.into())]);
    let by_agreement = attributes([("holder", "99001-a00000000000000000009".into())]);
    for (holder, expected) in [(by_letter, Refusal::AlreadyInvited), (by_agreement, Refusal::AlreadySignedWithThisEmployer)] {
        let scene = Scene::before(Command::Send).await;
        scene.store.table().expect([Mishap::Overtaken(vec![put(&pair, &holder, vec![Condition::Absent])])]);
        match scene.run(Command::Send).await {
            Err(Error::Refused(refusal)) => assert_eq!(refusal, expected),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn an_entry_that_left_the_send_list_meanwhile_is_no_candidate() {
    let scene = Scene::before(Command::Send).await;
    let entry = Key { pk: "EMPLOYER#e1".to_owned(), sk: "CANDIDATE#ref-1".to_owned() };
    scene.store.table().expect([Mishap::Overtaken(vec![delete(&entry, vec![Condition::Present])])]);
    let answer = scene.run(Command::Send).await;
    assert!(matches!(answer, Err(Error::Refused(Refusal::NotACandidate))), "{answer:?}");
}
