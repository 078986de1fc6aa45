//! 核验 by strangers, and the evidence that they and the parties take home.

use crate::support::{Answer, World};
use ::http::Method;
use domain::policy::{CertificationLevel, Policy};
use domain::values::SchoolId;
use evidence::{Bundle, PublicKey};
use serde_json::{Value, json};
use store::roster::Entry;

impl World {
    /// A stranger asks for a code or a number.
    async fn verifies(&self, name: &str) -> Answer {
        self.http.send(Method::GET, &format!("/v1/verify/{name}"), &[], "").await
    }
}

/// The code that the documents of an agreement bear.
fn code(world: &World, agreement: &str) -> String {
    let id = domain::values::AgreementId::parse(agreement).unwrap();
    world.stack.vault().verification_code(&id).to_string()
}

/// Where the certified agreement lies in the bucket.
async fn place(world: &World, agreement: &str) -> String {
    let items = world.dump().await;
    let (_, item) = items.iter().find(|((pk, sk), _)| pk.ends_with(&agreement[7..]) && sk == "DOCUMENT#final").unwrap();
    let issued: Value = serde_json::from_str(&item["issued"]).unwrap();
    format!("documents/{agreement}/final-{}.pdf", issued["sha256"].as_str().unwrap())
}

/// By code and by number: where it stands, between whom by their masks, and that all is as it was issued.
#[tokio::test]
async fn a_stranger_verifies_by_code_or_number_and_learns_no_more_than_the_paper_shows() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光智能装备集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let number = read["certification"]["number"].as_str().unwrap().to_owned();
    let (code, typed) = (code(&world, &agreement), code(&world, &agreement).to_lowercase());
    for name in [number.as_str(), &code, &typed] {
        let answer = world.verifies(name).await;
        let told = answer.with(200);
        assert_eq!((&told["stage_label"], &told["in_force"], &told["intact"]), (&json!("签约鉴证通过"), &json!(true), &json!(true)));
        assert_eq!(
            (&told["masked_student"], &told["masked_employer"], &told["school"]),
            (&json!("黄*9"), &json!("星光****集团"), &json!("江城大学"))
        );
        assert_eq!(told["documents"].as_array().unwrap().len(), 1, "the copy that was not certified bears no code");
        assert_eq!((&told["documents"][0]["sha256"], &told["documents"][0]["file"]), (&read["documents"][1]["sha256"], &json!("intact")));
        let secrets = ["黄河水9", "星光智能装备集团", "student-", "hr-", "office-", "计算机", huang.resident_id.expose()];
        assert!(secrets.iter().all(|secret| !answer.text.contains(secret)), "{}", answer.text);
    }
    world.dissolved(&stars, &huang, &agreement).await;
    world.settles().await;
    let told = world.verifies(&code).await.with(200);
    assert_eq!((&told["stage_label"], &told["in_force"]), (&json!("已解约"), &json!(false)));
    assert_eq!(told["documents"][1]["label"], "解约函");
}

/// What is not there, was never issued, or has no form, looks alike.
#[tokio::test]
async fn what_cannot_be_verified_looks_alike() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    world.settles().await;
    let unknown = world.verifies("99001-2027-999999").await.but_request_id();
    for name in [code(&world, &agreement), "0".repeat(26), "nonsense".to_owned(), agreement.clone(), letter.id.clone()] {
        let answer = world.verifies(&name).await;
        answer.is_problem(404, "not_found");
        assert_eq!(answer.but_request_id(), unknown, "{name}");
    }
}

/// Numbers follow each other: who asks for all of them is stopped, and codes still answer.
#[tokio::test]
async fn whoever_asks_for_many_numbers_is_stopped_for_an_hour() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    for serial in 0..60 {
        let status = world.verifies(&format!("99001-2027-{serial:06}")).await.status;
        assert!([200, 404].contains(&status), "{serial}: {status}");
    }
    let stopped = world.verifies("99001-2027-000001").await;
    stopped.is_problem(429, "verifications_used_up");
    assert_eq!(stopped.headers["retry-after"], "3600", "until the next hour of the clock");
    world.verifies(&code(&world, &agreement)).await.with(200);
    world.verifies(&"0".repeat(26)).await.is_problem(429, "verifications_used_up");
    world.after(61 * 60 * 1000);
    world.verifies("99001-2027-000001").await.with(200);
}

/// S-29: one byte of the file, and the stranger is told.
#[tokio::test]
async fn an_altered_or_missing_file_is_told_by_number() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    let answer = huang.get(&format!("/v1/agreements/{agreement}/document")).await.with(200);
    let mut bytes = world.fetches(answer["url"].as_str().unwrap()).await.bytes;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let place = place(&world, &agreement).await;
    world.stack.exchange(&place, &bytes).unwrap();
    let number = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["certification"]["number"].clone();
    let told = world.verifies(number.as_str().unwrap()).await.with(200);
    assert_eq!((&told["intact"], &told["documents"][0]["file"]), (&json!(false), &json!("altered")));
    bytes[middle] ^= 1;
    bytes.push(0);
    world.stack.exchange(&place, &bytes).unwrap();
    assert_eq!(world.verifies(number.as_str().unwrap()).await.with(200)["documents"][0]["file"], "altered");
}

/// Whoever writes to table and bucket can exchange a file with its record beside the agreement; the chain says which was issued.
#[tokio::test]
async fn a_document_that_the_chain_does_not_know_is_told() {
    let world = World::new().await;
    let (stars, huang, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let (agreement, other) = (world.signed(&stars, &huang).await, world.signed(&stars, &li).await);
    world.settles().await;
    let (mine, theirs) = (code(&world, &agreement), code(&world, &other));
    assert_eq!(world.verifies(&mine).await.with(200)["intact"], true);
    let key = |id: &str, sk: &str| (format!("SCHOOL#99001#SIGNING#{}", &id[7..]), sk.to_owned());
    let issued = world.dump().await[&key(&agreement, "DOCUMENT#final")]["issued"].clone();
    let sha256 = domain::upload::sha256(b"forged");
    let mut forged: Value = serde_json::from_str(&issued).unwrap();
    (forged["sha256"], forged["length"]) = (json!(sha256), json!(6));
    world.breaks(&key(&agreement, "DOCUMENT#final"), "issued", &forged.to_string()).await;
    world.stack.exchange(&format!("documents/{agreement}/final-{sha256}.pdf"), b"forged").unwrap();
    let told = world.verifies(&mine).await.with(200);
    assert_eq!((&told["documents"][0]["file"], &told["intact"]), (&json!("intact"), &json!(false)));
    world.breaks(&key(&agreement, "DOCUMENT#final"), "issued", &issued).await;
    assert_eq!(world.verifies(&mine).await.with(200)["intact"], true);
    // A code that leads to another's agreement is not that agreement's.
    let alias = ("VERIFICATION#".to_owned() + &mine, "VERIFICATION".to_owned());
    world.breaks(&alias, "data", &json!(other).to_string()).await;
    assert_eq!(world.verifies(&mine).await.with(200)["intact"], false);
    assert_eq!(world.verifies(&theirs).await.with(200)["intact"], true);
}

/// What the school tells the college when it returns a signing is between the two, in evidence too.
#[tokio::test]
async fn a_partys_bundle_keeps_what_is_between_school_and_college() {
    let world = World::new().await;
    let levels = Policy { certification_level: CertificationLevel::CollegeThenSchool, ..Policy::default() };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99001").unwrap(), levels)]).await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (college, school) = (world.college("99001", "c01"), world.school("99001"));
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    for (version, officer, decision) in [(1, &college, "pass"), (2, &school, "return"), (3, &college, "pass"), (4, &school, "pass")] {
        officer.decides(&agreement, &json!({ "decision": decision, "version": version, "reason": "请核对专业" })).await.with(200);
    }
    world.settles().await;
    let path = format!("/v1/agreements/{agreement}/certificate");
    for (answer, is_told) in [(huang.get(&path).await, false), (stars.get(&path).await, false), (school.get(&path).await, true)] {
        let answer = answer.with(200);
        let text = world.fetches(answer["bundle"]["url"].as_str().unwrap()).await.text;
        assert_eq!(text.contains("请核对专业"), is_told, "{text}");
        let verdict = Bundle::read(text.as_bytes()).unwrap().verify(None, &[]).unwrap();
        assert_eq!((verdict.complete, verdict.records), (is_told, 7));
    }
}

/// A record that was changed in the table, and the stranger is told.
#[tokio::test]
async fn an_agreement_that_is_not_as_its_chain_left_it_is_told() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    let code = code(&world, &agreement);
    assert_eq!(world.verifies(&code).await.with(200)["intact"], true);
    let key = (format!("SCHOOL#99001#SIGNING#{}", &agreement[7..]), "AGREEMENT".to_owned());
    let data = world.dump().await[&key]["data"].replace("1000000", "1000001");
    world.breaks(&key, "data", &data).await;
    assert_eq!(world.verifies(&code).await.with(200)["intact"], false);
}

/// A chain that was made whole again behind a change does not say what was sealed.
#[tokio::test]
async fn a_chain_that_was_rewritten_is_told_once_its_hour_is_sealed() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    let (code, place) = (code(&world, &agreement), format!("SCHOOL#99001#SIGNING#{}", &agreement[7..]));
    world.passes(2 * 60 * 60 * 1000).await;
    assert_eq!(world.verifies(&code).await.with(200)["intact"], true);
    let (dump, mut prev) = (world.dump().await, evidence::chain::genesis(&agreement));
    for seq in 1..=4 {
        let key = (place.clone(), format!("AUDIT#AGREEMENT#{seq:08}"));
        let mut said: Value = serde_json::from_str(&dump[&key]["bytes"]).unwrap();
        said["prev"] = json!(prev);
        if seq == 1 {
            said["request_id"] = json!("another");
        }
        prev = evidence::chain::link(&said.to_string(), &prev);
        world.breaks(&key, "bytes", &said.to_string()).await;
        world.breaks(&key, "hash", &prev).await;
    }
    world.breaks(&(place, "AGREEMENT".to_owned()), "head", &prev).await;
    assert_eq!(world.verifies(&code).await.with(200)["intact"], false);
    huang.get(&format!("/v1/agreements/{agreement}/certificate")).await.is_problem(500, "internal");
}

/// 存证证明: the whole story with its hashes, and a bundle that is checked without us, before it is sealed and after.
#[tokio::test]
async fn the_parties_take_home_a_certificate_and_a_bundle_that_stand_without_us() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    world.settles().await;
    let path = format!("/v1/agreements/{agreement}/certificate");
    let file =
        world.fetches(huang.get(&format!("/v1/agreements/{agreement}/document")).await.with(200)["url"].as_str().unwrap()).await.bytes;
    let trusted = [PublicKey::parse(evidence::Signer::public_key(&world.stack.deps().signer)).unwrap()];
    let bundle = async |answer: Answer| {
        let answer = answer.with(200);
        let certificate = world.fetches(answer["certificate"]["url"].as_str().unwrap()).await;
        assert!(certificate.bytes.starts_with(b"%PDF"), "{answer}");
        Bundle::read(&world.fetches(answer["bundle"]["url"].as_str().unwrap()).await.bytes).unwrap()
    };
    let fresh = bundle(huang.get(&path).await).await;
    assert_eq!(fresh.verify(Some(&file), &trusted).unwrap().unsealed, [1, 2, 3, 4]);
    world.passes(2 * 60 * 60 * 1000).await;
    for answer in [huang.get(&path).await, stars.get(&path).await, office.get(&path).await] {
        let verdict = bundle(answer).await.verify(Some(&file), &trusted).unwrap();
        assert_eq!((verdict.complete, verdict.vouched, verdict.unsealed), (true, true, Vec::new()));
        assert!(verdict.document.unwrap().compared);
    }
    // A stranger's proof shows the record of the document alone.
    let told = world.verifies(&code(&world, &agreement)).await.with(200);
    let public = Bundle::read(told["bundle"].to_string().as_bytes()).unwrap();
    let verdict = public.verify(Some(&file), &trusted).unwrap();
    assert_eq!(
        (verdict.complete, public.records.len(), verdict.unsealed),
        (false, 1, Vec::new()),
        "the copy that bears no code is not shown"
    );
    let copy = huang.get(&format!("/v1/agreements/{agreement}/document?kind=uncertified")).await.with(200);
    let copy = world.fetches(copy["url"].as_str().unwrap()).await.bytes;
    let whole = bundle(huang.get(&path).await).await;
    let verdict = whole.for_file(&copy).verify(Some(&copy), &trusted).unwrap();
    assert_eq!(verdict.document.unwrap().document.kind, "uncertified", "a bundle proves all that was issued");
    let mut altered = file.clone();
    altered[100] ^= 1;
    assert!(public.verify(Some(&altered), &trusted).is_err());
    world.graduate("白云飞1").await.get(&path).await.is_problem(404, "not_found");
}
