//! What it costs to sweep: letters a second, requests and units a letter. Nothing is missed, nothing is done twice.

use super::office::Office;
use crate::support::{Letter, World, days, proof};
use crate::support::{minutes, start, tick};
use domain::invitation::StageName;
use domain::work::Queue;
use lambda::RealClock;
use std::sync::atomic::Ordering;

/// Most rows of a batch.
const MAX_BATCH: usize = 200;

/// Domain 5.3, a storm of deadlines: all letters of a day fall due in the same minute. `cargo xtask proof` takes 100,000.
#[tokio::test]
async fn a_storm_of_deadlines_on_the_model() {
    let (office, clock) = (Office::<true>::new(false), RealClock::system());
    let count = u32::try_from(proof(1_000, 100_000)).unwrap();
    let mut letters = Vec::new();
    for n in 1..=count {
        letters.push(office.invites(n, start()).await.0);
    }
    sweep_deadlines::sweep_deadlines(&office.store, &office.boxes, tick(start())).await.unwrap();
    office.table.steps.store(0, Ordering::Relaxed);
    let (begun, mut minute, mut handed, mut expired) = (clock.now_ms(), 0, 0, 0);
    // Reminders are due too, and come too late.
    while expired < count as usize {
        let now = start().plus_days(5).plus_millis(90_000 + minutes(minute));
        handed += sweep_deadlines::sweep_deadlines(&office.store, &office.boxes, tick(now)).await.unwrap();
        for pair in office.boxes.empty(Queue::Reminders) {
            remind_student::remind_student(&office.store, pair, tick(now)).await.unwrap();
        }
        for pair in office.boxes.empty(Queue::Expiries) {
            expired += expire_invitation::expire_invitation(&office.store, pair, tick(now)).await.unwrap();
        }
        minute += 1;
        assert!(minute < 120, "{expired} of {count}");
    }
    let (taken, steps) = (clock.now_ms() - begun, office.table.steps.load(Ordering::Relaxed));
    for letter in &letters {
        let letter = office.letter(letter).await;
        assert_eq!((letter.value.stage_name(), letter.version), (StageName::Expired, 2), "none missed, none twice");
    }
    println!("{count} letters on the model: {taken} ms, {minute} minutes of the clock, {handed} handed over, {steps} requests");
}

/// The same through stream, queues and workers on the embedded engine, in capacity units. `cargo xtask proof` takes 10,000.
#[tokio::test]
async fn a_storm_of_deadlines_on_the_embedded_engine() {
    let (world, clock) = (World::new().await, RealClock::system());
    let count = proof(50, 10_000);
    let stars = world.employer("星光集团").await;
    let mut letters = Vec::new();
    while letters.len() < count {
        let mut references = Vec::new();
        for _ in 0..MAX_BATCH.min(count - letters.len()) {
            references.push(stars.lists(&world.graduate("黄河水9").await).await);
        }
        let references: Vec<_> = references.iter().map(String::as_str).collect();
        // A batch that runs out of time is resumed.
        let mut sent = 0;
        while sent < references.len() {
            let rows = stars.sends(&references[sent..]).await.with(200);
            let ids = rows["rows"].as_array().unwrap().iter().filter_map(|row| row["invitation_id"].as_str());
            let before = letters.len();
            letters.extend(ids.map(|id| Letter { id: id.to_owned() }));
            sent += letters.len() - before;
        }
    }
    // The minute before they are due, in which late reminders give way: their end alone is measured.
    world.minute_strikes().await;
    world.after(days(5) + 30_000);
    world.minute_strikes().await;
    world.after(60_000);
    world.usage();
    let (begun, mut minutes) = (clock.now_ms(), 0);
    while world.minute_strikes().await > 0 {
        world.after(60_000);
        minutes += 1;
    }
    let (taken, usage) = (clock.now_ms() - begun, world.usage());
    for letter in &letters {
        let letter = stars.reads(letter).await.with(200);
        assert_eq!((&letter["stage"], &letter["version"]), (&"expired".into(), &2.into()), "none missed, none twice");
    }
    let n = u32::try_from(count).unwrap();
    println!(
        "{n} letters on the engine: {taken} ms, {minutes} minutes, {} reads, {} transactions, {} read units, {} write units",
        usage.reads, usage.writes, usage.read_units, usage.write_units
    );
}
