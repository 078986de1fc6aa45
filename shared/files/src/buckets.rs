//! Which bucket an object lies in, by its key: what nobody has checked lies apart, and what is never to change is locked.

pub(crate) const QUARANTINE: &str = "quarantine/";
pub(crate) const DOCUMENTS: &str = "documents/";
pub(crate) const EVIDENCE: &str = "evidence/";

/// The names of the buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets {
    /// What people have put there, until it is checked.
    pub quarantine: String,
    /// Documents and evidence, which nobody changes any more.
    pub evidence: String,
    /// Everything else.
    pub files: String,
}

impl Buckets {
    /// The bucket of this key.
    #[must_use]
    pub fn of(&self, key: &str) -> &str {
        if key.starts_with(QUARANTINE) {
            &self.quarantine
        } else if [DOCUMENTS, EVIDENCE].iter().any(|prefix| key.starts_with(prefix)) {
            &self.evidence
        } else {
            &self.files
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> [&str; 3] {
        [&self.quarantine, &self.evidence, &self.files]
    }
}
