//! The action table, and everything that is derived from it: directories, packages, handlers, the local stack's endpoints.

use super::workspace::{Package, names, packages, text};
use api::{Action, IdempotencyKey, Routed, actions, route, workers};
use files::Buckets;
use files_s3::S3Files;
use http::Method;
use lambda::{Authenticator, Endpoint, Issuer, KeySource, RealClock, Says};
use local::routes::{Deps, endpoints};
use local::scanner::LocalScanner;
use queue_sqs::SqsQueues;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{Settings, Store, Trust};
use store_dynamo::DynamoTable;
use vault::{Keys, Vault};

/// The actions whose handlers open or seal personal numbers: they alone name the key crate, and are given its keys.
const PERSONAL: [&str; 12] = [
    "add-candidate",
    "correct-student",
    "find-student",
    "get-agreement",
    "get-evidence-certificate",
    "import-candidates",
    "issue-document",
    "list-plan-records",
    "preview-offline-agreement",
    "run-job",
    "verify-document",
    "verify-student",
];

/// What is the same for everybody, and asks nobody who they are.
const PUBLIC: [&str; 2] = ["get-reference-data", "verify-document"];

/// What comes to the same however often it is asked: it needs no key for repeats.
const SETTLED: [&str; 5] = ["confirm-upload", "import-candidates", "read-messages", "remove-candidates", "verify-student"];

/// The endpoints as the local stack builds them, on a table that nobody asks.
pub(super) fn local_endpoints() -> Vec<Endpoint> {
    endpoints(&local_deps())
}

/// What the local stack builds from.
pub(super) fn local_deps() -> Deps {
    let settings = Settings {
        region: "local-1".to_owned(),
        access_key_id: "local".to_owned(),
        secret_access_key: "local".to_owned(),
        session_token: None,
        attempt_timeout_ms: 1,
        endpoint_url: Some("http://127.0.0.1:9".to_owned()),
        trust: Trust::default(),
    };
    let zeros = format!("{}=", "A".repeat(43));
    let (url, audience, keys) = ("http://127.0.0.1:9".to_owned(), "wangqian".to_owned(), KeySource::Document("{}".to_owned()));
    let issuer = Issuer { url, audience, keys, says: Says::default() };
    let named = |name: &str| name.to_owned();
    let buckets = Buckets { quarantine: named("quarantine"), evidence: named("evidence"), files: named("files") };
    let files = S3Files::open(&settings, buckets);
    let sender = mail::Sender::new("网签", domain::values::Email::parse("no-reply@example.com").unwrap());
    Deps {
        mailer: mail_ses::SesMailer::open(&settings, sender, None, mail_ses::TIMEOUT),
        link: "http://127.0.0.1:9".to_owned(),
        signer: evidence::KeyFile::from_secret(&[1; 32]).unwrap(),
        queues: SqsQueues::open(&settings, BTreeMap::new()),
        scanner: LocalScanner::of(files.clone()),
        files,
        store: Store::new(DynamoTable::open(&settings, "wangqian")),
        vault: Arc::new(Vault::open(&Keys { sealing: zeros.clone(), lookup: zeros }).unwrap()),
        authenticator: Authenticator::new(issuer, RealClock::system()),
    }
}

fn named(action: &Action) -> String {
    action.name.to_owned()
}

fn snake(action: &Action) -> String {
    action.name.replace('-', "_")
}

fn function(packages: &[Package], action: &Action) -> Package {
    let directory = format!("functions/{}", action.name);
    packages.iter().find(|package| package.directory == directory).unwrap_or_else(|| panic!("no {directory}")).clone()
}

#[test]
fn every_action_and_worker_is_a_directory_and_every_directory_one_of_them() {
    let workers = workers::ALL.into_iter().map(|worker| worker.name.to_owned());
    let mut table: Vec<_> = actions::ALL.into_iter().map(named).chain(workers).collect();
    table.sort();
    assert_eq!(names("functions"), table);
}

#[test]
fn every_action_is_an_endpoint_of_the_local_stack_and_every_endpoint_an_action() {
    let endpoints = local_endpoints();
    let mut served: Vec<_> = endpoints.iter().map(|endpoint| named(endpoint.action())).collect();
    let mut table: Vec<_> = actions::ALL.into_iter().map(named).collect();
    served.sort();
    table.sort();
    assert_eq!(served, table);
}

#[test]
fn an_endpoint_lets_through_exactly_whom_its_action_names() {
    for endpoint in local_endpoints() {
        let (handler, table) = (endpoint.roles(), endpoint.action().callers);
        assert_eq!(handler.iter().collect::<BTreeSet<_>>(), table.iter().collect::<BTreeSet<_>>(), "{}", endpoint.action().name);
        assert_eq!(table.is_empty(), PUBLIC.contains(&endpoint.action().name), "{}", endpoint.action().name);
    }
}

#[test]
fn package_binary_handler_and_row_are_named_after_the_action() {
    let (packages, table) = (packages(), text("shared/api/src/actions.rs"));
    for action in actions::ALL {
        let (package, snake) = (function(&packages, action), snake(action));
        assert_eq!(package.name, action.name);
        assert_eq!(package.target("bin").name, action.name);
        assert_eq!(package.target("lib").name, snake);
        let handlers = text(&format!("{}/src/lib.rs", package.directory));
        let handlers: Vec<_> = handlers.lines().filter(|line| line.starts_with("pub ")).collect();
        assert_eq!(handlers.len(), 1, "one handler and nothing else is public: {handlers:?}");
        assert!(handlers[0].starts_with(&format!("pub async fn {snake}<")), "{handlers:?}");
        let row = snake.to_uppercase();
        let (_, rest) = table.split_once(&format!("pub static {row}: Action =")).unwrap_or_else(|| panic!("no row {row}"));
        let first_word = rest.split('"').nth(1);
        assert_eq!(first_word, Some(action.name), "the row {row}");
        let main = text(&format!("{}/src/main.rs", package.directory));
        for part in [format!("actions::{row}"), format!("{snake}::{snake}")] {
            assert!(main.contains(&part), "{}/src/main.rs composes {part}", package.directory);
        }
    }
}

#[test]
fn function_crates_have_no_tests_of_their_own() {
    for package in packages().into_iter().filter(Package::is_function) {
        for target in &package.targets {
            assert!(!target.tested, "{} {} of {}", target.kind, target.name, package.name);
        }
        assert_eq!(names(&format!("{}/src", package.directory)), ["lib.rs", "main.rs"], "{}", package.name);
    }
}

#[test]
fn only_actions_that_need_personal_numbers_name_the_vault() {
    let packages = packages();
    let functions = packages.iter().filter(|package| package.is_function());
    let mut naming: Vec<_> = functions.filter(|package| package.depends_on("vault")).map(|package| package.name.as_str()).collect();
    naming.sort_unstable();
    assert_eq!(naming, PERSONAL);
    for name in actions::ALL.map(|action| action.name).into_iter().chain(workers::ALL.map(|worker| worker.name)) {
        let directory = format!("functions/{name}");
        let uses = ["lib.rs", "main.rs"].map(|file| text(&format!("{directory}/src/{file}")).contains("vault"));
        assert_eq!(uses, [PERSONAL.contains(&name); 2], "{directory} uses what it names");
    }
}

#[test]
fn a_method_and_path_are_one_actions() {
    let mut seen = BTreeSet::new();
    for action in actions::ALL {
        assert!(seen.insert((action.method.as_str(), action.path)), "{} {} is there twice", action.method, action.path);
        assert_eq!(route(&action.method, &action.path.replace("{id}", "99001-x")), Routed::Found(action), "no other action is in its way");
        assert!(action.path.starts_with("/v1/"), "{}", action.path);
        let plain = |segment: &str| !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(action.path[1..].split('/').skip(1).all(|segment| segment == "{id}" || plain(segment)), "{}", action.path);
    }
}

#[test]
fn names_and_summaries_are_each_actions_own() {
    let names: BTreeSet<_> = actions::ALL.iter().map(|action| action.name).collect();
    let summaries: BTreeSet<_> = actions::ALL.iter().map(|action| action.summary).collect();
    assert_eq!((names.len(), summaries.len()), (actions::ALL.len(), actions::ALL.len()));
    for action in actions::ALL {
        let words: Vec<_> = action.name.split('-').collect();
        assert!(words.len() >= 2 && words.iter().all(|word| !word.is_empty()), "{} is a verb and a noun", action.name);
    }
}

#[test]
fn what_changes_state_is_posted_or_put_and_takes_a_key_for_repeats() {
    for action in actions::ALL {
        let name = action.name;
        if action.changes_state {
            assert!([Method::POST, Method::PUT].contains(&action.method), "{name}");
            assert_ne!(action.idempotency, IdempotencyKey::Unused, "{name}");
        } else {
            assert_eq!((action.idempotency, action.success), (IdempotencyKey::Unused, 200), "{name}");
        }
        assert_eq!(action.body_limit > 0, action.method != Method::GET, "{name}: a body where there is one");
    }
}

/// Without a key, a creation that is asked for twice would be made twice. What decides on something that is there, under an id,
/// meets its own effect.
#[test]
fn a_post_that_creates_wants_a_key() {
    for action in actions::ALL.into_iter().filter(|action| action.changes_state && action.method == Method::POST) {
        let creates = action.success == 201 || !action.path.contains("{id}");
        assert_eq!(action.idempotency == IdempotencyKey::Required, creates && !SETTLED.contains(&action.name), "{}", action.name);
    }
}
