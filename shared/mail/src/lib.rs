//! The port [`Mailer`]: where a mail is handed to whoever carries it. And what our mails say ([`Telling`]): built from what a notice
//! told when it was written, never from how things stand now, so that a late mail cannot lie.
//!
//! A mail is the least safe thing that leaves the house. So it holds no personal number, no pay, nothing that people gave as a reason, and
//! no address that acts by being opened; and what people typed never enters a header: the subject is made of our own words only.

mod event;
mod html;
mod message;
mod part;
mod plain;
mod port;
mod said;
mod shown;
mod telling;

pub use event::MailEvent;
pub use message::{Sender, Unsendable, message};
pub use port::{Mail, Mailer, Outcome, Tag};
pub use shown::without_addresses;
pub use telling::{Initial, Reader, Telling};
