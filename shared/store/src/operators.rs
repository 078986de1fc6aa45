//! What the platform's operators do, each audited: schools and colleges, suspension of employers, disabling of accounts.

use crate::Store;
use crate::aggregate::Loaded;
use crate::change::Change;
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::table::Table;
use domain::account::Account;
use domain::school::{College, School};
use domain::values::{AccountId, EmployerId, SchoolId, Text, Timestamp};

impl<T: Table> Store<T> {
    /// Sets up a school, or names it and colleges of it anew.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn set_up_school(&self, id: SchoolId, name: Text<100>, colleges: Vec<College>, context: &Context) -> Result<(), Error> {
        let standing: Option<Loaded<School>> =
            self.table.get(&keys::school(&id)).await?.map(|item| crate::aggregate::loaded(&item)).transpose()?;
        let set_up = School::set_up(standing.as_ref().map(|school| school.value.clone()), id, name, colleges);
        let change = Change::new().writes(context, standing.as_ref(), &set_up)?;
        self.begin_deadlines(context.now).await?;
        self.begin_sealing(context.now).await?;
        self.commit(change, context, ()).await.map(|_| ())
    }

    /// Suspends an employer: what is in flight goes on, nothing new begins.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`domain::Refusal::EmployerSuspended`], or as [`Store::commit`]'s.
    pub async fn suspend_employer(&self, id: &EmployerId, reason: Text<500>, context: &Context) -> Result<(), Error> {
        let employer = self.employer(id).await?;
        let suspended = employer.value.clone().suspend(reason, context.now)?;
        self.commit(Change::new().moves(context, &employer, &suspended)?, context, ()).await.map(|_| ())
    }

    /// Lets a suspended employer go on.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`domain::Refusal::EmployerStanding`], or as [`Store::commit`]'s.
    pub async fn reinstate_employer(&self, id: &EmployerId, reason: Text<500>, context: &Context) -> Result<(), Error> {
        let employer = self.employer(id).await?;
        let reinstated = employer.value.clone().reinstate(reason)?;
        self.commit(Change::new().moves(context, &employer, &reinstated)?, context, ()).await.map(|_| ())
    }

    /// Shuts a log-in at once: every token of it is refused, inside the transactions of writes.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn disable_account(&self, id: &AccountId, reason: Text<500>, context: &Context) -> Result<(), Error> {
        let (standing, account) = self.account_or_new(id).await?;
        let change = Change::new().writes(context, standing.as_ref(), &account.disable(reason))?;
        self.commit(change, context, ()).await.map(|_| ())
    }

    /// Opens a log-in again, for tokens issued from now on. Now is real time, as tokens are: business time may be ahead of it.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn enable_account(&self, id: &AccountId, reason: Text<500>, context: &Context) -> Result<(), Error> {
        let (standing, account) = self.account_or_new(id).await?;
        let now = Timestamp::from_millis(context.token_issued_at.saturating_mul(1000));
        let change = Change::new().writes(context, standing.as_ref(), &account.enable(reason, now))?;
        self.commit(change, context, ()).await.map(|_| ())
    }

    async fn account_or_new(&self, id: &AccountId) -> Result<(Option<Loaded<Account>>, Account), Error> {
        let standing = self.account(id).await?;
        let account = standing.as_ref().map_or_else(|| Account::new(id.clone()), |account| account.value.clone());
        Ok((standing, account))
    }
}
