//! The rules, told through the public surface. Each test says in its first line which rules (SR-n, A-n) and scenarios (S-n) of the
//! domain it tells.

mod admin;
mod answering;
mod bad_input;
mod certification;
mod duels;
mod employers;
mod ending_duels;
mod first_signing;
mod handing_in;
mod home;
mod letters;
mod licences;
mod listing;
mod messages;
mod one_machine;
mod paper;
mod policy;
mod races;
mod reference;
mod registering;
mod repeats;
mod rosters;
mod samples;
mod scale;
mod search;
mod send_list;
mod sending;
mod stamped;
mod terminating;
mod termination_lists;
mod tokens;
mod verification;
mod voiding;
mod walk;
mod withdrawing;
