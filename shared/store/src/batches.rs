//! Batches: a fingerprint record, then one transaction a row, each with its own answer kept. The same key resumes.

use crate::Store;
use crate::commit::{MAX_TRIES, caller_in_force};
use crate::context::Context;
use crate::error::Error;
use crate::idempotency::{self, Part};
use crate::keys;
use crate::table::{CommitError, Failure, Item, Table};
use domain::values::InvitationId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What is kept of a letter that was sent as a row: what a repeat shows of it, though its entry has left the send list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAnswer {
    /// The letter.
    pub invitation_id: InvitationId,
    /// 姓名, masked.
    pub masked_name: String,
    /// 院系.
    pub college: String,
    /// Whether an address of the graduate is known: if not, the inbox alone tells of the letter.
    #[serde(default = "known")]
    pub emailed: bool,
}

fn known() -> bool {
    true
}

impl<T: Table> Store<T> {
    /// Opens a batch under the caller's key. True if an earlier request opened it: some rows may have been sent.
    ///
    /// # Errors
    /// [`Error::KeyReused`] for another body under the same key, [`Error::TokenRevoked`], or as the table's.
    pub async fn open_batch(&self, context: &Context) -> Result<bool, Error> {
        let Some(hash) = context.idempotency_hash() else { return Ok(false) };
        let writes = [caller_in_force(context), idempotency::keep(keys::batch(&hash), context, &(), None)?];
        let token = context.transaction_token("batch");
        for attempt in 0..MAX_TRIES {
            match self.table.commit(&writes, &token).await {
                Ok(()) => return Ok(false),
                Err(CommitError::Refused(failures)) => return opened_before(&failures, context),
                Err(CommitError::Contended) => self.table.back_off(attempt).await,
                // Opened or not: every row looks for its kept answer, so nothing is sent twice.
                Err(CommitError::Unknown(_)) => return Ok(true),
                Err(CommitError::Broken(cause)) => return Err(Error::Broken(cause)),
            }
        }
        Err(Error::Unavailable("the batch met others at every try".to_owned()))
    }

    /// The answer of a row that an earlier request under the same key has sent.
    ///
    /// # Errors
    /// As the table's.
    pub async fn row_answer<R: DeserializeOwned>(&self, context: &Context, row: usize) -> Result<Option<R>, Error> {
        let Some(place) = idempotency::place(context, Part::Row(row)) else { return Ok(None) };
        match self.table.get(&place).await? {
            Some(item) => idempotency::kept(&item, context),
            None => Ok(None),
        }
    }

    /// The answer kept under the caller's key, for a command that now meets the state that it has itself made.
    ///
    /// # Errors
    /// [`Error::TokenRevoked`] before all else, [`Error::KeyReused`], or as the table's.
    pub async fn replay(&self, context: &Context) -> Result<Option<String>, Error> {
        match self.kept_item(context).await? {
            Some(item) => Ok(idempotency::kept_text(&item, context)?.map(str::to_owned)),
            None => Ok(None),
        }
    }

    /// The same, read: for a command of several transactions, which must not begin again.
    ///
    /// # Errors
    /// As [`Store::replay`]'s.
    pub async fn done_before<R: DeserializeOwned>(&self, context: &Context) -> Result<Option<R>, Error> {
        match self.kept_item(context).await? {
            Some(item) => idempotency::kept(&item, context),
            None => Ok(None),
        }
    }

    async fn kept_item(&self, context: &Context) -> Result<Option<Item>, Error> {
        let Some(place) = idempotency::place(context, Part::Whole) else { return Ok(None) };
        let account = self.table.get(&keys::account(&context.account)).await?;
        let valid_after = account.and_then(|account| account.number("valid_after"));
        if valid_after.is_some_and(|valid_after| valid_after > context.token_issued_at) {
            return Err(Error::TokenRevoked);
        }
        Ok(self.table.get(&place).await?)
    }
}

/// Whoever holds the fingerprint record: the same batch, or another body under the same key.
fn opened_before(failures: &[Option<Failure>], context: &Context) -> Result<bool, Error> {
    match failures {
        [Some(_), _] => Err(Error::TokenRevoked),
        [None, Some(failure)] => {
            let kept = failure.old.as_ref().map(|old| idempotency::kept::<()>(old, context)).transpose()?;
            Ok(kept.flatten().is_some())
        }
        _ => Err(Error::Broken("a batch could not be opened".to_owned())),
    }
}
