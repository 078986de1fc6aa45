//! Both tables held to one behaviour, and what the store makes of it when the table does its worst.

mod chain;
mod commit;
mod counting;
mod data;
pub(crate) mod differential;
mod faulty;
mod gathering;
mod scene;
mod suite;
