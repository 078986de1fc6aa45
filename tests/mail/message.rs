//! The message as every transport carries it.

use super::{instant, invitation, sender};
use mail::{Mail, message};
use mail_parser::{MessageParser, MessagePart, MimeHeaders as _};

/// The left half says nothing of whose mail it is.
fn id() -> String {
    format!("{}@wangqian.example", domain::upload::sha256(b"n-7f3a_01"))
}

#[test]
fn a_message_says_who_sends_it_when_and_that_nobody_wrote_it() {
    let bytes = message(&invitation(), &sender()).unwrap();
    let message = MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(message.from().unwrap().first().unwrap().name(), Some("网签 Wangqian"));
    assert_eq!(message.subject(), Some("【网签】您收到一份签约邀请 / You have received an invitation to sign"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2027-03-01T12:00:05Z");
    assert_eq!(message.message_id(), Some(id().as_str()));
    assert_eq!(message.header("Auto-Submitted").unwrap().as_text(), Some("auto-generated"));
    let kinds: Vec<_> = message.parts.iter().map(kind).collect();
    assert_eq!(kinds, [("multipart", "alternative", None), ("text", "plain", Some("utf-8")), ("text", "html", Some("utf-8"))]);
}

#[test]
fn a_repeat_is_the_same_message() {
    assert_eq!(message(&invitation(), &sender()), message(&invitation(), &sender()));
    let later = Mail { date: instant("2027-03-01T12:10:00.000Z"), ..invitation() };
    let bytes = message(&later, &sender()).unwrap();
    let message = MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(message.message_id(), Some(id().as_str()), "the id is the mail's, whenever it is sent");
}

#[test]
fn a_mail_prints_without_what_it_holds() {
    let printed = format!("{:?}", invitation());
    assert!(!printed.contains("huang") && !printed.contains("星光") && !printed.contains('黄'), "{printed}");
}

fn kind<'a>(part: &'a MessagePart<'_>) -> (&'a str, &'a str, Option<&'a str>) {
    let kind = part.content_type().unwrap();
    (kind.ctype(), kind.subtype().unwrap(), kind.attribute("charset"))
}
