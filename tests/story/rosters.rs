//! 学生名册: the school's officers read and correct it.

use crate::support::World;
use serde_json::json;

/// Domain 2.8, invariant 9; 5.1: own scope, by student number, numbers masked.
#[tokio::test]
async fn officers_see_the_roster_of_their_school_or_college_with_numbers_masked() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    world.graduate_of("99001", "c02", "李晓雨").await;
    world.graduate_of("99002", "c01", "周明").await;
    let list = world.school("99001").get("/v1/students?graduation_year=2027").await;
    assert_eq!(list.column("name"), ["黄河水9", "李晓雨"]);
    for personal in [huang.resident_id.expose(), huang.mobile.expose()] {
        assert!(!list.text.contains(personal), "{}", list.text);
    }
    let row = list.with(200)["items"][0].clone();
    assert_eq!((&row["masked_resident_id"], &row["stage_label"]), (&json!(huang.resident_id.masked()), &json!("已验证")));
    assert_eq!(row["actions"], json!(["correct-student"]));
    let college = world.college("99001", "c02").get("/v1/students?graduation_year=2027").await;
    assert_eq!(college.column("name"), ["李晓雨"]);
    assert_eq!(college.with(200)["items"][0]["actions"], json!([]));
    let number = huang.student.student_number.as_str();
    assert_eq!(world.school("99001").get(&format!("/v1/students?graduation_year=2027届&student_number={number}")).await.status, 200);
    assert_eq!(world.school("99001").get("/v1/students?graduation_year=2026").await.column("name"), Vec::<String>::new());
    let missing = world.school("99001").get("/v1/students").await.is_problem(422, "invalid_fields");
    assert_eq!((&missing["errors"][0]["parameter"], &missing["errors"][0]["code"]), (&json!("graduation_year"), &json!("missing")));
}

/// A-11, domain 3.3: corrections leave open letters and agreements with what they say, and with the college that had them.
#[tokio::test]
async fn a_corrected_record_leaves_open_signings_as_they_were_and_where_they_were() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let (read, path) = (stars.reads(&letter).await, format!("/v1/agreements/{agreement}"));
    let before = office.get(&path).await.with(200);
    let change = json!({ "college": "c02", "name": "黄河", "major": "英语" });
    office.corrects(huang.student.id.as_str(), 1, &change).await.with(200);
    assert_eq!(stars.reads(&letter).await.text, read.text);
    assert_eq!(office.get(&path).await.with(200), before);
    assert_eq!(world.college("99001", "c02").get(&path).await.status, 404);
    world.college("99001", "c01").passes(&agreement).await.with(200);
    let moved = world.college("99001", "c02").get("/v1/students?graduation_year=2027").await;
    assert_eq!((moved.column("name"), moved.column("major")), (vec!["黄河".to_owned()], vec!["英语".to_owned()]));
    let told = huang.get("/v1/messages").await.column("kind");
    assert!(told.contains(&"student_corrected".to_owned()), "{told:?}");
}

/// SR-19: whoever is corrected is found by what is right now, and no longer by what was wrong.
#[tokio::test]
async fn a_corrected_graduate_is_found_by_the_new_facts_alone() {
    let world = World::new().await;
    let (stars, huang, office) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.school("99001"));
    let before = stars.finds(&huang).await;
    let (number, mobile) = (new_number(&world), "19912345678");
    let change = json!({ "name": "黄长江", "resident_id": number, "mobile": mobile });
    office.corrects(huang.student.id.as_str(), 1, &change).await.with(200);
    stars.finds(&huang).await.is_problem(404, "not_found");
    for now in [&number, mobile] {
        let facts = json!({ "school": "99001", "graduation_year": 2027, "name": "黄长江", "id_or_mobile": now });
        assert_eq!(stars.searches(&facts).await.text_of("student_ref"), before.text_of("student_ref"));
    }
    let letter = stars.invites_ref(&before.text_of("student_ref")).await;
    huang.signs(&letter).await;
}

fn new_number(world: &World) -> String {
    crate::support::resident_id(world.next()).expose().to_owned()
}

/// Architecture 5: a document number is one natural person's.
#[tokio::test]
async fn a_number_that_is_another_persons_is_refused_and_nothing_changes() {
    let world = World::new().await;
    let (huang, li, office) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.school("99001"));
    let before = world.dump().await;
    let change = json!({ "resident_id": li.resident_id.expose() });
    office.corrects(huang.student.id.as_str(), 1, &change).await.is_problem(409, "number_taken");
    assert_eq!(world.dump().await, before);
    let number = new_number(&world);
    office.corrects(huang.student.id.as_str(), 1, &json!({ "resident_id": number })).await.with(200);
    let old = json!({ "resident_id": huang.resident_id.expose() });
    office.corrects(li.student.id.as_str(), 1, &old).await.with(200);
}

/// Architecture 5: of a person with two records, a number that none of them carries any more is free again.
#[tokio::test]
async fn a_number_that_was_a_slip_is_free_again_though_the_person_has_another_record() {
    let world = World::new().await;
    let (huang, li, office) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.school("99001"));
    world.second_record(&huang, "99002").await;
    let (slip, right) = (new_number(&world), huang.resident_id.expose().to_owned());
    let id = huang.student.id.as_str();
    office.corrects(id, 1, &json!({ "resident_id": slip })).await.with(200);
    office.corrects(li.student.id.as_str(), 1, &json!({ "resident_id": right })).await.is_problem(409, "number_taken");
    office.corrects(id, 2, &json!({ "resident_id": right })).await.with(200);
    office.corrects(li.student.id.as_str(), 1, &json!({ "resident_id": slip })).await.with(200);
}

/// Domain 2.8, invariant 5: bad corrections are told apart.
#[tokio::test]
async fn a_correction_names_what_is_wrong_with_it() {
    let world = World::new().await;
    let (huang, office) = (world.graduate("黄河水9").await, world.school("99001"));
    let id = huang.student.id.as_str();
    let before = world.dump().await;
    office.corrects(id, 1, &json!({})).await.is_problem(422, "nothing_to_correct");
    office.corrects(id, 1, &json!({ "name": "黄河水9" })).await.is_problem(422, "nothing_to_correct");
    office.corrects(id, 2, &json!({ "name": "黄河" })).await.is_problem(409, "version_moved");
    office.corrects(id, 1, &json!({ "college": "c09" })).await.names_fields(&[("/college", "not_in_code_table")]);
    office
        .corrects(id, 1, &json!({ "mobile": "123", "person": "p1" }))
        .await
        .names_fields(&[("/mobile", "malformed"), ("/person", "unknown")]);
    let body = json!({ "version": 1, "name": "黄河" });
    office.post(&format!("/v1/students/{id}/corrections"), &body).await.names_fields(&[("/reason", "missing")]);
    world.school("99002").corrects(id, 1, &json!({ "name": "黄河" })).await.is_problem(404, "not_found");
    assert_eq!(world.dump().await, before);
}
