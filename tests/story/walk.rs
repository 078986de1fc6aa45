//! Random walks: graduates, employers and officers do whatever they like, and what they leave is judged against the state machines of
//! the domain (2.2 to 2.5), the audit records, and the slots' totals.

mod judge;
pub(crate) mod machines;
pub(crate) mod moves;

use crate::support::{Random, World, proof};
use domain::policy::{Policy, QuotaCounting};
use domain::values::SchoolId;
use judge::Judge;
use moves::Walkers;
use store::roster::Entry;

/// Another seed is another walk.
const SEED: u64 = 0x0057_A1C8_2026_1125;
/// How often others take over, since a graduate's terminations are soon used up, and everything is judged.
const TURN: usize = 200;

/// domain 2.8: no sequence of commands leaves the machines' tables; the audit records, replayed, give the stored
/// stage; a slot is taken and released by turns, and counts what was certified.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_sequence_of_commands_leaves_the_machines_tables() {
    let world = World::new().await;
    // More than once, so that walks go on after a termination.
    let policy = Policy {
        termination_quota: 3,
        quota_counting: QuotaCounting::AnyInitiator,
        allow_withdraw_before_certification: true,
        ..Policy::default()
    };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99001").unwrap(), policy)]).await;
    let (mut random, mut judge) = (Random::new(SEED), Judge::default());
    let (steps, most) = (proof(600, 20_000), proof(3_000, 20_000));
    println!("at least {steps} steps from seed {SEED:#018x}");
    let mut step = 0;
    while step < steps || (step < most && !judge.unseen().is_empty()) {
        let walkers = Walkers::new(&world).await;
        for _ in 0..TURN {
            step += 1;
            // What happens later stands higher in the lists.
            world.after(1_000);
            let done = walkers.walk(&mut random).await;
            assert!(done.status < 500, "step {step}: {done:?}");
            judge.note(&done);
        }
        judge.judge(&world.dump().await);
    }
    let (accepted, refused) = judge.counts();
    println!("{step} steps: {accepted} commands went through, {refused} were refused");
    assert_eq!(judge.unseen(), [], "no step went along these");
}
