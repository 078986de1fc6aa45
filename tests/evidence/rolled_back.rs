//! A chain rolled back to an earlier end: what a bundle shows of it, and what only leaves show that are kept elsewhere.

use super::scene::{Archive, Chain, key};
use crate::support::Random;
use ::evidence::{Bundle, Fault, Leaf, RecordFault, Verdict, chain};
use serde_json::json;

const HOURS: usize = 4;

fn verify(bundle: &Bundle) -> Result<Verdict, Fault> {
    bundle.verify(None, &[key(7).public().clone()])
}

/// Everything that was sealed, as it lies in the bucket.
fn kept_elsewhere(archive: &Archive) -> Vec<Leaf> {
    archive.hours.iter().flat_map(|leaves| leaves.as_slice().to_vec()).collect()
}

fn check_against(bundle: &Bundle, leaves: &[Leaf]) -> Result<(), Fault> {
    chain::check_against(&bundle.aggregate, bundle.records.iter().map(|record| (record.seq, record.hash.as_str())), leaves)
}

/// The bundle cut behind so many records, with the seals and the document that it needs then.
fn cut(bundle: &Bundle, records: usize) -> Bundle {
    let mut cut = bundle.clone();
    cut.records.truncate(records);
    let used = |number: u64| cut.records.iter().any(|record| record.proof.as_ref().is_some_and(|proof| proof.seal == number));
    cut.seals.retain(|sealed| used(sealed.read().unwrap().number));
    cut.document = None;
    cut
}

#[test]
fn a_chain_cut_within_an_hour_shows_in_its_bundle_and_one_cut_between_hours_against_the_leaves() {
    let archive = Archive::new(40, HOURS, &mut Random::new(0x0B0C));
    let leaves = kept_elsewhere(&archive);
    let (mut within, mut between) = (0, 0);
    for (n, chain) in archive.chains.iter().enumerate() {
        let whole = archive.complete(n);
        verify(&whole).unwrap();
        check_against(&whole, &leaves).unwrap();
        for records in 1..chain.records.len() {
            let cut = cut(&whole, records);
            let hour = chain.records[records - 1].hour;
            if chain.records[records].hour == hour {
                let fault = RecordFault::CutOff;
                assert_eq!(verify(&cut).unwrap_err(), Fault::Record { seq: records as u64, fault });
                within += 1;
            } else {
                // Once this was all there was; the verdict says as of when.
                assert_eq!(verify(&cut).unwrap().as_of().unwrap().number, hour as u64 + 1);
                between += 1;
            }
            let gone = Fault::Record { seq: records as u64 + 1, fault: RecordFault::SealedAndGone };
            assert_eq!(check_against(&cut, &leaves).unwrap_err(), gone);
        }
    }
    assert!(within > 20 && between > 20, "{within} within an hour, {between} between");
}

#[test]
fn a_chain_rewritten_behind_a_cut_and_sealed_anew_shows_against_the_leaves_of_before() {
    let mut random = Random::new(0x0B0D);
    let archive = Archive::new(10, HOURS, &mut random);
    let leaves = kept_elsewhere(&archive);
    for n in 0..archive.chains.len() {
        let mut chains = archive.chains.clone();
        let from = random.below(chains[n].records.len());
        let dropped = chains[n].records.split_off(from);
        for kept in dropped {
            chains[n].append(&json!({ "event": "certification_rejected", "reason": "改写" }), kept.hour);
        }
        chains[n].issued = 0;
        // Who holds the table and the key can do this; who kept the leaves sees it.
        let rewritten = Archive::of(chains, HOURS, key(7));
        let bundle = Bundle { document: None, ..rewritten.complete(n) };
        verify(&bundle).unwrap();
        let otherwise = Fault::Record { seq: from as u64 + 1, fault: RecordFault::SealedOtherwise };
        assert_eq!(check_against(&bundle, &leaves).unwrap_err(), otherwise);
    }
}

#[test]
fn leaves_of_others_and_a_tail_that_is_not_sealed_yet_are_no_fault() {
    let mut archive = Archive::new(3, HOURS, &mut Random::new(0x0B0E));
    let leaves = kept_elsewhere(&archive);
    archive.chains[0].append(&json!({ "event": "college_approved" }), HOURS);
    let chain: &Chain = &archive.chains[0];
    let records = (1..).zip(chain.records.iter().map(|kept| kept.hash.as_str()));
    assert_eq!(chain::check_against(&chain.aggregate, records, &leaves), Ok(()));
    assert_eq!(chain::check_against("agreement/nobody's", [], &leaves), Ok(()));
}
