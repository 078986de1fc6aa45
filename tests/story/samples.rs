//! What stands in the table after a first start: every list shows something, and every audit chain is whole.

use crate::support::Http;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::agreement::StageName;
use domain::employer::Standing;
use domain::{invitation, termination};
use http::Method;
use local::{Options, Stack};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::time::Duration;
use store::{Attributes, Item, Key, verify_chain};

/// A stack with the samples, as whoever has just started it meets it.
struct Newcomer {
    stack: Stack,
    http: Http,
}

impl Newcomer {
    async fn starts(options: Options) -> Self {
        let stack = Stack::start(options).await.unwrap();
        let http = Http::new(stack.url());
        Self { stack, http }
    }

    async fn reads(&self, person: &str, path: &str) -> Value {
        let token = self.http.send(Method::POST, "/dev/token", &[], json!({ "person": person }).to_string()).await.text_of("token");
        self.http.send(Method::GET, path, &[("authorization", &format!("Bearer {token}"))], "").await.with(200)
    }

    /// The rows of a list, of which there must be some.
    async fn sees(&self, person: &str, path: &str) -> Vec<Value> {
        let rows = self.reads(person, path).await["items"].as_array().unwrap().clone();
        assert!(!rows.is_empty(), "{person} sees nothing in {path}");
        rows
    }

    /// The rows of a list, of which there must be some, each read in full.
    async fn reads_each(&self, person: &str, list: &str) -> Vec<Value> {
        let mut read = Vec::new();
        for row in self.sees(person, list).await {
            read.push(self.reads(person, &format!("/v1/agreements/{}", row["id"].as_str().unwrap())).await);
        }
        read
    }

    /// A file that was handed in: its content is what is said of it.
    async fn fetches(&self, person: &str, file: &Value) {
        let upload = self.reads(person, &format!("/v1/uploads/{}", file["upload_id"].as_str().unwrap())).await;
        let path = upload["url"].as_str().unwrap().strip_prefix(self.stack.url()).unwrap().to_owned();
        let fetched = self.http.send(Method::GET, &path, &[], "").await;
        assert_eq!((fetched.status, fetched.text.contains("IHDR")), (200, true), "{path}");
        assert_eq!(fetched.headers["content-length"].to_str().unwrap(), file["length"].to_string());
    }

    /// Every item of the table, in the order of their keys.
    async fn items(&self) -> Vec<Item> {
        let (mut items, mut start) = (Vec::new(), None);
        loop {
            let page = self.stack.client().scan().table_name("wangqian").set_exclusive_start_key(start).send().await.unwrap();
            items.extend(page.items().iter().map(stored));
            start = page.last_evaluated_key().cloned();
            if start.is_none() {
                items.sort_by(|one: &Item, other| one.key.cmp(&other.key));
                return items;
            }
        }
    }

    /// How many items there are, and how many of them are audit records.
    async fn size(&self) -> (usize, usize) {
        let items = self.items().await;
        (items.len(), items.iter().filter(|item| item.key.sk.starts_with("AUDIT#")).count())
    }
}

fn stored(item: &HashMap<String, AttributeValue>) -> Item {
    let plain = |value: &AttributeValue| match value.as_n() {
        Ok(number) => number.parse::<i64>().unwrap().into(),
        Err(_) => value.as_s().unwrap().as_str().into(),
    };
    let mut attributes: Attributes = item.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
    let [pk, sk] = ["pk", "sk"].map(|name| attributes.remove(name).unwrap().text().unwrap().to_owned());
    Item { key: Key { pk, sk }, attributes }
}

/// SR-48, A-13
#[tokio::test]
async fn an_employer_sees_letters_in_every_stage_and_somebody_on_its_send_list() {
    let newcomer = Newcomer::starts(Options::default()).await;
    for employer in ["stars-hr", "bridge-hr"] {
        for stage in invitation::StageName::ALL {
            newcomer.sees(employer, &format!("/v1/invitations?status={}", stage.as_str())).await;
        }
        newcomer.sees(employer, "/v1/candidates").await;
        newcomer.sees(employer, "/v1/messages").await;
        let home = newcomer.reads(employer, "/v1/home").await;
        assert!(home["to_do"].as_object().unwrap().values().any(|count| count != 0), "{home}");
    }
    let expired = newcomer.sees("stars-hr", "/v1/invitations?status=expired").await;
    let stored: BTreeSet<_> = expired.iter().map(|row| row["stage"].as_str().unwrap()).collect();
    assert_eq!(stored, ["expired", "pending"].into(), "one was swept, one has only lapsed");
    let now = newcomer.stack.clock().now();
    for letter in newcomer.sees("stars-hr", "/v1/invitations?status=pending").await {
        assert!(letter["expires_at"].as_str().unwrap() > now.plus_days(7).to_string().as_str(), "{letter} is open for days");
    }
}

/// SR-56, SR-75
#[tokio::test]
async fn signings_are_there_in_every_stage_and_some_wait_for_each_level() {
    let newcomer = Newcomer::starts(Options::default()).await;
    let is_online = |stage: &StageName| !ON_PAPER_ONLY.contains(stage);
    for stage in StageName::ALL.into_iter().filter(is_online) {
        newcomer.reads_each("stars-hr", &format!("/v1/agreements?status={}", stage.as_str())).await;
        newcomer.reads_each("office-99003", &format!("/v1/agreements?status={}", stage.as_str())).await;
    }
    for stage in ["pending_certification", "certified", "certification_rejected"] {
        for reader in ["bridge-hr", "office-99001", "teacher-99001-c01"] {
            newcomer.sees(reader, &format!("/v1/agreements?status={stage}")).await;
        }
    }
    for officer in ["teacher-99001-c01", "office-99001", "teacher-99003-c02", "office-99003"] {
        newcomer.sees(officer, "/v1/reviews").await;
    }
    let approved = newcomer.sees("office-99003", "/v1/reviews?kind=signing").await;
    assert!(approved.iter().all(|row| row["stage_label"] == "学院已通过,等待学校鉴证"), "{approved:?}");
    let numbers = newcomer.sees("office-99001", "/v1/agreements?status=certified").await;
    assert!(numbers.iter().all(|row| row["graduation_year"] == 2026), "2027 begins with the first signing: {numbers:?}");
}

/// Stages that an online signing never has.
const ON_PAPER_ONLY: [StageName; 4] =
    [StageName::AgreementReview, StageName::AgreementRejected, StageName::AwaitingFeedback, StageName::Voided];

/// SR-64 to SR-74, SR-87 to SR-90
#[tokio::test]
async fn agreements_on_paper_are_there_in_every_stage_with_scans_that_can_be_fetched() {
    let newcomer = Newcomer::starts(Options::default()).await;
    let mut scans = 0;
    for stage in StageName::ALL.into_iter().filter(|stage| *stage != StageName::Withdrawn && *stage != StageName::CertificationRevoked) {
        let read = newcomer.reads_each("office-99002", &format!("/v1/agreements?status={}", stage.as_str())).await;
        let on_paper: Vec<_> = read.into_iter().filter(|agreement| agreement["medium"] == "offline").collect();
        assert!(!on_paper.is_empty(), "nothing on paper is {stage:?}");
        let versions = on_paper.iter().flat_map(|agreement| agreement["feedback"].as_array().unwrap());
        for file in versions.flat_map(|version| version["files"].as_array().unwrap()) {
            newcomer.fetches("office-99002", file).await;
            scans += 1;
        }
    }
    assert!(scans > 5, "{scans} scans");
    for kind in ["offline_review", "offline_certification", "termination"] {
        newcomer.sees("office-99002", &format!("/v1/reviews?kind={kind}")).await;
    }
    let draft = newcomer.reads("wang", "/v1/offline-draft").await;
    assert_eq!(draft["missing"], json!(["/file_receiving", "/household_receiving", "/signing"]));
}

/// SR-36 to SR-43, SR-58 to SR-63, SR-71 to SR-74, A-23
#[tokio::test]
async fn terminations_and_registrations_are_there_in_every_stage() {
    let newcomer = Newcomer::starts(Options::default()).await;
    let schools = ["office-99001", "office-99002", "office-99003"];
    let mut seen = BTreeSet::new();
    for (school, stage) in schools.iter().flat_map(|school| termination::StageName::ALL.map(|stage| (school, stage))) {
        for row in newcomer.reads(school, &format!("/v1/terminations?status={}", stage.as_str())).await["items"].as_array().unwrap() {
            let read = newcomer.reads(school, &format!("/v1/terminations/{}", row["id"].as_str().unwrap())).await;
            for proof in read["proofs"].as_array().unwrap() {
                newcomer.fetches(school, proof).await;
            }
            seen.insert(stage.as_str());
        }
    }
    assert_eq!(seen.len(), termination::StageName::ALL.len(), "{seen:?}");
    newcomer.sees("office-99001", "/v1/employment-registrations?status=registered").await;
    newcomer.sees("office-99001", "/v1/employment-registrations?status=withdrawn").await;
    let waiting = newcomer.sees("office-99001", "/v1/employers?status=awaiting").await;
    newcomer.fetches("office-99001", &waiting[0]["licence"][0]).await;
}

/// a row offers what the agreement, or the request, itself offers to the same reader.
#[tokio::test]
async fn a_row_offers_what_the_thing_itself_offers() {
    let newcomer = Newcomer::starts(Options::default()).await;
    let officers = ["office-99001", "office-99002", "office-99003", "teacher-99001-c01", "teacher-99002-c03", "teacher-99003-c01"];
    let readers = officers.into_iter().chain(["stars-hr", "bridge-hr", "s0136", "s0216", "s0066", "s0166", "s0206", "s0246"]);
    let stages = StageName::ALL.map(|stage| format!("/v1/agreements?status={}", stage.as_str()));
    let endings = termination::StageName::ALL.map(|stage| format!("/v1/terminations?status={}", stage.as_str()));
    let lists: Vec<String> = stages.into_iter().chain(endings).collect();
    let (mut offered, mut rows) = (BTreeSet::new(), 0);
    for (reader, list) in readers.flat_map(|reader| lists.iter().map(move |list| (reader, list))) {
        let (kind, _) = list.split_once('?').unwrap();
        for row in newcomer.reads(reader, list).await["items"].as_array().unwrap() {
            let whole = newcomer.reads(reader, &format!("{kind}/{}", row["id"].as_str().unwrap())).await;
            assert_eq!(row["actions"], whole["actions"], "{reader} in {list}: {row}");
            offered.extend(row["actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap().to_owned()));
            rows += 1;
        }
    }
    assert!(rows > 60 && offered.len() >= 8, "{rows} rows offer {offered:?}");
}

/// SR-10, SR-92
#[tokio::test]
async fn officers_see_students_and_employers_however_they_stand() {
    let newcomer = Newcomer::starts(Options::default()).await;
    for standing in Standing::ALL {
        let school = if standing == Standing::Rejected { "office-99002" } else { "office-99001" };
        let rows = newcomer.sees(school, &format!("/v1/employers?status={}", standing.as_str())).await;
        let explained = matches!(standing, Standing::Rejected | Standing::Blocked);
        assert!(rows.iter().all(|row| row["reason"].is_string() == explained), "{rows:?}");
    }
    newcomer.sees("office-99001", "/v1/employers").await;
    for officer in ["office-99001", "teacher-99001-c01"] {
        newcomer.sees(officer, "/v1/students?graduation_year=2027").await;
    }
    for reader in ["huang", "stars-hr", "teacher-99001-c01", "office-99001", "office-99003"] {
        newcomer.sees(reader, "/v1/messages").await;
    }
}

/// SR-44, SR-10: what a first log-in has to do is there to be tried.
#[tokio::test]
async fn who_has_yet_to_register_or_to_verify_is_there_and_huang_is_unsigned() {
    let newcomer = Newcomer::starts(Options::default()).await;
    let stage = |id: &str| newcomer.stack.people().iter().find(|person| person.id == id).unwrap().stage.clone();
    let stages = ["newcomer-hr", "hr-e004", "hr-e021", "chen"].map(stage).map(Option::unwrap);
    assert_eq!(stages, ["unregistered", "registered", "review_rejected", "unverified"]);
    assert!(local::guide::text(&newcomer.stack).contains("not registered yet: register-employer"));
    let home = newcomer.reads("newcomer-hr", "/v1/home").await;
    assert_eq!(home["missing"].as_array().map(Vec::len), Some(1), "{home}");
    let letters = newcomer.sees("huang", "/v1/invitations?status=pending").await;
    assert_eq!((letters.len(), &letters[0]["employer"], &letters[0]["view_only"]), (1, &json!("武汉渡桥云软件有限公司"), &json!(false)));
    assert_eq!(newcomer.reads("huang", "/v1/agreements").await["items"], json!([]));
    let locked = newcomer.sees("s0156", "/v1/invitations?status=pending").await;
    assert!(locked.iter().all(|row| row["view_only"] == true), "{locked:?}");
}

/// Promise 5
#[tokio::test]
async fn every_audit_chain_of_the_samples_is_whole() {
    let newcomer = Newcomer::starts(Options::default()).await;
    let (mut chains, items) = (0, newcomer.items().await);
    for items in items.chunk_by(|one, other| one.key.pk == other.key.pk) {
        for aggregate in items.iter().filter(|item| item.number("seq").is_some_and(|seq| seq > 0) && item.text("head").is_some()) {
            let prefix = format!("AUDIT#{}#", aggregate.key.sk);
            let records: Vec<Item> = items.iter().filter(|item| item.key.sk.starts_with(&prefix)).cloned().collect();
            let first: Value = serde_json::from_str(records[0].text("bytes").unwrap()).unwrap();
            verify_chain(first["aggregate"].as_str().unwrap(), aggregate, &records).unwrap();
            chains += 1;
        }
    }
    assert!(chains > 40, "{chains} chains");
}

/// Promise 3: a start that is killed at any moment is gone on with by the next. What it had not written is written then; what stands
/// is left as it is.
#[tokio::test]
async fn a_start_that_was_killed_is_gone_on_with() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("samples-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&dir));
    let options = Options { data_dir: Some(dir.clone()), ..Options::default() };
    for moment in [60, 250, 500, 900] {
        // Dropping a start drops whatever it had under way, as a kill does. How far it had come does not matter.
        drop(tokio::time::timeout(Duration::from_millis(moment), Stack::start(options.clone())).await);
    }
    let newcomer = Newcomer::starts(options.clone()).await;
    let (all, audited) = newcomer.size().await;
    let whole = Newcomer::starts(Options::default()).await;
    assert_eq!((all, audited), whole.size().await);

    // The last thing that is written: without it, all is gone over again.
    let key = |value: &str| AttributeValue::S(value.to_owned());
    let marker = newcomer.stack.client().delete_item().table_name("wangqian").key("pk", key("SCHOOL#99003")).key("sk", key("SCHOOL"));
    marker.send().await.unwrap();
    newcomer.stack.shutdown().await.unwrap();
    let again = Newcomer::starts(options).await;
    assert_eq!(again.size().await, (all, audited));
    again.stack.shutdown().await.unwrap();
    local::forget(&dir).unwrap();
    std::fs::remove_dir_all(dir).unwrap();
}
