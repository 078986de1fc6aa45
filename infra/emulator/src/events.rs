//! Events as AWS sends them: those of `samplesdata/events/`, with what is to be different.
#![expect(clippy::indexing_slicing, reason = "the samples are ours, and whole")]

use crate::BoxError;
use axum::http::Request;
use bytes::Bytes;
use serde_json::{Map, Value, json};

const HTTP_API: &str = include_str!("../../../samplesdata/events/http-api.json");
const SQS: &str = include_str!("../../../samplesdata/events/sqs.json");
const STREAM: &str = include_str!("../../../samplesdata/events/dynamodb-stream.json");
const SCHEDULE: &str = include_str!("../../../samplesdata/events/schedule.json");
const SES: &str = include_str!("../../../samplesdata/events/ses.json");

/// A request as the HTTP API passes it on (payload 2.0), arrived at this time (milliseconds).
///
/// # Errors
/// When the sample does not read, or a header is no text.
pub fn http_api(request: &Request<Bytes>, at_ms: i64) -> Result<Value, BoxError> {
    let mut event: Value = serde_json::from_str(HTTP_API)?;
    let (method, path) = (request.method().as_str(), request.uri().path());
    let mut headers = Map::new();
    for (name, value) in request.headers() {
        headers.insert(name.as_str().to_owned(), value.to_str()?.into());
    }
    headers.insert("host".to_owned(), event["headers"]["host"].clone());
    let text = String::from_utf8(request.body().to_vec());
    event["isBase64Encoded"] = text.is_err().into();
    event["body"] = text.unwrap_or_else(|error| base64(error.as_bytes())).into();
    event["headers"] = headers.into();
    event["rawPath"] = path.into();
    event["rawQueryString"] = request.uri().query().unwrap_or_default().into();
    event["routeKey"] = format!("{method} {path}").into();
    let context = &mut event["requestContext"];
    context["routeKey"] = format!("{method} {path}").into();
    context["timeEpoch"] = at_ms.into();
    context["requestId"] = format!("request-{at_ms}-{path}").into();
    (context["http"]["method"], context["http"]["path"]) = (method.into(), path.into());
    Ok(event)
}

/// Messages of a queue, named `0`, `1` and so on.
///
/// # Errors
/// When the sample does not read.
pub fn sqs<'b>(bodies: impl IntoIterator<Item = &'b str>) -> Result<Value, BoxError> {
    let event: Value = serde_json::from_str(SQS)?;
    let records = bodies.into_iter().enumerate().map(|(i, body)| {
        let mut record = event["Records"][0].clone();
        (record["messageId"], record["body"]) = (i.to_string().into(), body.into());
        record
    });
    Ok(json!({ "Records": records.collect::<Vec<_>>() }))
}

/// Changes of the table: each by what the stream says of it.
///
/// # Errors
/// When the sample does not read.
pub fn stream(changes: &[Value]) -> Result<Value, BoxError> {
    let event: Value = serde_json::from_str(STREAM)?;
    let records = changes.iter().map(|change| {
        let mut record = event["Records"][0].clone();
        for part in ["Keys", "NewImage", "SequenceNumber"] {
            record["dynamodb"][part] = change["dynamodb"][part].clone();
        }
        record["eventName"] = change["eventName"].clone();
        record
    });
    Ok(json!({ "Records": records.collect::<Vec<_>>() }))
}

/// A strike of the clock.
///
/// # Errors
/// When the sample does not read.
pub fn schedule() -> Result<Value, BoxError> {
    Ok(serde_json::from_str(SCHEDULE)?)
}

/// What SES tells of a mail, as a message of a queue.
#[must_use]
pub fn mail_event() -> &'static str {
    SES
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
