//! What is otherwise on AWS than on one machine: whose tokens, whose keys, whose verdicts.

#[cfg(feature = "binaries")]
mod binaries;
mod cognito;
#[cfg(feature = "bench")]
mod cold;
mod panicking;
mod secrets;
mod verdicts;
