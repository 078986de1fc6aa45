//! The port [`Signer`]: who signs seals.

use std::fmt::{self, Display, Formatter};
use std::future::Future;

/// The signer does not answer as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable(pub String);

impl Display for Unavailable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "the signer is unavailable: {}", self.0)
    }
}

impl std::error::Error for Unavailable {}

/// Signs by ECDSA on P-256 over SHA-256, in DER: what KMS calls `ECDSA_SHA_256` of a message that is `RAW`.
pub trait Signer: Clone + Send + Sync + 'static {
    /// The id of its key, as [`PublicKey::id`](crate::PublicKey::id) makes it.
    fn key_id(&self) -> &str;

    /// Its public key: `SubjectPublicKeyInfo` in DER.
    fn public_key(&self) -> &[u8];

    /// The signature of these bytes.
    ///
    /// # Errors
    /// If the signer does not answer.
    fn sign(&self, bytes: &[u8]) -> impl Future<Output = Result<Vec<u8>, Unavailable>> + Send;
}
