//! The one-machine stack itself: its options, its people, its data.

use local::clock::span;
use local::options::{Command, Serve, parse};
use local::{Options, Stack};

fn parsed(line: &str) -> Result<Command, String> {
    parse(line.split_whitespace().map(str::to_owned))
}

#[test]
fn options_may_stand_in_any_order_and_form() {
    let usual = Serve { port: 8080, data_dir: ".data".into(), fresh: false, clock_offset_ms: None };
    assert_eq!(parsed("--no-portal"), parsed(""));
    assert_eq!(parsed(""), Ok(Command::Serve(usual)));
    let all = Serve { port: 0, data_dir: "/tmp/x".into(), fresh: true, clock_offset_ms: Some(432_000_000) };
    assert_eq!(parsed("--fresh --port=0 --data-dir /tmp/x --clock-offset 5d"), Ok(Command::Serve(all)));
    assert_eq!(parsed("--port 1 --help --nonsense"), Ok(Command::Help));
}

#[test]
fn a_wrong_option_is_named() {
    for (line, why) in [
        ("--port", "--port needs a value"),
        ("--port 70000", "--port is a number from 0 to 65535"),
        ("--clock-offset 5w", "--clock-offset is a whole number and d, h, m or s, as in 5d"),
        ("--fresh=no", "unknown option --fresh=no"),
        ("serve", "unknown option serve"),
    ] {
        assert_eq!(parsed(line), Err(why.to_owned()), "{line}");
    }
}

#[test]
fn spans_are_whole_numbers_with_one_unit() {
    for (text, millis) in [("90s", 90_000), ("15m", 900_000), ("36h", 129_600_000), ("5d", 432_000_000), ("0d", 0)] {
        assert_eq!(span(text), Some(millis), "{text}");
    }
    for wrong in ["", "d", "5", "5w", "-5d", "+5d", "1.5h", "5 d", "5天", "99999999999999999999d", "999999999999d9"] {
        assert_eq!(span(wrong), None, "{wrong}");
    }
}

#[tokio::test]
async fn every_sample_person_shows_what_a_first_signing_needs() {
    let stack = Stack::start(Options::default()).await.unwrap();
    for person in stack.people() {
        let role = person.role.as_str();
        assert_eq!(person.stage.is_none(), role == "college" || role == "school", "{}", person.id);
        assert_eq!(person.record.is_some(), role == "student", "{}", person.id);
        assert_eq!(person.employer.is_some(), role == "employer", "{}", person.id);
    }
    let chen = stack.people().iter().find(|person| person.id == "chen").unwrap();
    assert_eq!((chen.stage.as_deref(), chen.record.as_ref().unwrap().mobile.as_str()), (Some("unverified"), "19900039595"));
    let twice = stack.store().verified(&domain::values::AccountId::parse("student-0311").unwrap()).await.unwrap();
    assert_eq!(twice.records.iter().map(|record| record.student.school().to_string()).collect::<Vec<_>>(), ["99003", "99002"]);
}

#[tokio::test]
async fn a_stack_on_disk_is_the_same_after_a_restart_and_is_alone_with_its_data() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("one-machine-{}", std::process::id()));
    let options = Options { data_dir: Some(dir.clone()), ..Options::default() };
    let first = Stack::start(options.clone()).await.unwrap();
    let huang = first.people()[0].clone();
    let (keys, moved) = (first.issuer().jwks(), first.clock().advance(432_000_000).unwrap());
    let reference = first.vault().document(&domain::values::ResidentId::parse(&huang.record.unwrap().id_number).unwrap());
    let taken = Stack::start(options.clone()).await.unwrap_err().to_string();
    assert!(taken.starts_with("another wangqian is using the data directory"), "{taken}");
    first.shutdown().await.unwrap();

    let second = Stack::start(options).await.unwrap();
    assert_eq!(second.issuer().jwks(), keys);
    assert!(second.clock().now() >= moved);
    assert!(second.store().person_by_document(&reference).await.unwrap().is_some());
    second.shutdown().await.unwrap();
    local::forget(&dir).unwrap();
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1, "only the lock is left");
    std::fs::remove_dir_all(dir).unwrap();
}

#[tokio::test]
async fn a_taken_port_is_said_plainly() {
    let stack = Stack::start(Options::default()).await.unwrap();
    let port: u16 = stack.url().rsplit(':').next().unwrap().parse().unwrap();
    let taken = Stack::start(Options { port, ..Options::default() }).await.unwrap_err();
    assert_eq!(taken.to_string(), format!("port {port} is in use; choose another with --port"));
}

#[tokio::test]
async fn stacks_do_not_see_each_other() {
    let (one, two) = (Stack::start(Options::default()).await.unwrap(), Stack::start(Options::default()).await.unwrap());
    let school = domain::values::SchoolId::parse("99001").unwrap();
    let year = domain::values::GraduationYear::parse("2027").unwrap();
    for _ in 0..3 {
        one.store().draw_number(&school, year).await.unwrap();
    }
    assert_eq!(two.store().draw_number(&school, year).await.unwrap().as_str(), "99001-2027-000001");
    let empty = Stack::start(Options { samples: false, ..Options::default() }).await.unwrap();
    assert!(empty.people().is_empty() && empty.store().school(&school).await.is_err());
}
