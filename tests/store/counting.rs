//! 统计 under the worst: changes that are told twice, late and out of order, rebuilds among them, rebuilds that are killed and begun
//! again. Whatever comes, the figures are those of the records as they stand at last. Every walk says its seed when it fails.

use super::faulty::{Faulty, Mishap};
use crate::support::{Random, proof};
use domain::party::Actor;
use domain::school::{College, School};
use domain::student::{Lookups, Particulars, Student};
use domain::values::{AccountId, CollegeId, GraduationYear, PersonId, PersonName, SchoolId, Sealed, StudentId, Text, Timestamp};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::roster::Entry;
use store::{CommitError, Context, Item, Key, Page, Query, Store, Table, TableError, Write};
use store_memory::MemoryTable;

const YEARS: [&str; 2] = ["2026", "2027"];
const COLLEGES: [&str; 3] = ["c01", "c02", "c03"];

/// By this request a rebuild has counted the roster, and is not at its end.
const AFTER_THE_ROSTER: usize = 330;

/// A table among others that work on it: before some of its requests, something happens.
struct Busy<'t> {
    below: &'t MemoryTable,
    requests: AtomicUsize,
    /// What happens, by the number of the request before which it does.
    events: Mutex<BTreeMap<usize, Event<'t>>>,
}

enum Event<'t> {
    /// Somebody else's work: a record changes, the stream tells of something.
    Others(Box<dyn Fn() -> Work<'t> + Send + Sync + 't>),
    /// The process is killed: nothing more arrives.
    Killed,
}

type Work<'t> = std::pin::Pin<Box<dyn Future<Output = ()> + Send + 't>>;

impl<'t> Busy<'t> {
    fn new(below: &'t MemoryTable, events: BTreeMap<usize, Event<'t>>) -> Self {
        Self { below, requests: AtomicUsize::new(0), events: Mutex::new(events) }
    }

    /// Whether the request arrives.
    async fn arrives(&self) -> bool {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let work = match self.events.lock().unwrap().get(&number) {
            Some(Event::Others(work)) => Some(work()),
            Some(Event::Killed) => {
                self.requests.store(number, Ordering::Relaxed);
                return false;
            }
            None => None,
        };
        if let Some(work) = work {
            work.await;
        }
        true
    }

    async fn asks<R>(&self, answer: impl Future<Output = Result<R, TableError>> + Send) -> Result<R, TableError> {
        if self.arrives().await { answer.await } else { Err(TableError::Unavailable("killed".to_owned())) }
    }
}

impl Table for Busy<'_> {
    async fn get(&self, key: &Key) -> Result<Option<Item>, TableError> {
        self.asks(self.below.get(key)).await
    }

    async fn query(&self, query: &Query) -> Result<Page, TableError> {
        self.asks(self.below.query(query)).await
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), CommitError> {
        if self.arrives().await { self.below.commit(writes, token).await } else { Err(CommitError::Broken("killed".to_owned())) }
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, TableError> {
        self.asks(self.below.add(counter, n)).await
    }

    async fn back_off(&self, _: u32) {}
}

fn school() -> SchoolId {
    SchoolId::parse("99001").unwrap()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-23T08:00:00.000Z").unwrap()
}

fn operator(n: usize) -> Context {
    let account = AccountId::parse("operator-1").unwrap();
    let (actor, request_id) = (Actor::Operator { account: account.clone() }, format!("rebuild-{n}"));
    Context { action: "admin", actor, account, token_issued_at: 0, request_id, now: now(), idempotency: None }
}

fn student(n: usize, random: &mut Random) -> Student {
    let sealed = || Sealed { cipher: "sealed".to_owned(), mask: "4***".to_owned() };
    Student {
        id: StudentId::new(&school(), &format!("{n:020}")).unwrap(),
        person: PersonId::parse(&format!("p{n}")).unwrap(),
        school: school(),
        school_name: Text::parse("江城大学").unwrap(),
        college: CollegeId::parse(COLLEGES[random.below(COLLEGES.len())]).unwrap(),
        college_name: Text::parse("学院").unwrap(),
        graduation_year: GraduationYear::parse(YEARS[random.below(YEARS.len())]).unwrap(),
        student_number: Text::parse(&format!("2023{n:04}")).unwrap(),
        name: PersonName::parse("王小明").unwrap(),
        resident_id: sealed(),
        mobile: sealed(),
        email: None,
        major: Text::parse("软件工程").unwrap(),
        class: None,
        education: None,
        particulars: Particulars::default(),
        extra_terminations: 0,
        verified: None,
    }
}

/// The students of a walk: every image of each, of which the table holds the last.
struct Roster {
    table: MemoryTable,
    told: Mutex<Vec<Item>>,
    /// Images of which the stream has yet to tell.
    untold: Mutex<Vec<Item>>,
    random: Mutex<Random>,
    students: usize,
}

impl Roster {
    async fn new(seed: u64) -> Self {
        let this = Self {
            table: MemoryTable::default(),
            told: Mutex::default(),
            untold: Mutex::default(),
            random: Mutex::new(Random::new(seed)),
            students: 7,
        };
        let colleges = COLLEGES.map(|id| College { id: CollegeId::parse(id).unwrap(), name: Text::parse(id).unwrap() }).into();
        let school = School { id: school(), name: Text::parse("江城大学").unwrap(), colleges };
        Store::new(Shared(&this.table)).set_up(&[Entry::School(school)]).await.unwrap();
        this
    }

    fn below(&self, end: usize) -> usize {
        self.random.lock().unwrap().below(end)
    }

    /// A student comes, or changes in some way.
    async fn changes(&self) {
        let n = self.below(self.students);
        let next = student(n, &mut self.random.lock().unwrap());
        let version = 1 + self.standing(&next).await.map_or(0, |item| item.number("version").unwrap());
        let lookups = Lookups { four_fields: Vec::new(), document: format!("d{n}") };
        let key = Key { pk: format!("SCHOOL#99001#STUDENT#{}", next.id), sk: "STUDENT".to_owned() };
        Store::new(Shared(&self.table)).set_up(&[Entry::Student(Box::new(next), lookups)]).await.unwrap();
        let mut item = self.table.get(&key).await.unwrap().unwrap();
        item.attributes.insert("version".to_owned(), version.into());
        let write = Write::Put { item: item.clone(), when: Vec::new() };
        self.table.commit(&[write], &super::data::new_token()).await.unwrap();
        self.told.lock().unwrap().push(item.clone());
        self.untold.lock().unwrap().push(item);
    }

    async fn standing(&self, student: &Student) -> Option<Item> {
        let key = Key { pk: format!("SCHOOL#99001#STUDENT#{}", student.id), sk: "STUDENT".to_owned() };
        self.table.get(&key).await.unwrap()
    }

    /// The stream tells of some images, old and new, some of them twice.
    async fn tells(&self) {
        let told = self.told.lock().unwrap().clone();
        if told.is_empty() {
            return;
        }
        let some: Vec<Item> = (0..self.below(6)).map(|_| told[self.below(told.len())].clone()).collect();
        Store::new(Shared(&self.table)).count_changes(&some, now()).await.unwrap();
    }

    /// The stream tells of everything, in some order: a student's last image may come before the others.
    async fn tells_all(&self) {
        let mut all = self.told.lock().unwrap().clone();
        for end in (1..all.len()).rev() {
            all.swap(end, self.below(end + 1));
        }
        for some in all.chunks(5) {
            Store::new(Shared(&self.table)).count_changes(some, now()).await.unwrap();
        }
    }

    /// Some of what the stream has yet to tell, in some order, and not again.
    fn next(&self, most: usize) -> Vec<Item> {
        let mut untold = self.untold.lock().unwrap();
        let take = self.below(most + 1).min(untold.len());
        let one = |_| {
            let left = untold.len();
            untold.swap_remove(self.below(left))
        };
        (0..take).map(one).collect()
    }

    /// A record changes, or the stream tells once of what has changed.
    async fn happens_once(&self) {
        if self.below(2) == 0 {
            self.changes().await;
        } else {
            Store::new(Shared(&self.table)).count_changes(&self.next(4), now()).await.unwrap();
        }
    }

    /// The stream tells of what it has not told yet, and of nothing else.
    async fn tells_the_rest(&self) {
        let rest = std::mem::take(&mut *self.untold.lock().unwrap());
        Store::new(Shared(&self.table)).count_changes(&rest, now()).await.unwrap();
    }

    /// What is shown, and what stands: students by year and college.
    async fn compared(&self, at: &str) {
        let (mut shown, mut stands) = (BTreeMap::new(), BTreeMap::<_, u64>::new());
        for year in YEARS {
            let year = GraduationYear::parse(year).unwrap();
            for count in Store::new(Shared(&self.table)).statistics(&school(), None, year, None).await.unwrap().totals {
                shown.insert((year, count.college.to_string(), count.measure.name()), count.n);
            }
        }
        for n in 0..self.students {
            let id = student(n, &mut Random::new(1));
            let Some(item) = self.standing(&id).await else { continue };
            let student: Student = serde_json::from_str(item.text("data").unwrap()).unwrap();
            *stands.entry((student.graduation_year, student.college.to_string(), "student#unverified".to_owned())).or_default() += 1;
        }
        assert_eq!(shown, stands, "{at}");
    }
}

/// A table that others use as well.
struct Shared<'t>(&'t MemoryTable);

impl Table for Shared<'_> {
    async fn get(&self, key: &Key) -> Result<Option<Item>, TableError> {
        self.0.get(key).await
    }

    async fn query(&self, query: &Query) -> Result<Page, TableError> {
        self.0.query(query).await
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), CommitError> {
        self.0.commit(writes, token).await
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, TableError> {
        self.0.add(counter, n).await
    }

    async fn back_off(&self, _: u32) {}
}

#[tokio::test]
async fn whatever_the_stream_repeats_and_disorders_the_figures_are_those_of_what_stands() {
    for seed in 1..=proof(200, 2000) as u64 {
        let roster = Roster::new(seed).await;
        for _ in 0..20 {
            if roster.below(3) == 0 { roster.changes().await } else { roster.tells().await }
        }
        roster.tells_all().await;
        roster.compared(&format!("seed {seed}")).await;
    }
}

/// Requests of a rebuild are some five hundred, or nine if it looks once more: things happen before some of them.
async fn rebuilds_amid(roster: &Roster, kills: bool, n: usize) -> bool {
    let mut events = BTreeMap::new();
    for _ in 0..30 {
        events.insert(roster.below(900), Event::Others(Box::new(move || Box::pin(roster.happens_once()))));
    }
    if kills {
        events.insert(roster.below(1800), Event::Killed);
    }
    Store::new(Busy::new(&roster.table, events)).rebuild_statistics(&school(), &operator(n)).await.is_ok()
}

#[tokio::test]
async fn a_rebuild_amid_changes_killed_and_begun_again_shows_what_stands() {
    let (mut killed, mut shown) = (0, 0);
    for seed in 1..=proof(60, 600) as u64 {
        let roster = Roster::new(seed).await;
        for _ in 0..10 {
            roster.happens_once().await;
        }
        // The stream loses something for ever.
        drop(roster.next(2));
        for n in 0..3 {
            if rebuilds_amid(&roster, true, n).await {
                shown += 1;
            } else {
                killed += 1;
            }
            roster.happens_once().await;
        }
        assert!(rebuilds_amid(&roster, false, 3).await, "seed {seed}");
        roster.tells_the_rest().await;
        roster.compared(&format!("seed {seed}")).await;
    }
    println!("{killed} rebuilds were killed, {shown} were not");
    assert!(killed > 20 && shown > 20, "{killed} killed, {shown} shown");
}

/// Two rebuilds at once, one inside the other at each request: the second goes on with the first's, and one of them shows it.
#[tokio::test]
async fn two_rebuilds_at_once_show_what_stands() {
    for at in (0..900).step_by(23) {
        let roster = Roster::new(at as u64 + 1).await;
        for _ in 0..10 {
            roster.happens_once().await;
        }
        let other = Event::Others(Box::new(|| {
            Box::pin(async {
                let other = Store::new(Shared(&roster.table)).rebuild_statistics(&school(), &operator(1)).await;
                assert!(other.is_ok(), "{other:?}");
                roster.changes().await;
            })
        }));
        let one = Store::new(Busy::new(&roster.table, BTreeMap::from([(at, other)])));
        let one = one.rebuild_statistics(&school(), &operator(2)).await;
        assert!(one.is_ok(), "{at}: {one:?}");
        roster.tells_the_rest().await;
        roster.compared(&format!("request {at}")).await;
    }
}

/// A worker looks at the generations, and before it goes on one rebuild ends and another is killed. What it counts was there for both to
/// see, and what they have counted stays known.
#[tokio::test]
async fn rebuilds_in_the_middle_of_a_counting_miss_nothing_and_count_nothing_twice() {
    for at in 0..24 {
        let roster = Roster::new(at as u64 + 1).await;
        for _ in 0..10 {
            roster.changes().await;
        }
        let told = roster.next(9);
        let rebuilds = Event::Others(Box::new(|| {
            Box::pin(async {
                Store::new(Shared(&roster.table)).rebuild_statistics(&school(), &operator(1)).await.unwrap();
                let killed = Busy::new(&roster.table, BTreeMap::from([(AFTER_THE_ROSTER, Event::Killed)]));
                Store::new(killed).rebuild_statistics(&school(), &operator(2)).await.unwrap_err();
            })
        }));
        let busy = Busy::new(&roster.table, BTreeMap::from([(at, rebuilds)]));
        Store::new(busy).count_changes(&told, now()).await.unwrap();
        roster.tells_the_rest().await;
        roster.compared(&format!("request {at}")).await;
        Store::new(Shared(&roster.table)).rebuild_statistics(&school(), &operator(3)).await.unwrap();
        roster.compared(&format!("request {at}, rebuilt")).await;
    }
}

/// A transaction that meets others, or whose request or answer gets lost, is counted once; whether or not the table still knows its token.
#[tokio::test]
async fn what_gets_lost_on_the_way_is_counted_once() {
    for (at, forgetful) in [false, true].into_iter().enumerate() {
        for mishap in [Mishap::Contended, Mishap::RequestLost, Mishap::AnswerLost] {
            let roster = Roster::new(at as u64 + 1).await;
            for _ in 0..10 {
                roster.changes().await;
            }
            let store = Store::new(Faulty::new(Shared(&roster.table), forgetful));
            store.table().expect([mishap.clone(), mishap.clone()]);
            store.count_changes(&roster.next(9), now()).await.unwrap();
            assert!(store.table().tries_and_pauses().0 >= 3 || forgetful, "{mishap:?}");
            roster.tells_the_rest().await;
            roster.compared(&format!("{mishap:?}, forgetful: {forgetful}")).await;
        }
    }
}

/// Who meets others at every try gives up: the stream tells of it again.
#[tokio::test]
async fn a_counting_that_does_not_get_through_is_begun_again() {
    let roster = Roster::new(3).await;
    roster.changes().await;
    let told = roster.told.lock().unwrap().clone();
    let store = Store::new(Faulty::new(Shared(&roster.table), false));
    store.table().expect(vec![Mishap::Contended; 9]);
    let outcome = store.count_changes(&told, now()).await;
    assert!(matches!(outcome, Err(store::Error::Unavailable(_))), "{outcome:?}");
    store.table().expect([]);
    assert_eq!(store.count_changes(&told, now()).await.unwrap(), 1);
    roster.compared("told again").await;
}
