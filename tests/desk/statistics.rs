//! 统计 (domain 4.3, 5.5): counts by college, stage and week, rates with their definition, and how they stay right.

use crate::support::{Officer, Random, World, days};
use api::workers::Every;
use aws_sdk_dynamodb::types::AttributeValue;
use local::admin;
use local::{Options, Stack};
use serde_json::{Value, json};
use store::{Attributes, Item, Key, Table};

const YEAR: &str = "/v1/statistics?graduation_year=2027";

impl Officer<'_> {
    /// 统计, once all that has happened is counted.
    async fn counts(&self, more: &str) -> Value {
        self.world.settles().await;
        self.get(&format!("{YEAR}{more}")).await.with(200)
    }
}

/// What there is of a stage: `agreements online certified`.
fn of(figures: &Value, what: &str) -> u64 {
    let words: Vec<_> = what.split(' ').collect();
    let rows = figures[words[0]].as_array().unwrap_or_else(|| panic!("no {what} in {figures}"));
    let is = |row: &&Value| match words[1..] {
        [medium, stage] => row["medium"] == medium && row["stage"] == stage,
        [name] => [&row["stage"], &row["group"]].into_iter().any(|given| given == name) || row["destination"]["code"] == name,
        _ => panic!("{what}"),
    };
    rows.iter().filter(is).map(|row| row["count"].as_u64().unwrap()).sum()
}

/// Numerator, denominator and rate of 毕业去向落实率.
fn settled(figures: &Value) -> (u64, u64, Option<&str>) {
    let rate = figures["rates"].as_array().unwrap().iter().find(|rate| rate["rate_of"] == "settled").unwrap();
    (rate["numerator"].as_u64().unwrap(), rate["denominator"].as_u64().unwrap(), rate["rate"].as_str())
}

/// Every item as the stream would tell of it now.
async fn images(world: &World) -> Vec<Item> {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => store::Value::from(text.as_str()),
        AttributeValue::N(number) => store::Value::from(number.parse::<i64>().unwrap()),
        other => panic!("{other:?}"),
    };
    let (mut all, mut start) = (Vec::new(), None);
    loop {
        let page = world.stack.client().scan().table_name("wangqian").set_exclusive_start_key(start).send().await.unwrap();
        for item in page.items() {
            let mut attributes: Attributes = item.iter().map(|(name, found)| (name.clone(), value(found))).collect();
            let mut part = |name: &str| attributes.remove(name).and_then(|part| part.text().map(str::to_owned)).unwrap();
            let key = Key { pk: part("pk"), sk: part("sk") };
            all.push(Item { key, attributes });
        }
        start = page.last_evaluated_key().cloned();
        if start.is_none() {
            return all;
        }
    }
}

/// As the command line would.
async fn rebuilds(world: &World, school: &str) -> String {
    let asked = admin::parse(["rebuild-statistics", school].map(str::to_owned), Some("lin")).unwrap().unwrap();
    let context = admin::context(&asked.operator, world.now(), world.stack.clock().real()).unwrap();
    admin::run(world.stack.store(), &asked.work, &context).await.unwrap()
}

/// SR-75, A-23, A-28: what is sent counts nowhere, what is signed counts by stage, what is certified or registered is a destination.
#[tokio::test]
async fn counts_follow_each_step_and_the_rate_says_what_it_is() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let (huang, li, zhou) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.unverified_graduate("周明").await);
    let wang = world.graduate_of("99001", "c02", "王小明").await;
    let letter = stars.invites(&huang).await;
    let seen = office.counts("").await;
    assert_eq!(seen["total"]["roster"], json!({ "count": 4, "verified": 3, "unverified": 1 }));
    assert_eq!((of(&seen["total"], "agreements online pending_certification"), settled(&seen["total"])), (0, (0, 4, Some("0.0000"))));

    let agreement = huang.signs(&letter).await;
    assert_eq!(of(&office.counts("").await["total"], "agreements online pending_certification"), 1);
    world.college("99001", "c01").passes(&agreement).await.with(200);
    li.registers("801").await.with(201);
    wang.draws_up().await;
    let seen = office.counts("").await;
    let [total, c01, c02] = [&seen["total"], &seen["colleges"][0], &seen["colleges"][1]];
    assert_eq!(["pending_certification", "certified"].map(|stage| of(total, &format!("agreements online {stage}"))), [0, 1]);
    assert_eq!((of(total, "destinations 10"), of(total, "destinations 801"), of(c02, "agreements offline agreement_review")), (1, 1, 1));
    let groups = ["agreement_contract", "flexible", "startup", "further_study", "not_settled"];
    assert_eq!(groups.map(|group| of(total, &format!("groups {group}"))), [1, 0, 0, 1, 2]);
    assert_eq!([total, c01, c02].map(settled), [(2, 4, Some("0.5000")), (2, 3, Some("0.6667")), (0, 1, Some("0.0000"))]);
    assert_eq!((&c01["name"], &c01["registrations"][0]["stage_label"]), (&json!("计算机科学与技术学院"), &json!("已登记")));
    let rate = &total["rates"][0];
    assert_eq!((&rate["label"], &rate["label_en"]), (&json!("毕业去向落实率"), &json!("Rate of settled destinations")));
    assert!(rate["definition"]["zh"].as_str().unwrap().contains("÷ 毕业生名册人数") && rate["definition"]["en"].is_string(), "{rate}");

    world.dissolved(&stars, &huang, &agreement).await;
    let registration = li.get("/v1/employment-registrations").await.column("id")[0].clone();
    let withdrawal = format!("/v1/employment-registrations/{registration}/withdrawal");
    li.post(&withdrawal, "w1", &json!({ "version": 1, "reason": "改为就业" })).await.with(200);
    zhou.verifies(&zhou.roster_facts()).await.with(200);
    let total = office.counts("").await["total"].clone();
    assert_eq!((of(&total, "agreements online certified"), of(&total, "agreements online terminated")), (0, 1));
    assert_eq!((of(&total, "terminations certified"), of(&total, "terminations pending_counterparty")), (1, 0));
    assert_eq!((of(&total, "registrations withdrawn"), of(&total, "registrations registered")), (1, 0));
    assert_eq!((&total["destinations"], settled(&total)), (&json!([]), (0, 4, Some("0.0000"))));
    assert_eq!(total["roster"], json!({ "count": 4, "verified": 4, "unverified": 0 }));
}

/// Domain 5.5: a college sees itself, a school its colleges in the order that it set up, and nobody a person.
#[tokio::test]
async fn a_college_officer_sees_only_the_own_college_and_nobody_sees_a_name() {
    let world = World::new().await;
    let (stars, office, teacher) = (world.employer("星光集团").await, world.school("99001"), world.college("99001", "c02"));
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate_of("99001", "c02", "李晓雨").await);
    world.signed(&stars, &huang).await;
    world.graduate("周明").await;
    let own = teacher.counts("&weeks=1").await;
    assert_eq!((own["colleges"].as_array().unwrap().len(), &own["colleges"][0]["id"], &own["college"]), (1, &json!("c02"), &json!("c02")));
    assert_eq!((&own["total"]["roster"]["count"], settled(&own["total"])), (&json!(1), (0, 1, Some("0.0000"))));
    assert_eq!(own["weeks"][0]["agreements"], json!([]), "another college's weeks are not shown either");
    teacher.get(&format!("{YEAR}&college=c01")).await.is_problem(404, "not_found");
    office.get(&format!("{YEAR}&college=c09")).await.is_problem(404, "not_found");

    let all = office.counts("&weeks=1").await;
    let order: Vec<_> = all["colleges"].as_array().unwrap().iter().map(|college| college["id"].as_str().unwrap()).collect();
    assert_eq!((order, settled(&all["total"])), (vec!["c01", "c02"], (1, 3, Some("0.3333"))));
    let one = office.counts("&college=c01&weeks=1").await;
    assert_eq!((&one["total"], &one["weeks"]), (&json_without_name(&all["colleges"][0]), &all["weeks"]), "all that was signed is of c01");
    for seen in [&own, &all] {
        let text = seen.to_string();
        let told = [huang.student.name.as_str(), li.student.name.as_str(), huang.student.id.as_str(), "星光集团"];
        assert!(told.iter().all(|private| !text.contains(private)), "{text}");
    }
    assert_eq!(world.school("99002").counts("").await["total"]["roster"]["count"], 0);
    for token in [&huang.token, &stars.token] {
        world.request(token, http::Method::GET, YEAR, None, None).await.is_problem(403, "wrong_role");
    }
}

fn json_without_name(college: &Value) -> Value {
    let mut figures = college.clone();
    for name in ["id", "name"] {
        figures.as_object_mut().unwrap().remove(name);
    }
    figures
}

#[tokio::test]
async fn a_record_counts_in_the_week_in_which_it_came_to_its_stage() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    let seen = office.counts("&weeks=3").await;
    let names: Vec<_> = seen["weeks"].as_array().unwrap().iter().map(|week| week["week"].as_str().unwrap()).collect();
    assert_eq!((names, &seen["weeks"][2]["begins"]), (vec!["2026-W46", "2026-W47", "2026-W48"], &json!("2026-11-23")));
    assert_eq!(of(&seen["weeks"][2], "agreements online pending_certification"), 1);

    world.after(days(7));
    office.passes(&agreement).await.with(200);
    li.registers("76").await.with(201);
    let seen = office.counts("&weeks=2").await;
    let [before, now] = [&seen["weeks"][0], &seen["weeks"][1]];
    assert_eq!((&before["agreements"], of(now, "agreements online certified")), (&json!([]), 1), "it is not where it was");
    assert_eq!((of(now, "destinations 10"), of(now, "destinations 76"), of(now, "registrations registered")), (1, 1, 1));
    assert_eq!(seen["as_of"], json!(world.now().to_string()));
    assert_eq!(office.counts("").await["weeks"], json!([]));
    assert_eq!(office.counts("&weeks=53").await["weeks"].as_array().unwrap().len(), 53);
    for (query, wrong) in [("?graduation_year=2027&weeks=54", vec!["weeks"]), ("?weeks=x", vec!["graduation_year", "weeks"])] {
        let problem = office.get(&format!("/v1/statistics{query}")).await.is_problem(422, "invalid_fields");
        let named: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["parameter"].as_str().unwrap()).collect();
        assert_eq!(named, wrong);
    }
}

/// a student who changes colleges counts on the new one's roster; what was signed stays where it was signed.
#[tokio::test]
async fn a_student_who_moves_takes_the_roster_along_and_leaves_what_is_signed() {
    let world = World::new().await;
    let (stars, office, huang) = (world.employer("星光集团").await, world.school("99001"), world.graduate("黄河水9").await);
    world.signed(&stars, &huang).await;
    assert_eq!(settled(&office.counts("").await["colleges"][0]), (1, 1, Some("1.0000")));
    office.corrects(huang.student.id.as_str(), 1, &json!({ "college": "c02" })).await.with(200);
    let seen = office.counts("").await;
    assert_eq!([0, 1].map(|n| settled(&seen["colleges"][n])), [(1, 0, None), (0, 1, Some("0.0000"))]);
    assert_eq!(settled(&seen["total"]), (1, 1, Some("1.0000")), "the school's is exact");
}

/// The stream repeats itself, and comes out of order.
#[tokio::test]
async fn changes_told_three_times_and_shuffled_leave_the_figures_as_they_are() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let mut told = images(&world).await;
    let agreement = world.signed(&stars, &huang).await;
    li.registers("801").await.with(201);
    told.extend(images(&world).await);
    world.dissolved(&stars, &huang, &agreement).await;
    office.corrects(huang.student.id.as_str(), 1, &json!({ "college": "c02" })).await.with(200);
    told.extend(images(&world).await);
    let before = office.counts("&weeks=4").await;
    assert_eq!(of(&before["total"], "agreements online terminated"), 1);

    let (mut random, store) = (Random::new(0x5747_4A54), world.stack.store());
    let mut again: Vec<Item> = [told.clone(), told.clone(), told].concat();
    for end in (1..again.len()).rev() {
        again.swap(end, random.below(end + 1));
    }
    for some in again.chunks(17) {
        assert_eq!(store.count_changes(some, world.now()).await.unwrap(), 0, "nothing is left to count");
    }
    assert_eq!(office.counts("&weeks=4").await, before);
}

/// Architecture 7: the stream is fed from its beginning, and a rebuild comes to the same. It mends what was wrong, and says so.
#[tokio::test]
async fn a_rebuild_comes_to_the_figures_of_the_stream_and_mends_a_wrong_one() {
    let world = World::new().await;
    let (stars, office, huang) = (world.employer("星光集团").await, world.school("99001"), world.graduate("黄河水9").await);
    world.signed(&stars, &huang).await;
    world.graduate("李晓雨").await.registers("801").await.with(201);
    let fed = office.counts("&weeks=4").await;
    let told = rebuilds(&world, "99001").await;
    assert!(told.starts_with("statistics of 99001: 6 records in 9 counters, generation 2\n"), "{told}");
    assert!(told.ends_with("\n  the figures are those that were shown\n"), "{told}");
    assert_eq!(office.counts("&weeks=4").await, fed);

    let wrong = Key { pk: "SCHOOL#99001#STATISTICS#2#2027".to_owned(), sk: "TOTAL#c01#agreement#online#certified".to_owned() };
    world.stack.table().add(&wrong, 5).await.unwrap();
    assert_eq!(of(&office.counts("").await["total"], "agreements online certified"), 6);
    let told = rebuilds(&world, "99001").await;
    assert!(told.contains("  2027 TOTAL#c01#agreement#online#certified: 6 was shown, 1 is right\n"), "{told}");
    assert_eq!(office.counts("&weeks=4").await, fed);
    let generations: std::collections::BTreeSet<_> =
        world.dump().await.into_keys().filter_map(|(pk, _)| Some(pk.strip_prefix("SCHOOL#99001#STATISTICS#")?[..1].to_owned())).collect();
    assert_eq!(generations.into_iter().collect::<Vec<_>>(), ["2", "3"], "what nobody reads any more is deleted");
}

/// What is anonymous after ten years is counted on: by the stream, and by a rebuild.
#[tokio::test]
async fn a_rebuild_counts_what_is_anonymous_by_now() {
    let world = World::new().await;
    let (stars, office) = (world.employer("星光集团").await, world.school("99001"));
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    world.signed(&stars, &huang).await;
    let ended = world.signed(&stars, &li).await;
    world.dissolved(&stars, &li, &ended).await;
    let fed = office.counts("&weeks=4").await;
    world.stack.store().mark_retention(&domain::retention::Day::parse("2036-11-20").unwrap()).await.unwrap();
    world.after(days(3654));
    world.stack.strike(Every::Day).await.unwrap();
    assert!(world.dump().await.values().any(|item| item.values().any(|value| value.contains("已匿名"))));
    let counted = office.counts("").await;
    assert_eq!((&counted["total"], &counted["colleges"]), (&fed["total"], &fed["colleges"]));
    let told = rebuilds(&world, "99001").await;
    assert!(told.ends_with("\n  the figures are those that were shown\n"), "{told}");
    assert_eq!(office.counts("").await["total"], counted["total"]);
}

/// What the stream has not told yet, or never tells, is counted by the rebuild; and not again when it is told.
#[tokio::test]
async fn a_rebuild_counts_what_the_stream_has_not_told() {
    let world = World::new().await;
    let (stars, office, huang) = (world.employer("星光集团").await, world.school("99001"), world.graduate("黄河水9").await);
    world.signed(&stars, &huang).await;
    let told = rebuilds(&world, "99001").await;
    assert!(told.contains("\n  3 changes had not been counted yet\n"), "{told}");
    let rebuilt = office.get(YEAR).await.with(200);
    assert_eq!(settled(&rebuilt["total"]), (1, 1, Some("1.0000")));
    assert_eq!(office.counts("").await, rebuilt, "the stream told of all of it after that");
}

/// Architecture 14: a batch of the stream costs a look at its markers and a few transactions, whatever it holds.
#[tokio::test]
async fn a_hundred_changes_are_two_looks_and_two_transactions() {
    let world = World::new().await;
    let (stars, huang) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let agreement = huang.signs(&stars.invites(&huang).await).await;
    let image = async || images(&world).await.into_iter().find(|item| item.key.sk == "AGREEMENT").unwrap();
    let pending = image().await;
    world.school("99001").passes(&agreement).await.with(200);
    let certified = image().await;
    let hundred = |item: &Item| -> Vec<Item> {
        let at = |n| Key { pk: format!("SCHOOL#99001#SIGNING#{n:020}"), ..item.key.clone() };
        (0..100).map(|n| Item { key: at(n), ..item.clone() }).collect()
    };
    for (what, batch, reads, items) in [("new", hundred(&pending), 1, 104), ("moved", hundred(&certified), 2, 108)] {
        world.usage();
        assert_eq!(world.stack.store().count_changes(&batch, world.now()).await.unwrap(), 100);
        let usage = world.usage();
        println!("100 {what} agreements: {usage:?}");
        assert_eq!((usage.reads, usage.writes, usage.items_written), (reads, 2, items), "{what}");
    }
    world.usage();
    world.school("99001").get(YEAR).await.with(200);
    assert_eq!(world.usage().reads, 3, "school, generation, one page of counters");
}

/// The samples' stories are counted from the stream as soon as there is a pump, in little time.
#[tokio::test]
async fn the_samples_have_statistics_from_the_start() {
    let stack = Stack::start(Options::default()).await.unwrap();
    let started = tokio::time::Instant::now();
    stack.settle(None).await.unwrap();
    println!("the samples are counted in {} ms: {:?}", started.elapsed().as_millis(), stack.table().meter().take());
    let school = domain::values::SchoolId::parse("99001").unwrap();
    let year = domain::values::GraduationYear::parse("2027").unwrap();
    let found = stack.store().statistics(&school, None, year, None).await.unwrap();
    let counted = |kind: &str| found.totals.iter().filter(|count| count.measure.name().starts_with(kind)).map(|count| count.n).sum::<u64>();
    println!("{:?}", ["student", "agreement", "termination", "registration", "plan"].map(|kind| (kind, counted(kind))));
    assert!(["student", "agreement", "plan"].iter().all(|kind| counted(kind) > 0), "{found:?}");
    let operator = domain::values::AccountId::parse("operator-lin").unwrap();
    let context = admin::context(&operator, stack.clock().now(), stack.clock().real()).unwrap();
    let rebuilt = stack.store().rebuild_statistics(&school, &context).await.unwrap();
    assert!(rebuilt.records > 107 && rebuilt.differing.is_empty() && rebuilt.late == 0 && rebuilt.unread == 0, "{rebuilt:?}");
    assert_eq!(stack.store().statistics(&school, None, year, None).await.unwrap().totals, found.totals);
}

/// An item of a schema that this build does not know holds up neither the stream nor a rebuild, and is not passed over in silence.
#[tokio::test]
async fn a_record_that_cannot_be_read_is_left_out_and_named_by_the_rebuild() {
    let world = World::new().await;
    let (stars, office, huang) = (world.employer("星光集团").await, world.school("99001"), world.graduate("黄河水9").await);
    let signed = world.signed(&stars, &huang).await;
    let mut strange = images(&world).await.into_iter().find(|item| item.key.sk == "AGREEMENT").unwrap();
    strange.key.pk = strange.key.pk.replace(&signed[7..], &"z".repeat(20));
    strange.attributes.insert("schema".to_owned(), 99.into());
    world.stack.table().commit(&[store::Write::Put { item: strange, when: Vec::new() }], "strange").await.unwrap();
    assert_eq!(of(&office.counts("").await["total"], "agreements online certified"), 1);
    let told = rebuilds(&world, "99001").await;
    assert!(told.starts_with("statistics of 99001: 3 records"), "{told}");
    assert!(told.contains("\n  1 records cannot be read by this build and count as nothing\n"), "{told}");
}
