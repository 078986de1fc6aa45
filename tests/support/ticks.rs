//! When workers are started on the model.

use domain::values::Timestamp;
use lambda::{Budget, Tick};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// When everything on the model begins: on the hour.
pub(crate) fn start() -> Timestamp {
    Timestamp::parse("2026-11-23T08:00:00.000Z").unwrap()
}

pub(crate) fn minutes(n: i64) -> i64 {
    n * 60_000
}

pub(crate) fn tick(at: Timestamp) -> Tick {
    // Each invocation is another one.
    static INVOCATIONS: AtomicU32 = AtomicU32::new(0);
    Tick {
        request_id: format!("worker-{}", INVOCATIONS.fetch_add(1, Ordering::Relaxed)),
        at,
        budget: Budget::lasting(Duration::from_mins(10)),
    }
}
