//! The port [`mail::Mailer`] on SES. Its events tell what became of a mail, if the configuration set sends them.

mod outcome;

use aws::Patience;
use aws_sdk_ses::Client;
use aws_sdk_ses::error::BuildError;
use aws_sdk_ses::operation::send_raw_email::builders::SendRawEmailFluentBuilder;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{MessageTag, RawMessage};
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
        Self::new(connect(settings, timeout), sender, configuration_set)
    }

    /// The service reached by this client.
    #[must_use]
    pub fn new(client: Client, sender: Sender, configuration_set: Option<String>) -> Self {
        Self { client, sender, configuration_set }
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

/// A client over TLS. It tries once: a second attempt would be a second mail.
#[must_use]
pub fn connect(settings: &Settings, timeout: Duration) -> Client {
    Client::new(&aws::config(settings, Patience { connect: timeout / 4, attempt: timeout, attempts: 1 }))
}
