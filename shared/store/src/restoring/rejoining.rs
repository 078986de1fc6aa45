//! How two aggregates come together again that one transaction moves together. Whichever was created and stands is kept: it holds the
//! decision. Whatever went with something that is not there goes back.

use super::chains::meant;
use super::finding::Finding;
use super::incident::Mend;
use super::judging::Surveyed;
use super::mending::Mended;
use crate::Store;
use crate::aggregate::{Aggregate, attributes, parse, unaudited};
use crate::audit::AuditRecord;
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::table::{Condition, Item, Key, Table, Write};
use domain::account::Account;
use domain::agreement::{Agreement, InForce, OpenTermination, Stage};
use domain::employer::Employer;
use domain::invitation::{self, Accepted, Invitation, Pending};
use domain::job::Job;
use domain::offline_draft::OfflineDraft;
use domain::student::Student;
use domain::termination::{self, Settled, Termination};
use domain::upload::{self, Clean, Readers, Upload};
use domain::values::AccountId;

/// What an aggregate becomes, and which event of its past is undone by it; or why nothing here can say.
type Next<A> = Result<(A, Option<&'static str>), &'static str>;

impl<T: Table> Store<T> {
    pub(super) async fn rejoin(
        &self,
        finding: &Finding,
        id: &str,
        other: &str,
        surveyed: &Surveyed,
        context: &Context,
    ) -> Result<Mended, Error> {
        let partner = match surveyed.of_event(other) {
            Some(key) => self.table().get(key).await?,
            None => None,
        };
        let Some(key) = surveyed.places.get(id) else {
            return self.begin_account(finding, id, partner.as_ref(), context).await;
        };
        let item = self.item(key).await?;
        let partner = partner.as_ref();
        match key.sk.as_str() {
            keys::INVITATION => self.moves(finding, &item, letter(parse(&item)?, partner), context).await,
            keys::AGREEMENT => self.moves(finding, &item, agreement(parse(&item)?, partner), context).await,
            "ACCOUNT" => self.moves(finding, &item, account(parse(&item)?, other, partner), context).await,
            "UPLOAD" => self.moves(finding, &item, file(parse(&item)?, partner, finding), context).await,
            sk if sk.starts_with(keys::TERMINATION) => self.moves(finding, &item, request(parse(&item)?, partner), context).await,
            sk if sk.starts_with(keys::OFFLINE_DRAFT) => self.moves(finding, &item, draft(parse(&item)?, partner), context).await,
            _ => Ok(Mended::ForAPerson("nothing here knows how these belong together".to_owned())),
        }
    }

    async fn moves<A: Aggregate>(&self, finding: &Finding, item: &Item, next: Next<A>, context: &Context) -> Result<Mended, Error> {
        let (next, undone) = match next {
            Ok(next) => next,
            Err(why) => return Ok(Mended::ForAPerson(why.to_owned())),
        };
        let set = attributes(&next, 0, 0, "")?;
        let mut mend = Mend::of(finding, &format!("it is {} again, with the other", next.stage()));
        if let Some(event) = undone {
            mend.undone = self.newest(&item.key, event).await?;
        }
        self.mend_on(Some(&item.key), mend, Some(set), context).await
    }

    /// The number of the newest record of such an event, and of those behind it that stand in for records of which nobody knows what they
    /// said: one of them may have said so.
    async fn newest(&self, key: &Key, event: &str) -> Result<Vec<u64>, Error> {
        let items = self.story(&key.pk).await?;
        let beginning = keys::audits(key);
        let records = items.iter().filter(|item| item.key.sk.starts_with(&beginning));
        let mut undone = Vec::new();
        for record in records.rev().filter_map(|item| serde_json::from_str::<AuditRecord>(item.text("bytes")?).ok()) {
            let meant = meant(&record);
            let said = meant.as_ref().is_some_and(|meant| meant.what.name() == event);
            if said || meant.is_none() {
                undone.push(record.seq);
            }
            if said {
                break;
            }
        }
        Ok(undone)
    }

    /// The log-in that has verified a record begins with it.
    async fn begin_account(&self, finding: &Finding, id: &str, student: Option<&Item>, context: &Context) -> Result<Mended, Error> {
        let (Some(account), Some(student)) = (id.strip_prefix("account/"), student) else {
            return Ok(Mended::ForAPerson(format!("{id} is not there, and nothing here says what it was")));
        };
        let account = AccountId::parse(account).map_err(|_| Error::Broken(format!("{id} is no account")))?;
        let bound = Account::new(account).bind(&parse::<Student>(student)?)?.next;
        let item = Item { key: bound.key(), attributes: unaudited(&bound)? };
        let mend = Mend::of(finding, "it is bound to it").writing([Write::Put { item, when: vec![Condition::Absent] }]);
        self.mend_on(Some(&student.key), mend, None, context).await
    }
}

fn letter(letter: Invitation, agreement: Option<&Item>) -> Next<Invitation> {
    if let Some(Ok(later)) = agreement.filter(|item| item.key.sk == keys::INVITATION).map(parse::<Invitation>) {
        let expired = letter.expire(later.sent_at).map_err(|_| "two letters of one pair wait for their answer")?;
        return Ok((expired.next, None));
    }
    match (&letter.stage, agreement.map(parse::<Agreement>)) {
        (invitation::Stage::Pending(_), Some(Ok(formed))) => {
            let stage = invitation::Stage::Accepted(Accepted { at: formed.formed_at, agreement: formed.id });
            Ok((Invitation { stage, ..letter }, None))
        }
        (invitation::Stage::Accepted(_), None) => {
            let stage = invitation::Stage::Pending(Pending { expires_at: letter.expires_at() });
            Ok((Invitation { stage, ..letter }, Some("invitation_accepted")))
        }
        _ => Err("the letter has ended otherwise, and an agreement came of it"),
    }
}

fn agreement(agreement: Agreement, asked: Option<&Item>) -> Next<Agreement> {
    let refused = |_| "the agreement is not in force";
    let Some(Ok(asked)) = asked.map(parse::<Termination>) else {
        let Some(named) = agreement.open_termination().map(|open| open.id.clone()) else { return Err("the agreement has moved on") };
        return Ok((agreement.keep(&named).map_err(refused)?.next, Some("termination_opened")));
    };
    let named = agreement.open_termination().is_some_and(|open| open.id == asked.id);
    match (asked.stage_name().is_open(), named, &agreement.stage) {
        (false, true, _) if asked.stage_name() == termination::StageName::Certified => {
            let at = asked.since();
            Ok((agreement.dissolve(&asked.id, asked.initiator, at).map_err(refused)?.next, None))
        }
        (false, true, _) => Ok((agreement.keep(&asked.id).map_err(refused)?.next, None)),
        (true, false, Stage::Certified(in_force)) if in_force.termination.is_none() => {
            let again = agreement.terminations_requested >= asked.id.serial();
            let open = OpenTermination { id: asked.id.clone(), initiator: asked.initiator };
            let stage = Stage::Certified(InForce { termination: Some(open), ..in_force.clone() });
            let terminations_requested = agreement.terminations_requested.max(asked.id.serial());
            Ok((Agreement { stage, terminations_requested, ..agreement }, again.then_some("termination_closed")))
        }
        _ => Err("the agreement has ended otherwise, and a request to terminate it is open"),
    }
}

fn request(asked: Termination, agreement: Option<&Item>) -> Next<Termination> {
    let Some(Ok(agreement)) = agreement.map(parse::<Agreement>) else { return Err("its agreement is not there") };
    match (&asked.stage, &agreement.stage) {
        // The agreement holds the decision, and when it was made.
        (termination::Stage::PendingCertification(_), Stage::Terminated(ended)) if ended.termination == asked.id => {
            let stage = termination::Stage::Certified(Settled { at: ended.at, reason: None });
            Ok((Termination { stage, ..asked }, None))
        }
        _ => Err("the request has ended otherwise"),
    }
}

fn account(account: Account, student: &str, record: Option<&Item>) -> Next<Account> {
    let Some(Ok(record)) = record.map(parse::<Student>) else {
        let bound = account.binding.iter().flat_map(|binding| &binding.records).find(|record| record.student.as_str() == student);
        let Some(bound) = bound.map(|record| record.student.clone()) else { return Err("the log-in has moved on") };
        return Ok((account.unbind(&bound).next, None));
    };
    if !record.is(&account.id) {
        return Ok((account.unbind(&record.id).next, None));
    }
    if account.binding.as_ref().is_some_and(|binding| binding.person != record.person) {
        return Err("the log-in is another person's");
    }
    let known = account.binding.is_some();
    let bound = if known { account.rebind(&record) } else { account.bind(&record).map_err(|_| "the log-in is bound otherwise")? };
    Ok((bound.next, None))
}

#[expect(clippy::unnecessary_wraps, reason = "as its neighbours: a draft alone always knows")]
fn draft(draft: OfflineDraft, agreement: Option<&Item>) -> Next<OfflineDraft> {
    let generated = agreement.map(parse::<Agreement>).and_then(Result::ok).map(|agreement| agreement.id);
    let undone = generated.is_none().then_some("offline_draft_generated");
    Ok((OfflineDraft { generated, ..draft }, undone))
}

/// A file goes back to where it may be handed in again, or is handed in with what stands.
fn file(file: Upload, with: Option<&Item>, finding: &Finding) -> Next<Upload> {
    let back = matches!(finding, Finding::Apart { how, .. } if how.contains("has not happened"));
    match (&file.stage, back) {
        (upload::Stage::Attached(attached), true) => {
            let stage = upload::Stage::Clean(Clean { at: attached.at, file: attached.file.clone() });
            Ok((Upload { stage, ..file }, Some("upload_attached")))
        }
        (upload::Stage::Clean(clean), false) => {
            let (Some(readers), at) = (with.and_then(readers), clean.at) else { return Err("nothing here says who may read it") };
            Ok((file.attach(readers, at).map_err(|_| "the file is not clean")?.next, None))
        }
        _ => Err("the file has moved on"),
    }
}

fn readers(with: &Item) -> Option<Readers> {
    Some(match with.key.sk.as_str() {
        keys::AGREEMENT => Readers::of(&parse::<Agreement>(with).ok()?.student),
        "EMPLOYER" => parse::<Employer>(with).ok().map(|_| Readers::AnySchool)?,
        "JOB" => Readers::School { school: parse::<Job>(with).ok()?.id.school() },
        sk if sk.starts_with(keys::TERMINATION) => {
            let subject = parse::<Termination>(with).ok()?.subject;
            Readers::College { school: subject.school, college: subject.college }
        }
        _ => return None,
    })
}
