//! The keys of personal numbers and of seals, as files on this machine. On AWS the first are wrapped by KMS, and the second never leaves it.

use crate::BoxError;
use crate::data_dir::secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evidence::KeyFile;
use std::path::Path;
use vault::{Keys, Vault};

/// Opens the vault with the keys of this file, made at the first start; without a file, with keys that end with the stack.
pub(crate) fn open_vault(file: Option<&Path>) -> Result<Vault, BoxError> {
    let kept = secret(file, || Ok(serde_json::to_vec_pretty(&new_keys()?)?))?;
    let keys: Keys = serde_json::from_slice(&kept).map_err(|error| format!("the file of keys does not read: {error}"))?;
    Ok(Vault::open(&keys)?)
}

/// The key that seals are signed with, made at the first start.
pub(crate) fn open_signer(file: Option<&Path>) -> Result<KeyFile, BoxError> {
    let make = || Ok(KeyFile::from_secret(&crate::random::bytes()?)?.to_json()?.into_bytes());
    KeyFile::from_json(&secret(file, make)?)
}

fn new_keys() -> Result<Keys, BoxError> {
    let key = || Ok::<_, BoxError>(STANDARD.encode(crate::random::bytes::<32>()?));
    Ok(Keys { sealing: key()?, lookup: key()? })
}
