//! How a table is reached, as plain data: read from the environment by the lambda crate, used by the adapter.

use std::sync::Arc;

/// Where the table is and who asks.
#[derive(Clone)]
pub struct Settings {
    /// AWS region.
    pub region: String,
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: String,
    /// Session token, as a function has one.
    pub session_token: Option<String>,
    /// How long one attempt may take; the default suits a function that must answer within its own time.
    pub attempt_timeout_ms: u64,
    /// Another endpoint than the region's own.
    pub endpoint_url: Option<String>,
    /// Whose certificates are believed.
    pub trust: Trust,
}

/// Whose certificates are believed of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// AWS's own endpoints have certificates of Amazon's roots: five are read at a start.
    #[default]
    Amazon,
    /// In a partition with other roots, all that the system has are read.
    System,
    /// These, in PEM: a proxy's.
    Roots(Arc<[u8]>),
}

impl Settings {
    /// What one attempt may take behind a gateway that waits 30 s: three of them, and time to settle what is unclear.
    pub const ATTEMPT_TIMEOUT_MS: u64 = 1_500;
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("region", &self.region).field("endpoint_url", &self.endpoint_url).finish_non_exhaustive()
    }
}
