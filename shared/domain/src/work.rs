//! Work that is done after its cause has committed: handed to a queue, done by a worker.

use serde::{Deserialize, Serialize};

/// Where work waits. An item says by its name what it owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Notices to be mailed.
    Notices,
    /// Documents to be drawn.
    Documents,
    /// Long imports and exports.
    Jobs,
    /// Letters whose deadline has passed.
    Expiries,
    /// Letters whose deadline is near.
    Reminders,
    /// What the mail provider tells of mails.
    MailEvents,
}

impl Queue {
    /// All queues.
    pub const ALL: [Self; 6] = [Self::Notices, Self::Documents, Self::Jobs, Self::Expiries, Self::Reminders, Self::MailEvents];

    /// Those whose work items owe: what the stream and the sweep hand over.
    pub const OWED: [Self; 3] = [Self::Notices, Self::Documents, Self::Jobs];

    /// Those that the clock feeds, with what falls due of letters: reminders first, since one that comes too late is an expiry.
    pub const TIMED: [Self; 2] = [Self::Reminders, Self::Expiries];

    /// The name, as items and queues bear it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Documents => "documents",
            Self::Jobs => "jobs",
            Self::Expiries => "expiries",
            Self::Reminders => "reminders",
            Self::MailEvents => "mail-events",
        }
    }

    /// The queue of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.as_str() == name)
    }
}
