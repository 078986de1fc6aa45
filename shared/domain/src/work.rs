//! Work that is done after its cause has committed: owed by an item, handed to a queue, done by a worker.

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
}

impl Queue {
    /// All queues.
    pub const ALL: [Self; 3] = [Self::Notices, Self::Documents, Self::Jobs];

    /// Those that a worker serves; what the others will serve is owed until then.
    pub const SERVED: [Self; 1] = [Self::Jobs];

    /// The name, as items and queues bear it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Documents => "documents",
            Self::Jobs => "jobs",
        }
    }

    /// The queue of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.as_str() == name)
    }
}
