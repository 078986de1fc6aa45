//! Ten thousand edits of a thousand chains, by somebody who has everything but the key: none goes unseen.

use super::scene::{Archive, key};
use super::tampering::{Shown, Victim, edits};
use crate::support::{Random, proof};
use ::evidence::{Bundle, Leaf, PublicKey, chain};
use std::collections::BTreeMap;

/// Another seed is another walk; this one is kept so that what it once found is found again.
const SEED: u64 = 0x005E_A1ED_2026;
const CHAINS: usize = 1_000;
/// Their seals are over all of them together.
const CHAINS_OF_AN_ARCHIVE: usize = 25;
const HOURS: usize = 5;

/// How an edit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    /// The bundle has a fault.
    Fault,
    /// The verdict says itself that it is less: not the whole chain, or records that no signature stands for.
    Less,
    /// The bundle was true once: leaves that are kept elsewhere show that it is not any more.
    Elsewhere,
}

#[test]
fn no_edit_of_sealed_evidence_goes_unseen() {
    let mut random = Random::new(SEED);
    let archives: Vec<Archive> =
        (0..CHAINS / CHAINS_OF_AN_ARCHIVE).map(|_| Archive::new(CHAINS_OF_AN_ARCHIVE, HOURS, &mut random)).collect();
    let trusted = [key(7).public().clone()];
    let victims = victims(&archives);
    for victim in &victims {
        let verdict = victim.bundle.verify(Some(&victim.chain.file), &trusted).unwrap();
        assert!(verdict.is_proven() && verdict.unsealed.is_empty());
    }
    let (table, count) = (edits(), proof(10_000, 200_000));
    let mut tally: BTreeMap<(&str, Seen), usize> = BTreeMap::new();
    for number in 0..count {
        let victim = random.one_of(&victims);
        let (name, shown) = loop {
            let (name, edit) = *random.one_of(&table);
            let mut shown = victim.whole();
            edit(&mut shown, victim, &mut random);
            if victim.differs_from(&shown) {
                break (name, shown);
            }
        };
        let seen = seen(victim, &shown, &trusted);
        let seen = seen.unwrap_or_else(|| panic!("edit {number} of seed {SEED:#x}, {name}, goes unseen: {:#?}", shown.bundle));
        *tally.entry((name, seen)).or_default() += 1;
    }
    println!("{count} edits: {tally:#?}");
    for (name, _) in table {
        let of_it: usize = tally.iter().filter(|((edit, _), _)| *edit == name).map(|(_, count)| count).sum();
        assert!(of_it * 500 > count, "{name}: only {of_it}");
    }
    let faults: usize = tally.iter().filter(|((_, seen), _)| *seen == Seen::Fault).map(|(_, count)| count).sum();
    assert!(faults * 10 > count * 9, "only {faults} of {count} are faults");
}

/// A bundle of each chain; a third are public, as strangers get them.
fn victims(archives: &[Archive]) -> Vec<Victim<'_>> {
    archives.iter().flat_map(|archive| (0..archive.chains.len()).map(move |n| victim(archive, n))).collect()
}

fn victim(archive: &Archive, n: usize) -> Victim<'_> {
    let bundle = if n.is_multiple_of(3) { archive.public(n) } else { archive.complete(n) };
    Victim { archive, chain: &archive.chains[n], bundle }
}

fn seen(victim: &Victim, shown: &Shown, trusted: &[PublicKey]) -> Option<Seen> {
    let bundle = shown.json.as_ref().map_or_else(|| Ok(shown.bundle.clone()), |json| Bundle::read(json));
    let Ok((bundle, verdict)) = bundle.and_then(|bundle| bundle.verify(Some(&shown.file), trusted).map(|verdict| (bundle, verdict))) else {
        return Some(Seen::Fault);
    };
    if !verdict.unsealed.is_empty() || (victim.bundle.complete && !verdict.complete) {
        return Some(Seen::Less);
    }
    let kept: Vec<Leaf> = victim.archive.hours.iter().flat_map(|leaves| leaves.as_slice().to_vec()).collect();
    let records = bundle.records.iter().map(|record| (record.seq, record.hash.as_str()));
    let gone = verdict.complete && chain::check_against(&bundle.aggregate, records, &kept).is_err();
    gone.then_some(Seen::Elsewhere)
}
