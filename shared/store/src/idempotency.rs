//! Answers kept for repeats: inside the transaction, without personal data, for 7 days.

use crate::aggregate::schema;
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::table::{Attributes, Condition, Item, Key, Write};
use domain::values::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

const KEPT_DAYS: i64 = 7;

/// Under which part of the caller's key an answer is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    /// The whole request.
    Whole,
    /// One row of a batch.
    Row(usize),
}

/// Where the answer to this call is kept; none if the caller sent no key.
pub(crate) fn place(context: &Context, part: Part) -> Option<Key> {
    let hash = context.idempotency_hash()?;
    Some(match part {
        Part::Whole => keys::answer(&hash),
        Part::Row(row) => keys::batch_row(&hash, row),
    })
}

/// The write that keeps an answer, unless one is kept already. Time to live is only tidiness: `kept_until` is compared.
/// An answer to what changed something names the event.
pub(crate) fn keep<R: Serialize>(key: Key, context: &Context, answer: &R, event: Option<String>) -> Result<Write, Error> {
    let answer = serde_json::to_string(answer).map_err(|error| Error::Broken(format!("answer: {error}")))?;
    let fingerprint = context.idempotency.as_ref().map(|idempotency| idempotency.fingerprint.clone()).unwrap_or_default();
    let mut attributes = Attributes::from([
        schema(),
        ("fingerprint".to_owned(), fingerprint.into()),
        ("answer".to_owned(), answer.into()),
        ("kept_until".to_owned(), seconds(context.now.plus_days(KEPT_DAYS)).into()),
    ]);
    attributes.extend(event.map(|event| ("event".to_owned(), event.into())));
    Ok(Write::Put { item: Item { key, attributes }, when: vec![Condition::MissingOrAtMost("kept_until", seconds(context.now))] })
}

/// The answer kept in this item, if it is still kept, to the byte.
///
/// # Errors
/// [`Error::KeyReused`] if the request under this key was another one.
pub(crate) fn kept_text<'i>(item: &'i Item, context: &Context) -> Result<Option<&'i str>, Error> {
    if item.number("kept_until").is_none_or(|until| until <= seconds(context.now)) {
        return Ok(None);
    }
    let same = context.idempotency.as_ref().is_some_and(|idempotency| item.text("fingerprint") == Some(&idempotency.fingerprint));
    if !same {
        return Err(Error::KeyReused);
    }
    Ok(item.text("answer"))
}

/// The answer kept in this item, read.
///
/// # Errors
/// As [`kept_text`]'s; [`Error::Broken`] for an answer of another form.
pub(crate) fn kept<R: DeserializeOwned>(item: &Item, context: &Context) -> Result<Option<R>, Error> {
    let answer = kept_text(item, context)?.map(serde_json::from_str);
    answer.transpose().map_err(|error| Error::Broken(format!("kept answer: {error}")))
}

pub(crate) fn seconds(at: Timestamp) -> i64 {
    at.millis() / 1000
}
