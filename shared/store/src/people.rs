//! Accounts, students, schools and employers: who takes part.

use crate::Store;
use crate::aggregate::{Loaded, loaded, parse};
use crate::error::Error;
use crate::keys;
use crate::table::{Item, Table};
use domain::Refusal;
use domain::account::Binding;
use domain::agreement::Agreement;
use domain::policy::{Policy, SchoolPolicy};
use domain::school::School;
use domain::student::{Holder, Student};
use domain::values::{AccountId, AgreementId, GraduationYear, PersonId, RegistrationId, SchoolId, StudentId, Text, Timestamp};
use futures_util::future::try_join3;
use serde::{Deserialize, Serialize};

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

impl Found {
    /// What may be shown of this student.
    #[must_use]
    pub fn of(student: &Student) -> Self {
        Self {
            student: student.id.clone(),
            masked_name: student.name.masked(),
            school_name: student.school_name.clone(),
            college_name: student.college_name.clone(),
        }
    }
}

/// A graduate, as the user centre shows.
#[derive(Clone, Debug)]
pub struct Graduate {
    /// The newest roster record.
    pub student: Student,
    /// What holds the year's slot.
    pub holder: Option<Holder>,
    /// The agreement that does, if one does.
    pub agreement: Option<Agreement>,
    /// Open letters, up to 100.
    pub received: u32,
}

/// Whether a person's slot of a year is held, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotState {
    /// Free.
    Free,
    /// Held by an agreement, signed online or on paper.
    Agreement(AgreementId),
    /// Held by a registration of other employment.
    Registration(RegistrationId),
}

impl<T: Table> Store<T> {
    /// The school's policy; what it has not set has its default.
    ///
    /// # Errors
    /// As the table's.
    pub async fn policy(&self, school: &SchoolId) -> Result<Policy, Error> {
        Ok(self.school_policy(school).await?.map(|standing| standing.value.policy).unwrap_or_default())
    }

    /// The school's policy with its version; none if the school has set nothing.
    ///
    /// # Errors
    /// As the table's.
    pub async fn school_policy(&self, school: &SchoolId) -> Result<Option<Loaded<SchoolPolicy>>, Error> {
        self.table.get(&keys::policy(school)).await?.map(|item| loaded(&item)).transpose()
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
    pub async fn verified(&self, account: &AccountId) -> Result<Binding, Error> {
        let account = self.account(account).await?;
        account.and_then(|account| account.value.binding).ok_or_else(|| Refusal::StudentUnverified.into())
    }

    /// The graduate behind a log-in, for the user centre: the newest roster record, who holds the year's slot, and how many letters
    /// are open.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification.
    pub async fn graduate(&self, account: &AccountId, now: Timestamp) -> Result<Graduate, Error> {
        let binding = self.verified(account).await?;
        let newest = binding.records.first().ok_or(Refusal::StudentUnverified)?;
        let (student, received, slot) = try_join3(
            self.student(&newest.student),
            self.count_received(&binding.person, now),
            self.slot(&binding.person, newest.graduation_year),
        )
        .await?;
        let (mut holder, mut agreement) = (None, None);
        match slot {
            SlotState::Free => {}
            SlotState::Registration(_) => holder = Some(Holder::Registration),
            SlotState::Agreement(id) => {
                let held = loaded::<Agreement>(&self.item(&keys::agreement(&id)).await?)?.value;
                holder = Some(Holder::of(&held));
                agreement = Some(held);
            }
        }
        Ok(Graduate { student, holder, agreement, received })
    }

    /// Who holds the person's slot of the year.
    ///
    /// # Errors
    /// As the table's; [`Error::Broken`] for a holder that this build does not know.
    pub async fn slot(&self, person: &PersonId, year: GraduationYear) -> Result<SlotState, Error> {
        let item = self.table.get(&keys::slot(person, year)).await?;
        let Some(holder) = item.as_ref().and_then(|item| item.text("holder")) else { return Ok(SlotState::Free) };
        let agreement = AgreementId::parse(holder).map(SlotState::Agreement);
        let held = agreement.or_else(|_| RegistrationId::parse(holder).map(SlotState::Registration));
        held.map_err(|_| Error::Broken("a slot of an unknown holder".to_owned()))
    }

    pub(crate) async fn item(&self, key: &crate::table::Key) -> Result<Item, Error> {
        self.table.get(key).await?.ok_or(Error::NotFound)
    }
}
