//! A mail, and what becomes of handing it over.

use domain::values::{Email, Invalid, Timestamp};
use std::future::Future;

/// Longest tag.
const MAX_TAG: usize = 256;

/// A mail to one address, as every transport takes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The one recipient.
    pub to: Email,
    /// Our own words only.
    pub subject: String,
    /// The body for those who read plain text.
    pub text: String,
    /// The body as a page.
    pub html: String,
    /// When it was written.
    pub date: Timestamp,
    /// What tells this mail from all others, and a repeat from nothing.
    pub tag: Tag,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).field("date", &self.date).field("tag", &self.tag).finish_non_exhaustive()
    }
}

/// The name of a mail: 1 to 256 of `A-Za-z0-9_-`. It comes back with the provider's events, and stands in no mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// Reads a tag.
    ///
    /// # Errors
    /// [`Invalid::TooLong`] or [`Invalid::Malformed`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.len() > MAX_TAG {
            return Err(Invalid::TooLong(MAX_TAG));
        }
        let well_formed = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if well_formed { Ok(Self(text.to_owned())) } else { Err(Invalid::Malformed) }
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What became of one attempt. The texts are for the log and name no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken, under the provider's id.
    Sent(String),
    /// Will never be taken: the address or the content is at fault.
    Refused(String),
    /// Surely not taken now. What stands in the way passes, or an operator can mend it.
    Later(String),
    /// May or may not have been taken: the answer did not come, or cannot be read.
    Unknown(String),
}

/// Whoever carries mails.
pub trait Mailer: Clone + Send + Sync + 'static {
    /// Whether the provider tells by events, with the tag, what became of a mail.
    const CONFIRMS: bool;

    /// Hands over a mail, once: a second attempt is a second mail, so that is for the caller to decide.
    fn send(&self, mail: &Mail) -> impl Future<Output = Outcome> + Send;
}
