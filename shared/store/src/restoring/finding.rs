//! What contradicts what in a restored table.

use crate::table::Key;
use domain::transition::NoticeKind;
use domain::values::Timestamp;
use std::fmt;

/// Something that a torn transaction has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An aggregate and its audit chain do not end together.
    Chain {
        /// The aggregate.
        id: String,
        /// Where it stands.
        key: Key,
        /// How they differ.
        how: Break,
    },
    /// Audit records of an aggregate that is not there.
    NeverCreated {
        /// The aggregate.
        id: String,
        /// Where it would stand.
        key: Key,
        /// How many records.
        records: u64,
    },
    /// Two aggregates that one transaction moves together stand apart.
    Apart {
        /// The one that has to move.
        id: String,
        /// The other.
        other: String,
        /// How they differ.
        how: &'static str,
    },
    /// An item that follows from aggregates says otherwise.
    Claim {
        /// Where it stands.
        key: Key,
        /// By which aggregates, and what they say; none: nobody says anything.
        should: Vec<(String, String)>,
        /// What it says.
        is: Option<String>,
    },
    /// What an event has told, called for or answered is not there.
    Missing {
        /// Where it would stand.
        key: Key,
        /// The event.
        event: String,
        /// What a notice says.
        tells: Option<NoticeKind>,
    },
    /// A notice, an order or an answer of an event that has not happened.
    Orphan {
        /// Where it stands.
        key: Key,
        /// The event.
        event: String,
    },
    /// A document is recorded as drawn and stands as owed, or the other way round.
    Document {
        /// Where it stands.
        key: Key,
        /// The aggregate.
        id: String,
        /// Numbers of records that say that it was drawn.
        recorded: Vec<u64>,
    },
    /// A document that the stage of an agreement calls for, and no record of it.
    Uncalled {
        /// Where it would stand.
        key: Key,
        /// The agreement.
        id: String,
        /// Since when the agreement calls for it.
        at: Timestamp,
    },
    /// A slot or a pair counts other certified terminations than there are.
    Count {
        /// Where it stands.
        key: Key,
        /// The newest of those that are there, or whoever holds it.
        of: Option<String>,
        /// What it counts.
        name: &'static str,
        /// How many there are.
        should: i64,
        /// How many it counts.
        is: i64,
    },
    /// What nothing here can mend.
    Foreign {
        /// Where.
        key: Key,
        /// What is wrong.
        why: String,
    },
}

/// How an aggregate and its chain differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// Records behind the aggregate's last: their effect is not there.
    Undone {
        /// Their numbers.
        records: Vec<u64>,
    },
    /// Records of the aggregate that are not there, or do not fit.
    Lost {
        /// The first of them; from there on up to the aggregate's last.
        from: u64,
        /// The aggregate's last.
        to: u64,
    },
}

impl Finding {
    /// The transaction that it belongs to, as far as it can be told: an event, or whatever was left of one.
    #[must_use]
    pub fn transaction(&self) -> String {
        match self {
            Self::Chain { id, how: Break::Undone { records }, .. } => event(id, records.first().copied()),
            Self::Chain { id, how: Break::Lost { from, .. }, .. } => event(id, Some(*from)),
            Self::NeverCreated { id, .. } => event(id, Some(1)),
            Self::Apart { id, other, .. } => format!("{id} and {other}"),
            Self::Claim { key, should, .. } => should.first().map_or_else(|| key.told(), |(id, _)| id.clone()),
            Self::Missing { event, .. } | Self::Orphan { event, .. } => event.clone(),
            Self::Document { id, recorded, .. } => event(id, recorded.last().copied()),
            Self::Uncalled { id, .. } => id.clone(),
            Self::Count { key, of, .. } => of.clone().unwrap_or_else(|| key.told()),
            Self::Foreign { key, .. } => key.told(),
        }
    }
}

fn event(id: &str, seq: Option<u64>) -> String {
    format!("{id}@{}", seq.unwrap_or_default())
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain { id, how: Break::Undone { records }, .. } => write!(f, "{id}: the effect of records {records:?} is not there"),
            Self::Chain { id, how: Break::Lost { from, to }, .. } => write!(f, "{id}: records {from} to {to} are not there"),
            Self::NeverCreated { id, records, .. } => write!(f, "{id} is not there, {records} records of it are"),
            Self::Apart { id, other, how } => write!(f, "{id}: {how} ({other})"),
            Self::Claim { key, should, is } => {
                let should: Vec<String> = should.iter().map(|(id, what)| format!("{what} by {id}")).collect();
                let should = if should.is_empty() { "nothing".to_owned() } else { should.join(", ") };
                write!(f, "{}: {} stands there, it should be {should}", key.told(), is.as_deref().unwrap_or("nothing"))
            }
            Self::Missing { key, event, .. } => write!(f, "{event}: {} is not there", key.told()),
            Self::Orphan { key, event } => write!(f, "{}: {event} has not happened", key.told()),
            Self::Document { key, recorded, .. } => {
                write!(f, "{}: the document and records {recorded:?} contradict each other", key.told())
            }
            Self::Uncalled { key, id, .. } => write!(f, "{id}: its stage calls for {}, which is not there", key.told()),
            Self::Count { key, name, should, is, .. } => write!(f, "{}: {name} is {is}, and {should} are certified", key.told()),
            Self::Foreign { key, why } => write!(f, "{}: {why}", key.told()),
        }
    }
}
