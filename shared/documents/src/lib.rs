//! Documents: the papers of the product drawn as PDF/A-2a, tagged, with text that can be searched and copied. No clock, no I/O, no
//! randomness: the same input gives the same bytes, so that a document drawn twice is one document.
//!
//! Everything arrives as text that is ready to be read; what it means stays with the caller. A field that is optional and empty is
//! shown as 「—」: the form keeps its shape, and a reader sees that nothing was forgotten. Chinese is set in lines by UAX 14, in a
//! typeface that comes with the crate; a character that it lacks refuses the document, for a box in a name is no name
//! ([`typeface::lacks`] tells beforehand).
//!
//! `compose` puts blocks on pages, `table` lays tables out across them, `paint` makes the file; the kinds of documents are the modules
//! named after them.

mod agreement;
mod compose;
mod draw;
mod evidence;
mod font;
mod form;
mod invitation;
mod lines;
mod page;
mod paint;
mod paragraph;
mod parties;
mod structure;
mod table;
mod termination;
mod undrawable;

pub use agreement::{
    Act, Agreement, Certification, Paper, Signing, certified_agreement, paper_agreement, paper_preview, uncertified_agreement,
};
pub use draw::{Moment, TEMPLATE};
pub use evidence::{Evidence, Kept, Step, evidence_certificate};
pub use invitation::{Invitation, invitation};
pub use parties::{Employer, FileReceiving, Graduate, HouseholdReceiving, School, Terms};
pub use termination::{Termination, termination_letter};
pub use undrawable::Undrawable;
