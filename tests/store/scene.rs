//! The commands of a signing on the store itself, without handlers and HTTP: each is prepared as its handler does, and then
//! committed as often as a test wishes.

use super::data::set;
use super::faulty::Faulty;
pub(super) use crate::support::model::employer;
use crate::support::model::{letter, student};
use domain::Transition;
use domain::account::{Account, Binding, BoundRecord};
use domain::agreement::Agreement;
use domain::candidate::Candidate;
use domain::invitation::{Accept, Invitation, Terms};
use domain::party::Actor;
use domain::student::{Lookups, Student};
use domain::values::{AccountId, GraduationYear, InvitationId, ResponsePeriod, StudentId, Timestamp};
use store::roster::Entry;
use store::{Change, Context, Error, Idempotency, Key, Loaded, Recipient, Store, Verifying, fingerprint};
use store_memory::MemoryTable;

/// What is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// 加入: an item alone, no aggregate.
    List,
    /// 发送: a row of a batch, one new aggregate.
    Send,
    /// 发送 to whom an earlier letter has lapsed: a new aggregate and one that ends.
    SendAgain,
    /// 同意: an aggregate that moves and a new one.
    Accept,
    /// 信息验证: two aggregates, and one of them is the caller's own account.
    Bind,
}

impl Command {
    pub(super) const ALL: [Self; 5] = [Self::List, Self::Send, Self::SendAgain, Self::Accept, Self::Bind];

    /// Whether the graduate acts.
    fn of_student(self) -> bool {
        matches!(self, Self::Accept | Self::Bind)
    }
}

/// A command with all that its handler reads before the commit.
pub(super) enum Prepared {
    List(Candidate),
    Send(Box<Recipient>),
    Accept(Box<(Loaded<Invitation>, Transition<Invitation>, Transition<Agreement>)>),
    Bind(Box<(Verifying, Transition<Student>, Transition<Account>)>),
}

/// One graduate, one employer, and a table that can fail.
pub(super) struct Scene {
    pub(super) store: Store<Faulty<MemoryTable>>,
    now: Timestamp,
}

impl Scene {
    /// Everything that comes before the command has happened.
    pub(super) async fn before(command: Command) -> Self {
        Self::on(Faulty::new(MemoryTable::default(), false), command).await
    }

    /// The same on a table that forgets tokens.
    pub(super) async fn forgetful_before(command: Command) -> Self {
        Self::on(Faulty::new(MemoryTable::default(), true), command).await
    }

    async fn on(table: Faulty<MemoryTable>, command: Command) -> Self {
        let mut scene = Self { store: Store::new(table), now: Timestamp::parse("2026-11-23T08:00:00.000Z").unwrap() };
        let lookups = Lookups { four_fields: vec!["h1-four".to_owned()], document: "h1-document".to_owned() };
        let account = Binding { person: student(1).person, records: vec![BoundRecord::of(&student(1))] };
        let next_year = Lookups { four_fields: vec!["h1-next-year".to_owned()], document: "h1-document".to_owned() };
        let entries = [
            Entry::Student(Box::new(student(1)), lookups),
            Entry::Student(Box::new(next_record()), next_year),
            Entry::Account(account_of_student(), account),
        ];
        scene.store.set_up(&entries).await.unwrap();
        let earlier: &[Command] = match command {
            Command::List | Command::Bind => &[],
            Command::Send => &[Command::List],
            Command::SendAgain => &[Command::List, Command::Send, Command::List],
            Command::Accept => &[Command::List, Command::Send],
        };
        for (i, earlier) in earlier.iter().enumerate() {
            let context = Context { request_id: format!("earlier-{i}"), idempotency: None, ..scene.context(*earlier) };
            let prepared = scene.prepare(*earlier).await;
            scene.commit(&prepared, &context).await.unwrap();
        }
        if command == Command::SendAgain {
            scene.now = scene.now.plus_days(6);
        }
        scene
    }

    /// A request of the command's actor, with a key for repeats.
    pub(super) fn context(&self, command: Command) -> Context {
        let (action, actor) = match command {
            Command::List => ("add-candidate", staff()),
            Command::Send | Command::SendAgain => ("send-invitations", staff()),
            Command::Accept => ("accept-invitation", Actor::Student { account: account_of_student() }),
            Command::Bind => ("verify-student", Actor::Student { account: account_of_student() }),
        };
        let account = if command.of_student() { account_of_student() } else { account_of_staff() };
        let idempotency = Some(Idempotency { key: "key-1".to_owned(), fingerprint: fingerprint("/v1", "body") });
        Context { action, actor, account, token_issued_at: 1000, request_id: "request-1".to_owned(), now: self.now, idempotency }
    }

    /// The letter that a graduate is asked to answer, or that has lapsed.
    pub(super) async fn letter(&self) -> Loaded<Invitation> {
        self.store.invitation_of_employer(&employer(), &letter_id("earlier-1")).await.unwrap()
    }

    pub(super) async fn prepare(&self, command: Command) -> Prepared {
        match command {
            Command::List => Prepared::List(Candidate::of(&student(1), "ref-1".to_owned(), None, None, self.now)),
            Command::Send | Command::SendAgain => {
                let candidate = self.store.candidate(&employer(), "ref-1").await.unwrap();
                Prepared::Send(Box::new(self.store.recipient(&employer(), &candidate, self.now).await.unwrap()))
            }
            Command::Accept => {
                let answering = self.store.answering(&account_of_student(), &letter_id("earlier-1")).await.unwrap();
                let letter = answering.letter;
                let token = letter.value.confirmation_token(letter.version);
                let accept = Accept { confirmation_token: &token, version: letter.version, now: self.now };
                let accepted = letter.value.clone().accept(&accept).unwrap();
                let formed = Agreement::form(&accepted.next, &answering.student, &answering.policy, self.now);
                Prepared::Accept(Box::new((letter, accepted, formed)))
            }
            Command::Bind => {
                let context = self.context(command);
                let hmacs = ["h1-next-year", "h1-next-year"];
                let verifying = self.store.verifying(&student(1).school, hmacs, &context).await.unwrap();
                let verified = verifying.student.value.clone().verify(account_of_student(), None, self.now).unwrap();
                let bound = verifying.account.as_ref().unwrap().value.clone().bind(&verified.next).unwrap();
                Prepared::Bind(Box::new((verifying, verified, bound)))
            }
        }
    }

    /// Commits and says what was answered.
    pub(super) async fn commit(&self, prepared: &Prepared, context: &Context) -> Result<String, Error> {
        match prepared {
            Prepared::List(candidate) => {
                let answer = format!("listed {}", candidate.student_ref);
                self.store.add_candidate(&employer(), candidate, context, answer).await.map(store::Committed::answer)
            }
            Prepared::Send(recipient) => {
                let terms = Terms { period: ResponsePeriod::from_days(5).unwrap(), longest_days: 30, reminder_hours: [24].into() };
                let sent = self.store.send(context, 0, recipient, &letter(), terms).await?;
                Ok(format!("sent {} to {} of {}", sent.invitation_id, sent.masked_name, sent.college))
            }
            Prepared::Accept(parts) => {
                let (letter, accepted, formed) = &**parts;
                let change = Change::new().moves(context, letter, accepted)?.creates(context, formed)?;
                let answer = format!("formed {} for request {}", formed.next.id, context.request_id);
                self.store.commit(change, context, answer).await.map(store::Committed::answer)
            }
            Prepared::Bind(parts) => {
                let (verifying, verified, bound) = &**parts;
                let change = Change::new().moves(context, &verifying.student, verified)?;
                let change = change.writes(context, verifying.account.as_ref(), bound)?.guarded_by(verifying);
                let answer = format!("bound {} for request {}", verified.next.id, context.request_id);
                self.store.commit(change, context, answer).await.map(store::Committed::answer)
            }
        }
    }

    /// Tokens of this log-in issued before this second hold no longer.
    pub(super) async fn revoke_tokens(&self, account: &AccountId, valid_after: i64) {
        let key = Key { pk: format!("ACCOUNT#{account}"), sk: "ACCOUNT".to_owned() };
        self.store.table().writes(&[set(&key, [("valid_after", valid_after.into())], Vec::new())]).await;
    }

    /// Prepares and commits with the command's own context.
    pub(super) async fn run(&self, command: Command) -> Result<String, Error> {
        self.commit(&self.prepare(command).await, &self.context(command)).await
    }
}

fn letter_id(request_id: &str) -> InvitationId {
    let sending = Context {
        action: "send-invitations",
        actor: staff(),
        account: account_of_staff(),
        token_issued_at: 1000,
        request_id: request_id.to_owned(),
        now: Timestamp::from_millis(0),
        idempotency: None,
    };
    InvitationId::new(&student(1).school, &sending.new_suffix(0)).unwrap()
}

pub(super) fn account_of_staff() -> AccountId {
    AccountId::parse("hr-1").unwrap()
}

fn account_of_student() -> AccountId {
    AccountId::parse("student-1").unwrap()
}

fn staff() -> Actor {
    Actor::Employer { account: account_of_staff(), employer: employer() }
}

/// The same person's record of the next year, not verified yet.
fn next_record() -> Student {
    Student {
        id: StudentId::parse("99001-s00000000000000000002").unwrap(),
        graduation_year: GraduationYear::parse("2028").unwrap(),
        verified: None,
        ..student(1)
    }
}
