//! Mails by SES: what each answer of the service says about the mail.

use super::{invitation, sender};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail::{Mailer, Outcome, message};
use mail_ses::{SesMailer, TIMEOUT};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{Settings, Trust};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the service does once it has read the request.
#[derive(Clone)]
enum Does {
    Answers(u16, String),
    /// Closes the connection.
    Leaves,
    /// Keeps the connection and says nothing.
    Hangs,
}

fn taken() -> Does {
    let body = "<SendRawEmailResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><SendRawEmailResult><MessageId>0100-abc-000000\
                </MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></SendRawEmailResponse>";
    Does::Answers(200, body.to_owned())
}

fn error(status: u16, code: &str, message: &str) -> Does {
    let body = format!(
        "<ErrorResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><Error><Type>Sender</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
    );
    Does::Answers(status, body)
}

/// A running service and what it has been asked.
struct Service {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
    running: JoinHandle<()>,
}

impl Service {
    async fn that(does: Does) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = requests.clone();
        let running = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = request(&mut stream).await;
                heard.lock().unwrap().push(request);
                answer(&mut stream, &does).await;
            }
        });
        Self { url, requests, running }
    }

    /// The one request: a second one would be a second mail.
    #[track_caller]
    fn request(self) -> String {
        self.running.abort();
        let requests = std::mem::take(&mut *self.requests.lock().unwrap());
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().unwrap()
    }
}

async fn answer(stream: &mut TcpStream, does: &Does) {
    match does {
        Does::Answers(status, body) => {
            let head = format!("HTTP/1.1 {status} x\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n", body.len());
            stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).await.unwrap();
        }
        Does::Leaves => {}
        // Until the other side has given up.
        Does::Hangs => assert!(stream.read_u8().await.is_err()),
    }
}

async fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while length(&bytes).is_none_or(|length| bytes.len() < length) {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "a whole request");
    }
    String::from_utf8(bytes).unwrap()
}

/// Of the whole request, once its head is there.
fn length(bytes: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(bytes).unwrap();
    let (head, _) = text.split_once("\r\n\r\n")?;
    let said = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned))?;
    Some(head.len() + 4 + said.parse::<usize>().unwrap())
}

fn mailer(url: &str, set: Option<&str>, timeout: Duration) -> SesMailer {
    let settings = Settings {
        region: "ap-southeast-1".to_owned(),
        access_key_id: "AKIDTEST".to_owned(),
        secret_access_key: "secret".to_owned(),
        session_token: None,
        attempt_timeout_ms: 1,
        endpoint_url: Some(url.to_owned()),
        trust: Trust::default(),
    };
    SesMailer::open(&settings, sender(), set.map(str::to_owned), timeout)
}

/// What becomes of a mail; and that it was handed over once.
async fn outcome(does: Does, timeout: Duration) -> Outcome {
    let service = Service::that(does).await;
    let outcome = mailer(&service.url, Some("wangqian"), timeout).send(&invitation()).await;
    service.request();
    if let Outcome::Refused(says) | Outcome::Later(says) | Outcome::Unknown(says) = &outcome {
        assert!(!says.contains('@'), "{says}");
    }
    outcome
}

fn fields(request: &str) -> BTreeMap<String, String> {
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}

#[tokio::test]
async fn ses_takes_the_message_its_tag_and_the_configuration_set() {
    let service = Service::that(taken()).await;
    let outcome = mailer(&service.url, Some("wangqian"), TIMEOUT).send(&invitation()).await;
    assert_eq!(outcome, Outcome::Sent("0100-abc-000000".to_owned()));
    let fields = fields(&service.request());
    let message = STANDARD.encode(message(&invitation(), &sender()).unwrap());
    let expected = [
        ("Action", "SendRawEmail"),
        ("ConfigurationSetName", "wangqian"),
        ("Destinations.member.1", "huang@students.example"),
        ("RawMessage.Data", &message),
        ("Source", "notice@wangqian.example"),
        ("Tags.member.1.Name", "notice"),
        ("Tags.member.1.Value", "n-7f3a_01"),
        ("Version", "2010-12-01"),
    ];
    let expected: BTreeMap<_, _> = expected.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn a_configuration_set_may_be_missing() {
    let service = Service::that(taken()).await;
    assert!(matches!(mailer(&service.url, None, TIMEOUT).send(&invitation()).await, Outcome::Sent(_)));
    assert!(!fields(&service.request()).contains_key("ConfigurationSetName"));
}

#[tokio::test]
async fn what_an_operator_or_time_can_mend_is_for_later() {
    let cases = [
        (400, "Throttling", "Maximum sending rate exceeded."),
        (400, "Throttling", "Daily message quota exceeded."),
        (503, "Throttling", "Rate exceeded"),
        (400, "AccountSendingPausedException", "Email sending is disabled."),
        (400, "ConfigurationSetSendingPausedException", "Paused."),
        (400, "ConfigurationSetDoesNotExist", "Configuration set does not exist: wangqian"),
        (400, "MailFromDomainNotVerifiedException", "No MX record."),
        (400, "MessageRejected", "Email address is not verified. The following identities failed: notice@wangqian.example"),
        (403, "ExpiredToken", "The security token included in the request is expired"),
        (403, "AccessDenied", "User is not authorized to perform ses:SendRawEmail"),
        (403, "SignatureDoesNotMatch", "Clock?"),
    ];
    for (status, code, message) in cases {
        let outcome = outcome(error(status, code, message), TIMEOUT).await;
        assert!(matches!(outcome, Outcome::Later(_)), "{code}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_mail_at_fault_is_refused() {
    let cases = [
        (400, "MessageRejected", "Address blacklisted."),
        (400, "InvalidParameterValue", "Local address contains control or whitespace: huang@students.example"),
        (400, "ValidationError", "1 validation error detected"),
    ];
    for (status, code, message) in cases {
        let outcome = outcome(error(status, code, message), TIMEOUT).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{code}: {outcome:?}");
    }
}

/// The mail may be on its way: only an event can tell.
#[tokio::test]
async fn without_a_clear_answer_nobody_knows() {
    let garbled = Does::Answers(200, "<SendRawEmailResp".to_owned());
    let cases = [
        error(500, "InternalFailure", "Try again."),
        error(503, "ServiceUnavailable", "Busy."),
        Does::Answers(500, String::new()),
        Does::Answers(502, "<html>Bad gateway</html>".to_owned()),
        Does::Answers(400, "what?".to_owned()),
        garbled,
        Does::Leaves,
    ];
    for does in cases {
        let outcome = outcome(does, TIMEOUT).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    }
    let outcome = outcome(Does::Hangs, Duration::from_millis(200)).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
}

#[tokio::test]
async fn without_a_connection_the_mail_was_not_taken() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let outcome = mailer(&format!("http://{nobody}"), None, TIMEOUT).send(&invitation()).await;
    assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");

    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let speaks_no_tls = format!("https://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move { listener.accept().await.unwrap().0.write_all(b"HTTP/1.1 400 x\r\n\r\n").await });
    let outcome = mailer(&speaks_no_tls, None, TIMEOUT).send(&invitation()).await;
    assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");
    served.await.unwrap().unwrap();
}
