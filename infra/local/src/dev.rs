//! Routes that exist only on one machine: tokens for the sample people, the clock, and what an issuer publishes.

use crate::clock::span;
use crate::gateway::Gateway;
use crate::issuer::LIFETIME;
use crate::mailbox::SentMail;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

type Reply = Result<Response, Refused>;

/// A status and, for the person at the keyboard, why.
pub(crate) struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        json(self.0, &json!({"error": self.1}))
    }
}

#[derive(Deserialize)]
struct TokenRequest {
    person: String,
}

/// `POST /dev/token {"person": "<id>"}`
pub(crate) async fn issue_token(State(gateway): State<Arc<Gateway>>, body: Bytes) -> Reply {
    let wanted: TokenRequest = parse(&body)?;
    let person = gateway.people.iter().find(|person| person.id == wanted.person);
    let person = person.ok_or_else(|| Refused(StatusCode::NOT_FOUND, "no such person; GET /dev/people lists them".to_owned()))?;
    let token = gateway.issuer.token(person, gateway.clock.real().millis() / 1000, LIFETIME).map_err(|error| broken(&error))?;
    Ok(json(StatusCode::OK, &json!({"token": token})))
}

/// `GET /dev/people`
pub(crate) async fn list_people(State(gateway): State<Arc<Gateway>>) -> Response {
    json(StatusCode::OK, &gateway.people)
}

/// `GET /dev/clock`
pub(crate) async fn read_clock(State(gateway): State<Arc<Gateway>>) -> Response {
    json(StatusCode::OK, &json!({"now": gateway.clock.now()}))
}

#[derive(Deserialize)]
struct Advance {
    advance: String,
}

/// `POST /dev/clock {"advance": "5d"}`: what falls due on the way is done.
pub(crate) async fn advance_clock(State(gateway): State<Arc<Gateway>>, body: Bytes) -> Reply {
    let wanted: Advance = parse(&body)?;
    let Some(span) = span(&wanted.advance) else {
        return Err(Refused(StatusCode::UNPROCESSABLE_ENTITY, "advance is a whole number and d, h, m or s, as in 5d".to_owned()));
    };
    let now = gateway.pump.pass(span).await.map_err(|error| broken(&error))?;
    Ok(json(StatusCode::OK, &json!({"now": now})))
}

/// `GET /dev/mail`: the mails that were sent, the newest first; a list of them for whoever asks with a browser.
pub(crate) async fn list_mails(State(gateway): State<Arc<Gateway>>, headers: HeaderMap) -> Response {
    let mails = gateway.mailbox.mails();
    let asks_for_page =
        headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if asks_for_page { page(&list_of(&mails)) } else { json(StatusCode::OK, &json!({ "items": mails })) }
}

/// `GET /dev/mail/{id}`: a mail as its reader sees it.
pub(crate) async fn read_mail(State(gateway): State<Arc<Gateway>>, Path(id): Path<String>) -> Reply {
    let mail = gateway.mailbox.mails().into_iter().find(|mail| mail.id == id);
    let mail = mail.ok_or_else(|| Refused(StatusCode::NOT_FOUND, "no such mail; GET /dev/mail lists them".to_owned()))?;
    Ok(page(&mail.html))
}

fn list_of(mails: &[SentMail]) -> String {
    let row = |mail: &SentMail| {
        let SentMail { id, at, to, subject, .. } = mail;
        maud::html! { li { a href={ "/dev/mail/" (id) } { (subject) } br; small { (at.in_shanghai()) " → " (to.join(", ")) } } }
    };
    maud::html! {
        (maud::DOCTYPE)
        meta charset="utf-8";
        title { "邮件 Mails" }
        body style="font: 16px/1.6 sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem" {
            h1 { "邮件 Mails" }
            @if mails.is_empty() { p { "还没有邮件 No mails yet" } }
            ol { @for mail in mails { (row(mail)) } }
        }
    }
    .into_string()
}

/// A text of this media type.
pub(crate) fn text(media_type: &'static str, text: &str) -> Response {
    let mut response = Response::new(Body::from(text.to_owned()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

pub(crate) fn page(html: &str) -> Response {
    let mut response = text("text/html; charset=utf-8", html);
    // Mails hold what people typed: nothing in a page may run.
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// `GET /.well-known/jwks.json`
pub(crate) async fn jwks(State(gateway): State<Arc<Gateway>>) -> Response {
    json(StatusCode::OK, &gateway.issuer.jwks())
}

/// `GET /.well-known/openid-configuration`
pub(crate) async fn openid_configuration(State(gateway): State<Arc<Gateway>>) -> Response {
    json(StatusCode::OK, &gateway.issuer.configuration())
}

fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused(StatusCode::BAD_REQUEST, error.to_string()))
}

fn broken(error: &crate::BoxError) -> Refused {
    tracing::error!(%error, "a /dev route failed");
    Refused(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

pub(crate) fn json(status: StatusCode, content: &impl Serialize) -> Response {
    let (status, body) = match serde_json::to_vec(content) {
        Ok(body) => (status, body),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Vec::new()),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
