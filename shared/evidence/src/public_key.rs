//! Public keys that signatures are verified with: P-256, in the one form that KMS, OpenSSL and browsers give.

use crate::hash::{hex, sha256};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{self, Debug, Display, Formatter};

/// What stands before the point of every P-256 key: `SubjectPublicKeyInfo`, id-ecPublicKey, prime256v1, 66 bits and bytes, uncompressed.
const SPKI: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
    0x07, 0x03, 0x42, 0x00, 0x04,
];
const LENGTH: usize = SPKI.len() + 64;
const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// Not a key of the kind that seals are signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl Display for NoKey {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an ECDSA key on P-256")
    }
}

impl std::error::Error for NoKey {}

/// A public key on P-256.
#[derive(Clone)]
pub struct PublicKey {
    id: String,
    spki: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl PublicKey {
    /// Reads `SubjectPublicKeyInfo` in DER. Any other writing of the same key is refused: its id would be another.
    ///
    /// # Errors
    /// [`NoKey`].
    pub fn parse(spki: &[u8]) -> Result<Self, NoKey> {
        if spki.len() != LENGTH || !spki.starts_with(&SPKI) {
            return Err(NoKey);
        }
        let parsed = ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, spki).map_err(|_| NoKey)?;
        let id = hex(&sha256(&[spki])).chars().take(16).collect::<String>();
        Ok(Self { id: format!("p256-{id}"), spki: spki.to_vec(), parsed })
    }

    /// Reads a file of a key: PEM or DER.
    ///
    /// # Errors
    /// [`NoKey`].
    pub fn read(file: &[u8]) -> Result<Self, NoKey> {
        let pem = std::str::from_utf8(file).ok().and_then(|text| text.trim().strip_prefix(BEGIN)?.strip_suffix(END));
        let Some(pem) = pem else { return Self::parse(file) };
        let digits: String = pem.split_ascii_whitespace().collect();
        Self::parse(&STANDARD.decode(digits).map_err(|_| NoKey)?)
    }

    /// The key with this uncompressed point.
    pub(crate) fn of_point(point: &[u8]) -> Result<Self, NoKey> {
        let point = point.strip_prefix(&[4]).ok_or(NoKey)?;
        Self::parse(&[&SPKI, point].concat())
    }

    /// `p256-` and the first 16 digits of the SHA-256 of its DER.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `SubjectPublicKeyInfo` in DER.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.spki
    }

    /// The file that [`read`](Self::read) and OpenSSL read.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let digits = STANDARD.encode(&self.spki);
        let lines = digits.as_bytes().chunks(64).map(String::from_utf8_lossy);
        lines.fold(format!("{BEGIN}\n"), |pem, line| pem + &line + "\n") + END + "\n"
    }

    /// Whether this is a signature of these bytes, in DER.
    #[must_use]
    pub fn verify(&self, bytes: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(bytes, signature).is_ok()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.spki == other.spki
    }
}

impl Eq for PublicKey {}

impl Debug for PublicKey {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.id)
    }
}
