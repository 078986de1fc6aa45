//! How each finding is mended: in one transaction, on conditions, with a record of what was found and done.

use super::chains::{Chain, meant};
use super::claims;
use super::finding::{Break, Finding};
use super::incident::Mend;
use super::judging::Surveyed;
use crate::Store;
use crate::aggregate::schema;
use crate::audit::recorded;
use crate::context::Context;
use crate::documents::Order;
use crate::error::Error;
use crate::inbox::Notice;
use crate::keys;
use crate::outbox::owe;
use crate::table::{Attributes, Condition, Item, Key, Table, Write};
use domain::DocumentKind;
use domain::transition::NoticeKind;
use domain::values::{AgreementId, Timestamp};
use domain::work::Queue;

/// What became of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// It is mended, and this was done.
    Done(String),
    /// It is no longer so, or something moved meanwhile: a survey says what is.
    Gone,
    /// Nothing here can mend it. A person has to.
    ForAPerson(String),
}

impl<T: Table> Store<T> {
    /// Mends one finding of a survey. Nothing is guessed: what cannot be mended by the rule is left as it stands, for a person.
    ///
    /// # Errors
    /// As the table's.
    pub async fn mend(&self, finding: &Finding, surveyed: &Surveyed, context: &Context) -> Result<Mended, Error> {
        match finding {
            Finding::Chain { key, how, .. } => {
                let done = match how {
                    Break::Undone { .. } => "the aggregate stays as it stands; those records count as undone",
                    Break::Lost { .. } => "the aggregate stays as it stands; records stand in for those",
                };
                self.mend_on(Some(key), Mend::of(finding, done), None, context).await
            }
            Finding::NeverCreated { id, key, .. } => self.never_created(finding, id, key, context).await,
            Finding::Apart { id, other, .. } => self.rejoin(finding, id, other, surveyed, context).await,
            Finding::Claim { key, should, .. } => self.settle(finding, key, should, surveyed, context).await,
            Finding::Missing { key, event, tells } => self.supply(finding, key, event, *tells, surveyed, context).await,
            Finding::Orphan { key, event } => {
                let place = surveyed.of_event(event);
                let delete = Write::Delete { key: key.clone(), when: vec![Condition::Present] };
                self.mend_on(place, Mend::of(finding, "it is taken away").writing([delete]), None, context).await
            }
            Finding::Uncalled { key, id, at } => self.call_for(finding, key, id, *at, surveyed, context).await,
            Finding::Count { key, of, name, should, is } => {
                let add = vec![(*name, should - is)];
                // It has not moved since it was read.
                let unmoved = if *is == 0 { Condition::MissingOrAtMost(name, 0) } else { Condition::Equals(name, (*is).into()) };
                let (set, when) = (Attributes::from([schema()]), vec![unmoved]);
                let write = Write::Update { key: key.clone(), set, remove: Vec::new(), add, when };
                let mend = Mend::of(finding, "it is counted anew").writing([write]);
                self.mend_on(of.as_ref().and_then(|id| surveyed.places.get(id)), mend, None, context).await
            }
            Finding::Document { key, id, recorded } => self.draw_again(finding, key, id, recorded, surveyed, context).await,
            Finding::Foreign { why, .. } => Ok(Mended::ForAPerson(why.clone())),
        }
    }

    /// Commits, with a record behind the chain of this aggregate, or with an incident of its own if it does not stand.
    pub(super) async fn mend_on(
        &self,
        place: Option<&Key>,
        mend: Mend,
        next: Option<Attributes>,
        context: &Context,
    ) -> Result<Mended, Error> {
        let done = mend.done.join("; ");
        let items = match place {
            Some(key) => self.story(&key.pk).await?,
            None => Vec::new(),
        };
        let writes = match items.iter().find(|item| Some(&item.key) == place) {
            Some(aggregate) => mend.behind(aggregate, &items, next, context)?,
            None => mend.apart(context)?,
        };
        Ok(if self.write("mending", &writes).await? { Mended::Done(done) } else { Mended::Gone })
    }

    /// Records of what is not there: they go, and the incident keeps them to the byte.
    async fn never_created(&self, finding: &Finding, id: &str, key: &Key, context: &Context) -> Result<Mended, Error> {
        let items = self.story(&key.pk).await?;
        if items.iter().any(|item| item.key == *key) {
            return Ok(Mended::Gone);
        }
        let Some(chain) = Chain::of(key, None, &items) else { return Ok(Mended::ForAPerson(format!("{id}: its records do not read"))) };
        let beginning = keys::audits(key);
        let records: Vec<&Item> = items.iter().filter(|item| item.key.sk.starts_with(&beginning)).collect();
        let mut mend = Mend::of(finding, &format!("{} counts as never created; its records are kept here", chain.id));
        mend.found.extend(records.iter().filter_map(|item| item.text("bytes").map(str::to_owned)));
        let deletes = records.iter().map(|item| Write::Delete { key: item.key.clone(), when: vec![Condition::Present] });
        self.mend_on(None, mend.writing(deletes), None, context).await
    }

    /// An item that follows from aggregates is made as they say.
    async fn settle(
        &self,
        finding: &Finding,
        key: &Key,
        should: &[(String, String)],
        surveyed: &Surveyed,
        context: &Context,
    ) -> Result<Mended, Error> {
        if should.len() > 1 && claims::is_exclusive(key) {
            return Ok(Mended::ForAPerson("several aggregates hold it; which of them may stay, nothing here says".to_owned()));
        }
        let current = self.table().get(key).await?;
        let holder = current.as_ref().and_then(|item| item.text("holder")).and_then(|holder| surveyed.places.get(holder));
        let place = should.first().and_then(|(id, _)| surveyed.places.get(id));
        let (write, done) = if let Some(place) = place {
            let aggregate = self.item(place).await?;
            (claims::write(key, &aggregate, current.as_ref(), context.now)?, "it is made as the aggregate says")
        } else {
            (claims::free(key, current.as_ref()), "it is free again")
        };
        self.mend_on(place.or(holder), Mend::of(finding, done).writing([write]), None, context).await
    }

    /// What an event has told or called for is written again; an answer cannot be, and is given up.
    async fn supply(
        &self,
        finding: &Finding,
        key: &Key,
        event: &str,
        tells: Option<NoticeKind>,
        surveyed: &Surveyed,
        context: &Context,
    ) -> Result<Mended, Error> {
        let (Some(place), Some((id, seq))) = (surveyed.of_event(event), event.rsplit_once('@')) else { return Ok(Mended::Gone) };
        let aggregate = self.item(place).await?;
        let record = recorded(&self.item(&keys::audit(place, seq.parse().unwrap_or_default())).await?)?.record;
        let Some(record) = meant(&record) else { return Ok(Mended::Gone) };
        let again = "it is written again, from the record";
        let mend = if let (Some(kind), Some(recipient)) = (tells, keys::recipient(key)) {
            let notice = Notice { event_id: event.to_owned(), kind, aggregate: id.to_owned(), at: record.at, what: record.what };
            Mend::of(finding, again).writing([notice.write(&recipient, aggregate.text("summary"))?])
        } else if let Some(order) = order(key, event, id, record.at) {
            Mend::of(finding, again).writing([Write::Put { item: order.item(place)?, when: vec![Condition::Absent] }])
        } else {
            let mend = Mend::of(finding, "nobody can write it again: a repeat of that request is judged by what stands there");
            Mend { given_up: vec![key.told()], ..mend }
        };
        self.mend_on(Some(place), mend, None, context).await
    }

    /// A document that is drawn and not recorded, or the other way round, is drawn again: it comes out the same.
    async fn draw_again(
        &self,
        finding: &Finding,
        key: &Key,
        id: &str,
        recorded: &[u64],
        surveyed: &Surveyed,
        context: &Context,
    ) -> Result<Mended, Error> {
        let order: Order = crate::aggregate::parse(&self.item(key).await?)?;
        let mut set = Attributes::new();
        owe(&mut set, Queue::Documents, &order.event_id, order.at);
        let when = vec![Condition::Present];
        let write = Write::Update { key: key.clone(), set, remove: vec!["issued", "given_up"], add: Vec::new(), when };
        let mend = Mend::of(finding, "it is owed again, and comes out the same").writing([write]);
        self.mend_on(surveyed.places.get(id), Mend { undone: recorded.to_vec(), ..mend }, None, context).await
    }
}

impl Surveyed {
    /// Where the aggregate of an event stands, or the one of this id.
    pub(super) fn of_event(&self, event: &str) -> Option<&Key> {
        self.places.get(event.rsplit_once('@').map_or(event, |(id, _)| id))
    }
}

fn order(key: &Key, event: &str, id: &str, at: Timestamp) -> Option<Order> {
    let kind = DocumentKind::named(key.sk.strip_prefix(keys::DOCUMENT)?)?;
    Some(Order { event_id: event.to_owned(), kind, aggregate: AgreementId::parse(id).ok()?, at })
}
