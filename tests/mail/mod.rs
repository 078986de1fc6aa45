//! Mails: what they say to whom, that nothing people type gets out of its place, and what becomes of handing them over.

mod bodies;
mod hostile;
mod message;
mod page;
mod ses;
mod smtp;
mod smtp_server;

use domain::transition::NoticeKind;
use domain::values::{Email, Timestamp};
use mail::{Initial, Mail, Reader, Sender, Tag, Telling};

const LINK: &str = "https://wangqian.example/login";

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn address(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn sender() -> Sender {
    Sender::new("网签 Wangqian", address("notice@wangqian.example"))
}

/// What a notice tells in full: a graduate, an employer, a position and a deadline.
fn telling(kind: NoticeKind, reader: Reader) -> Telling {
    Telling {
        kind,
        reader,
        student: Initial::of("黄河水"),
        employer: Some("星光集团".to_owned()),
        position: Some("软件工程师".to_owned()),
        deadline: Some(instant("2027-03-06T12:00:00.000Z")),
        at: instant("2027-03-01T12:00:00.000Z"),
        link: LINK.to_owned(),
    }
}

fn mailed(telling: &Telling) -> Mail {
    telling.mail(address("huang@students.example"), Tag::parse("n-7f3a_01").unwrap(), instant("2027-03-01T12:00:05.000Z"))
}

fn invitation() -> Mail {
    mailed(&telling(NoticeKind::InvitationReceived, Reader::Student))
}
