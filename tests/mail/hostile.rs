//! What people type, and what they would like to do with it: 20 cases in every place that a mail has for them.

use super::page::{tags, texts};
use super::{address, instant, invitation, mailed, sender, telling};
use domain::transition::NoticeKind;
use domain::values::{Email, Invalid};
use mail::{Initial, Mail, Reader, Sender, Tag, Telling, message};
use mail_parser::{HeaderValue, Message, MessageParser};

/// The headers of every mail, and no others.
const HEADERS: [&str; 8] = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];

/// A name for the case, what is typed, and what a reader sees of it.
const CASES: [(&str, &str, &str); 20] = [
    ("line break and header", "星光\r\nBcc: evil@example.com", "星光 Bcc: evil＠example．com"),
    ("bare carriage return", "星光\rBcc: evil@example.com", "星光 Bcc: evil＠example．com"),
    ("bare line feed", "星光\nBcc: evil@example.com", "星光 Bcc: evil＠example．com"),
    ("folded header", "星光\r\n \tTo: evil@example.com", "星光 To: evil＠example．com"),
    ("header before the text", "\r\nBcc: evil@example.com\r\n\r\n星光", "Bcc: evil＠example．com 星光"),
    ("end of headers and a body", "星光\r\n\r\n<h1>new body</h1>", "星光 <h1>new body</h1>"),
    ("a part of its own", "星光\r\n--=_wangqian_=\r\nContent-Type: text/html\r\n\r\nx", "星光 --=_wangqian_= Content-Type: text/html x"),
    ("end of an SMTP transfer", "星光\r\n.\r\nMAIL FROM:<evil@example.com>", "星光 . MAIL FROM:<evil＠example．com>"),
    ("encoded words", "=?utf-8?q?=0d=0aBcc=3a_evil=40example.com?=", "=?utf-8?q?=0d=0aBcc=3a_evil=40example．com?="),
    ("percent-encoded", "%0d%0aBcc:%20evil%40example.com", "%0d%0aBcc:%20evil%40example．com"),
    ("NUL and bell", "星\0光\u{7}", "星 光"),
    ("line and paragraph separators", "星\u{2028}光\u{2029}集\u{85}团", "星 光 集 团"),
    ("turned direction", "gnp\u{202E}\u{2066}\u{200F}.exe", "gnp．exe"),
    ("from right to left", "شركة النجوم", "شركة النجوم"),
    ("emoji", "星光🌟集团", "星光🌟集团"),
    ("script", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("out of an attribute", "\"><img src=x onerror=alert(1)>' &lt;", "\"><img src=x onerror=alert(1)>' &lt;"),
    ("end of a comment", "--><![endif]--></style></title>", "--><![endif]--></style></title>"),
    ("a link", "详见 http://evil.example/a.b 和 www.evil.example", "详见 http：//evil．example/a.b 和 www．evil．example"),
    ("a list of addresses", "a@b.example, \"c\" <d@e.example>;", "a＠b．example, \"c\" <d＠e．example>;"),
];

fn told(typed: &str) -> Mail {
    mailed(&Telling {
        student: Initial::of(typed),
        employer: Some(typed.to_owned()),
        position: Some(typed.to_owned()),
        ..telling(NoticeKind::InvitationReceived, Reader::Student)
    })
}

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::new().parse(bytes).unwrap()
}

/// The message has our headers once each, one recipient, and two bodies.
#[track_caller]
fn is_ours(bytes: &[u8], mail: &Mail) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.is_ascii());
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    assert!(text.replace("\r\n", "").chars().all(|c| !c.is_control()), "line breaks are of one kind");
    assert!(head.lines().all(|line| line.len() <= 998));
    let message = parsed(bytes);
    let mut names: Vec<&str> = message.headers().iter().map(mail_parser::Header::name).collect();
    names.sort_unstable();
    assert_eq!(names, HEADERS, "{head}");
    let to: Vec<_> = message.to().unwrap().iter().map(|to| (to.name(), to.address())).collect();
    assert_eq!(to, [(None, Some(mail.to.as_str()))]);
    let from: Vec<_> = message.from().unwrap().iter().map(|from| from.address()).collect();
    assert_eq!(from, [Some("notice@wangqian.example")]);
    assert_eq!(message.subject(), Some(mail.subject.as_str()));
    assert_eq!(message.parts.len(), 3, "a text, a page, and what holds them");
    assert_eq!((message.text_body_count(), message.html_body_count(), message.attachment_count()), (1, 1, 0));
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), mail.text);
    assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), mail.html);
}

#[test]
fn nothing_typed_becomes_a_header_a_recipient_or_a_part() {
    for (case, typed, _) in CASES {
        let mail = told(typed);
        println!("{case}");
        is_ours(&message(&mail, &sender()).unwrap(), &mail);
        assert_eq!(mail.subject, invitation().subject, "{case}");
    }
}

#[test]
fn what_is_typed_is_shown_as_text_and_is_no_markup() {
    let harmless = invitation();
    for (case, typed, shown) in CASES {
        let mail = told(typed);
        for label in ["单位：", "拟聘职位：", "Employer: ", "Position: "] {
            assert!(mail.text.lines().any(|line| line == format!("{label}{shown}")), "{case}: {}", mail.text);
        }
        assert_eq!(tags(&mail.html), tags(&harmless.html), "{case}");
        assert_eq!(texts(&mail.html).iter().filter(|text| *text == shown).count(), 4, "{case}: {:?}", texts(&mail.html));
    }
}

#[test]
fn only_a_letter_is_shown_of_a_name() {
    for (case, typed, _) in CASES {
        let mail = told(typed);
        let greeting = mail.text.lines().nth(2).unwrap();
        let named = ["星同学，您好：", "同学，您好：", "g同学，您好：", "详同学，您好：", "a同学，您好：", "ش同学，您好："];
        assert!(named.contains(&greeting), "{case}: {greeting}");
    }
}

#[test]
fn an_overlong_name_is_cut() {
    let mail = told(&"星".repeat(5_000));
    let longest = mail.text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(longest < 400, "{longest}");
    assert!(mail.text.contains(&format!("单位：{}…\n", "星".repeat(119))));
    assert!(told(&"光".repeat(120)).text.contains(&format!("单位：{}\n", "光".repeat(120))));
    is_ours(&message(&mail, &sender()).unwrap(), &mail);
}

#[test]
fn an_address_is_refused_or_harmless() {
    for (case, typed, _) in CASES {
        let tried = [
            typed.to_owned(),
            format!("{typed}@students.example"),
            format!("huang@students.example{typed}"),
            format!("huang@{typed}.example"),
            format!("{typed}huang@students.example"),
            format!("\"{typed}\"@students.example"),
        ];
        for to in tried {
            assert!(Email::parse(&to).is_err(), "{case}: {to:?}");
        }
    }
    // It would be decoded by some programs, and is another address then.
    assert!(Email::parse("{huang}=?@students.example.example").is_err());
    for odd in ["o'hara+x=y@students.example", "%0d%0a@students.example"] {
        let mail = Mail { to: address(odd), ..invitation() };
        is_ours(&message(&mail, &sender()).unwrap(), &mail);
    }
    for quoted in ["\"huang\"@students.example", "\"a\\\"b\"@students.example", "huang@[127.0.0.1]", "<huang@students.example>"] {
        assert_eq!(Email::parse(quoted), Err(Invalid::Malformed), "{quoted}");
    }
    assert_eq!(Email::parse(&format!("{}@students.example", "a".repeat(1_000))), Err(Invalid::TooLong(254)));
}

#[test]
fn a_senders_name_is_a_name_whatever_the_operator_has_written() {
    for name in ["网签\r\nBcc: evil@example.com", "网签, \"x\" <evil@example.com>", "a <b@c.example>", "=?utf-8?q?x?=", ""] {
        let sender = Sender::new(name, address("notice@wangqian.example"));
        is_ours(&message(&invitation(), &sender).unwrap(), &invitation());
    }
}

/// Subjects are ours; if one were not, it would still be one header.
#[test]
fn a_subject_cannot_become_another_header() {
    for (case, typed, _) in CASES {
        let mail = Mail { subject: typed.to_owned(), ..invitation() };
        let bytes = message(&mail, &sender()).unwrap();
        let message = parsed(&bytes);
        assert_eq!(message.headers().len(), HEADERS.len(), "{case}");
        assert!(message.header("Bcc").is_none(), "{case}");
        assert!(matches!(message.header("Subject"), Some(HeaderValue::Text(_) | HeaderValue::Empty)), "{case}");
    }
}

#[test]
fn a_tag_is_made_of_what_an_id_may_hold() {
    for (case, typed, _) in CASES {
        assert_eq!(Tag::parse(typed), Err(Invalid::Malformed), "{case}");
    }
    assert_eq!(Tag::parse(""), Err(Invalid::Malformed));
    assert_eq!(Tag::parse(&"a".repeat(257)), Err(Invalid::TooLong(256)));
    let longest = Tag::parse(&"a".repeat(256)).unwrap();
    let mail = telling(NoticeKind::InvitationReceived, Reader::Student).mail(
        address("huang@students.example"),
        longest,
        instant("2027-03-01T12:00:00.000Z"),
    );
    is_ours(&message(&mail, &sender()).unwrap(), &mail);
}
