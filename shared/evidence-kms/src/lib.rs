//! The port [`evidence::Signer`] on KMS: an asymmetric key (`ECC_NIST_P256`, `SIGN_VERIFY`) that signs and never leaves it.

use aws_credential_types::Credentials;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::config::{BehaviorVersion, Region};
use aws_sdk_kms::error::DisplayErrorContext;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{MessageType, SigningAlgorithmSpec};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use evidence::{PublicKey, Signer, Unavailable};
use std::time::Duration;
use store::Settings;

/// Longest message that KMS hashes itself, bytes. A seal is a tenth of it.
const LONGEST: usize = 4096;

/// A signing key in KMS.
#[derive(Clone, Debug)]
pub struct KmsSigner {
    client: Client,
    /// Its id, alias or ARN in KMS.
    key: String,
    public: PublicKey,
}

impl KmsSigner {
    /// The key of this id, alias or ARN, reached by these settings. Asks for its public key once.
    ///
    /// # Errors
    /// If KMS does not answer, or the key is none that seals are signed with.
    pub async fn open(settings: &Settings, key: &str) -> Result<Self, Unavailable> {
        let client = connect(settings);
        let public = client.get_public_key().key_id(key).send().await.map_err(cause)?;
        let spki = public.public_key().ok_or_else(|| Unavailable(format!("{key} has no public key")))?;
        let public = PublicKey::parse(spki.as_ref()).map_err(|error| Unavailable(format!("{key}: {error}")))?;
        Ok(Self { client, key: key.to_owned(), public })
    }
}

/// A client over TLS, built by hand as the table's is.
fn connect(settings: &Settings) -> Client {
    let Settings { region, access_key_id, secret_access_key, session_token, attempt_timeout_ms, endpoint_url } = settings.clone();
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_millis(500))
        .operation_attempt_timeout(Duration::from_millis(attempt_timeout_ms.saturating_mul(4)))
        .build();
    let mut config = aws_sdk_kms::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region))
        .credentials_provider(Credentials::new(access_key_id, secret_access_key, session_token, None, "settings"))
        .http_client(http)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts);
    config.set_endpoint_url(endpoint_url);
    Client::from_conf(config.build())
}

/// What went wrong, with its cause.
fn cause(error: impl std::error::Error) -> Unavailable {
    Unavailable(DisplayErrorContext(error).to_string())
}

impl Signer for KmsSigner {
    fn key_id(&self) -> &str {
        self.public.id()
    }

    fn public_key(&self) -> &[u8] {
        self.public.as_der()
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Unavailable> {
        if bytes.len() > LONGEST {
            return Err(Unavailable("longer than KMS signs".to_owned()));
        }
        let (raw, algorithm) = (MessageType::Raw, SigningAlgorithmSpec::EcdsaSha256);
        let signing = self.client.sign().key_id(&self.key).message_type(raw).signing_algorithm(algorithm);
        let signed = signing.message(Blob::new(bytes)).send().await.map_err(cause)?;
        let signature = signed.signature().ok_or_else(|| Unavailable("KMS gives no signature".to_owned()))?.as_ref().to_vec();
        // Another key under the same alias would sign what nobody can verify.
        let ours = self.public.verify(bytes, &signature);
        if ours { Ok(signature) } else { Err(Unavailable(format!("{} has another key now", self.key))) }
    }
}
