//! The desk: what schools and employers hand in and take home as spreadsheets.

mod candidates;
mod figures;
mod kills;
mod plan;
mod retention;
pub(crate) mod rosters;
mod statistics;

pub(crate) use rosters::{student, students, with};
