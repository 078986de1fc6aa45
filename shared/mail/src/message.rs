//! A mail as the bytes that travel: the same for every transport.

use crate::port::Mail;
use crate::shown::shown;
use domain::upload::sha256;
use domain::values::Email;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, MultiPartKind, SinglePart};
use std::time::{Duration, SystemTime};

/// What parts the bodies. No body has it inside: `=_` cannot stand in quoted-printable, nor `_` in base64.
const BOUNDARY: &str = "=_wangqian_=";

/// Who our mails are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    name: String,
    address: Email,
}

impl Sender {
    /// A sender by the name that readers see, and an address.
    #[must_use]
    pub fn new(name: &str, address: Email) -> Self {
        Self { name: shown(name), address }
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &Email {
        &self.address
    }

    /// What is behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.address.as_str().rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// A mail that cannot be put into bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsendable(pub String);

/// The bytes of a mail. They depend on nothing else: a repeat is the same message, and has the same id.
///
/// # Errors
/// [`Unsendable`] if an address is none for the library that writes headers, or would not be the same for everybody who reads it.
pub fn message(mail: &Mail, sender: &Sender) -> Result<Vec<u8>, Unsendable> {
    let from = mailbox(Some(sender.name.clone()), &sender.address)?;
    // Every server on the way reads the id: it tells one mail from another, and nothing of whose it is.
    let id = format!("<{}@{}>", sha256(mail.tag.as_str().as_bytes()), sender.domain());
    // Whoever is on holiday is not to answer us (RFC 3834).
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let bodies = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(BOUNDARY)
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let message = Message::builder()
        .from(from)
        .to(mailbox(None, &mail.to)?)
        .subject(mail.subject.clone())
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(mail.date.millis().unsigned_abs()))
        .message_id(Some(id))
        .raw_header(automatic)
        .multipart(bodies)
        .map_err(|error| Unsendable(error.to_string()))?;
    Ok(message.formatted())
}

fn mailbox(name: Option<String>, address: &Email) -> Result<Mailbox, Unsendable> {
    // The beginning of an encoded word. It may stand in an address, but some programs decode it there, and then it is another address.
    if address.as_str().contains("=?") {
        return Err(Unsendable("an encoded word in an address".to_owned()));
    }
    let address = address.as_str().parse().map_err(|error: lettre::address::AddressError| Unsendable(error.to_string()))?;
    Ok(Mailbox::new(name.filter(|name| !name.is_empty()), address))
}
