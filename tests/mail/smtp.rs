//! Mails by SMTP: what a failure says about the mail depends on where it happens.

use super::smtp_server::{SILENCE, Script, serve};
use super::{invitation, sender};
use mail::{Mailer, Outcome, message};
use mail_smtp::{Patience, SmtpMailer, WrongUrl};
use std::time::Duration;
use tokio::net::TcpListener;

const W: Script = Script::WILLING;

/// For servers that keep silent.
const IMPATIENT: Patience =
    Patience { opening: Duration::from_millis(200), content: Duration::from_millis(200), leaving: Duration::from_millis(50) };

fn mailer(url: &str, patience: Patience) -> SmtpMailer {
    SmtpMailer::open(url, sender(), patience).unwrap()
}

/// What becomes of a mail, and what the server has heard.
async fn outcome_at(script: Script, before: &str, behind: &str, patience: Patience) -> (Outcome, Vec<String>) {
    let (port, served) = serve(script).await;
    let outcome = mailer(&format!("{before}127.0.0.1:{port}{behind}"), patience).send(&invitation()).await;
    let (Outcome::Sent(says) | Outcome::Refused(says) | Outcome::Later(says) | Outcome::Unknown(says)) = &outcome;
    assert!(!says.contains('@'), "{says}");
    (outcome, served.await.unwrap())
}

async fn outcome(script: Script) -> Outcome {
    outcome_at(script, "smtp://", "", Patience::USUAL).await.0
}

#[tokio::test]
async fn a_server_takes_one_message_for_one_recipient() {
    let (outcome, heard) = outcome_at(W, "smtp://", "", Patience::USUAL).await;
    assert_eq!(outcome, Outcome::Sent("2.0.0 Ok: queued as 4F1A2B for (address)".to_owned()));
    let opening = ["EHLO wangqian.example", "MAIL FROM:<notice@wangqian.example>", "RCPT TO:<huang@students.example>", "DATA"];
    assert_eq!(heard[..4], opening);
    let sent = String::from_utf8(message(&invitation(), &sender()).unwrap()).unwrap();
    let end = heard.iter().position(|line| line == ".").unwrap();
    assert_eq!(heard[4..end].join("\r\n").trim_end(), sent.trim_end());
    assert_eq!(heard[end + 1..], ["QUIT"]);
}

#[tokio::test]
async fn a_server_is_told_who_we_are() {
    let (outcome, heard) = outcome_at(W, "smtp://no%2Dreply:p%40ss@", "", Patience::USUAL).await;
    assert!(matches!(outcome, Outcome::Sent(_)), "{outcome:?}");
    // NUL, user, NUL, password.
    assert_eq!(heard[1], "AUTH PLAIN AG5vLXJlcGx5AHBAc3M=");
}

#[tokio::test]
async fn a_recipient_or_content_that_is_never_taken_is_refused() {
    let cases = [
        Script { to: "550 5.1.1 <huang@students.example>: no such user", ..W },
        Script { to: "553 5.1.3 Bad address", ..W },
        Script { data: "554 5.5.1 No valid recipients", ..W },
        Script { content: "554 5.7.1 Message rejected as spam", ..W },
        Script { content: "552 5.3.4 Too big", ..W },
    ];
    for script in cases {
        let outcome = outcome(script).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{script:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_an_operator_or_time_can_mend_is_for_later() {
    let cases = [
        Script { greeting: "421 Busy", ..W },
        Script { greeting: "554 Not for you", ..W },
        Script { hello: "550 Who?", ..W },
        Script { from: "451 4.3.0 Try again", ..W },
        Script { from: "550 5.7.1 Not your sender", ..W },
        Script { from: "530 5.7.0 Authentication required", ..W },
        Script { to: "450 4.2.0 Greylisted", ..W },
        Script { to: "451 4.7.1 Slow down", ..W },
        Script { to: "530 5.7.0 Authentication required", ..W },
        Script { data: "451 4.3.0 Try again", ..W },
        Script { content: "452 4.3.1 Full", ..W },
        Script { content: "421 4.3.2 Shutting down", ..W },
    ];
    for script in cases {
        let outcome = outcome(script).await;
        assert!(matches!(outcome, Outcome::Later(_)), "{script:?}: {outcome:?}");
    }
    let (outcome, heard) = outcome_at(Script { login: "535 5.7.8 Wrong password", ..W }, "smtp://a:b@", "", Patience::USUAL).await;
    assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");
    assert!(!heard.iter().any(|line| line.starts_with("MAIL")), "{heard:?}");
}

#[tokio::test]
async fn whoever_leaves_before_the_content_has_not_taken_it() {
    let gone = |script: Script| async move { (outcome(script).await, script) };
    for script in [
        Script { greeting: "", ..W },
        Script { hello: "", ..W },
        Script { from: "", ..W },
        Script { to: "", ..W },
        Script { data: "", ..W },
    ] {
        let (outcome, script) = gone(script).await;
        assert!(matches!(outcome, Outcome::Later(_)), "{script:?}: {outcome:?}");
    }
    for script in [Script { greeting: SILENCE, ..W }, Script { to: SILENCE, ..W }] {
        let (outcome, _) = outcome_at(script, "smtp://", "", IMPATIENT).await;
        assert!(matches!(outcome, Outcome::Later(_)), "{script:?}: {outcome:?}");
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let outcome = mailer(&format!("smtp://{nobody}"), Patience::USUAL).send(&invitation()).await;
    assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");
}

#[tokio::test]
async fn whoever_leaves_after_the_content_may_have_taken_it() {
    for script in [Script { content: "", ..W }, Script { content: "what?", ..W }] {
        let (outcome, heard) = outcome_at(script, "smtp://", "", Patience::USUAL).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{script:?}: {outcome:?}");
        assert!(heard.iter().any(|line| line == "."), "{heard:?}");
    }
    let (outcome, _) = outcome_at(Script { content: SILENCE, ..W }, "smtp://", "", IMPATIENT).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
}

#[tokio::test]
async fn nothing_is_said_in_the_open_where_encryption_is_required() {
    let (outcome, heard) = outcome_at(W, "smtp://user:secret@", "?tls=required", Patience::USUAL).await;
    assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");
    assert!(heard.iter().all(|line| ["EHLO", "QUIT"].contains(&&line[..4])), "{heard:?}");
    let (outcome, heard) = outcome_at(W, "smtps://user:secret@", "", Patience::USUAL).await;
    assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");
    assert!(!heard.iter().any(|line| line.contains("EHLO")), "{heard:?}");
}

#[tokio::test]
async fn an_address_of_a_server_is_encrypted_or_of_this_machine() {
    let opened = |url: &str| SmtpMailer::open(url, sender(), Patience::USUAL).map(|mailer| format!("{mailer:?}"));
    for (url, host, port) in [
        ("smtps://u:p@mail.example", "mail.example", 465),
        ("smtps://mail.example:8465", "mail.example", 8465),
        ("smtp://u:p@mail.example?tls=required", "mail.example", 587),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025),
        ("smtp://[::1]:1025", "::1", 1025),
        ("smtp://localhost:1025", "localhost", 1025),
    ] {
        assert_eq!(opened(url), Ok(format!("SmtpMailer {{ host: {host:?}, port: {port}, .. }}")), "{url}");
    }
    for (url, wrong) in [
        ("smtp://mail.example", WrongUrl::Unencrypted),
        ("smtp://10.0.0.1:25", WrongUrl::Unencrypted),
        ("smtp://mail.example?tls=opportunistic", WrongUrl::Unencrypted),
        ("smtp://mail.example?tls=required&x=1", WrongUrl::Unencrypted),
        ("http://mail.example", WrongUrl::Malformed),
        ("smtps:", WrongUrl::Malformed),
        ("mail.example", WrongUrl::Malformed),
        ("smtps://user@mail.example", WrongUrl::Credentials),
        ("smtps://:pass@mail.example", WrongUrl::Credentials),
        ("smtps://u:%ff@mail.example", WrongUrl::Credentials),
    ] {
        assert_eq!(opened(url), Err(wrong), "{url}");
    }
}
