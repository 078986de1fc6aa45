//! A function's settings, from its environment: all that are missing are named at once, at start.

use crate::auth::{Authenticator, Issuer, Says};
use crate::clock::RealClock;
use crate::jwks::KeySource;
use crate::runtime::Error;
use domain::work::Queue;
use files::Buckets;
use std::collections::BTreeMap;
use std::ops::Deref;
use store::{Settings, Trust};

/// What every action needs: what a worker needs, and who issues tokens.
#[derive(Debug)]
pub struct Config {
    issuer: Issuer,
    worker: WorkerConfig,
}

/// What every worker needs: a table. It looks at nobody's token.
#[derive(Debug)]
pub struct WorkerConfig {
    /// Name of the table.
    pub table: String,
    /// How the table is reached.
    pub aws: Settings,
    others: BTreeMap<String, String>,
}

/// A table, and how it is reached.
#[derive(Debug)]
pub struct TableConfig {
    /// Its name.
    pub table: String,
    /// How it is reached.
    pub aws: Settings,
}

/// Settings that are not there.
#[derive(PartialEq, Eq)]
pub struct MissingSettings(pub Vec<&'static str>);

/// As an operator reads it: a function that does not start prints its error so.
impl std::fmt::Debug for MissingSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl std::fmt::Display for MissingSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "settings missing from the environment: {}", self.0.join(", "))
    }
}

impl std::error::Error for MissingSettings {}

/// An action is told everything that a worker is.
impl Deref for Config {
    type Target = WorkerConfig;

    fn deref(&self) -> &WorkerConfig {
        &self.worker
    }
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Every required setting that is missing or empty, and one that says what there is not.
    pub fn from_env() -> Result<Self, Error> {
        Self::from(environment())
    }

    /// Reads settings by name.
    ///
    /// # Errors
    /// As [`Config::from_env`]'s.
    pub fn from(settings: BTreeMap<String, String>) -> Result<Self, Error> {
        let mut reader = Reader::new(settings);
        let TableConfig { table, aws } = reader.table()?;
        let (url, audience) = (reader.required("TOKEN_ISSUER"), reader.required("TOKEN_AUDIENCE"));
        let keys = reader.required("TOKEN_JWKS_URL");
        let others = reader.complete()?;
        let says = Says::read(others.get("TOKEN_AUDIENCE_CLAIM"), others.get("TOKEN_SCOPE"))?;
        let keys = KeySource::Url { trust: believed(&keys, &aws.trust), url: keys };
        Ok(Self { issuer: Issuer { url, audience, keys, says }, worker: WorkerConfig { table, aws, others } })
    }

    /// Verifies tokens of the configured issuer on the machine's clock.
    #[must_use]
    pub fn authenticator(&self) -> Authenticator {
        Authenticator::new(self.issuer.clone(), RealClock::system())
    }
}

impl WorkerConfig {
    /// Reads the environment.
    ///
    /// # Errors
    /// Every required setting that is missing or empty, and one that says what there is not.
    pub fn from_env() -> Result<Self, Error> {
        Self::from(environment())
    }

    /// Reads settings by name.
    ///
    /// # Errors
    /// As [`WorkerConfig::from_env`]'s.
    pub fn from(settings: BTreeMap<String, String>) -> Result<Self, Error> {
        let mut reader = Reader::new(settings);
        let TableConfig { table, aws } = reader.table()?;
        Ok(Self { table, aws, others: reader.complete()? })
    }

    /// How files are reached: as the table is, at an endpoint of their own if one is set.
    #[must_use]
    pub fn files(&self) -> Settings {
        self.reached("AWS_ENDPOINT_URL_S3")
    }

    /// How queues are reached.
    #[must_use]
    pub fn queues(&self) -> Settings {
        self.reached("AWS_ENDPOINT_URL_SQS")
    }

    /// How mails are handed to SES.
    #[must_use]
    pub fn mail(&self) -> Settings {
        self.reached("AWS_ENDPOINT_URL_SES")
    }

    /// How keys are reached.
    #[must_use]
    pub fn keys(&self) -> Settings {
        self.reached("AWS_ENDPOINT_URL_KMS")
    }

    /// How secrets are reached.
    #[must_use]
    pub fn secrets(&self) -> Settings {
        self.reached("AWS_ENDPOINT_URL_SECRETS_MANAGER")
    }

    /// As the table is reached, at an endpoint of the service's own if one is set.
    fn reached(&self, endpoint: &str) -> Settings {
        let endpoint_url = self.optional(endpoint).or_else(|| self.optional("AWS_ENDPOINT_URL")).map(str::to_owned);
        Settings { endpoint_url, ..self.aws.clone() }
    }

    /// The buckets that files lie in.
    ///
    /// # Errors
    /// The first that is missing.
    pub fn buckets(&self) -> Result<Buckets, MissingSettings> {
        let bucket = |name| self.setting(name).map(str::to_owned);
        Ok(Buckets { quarantine: bucket("QUARANTINE_BUCKET")?, evidence: bucket("EVIDENCE_BUCKET")?, files: bucket("FILES_BUCKET")? })
    }

    /// The addresses of queues: `JOBS_QUEUE_URL` and its like.
    ///
    /// # Errors
    /// The first that is missing.
    pub fn queue_urls(&self, queues: &[Queue]) -> Result<BTreeMap<Queue, String>, MissingSettings> {
        queues.iter().map(|queue| Ok((*queue, self.setting(queue_setting(*queue))?.to_owned()))).collect()
    }

    /// A setting that not every deployment has.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.others.get(name).map(String::as_str)
    }

    /// A setting that only some functions need.
    ///
    /// # Errors
    /// If it is missing.
    pub fn setting(&self, name: &'static str) -> Result<&str, MissingSettings> {
        self.optional(name).ok_or(MissingSettings(vec![name]))
    }
}

/// The setting that says where a queue is.
#[must_use]
pub fn queue_setting(queue: Queue) -> &'static str {
    match queue {
        Queue::Notices => "NOTICES_QUEUE_URL",
        Queue::Documents => "DOCUMENTS_QUEUE_URL",
        Queue::Jobs => "JOBS_QUEUE_URL",
        Queue::Expiries => "EXPIRIES_QUEUE_URL",
        Queue::Reminders => "REMINDERS_QUEUE_URL",
        Queue::MailEvents => "MAIL_EVENTS_QUEUE_URL",
    }
}

impl TableConfig {
    /// The table that the environment names, for tools that work on it beside the functions; none if `TABLE_NAME` is not there.
    ///
    /// # Errors
    /// Every other setting of the table that is missing or empty.
    pub fn from_env() -> Result<Option<Self>, Error> {
        Self::from(environment())
    }

    /// Reads settings by name.
    ///
    /// # Errors
    /// Every other setting of the table that is missing or empty.
    pub fn from(settings: BTreeMap<String, String>) -> Result<Option<Self>, Error> {
        let mut reader = Reader::new(settings);
        if !reader.settings.contains_key(TABLE_NAME) {
            return Ok(None);
        }
        let config = reader.table()?;
        reader.complete()?;
        Ok(Some(config))
    }
}

const TABLE_NAME: &str = "TABLE_NAME";

/// `amazon` if nothing is said, `system`, or the path of a file of roots in PEM.
fn trust(said: Option<&String>) -> Result<Trust, Error> {
    match said.map(String::as_str) {
        None | Some("amazon") => Ok(Trust::Amazon),
        Some("system") => Ok(Trust::System),
        Some(path) => Ok(Trust::Roots(std::fs::read(path).map_err(|error| format!("TRUST_STORE {path}: {error}"))?.into())),
    }
}

/// Whose certificates are believed of an issuer: AWS's own has Amazon's, any other may have anybody's.
fn believed(url: &str, aws: &Trust) -> Trust {
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default();
    if *aws == Trust::Amazon && !host.ends_with(".amazonaws.com") { Trust::System } else { aws.clone() }
}

/// The header in which an edge that we trust says who asks, in small letters; none if we stand at the edge ourselves.
pub(crate) fn viewer_address_header() -> Option<String> {
    environment().remove("VIEWER_ADDRESS_HEADER").filter(|name| !name.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "this is where the environment enters")]
fn environment() -> BTreeMap<String, String> {
    std::env::vars().collect()
}

/// Reads settings, and remembers which were missing.
struct Reader {
    settings: BTreeMap<String, String>,
    missing: Vec<&'static str>,
}

impl Reader {
    fn new(mut settings: BTreeMap<String, String>) -> Self {
        settings.retain(|_, value| !value.is_empty());
        Self { settings, missing: Vec::new() }
    }

    fn required(&mut self, name: &'static str) -> String {
        self.settings.get(name).cloned().unwrap_or_else(|| {
            self.missing.push(name);
            String::new()
        })
    }

    /// # Errors
    /// If roots are named that cannot be read.
    fn table(&mut self) -> Result<TableConfig, Error> {
        let table = self.required(TABLE_NAME);
        let (region, access_key_id) = (self.required("AWS_REGION"), self.required("AWS_ACCESS_KEY_ID"));
        let secret_access_key = self.required("AWS_SECRET_ACCESS_KEY");
        let session_token = self.settings.get("AWS_SESSION_TOKEN").cloned();
        let endpoint_url = self.settings.get("AWS_ENDPOINT_URL_DYNAMODB").or_else(|| self.settings.get("AWS_ENDPOINT_URL")).cloned();
        let attempt_timeout_ms = Settings::ATTEMPT_TIMEOUT_MS;
        let trust = trust(self.settings.get("TRUST_STORE"))?;
        let aws = Settings { region, access_key_id, secret_access_key, session_token, attempt_timeout_ms, endpoint_url, trust };
        Ok(TableConfig { table, aws })
    }

    /// All settings, if none was missing.
    fn complete(self) -> Result<BTreeMap<String, String>, MissingSettings> {
        if self.missing.is_empty() { Ok(self.settings) } else { Err(MissingSettings(self.missing)) }
    }
}
