//! Accounts, students, schools and employers: who takes part.

use crate::Store;
use crate::aggregate::{loaded, parse};
use crate::error::Error;
use crate::keys;
use crate::table::{Item, Table};
use domain::Refusal;
use domain::agreement::Agreement;
use domain::employer::Employer;
use domain::letter::EmployerSection;
use domain::policy::Policy;
use domain::student::{Holder, Student};
use domain::values::{AccountId, AgreementId, CollegeId, EmployerId, GraduationYear, PersonId, SchoolId, StudentId, Text, Timestamp};
use futures_util::future::{join, try_join};
use serde::{Deserialize, Serialize};

/// A graduate's log-in and the roster records that it has verified itself as (SR-44), one per graduation year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The person that all of them are.
    pub person: PersonId,
    /// The records, newest graduation year first.
    pub students: Vec<StudentId>,
}

/// What the four-field search finds: no more than may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The roster record.
    pub student: StudentId,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学校.
    pub school_name: Text<100>,
    /// 院系.
    pub college_name: Text<100>,
}

/// A school with its colleges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Identifier.
    pub id: SchoolId,
    /// Name.
    pub name: Text<100>,
    /// Its colleges.
    pub colleges: Vec<College>,
}

/// A college of a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct College {
    /// Identifier within the school.
    pub id: CollegeId,
    /// Name.
    pub name: Text<100>,
}

/// A graduate, as the user centre shows.
#[derive(Clone, Debug)]
pub struct Graduate {
    /// The newest roster record.
    pub student: Student,
    /// What holds the year's slot.
    pub holder: Option<Holder>,
    /// Open letters, up to 100.
    pub received: u32,
}

/// Whether a person's slot of a year is held, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotState {
    /// Free.
    Free,
    /// Held by an online agreement.
    Online(AgreementId),
}

impl<T: Table> Store<T> {
    /// The employer, read strongly.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the log-in names an employer that is not on the platform.
    pub async fn employer(&self, id: &EmployerId) -> Result<Employer, Error> {
        parse(&self.item(&keys::employer(id)).await?)
    }

    /// The employer's section of letters, if it may search, list and invite (SR-10, SR-12). An employer that is not on the
    /// platform has been approved by no school.
    ///
    /// # Errors
    /// [`Refusal::EmployerNotQualified`], [`Refusal::EmployerInfoIncomplete`] or [`Refusal::EmployerSuspended`].
    pub async fn active_employer(&self, id: &EmployerId) -> Result<EmployerSection, Error> {
        match self.employer(id).await {
            Ok(employer) => Ok(employer.active()?),
            Err(Error::NotFound) => Err(Refusal::EmployerNotQualified.into()),
            Err(other) => Err(other),
        }
    }

    /// The school's policy; what it has not set has its default.
    ///
    /// # Errors
    /// As the table's.
    pub async fn policy(&self, school: &SchoolId) -> Result<Policy, Error> {
        match self.table.get(&keys::policy(school)).await? {
            Some(item) => parse(&item),
            None => Ok(Policy::default()),
        }
    }

    /// The school, for its officers and names.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn school(&self, id: &SchoolId) -> Result<School, Error> {
        parse(&self.item(&keys::school(id)).await?)
    }

    /// The roster record.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn student(&self, id: &StudentId) -> Result<Student, Error> {
        parse(&self.item(&keys::student(id)).await?)
    }

    /// The graduate behind a log-in, if it has passed the information verification (SR-44).
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before.
    pub async fn verified(&self, account: &AccountId) -> Result<Account, Error> {
        let item = self.table.get(&keys::account(account)).await?;
        match item.filter(|item| item.attributes.contains_key("data")) {
            Some(item) => parse(&item),
            None => Err(Refusal::StudentUnverified.into()),
        }
    }

    /// The graduate behind a log-in, for the user centre: the newest roster record, who holds the year's slot, and how many letters
    /// are open.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification.
    pub async fn graduate(&self, account: &AccountId, now: Timestamp) -> Result<Graduate, Error> {
        let account = self.verified(account).await?;
        let newest = account.students.first().ok_or(Refusal::StudentUnverified)?;
        let (student, received) = try_join(self.student(newest), self.count_received(&account.person, now)).await?;
        let holder = match self.slot(&account.person, student.graduation_year).await? {
            SlotState::Free => None,
            SlotState::Online(id) => {
                let agreement = loaded::<Agreement>(&self.item(&keys::agreement(&id)).await?)?.value;
                Some(Holder::Online(id, agreement.stage_name()))
            }
        };
        Ok(Graduate { student, holder, received })
    }

    /// What the four facts find, for an employer that may search.
    ///
    /// # Errors
    /// As [`Store::active_employer`]'s; [`Error::NotFound`].
    pub async fn search(&self, employer: &EmployerId, school: &SchoolId, hmac: &str) -> Result<Found, Error> {
        let (active, found) = join(self.active_employer(employer), self.find(school, hmac)).await;
        active.and(found)
    }

    /// The student that school, graduation year, name and number together name (SR-19), by the keyed hash of all four: which of
    /// them was wrong, nobody can tell.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    async fn find(&self, school: &SchoolId, hmac: &str) -> Result<Found, Error> {
        parse(&self.item(&keys::lookup(school, hmac)).await?)
    }

    /// Who holds the person's slot of the year.
    ///
    /// # Errors
    /// As the table's; [`Error::Broken`] for a holder that this build does not know.
    pub async fn slot(&self, person: &PersonId, year: GraduationYear) -> Result<SlotState, Error> {
        let item = self.table.get(&keys::slot(person, year)).await?;
        match item.as_ref().and_then(|item| item.text("holder")) {
            None => Ok(SlotState::Free),
            Some(holder) => {
                AgreementId::parse(holder).map(SlotState::Online).map_err(|_| Error::Broken("a slot of an unknown holder".to_owned()))
            }
        }
    }

    pub(crate) async fn item(&self, key: &crate::table::Key) -> Result<Item, Error> {
        self.table.get(key).await?.ok_or(Error::NotFound)
    }
}
