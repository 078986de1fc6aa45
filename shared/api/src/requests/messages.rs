//! Reading messages.

use super::{Decode, DecodeError, Parts};
use crate::describe::Kind;
use crate::fields::{Reader, read};
use domain::values::{Invalid, Timestamp};
use serde_json::Value;

/// 已读: up to this message, inclusive.
#[derive(Clone, Debug)]
pub struct ReadMessages {
    /// Id of a message, as list-messages gave it.
    pub up_to: String,
}

impl Decode for ReadMessages {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let kind = || Kind::Form("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[!-~]{1,200}$", 225);
            Some(Self { up_to: fields.required_with("up_to", Reader(kind, message))? })
        })?)
    }
}

/// When a message was written, and what sets it apart.
fn message(value: &Value) -> Result<String, Invalid> {
    let text = value.as_str().ok_or(Invalid::WrongType)?;
    let (at, event) = text.split_once('#').ok_or(Invalid::Malformed)?;
    let well_formed = Timestamp::parse(at).is_ok() && (1..=200).contains(&event.len()) && event.bytes().all(|b| b.is_ascii_graphic());
    if well_formed { Ok(text.to_owned()) } else { Err(Invalid::Malformed) }
}
