//! The evidence bundle (证据包) in JSON Schema. Its own types are for programs that verify without us, and describe themselves in words.

use api::schema::{DocumentName, Sha256};
use schemars::JsonSchema;

/// 证据包: an agreement's chain of records, sealed. `cargo xtask verify` checks it without any server.
#[derive(JsonSchema)]
#[schemars(rename = "EvidenceBundle")]
#[expect(dead_code, reason = "it describes a type of another crate; tests hold every bundle that is answered to it")]
pub(crate) struct BundleView {
    /// The format: `wangqian/evidence/1`.
    format: String,
    /// Id of the agreement.
    aggregate: String,
    /// The document that the bundle was made for, if for one.
    document: Option<EvidenceDocument>,
    /// Records by their number.
    records: Vec<EvidenceRecord>,
    /// Whether the whole chain is here, from its first record on with all bytes.
    complete: bool,
    /// The seals that proofs name, by their number.
    seals: Vec<EvidenceSeal>,
    /// The keys that seals name, by their id.
    keys: Vec<EvidenceKey>,
}

/// A file that a record says was issued.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct EvidenceDocument {
    /// What it is.
    kind: DocumentName,
    /// SHA-256 of its bytes.
    sha256: Sha256,
    /// How long it is, in bytes.
    length: u64,
}

/// An audit record.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct EvidenceRecord {
    /// Number in the chain, from 1.
    seq: u64,
    /// Its exact bytes; null if its content is not for this reader.
    bytes: Option<String>,
    /// The hash of the record before it; null if the bytes are.
    prev: Option<Sha256>,
    /// Its hash.
    hash: Sha256,
    /// That it is under a seal; null until the next one is made.
    proof: Option<EvidenceProof>,
}

/// That a record is under a seal.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct EvidenceProof {
    /// Number of the seal.
    seal: u64,
    /// Place of the record's leaf among the seal's, from 0.
    index: u64,
    /// How many leaves the seal is over.
    size: u64,
    /// Whether the seal is over no later record of the aggregate.
    last: bool,
    /// The hashes that lead from leaf to root.
    path: Vec<Sha256>,
}

/// A seal.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct EvidenceSeal {
    /// Canonical JSON of what is signed.
    bytes: String,
    /// The signature in DER, in base64.
    signature: String,
}

/// A public key.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct EvidenceKey {
    /// Its id.
    id: String,
    /// The key in DER, in base64.
    public_key: String,
}
