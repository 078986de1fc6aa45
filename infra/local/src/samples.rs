//! The sample data of `samplesdata/`, inside the binary: the people who can log in, and what the table holds at first.

use crate::BoxError;
use crate::people::{Person, RosterFacts};
use crate::stories::Teller;
use api::Role;
use domain::account::{Binding, BoundRecord};
use domain::delivery::Told;
use domain::employer::Employer;
use domain::policy::{CertificationLevel, Policy};
use domain::school::School;
use domain::student::{Lookups, Particulars, Student, Verified};
use domain::values::{
    AccountId, CollegeId, Email, GraduationYear, Identifier, Mobile, PersonId, PersonName, ResidentId, SchoolId, StudentId, Text, Timestamp,
};
use domain::work::Queue;
use futures_util::future::try_join_all;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use store::roster::Entry;
use store::{Addressee, OUTBOX_SHARDS, Store, Table};
use vault::Vault;

const SCHOOLS: &str = include_str!("../../../samplesdata/schools.json");
const EMPLOYERS: &str = include_str!("../../../samplesdata/employers.json");
const STUDENTS: &str = include_str!("../../../samplesdata/students.json");
const PEOPLE: &str = include_str!("../../../samplesdata/people.json");

/// When the verified graduates of the samples passed their verification: 2026-09-01T00:00:00.000Z.
const VERIFIED_AT: Timestamp = Timestamp::from_millis(1_788_220_800_000);

/// How long ago the oldest letter of the stories was sent that nobody has answered or swept, at most.
const FIRST_STORY_DAYS: i64 = 8;

/// The sample data, read.
pub(crate) struct Samples {
    schools: Vec<School>,
    employers: Vec<Employer>,
    students: Vec<Record>,
    people: Vec<Login>,
}

/// A line of a school's roster, with its numbers in clear and the account that has verified itself.
#[derive(Deserialize)]
struct Record {
    id: StudentId,
    person: PersonId,
    school: SchoolId,
    college: CollegeId,
    graduation_year: GraduationYear,
    student_number: Text<32>,
    name: PersonName,
    resident_id: String,
    mobile: String,
    email: Option<Email>,
    major: Text<100>,
    class: Option<Text<100>>,
    education: Option<Text<50>>,
    particulars: Particulars,
    account: Option<AccountId>,
}

/// Someone who can log in.
#[derive(Deserialize)]
struct Login {
    id: String,
    account: String,
    #[serde(deserialize_with = "role")]
    role: Role,
    name: String,
    school: Option<String>,
    college: Option<String>,
    employer: Option<String>,
    student: Option<StudentId>,
    note: String,
}

impl Samples {
    pub(crate) fn read() -> Result<Self, BoxError> {
        Ok(Self {
            schools: serde_json::from_str(SCHOOLS)?,
            employers: serde_json::from_str(EMPLOYERS)?,
            students: serde_json::from_str(STUDENTS)?,
            people: serde_json::from_str(PEOPLE)?,
        })
    }

    /// Writes everything into a table that does not hold it yet, with stories that have happened by this business time.
    pub(crate) async fn set_up<T: Table>(&self, store: &Store<T>, vault: &Vault, now: Timestamp) -> Result<(), BoxError> {
        // Schools are written last, so that the last of them stands only if all the rest does, whenever an earlier start was killed.
        let last = self.schools.last().ok_or("no sample schools")?;
        match store.school(&last.id).await {
            Ok(_) => return Ok(()),
            Err(store::Error::NotFound) => {}
            Err(error) => return Err(format!("cannot read the table: {error:?}").into()),
        }
        let failed = |error: store::Error| format!("cannot set up the samples: {error:?}");
        store.set_up(&self.entries(vault)?).await.map_err(failed)?;
        let asking: Vec<_> = self.employers.iter().filter(|employer| employer.asked.is_some()).collect();
        let first = now.plus_days(-FIRST_STORY_DAYS);
        store.begin_deadlines(first).await.map_err(failed)?;
        store.begin_sealing(first).await.map_err(failed)?;
        Teller { store, vault, people: &self.people(), now }.tell_all(&asking).await?;
        try_join_all((0..OUTBOX_SHARDS).map(|shard| mailed(store, shard, now))).await.map_err(failed)?;
        let schools: Vec<Entry> = self.schools.iter().cloned().map(Entry::School).collect();
        Ok(store.set_up(&schools).await.map_err(failed)?)
    }

    fn entries(&self, vault: &Vault) -> Result<Vec<Entry>, BoxError> {
        // An employer that asks for a review registers itself, in a story.
        let mut entries: Vec<Entry> =
            self.employers.iter().filter(|employer| employer.asked.is_none()).cloned().map(Entry::Employer).collect();
        entries.push(two_levels(&self.schools)?);
        for record in &self.students {
            let (student, lookups) = self.student(record, vault).map_err(|error| format!("sample student {}: {error}", record.id))?;
            entries.push(Entry::Student(Box::new(student), lookups));
        }
        entries.extend(self.accounts());
        Ok(entries)
    }

    /// A roster record as the table holds it: numbers sealed, found by keyed hashes.
    fn student(&self, record: &Record, vault: &Vault) -> Result<(Student, Lookups), String> {
        let school = self.schools.iter().find(|school| school.id == record.school).ok_or("an unknown school")?;
        let college = school.colleges.iter().find(|college| college.id == record.college).ok_or("an unknown college")?;
        let resident_id = ResidentId::parse(&record.resident_id).map_err(|wrong| format!("resident_id: {wrong}"))?;
        let mobile = Mobile::parse(&record.mobile).map_err(|wrong| format!("mobile: {wrong}"))?;
        let found_by = |identifier| vault.four_fields(&record.school, record.graduation_year, &record.name, &identifier);
        let student = Student {
            id: record.id.clone(),
            person: record.person.clone(),
            school: record.school.clone(),
            school_name: school.name.clone(),
            college: record.college.clone(),
            college_name: college.name.clone(),
            graduation_year: record.graduation_year,
            student_number: record.student_number.clone(),
            name: record.name.clone(),
            resident_id: vault.seal_resident_id(&record.id, &resident_id),
            mobile: vault.seal_mobile(&record.id, &mobile),
            email: record.email.clone(),
            major: record.major.clone(),
            class: record.class.clone(),
            education: record.education.clone(),
            particulars: record.particulars.clone(),
            extra_terminations: 0,
            verified: record.account.clone().map(|account| Verified { account, at: VERIFIED_AT }),
        };
        let document = vault.document(&resident_id);
        let four_fields = vec![found_by(Identifier::ResidentId(resident_id)), found_by(Identifier::Mobile(mobile))];
        Ok((student, Lookups { four_fields, document }))
    }

    /// One account for each log-in that has verified itself, its records newest first.
    fn accounts(&self) -> Vec<Entry> {
        let mut bound: Vec<(&AccountId, &Record)> =
            self.students.iter().filter_map(|record| Some((record.account.as_ref()?, record))).collect();
        bound.sort_by_key(|(account, record)| (*account, std::cmp::Reverse(record.graduation_year)));
        let of_one = bound.chunk_by(|(account, _), (next, _)| account == next);
        of_one
            .filter_map(|records| {
                let (account, newest) = records.first()?;
                let bound = |record: &Record| BoundRecord { graduation_year: record.graduation_year, student: record.id.clone() };
                let records = records.iter().map(|(_, record)| bound(record)).collect();
                Some(Entry::Account((*account).clone(), Binding { person: newest.person.clone(), records }))
            })
            .collect()
    }

    /// Who can log in.
    pub(crate) fn people(&self) -> Vec<Person> {
        self.people.iter().map(|login| self.person(login)).collect()
    }

    fn person(&self, login: &Login) -> Person {
        let record = (login.role == Role::Student).then(|| self.record_of(login)).flatten();
        let stage = match login.role {
            Role::Student => Some(if login.student.is_some() { "verified" } else { "unverified" }),
            Role::Employer => self
                .employers
                .iter()
                .find(|employer| Some(employer.id.as_str()) == login.employer.as_deref())
                .map_or(Some("unregistered"), |employer| Some(employer.qualification().as_str())),
            Role::College | Role::School => None,
        };
        Person {
            id: login.id.clone(),
            role: login.role,
            name: login.name.clone(),
            school: login.school.clone(),
            college: login.college.clone(),
            employer: login.employer.clone(),
            stage: stage.map(str::to_owned),
            account: login.account.clone(),
            note: login.note.clone(),
            record: record.map(|record| RosterFacts {
                graduation_year: record.graduation_year.into(),
                id_number: record.resident_id.clone(),
                mobile: record.mobile.clone(),
            }),
        }
    }

    /// A graduate's roster record; of one who is not bound to it yet, the one of the same name.
    fn record_of(&self, login: &Login) -> Option<&Record> {
        self.students.iter().find(|record| match &login.student {
            Some(student) => record.id == *student,
            None => record.name.as_str() == login.name && Some(record.school.as_str()) == login.school.as_deref(),
        })
    }
}

/// One school certifies at two levels and lets graduates withdraw before; the others have set nothing.
fn two_levels(schools: &[School]) -> Result<Entry, BoxError> {
    let school = schools.iter().find(|school| school.id.as_str() == "99003").ok_or("no sample school 99003")?;
    let (certification_level, allow_withdraw_before_certification) = (CertificationLevel::CollegeThenSchool, true);
    let policy = Policy { certification_level, allow_withdraw_before_certification, ..Policy::default() };
    Ok(Entry::Policy(school.id.clone(), policy))
}

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    Role::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(|| D::Error::custom("no role of ours"))
}

/// What the stories tell was mailed when it happened.
async fn mailed<T: Table>(store: &Store<T>, shard: u8, now: Timestamp) -> Result<(), store::Error> {
    const PAGE: u32 = 100;
    loop {
        let owed = store.owed(Queue::Notices, shard, now.plus_days(1), PAGE).await?;
        if owed.is_empty() {
            return Ok(());
        }
        for notice in owed {
            let Some(posting) = store.posting(&notice.key).await? else { continue };
            let (at, delivery) = (posting.message.notice.at, posting.delivery.clone());
            let delivery = match store.addressee(&posting).await? {
                Addressee::Mailed(_) => delivery.after_told(Told::Delivered, None, at).unwrap_or(delivery),
                Addressee::Spared(because) => delivery.spared(because),
            };
            store.record_delivery(posting, delivery, "samples").await?;
        }
    }
}
