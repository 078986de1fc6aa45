//! Audit records: one for each event, in the event's own transaction, chained by hash. The exact bytes are kept.

use crate::aggregate::{list_in, number, schema};
use crate::agreements::Recorded;
use crate::context::Context;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::outbox::spread;
use crate::table::{Attributes, Condition, Index, Item, Key, Write};
use domain::DocumentKind;
use domain::deadline::Hour;
use domain::event::Event;
use domain::party::Actor;
use domain::transition::NoticeKind;
use domain::values::Timestamp;
use evidence::chain::{genesis, link};
use serde::{Deserialize, Serialize};

/// Into how many lists the records of an hour are spread.
pub const SEALING_SHARDS: u8 = 8;

/// What an audit record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Version of this form.
    pub v: u8,
    /// Id of the aggregate.
    pub aggregate: String,
    /// Number in the aggregate's chain, from 1.
    pub seq: u64,
    /// Version of the aggregate after the event.
    pub version: u64,
    /// Hash of the record before; of the aggregate's id for the first.
    pub prev: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// By which action.
    pub action: String,
    /// The gateway's id of the request.
    pub request_id: String,
    /// Stage before; none for the first.
    pub from: Option<String>,
    /// Stage after.
    pub to: String,
    /// What happened.
    pub what: Event,
    /// SHA-256 of the aggregate's data after the event, as stored; none where the event left it as it was. What stands in the table
    /// without standing in the chain shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What the same transaction wrote besides, where it did: a table that was restored without it shows.
    #[serde(default, skip_serializing_if = "With::is_empty")]
    pub with: With,
}

/// What a transaction writes besides an aggregate and its record, as far as nothing else tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct With {
    /// The place of the answer kept for repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Inboxes that were told, and what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tells: Vec<(String, NoticeKind)>,
    /// Documents that were called for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<DocumentKind>,
    /// Events of other aggregates in the same transaction.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
}

impl With {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A record ready to be written.
pub(crate) struct Sealed {
    pub(crate) write: Write,
    pub(crate) hash: String,
}

/// Seals a record behind `prev` and makes its write.
pub(crate) fn seal(aggregate: &Key, record: &AuditRecord) -> Result<Sealed, Error> {
    let bytes = canonical(record)?;
    let hash = link(&bytes, &record.prev);
    let mut attributes = Attributes::from([
        schema(),
        ("bytes".to_owned(), bytes.into()),
        ("hash".to_owned(), hash.clone().into()),
        ("seq".to_owned(), number(record.seq).into()),
    ]);
    let shard = spread(&hash, SEALING_SHARDS);
    list_in(&mut attributes, Index::Due, lists::audited(&Hour::of(record.at), shard), leaf(&record.aggregate, record.seq, &hash));
    let item = Item { key: keys::audit(aggregate, record.seq), attributes };
    Ok(Sealed { write: Write::Put { item, when: vec![Condition::Absent] }, hash })
}

/// A record as it stands in its chain.
pub(crate) fn recorded(item: &Item) -> Result<Recorded, Error> {
    let broken = || Error::Broken(format!("{} / {}: no audit record", item.key.pk, item.key.sk));
    let (bytes, hash) = (item.text("bytes").ok_or_else(broken)?, item.text("hash").ok_or_else(broken)?);
    let record = serde_json::from_str(bytes).map_err(|_| broken())?;
    Ok(Recorded { record, bytes: bytes.to_owned(), hash: hash.to_owned() })
}

/// The place of a record among those of its hour: all that is sealed of it, so that the index alone tells.
pub(crate) fn leaf(aggregate: &str, seq: u64, hash: &str) -> String {
    format!("{aggregate} {seq:08} {hash}")
}

/// A record of this event, without number and link.
pub(crate) fn draft(aggregate: &str, from: Option<&str>, to: &str, what: &Event, context: &Context) -> AuditRecord {
    AuditRecord {
        v: 1,
        aggregate: aggregate.to_owned(),
        seq: 0,
        version: 0,
        prev: String::new(),
        at: context.now,
        actor: context.actor.clone(),
        action: context.action.to_owned(),
        request_id: context.request_id.clone(),
        from: from.map(str::to_owned),
        to: to.to_owned(),
        what: what.clone(),
        state: None,
        with: With::default(),
    }
}

/// RFC 8785 for what occurs here: object keys in ASCII and sorted, no floats, no white space.
fn canonical(record: &AuditRecord) -> Result<String, Error> {
    let value = serde_json::to_value(record).map_err(|error| Error::Broken(format!("audit record: {error}")))?;
    Ok(value.to_string())
}

/// SHA-256 of an aggregate's data as stored, lower-case hex.
pub(crate) fn state(data: &str) -> String {
    domain::upload::sha256(data.as_bytes())
}

/// Whether an aggregate stands as its chain left it: stage, version and data.
fn left_so(last: &AuditRecord, records: &[AuditRecord], aggregate: &Item) -> bool {
    let state_left = records.iter().rev().find_map(|record| record.state.as_deref());
    aggregate.text("stage") == Some(&last.to)
        && aggregate.number("version") == Some(number(last.version))
        && aggregate.text("data").map(state).as_deref() == state_left
}

/// Reads the records of one aggregate from their items and checks the chain: numbers 1..n without gap, each link, each hash, that
/// it ends where the aggregate says, so that a missing tail shows too, and that the aggregate stands as the last of them left it.
///
/// # Errors
/// [`Error::Broken`] naming the first record that does not fit.
pub fn verify_chain(id: &str, aggregate: &Item, items: &[Item]) -> Result<Vec<AuditRecord>, Error> {
    let mut prev = genesis(id);
    let mut records = Vec::with_capacity(items.len());
    for (item, seq) in items.iter().zip(1_u64..) {
        let broken = || Error::Broken(format!("audit record {seq} of {id} does not fit its chain"));
        let bytes = item.text("bytes").ok_or_else(broken)?;
        let record: AuditRecord = serde_json::from_str(bytes).map_err(|_| broken())?;
        let expected = link(bytes, &prev);
        let in_place = item.key == keys::audit(&aggregate.key, seq) && item.number("seq") == Some(number(seq));
        if !in_place || record.seq != seq || item.text("hash") != Some(&expected) {
            return Err(broken());
        }
        prev = expected;
        records.push(record);
    }
    let ends = aggregate.number("seq") == Some(number(records.len() as u64)) && aggregate.text("head") == Some(&prev);
    if !ends {
        return Err(Error::Broken(format!("the audit chain of {id} ends elsewhere than the aggregate says")));
    }
    if records.last().is_some_and(|last| !left_so(last, &records, aggregate)) {
        return Err(Error::Broken(format!("{id} is not as its audit chain left it")));
    }
    Ok(records)
}
