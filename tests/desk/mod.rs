//! The desk: what schools and employers hand in and take home as spreadsheets.

mod candidates;
mod rosters;
mod statistics;
