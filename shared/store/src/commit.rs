//! One transaction for everything that follows from a command: the aggregates if they have not moved, one audit record each,
//! pair and slot, notices and document orders, the answer kept for repeats, and a check of the caller's account.
//!
//! A transaction names only the aggregate, the person, the pair and the caller: no item that strangers share.

use crate::change::{Base, Change, Step};
use crate::context::{Context, token_of};
use crate::error::Error;
use crate::idempotency::{self, Part};
use crate::keys;
use crate::table::{CommitError, Condition, Failure, MAX_WRITES, Table, TableError, Write};
use crate::{Store, consequences};
use domain::party::Actor;
use domain::values::InvitationId;
use domain::{Refusal, SlotKind};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How often a transaction is tried, with contention or a moved audit number in the way.
pub(crate) const MAX_TRIES: u32 = 5;
/// How often an answer may get lost before a read settles it: each loss costs the adapter's whole time.
const MAX_LOST: u32 = 2;

/// What a commit answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed<R> {
    /// Written now.
    Now(R),
    /// Written by an earlier request with the same key: its answer, unchanged.
    Before(R),
}

impl<R> Committed<R> {
    /// The answer, whenever it was written.
    pub fn answer(self) -> R {
        match self {
            Self::Now(answer) | Self::Before(answer) => answer,
        }
    }
}

/// What a write of the transaction stands for: decides what its failed condition means. In the order of judgement: a revoked
/// token never gets a replay, and a repeat gets its first answer whatever has happened since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Caller,
    /// How far a job is.
    Progress,
    Answer,
    Aggregate(usize),
    Slot,
    TakePair,
    ConsumeCandidate,
    ListCandidate,
    RemoveCandidate,
    ReadMark,
    Strikes,
    /// An order for a document.
    Order,
    /// A credit code is one employer's.
    CreditCode,
    /// A number is one person's.
    Number,
    Consequence,
}

pub(crate) type Plan = Vec<(Role, Write)>;

impl<T: Table> Store<T> {
    /// Commits the platform's own writes, which tell nobody and keep no answer; false if a condition does not hold.
    pub(crate) async fn write(&self, what: &str, writes: &[Write]) -> Result<bool, Error> {
        self.write_under(&token_of(what, writes), what, writes).await
    }

    /// The same for what one invocation alone may do: another's same writes at the same moment are not taken for a repeat of these.
    pub(crate) async fn claim(&self, what: &str, invocation: &str, writes: &[Write]) -> Result<bool, Error> {
        self.write_under(&token_of(&format!("{what} {invocation}"), writes), what, writes).await
    }

    async fn write_under(&self, token: &str, what: &str, writes: &[Write]) -> Result<bool, Error> {
        for attempt in 0..MAX_TRIES {
            match self.table.commit(writes, token).await {
                Ok(()) => return Ok(true),
                Err(CommitError::Refused(_)) => return Ok(false),
                Err(CommitError::Contended) => self.table.back_off(attempt).await,
                Err(CommitError::Unknown(cause)) => return Err(Error::Indeterminate(cause)),
                Err(CommitError::Broken(cause)) => return Err(Error::Broken(cause)),
            }
        }
        Err(Error::Unavailable(format!("{what} met others at every try")))
    }

    /// Writes the change and keeps the answer under the caller's key.
    ///
    /// # Errors
    /// See [`Error`]: a rule in the way ([`Error::Refused`]), a lost race ([`Error::Moved`]), a revoked token, a reused key, or
    /// a table that does not answer.
    pub async fn commit<R>(&self, change: Change, context: &Context, answer: R) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync,
    {
        self.commit_part(change, context, Part::Whole, answer).await
    }

    /// Writes one row of a batch, and keeps its own answer under the caller's key.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn commit_row<R>(&self, change: Change, context: &Context, row: usize, answer: R) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync,
    {
        self.commit_part(change, context, Part::Row(row), answer).await
    }

    pub(crate) async fn commit_part<R>(&self, mut change: Change, context: &Context, part: Part, answer: R) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync,
    {
        let (mut unknown, mut lost) = (None, 0);
        let place = idempotency::place(context, part);
        for attempt in 0..MAX_TRIES {
            change.say_what_goes_with(place.as_ref());
            let plan = plan(&change, context, part, &answer)?;
            let writes: Vec<Write> = plan.iter().map(|(_, write)| write.clone()).collect();
            match self.table.commit(&writes, &token(&change, context, part)).await {
                Ok(()) => return Ok(Committed::Now(answer)),
                // After a lost answer the conditions may fail because our own transaction has committed.
                Err(CommitError::Refused(_)) if unknown.is_some() && self.has_committed(&change, context, part).await? => {
                    return Ok(Committed::Now(answer));
                }
                Err(CommitError::Refused(failures)) => match judge(&plan, &failures, &mut change, context)? {
                    Verdict::Replay(kept) => return Ok(Committed::Before(kept)),
                    Verdict::Again => {}
                },
                Err(CommitError::Contended) => self.table.back_off(attempt).await,
                Err(CommitError::Unknown(cause)) => {
                    (unknown, lost) = (Some(cause), lost + 1);
                    if lost == MAX_LOST {
                        break;
                    }
                    self.table.back_off(attempt).await;
                }
                Err(CommitError::Broken(cause)) => return Err(Error::Broken(cause)),
            }
        }
        match unknown {
            None => Err(Error::Unavailable("the transaction met others at every try".to_owned())),
            Some(_) if self.has_committed(&change, context, part).await? => Ok(Committed::Now(answer)),
            Some(cause) => Err(Error::Indeterminate(cause)),
        }
    }

    /// Whether this very change stands in the table: a strong read decides, never a guess. The audit record of its first
    /// aggregate is there with our bytes only if our transaction has committed; of a change without aggregates, the kept answer.
    async fn has_committed(&self, change: &Change, context: &Context, part: Part) -> Result<bool, Error> {
        let unread = |error: TableError| Error::Indeterminate(format!("{error:?}"));
        let Some(step) = change.steps.first() else {
            let Some(place) = idempotency::place(context, part) else { return Ok(false) };
            let Some(kept) = self.table.get(&place).await.map_err(unread)? else { return Ok(false) };
            return Ok(idempotency::kept_text(&kept, context)?.is_some());
        };
        let (_, audit) = step.writes()?;
        let found = self.table.get(audit.key()).await.map_err(unread)?;
        match (&audit, found) {
            (Write::Put { item, .. }, Some(found)) => Ok(found.text("hash") == item.text("hash")),
            _ => Ok(false),
        }
    }
}

fn plan<R: Serialize>(change: &Change, context: &Context, part: Part, answer: &R) -> Result<Plan, Error> {
    let mut plan = Plan::new();
    // The platform acts for nobody: nothing can be revoked, and an item checked by all its workers would be one that strangers share.
    let acts_for_somebody = context.actor != Actor::System;
    if acts_for_somebody && !change.steps.iter().any(|step| is_own(step, context)) {
        plan.push((Role::Caller, caller_in_force(context)));
    }
    if let Some(place) = idempotency::place(context, part) {
        plan.push((Role::Answer, idempotency::keep(place, context, answer, change.steps.first().map(Step::event_id))?));
    }
    for (i, step) in change.steps.iter().enumerate() {
        let (mut aggregate, audit) = step.writes()?;
        if is_own(step, context) {
            aggregate.require(in_force(context));
        }
        plan.extend([(Role::Aggregate(i), aggregate), (Role::Consequence, audit)]);
    }
    consequences::plan(&change.steps, context, &mut plan)?;
    plan.extend(change.entries.iter().cloned());
    if plan.len() > MAX_WRITES {
        return Err(Error::Broken(format!("a transaction of {} writes", plan.len())));
    }
    Ok(plan)
}

/// Whether the change moves the caller's own account: then its write carries the check.
fn is_own(step: &Step, context: &Context) -> bool {
    step.key == keys::account(&context.account)
}

fn in_force(context: &Context) -> Condition {
    Condition::MissingOrAtMost("valid_after", context.token_issued_at)
}

/// The caller's tokens must not have been revoked since this one was issued.
pub(crate) fn caller_in_force(context: &Context) -> Write {
    Write::Check { key: keys::account(&context.account), when: vec![in_force(context)] }
}

/// Names the writes, not the try: a repeat of the same writes is one commit.
fn token(change: &Change, context: &Context, part: Part) -> String {
    let bases: Vec<u64> = change.steps.iter().map(|step| step.base.as_ref().map_or(0, |base| base.seq)).collect();
    let ids: Vec<&str> = change.steps.iter().map(|step| step.id.as_str()).collect();
    // Entries have no version that tells one try from another: all that they say is named.
    let entries = &change.entries;
    // A job's worker comes again under the same id at another time, and its audit records say so.
    let now = context.now;
    context.transaction_token(&format!("{part:?} {ids:?} {bases:?} {now} {entries:?}"))
}

enum Verdict<R> {
    Replay(R),
    Again,
}

fn judge<R: DeserializeOwned>(
    plan: &Plan,
    failures: &[Option<Failure>],
    change: &mut Change,
    context: &Context,
) -> Result<Verdict<R>, Error> {
    let mut failed: Vec<(Role, &Failure)> =
        plan.iter().zip(failures).filter_map(|((role, _), failure)| failure.as_ref().map(|failure| (*role, failure))).collect();
    failed.sort_by_key(|(role, _)| *role);
    if failed.iter().any(|(role, failure)| revokes_caller(*role, failure, change, context)) {
        return Err(Error::TokenRevoked);
    }
    for (role, failure) in failed {
        match role {
            Role::Caller => return Err(Error::TokenRevoked),
            Role::Progress => return Err(Error::Overtaken),
            Role::Answer => {
                if let Some(kept) = failure.old.as_ref().map(|old| idempotency::kept(old, context)).transpose()?.flatten() {
                    return Ok(Verdict::Replay(kept));
                }
            }
            Role::Aggregate(i) => {
                let step = change.steps.get_mut(i).ok_or(Error::Moved)?;
                rebase(step, failure)?;
                return Ok(Verdict::Again);
            }
            Role::Slot => return Err(slot_held(failure, change)),
            Role::TakePair => return Err(pair_taken(failure)),
            Role::ConsumeCandidate => return Err(Refusal::NotACandidate.into()),
            Role::ListCandidate | Role::Order => return Err(Error::AlreadyThere),
            Role::RemoveCandidate | Role::ReadMark | Role::Strikes => return Err(Error::Moved),
            Role::CreditCode => return Err(Refusal::CreditCodeTaken.into()),
            Role::Number => return Err(Refusal::NumberTaken.into()),
            Role::Consequence => return Err(Error::Broken("a consequence of the change does not fit the table".to_owned())),
        }
    }
    Ok(Verdict::Again)
}

/// Whether what stands there says that the caller's token no longer holds: before all else, so that it never gets a replay.
fn revokes_caller(role: Role, failure: &Failure, change: &Change, context: &Context) -> bool {
    match role {
        Role::Caller => true,
        Role::Aggregate(i) => {
            let valid_after = failure.old.as_ref().and_then(|old| old.number("valid_after"));
            change.steps.get(i).is_some_and(|step| is_own(step, context)) && valid_after.is_some_and(|at| at > context.token_issued_at)
        }
        Role::Answer
        | Role::Progress
        | Role::Slot
        | Role::TakePair
        | Role::ConsumeCandidate
        | Role::ListCandidate
        | Role::RemoveCandidate
        | Role::ReadMark
        | Role::Strikes
        | Role::Order
        | Role::CreditCode
        | Role::Number
        | Role::Consequence => false,
    }
}

/// If only the audit number moved (a document was drawn), the decision still stands: it goes behind the new record.
fn rebase(step: &mut Step, failure: &Failure) -> Result<(), Error> {
    let (Some(base), Some(old)) = (&step.base, &failure.old) else { return Err(Error::Moved) };
    let version = old.number("version").and_then(|n| u64::try_from(n).ok());
    let seq = old.number("seq").and_then(|n| u64::try_from(n).ok());
    match (version, seq, old.text("head")) {
        (Some(version), Some(seq), Some(head)) if version == base.version && seq > base.seq => {
            step.base = Some(Base { version, seq, head: head.to_owned() });
            Ok(())
        }
        _ => Err(Error::Moved),
    }
}

/// The slot is held by a signing, or by a registration of other employment, which its graduate can have withdrawn.
fn slot_held(failure: &Failure, change: &Change) -> Error {
    let kind = failure.old.as_ref().and_then(|old| old.text("kind"));
    let answers_letter = change.steps.iter().any(|step| InvitationId::parse(&step.id).is_ok());
    match kind {
        Some(kind) if kind == SlotKind::Registration.as_str() => Refusal::EmploymentRegistered.into(),
        _ if answers_letter => Refusal::StudentLocked.into(),
        _ => Refusal::SigningUnderWay.into(),
    }
}

/// The pair is held by an open letter, or by an agreement that came of one.
fn pair_taken(failure: &Failure) -> Error {
    let by_agreement = failure.old.as_ref().is_some_and(|old| old.number("deadline").is_none());
    if by_agreement { Refusal::AlreadySignedWithThisEmployer.into() } else { Refusal::AlreadyInvited.into() }
}
