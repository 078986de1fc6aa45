//! The one line that each request leaves in the log: who asked for what about which letter or agreement, so that every reveal of a
//! number is on record; no names, no numbers, nothing of the body; causes of our own in full.

use crate::auth::Identity;
use crate::call::Arrival;
use crate::clock::Stopwatch;

/// A request's line while the request is answered.
pub(crate) struct Line {
    action: &'static str,
    request_id: String,
    /// The path's id, if the action is about one.
    aggregate: String,
    role: &'static str,
    account: String,
    started: Stopwatch,
}

impl Line {
    pub(crate) fn begin(action: &'static api::Action, arrival: &Arrival, path: &str) -> Self {
        let aggregate = action.parameters(path).and_then(|ids| ids.first().map(|id| id.chars().take(64).collect())).unwrap_or_default();
        Self {
            action: action.name,
            request_id: arrival.request_id.clone(),
            aggregate,
            role: "nobody",
            account: String::new(),
            started: Stopwatch::start(),
        }
    }

    /// Who asks, once that is known.
    pub(crate) fn by(&mut self, identity: &Identity) {
        (self.role, self.account) = (identity.role.as_str(), identity.account.to_string());
    }

    /// Writes the line.
    pub(crate) fn end(&self, status: u16, problem: &str, cause: Option<&str>) {
        let Self { action, request_id, aggregate, role, account, started } = self;
        let duration_ms = started.elapsed_ms();
        if status >= 500 {
            tracing::error!(action, request_id, aggregate, role, account, status, problem, cause, duration_ms, "answered");
        } else {
            tracing::info!(action, request_id, aggregate, role, account, status, problem, cause, duration_ms, "answered");
        }
    }
}
