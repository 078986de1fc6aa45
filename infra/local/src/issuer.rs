//! A small issuer of tokens, in the place of the alliance's account system: one ES256 key, its JWKS, and tokens for the sample
//! people. The functions check its tokens as they check any issuer's.

use crate::BoxError;
use crate::data_dir::secret;
use crate::people::Person;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda::{KeySource, Says};
use serde_json::{Value, json};
use std::path::Path;

/// The audience that the functions expect.
pub const AUDIENCE: &str = "wangqian";

/// How long a token lives, in seconds.
pub const LIFETIME: i64 = 15 * 60;

/// Signs tokens.
#[derive(Debug)]
pub struct Issuer {
    key: EcdsaKeyPair,
    url: String,
    kid: String,
    /// Affine coordinates of the public key, base64url.
    point: (String, String),
}

impl Issuer {
    /// The issuer at this address with the key of this file, made at the first start; without a file, with a key that ends with
    /// the stack.
    pub(crate) fn open(file: Option<&Path>, url: String) -> Result<Self, BoxError> {
        let pkcs8 = secret(file, || {
            let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| "cannot make an issuer's key")?;
            Ok(key.to_pkcs8v1().map_err(|_| "cannot write an issuer's key")?.as_ref().to_vec())
        })?;
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8).map_err(|_| "the issuer's key does not read")?;
        // The uncompressed form: a byte 4, then x and y.
        let (x, y) = match key.public_key().as_ref() {
            [4, point @ ..] if point.len() == 64 => point.split_at(32),
            _ => return Err("the issuer's key is not of the curve P-256".into()),
        };
        let point = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        // The key's thumbprint (RFC 7638) over exactly these members in this order.
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, point.0, point.1);
        let kid = URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()));
        Ok(Self { key, url, kid, point })
    }

    /// The `iss` of its tokens: the stack's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its key set.
    #[must_use]
    pub fn jwks(&self) -> Value {
        let (x, y) = &self.point;
        json!({"keys": [{"kid": self.kid, "kty": "EC", "crv": "P-256", "x": x, "y": y, "alg": "ES256", "use": "sig"}]})
    }

    /// What the functions trust it by: its address, our audience, its key set.
    pub(crate) fn trusted(&self) -> lambda::Issuer {
        lambda::Issuer {
            url: self.url.clone(),
            audience: AUDIENCE.to_owned(),
            keys: KeySource::Document(self.jwks().to_string()),
            says: Says::default(),
        }
    }

    /// What clients discover it by.
    #[must_use]
    pub fn configuration(&self) -> Value {
        let jwks_uri = format!("{}/.well-known/jwks.json", self.url);
        json!({"issuer": self.url, "jwks_uri": jwks_uri, "id_token_signing_alg_values_supported": ["ES256"]})
    }

    /// A token of this person, issued at a second since 1970.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn token(&self, person: &Person, now: i64, lifetime: i64) -> Result<String, BoxError> {
        self.sign(&self.header(), &self.claims(person, now, lifetime))
    }

    /// The header that its tokens bear; what a hostile test starts from.
    #[must_use]
    pub fn header(&self) -> Value {
        json!({"alg": "ES256", "typ": "JWT", "kid": self.kid})
    }

    /// The claims that a person's token bears; what a hostile test starts from.
    #[must_use]
    pub fn claims(&self, person: &Person, now: i64, lifetime: i64) -> Value {
        let mut claims = json!({
            "iss": self.url, "sub": person.account, "aud": AUDIENCE, "exp": now.saturating_add(lifetime), "iat": now, "nbf": now,
            "auth_time": now, "role": person.role.as_str(), "name": person.name,
            "school": person.school, "college": person.college, "employer": person.employer,
        });
        // What a person does not have is left out.
        if let Some(claims) = claims.as_object_mut() {
            claims.retain(|_, value| !value.is_null());
        }
        claims
    }

    /// Signs whatever is given with the issuer's own key, whatever algorithm the header claims.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn sign(&self, header: &Value, claims: &Value) -> Result<String, BoxError> {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = self.key.sign(&SystemRandom::new(), message.as_bytes()).map_err(|_| "cannot sign a token")?;
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
