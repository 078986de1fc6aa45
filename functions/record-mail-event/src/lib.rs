//! What the mail provider tells of our mails: sent, delivered, bounced, complained of.

use domain::values::Email;
use lambda::{Done, Fault, Tick};
use mail::MailEvent;
use store::{Store, Table, tagged};

/// Notes what became of a notice's mail, the worst that was told. An address that does not exist, or whose owner complains, is not mailed
/// any more.
///
/// # Errors
/// As the table's: the message comes again.
pub async fn record_mail_event<T: Table>(store: &Store<T>, event: String, tick: Tick) -> Done {
    let broken = || Fault::Logged(api::ProblemKind::Internal, "a message that is no event of mail".to_owned());
    let event = MailEvent::read(&event).ok_or_else(broken)?;
    let (Some(told), Some(notice)) = (event.told, event.tag.as_deref().and_then(tagged)) else { return Ok(0) };
    let Some(posting) = store.posting(&notice).await? else { return Ok(0) };
    // What was told before is no news: an address that an operator has mailed again since is not lost to an old event.
    let Some(delivery) = posting.delivery.after_told(told, event.provider_id.as_deref(), tick.at) else { return Ok(0) };
    for address in event.lost_addresses.iter().filter_map(|address| Email::parse(address).ok()) {
        store.suppress(&address, event.name(), tick.at).await?;
    }
    match store.record_delivery(posting, delivery, &tick.request_id).await? {
        Some(_) => Ok(1),
        // Somebody else writes it at this moment.
        None => Err(Fault::Moved),
    }
}
