//! The public contract: the action table, requests as parsed, views as shown, and the one catalogue of problems.

mod action;
pub mod actions;
pub mod describe;
pub mod fields;
pub mod problems;
pub mod requests;
mod route;
pub mod schema;
pub mod views;
pub mod workers;

pub use actions::{Action, IdempotencyKey, Role};
pub use fields::{FieldError, Place, printable};
pub use problems::{Problem, ProblemKind};
pub use requests::{Decode, DecodeError, Parts};
pub use route::{Routed, route};
