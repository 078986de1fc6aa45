//! Typed callers: a handler that names one cannot be reached by another.

use crate::auth::Identity;
use api::Role;
use api::views::Reader;
use domain::party::{Actor, Officer};
use domain::registration::Registrar;
use domain::values::{AccountId, AgreementId, EmployerId, TerminationId};
use store::{Signing, Store, Table, Terminating};

/// Who may call a handler, as a type.
pub trait Caller: Clone + Send + Sync + 'static {
    /// The roles that it covers: must be those of the action.
    const ROLES: &'static [Role];

    /// The caller behind a verified token, if its role is covered and its scope complete; of a public action, which looks at no
    /// token, behind none.
    fn of(identity: Option<&Identity>) -> Option<Self>;

    /// For the audit record.
    fn actor(&self) -> Actor;

    /// The log-in.
    fn account(&self) -> &AccountId;
}

/// A graduate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    /// The log-in.
    pub account: AccountId,
}

/// An employer's staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employer {
    /// The log-in.
    pub account: AccountId,
    /// The employer.
    pub id: EmployerId,
}

/// A party to a signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// The graduate.
    Student(Student),
    /// The employer.
    Employer(Employer),
}

/// Whoever hands in files: a party to a signing, or a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyOrSchool {
    /// A party.
    Party(Party),
    /// An officer of a school.
    School(SchoolOfficer),
}

/// Anybody with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anyone {
    /// A graduate.
    Student(Student),
    /// An employer's staff.
    Employer(Employer),
    /// A college's or school's officer.
    Officer(Officer),
}

impl Anyone {
    /// As whom an agreement, or a request to terminate one, is read.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        match self {
            Self::Student(_) => Reader::Student,
            Self::Employer(_) => Reader::Employer,
            Self::Officer(officer) => Reader::Officer(officer),
        }
    }

    /// A signing, for its parties and for the officers of its school and college.
    ///
    /// # Errors
    /// Not there, or not the caller's: alike.
    pub async fn signing<T: Table>(&self, store: &Store<T>, id: &AgreementId) -> Result<Signing, store::Error> {
        match self {
            Self::Student(student) => store.signing_of_student(&student.account, id).await,
            Self::Employer(employer) => store.signing_of_employer(&employer.id, id).await,
            Self::Officer(officer) => store.signing_of_officer(officer, id).await,
        }
    }

    /// A request to terminate with its agreement, for the same.
    ///
    /// # Errors
    /// Not there, or not the caller's: alike.
    pub async fn termination<T: Table>(&self, store: &Store<T>, id: &TerminationId) -> Result<Terminating, store::Error> {
        match self {
            Self::Student(student) => store.termination_of_student(&student.account, id).await,
            Self::Employer(employer) => store.termination_of_employer(&employer.id, id).await,
            Self::Officer(officer) => store.termination_of_officer(officer, id).await,
        }
    }
}

/// An officer of the school itself, not of one of its colleges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolOfficer(pub Officer);

/// A graduate, or the school for its graduates: who undoes a signing, who registers employment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudentOrSchool {
    /// The graduate.
    Student(Student),
    /// An officer of the school.
    School(SchoolOfficer),
}

impl StudentOrSchool {
    /// As whom it registers employment.
    #[must_use]
    pub fn registrar(&self) -> Registrar {
        match self {
            Self::Student(_) => Registrar::Student,
            Self::School(_) => Registrar::School,
        }
    }
}

/// A graduate, or an officer of the graduates' college or school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudentOrOfficer {
    /// The graduate.
    Student(Student),
    /// An officer.
    Officer(Officer),
}

/// Anybody at all, without a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// Nobody's log-in: a public action changes nothing.
    account: AccountId,
}

impl Caller for Student {
    const ROLES: &'static [Role] = &[Role::Student];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        identity.filter(|identity| identity.role == Role::Student).map(|identity| Self { account: identity.account.clone() })
    }

    fn actor(&self) -> Actor {
        Actor::Student { account: self.account.clone() }
    }

    fn account(&self) -> &AccountId {
        &self.account
    }
}

impl Caller for Employer {
    const ROLES: &'static [Role] = &[Role::Employer];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        let identity = identity?;
        let id = identity.employer.clone().filter(|_| identity.role == Role::Employer)?;
        Some(Self { account: identity.account.clone(), id })
    }

    fn actor(&self) -> Actor {
        Actor::Employer { account: self.account.clone(), employer: self.id.clone() }
    }

    fn account(&self) -> &AccountId {
        &self.account
    }
}

impl Caller for Officer {
    const ROLES: &'static [Role] = &[Role::College, Role::School];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        let identity = identity?;
        let college = match identity.role {
            Role::College => Some(identity.college.clone()?),
            Role::School => None,
            Role::Student | Role::Employer => return None,
        };
        Some(Self { account: identity.account.clone(), name: identity.name.clone(), school: identity.school.clone()?, college })
    }

    fn actor(&self) -> Actor {
        Actor::from(self)
    }

    fn account(&self) -> &AccountId {
        &self.account
    }
}

impl Caller for Party {
    const ROLES: &'static [Role] = &[Role::Student, Role::Employer];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        Student::of(identity).map(Self::Student).or_else(|| Employer::of(identity).map(Self::Employer))
    }

    fn actor(&self) -> Actor {
        match self {
            Self::Student(student) => student.actor(),
            Self::Employer(employer) => employer.actor(),
        }
    }

    fn account(&self) -> &AccountId {
        match self {
            Self::Student(student) => student.account(),
            Self::Employer(employer) => employer.account(),
        }
    }
}

impl Caller for PartyOrSchool {
    const ROLES: &'static [Role] = &[Role::Student, Role::Employer, Role::School];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        Party::of(identity).map(Self::Party).or_else(|| SchoolOfficer::of(identity).map(Self::School))
    }

    fn actor(&self) -> Actor {
        match self {
            Self::Party(party) => party.actor(),
            Self::School(officer) => officer.actor(),
        }
    }

    fn account(&self) -> &AccountId {
        match self {
            Self::Party(party) => party.account(),
            Self::School(officer) => officer.account(),
        }
    }
}

impl Caller for Anyone {
    const ROLES: &'static [Role] = &Role::ALL;

    fn of(identity: Option<&Identity>) -> Option<Self> {
        let student = || Student::of(identity).map(Self::Student);
        let employer = || Employer::of(identity).map(Self::Employer);
        student().or_else(employer).or_else(|| Officer::of(identity).map(Self::Officer))
    }

    fn actor(&self) -> Actor {
        match self {
            Self::Student(student) => student.actor(),
            Self::Employer(employer) => employer.actor(),
            Self::Officer(officer) => officer.actor(),
        }
    }

    fn account(&self) -> &AccountId {
        match self {
            Self::Student(student) => student.account(),
            Self::Employer(employer) => employer.account(),
            Self::Officer(officer) => &officer.account,
        }
    }
}

impl Caller for SchoolOfficer {
    const ROLES: &'static [Role] = &[Role::School];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        Officer::of(identity).filter(|officer| officer.college.is_none()).map(Self)
    }

    fn actor(&self) -> Actor {
        self.0.actor()
    }

    fn account(&self) -> &AccountId {
        &self.0.account
    }
}

impl Caller for StudentOrSchool {
    const ROLES: &'static [Role] = &[Role::Student, Role::School];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        Student::of(identity).map(Self::Student).or_else(|| SchoolOfficer::of(identity).map(Self::School))
    }

    fn actor(&self) -> Actor {
        match self {
            Self::Student(student) => student.actor(),
            Self::School(officer) => officer.actor(),
        }
    }

    fn account(&self) -> &AccountId {
        match self {
            Self::Student(student) => student.account(),
            Self::School(officer) => officer.account(),
        }
    }
}

impl Caller for StudentOrOfficer {
    const ROLES: &'static [Role] = &[Role::Student, Role::College, Role::School];

    fn of(identity: Option<&Identity>) -> Option<Self> {
        Student::of(identity).map(Self::Student).or_else(|| Officer::of(identity).map(Self::Officer))
    }

    fn actor(&self) -> Actor {
        match self {
            Self::Student(student) => student.actor(),
            Self::Officer(officer) => officer.actor(),
        }
    }

    fn account(&self) -> &AccountId {
        match self {
            Self::Student(student) => student.account(),
            Self::Officer(officer) => &officer.account,
        }
    }
}

impl Caller for Public {
    const ROLES: &'static [Role] = &[];

    fn of(_: Option<&Identity>) -> Option<Self> {
        AccountId::parse("public").ok().map(|account| Self { account })
    }

    fn actor(&self) -> Actor {
        Actor::System
    }

    fn account(&self) -> &AccountId {
        &self.account
    }
}
