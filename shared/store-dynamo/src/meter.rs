//! What the table was asked and what it charged: the price and the latency that we control.

use aws_sdk_dynamodb::types::ConsumedCapacity;
use std::sync::{Arc, Mutex, PoisonError};
use store::Write;

/// Requests, items and capacity units since the last [`Meter::take`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Requests that read.
    pub reads: u32,
    /// Requests that write.
    pub writes: u32,
    /// Items named by those that write.
    pub items_written: u32,
    /// Read units charged.
    pub read_units: f64,
    /// Write units charged, indexes included.
    pub write_units: f64,
}

/// Counts for whoever holds a clone.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Mutex<Usage>>, Arc<Mutex<Option<Vec<Vec<Write>>>>>);

impl Meter {
    /// What was used since the last take.
    #[must_use]
    pub fn take(&self) -> Usage {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on the transactions themselves are kept too, in the order in which they committed.
    pub fn keep_transactions(&self) {
        *self.1.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }

    /// The transactions that were kept since the last time; sums of counters are among them.
    #[must_use]
    pub fn take_transactions(&self) -> Vec<Vec<Write>> {
        self.1.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(crate) fn keep(&self, writes: impl FnOnce() -> Vec<Write>) {
        if let Some(kept) = self.1.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            kept.push(writes());
        }
    }

    pub(crate) fn read(&self, capacity: Option<&ConsumedCapacity>) {
        self.count(|usage| {
            usage.reads += 1;
            usage.read_units += capacity.and_then(ConsumedCapacity::capacity_units).unwrap_or_default();
        });
    }

    pub(crate) fn write(&self, items: usize, capacity: &[ConsumedCapacity]) {
        self.count(|usage| {
            usage.writes += 1;
            usage.items_written += u32::try_from(items).unwrap_or(u32::MAX);
            usage.write_units += capacity.iter().filter_map(ConsumedCapacity::capacity_units).sum::<f64>();
        });
    }

    fn count(&self, add: impl FnOnce(&mut Usage)) {
        add(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
