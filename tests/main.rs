//! The specification of the product, as one test binary.
//!
//! `story/` tells the rules through the public surface, over HTTP with real tokens on the embedded engine; `store/` holds both
//! tables to one behaviour; `contract/` compares what is said twice; `golden/` keeps matrices that a reviewer can read;
//! `hostile/` attacks every action of the table; `inspection/` and `spreadsheets/` keep the
//! corpora of uploads; `desk/` tells what schools and employers hand in and take home as spreadsheets; `documents/` reads what is drawn as PDF,
//! `papers/` what of the domain each document says; `evidence/` tampers with chains, seals and bundles, and finds each change; `issuing/` tells
//! how documents are issued, sealed and verified; `deploying/` what is otherwise on AWS than on one machine; `restoring/` how torn transactions
//! are found and mended; `second_opinion/` asks another engine whether the adapters are right.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that is surprised fails")]
#![expect(clippy::wildcard_enum_match_arm, clippy::print_stdout, reason = "tests look at what they are about, and report figures")]

mod contract;
mod deploying;
mod desk;
mod documents;
mod evidence;
mod golden;
mod hostile;
mod inspection;
mod issuing;
mod mail;
mod papers;
mod restoring;
#[cfg(feature = "ministack")]
mod second_opinion;
mod spreadsheets;
mod store;
mod story;
mod support;
mod time;
