//! sweep-deadlines on the model: bounded, in nobody's way, and nothing forgotten.

use super::office::Office;
use crate::support::{minutes, start, tick};
use domain::invitation::StageName;
use domain::values::Timestamp;
use domain::work::Queue;
use store::{Key, OUTBOX_SHARDS, Table, Write};

type Desk = Office<true>;

async fn sweeps(office: &Desk, at: Timestamp) -> usize {
    sweep_deadlines::sweep_deadlines(&office.store, &office.boxes, tick(at)).await.unwrap()
}

async fn expires(office: &Desk, pairs: Vec<Key>, at: Timestamp) -> usize {
    let mut expired = 0;
    for pair in pairs {
        expired += expire_invitation::expire_invitation(&office.store, pair, tick(at)).await.unwrap();
    }
    expired
}

/// Five days and the margin after the letters went out.
fn due() -> Timestamp {
    start().plus_days(5).plus_millis(90_000)
}

/// Architecture 6: what is handed over is put off: a backlog is not handed over anew each minute, and comes again if nobody deals with it.
#[tokio::test]
async fn a_backlog_is_not_handed_over_anew_each_minute() {
    let office = Desk::new(false);
    let mut letters = Vec::new();
    for n in 1..=30 {
        letters.push(office.invites(n, start()).await.0);
    }
    sweeps(&office, start()).await;
    assert_eq!(sweeps(&office, due()).await, 30);
    assert_eq!(office.boxes.empty(Queue::Reminders), [], "what comes too late is not reminded of");
    assert_eq!(sweeps(&office, due().plus_millis(minutes(1))).await, 0);
    let lost = office.boxes.empty(Queue::Expiries);
    assert_eq!(lost.len(), 30, "and all of these messages are lost");
    let again = due().plus_millis(minutes(15));
    assert_eq!(sweeps(&office, again).await, 30);
    let expired = expires(&office, office.boxes.empty(Queue::Expiries), again).await;
    assert_eq!((expired, sweeps(&office, again.plus_days(1)).await), (30, 0));
    for letter in &letters {
        let letter = office.letter(letter).await;
        assert_eq!((letter.value.stage_name(), letter.version), (StageName::Expired, 2));
    }
}

/// Reliability 3.11: how long it has waited for the sweep is told, and an alarm looks at it.
#[tokio::test]
async fn what_is_owed_says_how_long_it_has_waited() {
    let office = Desk::new(false);
    office.invites(1, start()).await;
    let mut waited = Vec::new();
    for at in [start().plus_millis(minutes(2)), start().plus_millis(minutes(20))] {
        for shard in 0..OUTBOX_SHARDS {
            let owed = office.store.owed(Queue::Notices, shard, at, 10).await.unwrap();
            waited.extend(owed.iter().map(|owed| owed.waited_ms(at)));
        }
    }
    assert_eq!(waited, [minutes(2), minutes(20)]);
}

/// A message that comes twice, or from an earlier letter of the pair, does nothing more.
#[tokio::test]
async fn a_message_is_a_hint() {
    let office = Desk::new(false);
    let (letter, pair) = office.invites(1, start()).await;
    for early in [start(), start().plus_days(5), due().plus_millis(-1)] {
        assert_eq!(expires(&office, vec![pair.clone()], early).await, 0);
    }
    assert_eq!(expires(&office, vec![pair.clone(), pair.clone()], due()).await, 1);
    assert_eq!(expires(&office, vec![Key { sk: "NOTHING".to_owned(), ..pair.clone() }], due()).await, 0);
    assert_eq!(office.letter(&letter).await.version, 2);
}

/// Two sweeps at once hand each letter over once; two workers at once expire it once.
#[tokio::test]
async fn two_at_once_do_everything_once() {
    let office = Desk::new(false);
    let mut pairs = Vec::new();
    for n in 1..=20 {
        pairs.push(office.invites(n, start().plus_days(-1)).await.1);
    }
    // Their reminders come first: nobody delivers them.
    sweeps(&office, start().plus_days(3)).await;
    let (one, two) = tokio::join!(sweeps(&office, due()), sweeps(&office, due()));
    assert_eq!(one + two, 20);
    let handed = office.boxes.empty(Queue::Expiries);
    assert_eq!(handed.len(), 20);
    let (one, two) = tokio::join!(expires(&office, handed.clone(), due()), expires(&office, handed, due()));
    assert_eq!(one + two, 20);
}

/// A letter that its worker cannot read stands in nobody's way, and is tried again.
#[tokio::test]
async fn a_letter_that_cannot_be_read_is_in_nobodys_way() {
    let office = Desk::new(false);
    let (broken, pair) = office.invites(1, start()).await;
    office.invites(2, start()).await;
    let key = Key { pk: format!("SCHOOL#99001#SIGNING#{}", &broken.value.id.as_str()[7..]), sk: "INVITATION".to_owned() };
    let whole = office.table.get(&key).await.unwrap().unwrap();
    let set = store::Attributes::from([("data".to_owned(), "{".into())]);
    let breaking = Write::Update { key, set, remove: Vec::new(), add: Vec::new(), when: Vec::new() };
    office.table.commit(&[breaking], "breaks").await.unwrap();
    for day in 5..8 {
        let now = start().plus_days(day).plus_millis(90_000);
        sweeps(&office, now).await;
        let due = office.boxes.empty(Queue::Expiries);
        assert!(due.contains(&pair), "day {day}: {due:?}");
        let failed = expire_invitation::expire_invitation(&office.store, pair.clone(), tick(now)).await.is_err();
        assert!(failed);
        let others = due.into_iter().filter(|key| *key != pair).collect();
        expires(&office, others, now).await;
    }
    office.table.commit(&[Write::Put { item: whole, when: Vec::new() }], "mends").await.unwrap();
    let now = start().plus_days(9);
    sweeps(&office, now).await;
    assert_eq!(expires(&office, office.boxes.empty(Queue::Expiries), now).await, 1);
}

/// A run is bounded by its time, and the next one goes on where it ended.
#[tokio::test]
async fn a_run_that_is_out_of_time_is_gone_on_with_by_the_next() {
    let office = Desk::new(false);
    let mut pairs = Vec::new();
    for n in 1..=8 {
        pairs.push(office.invites(n, start().plus_millis(i64::from(n) * minutes(60))).await.1);
    }
    sweeps(&office, start()).await;
    let now = start().plus_days(6);
    let out_of_time =
        || lambda::Tick { budget: lambda::Budget::Rows(std::sync::Arc::new(std::sync::atomic::AtomicU32::new(3))), ..tick(now) };
    let (mut handed, mut runs) = (Vec::new(), 0);
    while handed.len() < pairs.len() {
        sweep_deadlines::sweep_deadlines(&office.store, &office.boxes, out_of_time()).await.unwrap();
        handed.extend(office.boxes.empty(Queue::Expiries));
        runs += 1;
        assert!(runs < 20, "{handed:?}");
    }
    assert!(runs >= 4, "{runs}: three hours of reminders a run, which give way");
    sweeps(&office, now).await;
    handed.extend(office.boxes.empty(Queue::Expiries));
    handed.sort();
    pairs.sort();
    assert_eq!(handed, pairs, "each once");
}

/// No run takes up more than 5,000 letters of a queue.
#[tokio::test]
async fn a_run_takes_up_so_many_letters_and_no_more() {
    let office = Desk::new(false);
    for n in 1..=5_300 {
        office.invites(n, start().plus_days(-1)).await;
    }
    sweeps(&office, start()).await;
    let mut runs = Vec::new();
    for minute in 0..4 {
        sweeps(&office, due().plus_millis(minutes(minute))).await;
        runs.push(office.boxes.empty(Queue::Expiries).len());
    }
    assert!(runs.iter().all(|taken| *taken <= 5_000), "{runs:?}");
    assert_eq!(runs.iter().sum::<usize>(), 5_300, "{runs:?}");
    assert_eq!(sweeps(&office, due().plus_millis(minutes(5))).await, 0);
}

/// A put-off that meets others is tried again; one that meets them each time ends the run before its hour is passed.
#[tokio::test]
async fn a_letter_that_cannot_be_put_off_now_is_not_passed_over() {
    for contended in [3, 20] {
        let office = Desk::new(false);
        for n in 1..=12 {
            office.invites(n, start()).await;
        }
        sweeps(&office, start()).await;
        // A day without sweeps: the hour lies far behind.
        let now = due().plus_days(1);
        office.table.contends(contended);
        let first = sweep_deadlines::sweep_deadlines(&office.store, &office.boxes, tick(now)).await;
        assert_eq!(first.is_err(), contended > 5, "{first:?}");
        office.table.contends(0);
        for minute in 1..=60 {
            sweeps(&office, now.plus_millis(minutes(minute))).await;
        }
        let mut handed = office.boxes.empty(Queue::Expiries);
        handed.sort();
        handed.dedup();
        assert_eq!(handed.len(), 12);
    }
}

/// A reminder that comes out of a dead-letter queue when the deadline has passed changes nothing: the letter still expires.
#[tokio::test]
async fn a_reminder_that_comes_hours_too_late_takes_no_letter_out_of_the_sweep() {
    let office = Desk::new(false);
    let (letter, pair) = office.invites(1, start()).await;
    sweeps(&office, start()).await;
    let mut now = start().plus_days(4);
    while now < due().plus_millis(minutes(180)) {
        sweeps(&office, now).await;
        now = now.plus_millis(minutes(30));
    }
    assert_eq!(remind_student::remind_student(&office.store, pair, tick(now)).await.unwrap(), 0);
    office.boxes.empty(Queue::Expiries);
    for _ in 0..40 {
        now = now.plus_millis(minutes(60));
        sweeps(&office, now).await;
    }
    assert!(expires(&office, office.boxes.empty(Queue::Expiries), now).await == 1, "{:?}", office.letter(&letter).await.value.stage);
}

/// An entry that this build does not know ends no run.
#[tokio::test]
async fn a_place_that_cannot_be_read_stops_nothing() {
    let office = Desk::new(false);
    let (_, pair) = office.invites(1, start()).await;
    let (_, other) = office.invites(2, start()).await;
    let set = store::Attributes::from([
        ("due_list".to_owned(), format!("letters#expiries#{}#0", &due().to_string()[..13]).into()),
        ("due_order".to_owned(), "2026-11-28T08:00:00.000Z#of another build".into()),
    ]);
    let breaking = Write::Update { key: pair, set, remove: Vec::new(), add: Vec::new(), when: Vec::new() };
    office.table.commit(&[breaking], "breaks").await.unwrap();
    sweeps(&office, due()).await;
    assert_eq!(office.boxes.empty(Queue::Expiries), [other]);
}
