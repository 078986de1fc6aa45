//! The school's roster: read and corrected by its officers.

use crate::Store;
use crate::aggregate::{Loaded, StudentSummary, json, loaded, parse, plain};
use crate::change::Change;
use crate::commit::Role;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::lists::{AggregateRow, List, ListPage, Range};
use crate::people::Found;
use crate::table::{Condition, Index, Item, Table};
use domain::account::Account;
use domain::party::Officer;
use domain::student::{Lookups, Student};
use domain::values::{GraduationYear, PersonId, StudentId};
use futures_util::future::try_join_all;

/// More records than a person has.
const RECORDS_LIMIT: u32 = 50;

/// What finds a student before and after a correction.
#[derive(Clone, Debug)]
pub struct Rekeying {
    /// By what the record said.
    pub before: Lookups,
    /// By what it says now.
    pub after: Lookups,
    /// Whether another record of the person carries the number that this one had.
    pub keeps_number: bool,
}

impl<T: Table> Store<T> {
    /// Students of one graduation year in an officer's scope, by student number, those whose number begins so if one is given.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn students(
        &self,
        officer: &Officer,
        year: GraduationYear,
        number: Option<&str>,
        list: &List,
    ) -> Result<ListPage<AggregateRow<StudentSummary>>, Error> {
        let (index, partition) = match &officer.college {
            Some(college) => (Index::College, lists::college_students(&officer.school, college, year)),
            None => (Index::School, lists::school_students(&officer.school, year)),
        };
        self.rows_of(index, partition, number.map_or_else(Range::all, Range::beginning_with), list).await
    }

    /// A student of the officer's own school.
    ///
    /// # Errors
    /// [`Error::NotFound`] for any other.
    pub async fn student_of_officer(&self, officer: &Officer, id: &StudentId) -> Result<Loaded<Student>, Error> {
        let student: Loaded<Student> = loaded(&self.item(&keys::student(id)).await?)?;
        if officer.covers(&student.value.school, &student.value.college) { Ok(student) } else { Err(Error::NotFound) }
    }

    /// The log-in that a record is bound to.
    ///
    /// # Errors
    /// As the table's.
    pub async fn account_of(&self, student: &Student) -> Result<Option<Loaded<Account>>, Error> {
        match &student.verified {
            Some(verified) => self.account(&verified.account).await,
            None => Ok(None),
        }
    }

    /// What finds a student before and after a change. A number is free again unless another record of the person carries it too.
    ///
    /// # Errors
    /// What `lookups` says of a record that does not open, or as the table's.
    pub async fn rekeying(
        &self,
        from: &Student,
        to: &Student,
        lookups: impl Fn(&Student) -> Result<Lookups, Error>,
    ) -> Result<Rekeying, Error> {
        let (before, after) = (lookups(from)?, lookups(to)?);
        let mut keeps_number = false;
        if before.document != after.document {
            for other in self.other_records(from).await? {
                keeps_number |= lookups(&other)?.document == before.document;
            }
        }
        Ok(Rekeying { before, after, keeps_number })
    }

    /// Moves what a student is found by. A document number is one natural person's: it is claimed for this one, or refused; the one
    /// that it replaces is free again, unless another record of the person carries it too.
    ///
    /// # Errors
    /// [`domain::Refusal::NumberTaken`] if the number is another person's, or as the table's.
    pub async fn rekey(&self, change: Change, from: &Student, to: &Student, keys_of: &Rekeying) -> Result<Change, Error> {
        let Rekeying { before, after, .. } = keys_of;
        let mut change = relocate(change, from, to, keys_of)?;
        if before.document == after.document {
            return Ok(change);
        }
        let alias = keys::alias(&after.document);
        match self.table.get(&alias).await? {
            Some(item) if parse::<PersonId>(&item)? == to.person => {}
            Some(_) => return Err(domain::Refusal::NumberTaken.into()),
            None => change = change.adds(Role::Number, Item { key: alias, attributes: plain(&to.person)? }),
        }
        if !keys_of.keeps_number {
            let theirs = Condition::Equals("data", json(&to.person)?.into());
            change = change.removes(Role::Consequence, keys::alias(&before.document), theirs);
        }
        Ok(change)
    }

    /// The other records of the person behind this one: of other schools, or of other years.
    ///
    /// # Errors
    /// As the table's.
    pub async fn other_records(&self, student: &Student) -> Result<Vec<Student>, Error> {
        let list = List { limit: RECORDS_LIMIT, after: None };
        let rows: ListPage<AggregateRow<StudentSummary>> =
            self.rows_of(Index::Student, lists::records(&student.person), Range::all(), &list).await?;
        let others = rows.rows.iter().filter_map(|row| StudentId::parse(&row.summary.id).ok()).filter(|id| *id != student.id);
        let records = others.map(|id| async move { self.student(&id).await });
        try_join_all(records).await
    }
}

/// The four-field look-ups: moved where name or number has changed, rewritten where they stay and say something else.
fn relocate(mut change: Change, from: &Student, to: &Student, keys_of: &Rekeying) -> Result<Change, Error> {
    let (said, says) = (Found::of(from), Found::of(to));
    let found = plain(&says)?;
    for hmac in &keys_of.after.four_fields {
        let item = Item { key: keys::lookup(&to.school, hmac), attributes: found.clone() };
        change = match keys_of.before.four_fields.contains(hmac) {
            true if said == says => change,
            true => change.puts(Role::Consequence, item, Vec::new()),
            // Two students of one name, year and number are one student: the second is refused.
            false => change.adds(Role::Number, item),
        };
    }
    for hmac in keys_of.before.four_fields.iter().filter(|hmac| !keys_of.after.four_fields.contains(hmac)) {
        change = change.removes(Role::Consequence, keys::lookup(&to.school, hmac), Condition::Present);
    }
    Ok(change)
}
