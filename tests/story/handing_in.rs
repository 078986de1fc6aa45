//! 上传: what is put where, checked, and handed in.

use crate::support::{Handed, World, put};
use files::Verdict;
use serde_json::{Value, json};

/// Corpus 18 to 20, SR-68: what is not taken is refused before it is sent, by the school's own limits.
#[tokio::test]
async fn what_is_promised_must_be_something_that_is_taken() {
    let world = World::new().await;
    let (huang, stars, office) = (world.graduate("黄河水9").await, world.employer("星光集团").await, world.school("99001"));
    let promise = |name: &str, value: Value| {
        let mut promise = Handed::pixel("stamped_agreement").promise();
        promise[name] = value;
        promise
    };
    let cases = [
        (promise("length", json!(0)), "/length", "out_of_range"),
        (promise("length", json!(10 * 1024 * 1024 + 1)), "/length", "out_of_range"),
        (promise("content_type", json!("image/gif")), "/content_type", "not_in_code_table"),
        (promise("sha256", json!("00")), "/sha256", "malformed"),
        (promise("purpose", json!("licence")), "/purpose", "not_in_code_table"),
        (promise("file_name", json!("../../etc/passwd")), "/file_name", "forbidden_character"),
        (promise("file_name", json!("a\r\nb.pdf")), "/file_name", "forbidden_character"),
        (promise("file_name", json!("\u{202e}fdp.exe")), "/file_name", "forbidden_character"),
        (promise("file_name", json!("x".repeat(101))), "/file_name", "too_long"),
    ];
    for (body, pointer, code) in cases {
        huang.post("/v1/uploads", &world.new_key(), &body).await.names_fields(&[(pointer, code)]);
    }
    let own = Handed::pixel("stamped_agreement").promise();
    stars.post("/v1/uploads", &world.new_key(), &own).await.names_fields(&[("/purpose", "not_in_code_table")]);
    office.sets(0, &json!({ "upload_types": ["pdf"], "upload_max_mib": 1 })).await.with(200);
    huang.post("/v1/uploads", &world.new_key(), &own).await.names_fields(&[("/content_type", "not_in_code_table")]);
    world.unverified_graduate("陈未验").await.post("/v1/uploads", "u1", &own).await.is_problem(403, "student_unverified");
}

/// Corpus 43: so many a day, and tomorrow again.
#[tokio::test]
async fn a_log_in_asks_for_twenty_files_a_day() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let file = Handed::pixel("stamped_agreement");
    for _ in 0..20 {
        huang.asks_to_upload(&file).await.with(201);
    }
    let refused = huang.asks_to_upload(&file).await;
    refused.is_problem(429, "uploads_used_up");
    assert_eq!(refused.headers["retry-after"], "28800", "it is four in the afternoon in Shanghai");
    world.after(28_800_000);
    huang.asks_to_upload(&file).await.with(201);
}

/// Corpus 44, 45: without a verdict on exactly this content nothing is taken; malware never is.
#[tokio::test]
async fn nothing_is_taken_without_the_scanners_verdict_on_it() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let file = Handed::pixel("stamped_agreement");
    let place = huang.asks_to_upload(&file).await.with(201);
    let id = place["id"].as_str().unwrap();
    huang.confirms(id).await.is_problem(409, "upload_missing");
    put(&world, &place, &file.bytes).await;
    let hash = domain::upload::sha256(&file.bytes);
    world.stack.scanner().say(&hash, Verdict::Pending);
    world.stack.scanner().say(&domain::upload::sha256(b"an older version"), Verdict::Clean);
    let awaited = huang.confirms(id).await;
    awaited.is_problem(503, "scan_awaited");
    assert_eq!(awaited.headers["retry-after"], "5");
    world.stack.scanner().say(&hash, Verdict::Clean);
    huang.confirms(id).await.with(200);
    let (_, refused) = {
        world.stack.scanner().say(&hash, Verdict::Infected);
        huang.hands_in(&file).await
    };
    assert_eq!(refused.is_problem(422, "upload_refused")["reason"]["code"], "infected");
}

/// Corpus 26, 45: what is kept is what was checked; a verdict on other content is worth nothing.
#[tokio::test]
async fn an_object_that_is_exchanged_is_not_what_was_checked() {
    let world = World::new().await;
    let (huang, office) = (world.graduate("黄河水9").await, world.school("99001"));
    let (file, other) = (Handed::pixel("stamped_agreement"), b"<script>alert(1)</script>");
    let place = huang.asks_to_upload(&file).await.with(201);
    put(&world, &place, &file.bytes).await;
    let id = place["id"].as_str().unwrap();
    world.stack.scanner().say(&domain::upload::sha256(&file.bytes), Verdict::Clean);
    world.stack.exchange(&format!("quarantine/{id}"), other).unwrap();
    assert_eq!(huang.confirms(id).await.is_problem(422, "upload_refused")["reason"]["code"], "size_mismatch");
    let changed: Vec<u8> = file.bytes.iter().rev().copied().collect();
    let place = huang.asks_to_upload(&file).await.with(201);
    put(&world, &place, &file.bytes).await;
    world.stack.exchange(&format!("quarantine/{}", place["id"].as_str().unwrap()), &changed).unwrap();
    let refused = huang.confirms(place["id"].as_str().unwrap()).await.is_problem(422, "upload_refused");
    assert_eq!(refused["reason"]["code"], "checksum_mismatch");

    let agreement = huang.draws_up().await;
    office.reviews_text(&agreement, 1, "pass", None).await.with(200);
    let scan = huang.uploads("stamped_agreement").await;
    world.stack.exchange(&format!("quarantine/{scan}"), other).unwrap();
    huang.returns_these(&agreement, 2, &[&scan]).await.with(200);
    let view = office.get(&format!("/v1/uploads/{scan}")).await.with(200);
    let fetched = world.fetches(view["url"].as_str().unwrap()).await;
    assert!(fetched.status == 200 && fetched.text.contains("IHDR"), "{}", fetched.text);
}

/// Corpus 38, S-39: what is refused is refused with its reason, in both languages, for good: it is checked once.
#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused_for_good() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let cases: [(&[u8], &str, &str); 3] = [
        (b"<!doctype html><script>alert(1)</script>", "image/jpeg", "wrong_kind"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "image/jpeg", "wrong_kind"),
        (br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "application/pdf", "infected"),
    ];
    for (bytes, content_type, reason) in cases {
        let file = Handed { purpose: "stamped_agreement", file_name: "scan.jpg".to_owned(), content_type, bytes: bytes.to_vec() };
        let place = huang.asks_to_upload(&file).await.with(201);
        assert_eq!(put(&world, &place, &file.bytes).await.status, 200);
        let id = place["id"].as_str().unwrap();
        let refused = huang.confirms(id).await.is_problem(422, "upload_refused");
        assert_eq!(refused["reason"]["code"], reason);
        assert!(refused["reason"]["detail"].is_string() && refused["reason"]["detail_en"].is_string(), "{refused}");
        let read = huang.get(&format!("/v1/uploads/{id}")).await.with(200);
        assert_eq!((&read["stage_label"], &read["reason"], &read["actions"]), (&json!("检查未通过"), &refused["reason"], &json!([])));
        world.stack.exchange(&format!("quarantine/{id}"), &Handed::pixel("stamped_agreement").bytes).unwrap();
        let before = world.dump().await;
        assert_eq!(huang.confirms(id).await.is_problem(422, "upload_refused")["reason"]["code"], reason);
        assert_eq!(world.dump().await, before);
    }
}

/// A day is enough to confirm.
#[tokio::test]
async fn an_upload_that_nobody_confirms_lapses_after_a_day() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let file = Handed::pixel("stamped_agreement");
    let place = huang.asks_to_upload(&file).await.with(201);
    put(&world, &place, &file.bytes).await;
    world.after(24 * 60 * 60 * 1000 - 1);
    let path = format!("/v1/uploads/{}", place["id"].as_str().unwrap());
    let read = huang.get(&path).await.with(200);
    assert_eq!((&read["effective_stage"], &read["actions"]), (&json!("requested"), &json!(["confirm-upload"])));
    world.after(1);
    let read = huang.get(&path).await.with(200);
    assert_eq!((&read["stage"], &read["effective_stage"], &read["actions"]), (&json!("requested"), &json!("lapsed"), &json!([])));
    huang.confirms(place["id"].as_str().unwrap()).await.is_problem(410, "upload_late");
}

/// Corpus 26, 27, 29: only one's own clean file, of the right purpose, and each once.
#[tokio::test]
async fn a_file_is_handed_in_once_by_its_owner_for_what_it_is() {
    let world = World::new().await;
    let (huang, li, office) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.school("99001"));
    let agreement = huang.draws_up().await;
    office.reviews_text(&agreement, 1, "pass", None).await.with(200);
    let theirs = li.uploads("stamped_agreement").await;
    let proof = huang.uploads("termination_proof").await;
    let raw = huang.asks_to_upload(&Handed::pixel("stamped_agreement")).await.text_of("id");
    for wrong in [theirs.as_str(), &proof, &raw, "u00000000000000000000"] {
        huang.returns_these(&agreement, 2, &[wrong]).await.names_fields(&[("/upload_ids/0", "unusable_file")]);
    }
    for malformed in ["../clean/x", "u%2e%2e", "quarantine/u1", "u\u{202e}"] {
        huang.returns_these(&agreement, 2, &[malformed]).await.names_fields(&[("/upload_ids/0", "malformed")]);
    }
    huang.returns_these(&agreement, 2, &[]).await.names_fields(&[("/upload_ids", "missing")]);
    let scan = huang.uploads("stamped_agreement").await;
    huang.returns_these(&agreement, 2, &[&scan]).await.with(200);
    office.decides(&agreement, &json!({ "decision": "fail", "version": 3, "reason": "印章不清晰" })).await.with(200);
    huang.returns_these(&agreement, 4, &[&scan]).await.names_fields(&[("/upload_ids/0", "unusable_file")]);
    li.confirms(&scan).await.is_problem(404, "not_found");
    li.get(&format!("/v1/uploads/{scan}")).await.is_problem(404, "not_found");
}

/// Corpus 30, domain 5.1: a file is fetched as a download under its own name, by its owner and by the officers of what it is for.
#[tokio::test]
async fn a_file_is_downloaded_by_its_owner_and_by_the_officers_concerned() {
    let world = World::new().await;
    let (huang, office, teacher) = (world.graduate("黄河水9").await, world.school("99001"), world.college("99001", "c01"));
    let agreement = huang.draws_up().await;
    office.reviews_text(&agreement, 1, "pass", None).await.with(200);
    let mut file = Handed::pixel("stamped_agreement");
    file.file_name = "盖章\"协议书;😀.bat".to_owned();
    let (scan, confirmed) = huang.hands_in(&file).await;
    let kept = confirmed.with(200);
    assert_eq!((&kept["stage_label"], &kept["id"]), (&json!("检查通过"), &json!(scan)));
    let path = format!("/v1/uploads/{scan}");
    office.get(&path).await.is_problem(404, "not_found");
    huang.returns_these(&agreement, 2, &[&scan]).await.with(200);
    for reader in [huang.get(&path).await, office.get(&path).await, teacher.get(&path).await] {
        let view = reader.with(200);
        assert_eq!((&view["stage_label"], &view["file"]["file_name"]), (&json!("已提交"), &json!("盖章\"协议书;😀.png")));
        assert_eq!(view["file"]["sha256"], kept["sha256"]);
        let fetched = world.fetches(view["url"].as_str().unwrap()).await;
        assert_eq!(fetched.status, 200);
        let disposition = fetched.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"file.png\"; filename*=UTF-8''%E7%9B%96"), "{disposition}");
        assert_eq!(fetched.headers["content-type"], "image/png");
        assert_eq!(fetched.headers["x-content-type-options"], "nosniff");
        assert_eq!(fetched.headers["content-security-policy"], "sandbox; default-src 'none'");
    }
    for stranger in [world.college("99001", "c02"), world.school("99002")] {
        stranger.get(&path).await.is_problem(404, "not_found");
    }
    // Confirmed again, it is answered alike.
    assert_eq!(huang.confirms(&scan).await.with(200)["sha256"], kept["sha256"]);
}
