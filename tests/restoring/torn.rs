//! Random transactions of a random story, cut apart.

use super::acts;
use super::judge::{Fault, faults, revived, silent};
use super::tape::{Cut, Image, Tape, bound, kind, mend, moment, set, survey};
use crate::story::walk::moves::Walkers;
use crate::support::{Random, World, proof};
use std::collections::BTreeMap;

/// Another seed is another story.
const SEED: u64 = 0x7024_2026_1128;

pub(super) async fn story(world: &World, steps: usize) -> Tape {
    let base = Tape::begin(world).await;
    acts::first(world).await;
    let walkers = Walkers::new(world).await;
    let mut random = Random::new(SEED);
    for _ in 0..steps {
        world.after(1_000);
        let done = walkers.walk(&mut random).await;
        assert!(done.status < 500, "{done:?}");
    }
    acts::last(world).await;
    Tape::end(world, base).await
}

/// Reliability 2.15. `cargo xtask proof` cuts many more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_torn_transaction_is_found_and_mended_and_none_is_found_that_is_not_torn() {
    let world = World::new().await;
    let tape = story(&world, proof(40, 1_000)).await;
    let (wanted, mut random) = (proof(200, 4_000), Random::new(SEED));
    let told: Vec<usize> = (0..tape.transactions.len())
        .filter(|n| kind(&tape.transactions[*n]).is_some() && bound(&tape.transactions[*n]).len() > 1)
        .collect();
    // Rare kinds as often as frequent ones.
    let mut of_kind: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for n in told {
        of_kind.entry(kind(&tape.transactions[n]).unwrap()).or_default().push(n);
    }
    let kinds: Vec<&Vec<usize>> = of_kind.values().collect();
    let mut chosen: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for i in 0..wanted {
        let n = *random.one_of(kinds[i % kinds.len()]);
        let size = bound(&tape.transactions[n]).len();
        let subset = 1 + random.below((1 << size.min(20)) - 2);
        chosen.entry(n).or_default().push(subset as u64);
    }
    let (mut image, mut figures, mut wrong) = (tape.base.clone(), BTreeMap::<String, usize>::new(), Vec::new());
    for (n, cuts) in tape.transactions.iter().enumerate() {
        for subset in chosen.get(&n).into_iter().flatten() {
            let torn = torn(&image, &tape, n, *subset);
            if let Err(why) = judge(torn, &world, cuts, &mut figures).await {
                wrong.push(format!("transaction {n} ({}), subset {subset:b} of {:?}: {why}", kind(cuts).unwrap(), keys_of(cuts)));
            }
        }
        for cut in cuts {
            set(&mut image, &cut.key, cut.after.as_ref());
        }
        // Each whole table between two transactions is one that nothing is found in; here some of them, in a proof all.
        if n % proof(9, 1) == 0 && kind(cuts).is_some() {
            let found = survey(&image, world.now()).findings.into_iter().map(|finding| finding.to_string());
            let all = found.chain(faults(&image, world.now()).into_iter().map(|fault| fault.told()));
            wrong.extend(all.map(|why| format!("whole after transaction {n} ({:?}): {why}", kind(cuts))));
        }
    }
    println!("{wanted} cuts of {} transactions of {} kinds: {figures:?}", tape.transactions.len(), kinds.len());
    println!("{}", of_kind.keys().cloned().collect::<Vec<_>>().join("\n"));
    assert!(wrong.is_empty(), "{} of {wanted}:\n{}", wrong.len(), wrong.join("\n"));
}

fn keys_of(cuts: &[Cut]) -> Vec<String> {
    bound(cuts).iter().map(|cut| cut.key.sk.clone()).collect()
}

/// The table with these items of a transaction, and not the others.
pub(super) fn torn(image: &Image, tape: &Tape, n: usize, subset: u64) -> Image {
    let mut torn = image.clone();
    for (i, cut) in bound(&tape.transactions[n]).into_iter().enumerate() {
        if subset >> i & 1 == 1 {
            set(&mut torn, &cut.key, cut.after.as_ref());
        }
    }
    torn
}

async fn judge(image: Image, world: &World, cuts: &[Cut], figures: &mut BTreeMap<String, usize>) -> Result<(), String> {
    // Rows of an import do not name each other: some that are wholly there and others that are not at all are no tear.
    let (now, rows) = (moment(cuts).unwrap(), kind(cuts).is_some_and(|kind| kind.starts_with("run-job: student")));
    let mut torn = image.clone();
    let found = survey(&torn, now).findings;
    if found.is_empty() && rows && faults(&torn, now).is_empty() {
        *figures.entry("rows of an import, each whole by itself".to_owned()).or_default() += 1;
        return Ok(());
    }
    if found.is_empty() {
        return Err("nothing is found".to_owned());
    }
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    let (mended, left) = mend(&mut torn, world, now).await;
    *figures.entry("mendings".to_owned()).or_default() += mended;
    if !left.is_empty() {
        return Err(format!("left for a person: {left:?}, of {told:?}"));
    }
    let still = survey(&torn, now).findings;
    if !still.is_empty() {
        return Err(format!("still found: {:?}, of {told:?}", still.iter().map(ToString::to_string).collect::<Vec<_>>()));
    }
    let wrong: Vec<String> =
        faults(&torn, now).iter().chain(&silent(&image, &torn)).chain(&revived(&image, &torn)).map(Fault::told).collect();
    if !wrong.is_empty() {
        return Err(format!("{} of {told:?}", wrong.join("; ")));
    }
    Ok(())
}

/// DynamoDB brings each item as it was at a moment of its own: within a few transactions several may be torn at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_torn_transactions_are_mended_or_left_for_a_person_and_a_second_repair_does_nothing() {
    let world = World::new().await;
    let tape = story(&world, proof(50, 600)).await;
    let (rounds, mut random) = (proof(40, 1_000), Random::new(SEED));
    let (mut mendings, mut left_over, mut clean, mut all_wrong) = (0, 0, 0, Vec::new());
    for _ in 0..rounds {
        let from = random.below(tape.transactions.len() - 8);
        let mut image = tape.base.clone();
        for cut in tape.transactions[..from].iter().flatten() {
            set(&mut image, &cut.key, cut.after.as_ref());
        }
        // The moment of each item, in the order in which items come first.
        let mut moments = BTreeMap::new();
        for (n, cuts) in tape.transactions[from..from + 8].iter().enumerate() {
            for cut in bound(cuts) {
                if n < *moments.entry(cut.key.clone()).or_insert_with(|| random.below(9)) {
                    set(&mut image, &cut.key, cut.after.as_ref());
                }
            }
        }
        let torn = image.clone();
        let (mended, left) = mend(&mut image, &world, world.now()).await;
        let wrong: Vec<Fault> = faults(&image, world.now()).into_iter().filter(|fault| !fault.is_left(&left)).collect();
        let wrong: Vec<String> = wrong.iter().chain(&silent(&torn, &image)).chain(&revived(&torn, &image)).map(Fault::told).collect();
        all_wrong.extend((!wrong.is_empty()).then(|| format!("round from {from}: {wrong:#?}, left {left:#?}")));
        (mendings, left_over) = (mendings + mended, left_over + left.len());
        let still = survey(&image, world.now()).findings;
        assert_eq!(still.len(), left.len(), "round from {from}: {still:#?}, left {left:#?}");
        clean += usize::from(left.is_empty());
        assert_eq!(mend(&mut image, &world, world.now()).await.0, 0, "round from {from}: a second repair does nothing");
    }
    assert!(all_wrong.is_empty(), "{} of {rounds}: {}", all_wrong.len(), all_wrong.join("\n"));
    println!(
        "{rounds} tables of eight transactions torn at once: {clean} wholly mended by {mendings} mendings, {left_over} findings for a person"
    );
}
