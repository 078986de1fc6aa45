//! Random operations on a dozen items, made so that about half of the transactions pass.

use crate::store::data::key;
use crate::support::Random;
use std::collections::BTreeMap;
use store::{Attributes, Condition, Index, Key, Query, Select, Value, Write};

/// What is done to both tables.
#[derive(Debug)]
pub(super) enum Operation {
    Commit { writes: Vec<Write>, token: String },
    Add { counter: Key, n: i64 },
}

const MAX_WRITES: usize = 8;
/// Always numbers: what is added to must be one. A counter keeps its sum in `n`.
const NUMBERS: [&str; 2] = ["n", "total"];
/// Texts, those of a list's row, and one attribute that is now a number and now a text.
const OTHERS: [&str; 5] = ["holder", "summary", "stage", "version", "mixed"];
/// Attributes that conditions look at.
const LOOKED_AT: [&str; 6] = ["n", "total", "holder", "stage", "mixed", "due_list"];

/// The items that operations name.
pub(super) fn every_key() -> impl Iterator<Item = Key> {
    (0..3).flat_map(|partition| (0..4).map(move |item| key(&format!("part-{partition}"), &format!("item-{item}"))))
}

/// The lists in which they can stand: the table's partitions, and two of each index.
pub(super) fn every_list() -> impl Iterator<Item = (Index, String)> {
    let table = (0..3).map(|partition| (Index::Table, format!("part-{partition}")));
    table.chain(Index::ALL.into_iter().flat_map(|index| (0..2).map(move |list| (index, format!("list-{list}")))))
}

/// The same walk from the same seed on every machine and version.
pub(super) struct Generator {
    random: Random,
    serial: u32,
    last: Option<(Vec<Write>, String)>,
}

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), serial: 0, last: None }
    }

    /// The next operation. What stands in the table decides which conditions would hold.
    pub(super) fn operation(&mut self, standing: &BTreeMap<Key, Attributes>) -> Operation {
        if self.chance(5) {
            let counter = self.key();
            return Operation::Add { counter, n: self.small_number() };
        }
        if self.chance(3)
            && let Some((writes, token)) = self.last.clone()
        {
            return Operation::Commit { writes, token };
        }
        let mut writes = self.writes(standing);
        self.serial += 1;
        let used = self.last.as_ref().map(|(_, token)| token.clone()).filter(|_| self.serial.is_multiple_of(100));
        // Which of two faults in one request is told first is each table's own.
        if used.is_none() && self.chance(1) {
            writes.push(Write::Delete { key: writes[0].key().clone(), when: Vec::new() });
        }
        let token = used.unwrap_or_else(|| format!("walk-{}", self.serial));
        self.last = Some((writes.clone(), token.clone()));
        Operation::Commit { writes, token }
    }

    /// A part of a list, by pages.
    pub(super) fn query(&mut self) -> Query {
        let lists: Vec<_> = every_list().collect();
        let (index, partition) = lists[self.below(lists.len())].clone();
        let bound = |n: usize| if index == Index::Table { format!("item-{n}~") } else { format!("{n}~") };
        let (from, to) = (self.below(4), self.below(4));
        let (bounded_below, bounded_above) = (self.chance(50), self.chance(50));
        Query {
            index,
            partition,
            from: bounded_below.then(|| bound(from)),
            to: bounded_above.then(|| bound(to)),
            descending: self.chance(50),
            limit: 1 + u32::try_from(self.below(5)).unwrap(),
            after: None,
            select: if self.chance(25) { Select::Count } else { Select::Items },
        }
    }

    fn writes(&mut self, standing: &BTreeMap<Key, Attributes>) -> Vec<Write> {
        let mut keys: Vec<Key> = every_key().collect();
        let count = 1 + self.below(MAX_WRITES);
        let mut write = || {
            let key = keys.swap_remove(self.below(keys.len()));
            self.write(&key, standing.get(&key))
        };
        (0..count).map(|_| write()).collect()
    }

    fn write(&mut self, key: &Key, standing: Option<&Attributes>) -> Write {
        let key = key.clone();
        match self.below(10) {
            0..=2 => {
                let attributes = self.attributes(&key);
                Write::Put { item: store::Item { key, attributes }, when: self.conditions(0, standing) }
            }
            3..=6 => self.update(key, standing),
            7 => Write::Delete { key, when: self.conditions(0, standing) },
            _ => Write::Check { key, when: self.conditions(1, standing) },
        }
    }

    /// Each attribute is set, removed, added to or left alone; never two of these, which DynamoDB does not take.
    fn update(&mut self, key: Key, standing: Option<&Attributes>) -> Write {
        let (mut set, mut remove, mut add) = (Attributes::new(), Vec::new(), Vec::new());
        for name in NUMBERS {
            match self.below(5) {
                0 => drop(set.insert(name.to_owned(), self.small_number().into())),
                1 => remove.push(name),
                2 | 3 => add.push((name, self.small_number())),
                _ => {}
            }
        }
        for name in OTHERS {
            match self.below(6) {
                0 | 1 => drop(set.insert(name.to_owned(), self.value(name))),
                2 => remove.push(name),
                _ => {}
            }
        }
        for index in Index::ALL {
            let (list, order) = index.attributes();
            match self.below(8) {
                0 | 1 => set.extend(self.place(index, &key)),
                2 => remove.extend([list, order]),
                3 => remove.push(list),
                _ => {}
            }
        }
        if set.is_empty() && remove.is_empty() && add.is_empty() {
            set.insert("holder".to_owned(), "nobody".into());
        }
        Write::Update { key, set, remove, add, when: self.conditions(0, standing) }
    }

    fn attributes(&mut self, key: &Key) -> Attributes {
        let mut attributes = Attributes::new();
        for name in NUMBERS.into_iter().chain(OTHERS) {
            if self.chance(60) {
                attributes.insert(name.to_owned(), self.value(name));
            }
        }
        for index in Index::ALL {
            if self.chance(40) {
                attributes.extend(self.place(index, key));
            }
        }
        if self.chance(10) {
            attributes.remove("due_order");
        }
        attributes
    }

    /// A place in one of the index's lists. Orders end in the item's own name, as ours do, so that no two are alike.
    fn place(&mut self, index: Index, key: &Key) -> Attributes {
        let (list, order) = index.attributes();
        let (which, position) = (self.below(2), self.below(6));
        let order_of_key = format!("{position}#{}#{}", key.pk, key.sk);
        [(list.to_owned(), format!("list-{which}").into()), (order.to_owned(), order_of_key.into())].into()
    }

    fn conditions(&mut self, least: usize, standing: Option<&Attributes>) -> Vec<Condition> {
        let count = least + self.below(3 - least);
        (0..count).map(|_| if self.chance(80) { self.true_condition(standing) } else { self.any_condition() }).collect()
    }

    /// One that holds now.
    fn true_condition(&mut self, standing: Option<&Attributes>) -> Condition {
        let name = self.one_of(LOOKED_AT);
        let Some(value) = standing.map(|attributes| attributes.get(name)) else {
            let number = self.small_number();
            return match self.below(3) {
                0 => Condition::Absent,
                1 => Condition::Missing(name),
                _ => Condition::MissingOrAtMost(name, number),
            };
        };
        let more = self.small_number().abs();
        match value {
            _ if self.chance(20) => Condition::Present,
            None if self.chance(50) => Condition::Missing(name),
            None => Condition::MissingOrAtMost(name, more),
            Some(Value::Number(number)) if self.chance(50) => Condition::MissingOrAtMost(name, number + more),
            Some(value) => Condition::Equals(name, value.clone()),
        }
    }

    /// One that holds or does not.
    fn any_condition(&mut self) -> Condition {
        let (name, number) = (self.one_of(LOOKED_AT), self.small_number());
        match self.below(6) {
            0 => Condition::Absent,
            1 => Condition::Present,
            2 => Condition::Missing(name),
            3 => Condition::Equals(name, self.value(name)),
            // As it may be, but of the other type.
            4 => Condition::Equals(name, number.to_string().into()),
            _ => Condition::MissingOrAtMost(name, number),
        }
    }

    fn value(&mut self, name: &str) -> Value {
        let (text, number) = (self.one_of(["a", "b", "0", "1", ""]), self.small_number());
        let is_number = NUMBERS.contains(&name) || name == "version" || (name == "mixed" && self.chance(50));
        if is_number { number.into() } else { text.into() }
    }

    fn small_number(&mut self) -> i64 {
        i64::try_from(self.below(8)).unwrap() - 3
    }

    fn key(&mut self) -> Key {
        let which = self.below(12);
        every_key().nth(which).unwrap()
    }

    fn one_of<T: Copy, const N: usize>(&mut self, choices: [T; N]) -> T {
        choices[self.below(N)]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }
}
