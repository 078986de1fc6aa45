//! What is wrong with evidence, and where.

use std::fmt::{self, Display, Formatter};

macro_rules! faults {
    ($(#[$doc:meta])* $kind:ident { $($name:ident = $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $kind { $(#[doc = $en] $name,)* }

        impl $kind {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// In Chinese and English.
            #[must_use]
            pub fn words(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($zh, $en),)* }
            }
        }
    };
}

/// The first thing found that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not read as a bundle.
    Unreadable {
        /// What the reader says.
        why: String,
    },
    /// In the bundle as a whole.
    Bundle(BundleFault),
    /// In a record, or between it and the one before it.
    Record {
        /// The number that it says it has.
        seq: u64,
        /// What.
        fault: RecordFault,
    },
    /// The bytes of a seal are not those of a seal.
    UnreadableSeal {
        /// Which in the bundle's list, from 1.
        place: u64,
    },
    /// In a seal, or between it and the one before it.
    Seal {
        /// Its serial number.
        number: u64,
        /// What.
        fault: SealFault,
    },
    /// In a key.
    Key {
        /// Which in the bundle's list, from 1.
        place: u64,
        /// What.
        fault: KeyFault,
    },
    /// In the document.
    Document(DocumentFault),
}

faults! {
    /// What can be wrong with a bundle as a whole.
    BundleFault {
        Format = "不是本格式的证据包", "not a bundle of this format";
        Empty = "没有任何记录", "there is no record in it";
    }
}

faults! {
    /// What can be wrong with a record.
    RecordFault {
        Order = "编号与前一条记录不相接", "its number does not follow the one before it";
        Malformed = "摘要不是 64 位小写十六进制", "a hash of it is not 64 lower-case hexadecimal digits";
        ContentMissing = "完整的证据包缺少该记录的原文", "its bytes are missing, in a bundle that is complete";
        HalfShown = "原文与前一摘要须同时给出或同时省略", "bytes and previous hash must be there both, or neither";
        Link = "所接的摘要不是前一条记录的摘要", "it does not link to the record before it";
        Genesis = "第一条记录不是从本业务的起点开始", "the first record does not begin this aggregate's chain";
        Hash = "摘要与原文不符", "its hash is not that of its bytes and the hash before it";
        Content = "原文不是审计记录", "its bytes are not those of an audit record";
        Aggregate = "原文所写的业务不是本业务", "its bytes name another aggregate";
        Number = "原文所写的编号与此不同", "its bytes name another number";
        Previous = "原文所写的前一摘要与此不同", "its bytes name another previous hash";
        CutOff = "同一封存之下还有其后的记录,证据包中没有", "its seal is over a later record too, which the bundle lacks";
        ProofMissing = "其后的记录已封存,该记录却没有证明", "it has no proof, though one behind it has";
        SealMissing = "所指的封存不在证据包中", "the seal that its proof names is not in the bundle";
        ProofTooLong = "证明路径过长", "its path is longer than any tree is high";
        ProofSize = "证明所写的总数与封存不同", "its proof names another size than the seal";
        ProofPlace = "证明所写的位置超出总数", "its proof names a place outside the tree";
        ProofMalformed = "证明路径不是 64 位小写十六进制", "a hash of its path is not 64 lower-case hexadecimal digits";
        Root = "证明路径不能到达封存根", "its path does not lead to the sealed root";
        Twice = "同一记录出现两次", "it is there twice";
        SealedOtherwise = "封存时的摘要与现在的不同", "it was sealed with another hash";
        SealedAndGone = "曾经封存,现已不在链中", "it was sealed, and is not in the chain any more";
    }
}

faults! {
    /// What can be wrong with a seal.
    SealFault {
        Order = "编号没有递增", "its number does not rise";
        Hours = "时段不在前一封存之后,或不是整点", "its hours are none, or not behind those of the seal before it";
        Link = "所接的不是前一封存", "it does not link to the seal before it";
        Unused = "没有任何记录指向它", "no proof in the bundle names it";
        KeyMissing = "签名密钥不在证据包中", "the key that it names is not in the bundle";
        NotTrusted = "签名密钥不是所信任的密钥", "the key that it names is none of those that are trusted";
        Signature = "签名不符", "its signature does not hold";
    }
}

faults! {
    /// What can be wrong with a key.
    KeyFault {
        Order = "没有按编号排列,或重复", "it is out of order, or there twice";
        Unreadable = "不是 P-256 公钥", "it is no public key on P-256";
        Id = "编号与公钥不符", "its id is not that of the key";
        Unused = "没有任何封存使用它", "no seal in the bundle names it";
    }
}

faults! {
    /// What can be wrong with the document.
    DocumentFault {
        NotRecorded = "没有任何记录写明该文件", "no record in the bundle says that it was issued";
        NotNamed = "证据包没有写明任何文件,无法比对", "a file was given, but the bundle names none";
        Length = "文件长度与记录不符", "the file is not as long as the record says";
        Hash = "文件内容与记录不符", "the file's SHA-256 is not the one of the record";
    }
}

impl Fault {
    /// What is wrong and where, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { why } => format!("不能作为证据包读取:{}", why.escape_debug()),
            Self::Bundle(fault) => format!("证据包:{}", fault.words().0),
            Self::Record { seq, fault } => format!("第 {seq} 条记录:{}", fault.words().0),
            Self::UnreadableSeal { place } => format!("列表中第 {place} 个封存:内容不是封存"),
            Self::Seal { number, fault } => format!("第 {number} 号封存:{}", fault.words().0),
            Self::Key { place, fault } => format!("列表中第 {place} 个密钥:{}", fault.words().0),
            Self::Document(fault) => format!("文件:{}", fault.words().0),
        }
    }
}

/// In English.
impl Display for Fault {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            // What the reader says may quote the stranger's bytes: nothing of them is to reach a terminal as it is.
            Self::Unreadable { why } => write!(formatter, "it does not read as a bundle: {}", why.escape_debug()),
            Self::Bundle(fault) => write!(formatter, "the bundle: {}", fault.words().1),
            Self::Record { seq, fault } => write!(formatter, "record {seq}: {}", fault.words().1),
            Self::UnreadableSeal { place } => write!(formatter, "the seal in place {place} of the list: its bytes are not those of a seal"),
            Self::Seal { number, fault } => write!(formatter, "seal {number}: {}", fault.words().1),
            Self::Key { place, fault } => write!(formatter, "the key in place {place} of the list: {}", fault.words().1),
            Self::Document(fault) => write!(formatter, "the document: {}", fault.words().1),
        }
    }
}

impl std::error::Error for Fault {}
