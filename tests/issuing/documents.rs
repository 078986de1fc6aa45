//! Documents through the API: each is drawn once, kept, and handed out to those whose it is.

use crate::documents::reading::read;
use crate::support::{World, offline_text};
use domain::upload::sha256;
use serde_json::{Value, json};

/// A document that was answered, fetched: the answer, and the file.
async fn fetched(world: &World, answer: Value) -> (Value, Vec<u8>) {
    let file = world.fetches(answer["url"].as_str().unwrap_or_else(|| panic!("{answer}"))).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert_eq!(sha256(&file.bytes), answer["sha256"], "{answer}");
    assert_eq!(answer["expires_in_s"], 300);
    (answer, file.bytes)
}

fn says(bytes: &[u8], words: &[&str]) {
    let text = read(bytes).text();
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for word in words {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(flat.contains(&word), "{word} in {text}");
    }
}

fn keeps_back(bytes: &[u8], words: &[&str]) {
    let text = read(bytes).text();
    for word in words {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

/// SR-31, SR-47, SR-54, A-3: the letter, the copy that waits for certification, the agreement that counts.
#[tokio::test]
async fn a_signing_leaves_the_letter_the_uncertified_copy_and_the_certified_agreement() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let path = format!("/v1/invitations/{}/letter", letter.id);
    let (first, mine) = fetched(&world, huang.get(&path).await.with(200)).await;
    says(&mine, &["邀请函", "星光集团", "黄河水9 同学", "软件开发工程师"]);
    let (again, _) = fetched(&world, huang.get(&path).await.with(200)).await;
    assert_eq!(again["sha256"], first["sha256"], "the same letter gives the same file");
    let (_, theirs) = fetched(&world, stars.get(&path).await.with(200)).await;
    keeps_back(&theirs, &["黄河水9"]);

    let agreement = huang.signs(&letter).await;
    let path = format!("/v1/agreements/{agreement}/document");
    huang.get(&path).await.is_problem(503, "document_awaited");
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&read["documents"][0]["kind"], &read["documents"][0]["sha256"]), (&json!("uncertified"), &json!(null)));
    world.settles().await;
    for answer in [huang.get(&path).await, stars.get(&path).await, office.get(&path).await] {
        let (answer, copy) = fetched(&world, answer.with(200)).await;
        assert_eq!((&answer["kind"], &answer["label"]), (&json!("uncertified"), &json!("协议书（待鉴证）")));
        says(&copy, &["待鉴证", "黄河水9", "星光集团", &huang.student.resident_id.mask]);
        keeps_back(&copy, &[huang.resident_id.expose()]);
    }
    huang.get(&format!("{path}?kind=final")).await.is_problem(404, "not_found");

    office.passes(&agreement).await.with(200);
    world.settles().await;
    let number = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["certification"]["number"].clone();
    let number = number.as_str().unwrap();
    let (answer, certified) = fetched(&world, huang.get(&path).await.with(200)).await;
    assert_eq!((&answer["kind"], &answer["file_name"]), (&json!("final"), &json!(format!("电子协议书-{number}.pdf"))));
    says(&certified, &[number, "签约鉴证通过", "黄河水9", huang.resident_id.expose()]);
    let (other, _) = fetched(&world, stars.get(&format!("{path}?kind=final")).await.with(200)).await;
    assert_eq!(other["sha256"], answer["sha256"], "both parties hold the same file");
    let read = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    let kinds: Vec<_> = read["documents"].as_array().unwrap().iter().map(|document| document["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["uncertified", "final"]);
    assert_eq!(read["documents"][1]["sha256"], answer["sha256"]);
    assert!(read["process"].as_array().unwrap().iter().all(|entry| entry["event"] != "document_issued"), "{read}");
    huang.get(&format!("{path}?kind=termination_letter")).await.is_problem(422, "invalid_fields");
}

/// A decision holds though a document was recorded since it was read: only the version counts (architecture 5).
#[tokio::test]
async fn a_document_that_is_drawn_meanwhile_makes_no_decision_stale() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let seen = office.get(&format!("/v1/agreements/{agreement}")).await.with(200)["version"].clone();
    world.settles().await;
    let now = office.get(&format!("/v1/agreements/{agreement}")).await.with(200);
    assert_eq!((&now["version"], now["documents"][0]["sha256"].is_string()), (&seen, true));
    office.decides(&agreement, &json!({ "decision": "pass", "version": seen })).await.with(200);
}

/// 解约函, for both parties and the officers, once the termination is certified.
#[tokio::test]
async fn a_certified_termination_leaves_its_letter() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    let refused = huang.ends(&agreement).await;
    stars.refuses_to_end(&refused, "希望继续履行").await.with(200);
    let termination = world.dissolved(&stars, &huang, &agreement).await;
    world.settles().await;
    let path = format!("/v1/terminations/{termination}/letter");
    for answer in [huang.get(&path).await, stars.get(&path).await, office.get(&path).await] {
        let (answer, letter) = fetched(&world, answer.with(200)).await;
        assert_eq!((&answer["kind"], &answer["label"]), (&json!("termination_letter"), &json!("解约函")));
        says(&letter, &["解约函", "黄河水9", "星光集团", "继续深造", "已被录取为硕士研究生"]);
        keeps_back(&letter, &[huang.student.mobile.mask.as_str()]);
    }
    huang.get(&format!("/v1/terminations/{refused}/letter")).await.is_problem(404, "not_found");
    // The certified agreement stays what it was.
    let (answer, _) = fetched(&world, huang.get(&format!("/v1/agreements/{agreement}/document")).await.with(200)).await;
    assert_eq!(answer["kind"], "final");
    world.graduate("白云飞1").await.get(&path).await.is_problem(404, "not_found");
}

/// SR-65, SR-66: previewed as it will be printed; printed with its number once it is generated.
#[tokio::test]
async fn an_agreement_on_paper_is_previewed_and_printed() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    huang.saves(&offline_text()).await.with(200);
    let preview = huang.previews().await.with(200);
    let (document, drawn) = fetched(&world, preview["document"].clone()).await;
    says(&drawn, &["预览", "江城建筑设计院", "黄河水9", "建筑设计师"]);
    assert_eq!(huang.previews().await.with(200)["document"]["sha256"], document["sha256"], "until something is entered");
    let agreement = huang.draws_up().await;
    world.settles().await;
    // What is to be printed is released when its review has passed (F3).
    huang.get(&format!("/v1/agreements/{agreement}/document")).await.is_problem(404, "not_found");
    world.school("99001").get(&format!("/v1/agreements/{agreement}/document")).await.with(200);
    world.college("99001", "c01").reviews_text(&agreement, 1, "pass", None).await.with(200);
    let (answer, printed) = fetched(&world, huang.get(&format!("/v1/agreements/{agreement}/document")).await.with(200)).await;
    assert_eq!(answer["kind"], "printable");
    let number = huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["printed_number"].clone();
    says(&printed, &[number.as_str().unwrap(), "签字盖章", "江城建筑设计院"]);
}

/// Domain 5.1: who keeps no contact of a graduate gets no document either.
#[tokio::test]
async fn an_employer_whose_signing_came_to_nothing_gets_no_document_of_its_graduate() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    world.settles().await;
    let path = format!("/v1/agreements/{agreement}/document");
    stars.get(&path).await.with(200);
    office.fails(&agreement, "单位信息有误").await.with(200);
    stars.get(&path).await.is_problem(404, "not_found");
    assert_eq!(stars.get(&format!("/v1/agreements/{agreement}")).await.with(200)["documents"], json!([]));
    huang.get(&path).await.with(200);
    stars.get(&format!("/v1/agreements/{agreement}/certificate")).await.is_problem(404, "not_found");
    world.employer("大桥公司").await.get(&path).await.is_problem(404, "not_found");
    world.college("99001", "c02").get(&path).await.is_problem(404, "not_found");
}

/// A character that the typeface lacks is refused where it is entered: a box in a document is no text.
#[tokio::test]
async fn what_no_document_can_show_is_refused_where_it_is_entered() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let reference = stars.lists(&huang).await;
    let mut letter = crate::support::letter();
    letter["position"] = json!("工程师🚀");
    let refused = stars.post("/v1/invitations", "i1", &json!({ "student_refs": [reference], "letter": letter })).await;
    refused.names_fields(&[("/letter/position", "unprintable")]);
    assert!(refused.text.contains("字库没有「🚀」"), "{}", refused.text);
    huang.saves(&json!({ "employer": { "name": "江城\u{2FFFD}院" } })).await.names_fields(&[("/employer/name", "unprintable")]);
    // An officer whose name cannot be shown decides all the same; the office stands for the officer.
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let claims = json!({ "sub": "office-9", "role": "school", "school": "99001", "name": "王老师🚀" });
    let body = json!({ "decision": "pass", "version": 1 });
    let path = format!("/v1/agreements/{agreement}/certification");
    world.request(&world.token(&claims), ::http::Method::POST, &path, Some("c1"), Some(&body)).await.with(200);
    world.settles().await;
    let (_, certified) = fetched(&world, office.get(&format!("/v1/agreements/{agreement}/document")).await.with(200)).await;
    says(&certified, &["签约鉴证通过"]);
}

/// An officer has corrected a field before what was to be printed was drawn: it is given up, and nothing else is drawn in its place.
#[tokio::test]
async fn what_is_no_longer_known_is_not_drawn() {
    let world = World::new().await;
    let (huang, teacher) = (world.graduate("黄河水9").await, world.college("99001", "c01"));
    let agreement = huang.draws_up().await;
    teacher.reviews_text(&agreement, 1, "pass", None).await.with(200);
    huang.returns(&agreement, 2).await.with(200);
    let starred = json!({ "nature": "10", "industry": "34", "region": "420111" });
    teacher.decides(&agreement, &json!({ "decision": "pass", "version": 3, "employer": starred })).await.with(200);
    world.settles().await;
    let path = format!("/v1/agreements/{agreement}/document");
    huang.get(&format!("{path}?kind=printable")).await.is_problem(404, "not_found");
    let (answer, _) = fetched(&world, huang.get(&path).await.with(200)).await;
    assert_eq!(answer["kind"], "final");
    world.after(10 * 60 * 1000);
    assert_eq!(world.minute_strikes().await, 0, "nothing is owed any more");
}
