//! The mail of a notice: claimed, sent, and what the provider tells of it. The notice's own item says how far it is.

use crate::Store;
use crate::aggregate::{StudentSummary, json, schema};
use crate::context::{Context, digest, hex};
use crate::error::Error;
use crate::inbox::{Message, message};
use crate::keys::{self, lists};
use crate::lists::{List, Range};
use crate::outbox::order;
use crate::table::{Attributes, Condition, Index, Key, Table, Write};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::delivery::{Delivery, Spared};
use domain::invitation::Invitation;
use domain::policy::Policy;
use domain::student::Student;
use domain::transition::Recipient;
use domain::values::{Email, PersonId, SchoolId, StudentId, Timestamp};
use futures_util::future::try_join_all;

/// More roster records than a person has.
const RECORDS_LIMIT: u32 = 20;

/// A notice with its mail.
#[derive(Clone, Debug)]
pub struct Posting {
    /// The notice, as its inbox shows it.
    pub message: Message,
    /// Whose inbox.
    pub recipient: Recipient,
    /// How far its mail is.
    pub delivery: Delivery,
    key: Key,
    /// The delivery as it stands in the item.
    seen: Option<String>,
}

/// To whom a notice is mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// To this address.
    Mailed(Email),
    /// To nobody.
    Spared(Spared),
}

impl Posting {
    /// The school that the notice concerns: whose inbox it is, or by the id of what it is about.
    fn school(&self) -> Option<SchoolId> {
        match &self.recipient {
            Recipient::School(school) | Recipient::College(school, _) => Some(school.clone()),
            Recipient::Student(_) | Recipient::Employer(_) => {
                // An objection is called by the record that it is to.
                let id = self.message.notice.aggregate.rsplit('/').next().unwrap_or_default();
                id.get(..5).and_then(|code| SchoolId::parse(code).ok())
            }
        }
    }
}

/// What a mail bears so that the provider's events find its notice: letters, digits, `-` and `_`.
#[must_use]
pub fn mail_tag(notice: &Key) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}\n{}", notice.pk, notice.sk))
}

/// The notice that a mail's tag names; none if it is no tag of ours.
#[must_use]
pub fn tagged(tag: &str) -> Option<Key> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(tag).ok()?).ok()?;
    let (pk, sk) = text.split_once('\n')?;
    let key = Key { pk: pk.to_owned(), sk: sk.to_owned() };
    keys::recipient(&key).map(|_| key)
}

impl<T: Table> Store<T> {
    /// A notice and how far its mail is; none if there is no such notice.
    ///
    /// # Errors
    /// As the table's.
    pub async fn posting(&self, key: &Key) -> Result<Option<Posting>, Error> {
        let Some(item) = self.table.get(key).await? else { return Ok(None) };
        let recipient = keys::recipient(key).ok_or_else(|| Error::Broken(format!("{} is no inbox", key.pk)))?;
        let (message, seen) = (message(&item)?, item.text("delivery").map(str::to_owned));
        let delivery = match &seen {
            Some(text) => serde_json::from_str(text).map_err(|_| Error::Broken(format!("{}: no delivery", key.sk)))?,
            None => Delivery::owed(message.notice.at),
        };
        Ok(Some(Posting { message, recipient, delivery, key: key.clone(), seen }))
    }

    /// How far the mail that tells the graduate of a letter is; none if nothing is kept of it.
    ///
    /// # Errors
    /// As the table's.
    pub async fn delivery_of(&self, letter: &Invitation) -> Result<Option<Delivery>, Error> {
        let recipient = Recipient::Student(letter.person.clone());
        let key = keys::inbox(&recipient, &letter.sent_at.to_string(), &format!("{}@1", letter.id));
        Ok(self.posting(&key).await?.map(|posting| posting.delivery))
    }

    /// Writes how far the mail is now, if nobody has written it since it was read: of two invocations one does. The posting then knows it;
    /// none if somebody else has written.
    ///
    /// # Errors
    /// As the table's.
    pub async fn record_delivery(&self, posting: Posting, delivery: Delivery, invocation: &str) -> Result<Option<Posting>, Error> {
        let text = json(&delivery)?;
        let mut set = Attributes::from([("delivery".to_owned(), text.as_str().into())]);
        let remove = match delivery.due_from() {
            Some(from) => {
                // No longer new: the stream leaves it alone, and the sweep takes it up from then on.
                set.insert("attempts".to_owned(), i64::from(delivery.claims).max(1).into());
                set.insert(Index::Due.attributes().1.to_owned(), order(from, &posting.message.notice.event_id).into());
                Vec::new()
            }
            None => vec!["owes", "attempts", Index::Due.attributes().0, Index::Due.attributes().1],
        };
        let unchanged = posting.seen.as_deref().map_or(Condition::Missing("delivery"), |seen| Condition::Equals("delivery", seen.into()));
        let when = vec![Condition::Present, unchanged];
        let write = Write::Update { key: posting.key.clone(), set, remove, add: Vec::new(), when };
        let written = self.claim("a delivery", invocation, &[write]).await?;
        Ok(written.then_some(Posting { delivery, seen: Some(text), ..posting }))
    }

    /// To whom a notice is mailed, as policies and addresses are now.
    ///
    /// # Errors
    /// As the table's.
    pub async fn addressee(&self, posting: &Posting) -> Result<Addressee, Error> {
        let (kind, recipient) = (posting.message.notice.kind, &posting.recipient);
        let school = posting.school();
        let policy = match &school {
            Some(school) => self.policy(school).await?,
            None => Policy::default(),
        };
        if !policy.mails(kind, recipient) {
            return Ok(Addressee::Spared(Spared::Policy));
        }
        let address = match recipient {
            Recipient::Student(person) => self.address_of(person, school.as_ref()).await?,
            Recipient::Employer(employer) => self.employer(employer).await?.value.signing_information.and_then(|known| known.contact.email),
            Recipient::School(_) | Recipient::College(..) => policy.office_email,
        };
        let Some(address) = address else { return Ok(Addressee::Spared(Spared::NoAddress)) };
        Ok(if self.is_suppressed(&address).await? { Addressee::Spared(Spared::Suppressed) } else { Addressee::Mailed(address) })
    }

    /// A graduate's address, as the record at the school that the notice concerns has it; of any record, if it concerns none.
    async fn address_of(&self, person: &PersonId, school: Option<&SchoolId>) -> Result<Option<Email>, Error> {
        let list = List { limit: RECORDS_LIMIT, after: None };
        let rows = self.rows_of::<StudentSummary>(Index::Student, lists::records(person), Range::all().backwards(), &list).await?.rows;
        let ids = rows.iter().filter_map(|row| StudentId::parse(&row.summary.id).ok());
        let concerned = ids.filter(|id| school.is_none_or(|school| id.school() == *school));
        let records: Vec<Student> = try_join_all(concerned.map(|id| async move { self.student(&id).await })).await?;
        Ok(records.into_iter().find_map(|record| record.email))
    }

    /// Whether an address is not mailed any more.
    ///
    /// # Errors
    /// As the table's.
    pub async fn is_suppressed(&self, address: &Email) -> Result<bool, Error> {
        let item = self.table.get(&suppression(address)).await?;
        Ok(item.is_some_and(|item| item.text("lifted_by").is_none()))
    }

    /// An address is not mailed any more: it came back, or its owner complained.
    ///
    /// # Errors
    /// As the table's.
    pub async fn suppress(&self, address: &Email, because: &str, now: Timestamp) -> Result<(), Error> {
        let set = Attributes::from([schema(), ("because".to_owned(), because.into()), ("at".to_owned(), now.millis().into())]);
        let write =
            Write::Update { key: suppression(address), set, remove: vec!["lifted_by", "lifted_at"], add: Vec::new(), when: Vec::new() };
        self.write("suppressing an address", &[write]).await.map(drop)
    }

    /// An address is mailed again; who says so stands beside it. False if it was mailed all the time.
    ///
    /// # Errors
    /// As the table's.
    pub async fn lift_suppression(&self, address: &Email, context: &Context) -> Result<bool, Error> {
        let by = context.account.as_str();
        let set = Attributes::from([("lifted_by".to_owned(), by.into()), ("lifted_at".to_owned(), context.now.millis().into())]);
        let when = vec![Condition::Present, Condition::Missing("lifted_by")];
        let write = Write::Update { key: suppression(address), set, remove: Vec::new(), add: Vec::new(), when };
        self.claim("lifting a suppression", &context.request_id, &[write]).await
    }
}

/// By its hash: the key says no address.
fn suppression(address: &Email) -> Key {
    keys::suppression(&hex(&digest(&["mail", &address.as_str().to_lowercase()])))
}
