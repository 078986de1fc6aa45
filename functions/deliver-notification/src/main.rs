//! Composition only: by SMTP where a server is named, or else by SES.

use domain::values::Email;
use mail::Sender;
use mail_ses::{SesMailer, TIMEOUT};
use mail_smtp::{Patience, SmtpMailer};
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::WorkerConfig::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let link = config.setting("PORTAL_URL")?.to_owned();
    let address = Email::parse(config.setting("MAIL_FROM")?).map_err(|_| "MAIL_FROM is no address")?;
    let sender = Sender::new(config.optional("MAIL_FROM_NAME").unwrap_or("网签"), address);
    let row = &api::workers::DELIVER_NOTIFICATION;
    if let Some(url) = config.optional("MAIL_SMTP_URL") {
        let mailer = SmtpMailer::open(url, sender, Patience::USUAL)?;
        return lambda::work(lambda::worker!(of_queue, row, deliver_notification::deliver_notification, store, mailer, link)).await;
    }
    // Without it no event comes, and an answer that is lost would wait for one in vain.
    let events = config.setting("MAIL_CONFIGURATION_SET")?.to_owned();
    let mailer = SesMailer::open(&config.mail(), sender, Some(events), TIMEOUT);
    lambda::work(lambda::worker!(of_queue, row, deliver_notification::deliver_notification, store, mailer, link)).await
}
