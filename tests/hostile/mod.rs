//! Whatever anybody sends. These tests are generated from the action table: a new action is attacked as soon as it stands there, and
//! `valid.rs` asks how it is called.
//!
//! Each test shares one world for all its cases, and compares the whole table before and after the cases of an action: what is
//! refused writes nothing.

mod bodies;
mod desk;
mod doors;
mod endings;
mod envelopes;
mod handed;
mod identifiers;
mod owned_fields;
mod request;
mod scene;
mod trail;
mod valid;

#[cfg(feature = "binaries")]
pub(crate) use {request::Request, scene::Scene, valid::valid};
