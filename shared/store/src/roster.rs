//! What operators and imports write: schools, employers, students. Plain writes without audit chain, for set-up and samples.

use crate::Store;
use crate::aggregate::{Aggregate, parse, plain, unaudited};
use crate::consequences::placed;
use crate::error::Error;
use crate::keys;
use crate::people::Found;
use crate::table::{Condition, Item, Key, MAX_WRITES, Table, Write};
use domain::account::{Account, Binding};
use domain::employer::Employer;
use domain::policy::{Policy, SchoolPolicy};
use domain::school::School;
use domain::student::{Lookups, Student};
use domain::values::{AccountId, PersonId, SchoolId, Timestamp};
use serde::Serialize;
use std::collections::BTreeSet;

/// When employers that are set up have come to stand with their schools, for the order of lists: 2026-09-01T00:00:00.000Z.
const SET_UP_AT: Timestamp = Timestamp::from_millis(1_788_220_800_000);

/// Something to set up.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "entries are few and short-lived")]
pub enum Entry {
    /// A school with its colleges.
    School(School),
    /// A school's policy.
    Policy(SchoolId, Policy),
    /// An employer.
    Employer(Employer),
    /// A student with the hashes that find it.
    Student(Box<Student>, Lookups),
    /// The binding of a log-in to its roster records.
    Account(AccountId, Binding),
}

impl<T: Table> Store<T> {
    /// Writes entries in transactions of at most 100 items, in order. An entry that stands already is replaced.
    ///
    /// # Errors
    /// As the table's.
    pub async fn set_up(&self, entries: &[Entry]) -> Result<(), Error> {
        let mut writes: Vec<Write> = Vec::new();
        for entry in entries {
            let more = entry_writes(entry)?;
            if writes.len() + more.len() > MAX_WRITES {
                self.write_all(&writes).await?;
                writes.clear();
            }
            for write in more {
                writes.retain(|earlier| earlier.key() != write.key());
                writes.push(write);
            }
        }
        self.write_all(&writes).await
    }

    /// The person behind a document number, if known.
    ///
    /// # Errors
    /// As the table's.
    pub async fn person_by_document(&self, hmac: &str) -> Result<Option<PersonId>, Error> {
        self.table.get(&keys::alias(hmac)).await?.map(|item| parse(&item)).transpose()
    }

    async fn write_all(&self, writes: &[Write]) -> Result<(), Error> {
        if writes.is_empty() {
            return Ok(());
        }
        if self.write("set-up", writes).await? { Ok(()) } else { Err(Error::Unavailable("set-up met other writes".to_owned())) }
    }
}

fn entry_writes(entry: &Entry) -> Result<Vec<Write>, Error> {
    match entry {
        Entry::School(school) => Ok(vec![stands(school)?]),
        Entry::Policy(school, policy) => Ok(vec![stands(&SchoolPolicy { school: school.clone(), policy: policy.clone() })?]),
        Entry::Employer(employer) => employer_writes(employer),
        Entry::Student(student, lookups) => student_writes(student, lookups),
        Entry::Account(account, binding) => {
            let account = Account { binding: Some(binding.clone()), ..Account::new(account.clone()) };
            Ok(vec![stands(&account)?])
        }
    }
}

/// The employer, its code, and its rows in the lists of those schools that have to do with it.
fn employer_writes(employer: &Employer) -> Result<Vec<Write>, Error> {
    let mut writes = vec![stands(employer)?, put(keys::credit_code(&employer.credit_code), &employer.id)?];
    let reviewers = employer.approved_by.iter().chain(employer.rejected_by.keys()).chain(employer.blocked_by.keys());
    for school in reviewers.chain(&employer.asked).collect::<BTreeSet<_>>() {
        let Some(standing) = employer.standing_with(school) else { continue };
        let attributes = placed(school, employer.summary(), standing, SET_UP_AT, employer.reason_with(school))?;
        let item = Item { key: keys::employer_of_school(school, employer.id.as_str()), attributes };
        writes.push(Write::Put { item, when: Vec::new() });
    }
    Ok(writes)
}

fn student_writes(student: &Student, lookups: &Lookups) -> Result<Vec<Write>, Error> {
    let number = keys::student_number(&student.school, student.student_number.as_str());
    let mut writes = vec![stands(student)?, put(number, &student.id)?, put(keys::alias(&lookups.document), &student.person)?];
    let found = Found::of(student);
    for hmac in &lookups.four_fields {
        writes.push(put(keys::lookup(&student.school, hmac), &found)?);
    }
    Ok(writes)
}

/// An aggregate as it is set up: in its lists, with an audit chain that has not begun.
fn stands<A: Aggregate>(aggregate: &A) -> Result<Write, Error> {
    Ok(Write::Put { item: Item { key: aggregate.key(), attributes: unaudited(aggregate)? }, when: Vec::new() })
}

fn put<D: Serialize>(key: Key, data: &D) -> Result<Write, Error> {
    Ok(Write::Put { item: Item { key, attributes: plain(data)? }, when: Vec::<Condition>::new() })
}
