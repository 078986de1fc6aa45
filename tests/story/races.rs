//! Races on the real adapter.

use crate::support::{Employer, World, proof};
use futures_util::future::join_all;

const EMPLOYERS: usize = 64;

/// Each world sees ten rounds: looking at a whole table gets dearer with every round.
const ROUNDS_PER_WORLD: usize = 10;

/// SR-49, architecture 1.1: 64 letters accepted at once by one graduate, 20 rounds (200 in the proof).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_letters_accepted_at_once_exactly_one_wins_in_every_round() {
    let worlds = proof(20, 200) / ROUNDS_PER_WORLD;
    for _ in 0..worlds {
        let world = World::new().await;
        let mut employers = Vec::new();
        for n in 0..EMPLOYERS {
            employers.push(world.employer(&format!("第{n}公司")).await);
        }
        for round in 0..ROUNDS_PER_WORLD {
            race(&world, &employers, round).await;
        }
    }
}

async fn race(world: &World, employers: &[Employer<'_>], round: usize) {
    let graduate = world.graduate("黄河水9").await;
    let mut letters = Vec::new();
    for employer in employers {
        let letter = employer.invites(&graduate).await;
        letters.push((letter.clone(), graduate.is_shown(&letter).await));
    }
    let before = world.dump().await;
    let keys: Vec<String> = (0..EMPLOYERS).map(|n| format!("{round}-{n}")).collect();
    let answers = join_all(letters.iter().zip(&keys).map(|((letter, shown), key)| graduate.accepts_as_shown(letter, shown, key))).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 1, "round {round}");
    for lost in answers.iter().filter(|answer| answer.status != 201) {
        lost.is_problem(409, "student_locked");
    }
    let after = world.dump().await;
    let new: Vec<_> = after.keys().filter(|key| !before.contains_key(*key)).collect();
    let of = |prefix: &str| new.iter().filter(|(pk, sk)| pk.starts_with(prefix) || sk.starts_with(prefix)).count();
    let counts = (of("AUDIT#"), of("INBOX#"), of("DOCUMENT#"), of("IDEMPOTENCY#"), of("AGREEMENT"), of("SLOT#"));
    assert_eq!(counts, (2, 2, 1, 1, 1, 1), "one set of audit records, notices and orders in round {round}: {new:?}");
    let slot = &after[&(format!("PERSON#{}", graduate.student.person), "SLOT#2027".to_owned())];
    assert_eq!((slot["acquired_total"].as_str(), slot.get("released_total")), ("1", None));
}
