//! Finds the letters whose deadline has passed, and those of which it is near (architecture 6). Correctness never waits for it: a letter
//! past its deadline reads and acts as expired at once.

use domain::deadline::Hour;
use domain::work::Queue;
use futures_util::future::try_join_all;
use lambda::{Done, Fault, Tick};
use queue::{MAX_MESSAGES, Queues, hand_over};
use store::{DEADLINE_SHARDS, DueLetter, Store, Table};

/// How many letters one query finds.
const PAGE: u32 = 250;
/// How many letters of a queue one run hands over.
const MAX_LETTERS: usize = 5_000;
/// How many hours one run looks at that lie behind: a backlog of a day without sweeps takes one run, or as many as its letters need.
const MAX_HOURS: usize = 200;
/// How long an hour is looked at after it has passed: an index may tell of a letter a little late.
const SETTLES_MS: i64 = 10 * 60 * 1000;

/// Hour by hour from where the last run ended. A letter is put off before it is handed over, by condition: two sweeps at once hand it over
/// once, and one that its worker cannot deal with stands in nobody's way.
///
/// # Errors
/// As the table's and the queues': the next run goes on from the same hour.
pub async fn sweep_deadlines<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, tick: Tick) -> Done {
    let mut handed = 0;
    for queue in Queue::TIMED {
        handed += sweep(store, queues, queue, &tick).await?;
    }
    Ok(handed)
}

async fn sweep<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, queue: Queue, tick: &Tick) -> Done {
    let (now, settled) = (Hour::of(tick.at), Hour::of(tick.at.plus_millis(-SETTLES_MS)));
    let first = store.deadline_mark(queue, tick.at).await?;
    let (mut hour, mut handed, mut looked_at) = (first.clone(), 0, 0);
    while hour <= now && looked_at < MAX_HOURS {
        for shard in 0..DEADLINE_SHARDS {
            handed += sweep_shard(store, queues, (queue, &hour, shard), tick, MAX_LETTERS - handed).await?;
        }
        if handed >= MAX_LETTERS {
            break;
        }
        (hour, looked_at) = (hour.next(), looked_at + 1);
        if !tick.budget.allows_another_row() {
            break;
        }
    }
    let mark = hour.min(settled);
    if mark > first {
        store.mark_deadlines(queue, &mark).await?;
    }
    Ok(handed)
}

/// What has fallen due in an hour by now, of one shard, up to so many letters.
async fn sweep_shard<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, list: (Queue, &Hour, u8), tick: &Tick, most: usize) -> Done {
    let (mut handed, mut after) = (0, None);
    while handed < most {
        let page = store.due_letters(list, tick.at, PAGE, after).await?;
        for some in page.letters.chunks(MAX_MESSAGES) {
            handed += hand_over_some(store, queues, list.0, some, tick).await?;
        }
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    Ok(handed)
}

/// As many as one request to the queue takes.
async fn hand_over_some<T: Table, Q: Queues>(store: &Store<T>, queues: &Q, queue: Queue, due: &[DueLetter], tick: &Tick) -> Done {
    let mine = try_join_all(due.iter().map(|letter| store.put_off_letter(letter, &tick.request_id, tick.at))).await.map_err(Fault::from)?;
    let items: Vec<_> = due.iter().zip(mine).filter(|(_, mine)| *mine).map(|(letter, _)| letter.key.clone()).collect();
    Ok(hand_over(queues, queue, &items).await?)
}
