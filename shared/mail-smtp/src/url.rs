//! The address of a server, as an operator writes it.

use super::{Encryption, Server};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::{SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::net::IpAddr;
use url::Url;

/// What is wrong with an address. It does not repeat it: a password may stand inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongUrl {
    /// Not `smtp` or `smtps` with a host.
    Malformed,
    /// A user without a password, or not percent-encoded UTF-8.
    Credentials,
    /// Without encryption, or with one that the server may decline, to another machine: anybody on the way could read.
    Unencrypted,
    /// This machine's certificates cannot be read.
    Certificates,
}

impl std::fmt::Display for WrongUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not smtp://host or smtps://host",
            Self::Credentials => "a user without a password, or not percent-encoded",
            Self::Unencrypted => "not encrypted: smtps://host, or smtp://host?tls=required",
            Self::Certificates => "the machine's certificates cannot be read",
        })
    }
}

impl std::error::Error for WrongUrl {}

impl Server {
    pub(super) fn parse(url: &Url) -> Result<Self, WrongUrl> {
        // An address of IPv6 has brackets in a URL, and nowhere else.
        let host = url.host_str().ok_or(WrongUrl::Malformed)?.trim_matches(['[', ']']).to_owned();
        let tls = || TlsParameters::new(host.clone()).map_err(|_| WrongUrl::Certificates);
        let (encryption, usual) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Encryption::Whole(tls()?), SUBMISSIONS_PORT),
            ("smtp", Some("tls=required")) => (Encryption::Upgraded(tls()?), SUBMISSION_PORT),
            ("smtp", None) if is_this_machine(&host) => (Encryption::None, SUBMISSION_PORT),
            ("smtp", _) => return Err(WrongUrl::Unencrypted),
            _ => return Err(WrongUrl::Malformed),
        };
        Ok(Self { port: url.port().unwrap_or(usual), host, encryption, credentials: credentials(url)? })
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn credentials(url: &Url) -> Result<Option<Credentials>, WrongUrl> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(Cow::into_owned).map_err(|_| WrongUrl::Credentials);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (_, None) | ("", _) => Err(WrongUrl::Credentials),
        (user, Some(password)) => Ok(Some(Credentials::new(decoded(user)?, decoded(password)?))),
    }
}
