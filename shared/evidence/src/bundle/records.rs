//! Records: that each is what it says, and behind the one before it.

use super::{Bundle, Document, Record};
use crate::chain::{genesis, link};
use crate::fault::{BundleFault, Fault, RecordFault};
use crate::hash::parse;
use serde::Deserialize;
use serde_json::Value;

/// What a bundle must know of a record's content. What else stands there is under the hash all the same.
#[derive(Deserialize)]
struct Content {
    aggregate: String,
    seq: u64,
    prev: String,
    #[serde(default)]
    what: Value,
}

/// Checks every record and its link; tells the documents that they say were issued, each with the record's number.
pub(super) fn check(bundle: &Bundle) -> Result<Vec<(u64, Document)>, Fault> {
    let mut issued = Vec::new();
    let mut before: Option<&Record> = None;
    for record in &bundle.records {
        let content = check_one(bundle, before, record).map_err(|fault| Fault::Record { seq: record.seq, fault })?;
        issued.extend(content.and_then(|content| document(&content.what)).map(|document| (record.seq, document)));
        before = Some(record);
    }
    if before.is_some() { Ok(issued) } else { Err(Fault::Bundle(BundleFault::Empty)) }
}

fn check_one(bundle: &Bundle, before: Option<&Record>, record: &Record) -> Result<Option<Content>, RecordFault> {
    let last = before.map_or(0, |before| before.seq);
    let follows = last.checked_add(1) == Some(record.seq);
    let in_order = if bundle.complete { follows } else { record.seq > last };
    if !in_order {
        return Err(RecordFault::Order);
    }
    parse(&record.hash).ok_or(RecordFault::Malformed)?;
    let (bytes, prev) = match (&record.bytes, &record.prev) {
        (Some(bytes), Some(prev)) => (bytes, prev),
        (None, None) if bundle.complete => return Err(RecordFault::ContentMissing),
        (None, None) => return Ok(None),
        _ => return Err(RecordFault::HalfShown),
    };
    match before {
        Some(before) if follows && before.hash != *prev => return Err(RecordFault::Link),
        _ if record.seq == 1 && *prev != genesis(&bundle.aggregate) => return Err(RecordFault::Genesis),
        _ => {}
    }
    // Were it of any length, its digits could be moved over to the bytes under the same hash.
    parse(prev).ok_or(RecordFault::Malformed)?;
    if link(bytes, prev) != record.hash {
        return Err(RecordFault::Hash);
    }
    let content: Content = serde_json::from_str(bytes).map_err(|_| RecordFault::Content)?;
    if content.aggregate != bundle.aggregate {
        Err(RecordFault::Aggregate)
    } else if content.seq != record.seq {
        Err(RecordFault::Number)
    } else if content.prev != *prev {
        Err(RecordFault::Previous)
    } else {
        Ok(Some(content))
    }
}

/// The document that a record says was issued.
pub(super) fn said(bytes: &str) -> Option<Document> {
    serde_json::from_str::<Content>(bytes).ok().and_then(|content| document(&content.what))
}

/// The document that an event says was issued.
fn document(what: &Value) -> Option<Document> {
    let text = |name| what.get(name).and_then(Value::as_str);
    if text("event")? != "document_issued" {
        return None;
    }
    let length = what.get("length").and_then(Value::as_u64)?;
    Some(Document { kind: text("kind")?.to_owned(), sha256: text("sha256")?.to_owned(), length })
}
