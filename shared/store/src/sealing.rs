//! What was recorded hour by hour, for whoever seals it, and the seals: up to which hour everything is sealed is remembered, so an outage
//! is made up for.

use crate::Store;
use crate::aggregate::{json, parse, plain, schema};
use crate::audit::SEALING_SHARDS;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::table::{Attributes, Condition, Index, Item, Query, Select, Table, Write};
use domain::deadline::Hour;
use domain::values::Timestamp;
use evidence::{Leaf, Sealed};
use serde::{Deserialize, Serialize};

/// Entries of one query.
const PAGE: u32 = 1000;
/// From where on the first seal looks, where no school was set up by an operator.
const FIRST_LOOK_DAYS: i64 = 1;

/// Where sealing goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealing {
    /// The first hour that is not sealed.
    pub from: Hour,
    /// The last seal, if there is one.
    pub last: Option<Sealed>,
}

/// A seal as it is kept, with the key that vouches for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSeal {
    /// The seal.
    #[serde(flatten)]
    pub sealed: Sealed,
    /// The public key, base64 of its SPKI in DER.
    pub public_key: String,
}

impl<T: Table> Store<T> {
    /// Sealing begins with this hour, however late its first run. Once begun, it goes on.
    ///
    /// # Errors
    /// As the table's.
    pub async fn begin_sealing(&self, now: Timestamp) -> Result<(), Error> {
        let mark = mark(&Hour::of(now), None)?;
        self.write("beginning seals", &[Write::Put { item: mark, when: vec![Condition::Absent] }]).await.map(drop)
    }

    /// Where sealing goes on.
    ///
    /// # Errors
    /// As the table's.
    pub async fn sealing(&self, now: Timestamp) -> Result<Sealing, Error> {
        let Some(item) = self.table.get(&keys::sealing_mark()).await? else {
            let first = now.plus_days(-FIRST_LOOK_DAYS);
            self.begin_sealing(first).await?;
            return Ok(Sealing { from: Hour::of(first), last: None });
        };
        let broken = || Error::Broken("the mark of seals does not read".to_owned());
        let from = item.text("hour").and_then(Hour::parse).ok_or_else(broken)?;
        let last = item.text("last").map(|text| serde_json::from_str(text).map_err(|_| broken())).transpose()?;
        Ok(Sealing { from, last })
    }

    /// All that was recorded in an hour, in no order.
    ///
    /// # Errors
    /// As the table's.
    pub async fn audited(&self, hour: &Hour) -> Result<Vec<Leaf>, Error> {
        let shards = (0..SEALING_SHARDS).map(|shard| self.audited_in(lists::audited(hour, shard)));
        Ok(futures_util::future::try_join_all(shards).await?.into_iter().flatten().collect())
    }

    async fn audited_in(&self, partition: String) -> Result<Vec<Leaf>, Error> {
        let (index, select) = (Index::Due, Select::Items);
        let mut query = Query { index, partition, from: None, to: None, descending: false, limit: PAGE, after: None, select };
        let mut leaves = Vec::new();
        loop {
            let page = self.table.query(&query).await?;
            for item in &page.items {
                let leaf = item.text(index.attributes().1).and_then(leaf);
                leaves.push(leaf.ok_or_else(|| Error::Broken(format!("{} / {}: no leaf", item.key.pk, item.key.sk)))?);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(leaves),
            }
        }
    }

    /// Everything before this hour is sealed now. False if another has sealed it.
    ///
    /// # Errors
    /// As the table's.
    pub async fn sealed(&self, sealing: &Sealing, to: &Hour, kept: &KeptSeal, invocation: &str) -> Result<bool, Error> {
        let seal = Item { key: keys::seal(to), attributes: plain(kept)? };
        let stands = Condition::Equals("hour", sealing.from.as_str().into());
        let writes = [
            Write::Put { item: seal, when: vec![Condition::Absent] },
            Write::Put { item: mark(to, Some(&kept.sealed))?, when: vec![stands] },
        ];
        self.claim("sealing", invocation, &writes).await
    }

    /// The seals that may be over what was recorded in an hour: the one over it, and the one behind, which has what came late. Fewer, if
    /// not all is sealed yet.
    ///
    /// # Errors
    /// As the table's.
    pub async fn seals_over(&self, hour: &Hour) -> Result<Vec<KeptSeal>, Error> {
        let (index, partition, select) = (Index::Table, keys::EVIDENCE.to_owned(), Select::Items);
        let (from, to) = (Some(keys::seal(&hour.next()).sk), Some(format!("{}~", keys::SEAL)));
        let query = Query { index, partition, from, to, descending: false, limit: 2, after: None, select };
        self.table.query(&query).await?.items.iter().map(parse).collect()
    }
}

fn mark(hour: &Hour, last: Option<&Sealed>) -> Result<Item, Error> {
    let mut attributes = Attributes::from([schema(), ("hour".to_owned(), hour.as_str().into())]);
    if let Some(last) = last {
        attributes.insert("last".to_owned(), json(last)?.into());
    }
    Ok(Item { key: keys::sealing_mark(), attributes })
}

/// The leaf that an index entry says.
fn leaf(place: &str) -> Option<Leaf> {
    let (aggregate, rest) = place.split_once(' ')?;
    let (seq, hash) = rest.split_once(' ')?;
    Some(Leaf { aggregate: aggregate.to_owned(), seq: seq.parse().ok()?, hash: hash.to_owned() })
}
