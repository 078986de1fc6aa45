//! The port [`mail::Mailer`] on SES. Its events tell what became of a mail, if the configuration set sends them.

mod outcome;

use aws_credential_types::Credentials;
use aws_sdk_ses::Client;
use aws_sdk_ses::config::retry::RetryConfig;
use aws_sdk_ses::config::timeout::TimeoutConfig;
use aws_sdk_ses::config::{BehaviorVersion, Region};
use aws_sdk_ses::error::BuildError;
use aws_sdk_ses::operation::send_raw_email::builders::SendRawEmailFluentBuilder;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{MessageTag, RawMessage};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use mail::{Mail, Mailer, Outcome, Sender};
use std::time::Duration;
use store::Settings;

/// How long SES may take to answer. A wait that ends too soon is an answer lost, and perhaps a mail sent twice.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// Under this name the tag comes back with events.
pub const TAG: &str = "notice";

/// Sends by SES.
#[derive(Clone, Debug)]
pub struct SesMailer {
    client: Client,
    sender: Sender,
    configuration_set: Option<String>,
}

impl SesMailer {
    /// The service reached by these settings, whose own time limit is for tables and does not count here. Without a configuration set,
    /// no event will ever come.
    #[must_use]
    pub fn open(settings: &Settings, sender: Sender, configuration_set: Option<String>, timeout: Duration) -> Self {
        Self { client: connect(settings, timeout), sender, configuration_set }
    }

    fn request(&self, mail: &Mail, bytes: Vec<u8>) -> Result<SendRawEmailFluentBuilder, BuildError> {
        let raw = RawMessage::builder().data(Blob::new(bytes)).build()?;
        let tag = MessageTag::builder().name(TAG).value(mail.tag.as_str()).build()?;
        let request = self.client.send_raw_email().source(self.sender.address().as_str()).destinations(mail.to.as_str());
        Ok(request.raw_message(raw).tags(tag).set_configuration_set_name(self.configuration_set.clone()))
    }
}

impl Mailer for SesMailer {
    const CONFIRMS: bool = true;

    async fn send(&self, mail: &Mail) -> Outcome {
        let bytes = match mail::message(mail, &self.sender) {
            Ok(bytes) => bytes,
            Err(unsendable) => return Outcome::Refused(unsendable.0),
        };
        match self.request(mail, bytes) {
            Ok(request) => outcome::of(request.send().await),
            Err(error) => Outcome::Refused(error.to_string()),
        }
    }
}

/// A client over TLS, built by hand as the table's is. It tries once: a second attempt would be a second mail.
fn connect(settings: &Settings, timeout: Duration) -> Client {
    let Settings { region, access_key_id, secret_access_key, session_token, attempt_timeout_ms: _, endpoint_url } = settings.clone();
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https();
    let timeouts = TimeoutConfig::builder().connect_timeout(timeout / 4).operation_attempt_timeout(timeout).build();
    let mut config = aws_sdk_ses::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region))
        .credentials_provider(Credentials::new(access_key_id, secret_access_key, session_token, None, "settings"))
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts);
    config.set_endpoint_url(endpoint_url);
    Client::from_conf(config.build())
}
