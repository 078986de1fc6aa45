//! Lists of letters and agreements, each stage in its own.

use crate::support::{World, days};
use domain::policy::Policy;
use serde_json::{Value, json};
use store::roster::Entry;

/// SR-15, SR-31, SR-32, SR-33
#[tokio::test]
async fn an_employer_finds_each_letter_in_the_list_of_its_stage() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut letters = Vec::new();
    for name in ["王一", "王二", "王三", "王四", "王五"] {
        let graduate = world.graduate(name).await;
        let letter = stars.invites(&graduate).await;
        letters.push((graduate, letter));
        world.after(1_000);
    }
    letters[0].0.signs(&letters[0].1).await;
    letters[1].0.rejects(&letters[1].1, None).await.with(200);
    stars.withdraws(&letters[2].1, 1).await.with(200);
    stars.extends(&letters[3].1, 9, 1).await.with(200);
    world.after(days(6));
    for (status, n) in [("accepted", 0), ("rejected", 1), ("withdrawn", 2), ("pending", 3), ("expired", 4)] {
        let list = stars.get(&format!("/v1/invitations?status={status}")).await;
        assert_eq!(list.column("id"), [letters[n].1.id.clone()], "{status}");
        assert_eq!(list.column("effective_stage"), [status]);
    }
    let open = stars.get("/v1/invitations").await.with(200)["items"][0].clone();
    assert_eq!((&open["masked_name"], &open["actions"]), (&json!("王*"), &json!(["withdraw-invitation", "extend-invitation"])));
    assert_eq!(stars.get("/v1/home").await.with(200)["to_do"]["signing"], 1);
    let unknown = stars.get("/v1/invitations?status=lost").await.is_problem(422, "invalid_fields");
    assert_eq!(unknown["errors"][0]["parameter"], "status");
}

/// SR-33, A-13, domain 2.2: lapsed letters are expired by the clock alone; once a later send has expired one, nothing changes for its
/// reader; and the employer may invite again.
#[tokio::test]
async fn a_lapsed_letter_is_listed_as_expired_before_and_after_it_is_marked() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = stars.invites(&huang).await;
    world.after(days(5));
    let lapsed = stars.get("/v1/invitations?status=expired").await;
    assert_eq!((lapsed.column("id"), lapsed.column("stage")), (vec![letter.id.clone()], vec!["pending".to_owned()]));
    assert_eq!(stars.get("/v1/invitations").await.column("id"), Vec::<String>::new());
    world.after(90_000);
    let second = stars.invites(&huang).await;
    let marked = huang.get("/v1/invitations?status=expired").await;
    assert_eq!((marked.column("id"), marked.column("stage")), (vec![letter.id], vec!["expired".to_owned()]));
    assert_eq!(huang.get("/v1/invitations").await.column("id"), [second.id]);
}

/// SR-45, SR-46, SR-48, SR-49, A-5, A-22
#[tokio::test]
async fn a_graduate_sees_the_letters_of_all_employers_and_which_are_view_only() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let mut letters = Vec::new();
    for name in ["星光集团", "大桥公司", "东湖公司"] {
        letters.push(world.employer(name).await.invites(&huang).await);
        world.after(1_000);
    }
    let list = huang.get("/v1/invitations").await;
    assert_eq!(list.column("employer"), ["星光集团", "大桥公司", "东湖公司"], "the most urgent first");
    assert_eq!(list.with(200)["items"][0]["actions"], json!(["accept-invitation", "reject-invitation"]));
    let home = huang.get("/v1/home").await.with(200);
    assert_eq!((&home["received"], &home["to_do"]["signing"]), (&json!(3), &json!(3)));
    let agreement = huang.signs(&letters[1]).await;
    let locked = huang.get("/v1/invitations").await.with(200);
    for row in locked["items"].as_array().unwrap() {
        assert_eq!((&row["view_only"], &row["actions"]), (&json!(true), &json!([])), "{row}");
    }
    let home = huang.get("/v1/home").await.with(200);
    assert_eq!((&home["received"], &home["to_do"]["signing"]), (&json!(2), &json!(0)));
    world.school("99001").fails(&agreement, "材料不全").await.with(200);
    let free = huang.get("/v1/invitations").await.with(200);
    assert_eq!((&free["items"][0]["view_only"], free["items"].as_array().unwrap().len()), (&json!(false), 2), "actionable again");
}

/// an employer is not told that the graduate has signed elsewhere.
#[tokio::test]
async fn an_employers_list_says_nothing_of_signings_with_others() {
    let world = World::new().await;
    let (stars, bridge, huang) = (world.employer("星光集团").await, world.employer("大桥公司").await, world.graduate("黄河水9").await);
    stars.invites(&huang).await;
    let theirs = bridge.invites(&huang).await;
    let before = stars.get("/v1/invitations").await.text;
    huang.signs(&theirs).await;
    assert_eq!(stars.get("/v1/invitations").await.text, before);
}

/// SR-31, SR-56, SR-57, A-38
#[tokio::test]
async fn parties_and_officers_follow_an_agreement_through_the_lists() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let (teacher, office, stranger) = (world.college("99001", "c01"), world.school("99001"), world.college("99001", "c02"));
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let pending = "/v1/agreements?status=pending_certification";
    for list in [stars.get(pending).await, huang.get("/v1/agreements").await, teacher.get(pending).await, office.get(pending).await] {
        assert_eq!((list.column("id"), list.column("stage_label")), (vec![agreement.clone()], vec!["等待签约鉴证".to_owned()]));
    }
    teacher.fails(&agreement, "单位信息有误").await.with(200);
    let failed = "/v1/agreements?status=certification_rejected";
    assert_eq!(stars.get(failed).await.column("student_name"), ["黄*9"]);
    assert_eq!(office.get(failed).await.column("student_name"), ["黄河水9"]);
    world.after(1_000);
    let again = stars.invites(&huang).await;
    let second = huang.signs(&again).await;
    office.passes(&second).await.with(200);
    for list in [stars.get("/v1/agreements").await, teacher.get("/v1/agreements").await, office.get("/v1/agreements").await] {
        assert_eq!((list.column("id"), list.column("student_name")), (vec![second.clone()], vec!["黄河水9".to_owned()]));
    }
    assert_eq!(huang.get("/v1/agreements").await.column("id"), [second.clone(), agreement], "all stages, latest first");
    assert_eq!(huang.get("/v1/agreements?status=certified").await.column("id"), [second]);
    assert_eq!(stranger.get("/v1/agreements").await.column("id"), Vec::<String>::new());
    assert_eq!(stars.get("/v1/invitations?status=accepted").await.column("id").len(), 2, "letters stay accepted");
}

/// what waits for the other level is seen too, behind what waits for me.
#[tokio::test]
async fn an_officer_sees_what_waits_for_the_other_level_behind_the_own_queue() {
    let world = World::new().await;
    let levels = Policy { certification_level: domain::policy::CertificationLevel::CollegeThenSchool, ..Policy::default() };
    world.set_up(vec![Entry::Policy(domain::values::SchoolId::parse("99001").unwrap(), levels)]).await;
    let stars = world.employer("星光集团").await;
    let (teacher, office) = (world.college("99001", "c01"), world.school("99001"));
    let mut agreements = Vec::new();
    for name in ["王一", "王二"] {
        let graduate = world.graduate(name).await;
        let letter = stars.invites(&graduate).await;
        agreements.push(graduate.signs(&letter).await);
        world.after(1_000);
    }
    teacher.passes(&agreements[1]).await.with(200);
    let pending = "/v1/agreements?status=pending_certification";
    assert_eq!(office.get(pending).await.column("id"), [agreements[1].clone(), agreements[0].clone()]);
    assert_eq!(teacher.get(pending).await.column("id"), agreements);
    assert_eq!(office.queue().await.len(), 1);
    assert_eq!(teacher.queue().await.len(), 1);
}

/// open letters lapse while somebody turns the page; what is still open is shown, and nothing breaks.
#[tokio::test]
async fn a_page_is_turned_though_its_last_letter_has_lapsed_meanwhile() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(stars.invites(&world.graduate("王小明").await).await.id);
        world.after(60_000);
    }
    let first = stars.get("/v1/invitations?limit=2").await;
    assert_eq!(first.column("id"), ids[..2]);
    let next = first.text_of("next");
    world.after(days(5) - 4 * 60_000 + 90_000);
    assert_eq!(stars.get(&format!("/v1/invitations?limit=2&after={next}")).await.column("id"), ids[2..]);
    // A place that no page of this list has ended at is no cursor of it.
    stars.get(&format!("/v1/invitations?status=accepted&after={next}")).await.with(200);
    let accepted = stars.get(&format!("/v1/invitations?status=expired&after={next}")).await;
    assert_eq!(accepted.column("id"), [ids[0].clone()], "the latest first: what lies behind that place");
    let other = world.school("99001");
    world.employer("大桥公司").await;
    let page = other.get("/v1/employers?limit=1").await.text_of("next");
    let name = "%E6%98%9F";
    other.get(&format!("/v1/employers?name={name}&after={page}")).await.with(200);
    let stars_first = other.get(&format!("/v1/employers?name={name}&limit=1")).await;
    assert_eq!(stars_first.column("name"), ["星光集团"]);
}

/// Every list is read page by page, and nothing is lost or doubled.
#[tokio::test]
async fn lists_are_read_page_by_page() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(stars.invites(&world.graduate("王小明").await).await.id);
        world.after(1_000);
    }
    world.after(days(7));
    ids.reverse();
    let (mut seen, mut path) = (Vec::new(), "/v1/invitations?status=expired&limit=2".to_owned());
    loop {
        let page = stars.get(&path).await;
        seen.extend(page.column("id"));
        let Value::String(next) = &page.with(200)["next"] else { break };
        path = format!("/v1/invitations?status=expired&limit=2&after={next}");
    }
    assert_eq!(seen, ids);
}
