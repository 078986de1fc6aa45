//! A house that keeps chains and seals them hour by hour, as the product does.

use crate::support::Random;
use ::domain::upload::sha256;
use ::evidence::{Bundle, Document, FORMAT, Key, KeyFile, Leaf, Leaves, Record, Seal, Sealed, Signer as _, chain};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use serde_json::json;
use std::sync::OnceLock;

/// A record, and in which hour it was sealed, from 0.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) bytes: String,
    pub(crate) prev: String,
    pub(crate) hash: String,
    pub(crate) hour: usize,
}

/// The chain of an agreement, of whose records one says that a document was issued.
#[derive(Clone)]
pub(crate) struct Chain {
    pub(crate) aggregate: String,
    pub(crate) records: Vec<Kept>,
    pub(crate) issued: usize,
    pub(crate) document: Document,
    pub(crate) file: Vec<u8>,
}

pub(crate) struct Archive {
    pub(crate) chains: Vec<Chain>,
    pub(crate) hours: Vec<Leaves>,
    pub(crate) sealed: Vec<Sealed>,
    pub(crate) key: KeyFile,
}

/// A key that is the same whenever it is asked for.
pub(crate) fn key(seed: u8) -> KeyFile {
    static KEYS: [OnceLock<KeyFile>; 100] = [const { OnceLock::new() }; 100];
    KEYS[usize::from(seed)].get_or_init(|| KeyFile::from_secret(&[seed; 32]).unwrap()).clone()
}

pub(crate) fn signed(seal: &Seal, key: &KeyFile) -> Sealed {
    seal.sign(key).now_or_never().unwrap().unwrap()
}

/// The n-th hour of a day in November.
pub(crate) fn hour(n: usize) -> String {
    format!("2026-11-{:02}T{:02}:00:00Z", 1 + n / 24, n % 24)
}

impl Chain {
    /// Of two to six records, all sealed within the hours.
    pub(crate) fn new(name: &str, hours: usize, random: &mut Random) -> Self {
        let file = (0..200 + random.below(100)).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
        let mut sealed_in: Vec<usize> = (0..2 + random.below(5)).map(|_| random.below(hours)).collect();
        sealed_in.sort_unstable();
        Self::of(name, &sealed_in, random.below(sealed_in.len()), file)
    }

    /// A record for each of these hours.
    pub(crate) fn of(name: &str, sealed_in: &[usize], issued: usize, file: Vec<u8>) -> Self {
        let document = Document { kind: "agreement".to_owned(), sha256: sha256(&file), length: file.len() as u64 };
        let mut chain = Self { aggregate: format!("agreement/{name}"), records: Vec::new(), issued, document, file };
        for (place, hour) in sealed_in.iter().enumerate() {
            let what = if place == issued { chain.document_issued() } else { json!({ "event": "college_approved" }) };
            chain.append(&what, *hour);
        }
        chain
    }

    pub(crate) fn append(&mut self, what: &serde_json::Value, hour: usize) {
        let prev = self.records.last().map_or_else(|| chain::genesis(&self.aggregate), |last| last.hash.clone());
        let seq = self.records.len() + 1;
        let bytes = json!({
            "v": 1, "aggregate": self.aggregate, "seq": seq, "version": seq, "prev": prev, "at": format!("2026-11-01T{:02}:30:00.000Z", hour % 24),
            "actor": { "role": "college", "account": "t-1" }, "action": "certify-agreement", "request_id": format!("r-{seq}"),
            "from": null, "to": "等待签约鉴证", "what": what,
        });
        let bytes = bytes.to_string();
        self.records.push(Kept { hash: chain::link(&bytes, &prev), bytes, prev, hour });
    }

    fn document_issued(&self) -> serde_json::Value {
        let Document { kind, sha256, length } = &self.document;
        json!({ "event": "document_issued", "kind": kind, "sha256": sha256, "length": length })
    }

    pub(crate) fn leaves(&self) -> Vec<(usize, Leaf)> {
        let leaf = |(kept, seq): (&Kept, u64)| (kept.hour, Leaf { aggregate: self.aggregate.clone(), seq, hash: kept.hash.clone() });
        self.records.iter().zip(1..).map(leaf).collect()
    }
}

impl Archive {
    pub(crate) fn new(chains: usize, hours: usize, random: &mut Random) -> Self {
        let chains: Vec<Chain> = (0..chains).map(|n| Chain::new(&format!("a{n}"), hours, random)).collect();
        Self::of(chains, hours, key(7))
    }

    /// Seals these chains hour by hour.
    pub(crate) fn of(chains: Vec<Chain>, hours: usize, key: KeyFile) -> Self {
        let mut archive = Self { chains, hours: Vec::new(), sealed: Vec::new(), key };
        for n in 0..hours {
            let leaves = archive.chains.iter().flat_map(Chain::leaves).filter(|(hour, _)| *hour == n);
            let leaves = Leaves::new(leaves.map(|(_, leaf)| leaf).collect()).unwrap();
            let seal = Seal::next(archive.sealed.last(), (&hour(n), &hour(n + 1)), &leaves, archive.key.key_id()).unwrap();
            archive.sealed.push(signed(&seal, &archive.key));
            archive.hours.push(leaves);
        }
        archive
    }

    fn record(&self, chain: &Chain, place: usize) -> Record {
        let kept = &chain.records[place];
        let (seq, seal) = (place as u64 + 1, kept.hour as u64 + 1);
        let proof = self.hours[kept.hour].proof(&chain.aggregate, seq, seal);
        assert!(proof.is_some(), "everything is sealed");
        Record { seq, bytes: Some(kept.bytes.clone()), prev: Some(kept.prev.clone()), hash: kept.hash.clone(), proof }
    }

    /// What a party gets.
    pub(crate) fn complete(&self, n: usize) -> Bundle {
        let records = (0..self.chains[n].records.len()).collect::<Vec<_>>();
        self.bundle(n, &records, true)
    }

    /// What a stranger gets: the record of the document.
    pub(crate) fn public(&self, n: usize) -> Bundle {
        self.bundle(n, &[self.chains[n].issued], false)
    }

    fn bundle(&self, n: usize, places: &[usize], complete: bool) -> Bundle {
        let chain = &self.chains[n];
        let mut hours: Vec<usize> = places.iter().map(|place| chain.records[*place].hour).collect();
        hours.dedup();
        Bundle {
            format: FORMAT.to_owned(),
            aggregate: chain.aggregate.clone(),
            document: Some(chain.document.clone()),
            records: places.iter().map(|place| self.record(chain, *place)).collect(),
            complete,
            seals: hours.into_iter().map(|hour| self.sealed[hour].clone()).collect(),
            keys: vec![brought(&self.key)],
        }
    }
}

/// A key as a bundle brings it.
pub(crate) fn brought(key: &KeyFile) -> Key {
    Key { id: key.key_id().to_owned(), public_key: STANDARD.encode(key.public_key()) }
}
