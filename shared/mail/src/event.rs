//! An event of SES, as its configuration set publishes it: through `EventBridge`, or through a topic, or as it is.

use domain::delivery::Told;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the provider tells of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailEvent {
    /// The mail's tag, if it is a mail of ours.
    pub tag: Option<String>,
    /// The provider's id of the mail.
    pub provider_id: Option<String>,
    /// What became of it; none for what we do not keep.
    pub told: Option<Told>,
    /// Addresses that do not exist, or whose owners complain.
    pub lost_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    #[serde(alias = "notificationType")]
    event_type: String,
    mail: Mail,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    message_id: Option<String>,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounced_recipients: Vec<Addressed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    #[serde(default)]
    complained_recipients: Vec<Addressed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Addressed {
    email_address: String,
}

impl MailEvent {
    /// Reads it; none if it is no event.
    #[must_use]
    pub fn read(body: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(body).ok()?;
        let published = match (value.get("detail"), value.get("Message").and_then(Value::as_str)) {
            (Some(detail), _) => Published::deserialize(detail).ok()?,
            (None, Some(message)) => serde_json::from_str(message).ok()?,
            (None, None) => Published::deserialize(&value).ok()?,
        };
        Some(Self::of(published))
    }

    fn of(published: Published) -> Self {
        // A mailbox that is full today takes mails tomorrow, and a note that somebody is away bounces what has arrived.
        let bounce = published.bounce.filter(|bounce| bounce.bounce_type == "Permanent");
        let told = match published.event_type.as_str() {
            "Send" => Some(Told::Sent),
            "Reject" | "Rendering Failure" => Some(Told::Rejected),
            "Delivery" => Some(Told::Delivered),
            "Bounce" => bounce.is_some().then_some(Told::Bounced),
            "Complaint" => Some(Told::Complained),
            _ => None,
        };
        let bounced = bounce.map(|bounce| bounce.bounced_recipients);
        let complained = published.complaint.map(|complaint| complaint.complained_recipients);
        let lost = bounced.into_iter().chain(complained).flatten().map(|addressed| addressed.email_address);
        let tag = published.mail.tags.get("notice").and_then(|values| values.first()).cloned();
        Self { tag, provider_id: published.mail.message_id, told, lost_addresses: lost.collect() }
    }

    /// Why an address is lost, for whoever asks later.
    #[must_use]
    pub fn name(&self) -> &'static str {
        if self.told == Some(Told::Complained) { "complaint" } else { "bounce" }
    }
}
