//! Documents: an order stands with its agreement from the event on that calls for it, and becomes the record of the file once that is drawn.
//! What is drawn is recorded in the agreement's audit chain; the agreement itself stays as it is.

use crate::Store;
use crate::aggregate::{json, loaded, parse, plain};
use crate::agreements::Signing;
use crate::change::{Change, Step};
use crate::commit::{MAX_TRIES, Role};
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::outbox::owe;
use crate::table::{Attributes, Condition, Index, Item, Key, Table, Write};
use domain::DocumentKind;
use domain::agreement::Agreement;
use domain::document::Issued;
use domain::event::Event;
use domain::values::{AgreementId, AgreementNumber, Timestamp};
use domain::work::Queue;
use serde::{Deserialize, Serialize};

/// An order for a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The event that calls for it.
    pub event_id: String,
    /// Which document.
    pub kind: DocumentKind,
    /// Of which agreement.
    pub aggregate: AgreementId,
    /// When: what the file says of itself, however late it is drawn.
    pub at: Timestamp,
}

/// A document of an agreement, drawn or still to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which document.
    pub kind: DocumentKind,
    /// When it was called for.
    pub at: Timestamp,
    /// As it was drawn; none while it is owed.
    pub issued: Option<Issued>,
}

/// A document that is still owed, with all that it is drawn from.
#[derive(Clone, Debug)]
pub struct Issuing {
    /// The order.
    pub order: Order,
    /// The agreement, its letter and its process record.
    pub signing: Signing,
    key: Key,
}

/// The order's write, of the transaction that calls for it.
pub(crate) fn order(step: &Step, event_id: &str, kind: DocumentKind, context: &Context) -> Result<Write, Error> {
    let aggregate = AgreementId::parse(&step.id).map_err(|_| Error::Broken(format!("{} has no documents", step.id)))?;
    let order = Order { event_id: event_id.to_owned(), kind, aggregate, at: context.now };
    Ok(Write::Put { item: order.item(&step.key)?, when: vec![Condition::Absent] })
}

impl Order {
    /// The item of a document that is owed.
    pub(crate) fn item(&self, agreement: &Key) -> Result<Item, Error> {
        let mut attributes = plain(self)?;
        owe(&mut attributes, Queue::Documents, &self.event_id, self.at);
        Ok(Item { key: keys::document(agreement, self.kind), attributes })
    }
}

/// The documents among the items of a signing, oldest first; what was given up is none.
pub(crate) fn documents(items: &[Item]) -> Result<Vec<Document>, Error> {
    let there = items.iter().filter(|item| item.key.sk.starts_with(keys::DOCUMENT) && item.text("given_up").is_none());
    let mut documents = there.map(document).collect::<Result<Vec<_>, _>>()?;
    documents.sort_by_key(|document| (document.at, DocumentKind::ALL.iter().position(|kind| *kind == document.kind)));
    Ok(documents)
}

fn document(item: &Item) -> Result<Document, Error> {
    let order: Order = parse(item)?;
    let broken = |_| Error::Broken(format!("{}: the record of a document does not read", item.key.sk));
    let issued = item.text("issued").map(|text| serde_json::from_str(text).map_err(broken)).transpose()?;
    Ok(Document { kind: order.kind, at: order.at, issued })
}

impl<T: Table> Store<T> {
    /// The document that a message names, if it is still owed. One query reads all that it is drawn from.
    ///
    /// # Errors
    /// As the table's.
    pub async fn issuing(&self, key: &Key) -> Result<Option<Issuing>, Error> {
        let items = self.story(&key.pk).await?;
        let Some(item) = items.iter().find(|item| item.key == *key && item.text("owes").is_some()) else { return Ok(None) };
        let order: Order = parse(item)?;
        match Signing::read(&order.aggregate, &items) {
            Ok(signing) => Ok(Some(Issuing { order, signing, key: key.clone() })),
            // Nobody can tell any more whose it was.
            Err(Error::NotFound) => self.give_up(key, "anonymous").await.map(|()| None),
            Err(other) => Err(other),
        }
    }

    /// Records a document that lies in its place, in the agreement's audit chain too, with the code and the number under which strangers
    /// verify it. That it was laid under this key is forgotten: it stays. False if somebody else has recorded one.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn issue(&self, issuing: &Issuing, issued: &Issued, code: &str, laid: &str, context: &Context) -> Result<bool, Error> {
        let Issued { kind, sha256, length, template, .. } = issued.clone();
        let code_sha256 = kind.bears_code().then(|| domain::upload::sha256(code.as_bytes()));
        let fact = Event::DocumentIssued { kind, sha256, length, template, code_sha256 };
        let record = owed_no_longer(&issuing.key, Attributes::from([("issued".to_owned(), json(issued)?.into())]));
        let mut standing = issuing.signing.agreement.clone();
        for _ in 0..MAX_TRIES {
            let forget = Write::Delete { key: keys::laid(laid), when: Vec::new() };
            let mut change = Change::new().records(context, &standing, &fact).also(Role::Order, record.clone());
            change = change.also(Role::Consequence, forget);
            if kind.bears_code() {
                for name in [Some(code), standing.value.number().map(AgreementNumber::as_str)].into_iter().flatten() {
                    let item = Item { key: keys::verifiable(name), attributes: plain(&issuing.order.aggregate)? };
                    change = change.puts(Role::Consequence, item, Vec::new());
                }
            }
            match self.commit(change, context, ()).await {
                Ok(_) => return Ok(true),
                Err(Error::AlreadyThere) => return Ok(false),
                // The agreement has moved on; what was drawn is of the order's moment all the same.
                Err(Error::Moved) => standing = loaded::<Agreement>(&self.item(&keys::agreement(&issuing.order.aggregate)).await?)?,
                Err(other) => return Err(other),
            }
        }
        Err(Error::Unavailable("the record of a document met others at every try".to_owned()))
    }

    /// A document that nobody can draw any more is owed no longer.
    ///
    /// # Errors
    /// As the table's.
    pub async fn give_up(&self, order: &Key, because: &str) -> Result<(), Error> {
        let set = Attributes::from([("given_up".to_owned(), because.into())]);
        self.write("giving up a document", &[owed_no_longer(order, set)]).await.map(drop)
    }
}

/// The order's item afterwards: of two workers one writes it.
fn owed_no_longer(key: &Key, set: Attributes) -> Write {
    let (list, place) = Index::Due.attributes();
    let when = vec![Condition::Equals("owes", Queue::Documents.as_str().into())];
    Write::Update { key: key.clone(), set, remove: vec!["owes", "attempts", list, place], add: Vec::new(), when }
}
