//! The drill: a table of a hundred thousand items is restored with transactions torn, checked and repaired, and takes minutes.

use super::copies::Names;
use super::going_on::{says, stands};
use super::tape::{Image, bound, kind, set};
use super::torn::{story, torn};
use crate::support::{Random, World, proof};
use std::time::{Duration, Instant};
use store::{Item, Table as _, Write};

/// Another seed is another drill.
const SEED: u64 = 0x00D2_1112_0261_128D;

/// What a step took, and how much memory the process has had at most.
struct Step(Instant);

#[expect(clippy::disallowed_methods, reason = "a drill is measured")]
impl Step {
    fn begin() -> Self {
        Self(Instant::now())
    }

    fn end(self, what: &str, world: &World) -> Duration {
        let (took, usage) = (self.0.elapsed(), world.usage());
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned();
        println!(
            "{what}: {:.1} s, {} reads of {:.0} units, {} transactions of {} items, {:.0} units; peak memory {peak}",
            took.as_secs_f64(),
            usage.reads,
            usage.read_units,
            usage.writes,
            usage.items_written,
            usage.write_units
        );
        took
    }
}

/// Reliability 2.15. `cargo xtask proof` does it with a hundred thousand items and says how long it took: ten minutes are the goal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_table_is_checked_and_wholly_repaired() {
    let tape = { story(&World::new().await, 20).await };
    let (wanted, tears) = (proof(4_000, 100_000), proof(2, 100));
    let mut last = tape.base.clone();
    tape.transactions.iter().flatten().for_each(|cut| set(&mut last, &cut.key, cut.after.as_ref()));
    let torn_at: Vec<usize> = (0..tape.transactions.len())
        .filter(|n| kind(&tape.transactions[*n]).is_some() && bound(&tape.transactions[*n]).len() > 1)
        .collect();
    let (mut random, mut table, mut n) = (Random::new(SEED), Image::new(), 0);
    while table.len() < wanted || n < tears {
        let names = Names::of(n, &tape);
        if n < tears {
            let at = *random.one_of(&torn_at);
            let subset = 1 + random.below((1 << bound(&tape.transactions[at]).len().min(20)) - 2);
            let mut image = tape.base.clone();
            tape.transactions[..at].iter().flatten().for_each(|cut| set(&mut image, &cut.key, cut.after.as_ref()));
            table.extend(names.copy(&torn(&image, &tape, at, subset as u64)));
        } else {
            table.extend(names.copy(&last));
        }
        n += 1;
    }
    let world = World::new().await;
    println!("{} items in {n} copies of a story, {tears} of them torn", table.len());
    world.usage();
    let step = Step::begin();
    let puts: Vec<Write> =
        table.into_iter().map(|(key, attributes)| Write::Put { item: Item { key, attributes }, when: Vec::new() }).collect();
    for (n, some) in puts.chunks(100).enumerate() {
        world.stack.table().commit(some, &format!("restoring-{n}")).await.unwrap();
    }
    drop(puts);
    let mut took = step.end("restore", &world);
    let step = Step::begin();
    let found = says(&world, &["check-table"]).await;
    took += step.end("check", &world);
    println!("{}", found.lines().next().unwrap_or_default());
    let step = Step::begin();
    let report = says(&world, &["repair-table", "--go"]).await;
    took += step.end("repair", &world);
    println!("{}", report.lines().last().unwrap_or_default());
    let step = Step::begin();
    let still = says(&world, &["check-table"]).await;
    took += step.end("check again", &world);
    println!("restore, check, repair and check: {:.1} s", took.as_secs_f64());
    assert!(still.contains(" 0 findings"), "{still}");
    assert!(report.ends_with(" 0 are left for a person\n"), "{report}");
    stands(&world).await;
}
