//! A panic is one failed invocation, never the end of a function: the runtime reports it, and the next event is taken.

use emulator::{Function, Outcome};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn panics() -> String {
    let test = std::env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).map(PathBuf::from).unwrap();
    profile.join("examples/panics").to_str().unwrap().to_owned()
}

fn settings() -> BTreeMap<String, String> {
    let nowhere = "http://127.0.0.1:9";
    let settings = [
        ("TABLE_NAME", "wangqian"),
        ("AWS_REGION", "local-1"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("TOKEN_ISSUER", nowhere),
        ("TOKEN_AUDIENCE", "wangqian"),
        ("TOKEN_JWKS_URL", nowhere),
    ];
    settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[tokio::test]
async fn a_panic_fails_its_invocation_and_the_function_goes_on() {
    let now = lambda::RealClock::system().now_ms();
    let request = http::Request::get("/v1/reference").body(bytes::Bytes::new()).unwrap();
    let request = emulator::http_api(&request, now).unwrap();
    for (command, event) in [(vec![panics()], request), (vec![panics(), "worker".to_owned()], emulator::schedule().unwrap())] {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let mut function = Function::start(&command, &settings()).await.unwrap();
        for _ in 0..2 {
            let Outcome::Failed(told) = function.invoke(&event).await.unwrap() else { panic!("it answered") };
            assert!(told["errorMessage"].as_str().unwrap().contains("that panics"), "{told}");
        }
        assert!(function.process().is_some());
    }
}

/// All that is missing is named at once, before the first event, in what an operator reads.
#[tokio::test]
async fn a_function_without_its_settings_names_them_and_does_not_start() {
    let said = Function::refuses(&[&panics()], &BTreeMap::new()).await.unwrap();
    for name in settings().keys() {
        assert!(said.contains(name), "{name}: {said}");
    }
    let mistaken = [settings(), [("TOKEN_SCOPE".to_owned(), "roles".to_owned())].into()].into_iter().flatten().collect();
    let said = Function::refuses(&[&panics()], &mistaken).await.unwrap();
    assert!(said.contains("TOKEN_SCOPE is claims or groups"), "{said}");
}
