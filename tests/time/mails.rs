//! 邮件通知: from the command to the mail, on the real adapters.

use crate::support::{World, days};
use ::http::Method;
use domain::work::Queue;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// SR-29, domain 5.1: the invited graduate is mailed. The mail says who invites to what until when, in two languages, and no more of
/// anybody than it may.
#[tokio::test]
async fn an_invited_graduate_is_mailed() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate_at("黄河水9", "huang@example.com").await);
    let letter = stars.invites(&huang).await;
    world.settles().await;
    let mails = world.stack.mails();
    assert_eq!(mails.len(), 1);
    let (mail, seen) = (&mails[0], huang.reads(&letter).await.with(200));
    assert_eq!(mail.to, ["huang@example.com"]);
    for part in [&mail.text, &mail.html] {
        for said in ["黄同学", "星光集团", "软件开发工程师", seen["expires_at_local"].as_str().unwrap(), world.stack.url(), "invit"]
        {
            assert!(part.contains(said), "{said} in {part}");
        }
        for hidden in ["河水", huang.resident_id.expose(), huang.mobile.expose(), "10,000", "1000000", "20190", letter.id.as_str()] {
            assert!(!part.contains(hidden), "{hidden} in {part}");
        }
    }
    assert_eq!(stars.reads(&letter).await.with(200)["mail"]["state"], "delivered");
    assert_eq!(huang.reads(&letter).await.with(200)["mail"], Value::Null, "the graduate has the mail");
}

/// without an address the letter is as good, the inbox tells of it, and the employer sees that nobody was mailed.
#[tokio::test]
async fn a_graduate_without_an_address_is_invited_all_the_same() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let reference = stars.lists(&huang).await;
    let sent = stars.sends(&[&reference]).await.with(200)["rows"][0].clone();
    assert_eq!(sent["emailed"], json!(false), "{sent}");
    let path = format!("/v1/invitations/{}", sent["invitation_id"].as_str().unwrap());
    for _ in 0..2 {
        let mail = stars.get(&path).await.with(200)["mail"].clone();
        assert_eq!((&mail["state"], &mail["label"]), (&json!("not_emailed"), &json!("未发送邮件,仅站内消息")), "{mail}");
        world.settles().await;
    }
    assert_eq!(stars.get("/v1/invitations").await.with(200)["items"][0]["emailed"], json!(false));
    assert_eq!(huang.get("/v1/invitations").await.with(200)["items"][0]["emailed"], Value::Null);
    assert_eq!((world.stack.mails().len(), huang.get("/v1/messages").await.with(200)["unread"].clone()), (0, json!(1)));
}

/// S-14: while the provider is down letters are out all the same and can be answered; later exactly one mail arrives of each.
#[tokio::test]
async fn while_the_mail_provider_is_down_letters_are_out_and_their_mails_come_later() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate_at("黄河水9", "huang@example.com").await, world.graduate_at("李晓雨", "li@example.com").await);
    world.stack.closes_mail(true);
    let (first, second) = (stars.invites(&huang).await, stars.invites(&li).await);
    world.passes(60 * 60 * 1000).await;
    assert_eq!((world.stack.mails().len(), stars.reads(&first).await.with(200)["mail"]["state"].clone()), (0, json!("queued")));
    huang.signs(&first).await;
    world.stack.closes_mail(false);
    for _ in 0..3 {
        world.passes(20 * 60 * 1000).await;
        assert_eq!((world.mails_to("huang@example.com").len(), world.mails_to("li@example.com").len()), (1, 1));
    }
    assert_eq!(stars.reads(&second).await.with(200)["mail"]["state"], "delivered");
}

/// Domain 3.3, SR-29: a school may keep its people's mailboxes quiet, but not about an invitation.
#[tokio::test]
async fn a_school_says_who_is_mailed_about_what_is_no_invitation() {
    let world = World::new().await;
    let stars = world.employer_at("星光集团", "hr@stars.example.com").await;
    let (huang, office) = (world.graduate_at("黄河水9", "huang@example.com").await, world.school("99001"));
    let quiet = json!({ "email_students": false, "email_employers": false, "office_email": "office@u1.example.edu.cn" });
    office.sets(0, &quiet).await.with(200);
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    office.passes(&agreement).await.with(200);
    let facts = json!({ "school": "99001", "graduation_year": 2027, "name": "黄河水9", "id_or_mobile": "420199200301150013" });
    for _ in 0..6 {
        stars.searches(&facts).await;
    }
    world.settles().await;
    let kinds = |address: &str| world.mails_to(address).len();
    assert_eq!((kinds("huang@example.com"), kinds("hr@stars.example.com")), (1, 0));
    let office_mails = world.mails_to("office@u1.example.edu.cn");
    assert_eq!(
        office_mails.len(),
        1,
        "what waits in the queue is not mailed, a search that looks like guessing is (S-6): {office_mails:?}"
    );
    assert_eq!(office.sets(1, &json!({ "office_email": "" })).await.status, 200);
    assert_eq!(office.get("/v1/policy").await.with(200)["office_email"], Value::Null);
    office.sets(2, &json!({ "office_email": "nobody" })).await.names_fields(&[("/office_email", "malformed")]);
}

/// Domain 2: every notice that a transition gives somebody with an address is mailed too, once, and none is left owed.
#[tokio::test]
async fn everybody_with_an_address_is_mailed_once_about_each_step() {
    let world = World::new().await;
    let stars = world.employer_at("星光集团", "hr@stars.example.com").await;
    let (huang, office) = (world.graduate_at("黄河水9", "huang@example.com").await, world.school("99001"));
    let rejected = stars.invites(&huang).await;
    huang.rejects(&rejected, Some("13800138000 联系我")).await.with(200);
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    office.passes(&agreement).await.with(200);
    world.settles().await;
    let told = |inbox: Vec<String>| inbox.len();
    assert_eq!(world.mails_to("huang@example.com").len(), told(huang.get("/v1/messages").await.column("kind")));
    assert_eq!(world.mails_to("hr@stars.example.com").len(), told(stars.get("/v1/messages").await.column("kind")));
    let all = world.stack.mails();
    let reasons = all.iter().filter(|mail| mail.text.contains("13800138000") || mail.html.contains("13800138000")).count();
    assert_eq!((all.len(), reasons), (6, 0), "what people write as a reason stays inside");
    assert_eq!(all.iter().map(|mail| &mail.tag).collect::<BTreeSet<_>>().len(), all.len(), "each has a name of its own");
    for shard in 0..store::OUTBOX_SHARDS {
        assert_eq!(world.stack.store().owed(Queue::Notices, shard, world.now().plus_days(9), 10).await.unwrap(), []);
    }
}

/// Reliability 3.5: an address that does not exist is not mailed again; the employer sees that the mail came back; an operator lifts it.
#[tokio::test]
async fn an_address_that_bounces_is_mailed_once_and_never_again() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate_at("黄河水9", "bounce@example.com").await);
    let letter = stars.invites(&huang).await;
    world.settles().await;
    assert_eq!(stars.reads(&letter).await.with(200)["mail"]["state"], "bounced");
    stars.withdraws(&letter, 1).await.with(200);
    let second = stars.invites(&huang).await;
    world.settles().await;
    assert_eq!((world.stack.mails().len(), stars.reads(&second).await.with(200)["mail"]["state"].clone()), (1, json!("not_emailed")));
    let address = domain::values::Email::parse("BOUNCE@example.com").unwrap();
    let lift = local::admin::Work::LiftSuppression(address);
    let lifted = local::admin::run(world.stack.store(), &lift, &world.operator()).await.unwrap();
    assert!(lifted.contains("is mailed again"), "{lifted}");
    stars.withdraws(&second, 1).await.with(200);
    world.settles().await;
    assert_eq!(world.stack.mails().len(), 2);
}

/// Who complains is mailed no more, and the employer is not told of it.
#[tokio::test]
async fn who_complains_is_mailed_no_more() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate_at("黄河水9", "complaint@example.com").await);
    let letter = stars.invites(&huang).await;
    world.settles().await;
    assert_eq!(stars.reads(&letter).await.with(200)["mail"]["state"], "delivered");
    stars.withdraws(&letter, 1).await.with(200);
    world.settles().await;
    assert_eq!(world.stack.mails().len(), 1);
}

/// Architecture 6, 11: what a person at the keyboard sees: time moves, letters change, mails can be read, as JSON and as pages.
#[tokio::test]
async fn time_moves_by_hand_and_mails_can_be_read() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("<b>星光</b>集团").await, world.graduate_at("黄河水9", "huang@example.com").await);
    let letter = stars.invites(&huang).await;
    for (advance, expected) in [("4d", 2), ("1d", 2), ("90s", 3)] {
        let moved = world.http.send(Method::POST, "/dev/clock", &[], json!({ "advance": advance }).to_string()).await;
        assert_eq!(moved.with(200)["now"], json!(world.now()));
        let items = world.http.send(Method::GET, "/dev/mail", &[], String::new()).await.with(200)["items"].as_array().unwrap().len();
        assert_eq!(items, expected, "after {advance}");
    }
    assert_eq!(stars.reads(&letter).await.text_of("stage"), "expired");
    let page = world.http.send(Method::GET, "/dev/mail", &[("accept", "text/html")], String::new()).await;
    assert!(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8" && page.text.contains("签约邀请已过期"));
    let first = world.stack.mails().pop().unwrap();
    let mail = world.http.send(Method::GET, &format!("/dev/mail/{}", first.id), &[], String::new()).await;
    assert!(mail.text.contains("&lt;b&gt;星光&lt;/b&gt;集团") && !mail.text.contains("<b>星光"), "{}", mail.text);
    assert!(mail.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert_eq!(world.http.send(Method::GET, "/dev/mail/none", &[], String::new()).await.status, 404);
    world.passes(days(1)).await;
    assert_eq!(world.stack.mails().len(), 3);
}
