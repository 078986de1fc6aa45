//! Two clocks (architecture 6): business time, which `/dev/clock` moves, and real time, which tokens live by.

use crate::BoxError;
use crate::data_dir::write_whole;
use domain::values::Timestamp;
use lambda::RealClock;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Real time, and business time at an offset from it. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock {
    real: RealClock,
    /// Where business time stands still until it is moved, for tests of exact deadlines.
    held_at: Option<Timestamp>,
    offset: Arc<Mutex<i64>>,
    file: Option<Arc<PathBuf>>,
}

/// What is kept between runs.
#[derive(Serialize, Deserialize)]
struct Kept {
    offset_ms: i64,
}

impl Clock {
    /// The clock that this file keeps, or one that nothing keeps. A given offset replaces the kept one.
    pub(crate) fn open(file: Option<PathBuf>, offset_ms: Option<i64>, held_at: Option<Timestamp>) -> Result<Self, BoxError> {
        let kept = match &file {
            Some(file) if file.exists() => serde_json::from_slice::<Kept>(&std::fs::read(file)?)?.offset_ms,
            _ => 0,
        };
        let clock = Self { real: RealClock::system(), held_at, offset: Arc::new(Mutex::new(kept)), file: file.map(Arc::new) };
        if let Some(offset_ms) = offset_ms {
            clock.change(|_| offset_ms)?;
        }
        Ok(clock)
    }

    /// Business time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let offset = *self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        self.held_at.unwrap_or_else(|| self.real()).plus_millis(offset)
    }

    /// Real time now.
    #[must_use]
    pub fn real(&self) -> Timestamp {
        Timestamp::from_millis(self.real.now_ms())
    }

    /// Moves business time forward and returns the new one.
    ///
    /// # Errors
    /// When the offset cannot be kept; the time stays as it was.
    pub fn advance(&self, millis: u64) -> Result<Timestamp, BoxError> {
        self.change(|offset| offset.saturating_add_unsigned(millis))?;
        Ok(self.now())
    }

    fn change(&self, to: impl FnOnce(i64) -> i64) -> Result<(), BoxError> {
        let mut offset = self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        let offset_ms = to(*offset);
        if let Some(file) = &self.file {
            write_whole(file, &serde_json::to_vec(&Kept { offset_ms })?)?;
        }
        *offset = offset_ms;
        Ok(())
    }
}

/// Reads a span of time as people write it, `90s`, `15m`, `36h` or `5d`, in milliseconds.
#[must_use]
pub fn span(text: &str) -> Option<u64> {
    let unit = match text.bytes().last()? {
        b's' => 1_000,
        b'm' => 60 * 1_000,
        b'h' => 60 * 60 * 1_000,
        b'd' => 24 * 60 * 60 * 1_000,
        _ => return None,
    };
    let number = text.get(..text.len() - 1)?;
    // `parse` would take a sign.
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number.parse::<u64>().ok()?.checked_mul(unit)
}
