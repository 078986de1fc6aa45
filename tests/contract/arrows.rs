//! Dependencies run one way (architecture 2): domain <- api, store <- lambda and adapters <- functions <- infra/local <- tests.

use super::workspace::{Package, packages};

/// On which storey a member stands: it may lean on those below, never on one beside or above it. A new crate is given its place
/// here.
fn storey(package: &Package) -> u8 {
    match package.directory.as_str() {
        "shared/domain" | "shared/evidence" | "shared/spreadsheets" | "shared/typeface" => 0,
        "shared/api" | "shared/documents" | "shared/files" | "shared/inspection" | "shared/mail" | "shared/store" => 1,
        "shared/aws" | "shared/mail-smtp" | "shared/openapi" | "shared/queue" | "shared/store-memory" | "shared/vault" => 2,
        "shared/evidence-kms"
        | "shared/files-s3"
        | "shared/lambda"
        | "shared/mail-ses"
        | "shared/queue-sqs"
        | "shared/store-dynamo"
        | "shared/vault-secret" => 3,
        "shared/desk" | "shared/papers" | "shared/sealing" => 4,
        directory if directory.starts_with("functions/") => 5,
        "infra/local" => 6,
        // It knows no product, only binaries.
        "infra/emulator" => 0,
        "tests" => 7,
        // The habits work on files; of the product they know its tables, which the deployment is made from.
        "infra/xtask" => 2,
        directory => panic!("{directory} has no place in the house yet"),
    }
}

/// The members that name a dependency whose name begins so.
fn who_names(packages: &[Package], dependency: &str) -> Vec<String> {
    let names_it = |package: &&Package| package.dependencies.iter().any(|named| named.name.starts_with(dependency));
    let mut names: Vec<String> = packages.iter().filter(names_it).map(|package| package.name.clone()).collect();
    names.sort();
    names
}

#[test]
fn dependencies_run_one_way() {
    let packages = packages();
    let mut arrows = 0;
    for package in &packages {
        for dependency in package.dependencies.iter().filter(|dependency| dependency.ours) {
            let below = packages.iter().find(|other| other.name == dependency.name).unwrap();
            assert!(storey(below) < storey(package), "{} leans on {}", package.name, below.name);
            arrows += 1;
        }
    }
    assert!(arrows > 20, "{arrows}");
}

#[test]
fn functions_never_depend_on_each_other() {
    let packages = packages();
    for function in packages.iter().filter(|package| package.is_function()) {
        for other in packages.iter().filter(|package| package.is_function()) {
            assert!(!function.depends_on(&other.name), "{} leans on {}", function.name, other.name);
        }
    }
}

#[test]
fn the_rules_know_no_database_no_network_and_no_clock() {
    let packages = packages();
    let domain = packages.iter().find(|package| package.name == "domain").unwrap();
    let named: Vec<_> = domain.dependencies.iter().map(|dependency| dependency.name.as_str()).collect();
    assert_eq!(named, ["schemars", "serde", "serde_json", "sha2", "time", "unicode-normalization"]);
}

#[test]
fn engines_are_embedded_in_the_local_stack_alone() {
    let packages = packages();
    for engine in ["dynoxide", "rusqlite", "rustack", "s3s"] {
        assert_eq!(who_names(&packages, engine), ["local"], "{engine}");
    }
    assert_eq!(who_names(&packages, "store-memory"), ["tests"], "the model is for tests");
}

#[test]
fn the_cloud_is_behind_the_adapter() {
    let packages = packages();
    let adapters = ["evidence-kms", "files-s3", "local", "mail-ses", "queue-sqs", "store-dynamo", "tests", "vault-secret"];
    assert_eq!(who_names(&packages, "aws-sdk-"), adapters);
    assert_eq!(who_names(&packages, "aws-smithy-"), ["aws", "local"], "clients are put together in one place");
    assert_eq!(who_names(&packages, "lambda_"), ["emulator", "lambda"], "beside ours, the least function of all");
    assert_eq!(who_names(&packages, "jsonwebtoken"), ["lambda"]);
}

#[test]
fn strangers_files_are_taken_apart_in_one_place() {
    let packages = packages();
    let decoders: [(&str, &[&str]); 4] = [
        ("lopdf", &["inspection"]),
        ("image", &["inspection"]),
        ("quick-xml", &["spreadsheets"]),
        ("flate2", &["inspection", "spreadsheets"]),
    ];
    for (decoder, takers) in decoders {
        let others = who_names(&packages, decoder).into_iter().filter(|name| name != "tests");
        assert_eq!(others.collect::<Vec<_>>(), takers, "{decoder}");
    }
    assert_eq!(who_names(&packages, "spreadsheets"), ["desk", "tests"], "one desk reads and writes sheets");
    let only = |name: &String| ["confirm-upload", "tests"].contains(&name.as_str());
    assert!(who_names(&packages, "inspection").iter().all(only), "one function inspects");
}
