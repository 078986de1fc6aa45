//! Agreements: read only by their parties and by the officers of their school and college, with the whole story of the signing.

use crate::Store;
use crate::aggregate::{Loaded, loaded, parse};
use crate::audit::{self, AuditRecord};
use crate::documents::{Document, documents};
use crate::error::Error;
use crate::keys;
use crate::table::{Index, Item, Query, Select, Table};
use domain::agreement::Agreement;
use domain::event::Event;
use domain::invitation::Invitation;
use domain::party::Officer;
use domain::plan::PlanRecord;
use domain::termination::Termination;
use domain::values::{AccountId, AgreementId, AgreementNumber, EmployerId, GraduationYear, SchoolId};
use std::collections::BTreeMap;

/// Items of one query. A signing has a few dozen; one whose parties ask and take back day after day has more, and is read on.
const STORY_PAGE: u32 = 500;

/// An agreement with its process record (签约过程记录).
#[derive(Clone, Debug)]
pub struct Signing {
    /// The agreement.
    pub agreement: Loaded<Agreement>,
    /// The letter that it came of; none of an agreement on paper.
    pub letter: Option<Invitation>,
    /// What happened, from the letter on, oldest first.
    pub process: Vec<Recorded>,
    /// What it has written to the employment plan.
    pub plan_record: Option<PlanRecord>,
    /// Requests to terminate it, oldest first.
    pub terminations: Vec<Loaded<Termination>>,
    /// What was drawn of it or is to be drawn, oldest first.
    pub documents: Vec<Document>,
}

/// An audit record as it stands in its chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What it says.
    pub record: AuditRecord,
    /// The exact bytes.
    pub bytes: String,
    /// The hash of bytes and record before.
    pub hash: String,
}

impl<T: Table> Store<T> {
    /// A signing, for its employer.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else's.
    pub async fn signing_of_employer(&self, employer: &EmployerId, id: &AgreementId) -> Result<Signing, Error> {
        let signing = self.signing(id).await?;
        if signing.agreement.value.employer_id() == Some(employer) { Ok(signing) } else { Err(Error::NotFound) }
    }

    /// A signing, for its graduate.
    ///
    /// # Errors
    /// [`domain::Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn signing_of_student(&self, account: &AccountId, id: &AgreementId) -> Result<Signing, Error> {
        let (person, signing) = futures_util::future::join(self.verified(account), self.signing(id)).await;
        let (person, signing) = (person?.person, signing?);
        if signing.agreement.value.student.person == person { Ok(signing) } else { Err(Error::NotFound) }
    }

    /// A signing, for an officer of its school or college.
    ///
    /// # Errors
    /// [`Error::NotFound`] outside the officer's scope.
    pub async fn signing_of_officer(&self, officer: &Officer, id: &AgreementId) -> Result<Signing, Error> {
        let signing = self.signing(id).await?;
        covered(officer, &signing.agreement.value).map(|()| signing)
    }

    /// An agreement alone, for an officer who decides on it.
    ///
    /// # Errors
    /// [`Error::NotFound`] outside the officer's scope.
    pub async fn agreement_of_officer(&self, officer: &Officer, id: &AgreementId) -> Result<Loaded<Agreement>, Error> {
        let agreement: Loaded<Agreement> = loaded(&self.item(&keys::agreement(id)).await?)?;
        covered(officer, &agreement.value).map(|()| agreement)
    }

    /// An agreement alone, for its graduate who means to withdraw.
    ///
    /// # Errors
    /// [`domain::Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn agreement_of_student(&self, account: &AccountId, id: &AgreementId) -> Result<Loaded<Agreement>, Error> {
        let (binding, item) = futures_util::future::join(self.verified(account), self.item(&keys::agreement(id))).await;
        let (person, agreement) = (binding?.person, loaded::<Agreement>(&item?)?);
        if agreement.value.student.person == person { Ok(agreement) } else { Err(Error::NotFound) }
    }

    /// Draws the next agreement number of a school and year. A number drawn and not used leaves a gap; none is needed.
    ///
    /// # Errors
    /// As the table's.
    pub async fn draw_number(&self, school: &SchoolId, year: GraduationYear) -> Result<AgreementNumber, Error> {
        let serial = self.table.add(&keys::agreement_numbers(school, year), 1).await?;
        Ok(AgreementNumber::new(school, year, serial.unsigned_abs()))
    }

    async fn signing(&self, id: &AgreementId) -> Result<Signing, Error> {
        Signing::read(id, &self.story(&keys::agreement(id).pk).await?)
    }

    /// One query reads the agreement, its letter, every audit record and what was drawn: they share a partition.
    pub(crate) async fn story(&self, partition: &str) -> Result<Vec<Item>, Error> {
        let mut query = Query {
            index: Index::Table,
            partition: partition.to_owned(),
            from: None,
            to: None,
            descending: false,
            limit: STORY_PAGE,
            after: None,
            select: Select::Items,
        };
        let mut items = Vec::new();
        loop {
            let page = self.table.query(&query).await?;
            items.extend(page.items);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(items),
            }
        }
    }
}

impl Signing {
    /// A signing from the items of its partition.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the agreement is not among them, or nobody's any more.
    pub(crate) fn read(id: &AgreementId, items: &[Item]) -> Result<Self, Error> {
        let key = keys::agreement(id);
        let agreement: Loaded<Agreement> = loaded(items.iter().find(|item| item.key == key).ok_or(Error::NotFound)?)?;
        if agreement.value.anonymised_at.is_some() {
            return Err(Error::NotFound);
        }
        let letter = items.iter().find(|item| item.key.sk == keys::INVITATION).map(parse).transpose()?;
        let plan_record = items.iter().find(|item| item.key.sk == keys::PLAN).map(parse).transpose()?;
        let terminations = items.iter().filter(|item| item.key.sk.starts_with(keys::TERMINATION)).map(loaded).collect::<Result<_, _>>()?;
        Ok(Self { agreement, letter, process: process(items)?, plan_record, terminations, documents: documents(items)? })
    }
}

fn covered(officer: &Officer, agreement: &Agreement) -> Result<(), Error> {
    if officer.covers(&agreement.student.school, &agreement.student.college) { Ok(()) } else { Err(Error::NotFound) }
}

/// The letter's records, then the agreement's; those of a request to terminate behind the one that opened it. By number, not by
/// time: what arrived first need not have committed first.
fn process(items: &[Item]) -> Result<Vec<Recorded>, Error> {
    let mut chains: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.key.sk.starts_with(keys::AUDIT)) {
        let recorded = audit::recorded(item)?;
        chains.entry(recorded.record.aggregate.clone()).or_default().push(recorded);
    }
    let (agreements, mut others): (Vec<_>, BTreeMap<_, _>) = (
        chains.iter().filter(|(id, _)| AgreementId::parse(id).is_ok()).flat_map(|(_, chain)| chain.clone()).collect(),
        chains.into_iter().filter(|(id, _)| AgreementId::parse(id).is_err()).collect(),
    );
    let mut story = Vec::new();
    for recorded in agreements {
        let opened =
            if let Event::TerminationOpened { termination } = &recorded.record.what { others.remove(termination.as_str()) } else { None };
        story.push(recorded);
        story.extend(opened.into_iter().flatten());
    }
    // What is left is the letter's.
    Ok(others.into_values().flatten().chain(story).collect())
}
