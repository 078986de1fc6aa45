//! An issuer's public keys: fetched over https (or plain on loopback), 64 KB and 2 s at most, no redirects; kept 10 minutes, one
//! fetch in 5 minutes for unknown key ids, and an old set for up to 24 hours while the issuer does not answer.

use crate::clock::RealClock;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use std::time::Duration;
use store::Trust;
use tokio::sync::Mutex;

const MAX_BYTES: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(2);
const FRESH_MS: i64 = 10 * 60 * 1000;
const REFETCH_MS: i64 = 5 * 60 * 1000;
/// 2048 bits in base64url.
const MIN_RSA_CHARACTERS: usize = 342;
const STALE_MS: i64 = 24 * 60 * 60 * 1000;

/// Where an issuer's keys come from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A JWKS document at an address.
    Url {
        /// The address.
        url: String,
        /// Whose certificates are believed of it.
        trust: Trust,
    },
    /// A JWKS document at hand.
    Document(String),
}

/// A key that signs tokens, with the one algorithm that it is for.
#[derive(Clone)]
pub(crate) struct VerifyingKey {
    kid: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) decoding: DecodingKey,
}

/// The keys as fetched last.
pub(crate) struct KeyRing {
    source: KeySource,
    clock: RealClock,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    keys: Vec<VerifyingKey>,
    fetched_ms: Option<i64>,
    asked_ms: Option<i64>,
}

impl KeyRing {
    pub(crate) fn new(source: KeySource, clock: RealClock) -> Self {
        Self { source, clock, kept: Mutex::default() }
    }

    /// The key of this id. One fetch at a time: whoever else asks waits for it.
    pub(crate) async fn find(&self, kid: &str) -> Option<VerifyingKey> {
        let mut kept = self.kept.lock().await;
        let now = self.clock.now_ms();
        let age = |at: Option<i64>| at.map_or(i64::MAX, |at| now.saturating_sub(at));
        let known = kept.keys.iter().any(|key| key.kid == kid);
        let wanted = age(kept.fetched_ms) > FRESH_MS || (!known && age(kept.asked_ms) > REFETCH_MS);
        // A fetch that failed is not repeated at every request either.
        if wanted && (kept.fetched_ms.is_none() || age(kept.asked_ms) > 1_000) {
            kept.asked_ms = Some(now);
            match self.fetch().await {
                Ok(keys) => (kept.keys, kept.fetched_ms) = (keys, Some(now)),
                Err(cause) => tracing::warn!(%cause, "the issuer's keys could not be fetched"),
            }
        }
        let usable = age(kept.fetched_ms) <= STALE_MS;
        kept.keys.iter().find(|key| usable && key.kid == kid).cloned()
    }

    async fn fetch(&self) -> Result<Vec<VerifyingKey>, String> {
        let document = match &self.source {
            KeySource::Document(document) => document.clone().into(),
            KeySource::Url { url, trust } => {
                tokio::time::timeout(TIMEOUT, get(url, trust)).await.map_err(|_| "no answer in 2 s".to_owned())??
            }
        };
        let set: JwkSet = serde_json::from_slice(&document).map_err(|error| format!("no key set: {error}"))?;
        Ok(set.keys.iter().filter_map(verifying_key).collect())
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing").field("source", &self.source).finish_non_exhaustive()
    }
}

async fn get(url: &str, trust: &Trust) -> Result<Bytes, String> {
    let uri: http::Uri = url.parse().map_err(|error| format!("no address: {error}"))?;
    let loopback = uri.scheme_str() == Some("http") && uri.host() == Some("127.0.0.1");
    if uri.scheme_str() != Some("https") && !loopback {
        return Err("keys come over https".to_owned());
    }
    let connector = HttpsConnectorBuilder::new();
    let connector = match trust {
        Trust::System => connector.with_native_roots().map_err(|error| error.to_string())?,
        Trust::Amazon => connector.with_tls_config(believing(aws::AMAZON_ROOTS)?),
        Trust::Roots(pem) => connector.with_tls_config(believing(pem)?),
    };
    let connector = connector.https_or_http().enable_http1().build();
    let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    let response = client.get(uri).await.map_err(|error| error.to_string())?;
    if response.status() != http::StatusCode::OK {
        return Err(format!("status {}", response.status()));
    }
    let body = Limited::new(response.into_body(), MAX_BYTES).collect().await.map_err(|error| error.to_string())?;
    Ok(body.to_bytes())
}

/// Believes certificates that go back to these roots.
fn believing(pem: &[u8]) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(pem) {
        roots.add(root.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    }
    Ok(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

/// Keys of RSA from 2048 bits and of P-256 that are for signatures, each with one algorithm; everything else is passed over.
fn verifying_key(jwk: &Jwk) -> Option<VerifyingKey> {
    let algorithm = if matches!(&jwk.algorithm, AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256) {
        Algorithm::ES256
    } else if matches!(&jwk.algorithm, AlgorithmParameters::RSA(rsa) if rsa.n.len() >= MIN_RSA_CHARACTERS) {
        Algorithm::RS256
    } else {
        return None;
    };
    let stated = match jwk.common.key_algorithm {
        None => algorithm,
        Some(KeyAlgorithm::ES256) => Algorithm::ES256,
        Some(KeyAlgorithm::RS256) => Algorithm::RS256,
        Some(_) => return None,
    };
    let signs = jwk.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    if stated != algorithm || !signs {
        return None;
    }
    Some(VerifyingKey { kid: jwk.common.key_id.clone()?, algorithm, decoding: DecodingKey::from_jwk(jwk).ok()? })
}
