//! What is said twice, compared both ways; and the rules of the house that a compiler does not know.

mod arrows;
mod catalogue;
mod house;
mod openapi;
mod people;
mod requests;
mod table;
mod template;
mod workers;
mod workspace;

pub(crate) use workspace::sources;
