//! The rules of online signing (网上签约), pure: no async, no I/O, no clock, no randomness.
//!
//! Values are parsed once at the edge and are valid ever after ([`values`]). States are types: a stage is a struct that
//! holds only what is true in it, and a command consumes it ([`invitation`], [`agreement`], [`termination`]). An accepted command returns
//! the next stage, one event, and what follows from it ([`Transition`]); a refused one says what stands in the way
//! ([`Refusal`]). SR-n and A-n in the documentation number the manual's rules and the settled ambiguities.

pub mod account;
pub mod agreement;
pub mod candidate;
pub mod deadline;
pub mod decision;
pub mod delivery;
pub mod document;
pub mod employer;
pub mod event;
pub mod invitation;
pub mod job;
pub mod labels;
pub mod letter;
pub mod objection;
pub mod offline_draft;
pub mod party;
pub mod plan;
pub mod policy;
pub mod refusal;
pub mod registration;
pub mod retention;
pub mod school;
pub mod statistics;
pub mod student;
pub mod termination;
pub mod transition;
pub mod upload;
pub mod values;
pub mod work;

pub use refusal::Refusal;
pub use transition::{DocumentKind, Effect, NoticeKind, Recipient, Release, SlotKind, Transition};
