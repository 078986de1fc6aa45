//! What a bundle that has no fault proves, and what it does not.

use crate::bundle::Document;
use crate::seal::Seal;

/// What was found of a bundle without fault. It holds as of the last seal: a complete bundle has every record that was sealed up to it; of
/// what came later, or was cut off together with its seals, nothing here can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Id of the aggregate.
    pub aggregate: String,
    /// Whether the whole chain was there, up to its last record here.
    pub complete: bool,
    /// How many records are in the bundle.
    pub records: u64,
    /// The records that no signature stands for.
    pub unsealed: Vec<u64>,
    /// The seals, by their number.
    pub seals: Vec<Span>,
    /// Whether the signatures were verified with keys that the caller trusts, and not with those that the bundle brought itself.
    pub vouched: bool,
    /// The document, if the bundle names one.
    pub document: Option<NamedDocument>,
}

/// A seal of the bundle: which hours are under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Serial number.
    pub number: u64,
    /// The first hour.
    pub from: String,
    /// The hour that is not under it any more.
    pub to: String,
    /// Id of the key that signed it.
    pub key: String,
}

/// The document of the bundle, and the record that says it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDocument {
    /// The document.
    pub document: Document,
    /// Number of the record.
    pub seq: u64,
    /// Number of the seal that the record is under; none if no signature stands for it.
    pub seal: Option<u64>,
    /// Whether a file was there, and is this document.
    pub compared: bool,
    /// A later record in the bundle that says that another document of this kind was issued.
    pub superseded: Option<u64>,
}

impl From<Seal> for Span {
    fn from(seal: Seal) -> Self {
        Self { number: seal.number, from: seal.from, to: seal.to, key: seal.key }
    }
}

impl Verdict {
    /// Whether a trusted signature stands for what was asked: for the document's record, or without document for a record at least.
    pub fn is_proven(&self) -> bool {
        let signed = self.document.as_ref().map_or(!self.seals.is_empty(), |document| document.seal.is_some());
        self.vouched && signed
    }

    /// The last seal: what was found holds as of it.
    #[must_use]
    pub fn as_of(&self) -> Option<&Span> {
        self.seals.last()
    }

    /// What was found, in sentences: Chinese and English.
    #[must_use]
    pub fn words(&self) -> Vec<(String, String)> {
        let mut words = vec![self.chain()];
        words.extend(self.seals.iter().map(sealed));
        words.extend(self.document.iter().flat_map(document));
        words.extend(self.not_proven());
        words
    }

    fn chain(&self) -> (String, String) {
        // It may be a stranger's: nothing of it is to reach a terminal as it is.
        let (id, records) = (self.aggregate.escape_debug(), self.records);
        if self.complete {
            let zh = format!("{id}:从第一条起共 {records} 条记录,没有缺漏,摘要逐条相接");
            (zh, format!("{id}: {records} records from the first on without a gap, each linked to the one before it"))
        } else {
            let zh = format!("{id}:所示 {records} 条记录与其摘要相符(非全部记录)");
            (zh, format!("{id}: {records} of its records shown, as their hashes say (not the whole chain)"))
        }
    }

    fn not_proven(&self) -> Vec<(String, String)> {
        let mut words = Vec::new();
        if let (Some(first), count) = (self.unsealed.first(), self.unsealed.len()) {
            let zh = format!("尚未封存、没有签名证明的记录:{count} 条,自第 {first} 条起");
            words.push((zh, format!("not sealed, no signature stands for them: {count} record(s), from record {first} on")));
        }
        if !self.vouched && !self.seals.is_empty() {
            let en = "signatures were verified with the key that the bundle brings itself: whose key it is, nobody vouched for";
            words.push(both("签名以证据包自带的公钥核验:该公钥是谁的,未经证实", en));
        }
        words.push(match self.as_of() {
            Some(Span { number, to, .. }) => {
                let zh = format!("以上截至第 {number} 号封存({to} 之前);其后发生的或被截去的,本证据包不能证明");
                (zh, format!("this holds as of seal {number} (before {to}); of what came later, or was cut off, it proves nothing"))
            }
            None => {
                both("没有任何封存:以上只是前后一致,任何人都能编造", "no seal: all this is consistent, and anybody could have made it up")
            }
        });
        words
    }
}

fn both(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

fn sealed(span: &Span) -> (String, String) {
    let Span { number, from, to, key } = span;
    let zh = format!("第 {number} 号封存({from} 至 {to})由密钥 {key} 签名,签名有效");
    (zh, format!("seal {number} ({from} to {to}) is signed by key {key}"))
}

fn document(named: &NamedDocument) -> Vec<(String, String)> {
    let Document { kind, sha256, length } = &named.document;
    let (kind, sha256, seq) = (kind.escape_debug(), sha256.escape_debug(), named.seq);
    let zh = format!("文件 {kind},{length} 字节,SHA-256 {sha256}:由第 {seq} 条记录写明");
    let mut words = vec![(zh, format!("document {kind}, {length} bytes, SHA-256 {sha256}: record {seq} says that it was issued"))];
    words.push(match named.seal {
        Some(seal) => (format!("该记录在第 {seal} 号封存之下"), format!("that record is under seal {seal}")),
        None => both("该记录尚未封存,没有签名证明", "that record is not sealed yet: no signature stands for it"),
    });
    words.push(if named.compared {
        both("所给的文件就是该文件", "the file given is that document")
    } else {
        both("没有给出文件,未作比对", "no file was given to compare")
    });
    if let Some(later) = named.superseded {
        let zh = format!("注意:第 {later} 条记录另出具了同类文件");
        words.push((zh, format!("note: record {later} issued another document of this kind")));
    }
    words
}
