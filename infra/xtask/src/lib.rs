//! What of the habits is also looked at by tests: the stacks that are made, the packages that are deployed.
#![expect(clippy::print_stdout, reason = "a command-line tool talks to whoever runs it")]

pub mod package;
pub mod run;
pub mod stacks;

/// Why a command ends without having done what it should: told to a person, never matched on.
pub type Failure = String;
