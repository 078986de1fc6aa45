//! Long imports and exports as items: each owes work for as long as it runs.

use super::Aggregate;
use crate::keys::{self, lists};
use crate::table::{Index, Key};
use domain::job::{Job, Stage};
use domain::values::Timestamp;
use domain::work::Queue;

impl Aggregate for Job {
    type Summary = ();

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::job(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name()
    }

    fn summary(&self) {}

    fn listed_in(&self) -> Vec<(Index, String, String)> {
        self.cleared_after().map(|day| (Index::Due, lists::due_retention(&day), self.id.to_string())).into_iter().collect()
    }

    fn owes(&self) -> Option<(Queue, Timestamp)> {
        (self.stage == Stage::Running).then_some((Queue::Jobs, self.requested_at))
    }
}
