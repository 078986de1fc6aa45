//! How a table is reached, as plain data: read from the environment by the lambda crate, used by the adapter.

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
    /// Another endpoint than the region's own.
    pub endpoint_url: Option<String>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("region", &self.region).field("endpoint_url", &self.endpoint_url).finish_non_exhaustive()
    }
}
