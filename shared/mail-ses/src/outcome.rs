//! What an answer of SES says about the mail. Where it is not certain that the mail was not taken, it is unknown.

use aws_sdk_ses::config::http::HttpResponse;
use aws_sdk_ses::error::{DisplayErrorContext, ProvideErrorMetadata as _, SdkError};
use aws_sdk_ses::operation::send_raw_email::{SendRawEmailError, SendRawEmailOutput};
use hyper_util::client::legacy::Error as ClientError;
use mail::{Outcome, without_addresses};
use std::error::Error;

type Failure = SdkError<SendRawEmailError, HttpResponse>;

/// Judges an answer.
pub(crate) fn of(answer: Result<SendRawEmailOutput, Failure>) -> Outcome {
    let error = match answer {
        Ok(sent) => return Outcome::Sent(sent.message_id().to_owned()),
        Err(error) => error,
    };
    let says = without_addresses(&DisplayErrorContext(&error).to_string());
    match &error {
        // Never left the house. What is missing, a credential say, an operator can mend.
        SdkError::ConstructionFailure(_) => Outcome::Later(says),
        SdkError::DispatchFailure(failure) if failure.as_connector_error().is_some_and(never_connected) => Outcome::Later(says),
        SdkError::ServiceError(refusal) => refused(refusal.err(), refusal.raw().status().as_u16()),
        // Connections that broke, answers that did not come or cannot be read; and what the SDK may add.
        SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) | _ => Outcome::Unknown(says),
    }
}

/// The client library itself says whether it failed before there was a connection: an unknown host, nobody there, no TLS.
fn never_connected(error: &(impl Error + 'static)) -> bool {
    let chain = std::iter::successors(Some(error as &(dyn Error + 'static)), |error| (*error).source());
    chain.filter_map(|error| error.downcast_ref::<ClientError>()).any(ClientError::is_connect)
}

/// An error that SES names is an answer: the mail was not taken. Only what this very mail can never get past is a refusal; a mail is not
/// to be lost over a domain that is not verified, a set that is missing or a key that has expired, since an operator mends those.
fn refused(error: &SendRawEmailError, status: u16) -> Outcome {
    let (code, message) = (error.code().unwrap_or_default(), error.message().unwrap_or_default());
    let says = without_addresses(&format!("{status} {code}: {message}"));
    match code {
        "" => Outcome::Unknown(says),
        // Rejected content; but SES calls an identity of ours by the same name when it is not verified.
        "MessageRejected" if !message.contains("not verified") => Outcome::Refused(says),
        "InvalidParameterValue" | "InvalidParameterCombination" | "MissingParameter" | "ValidationError" => Outcome::Refused(says),
        _ if status < 500 || is_throttle(code) => Outcome::Later(says),
        _ => Outcome::Unknown(says),
    }
}

fn is_throttle(code: &str) -> bool {
    matches!(
        code,
        "Throttling" | "ThrottlingException" | "ThrottledException" | "RequestThrottled" | "TooManyRequestsException" | "SlowDown"
    )
}
