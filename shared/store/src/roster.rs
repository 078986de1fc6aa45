//! What operators and imports write: schools, employers, students. Plain writes without audit chain, for set-up and samples.

use crate::Store;
use crate::aggregate::{parse, plain};
use crate::context::{digest, hex};
use crate::error::Error;
use crate::keys;
use crate::people::{Account, Found, School};
use crate::table::{Attributes, CommitError, Condition, Item, Key, MAX_WRITES, Table, Write};
use domain::employer::Employer;
use domain::policy::Policy;
use domain::student::Student;
use domain::values::{AccountId, PersonId, SchoolId};
use serde::Serialize;

/// The keyed hashes under which a student is found.
#[derive(Clone, Debug)]
pub struct Lookups {
    /// Of school, year, name and document number; and of the same with the mobile instead.
    pub four_fields: Vec<String>,
    /// Of the document: the alias of the person.
    pub document: String,
}

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
    Account(AccountId, Account),
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

    /// Refuses every token of this log-in issued before the given second. `i64::MAX` disables the account.
    ///
    /// # Errors
    /// As the table's.
    pub async fn revoke_tokens(&self, account: &AccountId, valid_after: i64) -> Result<(), Error> {
        let set = Attributes::from([("valid_after".to_owned(), valid_after.into())]);
        self.write_all(&[Write::Update { key: keys::account(account), set, remove: Vec::new(), add: Vec::new(), when: Vec::new() }]).await
    }

    async fn write_all(&self, writes: &[Write]) -> Result<(), Error> {
        if writes.is_empty() {
            return Ok(());
        }
        let token: String = hex(&digest(&["set-up", &format!("{writes:?}")])).chars().take(32).collect();
        match self.table.commit(writes, &token).await {
            Ok(()) => Ok(()),
            Err(CommitError::Refused(_) | CommitError::Contended) => Err(Error::Unavailable("set-up met other writes".to_owned())),
            Err(CommitError::Unknown(cause)) => Err(Error::Indeterminate(cause)),
            Err(CommitError::Broken(cause)) => Err(Error::Broken(cause)),
        }
    }
}

fn entry_writes(entry: &Entry) -> Result<Vec<Write>, Error> {
    match entry {
        Entry::School(school) => Ok(vec![put(keys::school(&school.id), school)?]),
        Entry::Policy(school, policy) => Ok(vec![put(keys::policy(school), policy)?]),
        Entry::Employer(employer) => Ok(vec![put(keys::employer(&employer.id), employer)?]),
        Entry::Student(student, lookups) => student_writes(student, lookups),
        Entry::Account(account, bound) => {
            let set = plain(bound)?;
            Ok(vec![Write::Update { key: keys::account(account), set, remove: Vec::new(), add: Vec::new(), when: Vec::new() }])
        }
    }
}

fn student_writes(student: &Student, lookups: &Lookups) -> Result<Vec<Write>, Error> {
    let found = Found {
        student: student.id.clone(),
        masked_name: student.name.masked(),
        school_name: student.school_name.clone(),
        college_name: student.college_name.clone(),
    };
    let mut writes = vec![put(keys::student(&student.id), student)?, put(keys::alias(&lookups.document), &student.person)?];
    for hmac in &lookups.four_fields {
        writes.push(put(keys::lookup(&student.school, hmac), &found)?);
    }
    Ok(writes)
}

fn put<D: Serialize>(key: Key, data: &D) -> Result<Write, Error> {
    Ok(Write::Put { item: Item { key, attributes: plain(data)? }, when: Vec::<Condition>::new() })
}
