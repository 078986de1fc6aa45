//! The port [`mail::Mailer`] on any SMTP server. It takes one step of the protocol after the other itself, because what a failure means
//! depends on where it happens: before the content went out the mail was surely not taken, after it nobody knows.

mod outcome;
mod url;

pub use url::WrongUrl;

use ::url::Url;
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, response::Response};
use mail::{Mail, Mailer, Outcome, Sender};
use outcome::Step;
use std::future::Future;
use std::time::Duration;

/// How long a server is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until it is there, has let us in and knows the recipient.
    pub opening: Duration,
    /// Until it has taken the content, which it may look into first.
    pub content: Duration,
    /// Until it has said good-bye: what became of the mail is known by then.
    pub leaving: Duration,
}

impl Patience {
    /// All of it within the time of a function.
    pub const USUAL: Self = Self { opening: Duration::from_secs(8), content: Duration::from_secs(15), leaving: Duration::from_millis(500) };
}

/// Sends by an SMTP server, with a connection for each mail.
#[derive(Clone)]
pub struct SmtpMailer {
    server: Server,
    sender: Sender,
    patience: Patience,
}

impl std::fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpMailer").field("host", &self.server.host).field("port", &self.server.port).finish_non_exhaustive()
    }
}

/// How the server is reached.
#[derive(Clone)]
struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
}

#[derive(Clone)]
enum Encryption {
    /// From the first byte (`smtps`).
    Whole(TlsParameters),
    /// Before anything else is said (STARTTLS), or not at all.
    Upgraded(TlsParameters),
    /// None: on this machine only.
    None,
}

impl SmtpMailer {
    /// The server at an address: `smtps://user:password@host`, `smtp://user:password@host?tls=required`, or without encryption on this
    /// machine, `smtp://127.0.0.1:1025`. User and password are percent-encoded.
    ///
    /// # Errors
    /// [`WrongUrl`] for any other.
    pub fn open(url: &str, sender: Sender, patience: Patience) -> Result<Self, WrongUrl> {
        let url = Url::parse(url).map_err(|_| WrongUrl::Malformed)?;
        Ok(Self { server: Server::parse(&url)?, sender, patience })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let Server { host, port, encryption, credentials } = &self.server;
        let we = ClientId::Domain(self.sender.domain().to_owned());
        let whole = if let Encryption::Whole(tls) = encryption { Some(tls.clone()) } else { None };
        let mut connection = AsyncSmtpConnection::connect_tokio1((host.as_str(), *port), None, &we, whole, None).await?;
        if let Encryption::Upgraded(tls) = encryption {
            connection.starttls(tls.clone(), &we).await?;
        }
        if let Some(credentials) = credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(connection)
    }

    /// Everything up to the content.
    async fn open_for(&self, from: Address, to: Address) -> Result<AsyncSmtpConnection, (Step, Error)> {
        let mut connection = self.connect().await.map_err(|error| (Step::Greeting, error))?;
        connection.command(MailFrom::new(Some(from), Vec::new())).await.map_err(|error| (Step::Sender, error))?;
        connection.command(Rcpt::new(to, Vec::new())).await.map_err(|error| (Step::Recipient, error))?;
        connection.command(Data).await.map_err(|error| (Step::Recipient, error))?;
        Ok(connection)
    }

    async fn deliver(&self, mail: &Mail) -> Result<Response, Outcome> {
        let bytes = mail::message(mail, &self.sender).map_err(|unsendable| Outcome::Refused(unsendable.0))?;
        let from = address(self.sender.address().as_str()).map_err(Outcome::Later)?;
        let to = address(mail.to.as_str()).map_err(Outcome::Refused)?;
        let opened = in_time(self.patience.opening, self.open_for(from, to)).await;
        let mut connection =
            opened.ok_or_else(|| Outcome::Later("no connection in time".to_owned()))?.map_err(|(step, error)| outcome::of(step, &error))?;
        let taken = in_time(self.patience.content, connection.message(&bytes)).await;
        let _ = in_time(self.patience.leaving, connection.abort()).await;
        taken
            .ok_or_else(|| Outcome::Unknown("no answer to the content in time".to_owned()))?
            .map_err(|error| outcome::of(Step::Content, &error))
    }
}

impl Mailer for SmtpMailer {
    const CONFIRMS: bool = false;

    async fn send(&self, mail: &Mail) -> Outcome {
        match self.deliver(mail).await {
            Ok(response) => Outcome::Sent(outcome::answer(&response)),
            Err(outcome) => outcome,
        }
    }
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|error: lettre::address::AddressError| error.to_string())
}

async fn in_time<T>(most: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(most, work).await.ok()
}
