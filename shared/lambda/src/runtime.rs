//! The endpoint as a Lambda function behind an HTTP API (payload 2.0).

use crate::call::Arrival;
use crate::clock::RealClock;
use crate::config;
use crate::endpoint::{Endpoint, clock_skewed};
use bytes::Bytes;
use domain::values::Timestamp;
use http_body_util::BodyExt as _;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt as _, Response, service_fn};

/// Why a function does not start or go on.
pub type Error = lambda_http::Error;

/// How far the gateway's stamp may lie before our clock: the gateway itself gives up after 30 s. A slow upload or a slow start costs
/// nobody a letter.
const MAX_AGE_MS: i64 = 30_000;
/// How far it may lie after our clock.
const MAX_LEAD_MS: i64 = 5_000;

/// Serves the endpoint until the runtime ends it.
///
/// # Errors
/// As the runtime's.
pub async fn serve(endpoint: Endpoint) -> Result<(), Error> {
    log();
    let door = Door { clock: RealClock::system(), viewer_address: config::viewer_address_header() };
    lambda_http::run(service_fn(async |request: Request| respond(&endpoint, &door, request).await)).await
}

/// Where requests come in.
struct Door {
    clock: RealClock,
    /// The header in which the edge before the gateway says who asks: without one it is whoever asks the gateway.
    viewer_address: Option<String>,
}

/// Lines of JSON on standard output, which is where a function's log is read. The runtime's own span would stand in each of them twice.
pub(crate) fn log() {
    tracing_subscriber::fmt().json().with_target(false).with_span_list(false).without_time().with_max_level(tracing::Level::INFO).init();
}

async fn respond(endpoint: &Endpoint, door: &Door, request: Request) -> Result<Response<Body>, Error> {
    let arrival = arrival(&request, door);
    let age_ms = door.clock.now_ms().saturating_sub(arrival.at.millis());
    let (parts, body) = request.into_parts();
    let request = http::Request::from_parts(parts, body.collect().await?.to_bytes());
    let in_step = (-MAX_LEAD_MS..=MAX_AGE_MS).contains(&age_ms);
    let response = if in_step { endpoint.answer(request, arrival).await } else { clock_skewed(&arrival, age_ms) };
    Ok(response.map(text))
}

/// JSON travels as text: base64 would cost a third more.
fn text(bytes: Bytes) -> Body {
    String::from_utf8(bytes.into()).map_or_else(|error| Body::Binary(error.into_bytes()), Body::Text)
}

fn arrival(request: &Request, door: &Door) -> Arrival {
    // The gateway's id; the invocation's own where another event source has none. Ids of what is made derive from it.
    let invocation = || request.lambda_context_ref().map(|context| context.request_id.clone()).unwrap_or_default();
    if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() {
        return Arrival {
            request_id: context.request_id.clone().unwrap_or_else(invocation),
            at: Timestamp::from_millis(context.time_epoch),
            source: door.viewer(request).or_else(|| context.http.source_ip.clone()).unwrap_or_default(),
        };
    }
    Arrival { request_id: invocation(), at: Timestamp::from_millis(door.clock.now_ms()), source: String::new() }
}

impl Door {
    /// `<address>:<port>`, as `CloudFront` says it; of IPv6 the address has colons too.
    fn viewer(&self, request: &Request) -> Option<String> {
        let said = request.headers().get(self.viewer_address.as_deref()?)?.to_str().ok()?;
        Some(said.rsplit_once(':').map_or(said, |(address, _port)| address).to_owned())
    }
}
