//! The one-machine stack (architecture 11): the same handlers that run as functions, behind a gateway in this process, on an
//! embedded DynamoDB. The binary `wangqian` starts one with data on disk; the tests start many in memory. Beside it, operators' work.

pub mod admin;
pub mod authority;
mod bucket;
mod bulk;
pub mod clock;
mod data_dir;
mod dev;
mod docs;
mod engine;
mod environment;
mod gateway;
pub mod guide;
pub mod issuer;
mod keys;
mod loopback;
mod mailbox;
pub mod options;
pub mod people;
mod pump;
mod queues;
mod random;
pub mod redrive;
pub mod routes;
mod samples;
pub mod scanner;
mod seeded;
mod stack;
mod stories;
mod stream;

pub use data_dir::forget;
pub use mailbox::SentMail;
pub use pump::Delivered;
pub use stack::{Options, Stack};

/// Why a stack does not start or stop: told to a person, never matched on.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
