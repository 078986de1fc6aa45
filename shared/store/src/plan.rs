//! 就业方案: what stands in it, for the graduate, for officers and for an export; and objections to it.

use crate::Store;
use crate::aggregate::{Loaded, ObjectionSummary, loaded, parse};
use crate::error::Error;
use crate::keys::{self, lists};
use crate::lists::{AggregateRow, List, ListPage, Range, query, rows};
use crate::table::{Index, Item, Select, Table};
use domain::objection::{Objection, StageName};
use domain::party::Officer;
use domain::plan::{PlanRecord, RecordId};
use domain::student::Student;
use domain::values::{AccountId, GraduationYear, PersonId, SchoolId, Timestamp};
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};

/// What a row of the plan shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSummary {
    /// Which record.
    pub record: RecordId,
    /// 学号.
    pub student_number: String,
    /// 姓名.
    pub student_name: String,
    /// 毕业去向类别, its code.
    pub destination: String,
    /// With whom.
    pub organisation: Option<String>,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when; none while it stands.
    pub closed_at: Option<Timestamp>,
}

impl PlanSummary {
    pub(crate) fn of(record: &PlanRecord) -> Self {
        Self {
            record: record.source.id(),
            student_number: record.student_number.as_str().to_owned(),
            student_name: record.student_name.as_str().to_owned(),
            destination: record.destination.as_str().to_owned(),
            organisation: record.source.organisation().map(str::to_owned),
            opened_at: record.opened_at,
            closed_at: record.closed_at,
        }
    }
}

/// A record of the plan with the roster record that it is about.
#[derive(Clone, Debug)]
pub struct PlanEntry {
    /// What stands in the plan.
    pub record: PlanRecord,
    /// The graduate, as on the roster now.
    pub student: Student,
}

impl<T: Table> Store<T> {
    /// Records of one graduation year in an officer's scope, by student number, those whose number begins so if one is given.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn plan_of_officer(
        &self,
        officer: &Officer,
        year: GraduationYear,
        number: Option<&str>,
        list: &List,
    ) -> Result<ListPage<AggregateRow<PlanSummary>>, Error> {
        let (index, partition) = match &officer.college {
            Some(college) => (Index::College, lists::college_plan(&officer.school, college, year)),
            None => (Index::School, lists::school_plan(&officer.school, year)),
        };
        self.rows_of(index, partition, number.map_or_else(Range::all, Range::beginning_with), list).await
    }

    /// What stands in the plan about a person, latest first, with the roster records.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn plan_of_student(&self, person: &PersonId, list: &List) -> Result<ListPage<PlanEntry>, Error> {
        self.entries(Index::Student, lists::student_plan(person), Range::all().backwards(), list).await
    }

    /// A page of a school's plan, by student number, with the roster records: two reads a row.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn plan_of_school(&self, school: &SchoolId, year: GraduationYear, list: &List) -> Result<ListPage<PlanEntry>, Error> {
        self.entries(Index::School, lists::school_plan(school, year), Range::all(), list).await
    }

    async fn entries(&self, index: Index, partition: String, range: Range, list: &List) -> Result<ListPage<PlanEntry>, Error> {
        let page = self.table.query(&query(index, partition, range, list, Select::Items)?).await?;
        let keys = rows(&page, |item: &Item| Ok(item.key.clone()))?;
        let entry = |key| async move {
            let record: PlanRecord = parse(&self.item(&key).await?)?;
            let student = self.student(&record.student).await?;
            Ok::<_, Error>(PlanEntry { record, student })
        };
        Ok(ListPage { rows: try_join_all(keys.rows.into_iter().map(entry)).await?, next: keys.next })
    }

    /// A record of the plan with the objection to it, for the graduate whom it is about.
    ///
    /// # Errors
    /// [`domain::Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn record_of_student(&self, account: &AccountId, id: &RecordId) -> Result<(PlanRecord, Option<Loaded<Objection>>), Error> {
        let person = self.verified(account).await?.person;
        let record: PlanRecord = parse(&self.item(&keys::plan_record(id)).await?)?;
        if record.person != person {
            return Err(Error::NotFound);
        }
        Ok((record, self.objection(id).await?))
    }

    /// The objection to a record, if there ever was one.
    ///
    /// # Errors
    /// As the table's.
    pub async fn objection(&self, id: &RecordId) -> Result<Option<Loaded<Objection>>, Error> {
        self.table.get(&keys::objection(id)).await?.map(|item| loaded(&item)).transpose()
    }

    /// The objections to these records.
    ///
    /// # Errors
    /// As the table's.
    pub async fn objections_to(&self, records: &[RecordId]) -> Result<Vec<Option<Loaded<Objection>>>, Error> {
        try_join_all(records.iter().map(|id| self.objection(id))).await
    }

    /// An objection, for an officer of the school.
    ///
    /// # Errors
    /// [`Error::NotFound`] outside the officer's scope.
    pub async fn objection_of_officer(&self, officer: &Officer, id: &RecordId) -> Result<Loaded<Objection>, Error> {
        let objection = self.objection(id).await?.ok_or(Error::NotFound)?;
        if objection.value.is_in_scope_of(officer) { Ok(objection) } else { Err(Error::NotFound) }
    }

    /// How many objections wait for the school, up to 100.
    ///
    /// # Errors
    /// As the table's.
    pub async fn count_objections(&self, school: &SchoolId) -> Result<u32, Error> {
        self.count(Index::School, lists::school_objections(school, StageName::Open), Range::all()).await
    }

    /// Objections in an officer's scope: those that wait oldest first, those that were answered latest first.
    ///
    /// # Errors
    /// [`Error::WrongCursor`], or as the table's.
    pub async fn objections_of_officer(
        &self,
        officer: &Officer,
        stage: StageName,
        list: &List,
    ) -> Result<ListPage<AggregateRow<ObjectionSummary>>, Error> {
        let (index, partition) = match &officer.college {
            Some(college) => (Index::College, lists::college_objections(&officer.school, college, stage)),
            None => (Index::School, lists::school_objections(&officer.school, stage)),
        };
        let range = if stage == StageName::Open { Range::all() } else { Range::all().backwards() };
        self.rows_of(index, partition, range, list).await
    }
}
