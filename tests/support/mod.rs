//! What the tests are told with: a world with its people, and answers that can be asked about.

mod answer;
pub(crate) mod contract;
mod drawer;
mod endings;
mod golden;
mod http;
mod json_service;
pub(crate) mod model;
mod mortal;
mod people;
mod random;
mod roster;
mod sheets;
mod ticks;
mod uploads;
mod world;

pub(crate) use answer::Answer;
pub(crate) use drawer::Drawer;
pub(crate) use endings::{offline_text, request_of};
pub(crate) use golden::{check_golden, check_written};
pub(crate) use http::Http;
pub(crate) use json_service::{JsonService, settings};
pub(crate) use mortal::Mortal;
pub(crate) use people::{Employer, Graduate, Letter, Officer, letter, letter_suffix};
pub(crate) use random::Random;
pub(crate) use roster::{mobile, resident_id};
pub(crate) use sheets::{Sheet, cell, formula, number};
pub(crate) use ticks::{minutes, start, tick};
pub(crate) use uploads::{Handed, XLSX, put};
pub(crate) use world::{World, days, proof};
