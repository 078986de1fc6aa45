//! Requests to terminate: raised on an agreement in force, read by its parties and by the officers of its school and college.

use crate::Store;
use crate::aggregate::{Loaded, TerminationSummary, loaded};
use crate::change::Change;
use crate::commit::MAX_TRIES;
use crate::consequences::{BY_EMPLOYERS, BY_STUDENT};
use crate::context::Context;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::lists::{AggregateRow, List, ListPage, Range};
use crate::table::{Index, Item, Table};
use domain::Refusal;
use domain::agreement::Agreement;
use domain::party::{Initiator, Officer};
use domain::policy::QuotaCounting;
use domain::student::Student;
use domain::termination::{Moved, StageName, Termination, Used};
use domain::values::{AccountId, AgreementId, EmployerId, PersonId, TerminationId};
use futures_util::future::{join, try_join};

/// An agreement that somebody means to terminate.
#[derive(Clone, Debug)]
pub struct Terminable {
    /// The agreement.
    pub agreement: Loaded<Agreement>,
    /// Certified terminations so far.
    pub used: Used,
}

/// A request and its agreement, to be moved together.
#[derive(Clone, Debug)]
pub struct Terminating {
    /// The request.
    pub termination: Loaded<Termination>,
    /// Its agreement.
    pub agreement: Loaded<Agreement>,
}

impl Terminating {
    /// A decision holds only for the version of the request that it was made on.
    ///
    /// # Errors
    /// As [`Loaded::at_version`]'s.
    pub fn at_version(self, seen: u64) -> Result<Self, Refusal> {
        Ok(Self { termination: self.termination.at_version(seen)?, ..self })
    }
}

impl<T: Table> Store<T> {
    /// An agreement that its graduate means to terminate: three reads in two round trips.
    ///
    /// # Errors
    /// [`domain::Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn terminable_of_student(&self, account: &AccountId, id: &AgreementId) -> Result<Terminable, Error> {
        let Some(item) = self.table.get(&keys::agreement(id)).await? else { return Err(self.stranger(account).await) };
        let agreement: Loaded<Agreement> = loaded(&item)?;
        let (student, used) = self.chances(&agreement.value, Initiator::Student).await?;
        if student.is(account) { Ok(Terminable { agreement, used }) } else { Err(self.stranger(account).await) }
    }

    /// An agreement that its employer means to terminate.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else's.
    pub async fn terminable_of_employer(&self, employer: &EmployerId, id: &AgreementId) -> Result<Terminable, Error> {
        let agreement: Loaded<Agreement> = loaded(&self.item(&keys::agreement(id)).await?)?;
        if agreement.value.employer_id() != Some(employer) {
            return Err(Error::NotFound);
        }
        let (_, used) = self.chances(&agreement.value, Initiator::Employer).await?;
        Ok(Terminable { agreement, used })
    }

    /// A request with its agreement, for its graduate.
    ///
    /// # Errors
    /// [`domain::Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn termination_of_student(&self, account: &AccountId, id: &TerminationId) -> Result<Terminating, Error> {
        let (binding, terminating) = join(self.verified(account), self.terminating(id)).await;
        let (person, terminating) = (binding?.person, terminating?);
        if terminating.termination.value.subject.person == person { Ok(terminating) } else { Err(Error::NotFound) }
    }

    /// A request with its agreement, for its employer.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else's.
    pub async fn termination_of_employer(&self, employer: &EmployerId, id: &TerminationId) -> Result<Terminating, Error> {
        let terminating = self.terminating(id).await?;
        if terminating.termination.value.subject.employer.as_ref() == Some(employer) { Ok(terminating) } else { Err(Error::NotFound) }
    }

    /// A request with its agreement, for an officer of its school or college.
    ///
    /// # Errors
    /// [`Error::NotFound`] outside the officer's scope.
    pub async fn termination_of_officer(&self, officer: &Officer, id: &TerminationId) -> Result<Terminating, Error> {
        let terminating = self.terminating(id).await?;
        let subject = &terminating.termination.value.subject;
        if officer.covers(&subject.school, &subject.college) { Ok(terminating) } else { Err(Error::NotFound) }
    }

    /// Requests on an employer's agreements in this stage, latest first; those that one side has raised, if it is named (SR-42).
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn terminations_of_employer(
        &self,
        employer: &EmployerId,
        stage: StageName,
        raised_by: Option<Initiator>,
        list: &List,
    ) -> Result<ListPage<AggregateRow<TerminationSummary>>, Error> {
        let range = raised_by.map_or_else(Range::all, |initiator| Range::beginning_with(lists::raised(initiator)));
        self.rows_of(Index::Employer, lists::employer_terminations(employer, stage), range.backwards(), list).await
    }

    /// Requests on a graduate's agreements in all stages, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn terminations_of_student(
        &self,
        person: &PersonId,
        list: &List,
    ) -> Result<ListPage<AggregateRow<TerminationSummary>>, Error> {
        self.rows_of(Index::Student, lists::student_terminations(person), Range::all().backwards(), list).await
    }

    /// Requests in an officer's scope in this stage: what waits, oldest first and the officer's own turn before the rest; what is
    /// settled, latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn terminations_of_officer(
        &self,
        officer: &Officer,
        stage: StageName,
        list: &List,
    ) -> Result<ListPage<AggregateRow<TerminationSummary>>, Error> {
        let (index, partition) = in_scope(officer, stage);
        let waits = matches!(stage, StageName::PendingCounterparty | StageName::PendingCertification);
        let range = if waits { Range::all() } else { Range::all().backwards() };
        self.rows_of(index, partition, range, list).await
    }

    /// The terminations that wait for this officer's decision, oldest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn termination_reviews(&self, officer: &Officer, list: &List) -> Result<ListPage<AggregateRow<TerminationSummary>>, Error> {
        let (index, partition) = in_scope(officer, StageName::PendingCertification);
        self.rows_of(index, partition, Range::beginning_with(lists::turn(true)), list).await
    }

    /// How many terminations wait for this officer's decision, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_termination_reviews(&self, officer: &Officer) -> Result<u32, Error> {
        let (index, partition) = in_scope(officer, StageName::PendingCertification);
        self.count(index, partition, Range::beginning_with(lists::turn(true))).await
    }

    /// 解约待办 (SR-16): requests on an employer's agreements that wait for the other party's answer, up to 100, by who raised them.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_terminations(&self, employer: &EmployerId, raised_by: Initiator) -> Result<u32, Error> {
        let partition = lists::employer_terminations(employer, StageName::PendingCounterparty);
        self.count(Index::Employer, partition, Range::beginning_with(lists::raised(raised_by))).await
    }

    /// A request alone, for whoever holds its agreement already.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn termination(&self, id: &TerminationId) -> Result<Loaded<Termination>, Error> {
        loaded(&self.item(&keys::termination(id)).await?)
    }

    /// Both as they stood at one moment: two reads may have a decision between them, and then they are read again.
    async fn terminating(&self, id: &TerminationId) -> Result<Terminating, Error> {
        for _ in 0..MAX_TRIES {
            let agreement = async { loaded::<Agreement>(&self.item(&keys::agreement(&id.agreement())).await?) };
            let (termination, agreement) = try_join(self.termination(id), agreement).await?;
            let is_named = agreement.value.open_termination().is_some_and(|open| open.id == *id);
            if is_named == termination.value.stage_name().is_open() {
                return Ok(Terminating { termination, agreement });
            }
        }
        Err(Error::Moved)
    }

    /// Whether a party of an agreement in force has used up its terminations: then it is not asked to read the notice.
    ///
    /// # Errors
    /// As the table's.
    pub async fn has_used_up(&self, agreement: &Agreement, initiator: Initiator) -> Result<bool, Error> {
        let (_, used) = self.chances(agreement, initiator).await?;
        let rules = &agreement.rules;
        Ok(used.up(initiator, rules.termination_quota, rules.quota_counting))
    }

    /// What this side has used up, and what the school has granted on the graduate's record.
    async fn chances(&self, agreement: &Agreement, initiator: Initiator) -> Result<(Student, Used), Error> {
        let (student, used) = try_join(self.student(&agreement.student.id), self.used(agreement, initiator)).await?;
        let used = Used { granted: student.extra_terminations, ..used };
        Ok((student, used))
    }

    /// One read: of the slot, which knows the year's, or of the pair, which knows the employer's own.
    async fn used(&self, agreement: &Agreement, initiator: Initiator) -> Result<Used, Error> {
        let student = &agreement.student;
        if let (QuotaCounting::PerInitiator, Initiator::Employer, Some(employer)) =
            (agreement.rules.quota_counting, initiator, agreement.employer_id())
        {
            let pair = self.table.get(&keys::pair(employer, &student.person)).await?;
            return Ok(Used { by_this_employer: count(pair.as_ref(), "terminations"), ..Used::default() });
        }
        let slot = self.table.get(&keys::slot(&student.person, student.graduation_year)).await?;
        let (by_student, by_employers) = (count(slot.as_ref(), BY_STUDENT), count(slot.as_ref(), BY_EMPLOYERS));
        Ok(Used { by_student, by_employers, ..Used::default() })
    }
}

impl Change {
    /// A request and its agreement move together.
    ///
    /// # Errors
    /// [`Error::Broken`] if they cannot be written.
    pub fn settles(self, context: &Context, standing: &Terminating, moved: &Moved) -> Result<Self, Error> {
        let change = self.moves(context, &standing.termination, &moved.termination)?;
        match &moved.agreement {
            Some(agreement) => change.moves(context, &standing.agreement, agreement),
            None => Ok(change),
        }
    }

    /// A request comes into being, and its agreement knows it.
    ///
    /// # Errors
    /// [`Error::Broken`] if they cannot be written.
    pub fn requests(self, context: &Context, standing: &Terminable, moved: &Moved) -> Result<Self, Error> {
        let change = self.creates(context, &moved.termination)?;
        match &moved.agreement {
            Some(agreement) => change.moves(context, &standing.agreement, agreement),
            None => Ok(change),
        }
    }
}

fn count(item: Option<&Item>, name: &str) -> u32 {
    item.and_then(|item| item.number(name)).and_then(|n| u32::try_from(n).ok()).unwrap_or_default()
}

fn in_scope(officer: &Officer, stage: StageName) -> (Index, String) {
    match &officer.college {
        Some(college) => (Index::College, lists::college_terminations(&officer.school, college, stage)),
        None => (Index::School, lists::school_terminations(&officer.school, stage)),
    }
}
