//! An aggregate that moved between load and commit: a decision stands behind a drawn document, and not behind another decision.

use super::super::data::attributes;
use super::super::faulty::Mishap;
use super::super::scene::{Command, Scene};
use super::TRIES;
use store::{Aggregate as _, Condition, Error, Table as _, Write};

/// Commands that move a letter.
const MOVING: [Command; 2] = [Command::SendAgain, Command::Accept];

/// Somebody else's writes to the letter: audit number and head go on by one from `seq`, and the version as well if it is a
/// decision. Its audit record stands where the command's would.
async fn overtaking(scene: &Scene, seq: i64, is_decision: bool) -> Mishap {
    let letter = scene.letter().await;
    let key = letter.value.key();
    let when = vec![Condition::Equals("seq", seq.into())];
    let mut set = attributes([("seq", (seq + 1).into()), ("head", format!("head-{}", seq + 1).into())]);
    if is_decision {
        set.insert("version".to_owned(), 2.into());
    }
    let record = store::Key { pk: key.pk.clone(), sk: format!("AUDIT#INVITATION#{:08}", seq + 1) };
    let written = attributes([("bytes", "{}".into()), ("hash", format!("head-{}", seq + 1).into())]);
    Mishap::Overtaken(vec![
        Write::Update { key, set, remove: Vec::new(), add: Vec::new(), when },
        super::put(&record, &written, vec![Condition::Absent]),
    ])
}

#[tokio::test]
async fn a_decision_stands_behind_documents_drawn_meanwhile() {
    for command in MOVING {
        for drawn in 1..TRIES {
            let scene = Scene::before(command).await;
            let before = scene.letter().await;
            let mut script = Vec::new();
            for i in 0..drawn {
                script.push(overtaking(&scene, 1 + i64::try_from(i).unwrap(), false).await);
            }
            scene.store.table().expect(script);
            scene.run(command).await.unwrap_or_else(|error| panic!("{command:?} behind {drawn}: {error:?}"));
            let after = scene.letter().await;
            assert_eq!((before.version, after.version), (1, 2), "one decision is one version");
            assert_ne!(after.value.stage_name(), before.value.stage_name());
            let letter = scene.store.table().get(&after.value.key()).await.unwrap().unwrap();
            let seq = i64::try_from(drawn).unwrap() + 2;
            assert_eq!(letter.number("seq"), Some(seq), "{command:?} behind {drawn}");
            let record = store::Key { pk: letter.key.pk.clone(), sk: format!("AUDIT#INVITATION#{seq:08}") };
            let record = scene.store.table().get(&record).await.unwrap().unwrap();
            assert_eq!(record.text("hash"), letter.text("head"));
            assert!(record.text("bytes").unwrap().contains(&format!(r#""prev":"head-{}""#, seq - 1)), "it joins the chain as it is");
        }
    }
}

#[tokio::test]
async fn a_letter_that_moves_at_every_try_is_unavailable_and_unchanged() {
    for command in MOVING {
        let scene = Scene::before(command).await;
        let mut script = Vec::new();
        for i in 0..TRIES {
            script.push(overtaking(&scene, 1 + i64::try_from(i).unwrap(), false).await);
        }
        scene.store.table().expect(script);
        let answer = scene.run(command).await;
        assert!(matches!(answer, Err(Error::Unavailable(_))), "{command:?}: {answer:?}");
        assert_eq!(scene.letter().await.version, 1, "{command:?}");
    }
}

#[tokio::test]
async fn a_decision_does_not_stand_behind_another() {
    for command in MOVING {
        for meanwhile in [Vec::new(), vec![Mishap::Contended], vec![Mishap::RequestLost]] {
            let scene = Scene::before(command).await;
            let overtaken = overtaking(&scene, 1, true).await;
            let Mishap::Overtaken(writes) = &overtaken else { panic!("writes") };
            let prepared = scene.prepare(command).await;
            let mut expected = scene.store.table().holds().await;
            expected.extend({
                let other = Scene::before(command).await;
                other.store.table().writes(writes).await;
                other.store.table().holds().await
            });
            scene.store.table().expect(meanwhile.iter().cloned().chain([overtaken]));
            let answer = scene.commit(&prepared, &scene.context(command)).await;
            assert!(matches!(answer, Err(Error::Moved)), "{command:?} after {meanwhile:?}: {answer:?}");
            assert_eq!(scene.store.table().holds().await, expected, "only the other's writes stand");
        }
    }
}

/// What was committed without an answer counts as done even after others have gone on from there.
#[tokio::test]
async fn success_without_an_answer_is_success_though_others_went_on() {
    for command in MOVING {
        let scene = Scene::forgetful_before(command).await;
        let prepared = scene.prepare(command).await;
        let further = overtaking(&scene, 2, false).await;
        scene.store.table().expect([Mishap::AnswerLost, further]);
        let answer = scene.commit(&prepared, &scene.context(command)).await;
        assert!(answer.is_ok(), "{command:?}: {answer:?}");
        assert_eq!(scene.letter().await.version, 2, "{command:?}");
    }
}

/// A document drawn between a lost request and its repeat: the decision goes behind it, once.
#[tokio::test]
async fn a_lost_request_is_repeated_behind_a_document_drawn_meanwhile() {
    for command in MOVING {
        let scene = Scene::before(command).await;
        let drawn = overtaking(&scene, 1, false).await;
        scene.store.table().expect([Mishap::RequestLost, drawn]);
        scene.run(command).await.unwrap_or_else(|error| panic!("{command:?}: {error:?}"));
        assert_eq!(scene.letter().await.version, 2, "{command:?}");
    }
}

/// A right guess among many wrong ones at once binds nobody: a wrong one counted meanwhile sends it back to be judged anew.
#[tokio::test]
async fn a_wrong_verification_counted_meanwhile_stops_the_right_one() {
    let scene = Scene::before(Command::Bind).await;
    let strikes = store::Key { pk: "ACCOUNT#student-1".to_owned(), sk: "VERIFICATION".to_owned() };
    let counted = super::put(&strikes, &attributes([("failures", 1.into()), ("tries", 1.into())]), vec![Condition::Absent]);
    scene.store.table().expect([Mishap::Overtaken(vec![counted])]);
    let answer = scene.run(Command::Bind).await;
    assert!(matches!(answer, Err(Error::Moved)), "{answer:?}");
    assert!(scene.run(Command::Bind).await.is_ok(), "judged anew, it holds");
}
