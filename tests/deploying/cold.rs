//! `cargo xtask bench cold`: what a cold start costs, of every function, beside the least function that there can be and beside a function
//! in Node that asks the same of AWS. Written to `infra/benchmarks/cold.md`. And `cargo xtask startup`: what of a program runs at a start.

mod subject;
mod table;

use crate::hostile::{Scene, valid};
use crate::support::World;
use api::{actions, workers};
use emulator::Tls;
use std::collections::BTreeMap;
use std::path::PathBuf;
use subject::{Sample, Subject};

/// Starts of each function.
const STARTS: usize = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cold_starts() {
    let (scene, settings) = scene_over_tls().await;
    let mut subjects = vec![Subject::hello(), Subject::node(&scene).await, Subject::accepting(&scene).await];
    subjects.extend(functions(&scene));
    let mut rows: Vec<(Subject, Vec<Sample>)> = subjects.into_iter().map(|subject| (subject, Vec::new())).collect();
    // One start of each in turn, so that whatever else the machine does falls on all alike; the first round warms what they share.
    for round in 0..=STARTS {
        for (subject, samples) in &mut rows {
            let sample = subject.start(&settings).await.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
            if round > 0 {
                samples.push(sample);
            }
        }
    }
    for (subject, _) in &mut rows {
        subject.count_instructions(&settings).await.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
    }
    let text = table::text(&rows);
    println!("{text}");
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../infra/benchmarks/cold.md");
    std::fs::write(file, text).unwrap();
}

/// Each function's calls until its first event: `cargo xtask startup` tells the linker of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_at_a_start() {
    let (scene, settings) = scene_over_tls().await;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("calls");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    for subject in functions(&scene) {
        subject.note_calls(&settings, &folder).await.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
    }
}

/// A world of today whose engines answer over TLS.
async fn scene_over_tls() -> (Scene, BTreeMap<String, String>) {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cold-{}", std::process::id()));
    let scene = Box::pin(Scene::of(World::of_today(&dir).await)).await;
    let settings = over_tls(&dir, scene.world.stack.environment()).await;
    (scene, settings)
}

/// Everything that is deployed.
fn functions(scene: &Scene) -> Vec<Subject> {
    let actions = actions::ALL.iter().map(|action| Subject::action(action, valid(scene, action)));
    actions.chain(workers::ALL.map(Subject::worker)).collect()
}

/// The same settings, each engine behind TLS: a start asks for nothing that is plain.
async fn over_tls(dir: &std::path::Path, plain: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let (tls, mut settings) = (Tls::new().unwrap(), plain.clone());
    // The gateway's own address stands in tokens, and stays; keys and files are fetched by TLS.
    for name in ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_SES"] {
        let behind = tls.before(&plain[name]).await.unwrap();
        settings.insert(name.to_owned(), behind);
    }
    let issuer = tls.before(&plain["TOKEN_ISSUER"]).await.unwrap();
    settings.insert("TOKEN_JWKS_URL".to_owned(), format!("{issuer}/.well-known/jwks.json"));
    // As many roots as there are of Amazon, and the one that counts here.
    let amazon = std::str::from_utf8(aws::AMAZON_ROOTS).unwrap();
    let roots = dir.join("roots.pem");
    std::fs::write(&roots, format!("{amazon}\n{}", tls.root)).unwrap();
    for name in ["TRUST_STORE", "NODE_EXTRA_CA_CERTS"] {
        settings.insert(name.to_owned(), roots.to_str().unwrap().to_owned());
    }
    settings
}
