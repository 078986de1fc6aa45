//! Audit records: one for each event, in the event's own transaction, chained by hash. The exact bytes are kept.

use crate::aggregate::{number, schema};
use crate::context::{Context, hex};
use crate::error::Error;
use crate::keys;
use crate::table::{Attributes, Condition, Item, Key, Write};
use domain::event::Event;
use domain::party::Actor;
use domain::values::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

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
}

/// A record ready to be written.
pub(crate) struct Sealed {
    pub(crate) write: Write,
    pub(crate) hash: String,
}

/// Seals a record behind `prev` and makes its write.
pub(crate) fn seal(aggregate: &Key, record: &AuditRecord) -> Result<Sealed, Error> {
    let bytes = canonical(record)?;
    let hash = hash(&bytes, &record.prev);
    let attributes = Attributes::from([
        schema(),
        ("bytes".to_owned(), bytes.into()),
        ("hash".to_owned(), hash.clone().into()),
        ("seq".to_owned(), number(record.seq).into()),
    ]);
    let item = Item { key: keys::audit(aggregate, record.seq), attributes };
    Ok(Sealed { write: Write::Put { item, when: vec![Condition::Absent] }, hash })
}

/// The first link of a chain binds the aggregate's id.
pub(crate) fn genesis(aggregate: &str) -> String {
    hash(aggregate, "wangqian/audit/1")
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
    }
}

/// RFC 8785 for what occurs here: object keys in ASCII and sorted, no floats, no white space.
fn canonical(record: &AuditRecord) -> Result<String, Error> {
    let value = serde_json::to_value(record).map_err(|error| Error::Broken(format!("audit record: {error}")))?;
    Ok(value.to_string())
}

fn hash(bytes: &str, prev: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(bytes.as_bytes());
    hasher.update(prev.as_bytes());
    hex(&hasher.finalize())
}

/// Reads the records of one aggregate from their items and checks the chain: numbers 1..n without gap, each link, each hash, and that
/// it ends where the aggregate says, so that a missing tail shows too.
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
        let expected = hash(bytes, &prev);
        let in_place = item.key == keys::audit(&aggregate.key, seq) && item.number("seq") == Some(number(seq));
        if !in_place || record.seq != seq || item.text("hash") != Some(&expected) {
            return Err(broken());
        }
        prev = expected;
        records.push(record);
    }
    let ends = aggregate.number("seq") == Some(number(records.len() as u64)) && aggregate.text("head") == Some(&prev);
    if ends { Ok(records) } else { Err(Error::Broken(format!("the audit chain of {id} ends elsewhere than the aggregate says"))) }
}
