//! The world of a story: two schools on a stack of its own, where time stands still until the story moves it.

use super::people::{Employer, Graduate, Officer};
use super::{Answer, Http, roster};
use ::http::Method;
use api::Action;
use api::workers::Every;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::account::{Binding, BoundRecord};
use domain::employer::SigningInformation;
use domain::letter::{Contact, FileReceiving, HouseholdReceiving};
use domain::party::Actor;
use domain::school::{College, School};
use domain::student::{Lookups, Particulars, Sex, Student, Verified};
use domain::values::{
    AccountId, CollegeId, CreditCode, Email, EmployerId, GraduationYear, Identifier, Industry, PersonId, PersonName, Phone, Region,
    SchoolId, StudentId, Text, Timestamp, UnitNature,
};
use lambda::Endpoint;
use local::{Options, Stack};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Context;
use store::roster::Entry;
use store_dynamo::Usage;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const START: &str = "2026-11-23T08:00:00.000Z";

/// Days, for `world.after(days(5))`.
pub(crate) fn days(n: u64) -> u64 {
    n * DAY_MS
}

/// How many repeats a proof makes: `many` with `cargo xtask proof`, `few` otherwise.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment how long to go on")]
pub(crate) fn proof(few: usize, many: usize) -> usize {
    if std::env::var("WANGQIAN_PROOF").is_ok() { many } else { few }
}

/// A stack in memory with two schools: 99001 with colleges c01 and c02, 99002 with c01.
pub(crate) struct World {
    pub(crate) stack: Stack,
    pub(crate) http: Http,
    serial: AtomicU32,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    /// The same, where everything that is handed to a worker is kept.
    pub(crate) async fn keeping_delivered() -> Self {
        Self::with(Options { keeps_delivered: true, ..Options::default() }).await
    }

    /// The same, on data that other processes find in this folder.
    pub(crate) async fn kept_in(dir: &std::path::Path) -> Self {
        Self::with(Options { data_dir: Some(dir.to_owned()), ..Options::default() }).await
    }

    /// The same at the present time, where everything that is handed to a worker is kept: functions that are no part of this process, and
    /// go by their own clock, work on it.
    #[cfg(feature = "binaries")]
    pub(crate) async fn of_today(dir: &std::path::Path) -> Self {
        let now = Timestamp::from_millis(lambda::RealClock::system().now_ms());
        Self::held_at(now, Options { data_dir: Some(dir.to_owned()), keeps_delivered: true, ..Options::default() }).await
    }

    async fn with(options: Options) -> Self {
        Self::held_at(Timestamp::parse(START).unwrap(), options).await
    }

    async fn held_at(held: Timestamp, options: Options) -> Self {
        let options = Options { samples: false, clock_held_at: Some(held), ..options };
        let stack = Box::pin(Stack::start(options)).await.unwrap();
        let http = Http::new(stack.url());
        let world = Self { stack, http, serial: AtomicU32::new(1) };
        let college = |id: &str, name: &str| College { id: CollegeId::parse(id).unwrap(), name: text(name) };
        let one = School {
            id: school("99001"),
            name: text("江城大学"),
            colleges: vec![college("c01", "计算机科学与技术学院"), college("c02", "外国语学院")],
        };
        let two = School { id: school("99002"), name: text("东湖学院"), colleges: vec![college("c01", "机械学院")] };
        world.set_up(vec![Entry::School(one), Entry::School(two)]).await;
        world
    }

    pub(crate) async fn set_up(&self, entries: Vec<Entry>) {
        self.stack.store().set_up(&entries).await.unwrap();
    }

    /// An operator of the platform at work.
    pub(crate) fn operator(&self) -> Context {
        let account = AccountId::parse("operator-1").unwrap();
        Context {
            action: "admin",
            actor: Actor::Operator { account: account.clone() },
            account,
            token_issued_at: 0,
            request_id: format!("operator-{}", self.next()),
            now: self.now(),
            idempotency: None,
        }
    }

    /// An operator shuts a log-in.
    pub(crate) async fn disables(&self, account: &str) {
        let account = AccountId::parse(account).unwrap();
        self.stack.store().disable_account(&account, text("离职"), &self.operator()).await.unwrap();
    }

    /// A number that nobody else in this world has.
    pub(crate) fn next(&self) -> u32 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    /// Moves time on.
    pub(crate) fn after(&self, millis: u64) -> Timestamp {
        self.stack.clock().advance(millis).unwrap()
    }

    /// Time passes, and what falls due on the way is done.
    pub(crate) async fn passes(&self, millis: u64) -> Timestamp {
        self.stack.pass(millis).await.unwrap()
    }

    /// The minute strikes, and the workers do what comes of it.
    pub(crate) async fn minute_strikes(&self) -> u64 {
        self.stack.strike(Every::Minute).await.unwrap()
    }

    /// Subjects of the mails to an address so far, the oldest first.
    pub(crate) fn mails_to(&self, address: &str) -> Vec<String> {
        let mails = self.stack.mails().into_iter().rev();
        mails.filter(|mail| mail.to == [address]).map(|mail| mail.subject).collect()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.stack.clock().now()
    }

    /// A token with these claims besides the usual ones, issued now in real time; it outlives the longest proof.
    pub(crate) fn token(&self, claims: &Value) -> String {
        let now = self.stack.clock().real().millis() / 1000;
        let issuer = self.stack.issuer();
        let mut all = json!({ "iss": issuer.url(), "aud": "wangqian", "exp": now + 14_400, "iat": now, "nbf": now, "auth_time": now });
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        issuer.sign(&issuer.header(), &all).unwrap()
    }

    /// An employer that may do everything, approved by 99001.
    pub(crate) async fn employer(&self, name: &str) -> Employer<'_> {
        self.employer_as(name, |_| {}).await
    }

    /// An employer whose staff has an address.
    pub(crate) async fn employer_at(&self, name: &str, address: &str) -> Employer<'_> {
        let email = Email::parse(address).unwrap();
        self.employer_as(name, |employer| employer.signing_information.as_mut().unwrap().contact.email = Some(email)).await
    }

    /// An employer, changed before it is set up.
    pub(crate) async fn employer_as(&self, name: &str, change: impl FnOnce(&mut domain::employer::Employer)) -> Employer<'_> {
        let n = self.next();
        let contact = Contact { name: text("赵敏"), phone: Phone::parse("027-87654321").unwrap(), email: None };
        let mut employer = domain::employer::Employer {
            id: EmployerId::parse(&format!("e{n}")).unwrap(),
            name: text(name),
            credit_code: CreditCode::parse("911306007216356986").unwrap(),
            asked: None,
            approved_by: [school("99001")].into(),
            rejected_by: BTreeMap::new(),
            once_approved: false,
            licence: Vec::new(),
            blocked_by: BTreeMap::new(),
            signing_information: Some(SigningInformation {
                nature: Some(UnitNature::parse("21").unwrap()),
                industry: Some(Industry::parse("21").unwrap()),
                region: Some(Region::parse("150521").unwrap()),
                address: None,
                postcode: None,
                supervisor: None,
                contact,
                default_position: None,
                file_receiving: FileReceiving::No,
                household_receiving: HouseholdReceiving::No,
            }),
            suspended_at: None,
        };
        change(&mut employer);
        let id = employer.id.clone();
        self.set_up(vec![Entry::Employer(employer)]).await;
        let account = format!("hr-{id}");
        let token = self.token(&json!({ "sub": account, "role": "employer", "employer": id.as_str() }));
        Employer { world: self, id, token }
    }

    /// A verified graduate of 99001, college c01, 2027.
    pub(crate) async fn graduate(&self, name: &str) -> Graduate<'_> {
        self.graduate_of("99001", "c01", name).await
    }

    /// A verified graduate of this school and college, 2027.
    pub(crate) async fn graduate_of(&self, school_id: &str, college: &str, name: &str) -> Graduate<'_> {
        self.graduate_as(school_id, college, name, true, None).await
    }

    /// A verified graduate of 99001 who has an address.
    pub(crate) async fn graduate_at(&self, name: &str, address: &str) -> Graduate<'_> {
        self.graduate_as("99001", "c01", name, true, Some(Email::parse(address).unwrap())).await
    }

    /// A graduate whose log-in has not passed the information verification.
    pub(crate) async fn unverified_graduate(&self, name: &str) -> Graduate<'_> {
        self.graduate_as("99001", "c01", name, false, None).await
    }

    async fn graduate_as(&self, school_id: &str, college: &str, name: &str, verified: bool, email: Option<Email>) -> Graduate<'_> {
        let n = self.next();
        let (school_id, account) = (school(school_id), AccountId::parse(&format!("student-{n}")).unwrap());
        let id = StudentId::new(&school_id, &format!("{n:020}")).unwrap();
        let (resident_id, mobile) = (roster::resident_id(n), roster::mobile(n));
        let student = Student {
            person: PersonId::parse(&format!("p{n}")).unwrap(),
            school: school_id.clone(),
            school_name: text(if school_id.as_str() == "99001" { "江城大学" } else { "东湖学院" }),
            college: CollegeId::parse(college).unwrap(),
            college_name: text(if college == "c01" { "计算机科学与技术学院" } else { "外国语学院" }),
            graduation_year: GraduationYear::parse("2027").unwrap(),
            student_number: text(&format!("2019{n:04}")),
            name: PersonName::parse(name).unwrap(),
            resident_id: self.stack.vault().seal_resident_id(&id, &resident_id),
            mobile: self.stack.vault().seal_mobile(&id, &mobile),
            email,
            major: text("计算机应用技术"),
            class: Some(text("软件3班")),
            education: Some(text("本科")),
            particulars: Particulars { sex: Some(Sex::Male), examinee_number: Some(text("23420100150001")), ..Particulars::default() },
            extra_terminations: 0,
            verified: verified.then(|| Verified { account: account.clone(), at: self.now() }),
            id,
        };
        let identifiers = [Identifier::ResidentId(resident_id.clone()), Identifier::Mobile(mobile.clone())];
        let vault = self.stack.vault();
        let four_fields =
            identifiers.iter().map(|identifier| vault.four_fields(&student.school, student.graduation_year, &student.name, identifier));
        let lookups = Lookups { four_fields: four_fields.collect(), document: vault.document(&resident_id) };
        let mut entries = vec![Entry::Student(Box::new(student.clone()), lookups)];
        if verified {
            entries.push(Entry::Account(
                account.clone(),
                Binding { person: student.person.clone(), records: vec![BoundRecord::of(&student)] },
            ));
        }
        self.set_up(entries).await;
        let token = self.token(&json!({ "sub": account.as_str(), "role": "student" }));
        Graduate { world: self, student, account: account.to_string(), resident_id, mobile, token }
    }

    /// Puts the same person on another school's roster too.
    pub(crate) async fn second_record(&self, graduate: &Graduate<'_>, school_id: &str) {
        let other = school(school_id);
        let id = StudentId::new(&other, &format!("{:020}", self.next())).unwrap();
        let vault = self.stack.vault();
        let student = Student {
            school: other.clone(),
            resident_id: vault.seal_resident_id(&id, &graduate.resident_id),
            mobile: vault.seal_mobile(&id, &graduate.mobile),
            verified: None,
            id,
            ..graduate.student.clone()
        };
        let identifier = Identifier::ResidentId(graduate.resident_id.clone());
        let four_fields = vec![vault.four_fields(&other, student.graduation_year, &student.name, &identifier)];
        let lookups = Lookups { four_fields, document: vault.document(&graduate.resident_id) };
        self.set_up(vec![Entry::Student(Box::new(student), lookups)]).await;
    }

    /// A log-in whose employer the account system knows and the platform does not (SR-9).
    pub(crate) fn newcomer(&self) -> Employer<'_> {
        let id = format!("e9{:03}", self.next());
        let token = self.token(&json!({ "sub": format!("hr-{id}"), "role": "employer", "employer": id }));
        Employer { world: self, id: EmployerId::parse(&id).unwrap(), token }
    }

    /// An officer of a college.
    pub(crate) fn college(&self, school_id: &str, college: &str) -> Officer<'_> {
        let account = format!("teacher-{}", self.next());
        let claims = json!({ "sub": account, "role": "college", "school": school_id, "college": college, "name": "刘老师" });
        Officer { world: self, token: self.token(&claims) }
    }

    /// An officer of a school.
    pub(crate) fn school(&self, school_id: &str) -> Officer<'_> {
        let account = format!("office-{}", self.next());
        let claims = json!({ "sub": account, "role": "school", "school": school_id, "name": "邓老师" });
        Officer { world: self, token: self.token(&claims) }
    }

    /// A request with a token and, where there is a body, JSON.
    pub(crate) async fn request(&self, token: &str, method: Method, path: &str, key: Option<&str>, body: Option<&Value>) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("authorization", bearer.as_str())];
        if let Some(key) = key {
            headers.push(("idempotency-key", key));
        }
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        self.http.send(method, path, &headers, body.map(Value::to_string).unwrap_or_default()).await
    }

    /// The endpoint of an action, without the gateway before it.
    pub(crate) fn endpoint(&self, action: &Action) -> Endpoint {
        local::routes::endpoints(self.stack.deps()).into_iter().find(|endpoint| endpoint.action() == action).unwrap()
    }

    /// A key for repeats that nobody else in this world has used.
    pub(crate) fn new_key(&self) -> String {
        format!("key-{}", self.next())
    }

    /// The graduate's slot of 2027, as it is stored.
    pub(crate) async fn slot(&self, graduate: &Graduate<'_>) -> BTreeMap<String, String> {
        let key = (format!("PERSON#{}", graduate.student.person), "SLOT#2027".to_owned());
        self.dump().await.remove(&key).unwrap_or_default()
    }

    /// Every item of the table: to see that nothing was written, or what was.
    pub(crate) async fn dump(&self) -> BTreeMap<(String, String), BTreeMap<String, String>> {
        let mut all = BTreeMap::new();
        let mut start = None;
        loop {
            let page = self.stack.client().scan().table_name("wangqian").set_exclusive_start_key(start).send().await.unwrap();
            for item in page.items() {
                let plain = |value: &AttributeValue| value.as_s().or_else(|_| value.as_n()).cloned().unwrap();
                let attributes = item.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
                all.insert((plain(&item["pk"]), plain(&item["sk"])), attributes);
            }
            start = page.last_evaluated_key().cloned();
            if start.is_none() {
                return all;
            }
        }
    }

    /// Breaks an attribute of an item behind everybody's back.
    pub(crate) async fn breaks(&self, (pk, sk): &(String, String), name: &str, text: &str) {
        let update = self.stack.client().update_item().table_name("wangqian");
        let update = update.key("pk", AttributeValue::S(pk.clone())).key("sk", AttributeValue::S(sk.clone()));
        let update = update.update_expression("SET #a = :a").expression_attribute_names("#a", name);
        update.expression_attribute_values(":a", AttributeValue::S(text.to_owned())).send().await.unwrap();
    }

    /// What these requests cost.
    pub(crate) fn usage(&self) -> Usage {
        self.stack.table().meter().take()
    }
}

pub(crate) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(text).unwrap()
}

pub(crate) fn school(id: &str) -> SchoolId {
    SchoolId::parse(id).unwrap()
}
