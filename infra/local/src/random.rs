//! Randomness of the local stack: keys, request ids, names of in-memory databases.

use crate::BoxError;

/// Random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], BoxError> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| "no randomness")?;
    Ok(bytes)
}

/// 128 random bits as 32 lower-case hex digits.
pub(crate) fn hex() -> Result<String, BoxError> {
    Ok(format!("{:032x}", u128::from_be_bytes(bytes()?)))
}
