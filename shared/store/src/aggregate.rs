//! How what has a life of its own becomes items: letters, agreements, employers, students, accounts, schools, policies.

mod employers;
mod jobs;
mod objections;
mod offline;
mod people;
mod signings;
mod terminations;
mod uploads;

pub use employers::{EmployerSummary, SummaryStanding};
pub use objections::ObjectionSummary;
pub use offline::RegistrationSummary;
pub use people::StudentSummary;
pub use signings::SigningSummary;
pub use terminations::TerminationSummary;

use crate::error::Error;
use crate::outbox::owe;
use crate::table::{Attributes, Index, Item, Key};
use domain::Refusal;
use domain::plan::PlanRecord;
use domain::values::{EmployerId, GraduationYear, PersonId, Timestamp};
use domain::work::Queue;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Version of the stored form. An item of another schema is refused, never guessed at.
const SCHEMA: i64 = 1;

/// An aggregate as loaded, with what the next commit must find unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded<A> {
    /// The aggregate.
    pub value: A,
    /// Moves with every transition; what decisions quote.
    pub version: u64,
    /// Number of the last audit record; moves with `version`, and when a document is drawn.
    pub(crate) seq: u64,
    /// Hash of the last audit record.
    pub(crate) head: String,
}

impl<A: Aggregate> Loaded<A> {
    /// A decision holds only for the version that it was made on (domain 2.8, invariant 5).
    ///
    /// # Errors
    /// [`Refusal::VersionMoved`] with what stands there now.
    pub fn at_version(self, seen: u64) -> Result<Self, Refusal> {
        self.at_version_if(Some(seen))
    }

    /// The same, where whoever decides may leave open which version was seen.
    ///
    /// # Errors
    /// As [`Loaded::at_version`]'s.
    pub fn at_version_if(self, seen: Option<u64>) -> Result<Self, Refusal> {
        if seen.is_none_or(|seen| self.version == seen) {
            Ok(self)
        } else {
            Err(Refusal::VersionMoved { stage: self.value.stage(), version: self.version })
        }
    }
}

/// Something with a life of its own: a stage, a version, an audit chain.
pub trait Aggregate: Serialize + DeserializeOwned + Clone {
    /// What a row of a list shows of it.
    type Summary: Serialize + DeserializeOwned;

    /// Its id, as text; no two aggregates have the same.
    fn id(&self) -> String;
    /// Where it stands.
    fn key(&self) -> Key;
    /// Name of its stage.
    fn stage(&self) -> &'static str;
    /// Its row in lists.
    fn summary(&self) -> Self::Summary;
    /// The pair of employer and person that it concerns.
    fn pair(&self) -> Option<(&EmployerId, &PersonId)> {
        None
    }
    /// The slot that it takes or holds.
    fn slot(&self) -> Option<(&PersonId, GraduationYear)> {
        None
    }
    /// The lists that it stands in now: index, partition, order.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        Vec::new()
    }
    /// What the employment plan says of it.
    fn plan_record(&self) -> Option<PlanRecord> {
        None
    }
    /// The work that it owes now, and since when.
    fn owes(&self) -> Option<(Queue, Timestamp)> {
        None
    }
    /// The second before which its owner's tokens do not hold, for accounts.
    fn valid_after_s(&self) -> Option<i64> {
        None
    }
}

/// The attribute that every item carries.
pub(crate) fn schema() -> (String, crate::table::Value) {
    ("schema".to_owned(), SCHEMA.into())
}

/// The attributes of an aggregate's item; index attributes that do not apply are left out (the indexes are sparse).
pub(crate) fn attributes<A: Aggregate>(aggregate: &A, version: u64, seq: u64, head: &str) -> Result<Attributes, Error> {
    let broken = |error: serde_json::Error| Error::Broken(format!("cannot write {}: {error}", aggregate.id()));
    let mut attributes = Attributes::from([
        schema(),
        ("stage".to_owned(), aggregate.stage().into()),
        ("version".to_owned(), number(version).into()),
        ("seq".to_owned(), number(seq).into()),
        ("head".to_owned(), head.into()),
        ("summary".to_owned(), serde_json::to_string(&aggregate.summary()).map_err(broken)?.into()),
        ("data".to_owned(), serde_json::to_string(aggregate).map_err(broken)?.into()),
    ]);
    for (index, partition, order) in aggregate.listed_in() {
        list_in(&mut attributes, index, partition, order);
    }
    if let Some((queue, since)) = aggregate.owes() {
        owe(&mut attributes, queue, &aggregate.id(), since);
    }
    if let Some(second) = aggregate.valid_after_s() {
        attributes.insert("valid_after".to_owned(), second.into());
    }
    Ok(attributes)
}

/// The attributes of an aggregate that operators and imports set up: its audit chain has no record yet.
pub(crate) fn unaudited<A: Aggregate>(aggregate: &A) -> Result<Attributes, Error> {
    attributes(aggregate, 1, 0, &evidence::chain::genesis(&aggregate.id()))
}

/// Puts an item into a list.
pub(crate) fn list_in(attributes: &mut Attributes, index: Index, partition: String, order: String) {
    let (list, position) = index.attributes();
    attributes.insert(list.to_owned(), partition.into());
    attributes.insert(position.to_owned(), order.into());
}

/// Attributes that an update must remove because the aggregate has left those lists, or its tokens hold again.
pub(crate) fn left_behind(attributes: &Attributes) -> Vec<&'static str> {
    let names = Index::ALL.into_iter().flat_map(|index| [index.attributes().0, index.attributes().1]);
    names.chain(["valid_after", "owes", "attempts"]).filter(|name| !attributes.contains_key(*name)).collect()
}

/// Reads an aggregate back.
pub(crate) fn loaded<A: Aggregate>(item: &Item) -> Result<Loaded<A>, Error> {
    let unsigned = |name| item.number(name).and_then(|n| u64::try_from(n).ok()).ok_or_else(|| broken_item(item, name));
    Ok(Loaded {
        value: parse(item)?,
        version: unsigned("version")?,
        seq: unsigned("seq")?,
        head: item.text("head").ok_or_else(|| broken_item(item, "head"))?.to_owned(),
    })
}

/// Reads the `data` of an item of a known schema.
pub(crate) fn parse<D: DeserializeOwned>(item: &Item) -> Result<D, Error> {
    if item.number("schema") != Some(SCHEMA) {
        return Err(broken_item(item, "schema"));
    }
    let data = item.text("data").ok_or_else(|| broken_item(item, "data"))?;
    // Only the place of a fault is told, never the text around it: the data may be personal.
    serde_json::from_str(data).map_err(|error| broken_item(item, &format!("data at {}:{}", error.line(), error.column())))
}

/// Attributes of an item that has no life of its own.
pub(crate) fn plain<D: Serialize>(data: &D) -> Result<Attributes, Error> {
    Ok(Attributes::from([schema(), ("data".to_owned(), json(data)?.into())]))
}

/// As it is stored.
pub(crate) fn json<D: Serialize>(data: &D) -> Result<String, Error> {
    serde_json::to_string(data).map_err(|error| Error::Broken(format!("cannot write an item: {error}")))
}

fn broken_item(item: &Item, what: &str) -> Error {
    Error::Broken(format!("{} / {}: {what} is not as this build knows it", item.key.pk, item.key.sk))
}

pub(crate) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
