//! Seals (封存): the signed root over an hour's audit records.

use crate::fault::{Fault, SealFault};
use crate::hash::{hex, sha256};
use crate::leaves::Leaves;
use crate::signer::{Signer, Unavailable};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// What is signed. Fields are in the order of their names, so that what `serde_json` writes is canonical JSON (RFC 8785).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The first hour: `2026-11-23T10:00:00Z`.
    pub from: String,
    /// Id of the key that signs it.
    pub key: String,
    /// Serial number, from 1 without gap.
    pub number: u64,
    /// [`Sealed::digest`] of the seal before; of the first, [`genesis`].
    pub previous: String,
    /// How many records it is over: the size of the tree.
    pub records: u64,
    /// The root of the tree, in hexadecimal.
    pub root: String,
    /// The hour that it is not over any more.
    pub to: String,
    /// Version of this form.
    pub v: u8,
}

/// A seal as it is kept: what was signed, to the byte, and the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Canonical JSON of a [`Seal`].
    pub bytes: String,
    /// The signature in DER, in base64.
    pub signature: String,
}

/// What the first seal names as the one before it.
#[must_use]
pub fn genesis() -> String {
    hex(&sha256(&[b"wangqian/seal/1"]))
}

impl Seal {
    /// The seal behind `last` over the records from the one hour to the other.
    ///
    /// # Errors
    /// [`SealFault`] if `last` does not read, or the hours are none or not behind those of `last`.
    pub fn next(last: Option<&Sealed>, (from, to): (&str, &str), leaves: &Leaves, key: &str) -> Result<Self, Fault> {
        let before = last.map(|last| last.read().ok_or(Fault::UnreadableSeal { place: 1 })).transpose()?;
        let number = before.as_ref().map_or(0, |before| before.number).saturating_add(1);
        let ended = before.as_ref().is_none_or(|before| before.to.as_str() <= from);
        if !is_hour(from) || !is_hour(to) || from >= to || !ended {
            return Err(Fault::Seal { number, fault: SealFault::Hours });
        }
        Ok(Self {
            from: from.to_owned(),
            key: key.to_owned(),
            number,
            previous: last.map_or_else(genesis, Sealed::digest),
            records: leaves.count(),
            root: leaves.root(),
            to: to.to_owned(),
            v: 1,
        })
    }

    /// What is signed.
    #[must_use]
    pub fn bytes(&self) -> String {
        // Texts and numbers always write; were it not so, what is signed would be nothing, and no bundle would read it.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Signs it with the key that it names.
    ///
    /// # Errors
    /// If the signer does not answer, or has another key.
    pub async fn sign(&self, signer: &impl Signer) -> Result<Sealed, Unavailable> {
        if signer.key_id() != self.key {
            return Err(Unavailable(format!("the seal names the key {}, the signer has {}", self.key, signer.key_id())));
        }
        let bytes = self.bytes();
        let signature = signer.sign(bytes.as_bytes()).await?;
        Ok(Sealed { signature: STANDARD.encode(signature), bytes })
    }
}

impl Sealed {
    /// Reads the seal; none if its bytes are not exactly those of a seal of this form. Says nothing of the signature.
    #[must_use]
    pub fn read(&self) -> Option<Seal> {
        let seal: Seal = serde_json::from_str(&self.bytes).ok()?;
        let sound = seal.v == 1 && seal.number > 0 && is_hour(&seal.from) && is_hour(&seal.to) && seal.from < seal.to;
        (sound && seal.bytes() == self.bytes).then_some(seal)
    }

    /// What the next seal names as the one before it: the SHA-256 of the bytes and behind them the signature, as they stand here.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&sha256(&[self.bytes.as_bytes(), self.signature.as_bytes()]))
    }

    /// The signature in DER, if it is base64.
    pub(crate) fn signature(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.signature).ok()
    }
}

/// RFC 3339 in UTC to the full hour. Two of this form compare as texts as they do in time.
fn is_hour(text: &str) -> bool {
    let of_form = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    let shaped = text.len() == 20 && text.ends_with(":00:00Z") && text.bytes().zip(*b"0000-00-00T00:00:00Z").all(of_form);
    let part = |at: std::ops::Range<usize>, least: &str, most: &str| text.get(at).is_some_and(|part| least <= part && part <= most);
    shaped && part(5..7, "01", "12") && part(8..10, "01", "31") && part(11..13, "00", "23")
}
