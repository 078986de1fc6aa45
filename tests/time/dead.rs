//! Dead letters: what a worker cannot deal with lies apart, alone, until an operator brings it back.

use crate::support::{World, days};
use domain::work::Queue;
use local::redrive::{self, Redrive};
use queue::Queues as _;
use std::path::PathBuf;

/// Reliability 3.5: poison reaches the dead-letter queue alone; brought back once its cause is mended, it is dealt with once.
#[tokio::test]
async fn poison_lies_apart_alone_and_is_done_once_when_it_is_brought_back() {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("dead-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&dir));
    let world = World::kept_in(&dir).await;
    let (stars, li) = (world.employer("星光集团").await, world.graduate_at("李晓雨", "li@example.com").await);
    let huang = world.graduate_at("黄河水9", "huang@example.com").await;
    stars.invites(&huang).await;
    let inbox = format!("INBOX#STUDENT#{}", huang.student.person);
    let notice = world.dump().await.into_keys().find(|(pk, _)| *pk == inbox).unwrap();
    let whole = world.dump().await[&notice]["data"].clone();
    world.breaks(&notice, "data", "{").await;
    stars.invites(&li).await;
    world.stack.deps().queues.send(Queue::MailEvents, &["{}".to_owned()]).await.unwrap();
    world.settles().await;
    assert_eq!((world.mails_to("huang@example.com").len(), world.mails_to("li@example.com").len()), (0, 1));

    let says = async |line: &[&str]| {
        let words = line.iter().map(|word| (*word).to_owned()).chain(["--data-dir".to_owned(), dir.to_str().unwrap().to_owned()]);
        redrive::on_this_machine(&redrive::parse(words).unwrap().unwrap(), None).await.unwrap()
    };
    for _ in 0..2 {
        let told = says(&[]).await;
        // Its coming into being and its breaking are two changes.
        for line in ["notices: 2 dead", "INBOX", "mail-events: 1 dead", "an event", "expiries: 0 dead", "jobs: 0 dead"] {
            assert!(told.contains(line), "{told}");
        }
    }
    world.breaks(&notice, "data", &whole).await;
    let told = says(&["--queue", "notices", "--go", "--one"]).await;
    assert!(told.contains("1 back to their worker") && !told.contains("mail-events"), "{told}");
    world.settles().await;
    assert!(says(&["--queue", "notices"]).await.contains("notices: 1 dead"));
    says(&["--go"]).await;
    world.settles().await;
    world.passes(days(1)).await;
    let told = says(&[]).await;
    assert!(told.contains("notices: 0 dead"), "{told}");
    assert_eq!(world.mails_to("huang@example.com").len(), 1, "once, though the sweep has it too");
    assert!(told.contains("mail-events: 1 dead"), "what is no message of ours comes back as often as it is brought");
    world.stack.shutdown().await.unwrap();
    local::forget(&dir).unwrap();
    std::fs::remove_dir_all(dir).unwrap();
}

/// What is misread is said; without a running stack there is nothing to look at.
#[tokio::test]
async fn a_command_that_cannot_be_done_says_why() {
    let parsed = |line: &[&str]| redrive::parse(line.iter().map(|word| (*word).to_owned()));
    assert_eq!(parsed(&["--help"]), Ok(None));
    for (line, wrong) in [
        (vec!["--queue", "nothing"], "\"nothing\" is no queue"),
        (vec!["--queue"], "--queue needs a value"),
        (vec!["--one"], "--one belongs to --go"),
        (vec!["--all"], "unknown option --all"),
    ] {
        assert_eq!(parsed(&line), Err(wrong.to_owned()));
    }
    let nowhere = Redrive { queue: None, go: false, one: false, data_dir: PathBuf::from("/nowhere") };
    let refused = redrive::on_this_machine(&nowhere, None).await.unwrap_err().to_string();
    assert!(refused.starts_with("no wangqian is running in /nowhere"), "{refused}");
}
