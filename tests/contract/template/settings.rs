//! A function's environment is what it reads.

use super::super::workspace::{sources, text};
use super::reading::functions;
use api::workers;
use domain::work::Queue;
use lambda::{Config, WorkerConfig, queue_setting};
use std::collections::{BTreeMap, BTreeSet};

/// Keys in files are for one machine; on AWS they are a secret and a key of KMS.
const ONE_MACHINE: [&str; 2] = ["SEAL_KEY_FILE", "VAULT_KEYS_FILE"];

/// Every function, with the names of its variables.
fn environments() -> Vec<(String, BTreeSet<String>)> {
    let variables = |function: &super::reading::Resource| function.property("Environment/Variables").as_object().unwrap().clone();
    functions().into_iter().map(|(name, function)| (name, variables(function).into_iter().map(|(name, _)| name).collect())).collect()
}

/// Words in capitals and quotes.
fn settings_in(text: &str) -> BTreeSet<String> {
    let named = |word: &&str| word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    text.split('"').filter(named).map(str::to_owned).collect()
}

fn filled(names: &BTreeSet<String>) -> BTreeMap<String, String> {
    let runtime = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].map(str::to_owned);
    let value = |name: &str| match name {
        "TOKEN_AUDIENCE_CLAIM" => "client_id",
        "TOKEN_SCOPE" => "groups",
        "TRUST_STORE" => "system",
        _ => "https://there",
    };
    names.iter().cloned().chain(runtime).map(|name| (name.clone(), value(&name).to_owned())).collect()
}

#[test]
fn a_function_is_given_every_setting_that_its_main_reads() {
    for (name, environment) in environments() {
        let read = settings_in(&text(&format!("functions/{name}/src/main.rs")));
        for setting in read.iter().filter(|setting| !ONE_MACHINE.contains(&setting.as_str())) {
            assert!(environment.contains(setting), "{name} reads {setting}, and is not given it");
        }
        assert!(ONE_MACHINE.iter().all(|setting| !environment.contains(*setting)), "{name}");
    }
}

#[test]
fn a_function_starts_with_what_it_is_given() {
    for (name, environment) in environments() {
        let settings = filled(&environment);
        if let Some(worker) = workers::ALL.iter().find(|worker| worker.name == name) {
            let config = WorkerConfig::from(settings).unwrap_or_else(|missing| panic!("{}: {missing}", worker.name));
            let main = text(&format!("functions/{name}/src/main.rs"));
            for (group, queues) in [("Queue::OWED", &Queue::OWED[..]), ("Queue::TIMED", &Queue::TIMED[..])] {
                assert!(!main.contains(group) || config.queue_urls(queues).is_ok(), "{name}");
            }
        } else {
            Config::from(settings).unwrap_or_else(|missing| panic!("{name}: {missing}"));
        }
    }
}

#[test]
fn nothing_is_set_that_nobody_reads() {
    let ours = sources().into_iter().filter(|(path, _)| path.starts_with("shared/") || path.starts_with("functions/"));
    let read: BTreeSet<String> = ours.flat_map(|(_, text)| settings_in(&text)).collect();
    for (name, environment) in environments() {
        for setting in &environment {
            assert!(read.contains(setting), "{name} is given {setting}, which nothing reads");
        }
        let queues = Queue::ALL.iter().filter(|queue| environment.contains(queue_setting(**queue))).count();
        let main = text(&format!("functions/{name}/src/main.rs"));
        let sends = [("Queue::OWED", Queue::OWED.len()), ("Queue::TIMED", Queue::TIMED.len())];
        let expected: usize = sends.iter().filter(|(group, _)| main.contains(group)).map(|(_, count)| count).sum();
        assert_eq!(queues, expected, "{name} knows the queues that it sends to");
    }
}

#[test]
fn who_listens_to_nobody_is_told_of_no_issuer() {
    for (name, environment) in environments() {
        let worker = workers::ALL.iter().any(|worker| worker.name == name);
        assert_eq!(environment.contains("TOKEN_ISSUER"), !worker, "{name}");
        let manifest = text(&format!("functions/{name}/Cargo.toml"));
        for (named, setting) in [("\nvault.", "VAULT_SECRET"), ("\nfiles-s3.", "FILES_BUCKET"), ("\nevidence-kms.", "SEAL_KMS_KEY")] {
            assert_eq!(environment.contains(setting), manifest.contains(named), "{name}: {setting}");
        }
    }
}
