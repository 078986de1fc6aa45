//! The rules, told through the public surface. Each test says in its first line which rules (SR-n, A-n) and scenarios (S-n) of the
//! domain it tells.

mod admin;
mod answering;
mod bad_input;
mod certification;
mod first_signing;
mod home;
mod letters;
mod one_machine;
mod races;
mod repeats;
mod samples;
mod search;
mod send_list;
mod sending;
mod tokens;
