//! What of an item was counted, for each generation of counters that may still be shown.

use super::Generations;
use super::counted::{Cell, Counted};
use crate::aggregate::{parse, plain};
use crate::error::Error;
use crate::keys::statistics as names;
use crate::table::{Condition, Item, Key, Value, Write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One generation's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    version: i64,
    cells: Vec<Cell>,
}

/// The marker of an item as it stands in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    by_generation: BTreeMap<u32, Mark>,
    /// As it is stored; none if there is no marker.
    stored: Option<String>,
}

/// What counting an item writes: its marker, and how its counters move.
pub(super) struct Step {
    pub(super) marker: Write,
    pub(super) moves: BTreeMap<Key, i64>,
    /// Whether the generation that is shown had not counted the item as it stands.
    pub(super) shown_was_behind: bool,
}

impl Marks {
    /// As read, or as it stood when a write met it.
    pub(super) fn read(item: Option<&Item>) -> Result<Self, Error> {
        let Some(item) = item else { return Ok(Self::default()) };
        Ok(Self { by_generation: parse(item)?, stored: item.text("data").map(str::to_owned) })
    }

    /// What is still to be counted of the item; none if every live generation has counted it as it stands, or a later image of it.
    pub(super) fn step(&self, item: &Counted, generations: Generations) -> Result<Option<Step>, Error> {
        // A generation below the one that is shown will never be shown again. One above it may be a rebuild's that began after these
        // generations were read: what it has counted stays known.
        let mut next: BTreeMap<u32, Mark> = self.by_generation.range(generations.current..).map(|(n, mark)| (*n, mark.clone())).collect();
        let (mut moves, mut behind) = (BTreeMap::new(), Vec::new());
        for generation in generations.live() {
            if next.get(&generation).is_some_and(|mark| mark.version >= item.version) {
                continue;
            }
            let mark = Mark { version: item.version, cells: item.cells.clone() };
            let was = next.insert(generation, mark).map(|mark| mark.cells).unwrap_or_default();
            let left = was.iter().map(|cell| (cell, -1));
            for (cell, by) in left.chain(item.cells.iter().map(|cell| (cell, 1))) {
                *moves.entry(names::counter(&item.school, generation, cell.year, &cell.name)).or_insert(0) += by;
            }
            behind.push(generation);
        }
        if behind.is_empty() {
            return Ok(None);
        }
        Ok(Some(Step { marker: self.put(item, &next)?, moves, shown_was_behind: behind.contains(&generations.current) }))
    }

    /// The marker as it will be, if nobody has counted the item meanwhile.
    fn put(&self, item: &Counted, next: &BTreeMap<u32, Mark>) -> Result<Write, Error> {
        let when = match &self.stored {
            None => Condition::Absent,
            Some(stored) => Condition::Equals("data", Value::from(stored.as_str())),
        };
        Ok(Write::Put { item: Item { key: names::counted(&item.key), attributes: plain(next)? }, when: vec![when] })
    }
}
