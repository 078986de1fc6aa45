//! Reading messages.

use super::{Decode, DecodeError, Parts};
use crate::fields::read;
use domain::values::{Invalid, Timestamp};

/// 已读: up to this message, inclusive.
#[derive(Clone, Debug)]
pub struct ReadMessages {
    /// Id of a message, as list-messages gave it.
    pub up_to: String,
}

impl Decode for ReadMessages {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(&parts.body, |fields| {
            let up_to = fields.required_with("up_to", |value| {
                let text = value.as_str().ok_or(Invalid::WrongType)?;
                let (at, event) = text.split_once('#').ok_or(Invalid::Malformed)?;
                let well_formed =
                    Timestamp::parse(at).is_ok() && (1..=200).contains(&event.len()) && event.bytes().all(|b| b.is_ascii_graphic());
                if well_formed { Ok(text.to_owned()) } else { Err(Invalid::Malformed) }
            });
            Some(Self { up_to: up_to? })
        })?)
    }
}
