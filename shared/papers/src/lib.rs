//! Papers: which document says what. Aggregates of the domain become the plain texts that `documents` draws, and those the bytes of a PDF.
//!
//! Pure but for [`hand_out`]: no I/O, no clock, no randomness. The same aggregates, records and moment give the same bytes. Who may see a document is not asked
//! here: an agreement that is certified, or signed on paper, holds the identity number in full, one that waits for it the mask; the letter, the termination letter and the evidence
//! certificate hold none, and the certificate names a person by the mask (domain 5.1).
//!
//! What a document says was so when it came about. What the records do not tell any more is not made up: [`Unissuable::Overtaken`].

mod agreement;
mod certificate;
mod clauses;
mod handing;
mod invitation;
mod issuing;
mod process;
mod sections;
mod termination;
mod unissuable;
mod words;

pub use agreement::{certified_agreement, paper_agreement, preview, uncertified_agreement};
pub use certificate::{EvidenceParts, SealedRoot, evidence_certificate};
pub use handing::hand_out;
pub use invitation::invitation;
pub use issuing::{address, certificate, issue};
pub use termination::termination_letter;
pub use unissuable::Unissuable;

/// The wording that documents are drawn with now: of their fixed parts, and of the clauses.
#[must_use]
pub fn template() -> String {
    format!("{}/{}", documents::TEMPLATE, clauses::VERSION)
}
