//! The port [`evidence::Signer`] on KMS: an asymmetric key (`ECC_NIST_P256`, `SIGN_VERIFY`) that signs and never leaves it.

use aws::Patience;
use aws_sdk_kms::Client;
use aws_sdk_kms::error::DisplayErrorContext;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{MessageType, SigningAlgorithmSpec};
use evidence::{PublicKey, Signer, Unavailable};
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
        let client = Client::new(&aws::config(settings, Patience::of(settings, 4)));
        let public = client.get_public_key().key_id(key).send().await.map_err(cause)?;
        let spki = public.public_key().ok_or_else(|| Unavailable(format!("{key} has no public key")))?;
        let public = PublicKey::parse(spki.as_ref()).map_err(|error| Unavailable(format!("{key}: {error}")))?;
        Ok(Self { client, key: key.to_owned(), public })
    }
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
