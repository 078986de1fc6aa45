//! 信息验证 (SR-44): a log-in shows that it knows what the roster knows of a graduate, and is bound to the record.

use crate::Store;
use crate::aggregate::{Loaded, loaded, parse};
use crate::change::Change;
use crate::commit::{MAX_TRIES, Role};
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::people::Found;
use crate::strikes::{LOCK_MS, Strikes};
use crate::table::{CommitError, Item, Table, Write};
use domain::Refusal;
use domain::account::Account;
use domain::student::Student;
use domain::values::{AccountId, SchoolId};
use futures_util::future::try_join4;

/// How many wrong verifications within an hour lock.
const TRIES: i64 = 5;

/// What a log-in and a record were before they are bound.
#[derive(Clone, Debug)]
pub struct Verifying {
    /// The record that all facts name.
    pub student: Loaded<Student>,
    /// The log-in, if anything is known of it.
    pub account: Option<Loaded<Account>>,
    /// No wrong try has been counted since.
    guard: Write,
}

impl Change {
    /// Holds only if no wrong verification has been counted since the facts were looked at.
    #[must_use]
    pub fn guarded_by(mut self, verifying: &Verifying) -> Self {
        self.entries.push((Role::Strikes, verifying.guard.clone()));
        self
    }
}

impl<T: Table> Store<T> {
    /// What is known of a log-in.
    ///
    /// # Errors
    /// As the table's.
    pub async fn account(&self, id: &AccountId) -> Result<Option<Loaded<Account>>, Error> {
        self.table.get(&keys::account(id)).await?.map(|item| loaded(&item)).transpose()
    }

    /// The record that name, identity number and mobile together name, found twice by keyed hashes: which fact was wrong, nobody can
    /// tell. Five wrong tries within an hour lock the log-in for an hour.
    ///
    /// # Errors
    /// [`Refusal::VerificationFailed`], [`Refusal::VerificationLocked`], or as the table's.
    pub async fn verifying(&self, school: &SchoolId, hmacs: [&str; 2], context: &Context) -> Result<Verifying, Error> {
        let [by_number, by_mobile] = hmacs.map(|hmac| keys::lookup(school, hmac));
        let key = keys::verification(&context.account);
        let read = async |key: &crate::table::Key| -> Result<Option<Item>, Error> { Ok(self.table.get(key).await?) };
        let (strikes, account, one, other) =
            try_join4(read(&key), self.account(&context.account), read(&by_number), read(&by_mobile)).await?;
        let strikes = Strikes::of(key, strikes, context.now);
        if let Some(until) = strikes.locked_until() {
            return Err(Refusal::VerificationLocked { wait_s: until.seconds_after(context.now) }.into());
        }
        match one_record(one.as_ref(), other.as_ref())? {
            Some(found) => {
                let student = loaded(&self.item(&keys::student(&found.student)).await?)?;
                Ok(Verifying { student, account, guard: strikes.stand() })
            }
            None => Err(self.failed(strikes, context).await),
        }
    }

    /// Counts a wrong try. Nobody learns of one that is not counted.
    async fn failed(&self, mut strikes: Strikes, context: &Context) -> Error {
        for attempt in 0..MAX_TRIES {
            let (write, _) = strikes.another(TRIES, LOCK_MS);
            match self.table.commit(&[write], &context.transaction_token(&format!("verification {attempt}"))).await {
                Ok(()) | Err(CommitError::Unknown(_)) => return Refusal::VerificationFailed.into(),
                Err(CommitError::Broken(cause)) => return Error::Broken(cause),
                Err(CommitError::Contended | CommitError::Refused(_)) => self.table.back_off(attempt).await,
            }
            let key = keys::verification(&context.account);
            strikes = match self.table.get(&key).await {
                Ok(item) => Strikes::of(key, item, context.now),
                Err(error) => return error.into(),
            };
            if let Some(until) = strikes.locked_until() {
                return Refusal::VerificationLocked { wait_s: until.seconds_after(context.now) }.into();
            }
        }
        Error::Unavailable("a wrong verification could not be counted".to_owned())
    }
}

/// The record, if both look-ups lead to the same one.
fn one_record(one: Option<&Item>, other: Option<&Item>) -> Result<Option<Found>, Error> {
    let (Some(one), Some(other)) = (one, other) else { return Ok(None) };
    let (one, other): (Found, Found) = (parse(one)?, parse(other)?);
    Ok((one.student == other.student).then_some(one))
}
