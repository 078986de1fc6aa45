//! Finds the letters whose deadline has passed, and those of which it is near (architecture 6). Correctness never waits for it: a letter
//! past its deadline reads and acts as expired at once.

use domain::deadline::Hour;
use domain::work::Queue;
use futures_util::future::join_all;
use lambda::{Done, Fault, Tick};
use queue::{MAX_MESSAGES, Queues, hand_over};
use store::{DEADLINE_SHARDS, DueLetter, Store, Table};

/// How many letters one query finds.
const PAGE: u32 = 250;
/// How many letters of a queue one run takes up.
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
        let mut run = Run { store, queues, tick: &tick, queue, left: MAX_LETTERS, handed: 0 };
        run.sweep().await?;
        handed += run.handed;
    }
    Ok(handed)
}

/// A run, of one queue.
struct Run<'a, T, Q> {
    store: &'a Store<T>,
    queues: &'a Q,
    tick: &'a Tick,
    queue: Queue,
    /// How many letters it may still take up.
    left: usize,
    /// How many it has handed over.
    handed: usize,
}

impl<T: Table, Q: Queues> Run<'_, T, Q> {
    async fn sweep(&mut self) -> Result<(), Fault> {
        let (now, settled) = (Hour::of(self.tick.at), Hour::of(self.tick.at.plus_millis(-SETTLES_MS)));
        let first = self.store.deadline_mark(self.queue, self.tick.at).await?;
        let (mut hour, mut looked_at) = (first.clone(), 0);
        while hour <= now && looked_at < MAX_HOURS && self.empties(&hour).await? {
            (hour, looked_at) = (hour.next(), looked_at + 1);
        }
        let mark = hour.min(settled);
        if mark > first {
            self.store.mark_deadlines(self.queue, &mark).await?;
        }
        Ok(())
    }

    /// Takes up what has fallen due in an hour by now; false if the run is over before all is.
    async fn empties(&mut self, hour: &Hour) -> Result<bool, Fault> {
        for shard in 0..DEADLINE_SHARDS {
            let mut after = None;
            loop {
                let page = self.store.due_letters((self.queue, hour, shard), self.tick.at, PAGE, after).await?;
                if page.unreadable > 0 {
                    tracing::error!(hour = hour.as_str(), shard, unreadable = page.unreadable, "what falls due there cannot be read");
                }
                for some in page.letters.chunks(MAX_MESSAGES) {
                    if self.left < some.len() || !self.tick.budget.allows_another_row() {
                        return Ok(false);
                    }
                    self.hand_over(some).await?;
                }
                let Some(next) = page.next else { break };
                after = Some(next);
            }
        }
        Ok(true)
    }

    /// As many as one request to the queue takes. What is put off goes all the same if another one cannot be: nobody looks at it again for a
    /// while.
    async fn hand_over(&mut self, due: &[DueLetter]) -> Result<(), Fault> {
        self.left -= due.len();
        let (mut items, mut fault) = (Vec::with_capacity(due.len()), None);
        let put_off = due.iter().map(|letter| self.store.put_off_letter(letter, &self.tick.request_id, self.tick.at));
        for (letter, mine) in due.iter().zip(join_all(put_off).await) {
            match mine {
                Ok(true) => items.push(letter.key.clone()),
                Ok(false) => {}
                Err(error) => fault = Some(Fault::from(error)),
            }
        }
        self.handed += hand_over(self.queues, self.queue, &items).await?;
        fault.map_or(Ok(()), Err)
    }
}
