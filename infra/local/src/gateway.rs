//! HTTP on a loopback port, in the place of API Gateway: routes a request to the endpoint of its action, in this process.

use crate::authority::acting_as;
use crate::bucket::Bucket;
use crate::clock::Clock;
use crate::dev;
use crate::docs;
use crate::issuer::Issuer;
use crate::mailbox::Mailbox;
use crate::people::Person;
use crate::pump::Pump;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body_util::BodyExt as _;
use lambda::{Arrival, Endpoint};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

/// How much of a body beyond the limit is read, so that its sender gets to see the answer instead of a broken connection.
const READ_BEYOND_LIMIT: usize = 64 * 1024 * 1024;

/// What the routes need.
pub(crate) struct Gateway {
    /// By the action's name.
    pub(crate) endpoints: HashMap<&'static str, Endpoint>,
    pub(crate) clock: Clock,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) people: Arc<[Person]>,
    pub(crate) max_body: usize,
    pub(crate) bucket: Bucket,
    pub(crate) mailbox: Mailbox,
    /// Told of every answer to a request that may have written.
    pub(crate) pump: Pump,
}

/// Every route: those that exist only on one machine, and all others by the action table.
pub(crate) fn router(gateway: Gateway) -> Router {
    Router::new()
        .route("/dev/token", post(dev::issue_token))
        .route("/dev/people", get(dev::list_people))
        .route("/dev/mail", get(dev::list_mails))
        .route("/dev/mail/{id}", get(dev::read_mail))
        .route("/dev/clock", get(dev::read_clock).post(dev::advance_clock))
        .route("/openapi.yaml", get(docs::openapi_yaml))
        .route("/docs", get(docs::docs))
        .route("/.well-known/jwks.json", get(dev::jwks))
        .route("/.well-known/openid-configuration", get(dev::openid_configuration))
        .fallback(answer)
        .with_state(Arc::new(gateway))
}

async fn answer(State(gateway): State<Arc<Gateway>>, ConnectInfo(from): ConnectInfo<SocketAddr>, request: Request) -> Response {
    if Bucket::has(request.uri().path()) {
        return gateway.bucket.answer(request).await;
    }
    // Stamped before the body is read, as API Gateway's `timeEpoch` is.
    let at = gateway.clock.now();
    let Ok(request_id) = crate::random::hex() else { return crashed() };
    let arrival = Arrival { request_id, at, source: from.ip().to_string() };
    let routed = api::route(request.method(), request.uri().path());
    let endpoint = match &routed {
        api::Routed::Found(action) => gateway.endpoints.get(action.name).cloned(),
        api::Routed::WrongMethod(_) | api::Routed::Unknown => None,
    };
    let Some(endpoint) = endpoint else { return lambda::not_routed(&routed, &arrival).map(Body::from) };
    let (head, body) = request.into_parts();
    match whole(body, gateway.max_body).await {
        Ok(Some(body)) => {
            let writes = endpoint.action().changes_state;
            let response = invoke(endpoint, http::Request::from_parts(head, body), arrival).await;
            if writes {
                gateway.pump.poke();
            }
            response
        }
        Ok(None) => lambda::too_large(&arrival).map(Body::from),
        // The sender has gone; nobody reads this.
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Runs to its end even if the caller goes away, and alone: what it does to itself stays its own, as in a function.
async fn invoke(endpoint: Endpoint, request: http::Request<Bytes>, arrival: Arrival) -> Response {
    let invocation = tokio::spawn(async move { acting_as(endpoint.action().name, endpoint.answer(request, arrival)).await });
    match invocation.await {
        Ok(response) => response.map(Body::from),
        Err(error) => {
            tracing::error!(%error, "an invocation crashed");
            crashed()
        }
    }
}

/// What API Gateway answers for a function that did not.
fn crashed() -> Response {
    dev::json(StatusCode::INTERNAL_SERVER_ERROR, &serde_json::json!({"message": "Internal Server Error"}))
}

/// The body, or none if it is longer than the limit.
async fn whole(mut body: Body, limit: usize) -> Result<Option<Bytes>, axum::Error> {
    let mut read = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            read.extend_from_slice(&data);
        } else if length - limit > READ_BEYOND_LIMIT {
            break;
        }
    }
    Ok((length <= limit).then(|| read.freeze()))
}
