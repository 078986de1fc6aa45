//! Golden files: the whole product on a few pages that a reviewer can read.

mod costs;
mod permissions;
mod problems;
mod rules;
mod sheets;
mod transitions;
