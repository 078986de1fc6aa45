//! Operators' work: schools, suspension of employers, disabling of log-ins; on a stack's table, in whatever state the stack is.

use crate::support::{Http, World, days};
use ::http::Method;
use domain::values::{AccountId, SchoolId};
use lambda::TableConfig;
use local::admin::{self, Admin, Work};
use local::{Options, Stack};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn parsed(line: &[&str]) -> Result<Option<Admin>, String> {
    admin::parse(line.iter().map(|word| (*word).to_owned()), Some("lin"))
}

/// Says it on the world's table, as the command line would.
async fn says(world: &World, line: &[&str]) -> Result<String, String> {
    let asked = parsed(line)?.unwrap();
    let context = admin::context(&asked.operator, world.now(), world.stack.clock().real()).unwrap();
    admin::run(world.stack.store(), &asked.work, &context).await
}

/// Where audit records are.
async fn audited(world: &World) -> BTreeSet<(String, String)> {
    world.dump().await.into_keys().filter(|(_, sk)| sk.starts_with("AUDIT#")).collect()
}

/// A-31, SR-10
#[tokio::test]
async fn a_suspended_employer_may_not_send_but_its_letter_in_flight_is_accepted_and_reinstated_it_goes_on() {
    let world = World::new().await;
    let (acme, mia, li) = (world.employer("星光集团").await, world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let letter = acme.invites(&mia).await;
    let listed = acme.lists(&li).await;
    let suspended = says(&world, &["suspend-employer", acme.id.as_str(), "--reason", "投诉待查"]).await.unwrap();
    assert_eq!(suspended, format!("employer {}, 星光集团: suspended\n", acme.id));
    acme.sends(&[&listed]).await.is_problem(403, "employer_suspended");
    mia.signs(&letter).await;

    let again = says(&world, &["suspend-employer", acme.id.as_str(), "--reason", "again"]).await.unwrap_err();
    assert_eq!(again, format!("{}: This employer is suspended", acme.id));
    let reinstated = says(&world, &["reinstate-employer", acme.id.as_str(), "--reason=查无实据"]).await.unwrap();
    assert!(reinstated.ends_with(": active\n"), "{reinstated}");
    let sent = acme.sends(&[&listed]).await.with(200);
    assert!(sent["rows"][0]["invitation_id"].is_string(), "{sent}");
    let again = says(&world, &["reinstate-employer", acme.id.as_str(), "--reason", "again"]).await.unwrap_err();
    assert_eq!(again, format!("{}: This cannot be done in the present stage (active)", acme.id));
}

/// SR-9: what a token says holds only while its log-in is open; business time does not matter, tokens live in real time.
#[tokio::test]
async fn a_disabled_account_is_refused_on_writes_and_enabled_it_goes_on_with_a_later_token() {
    let world = World::new().await;
    let (acme, mia) = (world.employer("星光集团").await, world.graduate("黄河水9").await);
    let letter = acme.invites(&mia).await;
    let shown = mia.is_shown(&letter).await;
    let shut = says(&world, &["disable-account", &mia.account, "--reason", "账号被盗"]).await.unwrap();
    assert!(shut.starts_with(&format!("account {}: disabled\n  verified as student 99001-s", mia.account)), "{shut}");
    mia.accepts_as_shown(&letter, &shown, "k-1").await.is_problem(401, "token_revoked");

    world.after(days(3));
    let opened = says(&world, &["enable-account", &mia.account, "--reason", "已改密码"]).await.unwrap();
    assert!(opened.starts_with(&format!("account {}: active\n  tokens issued before ", mia.account)), "{opened}");
    assert_eq!(says(&world, &["show-account", &mia.account]).await.unwrap(), opened);
    let reject = |token: String| {
        let path = format!("/v1/invitations/{}/rejection", letter.id);
        let world = &world;
        async move { world.request(&token, Method::POST, &path, None, Some(&json!({}))).await }
    };
    let before = world.stack.clock().real().millis() / 1000 - 60;
    let claims = json!({ "sub": mia.account, "role": "student" });
    let earlier = world.token(&json!({ "sub": mia.account, "role": "student", "iat": before, "nbf": before }));
    reject(earlier).await.is_problem(401, "token_revoked");
    reject(world.token(&claims)).await.with(200);
}

/// Architecture 3: a school that operators set up is there for everybody, and stays when it is named anew.
#[tokio::test]
async fn a_school_that_is_set_up_shows_with_its_colleges() {
    let world = World::new().await;
    let school = async || {
        let reference = world.http.send(Method::GET, "/v1/reference", &[], "").await.with(200);
        let schools = reference["schools"].as_array().unwrap().clone();
        schools.into_iter().find(|school| school["id"] == "99009").unwrap_or(Value::Null)
    };
    assert_eq!(school().await, Value::Null);
    let set = ["set-school", "99009", "--name", "汉江学院", "--college", "c01=历史学院", "--college=c02=物理学院"];
    assert_eq!(says(&world, &set).await.unwrap(), "99009  汉江学院\n  c01  历史学院\n  c02  物理学院\n");
    let colleges = json!([{ "id": "c01", "name": "历史学院" }, { "id": "c02", "name": "物理学院" }]);
    assert_eq!(school().await, json!({ "id": "99009", "name": "汉江学院", "colleges": colleges }));

    says(&world, &["set-school", "99009", "--name", "汉江大学", "--college", "c03=数学学院"]).await.unwrap();
    let renamed = school().await;
    assert_eq!((&renamed["name"], renamed["colleges"].as_array().unwrap().len()), (&json!("汉江大学"), 3));
    let listed = says(&world, &["list-schools"]).await.unwrap();
    assert!(listed.starts_with("99001  江城大学\n") && listed.contains("\n99009  汉江大学\n  c01  历史学院\n"), "{listed}");
}

/// Architecture 3: operators' work is audited.
#[tokio::test]
async fn each_command_leaves_one_audit_record_and_a_refused_or_wrong_one_nothing() {
    let world = World::new().await;
    let acme = world.employer("星光集团").await;
    let id = acme.id.as_str();
    for command in [
        vec!["set-school", "99009", "--name", "汉江学院"],
        vec!["set-school", "99001", "--name", "江城大学", "--operator", "wu"],
        vec!["suspend-employer", id, "--reason", "投诉待查"],
        vec!["reinstate-employer", id, "--reason", "查无实据"],
        vec!["disable-account", "hr-1", "--reason", "离职"],
        vec!["enable-account", "hr-1", "--reason", "复职"],
        vec!["rebuild-statistics", "99001"],
    ] {
        let before = audited(&world).await;
        says(&world, &command).await.unwrap();
        let after = audited(&world).await;
        let new: Vec<_> = after.difference(&before).collect();
        assert_eq!(new.len(), 1, "{command:?}: {new:?}");
        let record: Value = serde_json::from_str(&world.dump().await[new[0]]["bytes"]).unwrap();
        let operator = if command.contains(&"wu") { "operator-wu" } else { "operator-lin" };
        assert_eq!((&record["actor"], &record["action"]), (&json!({ "role": "operator", "account": operator }), &json!("admin")));
    }
    let before = world.dump().await;
    for command in [
        vec!["reinstate-employer", id, "--reason", "is not suspended"],
        vec!["suspend-employer", "e999", "--reason", "is not there"],
        vec!["show-account", "nobody"],
        vec!["list-schools"],
        vec!["rebuild-statistics", "99008"],
        vec!["rebuild-statistics"],
        vec!["suspend-employer", id],
        vec!["suspend-employer", id, "--reason", " "],
        vec!["suspend", id, "--reason", "x"],
    ] {
        drop(says(&world, &command).await);
    }
    assert_eq!(world.dump().await, before);
}

#[test]
fn what_is_said_wrong_is_named() {
    for (line, why) in [
        (vec!["suspend"], "unknown command suspend"),
        (vec!["--name", "x"], "which command?"),
        (vec!["suspend-employer"], "an employer's id is missing"),
        (vec!["suspend-employer", "e 1"], "\"e 1\" is not an employer's id"),
        (vec!["suspend-employer", "e1"], "--reason is missing"),
        (vec!["suspend-employer", "e1", "--reason"], "--reason needs a value"),
        (vec!["suspend-employer", "e1", "--reason="], "--reason is a text of 1 to 500 characters"),
        (vec!["suspend-employer", "e1", "--reason=a", "--reason=b"], "--reason is there twice"),
        (vec!["suspend-employer", "e1", "e2", "--reason=a"], "e2 is a word too many"),
        (vec!["show-account", "a", "--reason", "x"], "--reason does not belong to this command"),
        (vec!["set-school", "9900", "--name", "x"], "\"9900\" is not a school's code of five digits"),
        (vec!["set-school", "99001"], "--name is missing"),
        (vec!["set-school", "99001", "--name=x", "--college", "c01"], "--college is <id>=<name>, not c01"),
        (vec!["set-school", "99001", "--name=x", "--college", "c_1=x"], "\"c_1\" is no college's id"),
        (vec!["list-schools", "--force"], "unknown option --force"),
        (vec!["list-schools", "--operator", "a b"], "\"a b\" is no name of an operator"),
    ] {
        assert_eq!(parsed(&line), Err(why.to_owned()), "{line:?}");
    }
    let nobody = admin::parse(["list-schools".to_owned()], None).unwrap_err();
    assert_eq!(nobody, "the machine names no user: who are you? --operator <name>");
}

#[test]
fn help_is_given_to_whoever_asks_or_says_nothing() {
    for line in [vec![], vec!["--help"], vec!["help"], vec!["suspend-employer", "-h"]] {
        assert_eq!(parsed(&line), Ok(None), "{line:?}");
    }
    let asked = parsed(&["--data-dir=x", "list-schools"]).unwrap().unwrap();
    let operator = AccountId::parse("operator-lin").unwrap();
    assert_eq!(asked, Admin { work: Work::ListSchools, operator, data_dir: PathBuf::from("x") });
}

#[test]
fn a_table_on_aws_is_the_environments_and_all_that_is_missing_is_named_at_once() {
    let of = |settings: &[(&str, &str)]| {
        TableConfig::from(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    };
    assert!(of(&[("AWS_REGION", "cn-north-1")]).unwrap().is_none(), "no table is named");
    let missing = of(&[("TABLE_NAME", "wangqian"), ("AWS_REGION", "")]).unwrap_err();
    assert_eq!(missing.to_string(), "settings missing from the environment: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY");
    let whole = [("TABLE_NAME", "t"), ("AWS_REGION", "cn-north-1"), ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "s")];
    let table = of(&whole).unwrap().unwrap();
    assert_eq!((table.table.as_str(), table.aws.region.as_str()), ("t", "cn-north-1"));
}

/// Architecture 11: one data directory, one engine, whoever opens it.
#[tokio::test]
async fn a_running_stack_and_a_stopped_one_are_reached_by_their_data_directory() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("admin-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&dir));
    let says = async |line: &[&str]| {
        let asked = parsed(&[line, &["--data-dir", dir.to_str().unwrap()]].concat()).unwrap().unwrap();
        admin::on_this_machine(&asked, None).await.map_err(|error| error.to_string())
    };
    let nothing = says(&["list-schools"]).await.unwrap_err();
    assert!(nothing.starts_with("no data in ") && !dir.exists(), "{nothing}");

    let options = Options { data_dir: Some(dir.clone()), samples: false, ..Options::default() };
    let stack = Stack::start(options.clone()).await.unwrap();
    says(&["set-school", "99009", "--name", "汉江学院"]).await.unwrap();
    let reference = Http::new(stack.url()).send(Method::GET, "/v1/reference", &[], "").await.with(200);
    assert_eq!(reference["schools"][0]["name"], "汉江学院", "{reference}");
    assert!(dir.join("engine").exists());
    stack.shutdown().await.unwrap();
    assert!(!dir.join("engine").exists());

    says(&["set-school", "99009", "--name", "汉江大学"]).await.unwrap();
    // What a killed stack leaves behind is nobody's address.
    std::fs::write(dir.join("engine"), "http://127.0.0.1:9").unwrap();
    assert_eq!(says(&["list-schools"]).await.unwrap(), "99009  汉江大学\n");
    let stack = Stack::start(options).await.unwrap();
    let name = stack.store().school(&SchoolId::parse("99009").unwrap()).await.unwrap().name;
    assert_eq!(name.as_str(), "汉江大学");
    stack.shutdown().await.unwrap();
    local::forget(&dir).unwrap();
    std::fs::remove_dir_all(dir).unwrap();
}
