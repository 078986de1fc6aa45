//! What graduates do beside online signing: drafts of agreements on paper, and registrations of employment.

use crate::Store;
use crate::aggregate::{Loaded, loaded};
use crate::error::Error;
use crate::keys;
use crate::table::Table;
use domain::Refusal;
use domain::account::{Binding, BoundRecord};
use domain::offline_draft::OfflineDraft;
use domain::party::Officer;
use domain::policy::Policy;
use domain::registration::Registration;
use domain::student::Student;
use domain::values::{AccountId, RegistrationId, StudentId};
use futures_util::future::{join, try_join, try_join3};

/// A graduate's draft, with what it is completed by.
#[derive(Clone, Debug)]
pub struct Drafting {
    /// The draft.
    pub draft: Loaded<OfflineDraft>,
    /// The graduate's newest roster record.
    pub student: Student,
}

impl<T: Table> Store<T> {
    /// The graduate's draft of the newest graduation year, if something was saved, and whose it is.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification.
    pub async fn offline_draft(&self, account: &AccountId) -> Result<(Binding, Option<Loaded<OfflineDraft>>), Error> {
        let binding = self.verified(account).await?;
        let key = keys::offline_draft(&binding.person, newest(&binding)?.graduation_year);
        let draft = self.table.get(&key).await?.map(|item| loaded(&item)).transpose()?;
        Ok((binding, draft))
    }

    /// The draft that the graduate means to preview.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification; [`Refusal::NoDraft`] if nothing was saved.
    pub async fn drafting(&self, account: &AccountId) -> Result<Drafting, Error> {
        let binding = self.verified(account).await?;
        let newest = newest(&binding)?;
        let key = keys::offline_draft(&binding.person, newest.graduation_year);
        let draft = async { Ok(self.table.get(&key).await?) };
        let (draft, student) = try_join(draft, self.student(&newest.student)).await?;
        Ok(Drafting { draft: loaded(&draft.ok_or(Refusal::NoDraft)?)?, student })
    }

    /// The draft that the graduate means to generate an agreement from, under the policy of the school.
    ///
    /// # Errors
    /// As [`Store::drafting`]'s.
    pub async fn generating(&self, account: &AccountId) -> Result<(Drafting, Policy), Error> {
        let binding = self.verified(account).await?;
        let newest = newest(&binding)?;
        let key = keys::offline_draft(&binding.person, newest.graduation_year);
        let (draft, school) = (async { Ok(self.table.get(&key).await?) }, newest.student.school());
        let (draft, student, policy) = try_join3(draft, self.student(&newest.student), self.policy(&school)).await?;
        Ok((Drafting { draft: loaded(&draft.ok_or(Refusal::NoDraft)?)?, student }, policy))
    }

    /// The graduate's own newest roster record.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification.
    pub async fn newest_record(&self, account: &AccountId) -> Result<Student, Error> {
        let binding = self.verified(account).await?;
        self.student(&newest(&binding)?.student).await
    }

    /// A registration, for its graduate.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn registration_of_student(&self, account: &AccountId, id: &RegistrationId) -> Result<Loaded<Registration>, Error> {
        let (binding, item) = join(self.verified(account), self.item(&keys::registration(id))).await;
        let (person, registration) = (binding?.person, loaded::<Registration>(&item?)?);
        if registration.value.person == person { Ok(registration) } else { Err(Error::NotFound) }
    }

    /// A registration, for an officer of its school.
    ///
    /// # Errors
    /// [`Error::NotFound`] outside the officer's scope.
    pub async fn registration_of_officer(&self, officer: &Officer, id: &RegistrationId) -> Result<Loaded<Registration>, Error> {
        let registration: Loaded<Registration> = loaded(&self.item(&keys::registration(id)).await?)?;
        if registration.value.is_in_scope_of(officer) { Ok(registration) } else { Err(Error::NotFound) }
    }

    /// A student whom an officer of the school means to register.
    ///
    /// # Errors
    /// [`Error::NotFound`] outside the officer's scope.
    pub async fn student_to_register(&self, officer: &Officer, id: &StudentId) -> Result<Student, Error> {
        Ok(self.student_of_officer(officer, id).await?.value)
    }
}

/// The newest of a person's roster records.
fn newest(binding: &Binding) -> Result<&BoundRecord, Error> {
    Ok(binding.records.first().ok_or(Refusal::StudentUnverified)?)
}
