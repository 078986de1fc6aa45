//! How AWS is reached: by one configuration, made by hand, that every adapter's client starts from. The SDK's own loading of
//! configuration costs a cold start 1.5 MB and 2 MB of memory, and the roots of a whole system 10 million instructions.

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use store::{Settings, Trust};

/// The roots that certificates of AWS's own endpoints go back to (Amazon Trust Services), in PEM.
pub const AMAZON_ROOTS: &[u8] = include_bytes!("../roots/amazon.pem");

/// How long a service is waited for, and how often it is asked.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until one attempt is answered.
    pub attempt: Duration,
    /// How many attempts are made of what the service itself calls worth one.
    pub attempts: u32,
}

impl Patience {
    /// As long as the settings allow an attempt, so many times over, for services that are slower than a table.
    #[must_use]
    pub fn of(settings: &Settings, times: u64) -> Self {
        let attempt = Duration::from_millis(settings.attempt_timeout_ms.saturating_mul(times));
        Self { connect: Duration::from_millis(500), attempt, attempts: 3 }
    }
}

/// What a client is built from: `Client::new(&aws::config(settings, patience))`.
#[must_use]
pub fn config(settings: &Settings, patience: Patience) -> SdkConfig {
    let Settings { region, access_key_id, secret_access_key, session_token, endpoint_url, .. } = settings.clone();
    let credentials = Credentials::new(access_key_id, secret_access_key, session_token, None, "settings");
    let retry = if patience.attempts > 1 { RetryConfig::standard().with_max_attempts(patience.attempts) } else { RetryConfig::disabled() };
    let timeouts = TimeoutConfig::builder().connect_timeout(patience.connect).operation_attempt_timeout(patience.attempt).build();
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http_client(&settings.trust))
        .retry_config(retry)
        .timeout_config(timeouts);
    config.set_endpoint_url(endpoint_url);
    config.build()
}

/// One client for all that a process asks over HTTPS: roots are read once, and connections to one endpoint are shared.
fn http_client(trust: &Trust) -> SharedHttpClient {
    static MADE: Mutex<Vec<(Trust, SharedHttpClient)>> = Mutex::new(Vec::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, client)) = made.iter().find(|(of, _)| of == trust) {
        return client.clone();
    }
    let client = new_http_client(trust);
    made.push((trust.clone(), client.clone()));
    client
}

fn new_http_client(trust: &Trust) -> SharedHttpClient {
    let builder = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc));
    let roots = match trust {
        Trust::Amazon => TrustStore::empty().with_pem_certificate(AMAZON_ROOTS),
        Trust::System => TrustStore::default(),
        Trust::Roots(pem) => TrustStore::empty().with_pem_certificate(pem.as_ref()),
    };
    match TlsContext::builder().with_trust_store(roots).build() {
        Ok(context) => builder.tls_context(context).build_https(),
        // No context is refused that holds roots alone; were it so, the system's are trusted.
        Err(_) => builder.build_https(),
    }
}
