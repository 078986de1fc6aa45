//! What an item counts as: a function of the item as it stands, and of nothing else.

use crate::aggregate::{Aggregate, loaded, number, parse};
use crate::error::Error;
use crate::keys::{self, statistics as names};
use crate::table::{Item, Key};
use domain::agreement::Agreement;
use domain::plan::PlanRecord;
use domain::registration::Registration;
use domain::statistics::Measure;
use domain::student::Student;
use domain::termination::Termination;
use domain::values::{CollegeId, GraduationYear, SchoolId, Timestamp, Week};
use serde::{Deserialize, Serialize};

/// A counter that an item is in: the year, and the counter's name there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Cell {
    pub(crate) year: GraduationYear,
    pub(crate) name: String,
}

/// An item that statistics count, with the counters that it is in as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Where the item stands.
    pub(crate) key: Key,
    /// Its school.
    pub(crate) school: SchoolId,
    /// Grows with whatever changes the counters: of two images of an item, the later has the larger.
    pub(crate) version: i64,
    /// None for what counts no longer.
    pub(crate) cells: Vec<Cell>,
}

/// Whose an item is, and what it counts as.
struct Place<'a> {
    school: &'a SchoolId,
    college: &'a CollegeId,
    year: GraduationYear,
}

impl Counted {
    /// What the item counts as; none if it is of no kind that is counted. A student counts in the college of the roster, everything else
    /// in the college that it was signed or registered in, and in the week in which it came to its stage.
    ///
    /// # Errors
    /// [`Error::Broken`] for an item that this build cannot read.
    pub fn of(item: &Item) -> Result<Option<Self>, Error> {
        match item.key.sk.as_str() {
            "STUDENT" => student(item).map(Some),
            "AGREEMENT" => agreement(item).map(Some),
            "REGISTRATION" => registration(item).map(Some),
            keys::PLAN => plan(item).map(Some),
            sk if sk.starts_with(keys::TERMINATION) => termination(item).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether nothing of the item can have been counted before, unless the stream repeats itself.
    pub(crate) fn is_first(&self) -> bool {
        self.version == 1
    }
}

fn student(item: &Item) -> Result<Counted, Error> {
    let (student, version) = read::<Student>(item)?;
    let measure = Measure::Student { verified: student.verified.is_some() };
    let place = Place { school: &student.school, college: &student.college, year: student.graduation_year };
    // The roster has no weeks: nobody comes to be a student of a stage.
    Ok(place.counts(item, version, &measure, None))
}

fn agreement(item: &Item) -> Result<Counted, Error> {
    let (agreement, version) = read::<Agreement>(item)?;
    let measure = Measure::Agreement { offline: agreement.is_offline(), stage: agreement.stage_name() };
    let student = &agreement.student;
    let place = Place { school: &student.school, college: &student.college, year: student.graduation_year };
    Ok(place.counts(item, version, &measure, Some(agreement.stage.since())))
}

fn termination(item: &Item) -> Result<Counted, Error> {
    let (termination, version) = read::<Termination>(item)?;
    let subject = &termination.subject;
    let place = Place { school: &subject.school, college: &subject.college, year: subject.graduation_year };
    Ok(place.counts(item, version, &Measure::Termination(termination.stage_name()), Some(termination.since())))
}

fn registration(item: &Item) -> Result<Counted, Error> {
    let (registration, version) = read::<Registration>(item)?;
    let place = Place { school: &registration.school, college: &registration.college, year: registration.graduation_year };
    Ok(place.counts(item, version, &Measure::Registration(registration.stage_name()), Some(registration.since())))
}

/// A plan record has no version of its own. It is opened once and closed once, and no other change of it is counted: that is its
/// version here. A closed one counts as nothing.
fn plan(item: &Item) -> Result<Counted, Error> {
    let record: PlanRecord = parse(item)?;
    let place = Place { school: &record.school, college: &record.college, year: record.graduation_year };
    Ok(match record.closed_at {
        None => place.counts(item, 1, &Measure::Plan(record.destination), Some(record.opened_at)),
        Some(_) => Counted { key: item.key.clone(), school: record.school, version: 2, cells: Vec::new() },
    })
}

fn read<A: Aggregate>(item: &Item) -> Result<(A, i64), Error> {
    let loaded = loaded::<A>(item)?;
    Ok((loaded.value, number(loaded.version)))
}

impl Place<'_> {
    /// In its total, and in its week if it has one.
    fn counts(&self, item: &Item, version: i64, measure: &Measure, since: Option<Timestamp>) -> Counted {
        let total = names::total(self.college, measure);
        let weekly = since.map(|since| names::weekly(&Week::of(since), self.college, measure));
        let cells = std::iter::once(total).chain(weekly).map(|name| Cell { year: self.year, name }).collect();
        Counted { key: item.key.clone(), school: self.school.clone(), version, cells }
    }
}
