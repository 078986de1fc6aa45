//! A function's settings, from its environment: all that are missing are named at once, at start.

use crate::auth::{Authenticator, Issuer};
use crate::clock::RealClock;
use crate::jwks::KeySource;
use std::collections::BTreeMap;
use store::Settings;

/// What every function needs.
#[derive(Debug)]
pub struct Config {
    /// Name of the table.
    pub table: String,
    /// How the table is reached.
    pub aws: Settings,
    issuer: Issuer,
    others: BTreeMap<String, String>,
}

/// Settings that are not there.
#[derive(Debug, PartialEq, Eq)]
pub struct MissingSettings(pub Vec<&'static str>);

impl std::fmt::Display for MissingSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "settings missing from the environment: {}", self.0.join(", "))
    }
}

impl std::error::Error for MissingSettings {}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Every required setting that is missing or empty.
    #[expect(clippy::disallowed_methods, reason = "this is where the environment enters")]
    pub fn from_env() -> Result<Self, MissingSettings> {
        Self::from(std::env::vars().collect())
    }

    /// Reads settings by name.
    ///
    /// # Errors
    /// Every required setting that is missing or empty.
    pub fn from(mut settings: BTreeMap<String, String>) -> Result<Self, MissingSettings> {
        settings.retain(|_, value| !value.is_empty());
        let mut missing = Vec::new();
        let mut required = |name: &'static str| {
            settings.get(name).cloned().unwrap_or_else(|| {
                missing.push(name);
                String::new()
            })
        };
        let table = required("TABLE_NAME");
        let (region, access_key_id) = (required("AWS_REGION"), required("AWS_ACCESS_KEY_ID"));
        let secret_access_key = required("AWS_SECRET_ACCESS_KEY");
        let (url, audience) = (required("TOKEN_ISSUER"), required("TOKEN_AUDIENCE"));
        let keys = KeySource::Url(required("TOKEN_JWKS_URL"));
        if !missing.is_empty() {
            return Err(MissingSettings(missing));
        }
        let session_token = settings.get("AWS_SESSION_TOKEN").cloned();
        let endpoint_url = settings.get("AWS_ENDPOINT_URL_DYNAMODB").or_else(|| settings.get("AWS_ENDPOINT_URL")).cloned();
        let aws = Settings {
            region,
            access_key_id,
            secret_access_key,
            session_token,
            attempt_timeout_ms: Settings::ATTEMPT_TIMEOUT_MS,
            endpoint_url,
        };
        Ok(Self { table, aws, issuer: Issuer { url, audience, keys }, others: settings })
    }

    /// Verifies tokens of the configured issuer on the machine's clock.
    #[must_use]
    pub fn authenticator(&self) -> Authenticator {
        Authenticator::new(self.issuer.clone(), RealClock::system())
    }

    /// A setting that only some functions need.
    ///
    /// # Errors
    /// If it is missing.
    pub fn setting(&self, name: &'static str) -> Result<&str, MissingSettings> {
        self.others.get(name).map(String::as_str).ok_or(MissingSettings(vec![name]))
    }
}
