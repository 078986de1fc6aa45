//! The caller's key for repeats, and the caller's own standing: judged inside the transaction, before all else.

use super::super::scene::{Command, Prepared, Scene, account_of_staff, employer};
use store::{Context, Error, Idempotency, RowAnswer, fingerprint};

const DAY_S: i64 = 24 * 60 * 60;

/// The same request once more: another id of the gateway's, the same key and words.
fn again(first: &Context) -> Context {
    Context { request_id: format!("{}-again", first.request_id), ..first.clone() }
}

/// Other words under the same key.
fn reworded(first: &Context) -> Context {
    let key = first.idempotency.as_ref().unwrap().key.clone();
    Context { idempotency: Some(Idempotency { key, fingerprint: fingerprint("/v1", "another body") }), ..again(first) }
}

fn later(first: &Context, seconds: i64) -> Context {
    Context { now: first.now.plus_millis(seconds * 1000), ..again(first) }
}

#[tokio::test]
async fn a_key_used_for_other_words_is_refused_and_nothing_is_written() {
    for command in Command::ALL {
        let scene = Scene::before(command).await;
        let (prepared, first) = (scene.prepare(command).await, scene.context(command));
        scene.commit(&prepared, &first).await.unwrap();
        let done = scene.store.table().holds().await;
        let answer = scene.commit(&prepared, &reworded(&first)).await;
        assert!(matches!(answer, Err(Error::KeyReused)), "{command:?}: {answer:?}");
        assert_eq!(scene.store.table().holds().await, done, "{command:?}");
    }
}

#[tokio::test]
async fn a_key_is_one_callers_for_one_action() {
    let scene = Scene::before(Command::List).await;
    let (prepared, first) = (scene.prepare(Command::List).await, scene.context(Command::List));
    scene.commit(&prepared, &first).await.unwrap();
    let by_another = Context { account: domain::values::AccountId::parse("hr-2").unwrap(), ..again(&first) };
    let for_another_action = Context { action: "send-invitations", ..again(&first) };
    for elsewhere in [by_another, for_another_action] {
        // Nothing is kept for these: they meet the entry itself.
        let answer = scene.commit(&prepared, &elsewhere).await;
        assert!(matches!(answer, Err(Error::AlreadyThere)), "{answer:?}");
        assert_eq!(scene.store.replay(&elsewhere).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_key_is_free_again_after_seven_days() {
    let scene = Scene::before(Command::List).await;
    let Prepared::List(candidate) = scene.prepare(Command::List).await else { panic!("an entry") };
    let first = scene.context(Command::List);
    let answer = scene.commit(&Prepared::List(candidate.clone()), &first).await.unwrap();
    let kept = Some(format!("{answer:?}"));
    let last_second = later(&first, 7 * DAY_S - 1);
    assert_eq!(scene.store.replay(&last_second).await.unwrap(), kept);
    let another = Prepared::List(domain::candidate::Candidate { student_ref: "ref-2".to_owned(), ..candidate });
    let answer = scene.commit(&another, &reworded(&last_second)).await;
    assert!(matches!(answer, Err(Error::KeyReused)), "{answer:?}");

    let seven_days = later(&first, 7 * DAY_S);
    assert_eq!(scene.store.replay(&seven_days).await.unwrap(), None);
    let answer = scene.commit(&another, &reworded(&seven_days)).await.unwrap();
    assert_eq!(answer, "listed ref-2");
    assert!(scene.store.candidate(&employer(), "ref-2").await.is_ok());
    // And it is that request's key now.
    assert_eq!(scene.commit(&another, &again(&reworded(&seven_days))).await.unwrap(), answer);
    let answer = scene.store.replay(&seven_days).await;
    assert!(matches!(answer, Err(Error::KeyReused)), "{answer:?}");
}

#[tokio::test]
async fn a_batch_is_opened_once_and_resumed_for_seven_days() {
    let scene = Scene::before(Command::Send).await;
    let first = scene.context(Command::Send);
    let (store, prepared) = (&scene.store, scene.prepare(Command::Send).await);
    assert!(!store.open_batch(&first).await.unwrap(), "opened now");
    assert!(store.row_answer::<RowAnswer>(&first, 0).await.unwrap().is_none());
    let answer = scene.commit(&prepared, &first).await.unwrap();
    let last_second = later(&first, 7 * DAY_S - 1);
    assert!(store.open_batch(&last_second).await.unwrap(), "opened before");
    let row: RowAnswer = store.row_answer(&last_second, 0).await.unwrap().unwrap();
    assert!(answer.contains(row.invitation_id.as_str()), "{answer}");
    assert!(store.row_answer::<RowAnswer>(&last_second, 1).await.unwrap().is_none(), "each row has its own");
    for refused in
        [store.open_batch(&reworded(&first)).await.map(drop), store.row_answer::<RowAnswer>(&reworded(&first), 0).await.map(drop)]
    {
        assert!(matches!(refused, Err(Error::KeyReused)), "{refused:?}");
    }
    assert!(!store.open_batch(&later(&first, 7 * DAY_S)).await.unwrap(), "forgotten");
}

#[tokio::test]
async fn a_revoked_token_writes_nothing() {
    for command in Command::ALL {
        let scene = Scene::before(command).await;
        let (prepared, context) = (scene.prepare(command).await, scene.context(command));
        scene.revoke_tokens(&context.account, context.token_issued_at + 1).await;
        let before = scene.store.table().holds().await;
        let answer = scene.commit(&prepared, &context).await;
        assert!(matches!(answer, Err(Error::TokenRevoked)), "{command:?}: {answer:?}");
        assert_eq!(scene.store.table().holds().await, before, "{command:?}");
        // Whoever logs in again may go on.
        let renewed = Context { token_issued_at: context.token_issued_at + 1, ..again(&context) };
        scene.commit(&prepared, &renewed).await.unwrap();
    }
}

#[tokio::test]
async fn a_revoked_token_gets_no_kept_answer() {
    for command in Command::ALL {
        let scene = Scene::before(command).await;
        let (prepared, first) = (scene.prepare(command).await, scene.context(command));
        scene.commit(&prepared, &first).await.unwrap();
        scene.revoke_tokens(&first.account, i64::MAX).await;
        for context in [again(&first), reworded(&first), later(&first, 8 * DAY_S)] {
            let answer = scene.commit(&prepared, &context).await;
            assert!(matches!(answer, Err(Error::TokenRevoked)), "{command:?}: {answer:?}");
            let kept = scene.store.replay(&context).await;
            assert!(matches!(kept, Err(Error::TokenRevoked)), "{command:?}: {kept:?}");
        }
    }
    let scene = Scene::before(Command::Send).await;
    let first = scene.context(Command::Send);
    scene.store.open_batch(&first).await.unwrap();
    scene.revoke_tokens(&account_of_staff(), i64::MAX).await;
    let opened = scene.store.open_batch(&again(&first)).await;
    assert!(matches!(opened, Err(Error::TokenRevoked)), "{opened:?}");
}

#[tokio::test]
async fn without_a_key_nothing_is_kept() {
    let scene = Scene::before(Command::Accept).await;
    let prepared = scene.prepare(Command::Accept).await;
    let keyless = Context { idempotency: None, ..scene.context(Command::Accept) };
    scene.commit(&prepared, &keyless).await.unwrap();
    assert!(scene.store.table().holds().await.keys().all(|key| !key.pk.starts_with("IDEMPOTENCY#")));
    let answer = scene.commit(&prepared, &again(&keyless)).await;
    assert!(matches!(answer, Err(Error::Moved)), "{answer:?}");
    assert_eq!(scene.store.replay(&keyless).await.unwrap(), None);
}
