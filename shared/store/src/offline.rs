//! What graduates do beside online signing: drafts of agreements on paper, and registrations of employment.

use crate::Store;
use crate::aggregate::{Loaded, RegistrationSummary, loaded};
use crate::error::Error;
use crate::keys::{self, lists};
use crate::lists::{AggregateRow, List, ListPage, Range};
use crate::people::SlotState;
use crate::table::{Index, Table};
use domain::Refusal;
use domain::account::{Binding, BoundRecord};
use domain::offline_draft::OfflineDraft;
use domain::party::Officer;
use domain::policy::Policy;
use domain::registration::{Registration, StageName};
use domain::student::Student;
use domain::values::{AccountId, GraduationYear, PersonId, RegistrationId, StudentId};
use futures_util::future::{join, try_join, try_join4};

/// A graduate's draft of the newest graduation year.
#[derive(Clone, Debug)]
pub struct DraftDesk {
    /// Whose.
    pub person: PersonId,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// What was saved, if something was.
    pub draft: Option<Loaded<OfflineDraft>>,
    /// While the slot is held, nothing is entered (SR-64).
    pub slot: SlotState,
}

/// A graduate's draft, with what it is completed by.
#[derive(Clone, Debug)]
pub struct Drafting {
    /// The draft.
    pub draft: Loaded<OfflineDraft>,
    /// The graduate's newest roster record.
    pub student: Student,
}

impl<T: Table> Store<T> {
    /// The graduate's draft of the newest graduation year, if something was saved, and whether it may be edited.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification.
    pub async fn draft_desk(&self, account: &AccountId) -> Result<DraftDesk, Error> {
        let binding = self.verified(account).await?;
        let (person, graduation_year) = (binding.person.clone(), newest(&binding)?.graduation_year);
        let key = keys::offline_draft(&person, graduation_year);
        let draft = async { Ok(self.table.get(&key).await?) };
        let (draft, slot) = try_join(draft, self.slot(&person, graduation_year)).await?;
        let draft = draft.map(|item| loaded(&item)).transpose()?;
        Ok(DraftDesk { person, graduation_year, draft, slot })
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

    /// The draft that the graduate means to generate an agreement from, under the policy of the school. A held slot is seen before a
    /// number is drawn: repeats and refusals draw none.
    ///
    /// # Errors
    /// As [`Store::drafting`]'s; [`Refusal::SigningUnderWay`] or [`Refusal::EmploymentRegistered`].
    pub async fn generating(&self, account: &AccountId) -> Result<(Drafting, Policy), Error> {
        let binding = self.verified(account).await?;
        let newest = newest(&binding)?;
        let key = keys::offline_draft(&binding.person, newest.graduation_year);
        let (draft, school) = (async { Ok(self.table.get(&key).await?) }, newest.student.school());
        let slot = self.slot(&binding.person, newest.graduation_year);
        let (draft, student, policy, slot) = try_join4(draft, self.student(&newest.student), self.policy(&school), slot).await?;
        match slot {
            SlotState::Free => {}
            SlotState::Agreement(_) => return Err(Refusal::SigningUnderWay.into()),
            SlotState::Registration(_) => return Err(Refusal::EmploymentRegistered.into()),
        }
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

    /// A graduate's registrations in all stages, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn registrations_of_student(
        &self,
        person: &PersonId,
        list: &List,
    ) -> Result<ListPage<AggregateRow<RegistrationSummary>>, Error> {
        self.rows_of(Index::Student, lists::student_registrations(person), Range::all().backwards(), list).await
    }

    /// Registrations in an officer's scope in this stage, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn registrations_of_officer(
        &self,
        officer: &Officer,
        stage: StageName,
        list: &List,
    ) -> Result<ListPage<AggregateRow<RegistrationSummary>>, Error> {
        let (index, partition) = match &officer.college {
            Some(college) => (Index::College, lists::college_registrations(&officer.school, college, stage)),
            None => (Index::School, lists::school_registrations(&officer.school, stage)),
        };
        self.rows_of(index, partition, Range::all().backwards(), list).await
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
