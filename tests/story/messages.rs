//! 消息: inboxes of graduates, employers, colleges and schools.

use crate::support::World;
use serde_json::{Value, json};

/// Domain 2.2, 2.3: everybody concerned is told once, newest first.
#[tokio::test]
async fn everybody_concerned_finds_a_message_of_each_step() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let letter = stars.invites(&huang).await;
    world.after(1_000);
    let agreement = huang.signs(&letter).await;
    world.after(1_000);
    teacher.fails(&agreement, "单位信息有误").await.with(200);
    assert_eq!(huang.get("/v1/messages").await.column("kind"), ["certification_rejected", "invitation_received"]);
    assert_eq!(stars.get("/v1/messages").await.column("kind"), ["certification_rejected", "invitation_accepted"]);
    assert_eq!(teacher.get("/v1/messages").await.column("kind"), ["certification_awaited"]);
    assert_eq!(office.get("/v1/messages").await.column("kind"), Vec::<String>::new(), "the college's queue is its own");
    let newest = huang.get("/v1/messages").await.with(200)["items"][0].clone();
    assert_eq!((&newest["title"], &newest["reason"]), (&json!("签约鉴证不通过"), &json!("单位信息有误")));
    assert_eq!((&newest["employer"], &newest["about"]), (&json!("星光集团"), &json!(agreement)));
    let first = huang.get("/v1/messages").await.with(200)["items"][1].clone();
    assert_eq!((&first["position"], &first["expires_at"]), (&json!("软件开发工程师"), &huang.reads(&letter).await.with(200)["expires_at"]));
}

/// Domain 5.1: an employer's messages show no name in full.
#[tokio::test]
async fn an_employers_messages_show_the_graduate_masked() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    world.school("99001").fails(&agreement, "材料不全").await.with(200);
    let inbox = stars.get("/v1/messages").await;
    assert!(inbox.text.contains("黄*9") && !inbox.text.contains("黄河水9"), "{}", inbox.text);
}

/// Each log-in has read what it has read, on every device; a mark never moves back; colleagues have marks of their own.
#[tokio::test]
async fn what_a_log_in_has_read_stays_read() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    for name in ["星光集团", "大桥公司", "东湖公司"] {
        world.employer(name).await.invites(&huang).await;
        world.after(1_000);
    }
    let inbox = huang.get("/v1/messages").await;
    assert_eq!(inbox.with(200)["unread"], 3);
    let ids = inbox.column("id");
    for (up_to, unread) in [(&ids[1], 1), (&ids[2], 1), (&ids[0], 0)] {
        huang.post("/v1/messages/reading", &world.new_key(), &json!({ "up_to": up_to })).await.with(200);
        assert_eq!(huang.get("/v1/messages").await.with(200)["unread"], unread, "{up_to}");
    }
    let read = huang.get("/v1/messages").await.with(200);
    assert!(read["items"].as_array().unwrap().iter().all(|item| item["read"] == json!(true)), "{read}");
    huang.post("/v1/messages/reading", &world.new_key(), &json!({ "up_to": "yesterday" })).await.names_fields(&[("/up_to", "malformed")]);
    let (teacher, colleague) = (world.college("99001", "c01"), world.college("99001", "c01"));
    let letter = world.employer("湖畔公司").await.invites(&huang).await;
    huang.signs(&letter).await;
    let waiting = teacher.get("/v1/messages").await.column("id")[0].clone();
    teacher.post("/v1/messages/reading", &json!({ "up_to": waiting })).await.with(200);
    assert_eq!(teacher.get("/v1/messages").await.with(200)["unread"], 0);
    assert_eq!(colleague.get("/v1/messages").await.with(200)["unread"], 1);
}

/// Pages of an inbox: nothing lost or doubled.
#[tokio::test]
async fn an_inbox_is_read_page_by_page() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    for n in 0..5 {
        world.employer(&format!("第{n}公司")).await.invites(&huang).await;
        world.after(1_000);
    }
    let (mut seen, mut path) = (Vec::new(), "/v1/messages?limit=2".to_owned());
    loop {
        let page = huang.get(&path).await;
        seen.extend(page.column("employer"));
        let Value::String(next) = &page.with(200)["next"] else { break };
        path = format!("/v1/messages?limit=2&after={next}");
    }
    assert_eq!(seen, ["第4公司", "第3公司", "第2公司", "第1公司", "第0公司"]);
}
