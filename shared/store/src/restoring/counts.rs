//! What slots and pairs count of certified terminations: whoever asks next is judged by it.

use super::finding::Finding;
use crate::aggregate::parse;
use crate::consequences::{BY_EMPLOYERS, BY_STUDENT};
use crate::keys;
use crate::table::{Item, Key};
use domain::party::Initiator;
use domain::termination::{StageName, Termination};
use std::collections::{BTreeMap, BTreeSet};

/// What a pair counts.
const OF_PAIR: &str = "terminations";

/// Counted, and to be counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Certified terminations: how many, and the newest of them.
    there: BTreeMap<(Key, &'static str), (i64, String)>,
    counted: BTreeMap<(Key, &'static str), i64>,
    /// Who holds a slot or a pair.
    holders: BTreeMap<Key, String>,
}

impl Counts {
    pub(super) fn read(&mut self, id: &str, item: &Item) {
        if !item.key.sk.starts_with(keys::TERMINATION) {
            return;
        }
        let Ok(asked) = parse::<Termination>(item) else { return };
        if asked.stage_name() != StageName::Certified {
            return;
        }
        let subject = &asked.subject;
        let name = if asked.initiator == Initiator::Student { BY_STUDENT } else { BY_EMPLOYERS };
        let mut places = vec![(keys::slot(&subject.person, subject.graduation_year), name)];
        let by_employer = subject.employer.as_ref().filter(|_| asked.initiator == Initiator::Employer);
        places.extend(by_employer.map(|employer| (keys::pair(employer, &subject.person), OF_PAIR)));
        for place in places {
            let (there, newest) = self.there.entry(place).or_default();
            *there += 1;
            id.clone_into(newest);
        }
    }

    pub(super) fn read_item(&mut self, item: &Item) {
        let names: &[&'static str] = match item.key.sk.as_str() {
            "PAIR" => &[OF_PAIR],
            sk if sk.starts_with("SLOT#") => &[BY_STUDENT, BY_EMPLOYERS],
            _ => return,
        };
        for name in names {
            self.counted.insert((item.key.clone(), name), item.number(name).unwrap_or_default());
        }
        self.holders.extend(item.text("holder").map(|holder| (item.key.clone(), holder.to_owned())));
    }

    /// Those that differ. What is not there counts nothing.
    pub(super) fn judged(&self) -> Vec<Finding> {
        let all: BTreeSet<&(Key, &'static str)> = self.counted.keys().chain(self.there.keys()).collect();
        let differing = all.into_iter().filter_map(|place| {
            let (is, there) = (self.counted.get(place).copied().unwrap_or_default(), self.there.get(place));
            let (should, of) = there.map_or((0, self.holders.get(&place.0)), |(there, newest)| (*there, Some(newest)));
            (is != should).then(|| Finding::Count { key: place.0.clone(), of: of.cloned(), name: place.1, should, is })
        });
        differing.collect()
    }
}
