//! 就业信息登记: another destination on the same slot.

use crate::support::World;
use serde_json::json;

/// registered, nothing is signed; withdrawn, all is as before.
#[tokio::test]
async fn a_registration_holds_the_slot_until_it_is_withdrawn() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let shown = huang.is_shown(&letter).await;
    let registered = huang.registers("801").await.with(201);
    assert_eq!((&registered["stage_label"], &registered["actions"]), (&json!("已登记"), &json!(["withdraw-registration"])));
    let home = huang.get("/v1/home").await.with(200);
    assert_eq!((&home["signing_status"], &home["to_do"]["signing"]), (&json!("registered_other"), &json!(0)));
    huang.accepts_as_shown(&letter, &shown, "a1").await.is_problem(409, "employment_registered");
    huang.saves(&json!({ "employer": { "name": "江城建筑设计院" } })).await.is_problem(409, "employment_registered");
    huang.registers("46").await.is_problem(409, "employment_registered");
    let told = world.school("99001").get("/v1/messages").await.with(200);
    assert_eq!(told["items"][0]["title"], "已登记就业信息");
    let row = huang.get("/v1/employment-registrations").await.with(200)["items"][0].clone();
    assert_eq!((&row["destination"]["code"], &row["organisation"]), (&json!("801"), &json!("武汉大学")));
    let path = format!("/v1/employment-registrations/{}/withdrawal", row["id"].as_str().unwrap());
    huang.post(&path, "w1", &json!({ "version": 1, "reason": "改为就业" })).await.with(200);
    huang.post(&path, "w2", &json!({ "version": 2, "reason": "改为就业" })).await.is_problem(409, "registration_ended");
    let row = huang.get("/v1/employment-registrations").await.with(200)["items"][0].clone();
    assert_eq!((&row["stage_label"], &row["reason"], &row["actions"]), (&json!("已撤回"), &json!("改为就业"), &json!([])));
    huang.signs(&letter).await;
}

/// the school registers for its students, and no other school's; a college reads.
#[tokio::test]
async fn a_school_registers_and_withdraws_for_its_own_students() {
    let world = World::new().await;
    let (huang, office, teacher) = (world.graduate("黄河水9").await, world.school("99001"), world.college("99001", "c01"));
    let post = |token: String, path: String, body: serde_json::Value| {
        let world = &world;
        async move { world.request(&token, http::Method::POST, &path, Some(&world.new_key()), Some(&body)).await }
    };
    let path = "/v1/employment-registrations".to_owned();
    let body = json!({ "student_id": huang.student.id.as_str(), "destination": "801", "organisation": "武汉大学", "region": "420100" });
    post(world.school("99002").token, path.clone(), body.clone()).await.is_problem(404, "not_found");
    post(office.token.clone(), path.clone(), json!({ "destination": "801" })).await.names_fields(&[("/student_id", "missing")]);
    post(huang.token.clone(), path.clone(), body.clone()).await.names_fields(&[("/student_id", "unknown")]);
    let id = post(office.token.clone(), path.clone(), body.clone()).await.with(201)["id"].as_str().unwrap().to_owned();
    assert_eq!(huang.get("/v1/messages").await.with(200)["items"][0]["title"], "已登记就业信息");
    let rows = teacher.get(&path).await.with(200)["items"].clone();
    assert_eq!((&rows[0]["id"], &rows[0]["actions"], &rows[0]["registered_by"]), (&json!(id), &json!([]), &json!("school")));
    assert_eq!(office.get(&path).await.with(200)["items"][0]["actions"], json!(["withdraw-registration"]));
    let withdrawal = format!("{path}/{id}/withdrawal");
    let why = json!({ "version": 1, "reason": "登记有误" });
    post(world.school("99002").token, withdrawal.clone(), why.clone()).await.is_problem(404, "not_found");
    post(office.token.clone(), withdrawal, why).await.with(200);
    assert_eq!(office.get(&path).await.column("id"), Vec::<String>::new());
    assert_eq!(office.get(&format!("{path}?status=withdrawn")).await.column("id"), [id]);
    assert_eq!(huang.get("/v1/home").await.with(200)["signing_status"], "unsigned");
}

/// what an agreement says, and what stands for nothing, is not registered.
#[tokio::test]
async fn what_only_agreements_write_is_not_registered() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    for code in ["10", "70", "71", "72", "99"] {
        huang.registers(code).await.names_fields(&[("/destination", "not_in_code_table")]);
    }
    let path = "/v1/employment-registrations";
    huang.post(path, "r1", &json!({ "destination": "11" })).await.names_fields(&[("/organisation", "missing")]);
    let offered = world.http.send(http::Method::GET, "/v1/reference", &[], "").await.with(200)["destinations"].clone();
    let taken = |code: &str| offered.as_array().unwrap().iter().find(|one| one["code"] == code).unwrap()["registered"].clone();
    assert_eq!((taken("10"), taken("71"), taken("75")), (json!(false), json!(false), json!(true)));
    huang.post(path, "r2", &json!({ "destination": "75" })).await.with(201);
    let unverified = world.unverified_graduate("陈未验").await;
    unverified.registers("801").await.is_problem(403, "student_unverified");
    unverified.get("/v1/employment-registrations").await.is_problem(403, "student_unverified");
}
