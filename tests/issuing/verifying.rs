//! 核验 by strangers, and the evidence that they and the parties take home.

use crate::support::{Answer, World};
use ::http::Method;
use evidence::{Bundle, PublicKey};
use serde_json::{Value, json};

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
    world.stack.settle(None).await.unwrap();
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let number = read["certification"]["number"].as_str().unwrap().to_owned();
    let (code, typed) = (code(&world, &agreement), code(&world, &agreement).to_lowercase());
    for name in [number.as_str(), &code, &typed] {
        let answer = world.verifies(name).await;
        let told = answer.with(200);
        assert_eq!((&told["stage_label"], &told["in_force"], &told["intact"]), (&json!("签约鉴证通过"), &json!(true), &json!(true)));
        assert_eq!((&told["masked_student"], &told["masked_employer"], &told["school"]), (
            &json!("黄*9"),
            &json!("星光****集团"),
            &json!("江城大学")
        ));
        assert_eq!(told["documents"].as_array().unwrap().len(), 1, "the copy that was not certified bears no code");
        assert_eq!((&told["documents"][0]["sha256"], &told["documents"][0]["file"]), (&read["documents"][1]["sha256"], &json!("intact")));
        let secrets = ["黄河水9", "星光智能装备集团", "student-", "hr-", "office-", "199", "计算机"];
        assert!(secrets.iter().all(|secret| !answer.text.contains(secret)), "{}", answer.text);
    }
    world.dissolved(&stars, &huang, &agreement).await;
    world.stack.settle(None).await.unwrap();
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
    world.stack.settle(None).await.unwrap();
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
    world.stack.settle(None).await.unwrap();
    for serial in 0..60 {
        let status = world.verifies(&format!("99001-2027-{serial:06}")).await.status;
        assert!([200, 404].contains(&status), "{serial}: {status}");
    }
    let stopped = world.verifies("99001-2027-000001").await;
    stopped.is_problem(429, "verifications_used_up");
    assert_eq!(stopped.headers["retry-after"], "3600");
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
    world.stack.settle(None).await.unwrap();
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

/// A record that was changed in the table, and the stranger is told.
#[tokio::test]
async fn an_agreement_that_is_not_as_its_chain_left_it_is_told() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    world.stack.settle(None).await.unwrap();
    let code = code(&world, &agreement);
    assert_eq!(world.verifies(&code).await.with(200)["intact"], true);
    let key = (format!("SCHOOL#99001#SIGNING#{}", &agreement[7..]), "AGREEMENT".to_owned());
    let data = world.dump().await[&key]["data"].replace("1000000", "1000001");
    world.breaks(&key, "data", &data).await;
    assert_eq!(world.verifies(&code).await.with(200)["intact"], false);
}

/// 存证证明: the whole story with its hashes, and a bundle that is checked without us, before it is sealed and after.
#[tokio::test]
async fn the_parties_take_home_a_certificate_and_a_bundle_that_stand_without_us() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    world.stack.settle(None).await.unwrap();
    let path = format!("/v1/agreements/{agreement}/certificate");
    let file = world.fetches(huang.get(&format!("/v1/agreements/{agreement}/document")).await.with(200)["url"].as_str().unwrap()).await.bytes;
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
    assert_eq!((verdict.complete, public.records.len(), verdict.unsealed), (false, 2, Vec::new()));
    let mut altered = file.clone();
    altered[100] ^= 1;
    assert!(public.verify(Some(&altered), &trusted).is_err());
    world.graduate("白云飞1").await.get(&path).await.is_problem(404, "not_found");
}
