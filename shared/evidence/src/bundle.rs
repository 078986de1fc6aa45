//! Bundles (证据包): evidence as one JSON that a stranger checks offline.
//!
//! A *complete* bundle, for the parties, has the whole chain with every record's bytes. A *public* one has only records that strangers
//! may see, as a rule the one that names a document's SHA-256, with its proof. Everything is in one order and nothing is in it without
//! need, fields included: there is one way to say a thing, so that each change shows.

mod documents;
mod proofs;
mod records;
mod seals;

use crate::fault::{BundleFault, Fault};
use crate::public_key::PublicKey;
use crate::seal::Sealed;
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// The one format there is.
pub const FORMAT: &str = "wangqian/evidence/1";

/// No tree of fewer than 2^64 leaves has a longer path.
pub const MOST_HASHES: usize = 64;

/// Evidence about one aggregate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// [`FORMAT`].
    pub format: String,
    /// Id of the aggregate.
    pub aggregate: String,
    /// The document that the bundle was made for, if for one.
    pub document: Option<Document>,
    /// Records by their number.
    pub records: Vec<Record>,
    /// Whether the whole chain is here, from its first record on with all bytes.
    pub complete: bool,
    /// The seals that proofs name, by their number.
    pub seals: Vec<Sealed>,
    /// The keys that seals name, by their id.
    pub keys: Vec<Key>,
}

/// A file that a record says was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What it is.
    pub kind: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How long it is, in bytes.
    pub length: u64,
}

/// An audit record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Number in the aggregate's chain, from 1.
    pub seq: u64,
    /// Its exact bytes; none if its content is not for this reader.
    pub bytes: Option<String>,
    /// The hash of the record before it; none if the bytes are none.
    pub prev: Option<String>,
    /// Its hash.
    pub hash: String,
    /// That it is under a seal; none until the next one is made.
    pub proof: Option<Proof>,
}

/// That a record is under a seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Number of the seal.
    pub seal: u64,
    /// Place of the record's leaf among the seal's, from 0.
    pub index: u64,
    /// How many leaves the seal is over.
    pub size: u64,
    /// Whether the seal is over no later record of the aggregate.
    pub last: bool,
    /// The hashes that lead from leaf to root, in hexadecimal.
    pub path: Vec<String>,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// [`PublicKey::id`].
    pub id: String,
    /// [`PublicKey::as_der`] in base64.
    pub public_key: String,
}

impl Bundle {
    /// Reads a bundle. What it costs is linear in the length, which the caller bounds; `serde_json` bounds the depth.
    ///
    /// # Errors
    /// [`Fault::Unreadable`].
    pub fn read(json: &[u8]) -> Result<Self, Fault> {
        serde_json::from_slice(json).map_err(|error| Fault::Unreadable { why: error.to_string() })
    }

    /// The same bundle, made for the document that this file is, if one of its records says that it was issued: a bundle names the newest, and
    /// proves all.
    #[must_use]
    pub fn for_file(self, file: &[u8]) -> Self {
        let document = documents::recorded(&self, file).or(self.document);
        Self { document, ..self }
    }

    /// Checks everything: that each record hashes to what it says and links to the one before it, that each proof leads to the root of a
    /// seal, that seals link and are signed, that a record names the document, and that the file is that document.
    ///
    /// Without `trusted` keys, signatures are verified with the keys that the bundle brings itself: whoever made it up can have made
    /// those too, and the verdict says so.
    ///
    /// # Errors
    /// The first fault found.
    pub fn verify(&self, file: Option<&[u8]>, trusted: &[PublicKey]) -> Result<Verdict, Fault> {
        if self.format != FORMAT {
            return Err(Fault::Bundle(BundleFault::Format));
        }
        let issued = records::check(self)?;
        let seals = seals::read(&self.seals)?;
        let unsealed = proofs::check(self, &seals)?;
        let document = documents::check(self, &issued, file)?;
        // Last, for they are what costs.
        seals::check_signatures(self, &seals, trusted)?;
        Ok(Verdict {
            aggregate: self.aggregate.clone(),
            complete: self.complete,
            records: self.records.len() as u64,
            unsealed,
            seals: seals.into_values().map(Into::into).collect(),
            vouched: !trusted.is_empty(),
            document,
        })
    }
}
