//! What a commit needs to know of the call besides the change itself.

use crate::error::Error;
use crate::table::Write;
use domain::party::Actor;
use domain::values::{AccountId, Timestamp};
pub(crate) use evidence::merkle::hex;
use sha2::{Digest as _, Sha256};

/// Who acts, by which action, when.
#[derive(Clone, Debug)]
pub struct Context {
    /// Name of the action.
    pub action: &'static str,
    /// Who acts, for the audit record.
    pub actor: Actor,
    /// The caller's account, checked inside the transaction.
    pub account: AccountId,
    /// When the token was issued, seconds since 1970.
    pub token_issued_at: i64,
    /// The gateway's id of this request.
    pub request_id: String,
    /// When the request arrived.
    pub now: Timestamp,
    /// The caller's key for repeats, if one was sent.
    pub idempotency: Option<Idempotency>,
}

/// A key for repeats (`Idempotency-Key`), and what the request said under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// As the caller chose it.
    pub key: String,
    /// SHA-256 of path and body, lower-case hex.
    pub fingerprint: String,
}

impl Context {
    /// The platform itself at work: what a worker writes in nobody's name.
    ///
    /// # Errors
    /// Never: the platform's own log-in has the form of one.
    pub fn of_system(action: &'static str, request_id: &str, now: Timestamp) -> Result<Self, Error> {
        let account = AccountId::parse("system").map_err(|_| Error::Broken("the platform's own log-in".to_owned()))?;
        let request_id = request_id.to_owned();
        Ok(Self { action, actor: Actor::System, account, token_issued_at: 0, request_id, now, idempotency: None })
    }

    /// Where answers under this key are kept: scoped to account and action.
    pub(crate) fn idempotency_hash(&self) -> Option<String> {
        let idempotency = self.idempotency.as_ref()?;
        Some(hex(&digest(&[self.account.as_str(), self.action, &idempotency.key])))
    }

    /// Twenty lower-case letters and digits for a new id, from the request alone: no randomness, so a repeat inside one
    /// invocation writes the same bytes.
    #[must_use]
    pub fn new_suffix(&self, row: usize) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let digest = digest(&["id", self.account.as_str(), &self.request_id, &row.to_string()]);
        digest.iter().take(20).filter_map(|byte| ALPHABET.get(usize::from(byte % 32))).map(|letter| char::from(*letter)).collect()
    }

    /// Token of one transaction: the same for a repeat of the same writes, at most 36 characters.
    pub(crate) fn transaction_token(&self, salt: &str) -> String {
        hex(&digest(&["transaction", self.account.as_str(), &self.request_id, salt])).chars().take(32).collect()
    }
}

/// Token of a transaction that no request names: the same for the same writes.
pub(crate) fn token_of(what: &str, writes: &[Write]) -> String {
    hex(&digest(&[what, &format!("{writes:?}")])).chars().take(32).collect()
}

/// What a request says under a key: SHA-256 of path and canonical body, lower-case hex.
#[must_use]
pub fn fingerprint(path: &str, body: &str) -> String {
    hex(&digest(&[path, body]))
}

/// SHA-256 over length-prefixed parts.
pub(crate) fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}
