//! The public contract as one OpenAPI 3.1 document, from the table of actions, the requests' own readers, the answers' own types and
//! the catalogue of problems. Nothing of it is written by hand twice; functions do not carry it.

mod bundle;
mod document;
mod fields;
mod links;
mod operations;
mod problems;
mod rows;
mod schemas;
mod words;
mod yaml;

pub use document::document;
pub use operations::caller_label;
pub use problems::{problems, row_problems};
pub use rows::{ROWS, Row};
pub use yaml::yaml;
