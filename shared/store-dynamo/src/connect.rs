//! The client.

use aws::Patience;
use aws_sdk_dynamodb::Client;
use store::Settings;

/// A client over TLS with the settings' attempt timeout, a connect timeout of 0.5 s and three attempts. Conflicts are not the SDK's
/// to repeat: `commit` does that.
#[must_use]
pub fn connect(settings: &Settings) -> Client {
    Client::new(&aws::config(settings, Patience::of(settings, 1)))
}
