//! Employers: registered by their staff, reviewed by schools, found by both.

use crate::Store;
use crate::aggregate::{EmployerSummary, Loaded, loaded, plain};
use crate::change::Change;
use crate::commit::Role;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::lists::{AggregateRow, List, ListPage, Range};
use crate::table::{Condition, Index, Item, Table};
use domain::Refusal;
use domain::employer::{Employer, Standing};
use domain::school::School;
use domain::values::{CreditCode, EmployerId, SchoolId};

/// Schools of one query; a page ends earlier where its rows are long.
const SCHOOLS_A_PAGE: u32 = 1_000;

impl<T: Table> Store<T> {
    /// The employer, read strongly.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the log-in names an employer that is not on the platform.
    pub async fn employer(&self, id: &EmployerId) -> Result<Loaded<Employer>, Error> {
        loaded(&self.item(&keys::employer(id)).await?)
    }

    /// The employer, if it is on the platform already.
    ///
    /// # Errors
    /// As the table's.
    pub async fn registered_employer(&self, id: &EmployerId) -> Result<Option<Loaded<Employer>>, Error> {
        self.table.get(&keys::employer(id)).await?.map(|item| loaded(&item)).transpose()
    }

    /// The employer, if it may search, list and invite (SR-10, SR-12). An employer that is not on the platform has been approved by
    /// no school.
    ///
    /// # Errors
    /// [`Refusal::EmployerNotQualified`], [`Refusal::EmployerInfoIncomplete`] or [`Refusal::EmployerSuspended`].
    pub async fn active_employer(&self, id: &EmployerId) -> Result<Employer, Error> {
        let employer = self.registered_employer(id).await?.ok_or(Refusal::EmployerNotQualified)?.value;
        employer.active()?;
        Ok(employer)
    }

    /// The platform's employers by name, those whose name begins so if one is given.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn employers(&self, name: Option<&str>, list: &List) -> Result<ListPage<AggregateRow<EmployerSummary>>, Error> {
        let range = name.map_or_else(Range::all, Range::beginning_with);
        self.rows_of(Index::School, lists::EMPLOYERS.to_owned(), range, list).await
    }

    /// Employers that stand so with a school: those that wait for its review oldest first, all others latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn employers_of_school(
        &self,
        school: &SchoolId,
        standing: Standing,
        list: &List,
    ) -> Result<ListPage<AggregateRow<EmployerSummary>>, Error> {
        let range = if standing == Standing::Awaiting { Range::all() } else { Range::all().backwards() };
        self.rows_of(Index::School, lists::school_employers(school, standing), range, list).await
    }

    /// How many employers wait for this school's review, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_employer_reviews(&self, school: &SchoolId) -> Result<u32, Error> {
        self.count(Index::School, lists::school_employers(school, Standing::Awaiting), Range::all()).await
    }

    /// All schools of the platform, by code.
    ///
    /// # Errors
    /// As the table's.
    pub async fn schools(&self) -> Result<Vec<School>, Error> {
        let (mut schools, mut list) = (Vec::new(), List { limit: SCHOOLS_A_PAGE, after: None });
        loop {
            let page: ListPage<AggregateRow<School>> = self.rows_of(Index::School, lists::SCHOOLS.to_owned(), Range::all(), &list).await?;
            schools.extend(page.rows.into_iter().map(|row| row.summary));
            match page.next {
                Some(next) => list.after = Some(next),
                None => return Ok(schools),
            }
        }
    }
}

impl Change {
    /// The credit code becomes this employer's, and no other's; the one that it had before is free.
    ///
    /// # Errors
    /// [`Error::Broken`] if it cannot be written.
    pub fn claims_credit_code(self, employer: &Employer, before: Option<&CreditCode>) -> Result<Self, Error> {
        let code = &employer.credit_code;
        if before == Some(code) {
            return Ok(self);
        }
        let item = Item { key: keys::credit_code(code), attributes: plain(&employer.id)? };
        let change = self.adds(Role::CreditCode, item);
        Ok(match before {
            Some(before) => change.removes(Role::Consequence, keys::credit_code(before), Condition::Present),
            None => change,
        })
    }
}
