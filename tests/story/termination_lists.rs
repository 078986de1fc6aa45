//! 解约中心 and the queues of 解约鉴证.

use crate::support::{Officer, World};
use domain::policy::{CertificationLevel, Policy};
use domain::values::SchoolId;
use serde_json::json;
use store::roster::Entry;

/// SR-36, SR-37, SR-42: both tabs of the employer.
#[tokio::test]
async fn an_employer_sees_who_has_signed_and_whose_request_waits() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, wang) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await);
    let asked_by_graduate = world.signed(&stars, &huang).await;
    world.after(1_000);
    let asked_by_us = world.signed(&stars, &li).await;
    world.after(1_000);
    let quiet = world.signed(&stars, &wang).await;
    let by_huang = huang.ends(&asked_by_graduate).await;
    let by_us = stars.ends(&asked_by_us).await;
    let signed = stars.get("/v1/agreements?status=certified&asked_by_student=false").await;
    assert_eq!(signed.column("id"), [quiet.as_str(), &asked_by_us], "已签约成功学生列表");
    let items = signed.json()["items"].clone();
    assert_eq!((&items[0]["actions"], &items[1]["actions"]), (&json!(["request-termination"]), &json!([])));
    assert_eq!(items[1]["termination"], json!({ "id": by_us, "initiator": "employer" }));
    let all = stars.get("/v1/agreements").await;
    assert_eq!(all.column("id").len(), 3);
    let waiting = stars.get("/v1/terminations?initiator=student").await;
    assert_eq!(waiting.column("id"), [by_huang.as_str()], "学生提出解约待办理列表");
    assert_eq!(waiting.json()["items"][0]["actions"], json!(["answer-termination"]));
    assert_eq!(stars.get("/v1/terminations?initiator=employer").await.column("id"), [by_us.as_str()]);
    assert_eq!(stars.get("/v1/terminations").await.column("id").len(), 2);
    stars.get("/v1/terminations?initiator=school").await.is_problem(422, "invalid_fields");
}

/// SR-16, A-25: both directions are counted, each by itself.
#[tokio::test]
async fn the_user_centre_counts_what_waits_for_me_and_what_waits_for_the_other() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, wang) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await);
    let (first, second, third) = (world.signed(&stars, &huang).await, world.signed(&stars, &li).await, world.signed(&stars, &wang).await);
    let by_huang = huang.ends(&first).await;
    li.ends(&second).await;
    stars.ends(&third).await;
    let counts =
        |home: serde_json::Value| (home["to_do"]["termination_awaiting_other"].clone(), home["to_do"]["termination_awaiting_me"].clone());
    assert_eq!(counts(stars.get("/v1/home").await.with(200)), (json!(1), json!(2)));
    assert_eq!(counts(huang.get("/v1/home").await.with(200)), (json!(1), json!(0)));
    assert_eq!(counts(wang.get("/v1/home").await.with(200)), (json!(0), json!(1)));
    stars.consents(&by_huang).await.with(200);
    assert_eq!(counts(stars.get("/v1/home").await.with(200)), (json!(1), json!(1)));
    assert_eq!(counts(huang.get("/v1/home").await.with(200)), (json!(0), json!(0)), "it waits for the school");
}

/// SR-58, SR-60, SR-62, SR-73: the graduate follows it in 解约办理.
#[tokio::test]
async fn a_graduate_is_told_of_the_employers_request_and_follows_its_own() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    let list = huang.get("/v1/agreements?status=certified").await.with(200)["items"].clone();
    assert_eq!(list[0]["actions"], json!(["request-termination"]));
    world.after(1_000);
    let termination = stars.ends(&agreement).await;
    let list = huang.get("/v1/agreements?status=certified").await.with(200)["items"].clone();
    assert_eq!((&list[0]["actions"], &list[0]["termination"]["id"]), (&json!([]), &json!(termination)), "查看解约");
    let message = huang.get("/v1/messages").await.with(200)["items"][0].clone();
    assert_eq!((&message["title"], &message["about"], &message["employer"]), (&json!("解约通知"), &json!(termination), &json!("星光集团")));
    assert_eq!(message["reason"], "招聘计划调整");
    huang.consents(&termination).await.with(200);
    let row = huang.get("/v1/terminations").await.with(200)["items"][0].clone();
    assert_eq!((&row["stage_label"], &row["actions"]), (&json!("等待解约鉴证"), &json!([])));
    assert_eq!(huang.get("/v1/terminations?status=certified").await.column("id"), Vec::<String>::new());
    assert_eq!(huang.get("/v1/terminations?status=pending_certification").await.column("id"), [termination]);
}

/// SR-84, A-10: the queue, by policy of the school; by default the school alone decides.
#[tokio::test]
async fn terminations_wait_in_the_queue_of_whoever_decides() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    let termination = huang.ends(&agreement).await;
    assert_eq!(office.queue_of("termination").await.len(), 0, "it waits for the employer");
    stars.consents(&termination).await.with(200);
    let row = office.queue_of("termination").await[0].clone();
    assert_eq!((&row["id"], &row["agreement_id"], &row["kind"]), (&json!(termination), &json!(agreement), &json!("termination")));
    assert_eq!((&row["stage_label"], &row["actions"]), (&json!("等待解约鉴证"), &json!(["certify-termination"])));
    assert_eq!(office.get("/v1/home").await.with(200)["to_do"]["queues"]["termination"], 1);
    assert_eq!(teacher.queue_of("termination").await.len(), 0);
    assert_eq!(teacher.get("/v1/terminations").await.column("id"), [termination.as_str()], "the college may see it");
    teacher.dissolves(&termination).await.is_problem(409, "school_decides");
    office.dissolves(&termination).await.with(200);
    assert_eq!(office.queue_of("termination").await.len(), 0);
}

/// two levels for terminations, as they stood when the agreement came into being.
#[tokio::test]
async fn two_levels_certify_a_termination_where_the_school_says_so() {
    let world = World::new().await;
    let policy = Policy { termination_certification_level: CertificationLevel::CollegeThenSchool, ..Policy::default() };
    world.set_up(vec![Entry::Policy(SchoolId::parse("99001").unwrap(), policy)]).await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let agreement = world.signed(&stars, &huang).await;
    let termination = huang.ends(&agreement).await;
    stars.consents(&termination).await.with(200);
    office.dissolves(&termination).await.is_problem(409, "college_first");
    assert_eq!(teacher.dissolves(&termination).await.with(200)["stage_label"], "学院已通过,等待学校解约鉴证");
    assert_eq!((teacher.queue_of("termination").await.len(), office.queue_of("termination").await.len()), (0, 1));
    office.decides_end(&termination, 3, "return", Some("请补充情况说明")).await.with(200);
    assert_eq!((teacher.queue_of("termination").await.len(), office.queue_of("termination").await.len()), (1, 0));
    // Whoever approves for the college is not offered the school's decision.
    let as_who = |role: &str, college: serde_json::Value| {
        let claims = json!({ "sub": "both", "role": role, "school": "99001", "college": college });
        Officer { world: &world, token: world.token(&claims) }
    };
    as_who("college", json!("c01")).decides_end(&termination, 4, "pass", None).await.with(200);
    let own = as_who("school", json!(null));
    assert_eq!(own.queue_of("termination").await[0]["actions"], json!([]));
    own.decides_end(&termination, 5, "pass", None).await.is_problem(409, "same_person");
    assert_eq!(office.queue_of("termination").await[0]["actions"], json!(["certify-termination"]));
    office.decides_end(&termination, 5, "pass", None).await.with(200);
    assert_eq!(huang.get(&format!("/v1/agreements/{agreement}")).await.with(200)["stage"], "terminated");
}

/// Domain 2.8, invariant 9: a request is its parties' and their officers', and nobody else's.
#[tokio::test]
async fn a_request_is_not_there_for_strangers() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = world.signed(&stars, &huang).await;
    let termination = huang.ends(&agreement).await;
    let (li, bridge) = (world.graduate("李晓雨").await, world.employer("大桥公司").await);
    let near = world.college("99001", "c02");
    let path = format!("/v1/terminations/{termination}");
    for answer in [li.get(&path).await, bridge.get(&path).await, near.get(&path).await, world.school("99002").get(&path).await] {
        answer.is_problem(404, "not_found");
    }
    bridge.consents(&termination).await.is_problem(404, "not_found");
    li.takes_back(&termination).await.is_problem(404, "not_found");
    near.dissolves(&termination).await.is_problem(404, "not_found");
    assert_eq!(li.asks_to_end(&agreement).await["problem"]["status"], 404);
    assert_eq!(bridge.asks_to_end(&agreement).await["problem"]["status"], 404);
}
