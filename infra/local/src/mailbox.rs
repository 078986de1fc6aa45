//! SES as an engine in this process: mails go nowhere, and can be read. It tells of each what a provider would: sent and delivered, or
//! bounced or complained of, if the address begins so, as the provider's own simulator does.

use crate::BoxError;
use crate::authority::gated;
use crate::engine;
use crate::loopback;
use aws_sdk_ses::Client;
use domain::values::{Email, Timestamp};
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::service::Service;
use mail::Sender;
use mail_parser::MessageParser;
use mail_ses::{SesMailer, TAG, TIMEOUT};
use rustack_ses_core::config::SesConfig;
use rustack_ses_core::handler::RustackSesHandler;
use rustack_ses_core::provider::RustackSes;
use rustack_ses_core::retrospection::SentEmail;
use rustack_ses_http::body::SesResponseBody;
use rustack_ses_http::service::{SesHttpConfig, SesHttpService};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::Settings;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The mails of a stack. Clones are the same mailbox.
#[derive(Clone)]
pub(crate) struct Mailbox {
    provider: Arc<RustackSes>,
    settings: Settings,
    /// Mails of which everything has been told.
    told: Arc<Mutex<BTreeSet<String>>>,
    closed: Arc<AtomicBool>,
}

/// The engine behind doors that can be closed: then it takes nothing, and says so as the provider would.
#[derive(Clone)]
struct Doors {
    engine: SesHttpService<RustackSesHandler>,
    closed: Arc<AtomicBool>,
}

impl Service<Request<Incoming>> for Doors {
    type Response = Response<SesResponseBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        if !self.closed.load(Ordering::Relaxed) {
            return self.engine.call(request);
        }
        let mut response = Response::new(SesResponseBody::from_xml(CLOSED.into()));
        *response.status_mut() = StatusCode::BAD_REQUEST;
        Box::pin(async move { Ok(response) })
    }
}

/// Who sends.
pub(crate) const FROM: &str = "no-reply@wangqian.example";

/// What closed doors answer.
const CLOSED: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>closed</Message></Error></ErrorResponse>";

/// A mail as its reader has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentMail {
    /// The provider's id.
    pub id: String,
    /// When it was written, in business time.
    pub at: Timestamp,
    /// To whom.
    pub to: Vec<String>,
    /// 主题.
    pub subject: String,
    /// The text of its plain part.
    pub text: String,
    /// Its other part.
    pub html: String,
    /// What the provider's events call it by.
    pub tag: String,
}

impl Mailbox {
    /// Starts the engine on any loopback port. It ends when `stop` changes or is dropped.
    pub(crate) async fn start(stop: watch::Receiver<()>) -> Result<Self, BoxError> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let settings = engine::settings(&format!("http://{}", listener.local_addr()?));
        let provider = Arc::new(RustackSes::new(SesConfig::default()));
        let handler = Arc::new(RustackSesHandler::new(Arc::clone(&provider)));
        let http = SesHttpConfig { skip_signature_validation: true, region: settings.region.clone(), credential_provider: None };
        let closed = Arc::default();
        let doors = Doors { engine: SesHttpService::new(handler, http), closed: Arc::clone(&closed) };
        tokio::spawn(loopback::serve(listener, doors, stop));
        Ok(Self { provider, settings, told: Arc::default(), closed })
    }

    /// Where the engine is.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.settings.endpoint_url.as_deref()
    }

    /// The port that mails are sent by.
    pub(crate) fn port(&self) -> Result<SesMailer, BoxError> {
        let address = Email::parse(FROM).map_err(|_| "no address to send from")?;
        let client = Client::from_conf(gated!(mail_ses::connect(&self.settings, TIMEOUT)));
        Ok(SesMailer::new(client, Sender::new("网签", address), None))
    }

    /// Takes no mail any more, or takes mails again.
    pub(crate) fn close(&self, closed: bool) {
        self.closed.store(closed, Ordering::Relaxed);
    }

    /// All mails, the newest first.
    pub(crate) fn mails(&self) -> Vec<SentMail> {
        let mut sent = self.provider.email_store().query(None, None);
        sent.sort_by(|one, other| other.timestamp.cmp(&one.timestamp));
        sent.iter().map(read).collect()
    }

    /// What a provider would tell of mails that it has not told of yet, each in the form of its events.
    pub(crate) fn news(&self) -> Vec<Value> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut news = Vec::new();
        let mut sent = self.provider.email_store().query(None, None);
        sent.retain(|mail| told.insert(mail.id.clone()));
        sent.sort_by(|one, other| one.timestamp.cmp(&other.timestamp));
        for mail in sent.iter().map(read) {
            news.extend(events(&mail));
        }
        news
    }
}

impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailbox")
    }
}

fn read(sent: &SentEmail) -> SentMail {
    let parsed = sent.raw_data.as_ref().and_then(|raw| MessageParser::default().parse(raw.as_bytes()));
    let part = |html: bool| {
        let parsed = parsed.as_ref()?;
        let body = if html { parsed.body_html(0)? } else { parsed.body_text(0)? };
        Some(body.into_owned())
    };
    SentMail {
        id: sent.id.clone(),
        at: Timestamp::from_millis(parsed.as_ref().and_then(|parsed| parsed.date()).map_or(0, |date| date.to_timestamp() * 1000)),
        to: sent.destination.to_addresses.clone(),
        subject: parsed.as_ref().and_then(|parsed| parsed.subject()).unwrap_or_default().to_owned(),
        text: part(false).unwrap_or_default(),
        html: part(true).unwrap_or_default(),
        tag: sent.tags.iter().find(|tag| tag.name == TAG).map(|tag| tag.value.clone()).unwrap_or_default(),
    }
}

fn events(mail: &SentMail) -> Vec<Value> {
    let sent = json!({ "messageId": mail.id, "destination": mail.to, "tags": { "notice": [mail.tag] } });
    let event = |kind: &str, more: Value| {
        let mut detail = json!({ "eventType": kind, "mail": sent });
        if let (Some(detail), Value::Object(more)) = (detail.as_object_mut(), more) {
            detail.extend(more);
        }
        json!({ "source": "aws.ses", "detail": detail })
    };
    let begins = |with: &str| mail.to.iter().any(|address| address.starts_with(with));
    let recipients: Vec<Value> = mail.to.iter().map(|address| json!({ "emailAddress": address })).collect();
    let fate = if begins("bounce") {
        event("Bounce", json!({ "bounce": { "bounceType": "Permanent", "bouncedRecipients": recipients } }))
    } else if begins("complaint") {
        event("Complaint", json!({ "complaint": { "complainedRecipients": recipients } }))
    } else {
        event("Delivery", json!({}))
    };
    vec![event("Send", json!({})), fate]
}
