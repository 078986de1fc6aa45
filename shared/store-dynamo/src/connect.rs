//! The client, built by hand: the SDK's own loading of configuration costs a cold start 1.5 MB and 2 MB of memory.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use std::time::Duration;
use store::Settings;

/// A client over TLS with the settings' attempt timeout, a connect timeout of 0.5 s and three attempts. Conflicts are not the SDK's
/// to repeat: `commit` does that.
#[must_use]
pub fn connect(settings: &Settings) -> Client {
    let Settings { region, access_key_id, secret_access_key, session_token, attempt_timeout_ms, endpoint_url } = settings.clone();
    let credentials = Credentials::new(access_key_id, secret_access_key, session_token, None, "settings");
    let mut config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region))
        .credentials_provider(credentials)
        .http_client(http_client())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_millis(500))
                .operation_attempt_timeout(Duration::from_millis(attempt_timeout_ms))
                .build(),
        );
    config.set_endpoint_url(endpoint_url);
    Client::from_conf(config.build())
}

fn http_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https()
}
