//! What mails say: to every reader of every notice, in two languages.

use super::{LINK, mailed, page::texts, telling};
use crate::support::check_golden;
use domain::labels;
use domain::transition::NoticeKind;
use mail::{Initial, Mail, Reader};
use std::fmt::Write as _;

const READERS: [Reader; 3] = [Reader::Student, Reader::Employer, Reader::Office];

/// Every kind of notice, as its declaration lists them.
fn kinds() -> Vec<NoticeKind> {
    let source = include_str!("../../shared/domain/src/transition.rs");
    let (_, declared) = source.split_once("pub enum NoticeKind {").unwrap();
    let (variants, _) = declared.split_once("\n}").unwrap();
    let names = variants.lines().filter_map(|line| line.trim().strip_suffix(',').filter(|name| !name.starts_with("//")));
    names.map(|name| serde_json::from_value(snake(name).into()).unwrap()).collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (i, c) in name.char_indices() {
        snake.extend((i > 0 && c.is_ascii_uppercase()).then_some('_'));
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn every_mail() -> impl Iterator<Item = (NoticeKind, Reader, Mail)> {
    kinds().into_iter().flat_map(|kind| READERS.map(|reader| (kind, reader, mailed(&telling(kind, reader)))))
}

/// The sentences of both parts, which differ from notice to notice.
fn sentences(mail: &Mail) -> (String, String) {
    let (chinese, english) = mail.text.split_once('─').unwrap();
    let third = |part: &str| part.split("\n\n").nth(2).unwrap().to_owned();
    (third(chinese), third(english.trim_start_matches('─').trim_start()))
}

/// SR-29.
#[test]
fn every_notice_is_told_to_every_reader_in_both_languages() {
    assert!(kinds().len() >= 35, "{:?}", kinds());
    for (kind, reader, mail) in every_mail() {
        let (chinese, english) = labels::notice(kind);
        let said = sentences(&mail);
        for body in [&mail.text, &mail.html] {
            for words in [chinese, english, said.0.as_str(), said.1.as_str(), "身份证号、密码或验证码", "identity number, password", LINK]
            {
                // A page writes an apostrophe as it is; nothing of ours needs escaping.
                assert!(body.contains(words), "{kind:?} to {reader:?} lacks {words}");
            }
        }
        assert!(said.0.chars().all(|c| !c.is_ascii_alphabetic()), "{kind:?}: {}", said.0);
        assert!(said.1.is_ascii(), "{kind:?}: {}", said.1);
        assert_eq!(mail.subject, format!("【网签】{chinese} / {english}"));
    }
}

///
#[test]
fn times_are_told_in_beijing_time_and_a_deadline_while_it_is_to_be_kept() {
    let kept = [NoticeKind::InvitationReceived, NoticeKind::InvitationExtended, NoticeKind::DeadlineNear];
    for (kind, reader, mail) in every_mail() {
        let deadlines = usize::from(kept.contains(&kind));
        for body in [mail.text, texts(&mail.html).concat()] {
            for (time, times) in [("2027-03-06 20:00", deadlines), ("2027-03-01 20:00", 1)] {
                assert_eq!(body.matches(&format!("{time}（北京时间）")).count(), times, "{kind:?} to {reader:?}");
                assert_eq!(body.matches(&format!("{time} (Beijing time)")).count(), times, "{kind:?} to {reader:?}");
            }
        }
    }
}

#[test]
fn of_a_name_only_the_first_character_is_shown() {
    for (kind, reader, mail) in every_mail() {
        for body in [&mail.text, &mail.html] {
            assert_eq!(body.matches("黄同学").count(), 2, "{kind:?} to {reader:?}");
            assert!(!body.contains("河水"), "{kind:?} to {reader:?}");
        }
        let greeted = mail.text.contains("黄同学，您好");
        assert_eq!(greeted, reader == Reader::Student, "{kind:?}: others read of whom it is about");
    }
    assert_eq!(Initial::of("\r\nBcc: x@y.example"), None);
    assert_eq!(Initial::of(""), None);
}

#[test]
fn no_mail_holds_a_number_that_could_be_a_persons() {
    for (kind, reader, mail) in every_mail() {
        for body in [&mail.text, &mail.html, &mail.subject] {
            let longest = body.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap();
            assert!(longest < 11, "{kind:?} to {reader:?}");
        }
    }
}

/// A reason is for those who may read it after log-in: a mail has no place for one, and says where it is.
#[test]
fn a_mail_of_what_has_a_reason_says_where_to_read_it() {
    let reasoned = [
        NoticeKind::InvitationRejected,
        NoticeKind::CertificationRejected,
        NoticeKind::ReturnedToCollege,
        NoticeKind::AgreementReviewFailed,
        NoticeKind::AgreementVoided,
        NoticeKind::AgreementWithdrawn,
        NoticeKind::CertificationRevoked,
        NoticeKind::TerminationRefused,
        NoticeKind::TerminationRejected,
        NoticeKind::RegistrationWithdrawn,
        NoticeKind::EmployerReviewed,
        NoticeKind::EmployerSuspended,
    ];
    for (kind, reader, mail) in every_mail().filter(|(kind, _, _)| reasoned.contains(kind)) {
        let (chinese, english) = sentences(&mail);
        assert!(chinese.contains("原因") && chinese.contains("登录查看"), "{kind:?} to {reader:?}: {chinese}");
        assert!(english.contains("after log-in"), "{kind:?} to {reader:?}: {english}");
    }
}

#[test]
fn what_is_not_known_is_left_out_and_nothing_stands_in_its_place() {
    for (kind, reader, _) in every_mail() {
        let bare = mail::Telling {
            student: None,
            employer: None,
            position: Some(" \u{200B}\n".to_owned()),
            deadline: None,
            ..telling(kind, reader)
        };
        let mail = mailed(&bare);
        for label in ["毕业生：", "单位：", "拟聘职位", "反馈期限：", "Graduate:", "Employer:", "Position", "Answer by"] {
            assert!(!mail.text.contains(label), "{kind:?} to {reader:?}: {label}");
        }
        assert!(mail.text.contains("发生时间：2027-03-01 20:00"), "{kind:?} to {reader:?}");
    }
}

#[test]
fn the_mails_are_what_a_reviewer_has_read() {
    let mut page = String::from("# Mails in plain text: three in full, then the sentences of each.\n");
    let whole = [
        (NoticeKind::InvitationReceived, Reader::Student),
        (NoticeKind::TerminationRequested, Reader::Employer),
        (NoticeKind::CertificationAwaited, Reader::Office),
    ];
    for (kind, reader) in whole {
        let mail = mailed(&telling(kind, reader));
        write!(page, "\n## {kind:?} to {reader:?}\n\nSubject: {}\n\n{}", mail.subject, mail.text).unwrap();
    }
    page.push_str("\n## Sentences\n");
    for kind in kinds() {
        let (chinese, english) = labels::notice(kind);
        write!(page, "\n### {kind:?}\n{chinese} / {english}\n").unwrap();
        let mut before: Vec<(Reader, (String, String))> = Vec::new();
        for reader in READERS {
            let said = sentences(&mailed(&telling(kind, reader)));
            match before.iter().find(|(_, before)| *before == said) {
                Some((as_for, _)) => writeln!(page, "- {reader:?}: as {as_for:?}").unwrap(),
                None => writeln!(page, "- {reader:?}: {}\n  {}", said.0, said.1).unwrap(),
            }
            before.push((reader, said));
        }
    }
    check_golden("mails.txt", &page);
}
