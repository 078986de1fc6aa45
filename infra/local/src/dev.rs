//! Routes that exist only on one machine: tokens for the sample people, the clock, and what an issuer publishes.

use crate::clock::span;
use crate::gateway::Gateway;
use crate::issuer::LIFETIME;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
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

/// `POST /dev/clock {"advance": "5d"}`
pub(crate) async fn advance_clock(State(gateway): State<Arc<Gateway>>, body: Bytes) -> Reply {
    let wanted: Advance = parse(&body)?;
    let Some(span) = span(&wanted.advance) else {
        return Err(Refused(StatusCode::UNPROCESSABLE_ENTITY, "advance is a whole number and d, h, m or s, as in 5d".to_owned()));
    };
    let now = gateway.clock.advance(span).map_err(|error| broken(&error))?;
    Ok(json(StatusCode::OK, &json!({"now": now})))
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
