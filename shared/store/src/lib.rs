//! The store: one DynamoDB table behind the narrow port [`Table`], and on it what the actions need: keys, items,
//! repositories, and [`Store::commit`], which writes a change with all that follows from it in one transaction.
//!
//! Absent on purpose: no scan, no unscoped read of tenant data, no write outside `commit` but those of operators
//! ([`roster`]), no clock, no randomness.

mod aggregate;
mod agreements;
mod audit;
mod batches;
mod candidates;
mod change;
mod commit;
mod consequences;
mod context;
mod deadlines;
mod deliveries;
mod documents;
mod employers;
mod enrolling;
mod error;
mod idempotency;
mod inbox;
mod invitations;
mod jobs;
mod keys;
mod lists;
mod offline;
mod operators;
mod outbox;
mod people;
mod plan;
mod restoring;
mod retention;
pub mod roster;
mod sealing;
mod searches;
mod settings;
mod statistics;
mod strikes;
mod students;
mod table;
mod terminations;
mod uploads;
mod verification;
mod verifications;

pub use aggregate::{
    Aggregate, EmployerSummary, Loaded, ObjectionSummary, RegistrationSummary, SigningSummary, StudentSummary, SummaryStanding,
    TerminationSummary,
};
pub use agreements::{Recorded, Signing};
pub use audit::{AuditRecord, SEALING_SHARDS, With, verify_chain};
pub use batches::RowAnswer;
pub use candidates::MAX_REMOVALS;
pub use change::Change;
pub use commit::Committed;
pub use context::{Context, Idempotency, fingerprint};
pub use deadlines::{DEADLINE_SHARDS, DueLetter, DuePage, OpenLetter};
pub use deliveries::{Addressee, Posting, mail_tag, tagged};
pub use documents::{Document, Issuing, Order};
pub use enrolling::Standing;
pub use error::Error;
pub use inbox::{About, Inbox, Message, Notice};
pub use invitations::{Answering, Recipient};
pub use jobs::Chunk;
pub use lists::{AggregateRow, List, ListPage, Review};
pub use offline::{DraftDesk, Drafting};
pub use outbox::{OUTBOX_SHARDS, Owed, owed_first};
pub use people::{Found, Graduate, SlotState};
pub use plan::{PlanEntry, PlanSummary};
pub use restoring::{Break, Finding, Mended, Survey, Surveyed};
pub use retention::{Beside, Due};
pub use sealing::{KeptSeal, Sealing};
pub use searches::Search;
pub use settings::{Settings, Trust};
pub use statistics::{Count, Counted, Differs, Rebuilt, Statistics};
pub use students::Rekeying;
pub use table::{
    Attributes, CommitError, Condition, Cursor, Failure, Index, Item, Key, MAX_WRITES, Page, Query, Select, Table, TableError, Value, Write,
};
pub use terminations::{Terminable, Terminating};
pub use uploads::CleanUploads;
pub use verification::Verifying;
pub use verifications::Verifiable;

/// The repositories over one table.
#[derive(Clone, Debug)]
pub struct Store<T> {
    table: T,
}

impl<T: Table> Store<T> {
    /// A store on this table.
    pub fn new(table: T) -> Self {
        Self { table }
    }

    /// The table below.
    pub fn table(&self) -> &T {
        &self.table
    }
}
