//! Documents: what they say, how their lines and pages break, and that they are the same bytes whenever they are drawn.

mod files;
mod kinds;
mod lines;
mod pages;
pub(crate) mod reading;
mod scene;
mod tools;

use ::documents::Undrawable;
use scene::{
    DRAWN_AT, agreement, bare_agreement, certification, decided_agreement, evidence, letter, long_agreement, paper, signing, termination,
};

/// Every kind of document, with the name of its golden file.
fn every_kind() -> Vec<(&'static str, Vec<u8>)> {
    let drawn: Vec<(&str, Result<Vec<u8>, Undrawable>)> = vec![
        ("invitation", ::documents::invitation(&letter(), DRAWN_AT)),
        ("uncertified", ::documents::uncertified_agreement(&agreement(), &signing(), DRAWN_AT)),
        ("certified", ::documents::certified_agreement(&decided_agreement(), Some(&signing()), &certification(), DRAWN_AT)),
        ("paper", ::documents::paper_agreement(&agreement(), &paper(), DRAWN_AT)),
        ("preview", ::documents::paper_preview(&agreement(), DRAWN_AT)),
        ("bare", ::documents::paper_agreement(&bare_agreement(), &paper(), DRAWN_AT)),
        ("long", ::documents::uncertified_agreement(&long_agreement(), &signing(), DRAWN_AT)),
        ("termination", ::documents::termination_letter(&termination(), DRAWN_AT)),
        ("evidence", ::documents::evidence_certificate(&evidence(5), DRAWN_AT)),
    ];
    drawn.into_iter().map(|(name, bytes)| (name, bytes.unwrap())).collect()
}
