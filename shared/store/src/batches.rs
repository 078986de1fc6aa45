//! Batches: a fingerprint record, then one transaction a row, each with its own answer kept. The same key resumes.

use crate::Store;
use crate::context::Context;
use crate::error::Error;
use crate::idempotency::{self, Part};
use crate::keys;
use crate::table::{CommitError, Condition, Table, Write};
use domain::invitation::StageName;
use domain::values::InvitationId;
use serde::{Deserialize, Serialize};

/// What is kept of a row that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAnswer {
    /// The letter.
    pub invitation_id: InvitationId,
    /// Its version then.
    pub version: u64,
    /// Its stage then.
    pub stage: StageName,
}

impl<T: Table> Store<T> {
    /// Opens a batch under the caller's key. True if an earlier request opened it: some rows may have been sent.
    ///
    /// # Errors
    /// [`Error::KeyReused`] for another body under the same key, [`Error::TokenRevoked`], or as the table's.
    pub async fn open_batch(&self, context: &Context) -> Result<bool, Error> {
        let Some(hash) = context.idempotency_hash() else { return Ok(false) };
        let account_in_force = vec![Condition::MissingOrAtMost("valid_after", context.token_issued_at)];
        let writes = [
            Write::Check { key: keys::account(&context.account), when: account_in_force },
            idempotency::keep(keys::batch(&hash), context, &())?,
        ];
        match self.table.commit(&writes, &context.transaction_token("batch")).await {
            Ok(()) => Ok(false),
            Err(CommitError::Refused(failures)) => match failures.as_slice() {
                [Some(_), _] => Err(Error::TokenRevoked),
                [None, Some(failure)] => {
                    let kept = failure.old.as_ref().map(|old| idempotency::kept::<()>(old, context)).transpose()?;
                    Ok(kept.flatten().is_some())
                }
                _ => Err(Error::Broken("a batch could not be opened".to_owned())),
            },
            Err(CommitError::Contended) => Err(Error::Unavailable("another request opens this batch".to_owned())),
            Err(CommitError::Unknown(cause)) => Err(Error::Indeterminate(cause)),
            Err(CommitError::Broken(cause)) => Err(Error::Broken(cause)),
        }
    }

    /// The answer of a row that an earlier request under the same key has sent.
    ///
    /// # Errors
    /// As the table's.
    pub async fn row_answer(&self, context: &Context, row: usize) -> Result<Option<RowAnswer>, Error> {
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
        let Some(place) = idempotency::place(context, Part::Whole) else { return Ok(None) };
        let account = self.table.get(&keys::account(&context.account)).await?;
        let valid_after = account.and_then(|account| account.number("valid_after"));
        if valid_after.is_some_and(|valid_after| valid_after > context.token_issued_at) {
            return Err(Error::TokenRevoked);
        }
        match self.table.get(&place).await? {
            Some(item) => Ok(idempotency::kept_text(&item, context)?.map(str::to_owned)),
            None => Ok(None),
        }
    }
}
