//! What the clock does to open letters: each pair of employer and person knows what falls due of its letter next, and stands in the list
//! of that hour. The sweep hands it over and puts it off; who is handed it looks at the letter itself.

use crate::Store;
use crate::aggregate::{Aggregate, Loaded, json, list_in, loaded, schema};
use crate::error::Error;
use crate::inbox::Notice;
use crate::keys::{self, lists};
use crate::outbox::{attempts, next_try, spread};
use crate::people::SlotState;
use crate::table::{Attributes, Condition, Cursor, Index, Item, Key, Query, Select, Table, Value, Write};
use domain::deadline::{Hour, Watch};
use domain::event::Event;
use domain::invitation::Invitation;
use domain::transition::{NoticeKind, Recipient};
use domain::values::{InvitationId, Timestamp};
use domain::work::Queue;

/// Into how many lists what falls due in an hour is spread.
pub const DEADLINE_SHARDS: u8 = 4;
/// From where on the first sweep looks, where no school was set up by an operator: nothing falls due in a platform's first day.
const FIRST_LOOK_DAYS: i64 = 1;

/// The attributes of a pair that say what falls due of its letter.
pub(crate) const WATCHED: [&str; 5] = ["deadline", "reminder", "attempts", "due_list", "due_order"];

/// A letter that falls due, as the sweep finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLetter {
    /// Its pair.
    pub key: Key,
    queue: Queue,
    place: Place,
    /// How often it was handed over.
    attempts: i64,
}

/// The place of a letter among what falls due in an hour. It says the deadline too: a reminder that nobody delivers gives way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    from: Timestamp,
    letter: String,
    deadline: Timestamp,
}

/// A page of what falls due.
#[derive(Clone, Debug)]
pub struct DuePage {
    /// The letters.
    pub letters: Vec<DueLetter>,
    /// How many entries are none that this build knows.
    pub unreadable: usize,
    /// Where the next page begins, if there may be one.
    pub next: Option<Cursor>,
}

/// A letter that its pair waits for.
#[derive(Clone, Debug)]
pub struct OpenLetter {
    /// The letter.
    pub letter: Loaded<Invitation>,
    pair: Key,
    deadline: Timestamp,
    reminder: Option<Timestamp>,
}

/// What a pair says of its letter: the deadline, the next reminder, and its place among what falls due.
pub(crate) fn watched(letter: &str, watch: Watch) -> (Attributes, Vec<&'static str>) {
    let (queue, from) = match watch.remind_at {
        Some(at) => (Queue::Reminders, at),
        None => (Queue::Expiries, watch.swept_from()),
    };
    let mut set = Attributes::from([("deadline".to_owned(), watch.expires_at.millis().into())]);
    set.extend(watch.remind_at.map(|at| ("reminder".to_owned(), at.millis().into())));
    Place { from, letter: letter.to_owned(), deadline: watch.expires_at }.list_in(&mut set, queue);
    let remove = if watch.remind_at.is_some() { vec!["attempts"] } else { vec!["attempts", "reminder"] };
    (set, remove)
}

impl Place {
    fn list_in(&self, set: &mut Attributes, queue: Queue) {
        let list = lists::due_letters(queue, &Hour::of(self.from), spread(&self.letter, DEADLINE_SHARDS));
        list_in(set, Index::Due, list, self.order());
    }

    fn read(order: &str) -> Option<Self> {
        let (from, rest) = order.split_once('#')?;
        let (letter, deadline) = rest.split_once('#')?;
        Some(Self { from: Timestamp::parse(from).ok()?, letter: letter.to_owned(), deadline: Timestamp::parse(deadline).ok()? })
    }

    fn order(&self) -> String {
        let Self { from, letter, deadline } = self;
        format!("{from}#{letter}#{deadline}")
    }
}

impl<T: Table> Store<T> {
    /// The first hour of which something may still be due.
    ///
    /// # Errors
    /// As the table's.
    pub async fn deadline_mark(&self, queue: Queue, now: Timestamp) -> Result<Hour, Error> {
        let Some(item) = self.table.get(&keys::deadline_mark(queue)).await? else { return Ok(Hour::of(now.plus_days(-FIRST_LOOK_DAYS))) };
        let mark = item.text("hour").and_then(Hour::parse).ok_or_else(|| Error::Broken("the mark of deadlines is no hour".to_owned()))?;
        // A clock that was set back finds again what falls due until then.
        Ok(mark.min(Hour::of(now)))
    }

    /// The sweep begins here, however late its first run: before the first school is set up no letter is sent. Once begun, it goes on.
    ///
    /// # Errors
    /// As the table's.
    pub async fn begin_deadlines(&self, now: Timestamp) -> Result<(), Error> {
        for queue in Queue::TIMED {
            self.write("beginning deadlines", &[mark(queue, &Hour::of(now), vec![Condition::Absent])]).await?;
        }
        Ok(())
    }

    /// Everything that fell due before this hour has been handed over.
    ///
    /// # Errors
    /// As the table's.
    pub async fn mark_deadlines(&self, queue: Queue, hour: &Hour) -> Result<(), Error> {
        self.write("marking deadlines", &[mark(queue, hour, Vec::new())]).await.map(drop)
    }

    /// What has fallen due in an hour by now, the oldest first: one bounded page of a shard.
    ///
    /// # Errors
    /// As the table's.
    pub async fn due_letters(
        &self,
        (queue, hour, shard): (Queue, &Hour, u8),
        now: Timestamp,
        limit: u32,
        after: Option<Cursor>,
    ) -> Result<DuePage, Error> {
        let (partition, to) = (lists::due_letters(queue, hour, shard), Some(format!("{now}~")));
        let query = Query { index: Index::Due, partition, from: None, to, descending: false, limit, after, select: Select::Items };
        let page = self.table.query(&query).await?;
        let found = page.items.len();
        let due = |item: Item| {
            let place = item.text(Index::Due.attributes().1).and_then(Place::read)?;
            Some(DueLetter { place, attempts: attempts(&item), key: item.key, queue })
        };
        let letters: Vec<DueLetter> = page.items.into_iter().filter_map(due).collect();
        Ok(DuePage { unreadable: found - letters.len(), letters, next: page.next })
    }

    /// Puts off what is handed over now: it stands in the list of a later hour, so that a backlog is not handed over anew each minute. False
    /// if it is not to be handed over: it is no longer due, or another sweep has it, or it is a reminder that comes too late: that has given
    /// way to the expiry.
    ///
    /// # Errors
    /// As the table's.
    pub async fn put_off_letter(&self, due: &DueLetter, invocation: &str, now: Timestamp) -> Result<bool, Error> {
        let Place { letter, deadline, .. } = &due.place;
        let (next, is_reminder) = (next_try(now, due.attempts), due.queue == Queue::Reminders);
        let (queue, from) = match is_reminder {
            true if next < *deadline => (Queue::Reminders, next),
            // Not into an hour that has been swept.
            true => (Queue::Expiries, now.max(Watch { expires_at: *deadline, remind_at: None }.swept_from())),
            false => (Queue::Expiries, next),
        };
        let mut set = Attributes::new();
        Place { from, letter: letter.clone(), deadline: *deadline }.list_in(&mut set, queue);
        let when = vec![Condition::Equals(Index::Due.attributes().1, due.place.order().into())];
        // What becomes an expiry is handed over for the first time then.
        let (remove, add) = if queue == due.queue { (Vec::new(), vec![("attempts", 1)]) } else { (vec!["attempts"], Vec::new()) };
        let write = Write::Update { key: due.key.clone(), set, remove, add, when };
        Ok(self.claim("putting off a letter", invocation, &[write]).await? && !(is_reminder && now >= *deadline))
    }

    /// The letter that a pair waits for; none if nobody waits any more.
    ///
    /// # Errors
    /// As the table's.
    pub async fn open_letter(&self, pair: &Key) -> Result<Option<OpenLetter>, Error> {
        let Some(item) = self.table.get(pair).await? else { return Ok(None) };
        let letter = item.text("holder").and_then(|holder| InvitationId::parse(holder).ok());
        let (Some(id), Some(deadline)) = (letter, moment(&item, "deadline")) else { return Ok(None) };
        let letter = loaded(&self.item(&keys::invitation(&id)).await?)?;
        Ok(Some(OpenLetter { letter, pair: pair.clone(), deadline, reminder: moment(&item, "reminder") }))
    }

    /// Reminds the graduate, once for each reminder, and says what falls due next. Nobody is reminded of a letter that can only be looked
    /// at (SR-49), or past its deadline: that is the sweep's. Whether somebody was.
    ///
    /// # Errors
    /// As the table's.
    pub async fn remind(&self, open: &OpenLetter, now: Timestamp) -> Result<bool, Error> {
        let letter = &open.letter.value;
        let Some(reminder) = open.reminder.filter(|reminder| *reminder <= now && now < open.deadline) else { return Ok(false) };
        let answerable = self.slot(&letter.person, letter.graduation_year).await? == SlotState::Free;
        let (set, remove) = watched(letter.id.as_str(), letter.watch(now));
        let same = |name, value: Value| Condition::Equals(name, value);
        let when = vec![
            same("holder", letter.id.as_str().into()),
            same("deadline", open.deadline.millis().into()),
            same("reminder", reminder.millis().into()),
        ];
        let mut writes = vec![Write::Update { key: open.pair.clone(), set, remove, add: Vec::new(), when }];
        if answerable {
            let what = Event::DeadlineNear { expires_at: open.deadline };
            let event_id = format!("{}@{}", letter.id, reminder.millis());
            let notice = Notice { event_id, kind: NoticeKind::DeadlineNear, aggregate: letter.id.to_string(), at: now, what };
            writes.push(notice.write(&Recipient::Student(letter.person.clone()), Some(&json(&letter.summary())?))?);
        }
        Ok(self.write("reminding", &writes).await? && answerable)
    }
}

fn mark(queue: Queue, hour: &Hour, when: Vec<Condition>) -> Write {
    let attributes = Attributes::from([schema(), ("hour".to_owned(), hour.as_str().into())]);
    Write::Put { item: Item { key: keys::deadline_mark(queue), attributes }, when }
}

fn moment(item: &Item, name: &str) -> Option<Timestamp> {
    item.number(name).map(Timestamp::from_millis)
}
