//! A platform on the model: letters that are out, queues that are boxes, a post office whose every answer is decided by the test.

use crate::support::model::{employer, letter, student};
use crate::support::{Mortal, start, tick};
use domain::candidate::Candidate;
use domain::invitation::{Invitation, Terms};
use domain::party::Actor;
use domain::student::Lookups;
use domain::values::{AccountId, Email, ResponsePeriod, Timestamp};
use domain::work::Queue;
use lambda::Done;
use mail::{Mail, Mailer, Outcome};
use queue::{Queues, Unavailable, subject};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use store::roster::Entry;
use store::{Context, Key, Loaded, OUTBOX_SHARDS, Store};

/// What the post office does with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Takes it and says so.
    Takes,
    /// Takes it; nobody hears of it.
    TakesInSilence,
    /// Loses it; nobody knows.
    Loses,
    /// Is closed.
    Closed,
    /// Never takes it.
    Refuses,
}

/// A post office. Whoever dies at a step of the table dies at this one too.
#[derive(Clone, Default)]
pub(super) struct Post<const TELLS: bool> {
    /// What it took.
    pub(super) taken: Arc<Mutex<Vec<Mail>>>,
    /// What becomes of the next ones; then it takes all.
    pub(super) fates: Arc<Mutex<VecDeque<Fate>>>,
    table: Mortal,
}

impl<const TELLS: bool> Mailer for Post<TELLS> {
    const CONFIRMS: bool = TELLS;

    async fn send(&self, mail: &Mail) -> Outcome {
        tokio::task::yield_now().await;
        let fate = self.fates.lock().unwrap().pop_front().unwrap_or(Fate::Takes);
        let (answered, done) = self.table.step();
        if done && matches!(fate, Fate::Takes | Fate::TakesInSilence) {
            self.taken.lock().unwrap().push(mail.clone());
        }
        match fate {
            _ if !answered => Outcome::Unknown("dead".to_owned()),
            Fate::Takes => Outcome::Sent(format!("id-{}", self.taken.lock().unwrap().len())),
            Fate::TakesInSilence | Fate::Loses => Outcome::Unknown("no answer".to_owned()),
            Fate::Closed => Outcome::Later("closed".to_owned()),
            Fate::Refuses => Outcome::Refused("never".to_owned()),
        }
    }
}

/// Queues of which every message can be taken out.
#[derive(Clone, Default)]
pub(super) struct Boxes(Arc<Mutex<BTreeMap<Queue, Vec<String>>>>);

impl Boxes {
    /// Everything that lies in one of them.
    pub(super) fn empty(&self, queue: Queue) -> Vec<Key> {
        let messages = self.0.lock().unwrap().remove(&queue).unwrap_or_default();
        messages.iter().map(|message| subject(message).unwrap()).collect()
    }
}

impl Queues for Boxes {
    async fn send(&self, queue: Queue, messages: &[String]) -> Result<Vec<usize>, Unavailable> {
        self.0.lock().unwrap().entry(queue).or_default().extend(messages.iter().cloned());
        Ok(Vec::new())
    }
}

/// The platform.
pub(super) struct Office<const TELLS: bool> {
    pub(super) table: Mortal,
    pub(super) store: Store<Mortal>,
    pub(super) post: Post<TELLS>,
    pub(super) boxes: Boxes,
}

impl<const TELLS: bool> Office<TELLS> {
    pub(super) fn new(does_the_last: bool) -> Self {
        let table = Mortal::doing_the_last(does_the_last);
        table.lives_for(usize::MAX);
        let post = Post { table: table.clone(), ..Post::default() };
        Self { store: Store::new(table.clone()), table, post, boxes: Boxes::default() }
    }

    /// The employer sends a graduate a letter at this moment: the letter, and its pair.
    pub(super) async fn invites(&self, n: u32, at: Timestamp) -> (Loaded<Invitation>, Key) {
        let graduate = domain::student::Student { email: Some(Email::parse(&format!("s{n}@example.com")).unwrap()), ..student(n) };
        let lookups = Lookups { four_fields: vec![format!("h1-four-{n}")], document: format!("h1-document-{n}") };
        self.store.set_up(&[Entry::Student(Box::new(graduate.clone()), lookups)]).await.unwrap();
        let context = |action, row: &str| Context {
            action,
            actor: Actor::Employer { account: staff(), employer: employer() },
            account: staff(),
            token_issued_at: 1000,
            request_id: format!("{row}-{n}"),
            now: at,
            idempotency: None,
        };
        let candidate = Candidate::of(&graduate, format!("ref-{n}"), None, None, at);
        self.store.add_candidate(&employer(), &candidate, &context("add-candidate", "list"), ()).await.unwrap();
        let recipient = self.store.recipient(&employer(), &candidate, at).await.unwrap();
        let terms = Terms { period: ResponsePeriod::DEFAULT, longest_days: 30, reminder_hours: [24].into() };
        let sent = self.store.send(&context("send-invitations", "send"), 0, &recipient, &letter(), terms).await.unwrap();
        let letter = self.store.invitation_of_employer(&employer(), &sent.invitation_id).await.unwrap();
        (letter, Key { pk: format!("EMPLOYER#{}#PERSON#{}", employer(), graduate.person), sk: "PAIR".to_owned() })
    }

    /// The same letter as it stands now.
    pub(super) async fn letter(&self, letter: &Loaded<Invitation>) -> Loaded<Invitation> {
        self.store.invitation_of_employer(&employer(), &letter.value.id).await.unwrap()
    }

    /// The notice that tells a graduate of a letter.
    pub(super) fn notice(letter: &Loaded<Invitation>) -> Key {
        let Invitation { person, sent_at, id, .. } = &letter.value;
        Key { pk: format!("INBOX#STUDENT#{person}"), sk: format!("{sent_at}#{id}@1") }
    }

    pub(super) async fn delivers(&self, notice: &Key, at: Timestamp) -> Done {
        let link = "https://wangqian.example";
        deliver_notification::deliver_notification(&self.store, &self.post, link, notice.clone(), tick(at)).await
    }

    /// A minute of the outbox: what the sweep hands over is delivered. How many messages there were.
    pub(super) async fn a_minute_of_mails(&self, at: Timestamp) -> usize {
        sweep_outbox::sweep_outbox(&self.store, &self.boxes, tick(at)).await.unwrap();
        let notices = self.boxes.empty(Queue::Notices);
        for notice in &notices {
            self.delivers(notice, at).await.unwrap();
        }
        notices.len()
    }

    /// How many notices are still owed.
    pub(super) async fn owed(&self) -> usize {
        let mut owed = 0;
        for shard in 0..OUTBOX_SHARDS {
            owed += self.store.owed(Queue::Notices, shard, start().plus_days(99), 1_000).await.unwrap().len();
        }
        owed
    }

    /// To whom mails were taken, in order.
    pub(super) fn mailed(&self) -> Vec<String> {
        self.post.taken.lock().unwrap().iter().map(|mail| mail.to.as_str().to_owned()).collect()
    }
}

fn staff() -> AccountId {
    AccountId::parse("hr-1").unwrap()
}
