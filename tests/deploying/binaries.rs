//! The binaries that are deployed, all of them, as Lambda runs them: started with the settings of a stack, handed events as AWS sends
//! them, on the engines that the stories run on.

use crate::hostile::{Request, Scene, valid};
use crate::support::{World, days};
use api::workers::{Every, Source};
use api::{Action, actions, workers};
use bytes::Bytes;
use domain::work::Queue;
use emulator::{Function, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

type Settings = BTreeMap<String, String>;

/// Where the release binaries are: beside this profile's, unless the environment says where.
pub(super) fn binary(name: &str) -> String {
    let built = std::env::var_os("WANGQIAN_BINARIES").map(PathBuf::from);
    let folder = built.unwrap_or_else(|| std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("release"));
    folder.join(name).to_str().unwrap().to_owned()
}

/// A world that other processes reach, and what they need to know of it.
async fn scene(name: &str) -> (Scene, Settings) {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("binaries-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&dir));
    let scene = Box::pin(Scene::of(World::of_today(&dir).await)).await;
    let settings = scene.world.stack.environment().clone();
    (scene, settings)
}

pub(super) fn event(request: &Request) -> Value {
    let mut asked = http::Request::builder().method(request.method.clone()).uri(&request.path);
    for (name, value) in request.headers() {
        asked = asked.header(name, value);
    }
    // As the gateway stamps it: functions go by the real clock.
    emulator::http_api(&asked.body(Bytes::from(request.body.clone())).unwrap(), lambda::RealClock::system().now_ms()).unwrap()
}

/// Status and body of an answer as the HTTP API takes it.
fn answered(name: &str, outcome: Outcome) -> (u64, String) {
    let Outcome::Answered(answer) = outcome else { panic!("{name}: {outcome:?}") };
    (answer["statusCode"].as_u64().unwrap(), answer["body"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_action_answers_refuses_and_survives_what_is_no_event() {
    let (scene, settings) = scene("actions").await;
    for action in actions::ALL {
        let name = action.name;
        let mut function = Function::start(&[&binary(name)], &settings).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let asked = valid(&scene, action);
        let (status, body) = answered(name, function.invoke(&event(&asked)).await.unwrap());
        assert_eq!(status, u64::from(action.success), "{name}: {body}");
        refuses(action, &mut function, &asked).await;
        let nonsense = function.invoke(&json!({ "no": "request" })).await.unwrap();
        assert!(matches!(nonsense, Outcome::Failed(_)), "{name}: {nonsense:?}");
        let printed = function.stop().await.unwrap();
        let line = format!("\"action\":\"{name}\"");
        assert!(printed.lines().any(|printed| printed.contains(&line) && printed.contains("\"answered\"")), "{name}: {printed}");
    }
}

/// Whoever has no token that holds; where nobody is asked for one, whoever asks for what is not there.
async fn refuses(action: &Action, function: &mut Function, asked: &Request) {
    let (asked, expected) = match (action.callers.is_empty(), &asked.id) {
        (false, _) => (asked.authorized("Bearer nonsense"), (401, "unauthenticated")),
        (true, Some(_)) => (asked.about(action.path, "99001-2027-999999"), (404, "not_found")),
        (true, None) => return,
    };
    let (status, body) = answered(action.name, function.invoke(&event(&asked)).await.unwrap());
    assert_eq!(status, expected.0, "{}: {body}", action.name);
    assert!(body.contains(expected.1), "{}: {body}", action.name);
}

/// A story with everything that workers do, and what was handed to each.
async fn handed(scene: &Scene) -> BTreeMap<&'static str, Vec<Value>> {
    for action in ["accept-invitation", "export-employment-plan", "import-students"] {
        let action = actions::ALL.into_iter().find(|row| row.name == action).unwrap();
        assert_eq!(scene.sends(&valid(scene, action)).await.status, action.success, "{}", action.name);
    }
    let stack = &scene.world.stack;
    stack.pass(days(6)).await.unwrap();
    for every in [Every::Minute, Every::Hour, Every::Day] {
        stack.strike(every).await.unwrap();
    }
    let mut handed: BTreeMap<&'static str, Vec<Value>> = BTreeMap::new();
    for (worker, event) in stack.delivered() {
        handed.entry(worker).or_default().push(event);
    }
    // Nobody in this story has an address that mails go to.
    let told = json!({ "Records": [{ "body": emulator::mail_event() }] });
    handed.entry("record-mail-event").or_insert_with(|| vec![told]);
    handed
}

/// As its source sends it.
fn enveloped(source: Source, handed: &Value) -> Value {
    let records = || handed["Records"].as_array().unwrap().clone();
    match source {
        Source::Queue(_) => {
            let records = records();
            emulator::sqs(records.iter().map(|record| record["body"].as_str().unwrap())).unwrap()
        }
        Source::Stream => emulator::stream(&records()).unwrap(),
        Source::Schedule(_) => emulator::schedule().unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_worker_does_its_work_again_and_tells_what_it_could_not() {
    let (scene, settings) = scene("workers").await;
    let handed = Box::pin(handed(&scene)).await;
    let nowhere = [("TABLE_NAME", "not-there"), ("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9")];
    let nowhere = nowhere.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let elsewhere: Settings = settings.clone().into_iter().chain(nowhere).collect();
    for worker in workers::ALL {
        let name = worker.name;
        let given = handed.get(name).unwrap_or_else(|| panic!("nothing was handed to {name}"));
        let mut function = Function::start(&[&binary(name)], &settings).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        for event in given.iter().take(3) {
            let Outcome::Answered(answer) = function.invoke(&enveloped(worker.source, event)).await.unwrap() else {
                panic!("{name}: {}", function.stop().await.unwrap())
            };
            let failures = answer["batchItemFailures"].as_array();
            assert!(failures.map_or_else(|| answer["done"].is_number(), Vec::is_empty), "{name}: {answer}");
        }
        let mut lost = Function::start(&[&binary(name)], &elsewhere).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        tells(name, worker.source, &mut lost, given).await;
        assert!(function.stop().await.unwrap().contains("\"worked\""), "{name} logs what it did");
    }
}

/// Without table and queues a worker does nothing: a queue is told which messages come again, everybody else that all does.
async fn tells(name: &str, source: Source, lost: &mut Function, given: &[Value]) {
    let outcome = lost.invoke(&enveloped(source, &given[0])).await.unwrap();
    match source {
        Source::Queue(Queue::MailEvents) => {
            // What it is told of mails that it cannot find is none of its failures.
            assert!(matches!(outcome, Outcome::Answered(_)), "{name}: {outcome:?}");
        }
        Source::Queue(_) => {
            let Outcome::Answered(answer) = outcome else { panic!("{name}: {outcome:?}") };
            assert_eq!(answer["batchItemFailures"][0], json!({ "itemIdentifier": "0" }), "{name}");
        }
        Source::Stream | Source::Schedule(_) => assert!(matches!(outcome, Outcome::Failed(_)), "{name}: {outcome:?}"),
    }
}

/// A function that is not told where its things are does not start, and says what it lacks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_function_starts_without_its_settings() {
    for name in actions::ALL.map(|action| action.name).into_iter().chain(workers::ALL.map(|worker| worker.name)) {
        let said = Function::refuses(&[&binary(name)], &Settings::new()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(said.contains("settings missing from the environment: TABLE_NAME, AWS_REGION"), "{name}: {said}");
    }
}
