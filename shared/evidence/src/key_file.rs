//! A signing key in a file: for one machine, and for tests. On AWS the key is in KMS, and never leaves it.

use crate::public_key::{NoKey, PublicKey};
use crate::signer::{Signer, Unavailable};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

/// PKCS#8 of a P-256 key up to its 32 bytes; the public key, which follows from them, is left out.
const PKCS8: [u8; 35] = [
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
];

/// The key as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// PKCS#8 in base64.
    private_key: String,
}

/// A signing key that was read from a file.
#[derive(Clone)]
pub struct KeyFile {
    pair: Arc<EcdsaKeyPair>,
    public: PublicKey,
}

impl KeyFile {
    /// The key of a JSON file: `{"private_key":"<PKCS#8 in base64>"}`.
    ///
    /// # Errors
    /// If the file cannot be read, or holds no key.
    pub fn from_file(path: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Self::from_json(&std::fs::read(path)?)
    }

    /// The key of what such a file holds.
    ///
    /// # Errors
    /// If that is no key.
    pub fn from_json(json: &[u8]) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let kept: Kept = serde_json::from_slice(json)?;
        Ok(Self::from_pkcs8(&STANDARD.decode(kept.private_key.trim()).map_err(|_| NoKey)?)?)
    }

    /// A new key of 32 random bytes, which the caller draws: this crate draws none.
    ///
    /// # Errors
    /// [`NoKey`] for what is no number of the curve: fewer than one draw in 2^31.
    pub fn from_secret(secret: &[u8; 32]) -> Result<Self, NoKey> {
        Self::from_pkcs8(&[PKCS8.as_slice(), secret].concat())
    }

    /// What [`from_file`](Self::from_file) reads. Whoever reads it can sign.
    ///
    /// # Errors
    /// If the key does not write.
    pub fn to_json(&self) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        let pkcs8 = self.pair.to_pkcs8v1().map_err(|_| NoKey)?;
        Ok(serde_json::to_string_pretty(&Kept { private_key: STANDARD.encode(pkcs8.as_ref()) })?)
    }

    /// Its public key.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, NoKey> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8).map_err(|_| NoKey)?;
        let public = PublicKey::of_point(pair.public_key().as_ref())?;
        Ok(Self { pair: Arc::new(pair), public })
    }
}

impl Signer for KeyFile {
    fn key_id(&self) -> &str {
        self.public.id()
    }

    fn public_key(&self) -> &[u8] {
        self.public.as_der()
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Unavailable> {
        let signature = self.pair.sign(&SystemRandom::new(), bytes).map_err(|_| Unavailable("the key does not sign".to_owned()))?;
        Ok(signature.as_ref().to_vec())
    }
}

impl Debug for KeyFile {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "KeyFile({:?})", self.public)
    }
}
