//! What happens by itself (architecture 6, 7): letters that nobody answers end, graduates are reminded, everybody is told once, whatever
//! fails in between.

mod again;
mod dead;
mod delivering;
mod expiry;
mod figures;
mod mails;
mod office;
mod reminders;
mod sweeping;
