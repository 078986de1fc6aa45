//! How letters and agreements become items: one place for each, with its whole key and index story.

use crate::error::Error;
use crate::keys::{self, lists};
use crate::table::{Attributes, Index, Item, Key};
use domain::Refusal;
use domain::agreement::{self, Agreement};
use domain::invitation::{self, Invitation};
use domain::values::{EmployerId, GraduationYear, PersonId, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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
        if self.version == seen { Ok(self) } else { Err(Refusal::VersionMoved { stage: self.value.stage(), version: self.version }) }
    }
}

/// The attribute that every item carries.
pub(crate) fn schema() -> (String, crate::table::Value) {
    ("schema".to_owned(), SCHEMA.into())
}

/// What a row of a list shows: no personal numbers, names as the reader may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Id of the aggregate.
    pub id: String,
    /// 姓名 in full, for officers' lists; employers' lists show the mask.
    pub student_name: String,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学号, for officers.
    pub student_number: Option<String>,
    /// 学校.
    pub school_name: String,
    /// 所在院系.
    pub college_name: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 单位名称.
    pub employer_name: String,
    /// 拟聘职位.
    pub position: String,
    /// Whether the college has approved.
    pub college_approved: bool,
    /// What the list is ordered by.
    pub at: Timestamp,
}

/// Something with a life of its own: a stage, a version, an audit chain.
pub trait Aggregate: Serialize + DeserializeOwned + Clone {
    /// Its id, as text.
    fn id(&self) -> &str;
    /// Where it stands.
    fn key(&self) -> Key;
    /// Name of its stage.
    fn stage(&self) -> &'static str;
    /// The pair of employer and person that it concerns.
    fn pair(&self) -> (&EmployerId, &PersonId);
    /// The slot that it takes or holds.
    fn slot(&self) -> (&PersonId, GraduationYear);
    /// Its row in lists.
    fn summary(&self) -> Summary;
    /// The lists that it stands in now: index, partition, order.
    fn listed_in(&self) -> Vec<(Index, String, String)>;
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
        let (list, position) = index.attributes();
        attributes.insert(list.to_owned(), partition.into());
        attributes.insert(position.to_owned(), order.into());
    }
    Ok(attributes)
}

/// Index attributes that an update must remove because the aggregate has left those lists.
pub(crate) fn left_lists(attributes: &Attributes) -> Vec<&'static str> {
    let names = Index::ALL.into_iter().flat_map(|index| [index.attributes().0, index.attributes().1]);
    names.filter(|name| !attributes.contains_key(*name)).collect()
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
    let data = serde_json::to_string(data).map_err(|error| Error::Broken(format!("cannot write an item: {error}")))?;
    Ok(Attributes::from([schema(), ("data".to_owned(), data.into())]))
}

fn broken_item(item: &Item, what: &str) -> Error {
    Error::Broken(format!("{} / {}: {what} is not as this build knows it", item.key.pk, item.key.sk))
}

pub(crate) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Aggregate for Invitation {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn key(&self) -> Key {
        keys::invitation(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn pair(&self) -> (&EmployerId, &PersonId) {
        (&self.letter.employer.id, &self.person)
    }

    fn slot(&self) -> (&PersonId, GraduationYear) {
        (&self.person, self.graduation_year)
    }

    fn summary(&self) -> Summary {
        Summary {
            id: self.id.to_string(),
            student_name: self.masked_name.clone(),
            masked_name: self.masked_name.clone(),
            student_number: None,
            school_name: self.school_name.as_str().to_owned(),
            college_name: self.college_name.as_str().to_owned(),
            graduation_year: self.graduation_year,
            employer_name: self.letter.employer.name.as_str().to_owned(),
            position: self.letter.signing.position.as_str().to_owned(),
            college_approved: false,
            at: self.expires_at(),
        }
    }

    /// Pending letters stand by deadline, so that those still open are one range; ended ones by when they ended.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let stage = self.stage_name().as_str();
        let order = match &self.stage {
            invitation::Stage::Pending(pending) => pending.expires_at,
            invitation::Stage::Accepted(accepted) => accepted.at,
            invitation::Stage::Rejected(rejected) => rejected.at,
            invitation::Stage::Expired(expired) => expired.at,
            invitation::Stage::Withdrawn(withdrawn) => withdrawn.at,
        };
        let order = format!("{order}#{}", self.id);
        let mut lists = vec![
            (Index::Employer, lists::employer_invitations(&self.letter.employer.id, stage), order.clone()),
            (Index::Student, lists::student_invitations(&self.person, stage), order.clone()),
        ];
        if let invitation::Stage::Pending(pending) = &self.stage {
            let hour = pending.expires_at.to_string().chars().take(13).collect::<String>();
            let shard = self.id.as_str().bytes().fold(0_u8, u8::wrapping_add) % 4;
            lists.push((Index::Due, lists::due_expiries(&hour, shard), order));
        }
        lists
    }
}

impl Aggregate for Agreement {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn key(&self) -> Key {
        keys::agreement(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name().as_str()
    }

    fn pair(&self) -> (&EmployerId, &PersonId) {
        (&self.employer.id, &self.student.person)
    }

    fn slot(&self) -> (&PersonId, GraduationYear) {
        (&self.student.person, self.student.graduation_year)
    }

    fn summary(&self) -> Summary {
        Summary {
            id: self.id.to_string(),
            student_name: self.student.name.as_str().to_owned(),
            masked_name: self.student.name.masked(),
            student_number: Some(self.student.student_number.as_str().to_owned()),
            school_name: self.student.school_name.as_str().to_owned(),
            college_name: self.student.college_name.as_str().to_owned(),
            graduation_year: self.student.graduation_year,
            employer_name: self.employer.name.as_str().to_owned(),
            position: self.signing.position.as_str().to_owned(),
            college_approved: self.college_approval().is_some(),
            at: self.formed_at,
        }
    }

    /// The parties' lists by stage; the officers' queues while they may decide, oldest first.
    fn listed_in(&self) -> Vec<(Index, String, String)> {
        let stage = self.stage_name().as_str();
        let order = format!("{}#{}", self.formed_at, self.id);
        let (school, college) = (&self.student.school, &self.student.college);
        let mut lists = vec![
            (Index::Employer, lists::employer_agreements(&self.employer.id, stage), order.clone()),
            (Index::Student, lists::student_agreements(&self.student.person, stage), order.clone()),
        ];
        let agreement::Awaited { college: by_college, school: by_school } = self.awaits();
        if by_college {
            lists.push((Index::College, lists::college_reviews(school, college, "signing"), order.clone()));
        }
        if by_school {
            lists.push((Index::School, lists::school_reviews(school, "signing"), order));
        }
        lists
    }
}
