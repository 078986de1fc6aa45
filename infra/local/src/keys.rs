//! The keys of personal numbers, as a file on this machine. On AWS they are wrapped by KMS.

use crate::BoxError;
use crate::data_dir::secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;
use vault::{Keys, Vault};

/// Opens the vault with the keys of this file, made at the first start; without a file, with keys that end with the stack.
pub(crate) fn open_vault(file: Option<&Path>) -> Result<Vault, BoxError> {
    let kept = secret(file, || Ok(serde_json::to_vec_pretty(&new_keys()?)?))?;
    let keys: Keys = serde_json::from_slice(&kept).map_err(|error| format!("the file of keys does not read: {error}"))?;
    Ok(Vault::open(&keys)?)
}

fn new_keys() -> Result<Keys, BoxError> {
    let key = || Ok::<_, BoxError>(STANDARD.encode(crate::random::bytes::<32>()?));
    Ok(Keys { sealing: key()?, lookup: key()? })
}
